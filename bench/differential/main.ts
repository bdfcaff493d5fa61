/** `npm run differential -- --seed S --count N [--only K] [--from K] [--seconds T] [--keep DIR]`: random configurations, run by the
 *  reference and here, compared cell by cell. CONTRIBUTING.md says how. */
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseCommandLine } from '../arguments.js'
import { catalog, type Source } from './catalog.js'
import { writeDocuments } from './documents.js'
import { DRAWN_OPTIONS, DRAWN_USAGE, drawnRange } from './drawn.js'
import { type Verdict, verdict } from './explain.js'
import { type Configuration, configuration } from './generate.js'
import { MEANINGS } from './meanings.js'
import { command, documentsIn, type Outcome, runCommandLine, runHere } from './ours.js'
import { Reference, type ReferenceAnswer, type ReferenceJob, referencePython } from './reference.js'

const USAGE = `npm run differential -- [OPTIONS]: random configurations, run by the reference and here, compared cell by cell
${DRAWN_USAGE}
  --folder DIR  the configuration whose documents (runner.json, fileset.json, ...) are in DIR, in place of random ones
  --log FILE    what each run of the reference gave, as JSON lines
  --keep DIR    folder of the configurations that differ (default .work/differential)`

const { values } = parseCommandLine(USAGE, {
  options: {
    ...DRAWN_OPTIONS,
    folder: { type: 'string', multiple: true, default: [] },
    keep: { type: 'string', default: '.work/differential' },
    log: { type: 'string' },
  },
})
const { seed, first, last } = drawnRange(values)
const python = referencePython()
if (python === null) {
  process.stdout.write('skipped: no Python with egamma-tnp (TNP_PYTHON, which scripts/python.sh makes)\n')
  process.exit(0)
}

function documents(folder: string): Configuration {
  const read = (name: string) => {
    const path = join(folder, `${name}.json`)
    return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null
  }
  if (read('runner') === null) {
    process.stderr.write(`${folder}: no runner.json. Give a folder with runner.json and fileset.json.\n`)
    process.exit(2)
  }
  const [runner, fileset, settings, binning] = ['runner', 'fileset', 'settings', 'binning'].map(read)
  return { runner, fileset, settings, binning, options: read('options') ?? {} }
}

/** Seconds that the reference may take for a configuration. */
const PATIENCE = 120
/** Every so many configurations, the command line runs in place of the library. */
const BY_COMMAND_LINE = 10

function note(
  k: number,
  mend: ReferenceJob['mend'],
  { kind, by }: Verdict,
  theirs: ReferenceAnswer,
  ours: Outcome,
): void {
  if (values.log === undefined) return
  const { error, cpu, at } = theirs
  const line = { k, mend: mend.join('+'), kind, by, cpu, there: error, at, here: ours.message, warnings: ours.warnings }
  appendFileSync(values.log, `${JSON.stringify(line)}\n`)
}

interface Result {
  readonly verdict: Verdict
  readonly seconds: number
}

/** The reference as it is; where it differs, with its faults repaired; where it still differs, in double precision as well. */
async function compare(reference: Reference, k: number, c: Configuration, folder: string): Promise<Result> {
  const ours = join(folder, 'ours')
  const documents = documentsIn(folder)
  const runs = k % BY_COMMAND_LINE === BY_COMMAND_LINE - 1 ? runCommandLine : runHere
  const outcome: Outcome = await runs(documents, ours, c.options)
  let seconds = 0
  let best: Verdict | null = null
  for (const mend of [[], ['faults'], ['faults', 'double-precision']] as ReferenceJob['mend'][]) {
    const out = join(folder, 'reference')
    rmSync(out, { recursive: true, force: true })
    const job = { id: String(k), folder, out, options: c.options, mend, seconds: PATIENCE }
    const theirs: ReferenceAnswer = await reference.run({ ...job, ours: outcome.status === 'done' ? ours : null })
    seconds += theirs.cpu
    const found = verdict({ configuration: c, ours: outcome, theirs })
    // Where both refuse, the reference may do so for one of its faults.
    const isDone = found.kind !== 'unexplained' && !(found.kind === 'both refuse' && mend.length === 0)
    note(k, mend, found, theirs, outcome)
    if (isDone) return { verdict: found, seconds }
    best = found
    if (outcome.status === 'crashed') break
    // In double precision numbers change, not whether anything is refused.
    if (mend.length === 1 && theirs.status !== outcome.status) break
  }
  return { verdict: best!, seconds }
}

function report(folder: string, k: number, { verdict: v, seconds }: Result, options: Configuration['options']): void {
  const lines = [
    `seed ${seed}, configuration ${k}: ${v.kind} (${seconds.toFixed(1)} s)`,
    ...(v.by.length === 0 ? [] : [`mended or explained: ${v.by.join(', ')}`]),
    v.text,
    '',
    `npm run differential -- ${values.folder.length > 0 ? `--folder ${values.folder[k]}` : `--seed ${seed} --only ${k}`}`,
    `npx run-analysis ${command(documentsIn(folder), join(folder, 'ours'), options).join(' ')}`,
  ]
  writeFileSync(join(folder, 'report.txt'), `${lines.join('\n')}\n`)
}

const began = performance.now()
const sources: readonly Source[] = await catalog(values.fixtures)
const reference = new Reference(python)
await reference.ready()
process.stderr.write(
  `reference imported after ${((performance.now() - began) / 1000).toFixed(1)} s, ${sources.length} files\n`,
)
const counts = new Map<string, number>()
const explanations = new Map<string, number>()
const add = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1)
let done = 0
const ready = performance.now()
const given = values.folder.map((folder, k) => ({ k, c: documents(folder) }))
const drawn = Array.from({ length: last - first }, (_, i) => ({ k: first + i, c: null }))
for (const { k, c: read } of given.length > 0 ? given : drawn) {
  if (done > 0 && performance.now() - ready > Number(values.minutes) * 60_000) break
  const c = read ?? configuration(seed, k, sources)
  const folder = join(values.keep, read === null ? `seed-${seed}` : 'given', String(k))
  rmSync(folder, { recursive: true, force: true })
  writeDocuments(folder, c)
  const result = await compare(reference, k, c, folder)
  const { kind, by, text } = result.verdict
  done++
  add(counts, kind)
  for (const name of kind === 'explained' ? by : []) add(explanations, name)
  const why = by.length === 0 ? '' : ` (${by.join(', ')})`
  const isNews = kind === 'unexplained' || kind === 'skipped'
  const isKept = isNews || read !== null || values.only !== undefined
  if (isKept) {
    process.stdout.write(`${values.folder[k] ?? k} ${kind}${why}${text === '' ? '' : `: ${text.slice(0, 400)}`}\n`)
    report(folder, k, result, c.options)
  } else rmSync(folder, { recursive: true, force: true })
}
reference.close()
const list = (map: Map<string, number>) => [...map].sort(([, a], [, b]) => b - a).map(([name, n]) => `${name} ${n}`)
process.stdout.write(
  `seed ${seed}, ${done} configurations in ${((performance.now() - began) / 1000).toFixed(0)} s: ${list(counts).join(', ')}\n`,
)
for (const [name, n] of [...explanations].sort(([, a], [, b]) => b - a)) {
  process.stdout.write(`${String(n).padStart(6)}  ${name}: ${MEANINGS[name] ?? ''}\n`)
}
process.exitCode = counts.has('unexplained') ? 1 : 0
