/** `npm run bench:peers [-- --runs N] [--only PATTERN] [--quick] [--json FILE] [--write]`: this program and its peers on the same
 *  files in turns, as ratios with their targets. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { countOption, parseCommandLine, patternOption } from './arguments.js'
import { WORK } from './inputs.js'
import { machine, machineText } from './machine.js'
import { Bench } from './peers/bench.js'
import { betweenMarkers, type Claim, claimTable } from './peers/claims.js'
import { exampleCommand, jobsBesideBareNode, jobsBesidePython, jobsBesideRoot, jobsByWorkers } from './peers/jobs.js'
import { ntuples } from './peers/ntuples.js'
import { opening, readingBranches, writingParquet } from './peers/reading.js'

const USAGE = `npm run bench:peers [-- OPTIONS]: this program and its peers on the same files in turns, as ratios
  --runs N        runs of each (default 3, with --quick 1)
  --only PATTERN  lines that match
  --quick         small files
  --json FILE     results as JSON (default .work/bench/peers.json)
  --write         put the tables into README.md and docs/benchmarks.md`

const { values: options } = parseCommandLine(USAGE, {
  options: {
    runs: { type: 'string' },
    only: { type: 'string' },
    json: { type: 'string' },
    quick: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
})
const { quick } = options
const runs = countOption('runs', options.runs ?? (quick ? '1' : '3'))

mkdirSync(WORK, { recursive: true })
const bench = new Bench({ runs, only: patternOption(options.only), quick })
const groups = [
  ...[jobsBesidePython, jobsBesideRoot, jobsBesideBareNode, jobsByWorkers],
  ...[opening, readingBranches, ntuples, writingParquet, exampleCommand],
]
for (const measure of groups) await measure(bench)

const { claims } = bench
if (claims.length === 0) throw new Error(`--only ${options.only}: nothing of that name could be measured`)
const facts = machine()
const text = `${machineText(facts)}; medians of ${runs} runs\n\n${claimTable(claims)}`
process.stdout.write(`${text}\n`)
const json = options.json ?? join(WORK, 'peers.json')
mkdirSync(dirname(json), { recursive: true })
writeFileSync(json, `${JSON.stringify({ machine: facts, runs, claims }, null, 2)}\n`)
// README has what is promised of jobs and of opening and writing files, the page everything.
const isForReadme = ({ what, target }: Claim): boolean =>
  target !== null && !/^(reading|peak memory|10,000 events|100,000 events as RNTuples of this)/.test(what)
const promised = `${machineText(facts)}; medians of ${runs} runs\n\n${claimTable(claims.filter(isForReadme))}`
const pages = [
  ['README.md', promised],
  [join('docs', 'benchmarks.md'), text],
] as const
for (const [page, table] of options.write ? pages : []) {
  writeFileSync(page, betweenMarkers(readFileSync(page, 'utf8'), table, page))
}
