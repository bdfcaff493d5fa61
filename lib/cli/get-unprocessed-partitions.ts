#!/usr/bin/env node
import { main, outputProgram } from './program.js'

await main(setStatus => outputProgram('get-unprocessed-partitions', setStatus))
