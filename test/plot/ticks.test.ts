import { test } from 'uvu'
import { equal, ok } from 'uvu/assert'
import { ticksOf } from '../../lib/plot/ticks.js'

const numbers = (ticks: ReturnType<typeof ticksOf>) => ticks.map(t => t.text).filter(t => t !== '')

test('linear axes have steps of 1, 2 or 5, as many as there is room for', () => {
  equal(numbers(ticksOf({ label: '', range: [0, 1.2] }, 8)), ['0.0', '0.2', '0.4', '0.6', '0.8', '1.0', '1.2'])
  equal(numbers(ticksOf({ label: '', range: [0.7, 1.3] }, 3)), ['0.8', '1.0', '1.2'])
  equal(numbers(ticksOf({ label: '', range: [-2.5, 2.5] }, 7)), ['−2', '−1', '0', '1', '2'])
  equal(numbers(ticksOf({ label: '', range: [0, 2600] }, 6)), ['0', '500', '1000', '1500', '2000', '2500'])
  equal(numbers(ticksOf({ label: '', range: [0, 0.0031] }, 5)), ['0.000', '0.001', '0.002', '0.003'])
})

test('short marks divide the steps evenly, within the range', () => {
  const ticks = ticksOf({ label: '', range: [0, 1.2] }, 8)
  ok(ticks.every(({ at }) => at >= 0 && at <= 1.2 + 1e-9))
  const steps = ticks.slice(1).map((tick, k) => tick.at - ticks[k]!.at)
  ok(steps.every(step => Math.abs(step - 0.05) < 1e-9))
})

test('logarithmic axes have a mark at each multiple of a power of ten', () => {
  const ticks = ticksOf({ label: '', range: [10, 400], log: true }, 8)
  equal(
    ticks.map(t => t.at),
    [10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 200, 300, 400],
  )
  equal(numbers(ticks), ['10', '20', '30', '40', '50', '100', '200', '300', '400'])
  equal(numbers(ticksOf({ label: '', range: [0.5, 2], log: true }, 8)), ['0.5', '1', '2'])
  equal(
    numbers(ticksOf({ label: '', range: [1, 1e5], log: true }, 8)),
    [0, 1, 2, 3, 4, 5].map(p => `10^{${p}}`),
  )
})

test('marks that were asked for are drawn where they are in the range', () => {
  const ticks = [-1, 0, 1, 2].map(at => ({ at, text: String(at) }))
  equal(numbers(ticksOf({ label: '', range: [0, 1], ticks }, 1)), ['0', '1'])
})

test.run()
