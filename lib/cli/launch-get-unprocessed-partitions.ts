#!/usr/bin/env node
import { launch } from './launch.js'

await launch(p => setStatus => p.outputProgram('get-unprocessed-partitions', setStatus))
