#!/usr/bin/env node
import { launch } from './launch.js'

await launch(p => setStatus => p.outputProgram('merge-parquet', setStatus))
