#!/usr/bin/env node
import './heap.js'
import { launch } from './launch.js'

await launch('runAnalysisProgram')
