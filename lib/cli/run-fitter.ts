#!/usr/bin/env node
import { main, runFitterProgram } from './program.js'

await main(runFitterProgram)
