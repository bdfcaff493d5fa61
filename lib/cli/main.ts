#!/usr/bin/env node
import { main, tnpPipeProgram } from './program.js'

await main(tnpPipeProgram)
