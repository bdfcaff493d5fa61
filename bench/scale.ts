/** `npm run bench:scale [-- --runs N] [--only PATTERN] [--quick] [--json FILE] [--write]`: amounts of files, datasets, filters, cells and
 *  variables, doubled three times. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { countOption, parseCommandLine, patternOption } from './arguments.js'
import { WORK } from './inputs.js'
import { machine, machineText } from './machine.js'
import { betweenMarkers } from './peers/claims.js'
import { type Growth, growthTable, holds, measureGrowth } from './scale/growth.js'
import { quantities } from './scale/quantities.js'

const USAGE = `npm run bench:scale [-- OPTIONS]: how time and memory grow with files, datasets, filters, cells and variables
  --runs N        runs of each amount, of which the least time counts (default 1)
  --only PATTERN  quantities that match, for example 'files, tables'
  --quick         small amounts: whether everything runs
  --json FILE     results as JSON (default .work/bench/scale.json)
  --write         put the table into docs/benchmarks.md`

const PAGE = 'docs/benchmarks.md'
const { values: options } = parseCommandLine(USAGE, {
  options: {
    runs: { type: 'string' },
    only: { type: 'string' },
    json: { type: 'string' },
    quick: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
})
const runs = countOption('runs', options.runs ?? '1')
const only = patternOption(options.only)
const say = (text: string) => void process.stderr.write(`${text}\n`)
mkdirSync(WORK, { recursive: true })
const facts = machine()
const all: Growth[] = []
for (const quantity of quantities(options.quick)) {
  if (only === null || only.test(quantity.what)) all.push(await measureGrowth(quantity, runs, say))
}
if (all.length === 0) throw new Error(`--only ${options.only}: no quantity has such a name`)
const table = `${machineText(facts)}\n\n${growthTable(all)}`
process.stdout.write(`${table}\n`)
const json = options.json ?? join(WORK, 'scale.json')
mkdirSync(dirname(json), { recursive: true })
writeFileSync(
  json,
  `${JSON.stringify({ machine: facts, runs, growths: all.map(one => ({ ...one, holds: holds(one) })) }, null, 2)}\n`,
)
if (options.write) writeFileSync(PAGE, betweenMarkers(readFileSync(PAGE, 'utf8'), table, PAGE, 'bench:scale'))
