/** What a run tells those who follow it. */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, ok } from 'uvu/assert'
import { type HistTree, isHist } from '../../lib/formats/index.js'
import { sumHist } from '../../lib/hist/index.js'
import { loadJob, type RunEvent, type RunOptions, runJob } from '../../lib/job/index.js'
import type { RunningPass } from '../../lib/run/index.js'
import type { ProbeCounts } from '../../lib/stages/count-probes.js'
import { filesBelow, type Scratch, scratch } from '../support/cli.js'

const MC = 'fixtures/root/nano-mc.root'
const DATA = 'fixtures/root/nano-data.root'
const EVENTS = 300

function job(dir: Scratch, files: readonly string[] = [MC]) {
  const uproot_options = { allow_read_errors_with_report: true }
  return loadJob({
    config: {
      workflow: 'ElectronTagNProbeFromNanoAOD',
      workflow_args: { filters: { tight: 'cutBased >= 4' } },
      methods: [
        { name: 'get_tnp_arrays', args: { vars: ['el_pt'], flat: true, uproot_options } },
        { name: 'get_nd_tnp_histograms', args: { filter: 'tight', vars: ['el_pt'], uproot_options } },
      ],
    },
    fileset: {
      MC: { files: Object.fromEntries(files.map(path => [path, 'Events'])), metadata: { isMC: true } },
      Data: { files: { [DATA]: 'Events' }, metadata: { isMC: false } },
    },
    output: dir.path('out'),
  }).job
}

const EXECUTORS: readonly RunOptions[] = [
  { executor: 'sync' },
  { executor: 'threads', workers: 2 },
  { executor: 'processes', workers: 2 },
]

function probesIn(tree: HistTree): number {
  return Object.values(tree).reduce((sum, node) => sum + (isHist(node) ? sumHist(node).value : probesIn(node)), 0)
}

test('events come in order, with every chunk once, and the histograms fill', async () => {
  for (const options of EXECUTORS) {
    const dir = scratch()
    const order: string[] = []
    const filled: number[] = []
    let pass: RunningPass | null = null
    let events = 0
    let pairs = 0
    let read = 0
    const onEvent = (event: RunEvent) => {
      if (event.kind === 'pass') pass = event.pass
      if (event.kind === 'began')
        equal(
          event.workersNow().map(w => w.chunksDone),
          event.workersNow().map(() => 0),
        )
      order.push('dataset' in event ? `${event.kind} ${event.dataset} ${event.phase}` : event.kind)
      if (event.kind !== 'chunk' || event.phase === 'sum') return
      events += event.result.read!.stop - event.result.read!.start
      if (event.dataset !== 'MC') return
      filled.push(probesIn(pass!.folds.get('get_nd_tnp_histograms_1/tight/fill')!() as HistTree))
      const counts = [...pass!.folds].find(([id]) => id.startsWith('counts['))![1]() as ProbeCounts
      pairs = counts.pairs
      read = pass!.profile().read.bytes
    }
    const summary = await runJob(job(dir), { ...options, maxChunkEvents: 60, onEvent })
    const chunks = Array(EVENTS / 60).fill('chunk MC run')
    const name = options.executor!
    const ofMC = order.slice(0, order.indexOf('dataset') + 1)
    equal(
      ofMC,
      ['began', 'pass MC sum', ...Array(EVENTS / 60).fill('chunk MC sum'), 'pass MC run', ...chunks, 'dataset'],
      name,
    )
    equal([order.at(-2), order.at(-1)], ['dataset', 'ended'], name)
    equal(order.filter(o => o === 'dataset').length, 2, name)
    equal(
      events,
      summary.datasets.reduce((sum, d) => sum + d.events, 0),
      name,
    )
    const [mc] = summary.datasets
    equal(pairs, mc!.windows[0]!.pairs, name)
    equal(read, mc!.profile.read.bytes, name)
    ok(
      filled.every((n, k) => n >= (filled[k - 1] ?? 0)),
      name,
    )
    ok(filled[0]! < filled.at(-1)! && filled.at(-1)! > 0, `${name}: ${filled}`)
    // Looking has changed nothing.
    const got = filesBelow(dir.path('out'))
    await runJob(job(dir), { ...options, maxChunkEvents: 60 })
    for (const [path, bytes] of filesBelow(dir.path('out'))) {
      if (!path.endsWith('report.json')) ok(got.get(path)!.equals(bytes), `${name}: ${path}`)
    }
    dir.remove()
  }
})

test('workers tell what they do and have done', async () => {
  for (const options of EXECUTORS) {
    const dir = scratch()
    const name = options.executor!
    let now = (): readonly { readonly chunk: unknown; readonly chunksDone: number; readonly eventsDone: number }[] => []
    let atWork = 0
    let most = 0
    const onEvent = (event: RunEvent) => {
      if (event.kind === 'began') now = event.workersNow
      if (event.kind !== 'chunk') return
      atWork = Math.max(atWork, now().filter(w => w.chunk !== null).length)
      most = Math.max(most, now().length)
    }
    const summary = await runJob(job(dir, [MC]), { ...options, maxChunkEvents: 20, onEvent })
    equal(most, options.workers ?? 1, name)
    // After the run nobody works, and everything has been done by somebody: twice the events of simulation, whose weights were added up.
    equal(
      now().map(w => w.chunk),
      Array(most).fill(null),
      name,
    )
    const all = summary.datasets.reduce((sum, d) => sum + d.events, EVENTS)
    equal(
      now().reduce((sum, w) => sum + w.eventsDone, 0),
      all,
      name,
    )
    if (options.executor !== 'sync') ok(atWork >= 1, name)
    dir.remove()
  }
})

test('what cannot be read is told, and a pass that begins again says so', async () => {
  const dir = scratch()
  copyFileSync(MC, dir.path('good.root'))
  const bytes = readFileSync(MC)
  for (let at = bytes.indexOf('Electron_pt'); at >= 0; at = bytes.indexOf('Electron_pt', at + 1)) {
    if (bytes.subarray(at - 8, at - 1).includes('TBasket')) bytes.fill(0xa5, at + 40, at + 200)
  }
  writeFileSync(dir.path('bad.root'), bytes)
  const passes: [phase: string, partitionsDone: number, partitions: number][] = []
  const failed: string[] = []
  const onEvent = (event: RunEvent) => {
    if (event.kind === 'pass' && event.dataset === 'MC')
      passes.push([event.phase, event.partitionsDone, event.partitions])
    if (event.kind === 'chunk' && event.result.failure !== null) failed.push(event.result.chunk.file)
  }
  await runJob(job(dir, [dir.path('good.root'), dir.path('bad.root')]), { executor: 'sync', onEvent })
  equal(passes, [
    ['sum', 0, 2],
    ['run', 0, 2],
    ['sum', 1, 2],
    ['run', 1, 2],
  ])
  equal(failed, [dir.path('bad.root')])
  dir.remove()
})

test('those who wait have their turn between stages, on the calling thread alone', async () => {
  for (const options of EXECUTORS) {
    const dir = scratch()
    let turns = 0
    const turn = () => {
      turns++
      return turns % 2 === 0 ? null : new Promise<void>(resolve => setImmediate(resolve))
    }
    const summary = await runJob(job(dir), { ...options, maxChunkEvents: 60, turn })
    equal(summary.datasets[0]!.events, EVENTS)
    if (options.executor === 'processes') equal(turns, 0)
    else ok(turns > 20, `${options.executor}: ${turns}`)
    dir.remove()
  }
})

test.run()
