/** The simulation of campaigns: known answers, and laws that hold whatever the costs are. */
import { test } from 'uvu'
import { equal, is, ok } from 'uvu/assert'
import { type Bounds, type Campaign, type Costs, simulate } from '../../bench/campaign/simulate.js'
import { close } from '../support/columns.js'

const FREE = { task: 0, byte: 0 }
const NOTHING: Costs = { driver: FREE, bridge: FREE, scheduler: FREE, worker: FREE }
const COSTS: Costs = {
  driver: { task: 4e-4, byte: 1e-9 },
  bridge: { task: 2e-3, byte: 1e-9 },
  scheduler: { task: 2e-3, byte: 0 },
  worker: { task: 5e-3, byte: 2e-9 },
}
const BOUNDS: Bounds = { tasksAThread: 3, leastUnderWay: 8, heldBytes: 16e6, waitingBytesAThread: 32e6 }
const CAMPAIGN: Campaign = {
  workers: 10,
  tasks: 1000,
  task: { seconds: 2, inputBytes: 1e8, resultBytes: 1e5 },
  spread: 0,
  networkBytesPerSecond: Infinity,
  storageBytesPerSecond: Infinity,
  startSeconds: 0,
  workersPerSecond: Infinity,
}
const secondsOf = (campaign: Partial<Campaign>, costs = NOTHING) =>
  simulate({ ...CAMPAIGN, ...campaign }, costs, BOUNDS).seconds

test('without costs, a campaign is its rounds of tasks', () => {
  is(secondsOf({}), 200)
  is(secondsOf({ tasks: 1001 }), 202)
  is(secondsOf({ workers: 3, tasks: 7 }), 6)
  is(secondsOf({ startSeconds: 30 }), 230)
})

test('workers that come one after the other: rounds from when each comes', () => {
  // Worker k comes after k seconds: by 4 s they have begun at 0 2 4, 1 3, 2 4, 3, 4; 8 tasks end by 6 s.
  is(secondsOf({ workers: 5, tasks: 8, workersPerSecond: 1 }), 6)
})

test('each station alone saturates where its work over its rate says', () => {
  const many = { workers: 1000, tasks: 5000, task: { seconds: 1, inputBytes: 1e8, resultBytes: 1e6 } }
  const within = (seconds: number, bound: number) => {
    ok(seconds >= bound * (1 - 1e-9), `${seconds} s below the bound ${bound} s`)
    ok(seconds < 1.02 * bound + 2, `${seconds} s, bound ${bound} s`)
  }
  within(secondsOf(many, { ...NOTHING, scheduler: { task: 0.01, byte: 0 } }), 50)
  within(secondsOf(many, { ...NOTHING, bridge: { task: 0.01, byte: 0 } }), 50)
  within(secondsOf(many, { ...NOTHING, driver: { task: 0.01, byte: 1e-8 } }), 100)
  within(secondsOf({ ...many, networkBytesPerSecond: 125e6 }), 40)
  within(secondsOf({ ...many, storageBytesPerSecond: 1e10 }), 50)
})

test('never faster than the work over the workers, never slower with more of them', () => {
  for (const network of [125e6, 1.25e9]) {
    let last = Infinity
    for (const workers of [1, 2, 5, 10, 50, 200, 1000]) {
      const seconds = secondsOf({ workers, networkBytesPerSecond: network, storageBytesPerSecond: 5e9 }, COSTS)
      ok(seconds >= (1000 * 2) / workers)
      ok(seconds <= last * (1 + 1e-9), `${workers} workers: ${seconds} s after ${last} s`)
      last = seconds
    }
  }
})

test('the same input gives the same outcome, spread or not; uses are parts of the whole', () => {
  const spread = { ...CAMPAIGN, spread: 0.3, networkBytesPerSecond: 125e6 }
  const first = simulate(spread, COSTS, BOUNDS)
  equal(simulate(spread, COSTS, BOUNDS), first)
  for (const [name, use] of Object.entries(first.use)) ok(use >= 0 && use <= 1 + 1e-9, `${name} ${use}`)
  close(first.use.workers * first.seconds * 10, 1000 * 2, 0.05, 0, 'busy workers')
})

test('results wait on workers, within bounds, where the link is too slow for them', () => {
  const large = { ...CAMPAIGN, workers: 4, tasks: 300, task: { seconds: 0.1, inputBytes: 0, resultBytes: 8e6 } }
  const { seconds, heldBytes, waitingBytes } = simulate({ ...large, networkBytesPerSecond: 50e6 }, COSTS, BOUNDS)
  ok(seconds >= 48 && seconds < 50, `${seconds} s`)
  ok(heldBytes <= BOUNDS.heldBytes, `${heldBytes} bytes held`)
  ok(waitingBytes > 50e6 && waitingBytes <= 4 * BOUNDS.waitingBytesAThread + 12 * 8e6, `${waitingBytes} bytes waiting`)
})

test.run()
