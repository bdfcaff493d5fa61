/** `npm run ways -- --seed S --count N [--from K] [--only K] [--way NAME]`: random configurations of `npm run differential`, run in every way
 *  that there is here. Bytes must be those of the plain run. CONTRIBUTING.md says how. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { differingFiles } from '../../test/support/same-outputs.js'
import { pythonPath, rootPythonPath } from '../../test/support/tools.js'
import { parseCommandLine } from '../arguments.js'
import { catalog } from '../differential/catalog.js'
import { writeDocuments } from '../differential/documents.js'
import { DRAWN_OPTIONS, DRAWN_USAGE, drawnRange } from '../differential/drawn.js'
import { type Configuration, configuration } from '../differential/generate.js'
import { documentsIn, runHere } from '../differential/ours.js'
import { makeNtuples } from './ntuples.js'
import { RootTables } from './root-tables.js'
import { type Way, ways } from './ways.js'

const USAGE = `npm run ways -- [OPTIONS]: random configurations, run in every way that there is here; all bytes must be equal
${DRAWN_USAGE}
  --way NAME    of the ways, those whose name begins so (repeatable)
  --keep DIR    folder of the configurations that differ (default .work/ways)`

const { values } = parseCommandLine(USAGE, {
  options: {
    ...DRAWN_OPTIONS,
    way: { type: 'string', multiple: true, default: [] },
    keep: { type: 'string', default: '.work/ways' },
  },
})
const { seed, first, last } = drawnRange(values)

const sources = await catalog(values.fixtures)
const python = rootPythonPath()
if (python === null) process.stderr.write('skipped: RNTuples (TNP_ROOT_PYTHON names no Python with ROOT)\n')
const ntuples = python === null ? null : makeNtuples(python, sources, join(values.keep, 'ntuples'))
const taken = ways(ntuples, sources).filter(
  ({ name }) => values.way.length === 0 || values.way.some(way => name.startsWith(way)),
)

if (pythonPath() === null) process.stderr.write('skipped: tables of ROOT (TNP_PYTHON names no Python with uproot)\n')
const takesTables = values.way.length === 0 || values.way.some(way => 'tables'.startsWith(way))
const rootTables = pythonPath() === null || !takesTables ? null : new RootTables()

/** What is wrong with a way, a line each. */
async function problems(
  way: Way,
  c: Configuration,
  folder: string,
  plain: { status: string; message: string },
): Promise<string[]> {
  const output = join(folder, way.name)
  const { status, message } = await way.run(documentsIn(folder), output, c, folder)
  if (status !== plain.status) return [`${status}, the plain run ${plain.status}: ${message || plain.message}`]
  if (status === 'crashed') return [message]
  if (status === 'refused') return []
  return differingFiles(output, join(folder, 'plain'), way.comparing, way.renamed)
}

function compareTables(tables: RootTables): void {
  for (const line of tables.compare()) {
    differing++
    process.stdout.write(`${line}\n`)
  }
}

const began = performance.now()
const counts = new Map<string, number>()
const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1)
let done = 0
let differing = 0
for (let k = first; k < last; k++) {
  if (done > 0 && performance.now() - began > Number(values.minutes) * 60_000) break
  const c = configuration(seed, k, sources)
  const folder = join(values.keep, `seed-${seed}`, String(k))
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  writeDocuments(folder, c)
  const plain = await runHere(documentsIn(folder), join(folder, 'plain'), c.options)
  count(`plain run ${plain.status}`)
  const wrong: string[] = []
  for (const way of taken) {
    if (!way.fits(c)) continue
    const found = await problems(way, c, folder, plain)
    count(`${way.name} ${found.length === 0 ? 'equal' : 'differing'}`)
    wrong.push(...found.map(line => `${way.name}: ${line}`))
  }
  done++
  let isWaiting = false
  if (rootTables !== null && plain.status === 'done') {
    const format = k % 2 === 0 ? 'rntuple' : 'ttree'
    const found = await rootTables.add(folder, c, format)
    if (found === 'added' || found === 'refused')
      count(`tables as ${format} ${found === 'added' ? 'compared' : 'refused'}`)
    else if (found !== 'no tables') wrong.push(`tables as ${format}: ${found}`)
    isWaiting = found === 'added'
    if (rootTables.isFull) compareTables(rootTables)
  }
  if (wrong.length > 0) {
    differing++
    writeFileSync(join(folder, 'report.txt'), `${wrong.join('\n')}\n`)
    process.stdout.write(`${k}: ${wrong.map(line => line.slice(0, 400)).join('\n  ')}\n`)
  } else if (values.only === undefined && !isWaiting) rmSync(folder, { recursive: true, force: true })
}
if (rootTables !== null) compareTables(rootTables)
const seconds = ((performance.now() - began) / 1000).toFixed(0)
process.stdout.write(`seed ${seed}, ${done} configurations in ${seconds} s, ${differing} of them with differences\n`)
for (const [what, n] of counts) process.stdout.write(`${String(n).padStart(6)}  ${what}\n`)
process.exitCode = differing > 0 ? 1 : 0
