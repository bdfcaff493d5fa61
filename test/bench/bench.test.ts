/** The benchmark's own parts: figures from a generator that drifts, or a wrong median, would be worse than none. */
import { spawnSync } from 'node:child_process'
import { test } from 'uvu'
import { equal, is, match, ok, throws } from 'uvu/assert'
import { betweenMarkers, claimTable, holds } from '../../bench/peers/claims.js'
import { Random } from '../../bench/random.js'
import { pairedRatio } from '../../bench/ratio.js'
import { median, summarize, table } from '../../bench/summary.js'
import { toyEvent } from '../../bench/toy-events.js'
import { close } from '../support/columns.js'

test('the same seed gives the same numbers, another seed others', () => {
  const draw = (seed: number): number[] => {
    const random = new Random(seed)
    return Array.from({ length: 5 }, () => random.uniform())
  }
  equal(draw(7), draw(7))
  ok(draw(7).every((value, k) => value !== draw(8)[k]))
})

test('the distributions have the means and widths that they are asked for', () => {
  const random = new Random(1)
  const draws = 40000
  const expected: [name: string, mean: number, within: number, draw: () => number][] = [
    ['uniform', 3, 0.02, () => random.uniform(2, 4)],
    ['exponential', 5, 0.15, () => random.exponential(5)],
    ['poisson', 3, 0.05, () => random.poisson(3)],
    ['normal', 10, 0.06, () => random.normal(10, 2)],
    ['variance of normal', 4, 0.2, () => (random.normal(10, 2) - 10) ** 2],
    ['chance', 0.25, 0.01, () => Number(random.chance(0.25))],
  ]
  for (const [name, mean, within, draw] of expected) {
    let sum = 0
    for (let k = 0; k < draws; k++) sum += draw()
    close(sum / draws, mean, 0, within, name)
  }
})

test('toy electrons come in falling pt, and most pairs have the mass of the Z', () => {
  const random = new Random(2)
  let [pairs, nearZ] = [0, 0]
  for (let k = 0; k < 2000; k++) {
    const { electrons } = toyEvent(random)
    for (let i = 1; i < electrons.length; i++) ok(electrons[i]!.pt <= electrons[i - 1]!.pt)
    if (electrons.length !== 2) continue
    const [a, b] = [electrons[0]!, electrons[1]!]
    const mass = Math.sqrt(2 * a.pt * b.pt * (Math.cosh(a.eta - b.eta) - Math.cos(a.phi - b.phi)))
    pairs++
    if (Math.abs(mass - 91.2) < 10) nearZ++
  }
  ok(pairs > 1200, `${pairs} pairs`)
  ok(nearZ > 0.7 * pairs, `${nearZ} of ${pairs} pairs near the Z`)
})

test('a median is the middle value, or the mean of the middle two', () => {
  is(median([3, 1, 2]), 2)
  is(median([4, 1, 2, 3]), 2.5)
  is(median([5]), 5)
})

test('a summary gives events per second at the median', () => {
  const usages = [{ cpuSeconds: 2, peakMiB: 100 }]
  const row = summarize({ what: 'job', seconds: [0.5, 0.25, 1], events: 1000, usages })
  equal(row, {
    what: 'job',
    medianMs: 500,
    minMs: 250,
    maxMs: 1000,
    eventsPerSecond: 2000,
    cpuSeconds: 2,
    peakMiB: 100,
  })
})

test('the table lines its columns up and leaves out what was not measured', () => {
  const rows = [
    summarize({ what: 'open', seconds: [0.005], events: null }),
    summarize({ what: 'job', seconds: [2], events: 1000, usages: [{ cpuSeconds: 1.5, peakMiB: 90 }] }),
  ]
  is(
    table(rows),
    [
      'what   median      min      max  events/s     CPU  peak memory',
      'open  5.00 ms  5.00 ms  5.00 ms',
      'job   2000 ms  2000 ms  2000 ms       500  1.50 s       90 MiB',
    ].join('\n'),
  )
})

test('a ratio is taken run by run, so that a drift of both cancels', () => {
  equal(pairedRatio([2, 8, 30], [1, 4, 10]), { median: 2, min: 2, max: 3 })
  throws(() => pairedRatio([1], []), /1 runs to 0/)
})

test('a claim holds on its side of the target, the target included', () => {
  const claim = { what: 'job', value: 0.6, unit: 's', sense: 'at most', target: 0.6 } as const
  ok(holds(claim))
  ok(!holds({ ...claim, value: 0.61 }))
  ok(!holds({ ...claim, value: 0.59, sense: 'at least' }))
  is(claimTable([claim]).split('\n')[2], '| job | 0.6 s | at most 0.6 s | yes |')
})

test('the table goes between the markers, and only there', () => {
  const page = 'a\n<!-- bench:peers -->\nold\n<!-- /bench:peers -->\nz'
  is(betweenMarkers(page, 'new', 'page'), 'a\n<!-- bench:peers -->\n\nnew\n\n<!-- /bench:peers -->\nz')
  throws(() => betweenMarkers('a', 'new', 'page.md'), /page.md: the lines/)
})

function bench(name: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const options = { encoding: 'utf8', env: { ...process.env, ...env } } as const
  return spawnSync(process.execPath, [`dist/bench/${name}.js`, ...args], options)
}

test('--only measures what it names, and a name of nothing is an error', () => {
  const { stdout, stderr, status } = bench('main', ['--quick', '--only', '^pair'])
  is(status, 0, stderr)
  equal(stdout.match(/^\w+/gm), ['what', 'pair', 'pair'])
  const none = bench('main', ['--quick', '--only', 'nosuch'])
  is(none.status, 1)
  match(none.stderr, /--only nosuch: no benchmark/)
})

test('what the page of a run costs is measured for each executor, with a reader that follows to the end', () => {
  const { stdout, stderr, status } = bench('dashboard', ['--quick'])
  is(status, 0, stderr)
  for (const workers of ['1 worker', '2 workers', '2 processes']) {
    match(
      stdout,
      new RegExp(`^${workers}: time with the page / without \\d+\\.\\d{3} .*"hasEnded":true,"events":800,`, 'm'),
    )
  }
})

test('peers that are not there are left out, and this is said', () => {
  const { stdout, stderr, status } = bench('peers', ['--quick', '--only', 'jsroot|uproot'], {
    TNP_PYTHON: 'no-such-python',
    TNP_ROOT_PYTHON: 'no-such-python',
  })
  is(status, 0, stderr)
  match(stderr, /skipped: uproot, egamma-tnp \(no-such-python/)
  match(stderr, /skipped: RDataFrame/)
  match(stdout, /\| opening it: jsroot \/ here/)
  ok(!stdout.includes('uproot'))
})

test.run()
