/** Jobs that are killed, and how the folder of a killed one may look. */
import { cpSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { filesBelow, runAnalysis, type Scratch } from './cli.js'

/** By path; of reports without what differs from run to run. */
export type Content = ReadonlyMap<string, string>

export interface CrashJob {
  readonly name: string
  readonly args: readonly string[]
  /** Of an undisturbed run. */
  readonly whole: Content
  /** Of another job that was written to the same folder before; null: the folder is not there. */
  readonly older: { readonly dir: string; readonly content: Content } | null
  /** Milliseconds that an undisturbed run took. */
  readonly duration: number
}

const STEP = 20
const FILES: Readonly<Record<string, readonly (readonly [string, number])[]>> = {
  Data: [
    ['nano-data', 240],
    ['nano-data-2', 100],
  ],
  MC: [['nano-mc', 300]],
}
const METADATA: Readonly<Record<string, object>> = {
  Data: { isMC: false, goldenJSON: 'fixtures/root/golden.json' },
  MC: { isMC: true, pileupJSON: 'fixtures/root/pileup.json' },
}

/** Histograms of one, three and more dimensions, Parquet files, reports, a sum of weights. stepEvents: of a partition, which has Parquet files
 *  of its own. */
export function jobDocuments(out: Scratch, stepEvents: number, name = 'fileset.json'): string[] {
  const datasets = Object.entries(FILES).map(([dataset, files]) => [
    dataset,
    {
      files: Object.fromEntries(
        files.map(([file, n]) => [
          `fixtures/root/${file}.root`,
          { object_path: 'Events', steps: stepsOf(n, stepEvents) },
        ]),
      ),
      metadata: METADATA[dataset],
    },
  ])
  const documents = ['config/runner', 'settings/settings', 'binning/binning'].map(
    pair => pair.split('/') as [string, string],
  )
  return [
    ...documents.flatMap(([option, file]) => [`--${option}`, `fixtures/config/${file}.json`]),
    ...['--fileset', out.json(name, Object.fromEntries(datasets))],
    ...['--no-progress', '--no-summary'],
  ]
}

function stepsOf(entries: number, events: number): [number, number][] {
  const count = Math.ceil(entries / events)
  return Array.from({ length: count }, (_, k) => [k * events, Math.min((k + 1) * events, entries)])
}

/** Runs the job, and the older one, undisturbed. */
export async function prepareJob(
  out: Scratch,
  name: string,
  { hasOlder = false, steps = STEP, extra = [] as string[] },
): Promise<CrashJob> {
  const args = [...jobDocuments(out, steps, `${name}-fileset.json`), ...extra]
  const began = performance.now()
  await mustRun([...args, '--output', out.path(`${name}-whole`)])
  const duration = performance.now() - began
  const whole = contentOf(out.path(`${name}-whole`))
  if (!hasOlder) return { name, args, whole, older: null, duration }
  // Another number of partitions, and other pairs: no file of it is one of the new run.
  const settings = out.json(`${name}-older.json`, { tags_pt_cut: 38, probes_pt_cut: 12 })
  const dir = out.path(`${name}-older`)
  const older = [...jobDocuments(out, steps / 2, `${name}-older-fileset.json`), '--settings', settings]
  await mustRun([...older, ...extra, '--output', dir])
  return { name, args, whole, older: { dir, content: contentOf(dir) }, duration }
}

async function mustRun(args: readonly string[]): Promise<void> {
  const { status, stderr } = await runAnalysis(args)
  if (status !== 0) throw new Error(`an undisturbed run ended with ${status}: ${stderr}`)
}

export function contentOf(dir: string): Content {
  if (!existsSync(dir)) return new Map()
  return new Map(
    [...filesBelow(dir)].map(([path, bytes]) => [
      path,
      path.endsWith('report.json') ? timeless(bytes) : bytes.toString('latin1'),
    ]),
  )
}

/** Times, hosts and what reading took differ; cut short it stays what it is. */
function timeless(bytes: Buffer): string {
  try {
    const entries = JSON.parse(bytes.toString()) as { args: unknown; exception: unknown; message: unknown }[]
    return JSON.stringify(entries.map(({ args, exception, message }) => [args, exception, message]))
  } catch {
    return bytes.toString('latin1')
  }
}

/** An output folder for a trial, with the older outputs. */
export function beginFolder({ older }: CrashJob, dir: string): void {
  if (older !== null) cpSync(older.dir, dir, { recursive: true })
}

function isTemporary(path: string): boolean {
  return path.startsWith('.tnp-journal/') || path.endsWith('.tnp-tmp')
}

/** What is wrong with the folder of a run that has not ended: under final names there may be files of the whole run and of the older one,
 *  in each dataset of one of the two. */
export function faultsOfStopped(job: CrashJob, dir: string): string[] {
  const faults: string[] = []
  const kinds = new Map<string, Map<'new' | 'older', string>>()
  for (const [path, content] of contentOf(dir)) {
    if (isTemporary(path)) continue
    const isNew = job.whole.get(path) === content
    const isOlder = job.older?.content.get(path) === content
    if (!isNew && !isOlder) faults.push(`${path} (${content.length} bytes) is of no whole run`)
    if (isNew === isOlder) continue
    const dataset = path.split('/')[0]!
    const seen = kinds.get(dataset) ?? new Map<'new' | 'older', string>()
    kinds.set(dataset, seen.set(isNew ? 'new' : 'older', path))
  }
  for (const [dataset, seen] of kinds) {
    if (seen.size > 1) faults.push(`${dataset} is mixed: ${seen.get('older')} is old, ${seen.get('new')} is new`)
  }
  return faults
}

/** What is wrong with the folder of a run that an error has ended: of each dataset all files are there, or none. */
export function faultsOfFailed(job: CrashJob, dir: string): string[] {
  const content = contentOf(dir)
  const isNew = (path: string) =>
    content.get(path) === job.whole.get(path) && content.get(path) !== job.older?.content.get(path)
  const paths = [...job.whole.keys()]
  const isHalf = (dataset: string) => {
    const own = paths.filter(path => path.startsWith(`${dataset}/`))
    return own.some(isNew) && !own.every(path => content.get(path) === job.whole.get(path))
  }
  const halves = [...new Set(paths.map(path => path.split('/')[0]!))].filter(isHalf)
  const left = [...content.keys()].filter(path => path.endsWith('.tnp-tmp') && !path.startsWith('.tnp-journal/'))
  return [
    ...faultsOfStopped(job, dir),
    ...halves.map(dataset => `a part of ${dataset} is there`),
    ...left.map(path => `${path} is left`),
  ]
}

/** What is wrong with the folder of a run that has ended well: it is to be that of an undisturbed run. */
export function faultsOfWhole(job: CrashJob, dir: string): string[] {
  const got = contentOf(dir)
  const missing = [...job.whole.keys()].filter(path => !got.has(path)).map(path => `${path} is missing`)
  const more = [...got.keys()].filter(path => !job.whole.has(path)).map(path => `${path} is left`)
  const unequal = [...job.whole].filter(([path, want]) => got.has(path) && got.get(path) !== want)
  const journal = existsSync(join(dir, '.tnp-journal')) ? ['the journal is left'] : []
  return [...missing, ...more, ...unequal.map(([path]) => `${path} differs`), ...journal]
}
