/** Jobs that are stopped and continued, in code: whatever the shape of the job, outputs are those of an uninterrupted run and
 *  no chunk that had been done is run again. */
import { copyFileSync, existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from 'uvu'
import { equal, ok } from 'uvu/assert'
import { NTUPLE_FORMATS, type NtupleFormat } from '../../lib/core/ntuple-format.js'
import { type JobSummary, loadJob, type RunOptions, runJob } from '../../lib/job/index.js'
import { readJournal } from '../../lib/journal/read.js'
import { filesBelow, type Scratch, scratch } from '../support/cli.js'

const MC = 'fixtures/root/nano-mc.root'
const EVENTS = 300
const STEPS = Array.from({ length: 6 }, (_, i) => [i * 50, i * 50 + 50])

interface Shape {
  readonly files: Readonly<Record<string, unknown>>
  readonly settings?: object
  readonly repartition?: number
  readonly ntupleFormat?: NtupleFormat
  readonly options?: RunOptions
}

function jobOf({ files, settings = {}, repartition, ntupleFormat }: Shape, output: string) {
  const uproot_options = { allow_read_errors_with_report: true }
  return loadJob({
    config: {
      workflow: 'ElectronTagNProbeFromNanoAOD',
      workflow_args: { filters: { tight: 'cutBased >= 4' }, ...settings },
      methods: [
        { name: 'get_tnp_arrays', args: { vars: 'all', flat: true, uproot_options } },
        {
          name: 'get_passing_and_failing_probes',
          args: { filter: 'tight', vars: ['el_pt'], flat: true, uproot_options },
        },
        { name: 'get_nd_tnp_histograms', args: { filter: 'tight', vars: ['el_pt'], uproot_options } },
      ],
    },
    fileset: { MC: { files, metadata: { isMC: true } } },
    output,
    ...(repartition === undefined ? {} : { repartition }),
    ...(ntupleFormat === undefined ? {} : { ntupleFormat }),
  }).job
}

/** Everything but the times in reports. */
function comparable(dir: string): Map<string, string> {
  return new Map(
    [...filesBelow(dir)].map(([name, bytes]) => {
      if (!name.endsWith('report.json')) return [name, bytes.toString('latin1')]
      const entries = JSON.parse(bytes.toString()) as { args: unknown; exception: unknown }[]
      return [name, JSON.stringify(entries.map(({ args, exception }) => [args, exception]))]
    }),
  )
}

/** null: it was stopped, after so many results. */
async function runUpTo(shape: Shape, output: string, stopAfter: number): Promise<JobSummary | null> {
  const abort = new AbortController()
  let results = 0
  const onProgress = () => {
    if (++results === stopAfter) abort.abort(new Error('stopped by the test'))
  }
  try {
    const options = { ...shape.options, resume: true, signal: abort.signal, onProgress }
    return await runJob(jobOf(shape, output), options)
  } catch (error) {
    if (!abort.signal.aborted) throw error
    return null
  }
}

async function done(output: string): Promise<number> {
  return (await readJournal(join(output, '.tnp-journal/journal')))?.known.size ?? 0
}

/** Stops the job after 1, 2, 3, ... results, each time continued and stopped again some results later, then done. */
async function survivesStops(dir: Scratch, shape: Shape, stops: readonly number[]): Promise<void> {
  const whole = await runJob(jobOf(shape, dir.path('want')), { ...shape.options, journal: true })
  const want = comparable(dir.path('want'))
  const total = whole.chunks!.run
  for (const stop of stops) {
    const output = dir.path(`got-${stop}`)
    let before = 0
    for (const at of [stop, stop + 2]) {
      equal(await runUpTo(shape, output, at), null, `stopped after ${at} of ${total}`)
      const now = await done(output)
      ok(now >= before && now > 0 && now <= total, `${now} chunks after ${at} results, ${before} before`)
      before = now
    }
    const last = await runUpTo(shape, output, Number.POSITIVE_INFINITY)
    equal(last!.chunks, { resumed: before, run: total - before }, `stopped after ${stop}`)
    const got = comparable(output)
    equal([...got.keys()], [...want.keys()])
    for (const [name, bytes] of want) ok(got.get(name) === bytes, `stopped after ${stop}: ${name} differs`)
    equal(last!.datasets[0]!.cutflow, whole.datasets[0]!.cutflow)
    equal(last!.datasets[0]!.windows, whole.datasets[0]!.windows)
  }
}

/** A copy whose Electron_pt cannot be read, while its genWeight can. */
function damagedCopy(path: string): string {
  const bytes = readFileSync(MC)
  for (let at = bytes.indexOf('Electron_pt'); at >= 0; at = bytes.indexOf('Electron_pt', at + 1)) {
    if (bytes.subarray(at - 8, at - 1).includes('TBasket')) bytes.fill(0xa5, at + 40, at + 200)
  }
  writeFileSync(path, bytes)
  return path
}

test('a job that starts its dataset again, since weights must leave out a file found unreadable late', async () => {
  const dir = scratch()
  copyFileSync(MC, dir.path('good.root'))
  const files = {
    [dir.path('good.root')]: { object_path: 'Events', steps: STEPS },
    [damagedCopy(dir.path('bad.root'))]: 'Events',
  }
  // 7 chunks of the sum, 7 of the main pass, then both without the last file: 26 in all.
  await survivesStops(dir, { files, options: { executor: 'sync' } }, [2, 9, 13, 16, 22])
  dir.remove()
})

for (const ntupleFormat of NTUPLE_FORMATS) {
  test(`several partitions in one file, as ${ntupleFormat}`, async () => {
    const dir = scratch()
    const files = { [MC]: { object_path: 'Events', steps: STEPS } }
    await survivesStops(dir, { files, repartition: 4, ntupleFormat, options: { executor: 'sync' } }, [3, 7, 9])
    dir.remove()
  })
}

test('partitions of several chunks, with two workers', async () => {
  const dir = scratch()
  const options = { maxChunkEvents: 20, executor: 'threads', workers: 2 } as const
  await survivesStops(dir, { files: { [MC]: 'Events' }, options }, [4, EVENTS / 20 + 1, EVENTS / 20 + 6])
  dir.remove()
})

const SLOW_FILTER = `
export async function slowAtFirst({ columns, length }, { wait }) {
  const { values } = columns.get('event')
  if (Number(values[0]) === wait.event) await new Promise(done => setTimeout(done, wait.ms))
  return new Uint8Array(length).fill(1)
}
slowAtFirst.reads = ['event']
`

test('chunks that are done while an earlier one is not are kept, row groups and all', async () => {
  const dir = scratch()
  const filter = dir.path('slow.mjs')
  writeFileSync(filter, SLOW_FILTER)
  const event = Number(await firstEvent())
  const shapeWith = (ms: number): Shape => ({
    files: { [MC]: { object_path: 'Events', steps: STEPS } },
    settings: { extra_filter: `${filter}::slowAtFirst`, extra_filter_args: { wait: { event, ms: 700 } } },
    options: { executor: 'threads', workers: ms > 0 ? 2 : 1 },
  })
  const whole = await runJob(jobOf(shapeWith(0), dir.path('want')), { executor: 'sync' })
  const want = comparable(dir.path('want'))

  const abort = new AbortController()
  const output = dir.path('got')
  const stopped = runJob(jobOf(shapeWith(700), output), {
    ...shapeWith(700).options,
    journal: true,
    signal: abort.signal,
  }).catch(error => error as Error)
  // The sum is done, and of the main pass what the second worker has done, while the first is at its first chunk.
  while ((await done(output)) < STEPS.length + 2) await sleep(5)
  abort.abort(new Error('stopped by the test'))
  ok((await stopped) instanceof Error)
  const known = await readJournal(join(output, '.tnp-journal/journal'))
  const main = [...known!.known].filter(([key]) => key.includes('/run/'))
  const partitions = main.map(([key]) => key.split('.')[0])
  ok(partitions.length >= 2 && !partitions.includes('0'), `partitions that are in the journal: ${partitions}`)
  ok(main.every(([, { parts }]) => parts.length > 0 && parts.every(p => typeof p.at === 'number')))

  const last = await runUpTo(shapeWith(700), output, Number.POSITIVE_INFINITY)
  equal(last!.chunks, { resumed: STEPS.length + main.length, run: STEPS.length - main.length })
  equal(comparable(output), want)
  equal(last!.datasets[0]!.windows, whole.datasets[0]!.windows)
  dir.remove()
})

/** The number of the file's first event. */
async function firstEvent(): Promise<number | bigint> {
  const { openTree, closeTrees } = await import('../../lib/stages/index.js')
  const { tree } = await openTree(MC, 'Events')
  const columns = await tree.read(['event'], 0, 1)
  await closeTrees()
  return (columns.get('event')!.values as BigUint64Array)[0]!
}

test('row groups that were lost or damaged are made again', async () => {
  const dir = scratch()
  const shape: Shape = { files: { [MC]: { object_path: 'Events', steps: STEPS } }, options: { executor: 'sync' } }
  await runJob(jobOf(shape, dir.path('want')), shape.options)
  const want = comparable(dir.path('want'))
  for (const damage of ['cut', 'flip'] as const) {
    const output = dir.path(damage)
    equal(await runUpTo(shape, output, STEPS.length + 5), null)
    const before = await done(output)
    const parts = join(output, '.tnp-journal/parts')
    const files = readdirSync(parts)
    ok(files.length > 5)
    for (const name of files.slice(0, 5)) {
      const path = join(parts, name)
      const bytes = readFileSync(path)
      if (damage === 'cut') truncateSync(path, bytes.length >> 1)
      else {
        bytes[10]! ^= 4
        writeFileSync(path, bytes)
      }
    }
    const last = await runUpTo(shape, output, Number.POSITIVE_INFINITY)
    ok(last!.chunks!.resumed < before && last!.chunks!.resumed >= STEPS.length)
    equal(comparable(output), want)
    ok(!existsSync(join(output, '.tnp-journal')))
  }
  dir.remove()
})

test.run()
