/** `npm run bench [-- --runs N] [--only PATTERN] [--quick] [--data PATH] [--files FILE] [--json FILE]`: the benchmarks that
 *  docs/benchmarks.md lists, each run in fresh processes; medians of N runs (default 5) with their spread. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { countOption, parseCommandLine, patternOption } from './arguments.js'
import { measure } from './group.js'
import { allGroups } from './groups.js'
import { rootFilesIn, WORK } from './inputs.js'
import { machine, machineText } from './machine.js'
import { table } from './summary.js'

const USAGE = `npm run bench [-- OPTIONS]: the benchmarks that docs/benchmarks.md lists
  --runs N        runs of each, of which the median counts (default 5, with --quick 1)
  --only PATTERN  those whose names match, for example 'read: 18'
  --quick         small files: whether everything runs, not how fast
  --data PATH     event files or folders of them for the jobs, in place of generated ones; may be given several times
  --files FILE    further files to read 18 branches of; may be given several times
  --json FILE     results as JSON (default .work/bench/results.json)`

const { values: options } = parseCommandLine(USAGE, {
  options: {
    runs: { type: 'string' },
    json: { type: 'string' },
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    data: { type: 'string', multiple: true, default: [] },
    files: { type: 'string', multiple: true, default: [] },
  },
})
const { quick } = options
const runs = countOption('runs', options.runs ?? (quick ? '1' : '5'))
const only = patternOption(options.only)
const facts = machine()
process.stderr.write(`${machineText(facts)}; ${runs} runs each\n`)
const groups = allGroups({ quick, data: options.data.flatMap(rootFilesIn), files: options.files.flatMap(rootFilesIn) })
const rows = await measure(groups, { runs, only, warmUp: !quick })
if (rows.length === 0) throw new Error(`--only ${options.only}: no benchmark has such a name`)
process.stdout.write(`${table(rows)}\n`)
const json = options.json ?? join(WORK, 'results.json')
mkdirSync(dirname(json), { recursive: true })
writeFileSync(json, `${JSON.stringify({ machine: facts, runs, rows }, null, 2)}\n`)
process.stderr.write(`as JSON: ${json}\n`)
