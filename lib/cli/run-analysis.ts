#!/usr/bin/env node
import './heap.js'
import { main, runAnalysisProgram } from './program.js'

await main(runAnalysisProgram)
