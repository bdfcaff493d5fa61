/** What pages of a run are told: its numbers, and that changes add up to the whole. */
import { test } from 'uvu'
import { equal, is, ok } from 'uvu/assert'
import { hideAccess } from '../../lib/bytes/address.js'
import { axisExtent, binCount, newHist, regularAxis, variableAxis } from '../../lib/hist/index.js'
import { loadJob, type RunEvent, runJob } from '../../lib/job/index.js'
import { Budget } from '../../lib/page/live/budget.js'
import { Follower } from '../../lib/page/live/follower.js'
import { marginals, pairsOf } from '../../lib/page/live/histograms.js'
import { RateLine } from '../../lib/page/live/rates.js'
import { applyChanges, type LiveState } from '../../lib/page/live/state.js'
import { scratch } from '../support/cli.js'

test('events a second: now, and over time in intervals that double', () => {
  const rates = new RateLine()
  for (let k = 0; k < 40; k++) rates.add(k * 0.25, 100)
  ok(Math.abs(rates.now(10) - 400) < 40, String(rates.now(10)))
  equal(rates.line(), { width: 0.5, events: Array(20).fill(200) })
  // Nothing for a long time.
  is(rates.now(30), 0)
  rates.add(1000, 7)
  const { width, events } = rates.line()
  is(width, 8)
  ok(events.length <= 240)
  is(
    events.reduce((sum, n) => sum + n, 0),
    4007,
  )
  is(events[Math.floor(1000 / width)], 7)
  is(events[0], 3200)
})

test('work for pages takes half a percent of the time, and little more at once', () => {
  let now = 0
  const budget = new Budget(250, { wall: () => now, cost: () => now })
  let worked = 0
  for (; now < 60_000; now += 10) {
    if (budget.waitMs > 0) continue
    budget.spend(() => {
      now += 20
      worked += 20
    })
  }
  ok(worked > 250 && worked <= 0.005 * 60_000 + 20 + 20, String(worked))
  // Short work is held back by the least time between two works alone.
  let times = 0
  const quick = new Budget(250, { wall: () => now, cost: () => now })
  for (const end = now + 10_000; now < end; now += 10) {
    if (quick.waitMs > 0) continue
    quick.spend(() => (now += 1))
    times++
  }
  ok(times >= 38 && times <= 40, String(times))
})

test('time in which others had the processor is no cost', () => {
  let now = 0
  const budget = new Budget(250, { wall: () => now, cost: () => 0 })
  budget.spend(() => (now += 5000))
  is(budget.waitMs, 0)
})

test('work that fails is paid for as well', () => {
  let now = 0
  const budget = new Budget(0, { wall: () => now, cost: () => now })
  try {
    budget.spend(() => {
      now += 100
      throw new Error('broken')
    })
    ok(false)
  } catch (error) {
    is((error as Error).message, 'broken')
  }
  ok(budget.waitMs > 15_000)
})

test('along each axis: the sums over the bins of the others, without what lies beyond', () => {
  const axes = [
    variableAxis({ name: 'pt', edges: [10, 20, 50] }),
    regularAxis({ name: 'eta', bins: 3, lower: 0, upper: 3 }),
    regularAxis({ name: 'mll', bins: 4, lower: 60, upper: 120 }),
  ]
  const hist = newHist(axes)
  for (let i = 0; i < hist.value.length; i++) {
    hist.value[i] = (i * 7) % 13
    hist.variance[i] = i % 3 === 0 ? 0 : 1 + ((i * 5) % 11)
    if (i % 3 === 0) hist.value[i] = 0
  }
  const want = axes.map(axis => ({ value: Array(binCount(axis)).fill(0), variance: Array(binCount(axis)).fill(0) }))
  for (let cell = 0; cell < hist.value.length; cell++) {
    let rest = cell
    const at = axes.map(axis => {
      const position = rest % axisExtent(axis)
      rest = Math.floor(rest / axisExtent(axis))
      return position - 1
    })
    if (at.some((position, a) => position < 0 || position >= binCount(axes[a]!))) continue
    for (const [a, position] of at.entries()) {
      want[a]!.value[position] += hist.value[cell]
      want[a]!.variance[position] += hist.variance[cell]
    }
  }
  equal(marginals(hist), want)
  const one = newHist([axes[0]!])
  one.value.set([1, 2, 0, 4])
  one.variance.set([1, 2, 2, 4])
  // A sum of weights may be 0.
  equal(marginals(one), [{ value: [2, 0], variance: [2, 2] }])
})

test('histograms of a tree by name', () => {
  const hist = () => newHist([variableAxis({ name: 'pt', edges: [0, 1] })])
  const pair = () => ({ passing: hist(), failing: hist() })
  equal([...pairsOf(pair()).keys()], [''])
  equal(
    [...pairsOf({ pt: { barrel: pair(), endcap: pair() }, eta: { entire: pair() } }).keys()],
    ['pt/barrel', 'pt/endcap', 'eta/entire'],
  )
})

const MC = 'fixtures/root/nano-mc.root'
const DATA = 'fixtures/root/nano-data.root'

function job(output: string) {
  const uproot_options = { allow_read_errors_with_report: true }
  return loadJob({
    config: {
      workflow: 'ElectronTagNProbeFromNanoAOD',
      workflow_args: { filters: { tight: 'cutBased >= 4', loose: 'cutBased >= 2' } },
      methods: [
        {
          name: 'get_nd_tnp_histograms',
          args: { filter: ['tight', 'loose'], vars: ['el_pt', 'el_eta'], cut_and_count: false, uproot_options },
        },
        { name: 'get_1d_pt_eta_phi_tnp_histograms', args: { filter: 'tight', uproot_options } },
      ],
    },
    fileset: {
      MC: { files: { [MC]: 'Events' }, metadata: { isMC: true } },
      Data: {
        files: { [DATA]: 'Events', 'root://user:secret@127.0.0.1:1//gone.root?authz=secret': 'Events' },
        metadata: { isMC: false },
      },
    },
    output,
  }).job
}

test('a snapshot and the changes since then are the snapshot of now, whenever pages are told', async () => {
  const dir = scratch()
  const given = job(dir.path('out'))
  const follower = new Follower(given, () => 0)
  const early = follower.snapshot()
  is(early.status.phase, 'preparing')
  equal(
    early.datasets.map(one => one.phase),
    ['waiting', 'waiting'],
  )
  /** Pages that began to listen at different times. */
  const pages: LiveState[] = [early]
  let events = 0
  const tell = (all: boolean) => {
    const changes = JSON.parse(JSON.stringify(follower.changes(all))) as ReturnType<Follower['changes']>
    for (const [k, page] of pages.entries()) {
      const next = applyChanges(page, changes)
      // Told twice, nothing is other than told once.
      equal(applyChanges(next, changes), next)
      pages[k] = next
    }
  }
  const onEvent = (event: RunEvent) => {
    follower.tell(event)
    events++
    if (events % 7 === 3) follower.warn(`warning ${events}`)
    if (events % 3 === 0) tell(events % 6 === 0)
    if (events % 10 === 0) pages.push(JSON.parse(JSON.stringify(follower.snapshot())) as LiveState)
  }
  await runJob(given, { executor: 'sync', maxChunkEvents: 20, onEvent, remote: { retries: 0, timeoutMs: 500 } })
  follower.end('done', null)
  tell(true)
  const last = JSON.parse(JSON.stringify(follower.snapshot())) as LiveState
  ok(pages.length > 3)
  for (const page of pages) equal(page, last)
  equal(
    last.datasets.map(one => [one.phase, one.events, one.skipped]),
    [
      ['done', 300, 0],
      ['done', 240, 1],
    ],
  )
  is(last.status.fraction, 1)
  is(last.rate.events, 540)
  is(last.skipped.length, 1)
  is(last.skipped[0]!.file, hideAccess('root://user:secret@127.0.0.1:1//gone.root?authz=secret'))
  ok(!JSON.stringify(last).includes('secret'))
  ok(last.warnings.length > 2)
  dir.remove()
})

test('at the end the page has what the run has written', async () => {
  const dir = scratch()
  const given = job(dir.path('out'))
  const follower = new Follower(given)
  const during: number[] = []
  const onEvent = (event: RunEvent) => {
    follower.tell(event)
    const at = follower.histogram('Data', 'get_nd_tnp_histograms_1', 'tight', '')
    if (event.kind === 'chunk' && event.dataset === 'Data' && event.phase === 'run') {
      during.push(at!.axes[0]!.passing.value.reduce((sum, n) => sum + n, 0))
      is(at!.isFinal, false)
    }
  }
  const { datasets } = await runJob(given, {
    maxChunkEvents: 50,
    onEvent,
    executor: 'sync',
    remote: { retries: 0, timeoutMs: 500 },
  })
  ok(during.every((n, k) => n >= (during[k - 1] ?? 0)) && during.at(-1)! > during[0]!)
  const { windows, stages } = follower.snapshot()
  for (const [k, { windows: want, profile }] of datasets.entries()) {
    equal(
      windows[k]!.map(one => [one.window, one.pairs, ...one.filters.map(f => [f.filter, f.passing])]),
      want.map(one => [one.window, one.pairs, ...one.filters.map(f => [f.filter, f.passing])]),
    )
    equal(
      stages[k]!.nodes.map(one => [one.id, one.in, one.out]),
      profile.nodes.map(one => [one.id, one.in, one.out]),
    )
    is(stages[k]!.read.bytes, profile.read.bytes)
  }
  const all = follower.histograms()
  // Of each dataset two filters of the first method, and of the other one histogram a region.
  equal(
    all.filter(one => one.dataset === 'Data').map(one => [one.filter, one.name]),
    [
      ['tight', ''],
      ['loose', ''],
      ...['pt/barrel', 'pt/endcap', 'eta/entire', 'phi/entire'].map(name => ['tight', name]),
    ],
  )
  ok(all.every(one => one.isFinal))
  const { readHistograms } = await import('../../lib/formats/read-hists.js')
  for (const one of all) {
    const file = dir.path(`out/${one.dataset}/${one.method}/${one.filter}_histos.json`)
    const pair = pairsOf(await readHistograms(file)).get(one.name)!
    equal(
      one.axes.map(axis => axis.passing),
      JSON.parse(JSON.stringify(marginals(pair.passing))),
    )
    equal(
      one.axes.map(axis => axis.failing),
      JSON.parse(JSON.stringify(marginals(pair.failing))),
    )
  }
  equal(follower.histogram('Data', 'get_nd_tnp_histograms_1', 'tight', 'nothing'), null)
  equal(follower.histogram('other', 'get_nd_tnp_histograms_1', 'tight', ''), null)
  dir.remove()
})

test.run()
