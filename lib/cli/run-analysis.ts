#!/usr/bin/env node
import { main, runAnalysisProgram } from './program.js'

await main(runAnalysisProgram)
