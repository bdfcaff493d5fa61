#!/usr/bin/env node
import { fetchDatasetsProgram, main } from './program.js'

await main(fetchDatasetsProgram)
