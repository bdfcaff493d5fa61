#!/usr/bin/env node
import './heap.js'
import { main, tnpPipeProgram } from './program.js'

await main(tnpPipeProgram)
