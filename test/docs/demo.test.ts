/** `npm run demo` without its build: it ends with efficiencies, fits, scale factors and the command that shows them. */
import { spawnSync } from 'node:child_process'
import { readFileSync, symlinkSync } from 'node:fs'
import { resolve } from 'node:path'
import { test } from 'uvu'
import { equal, is, match, ok } from 'uvu/assert'
import { scratch } from '../support/cli.js'

test('the demo runs on the fixtures, and what it says at the end is there', () => {
  const dir = scratch()
  try {
    symlinkSync(resolve('fixtures'), dir.path('fixtures'))
    const args = [resolve('scripts/demo.mjs'), '--built']
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: dir.path('.'), encoding: 'utf8' })
    is(status, 0, stderr)
    match(stderr, /MC \(simulation\): 1 file, 300 events/)
    const told = [
      'efficiencies by counting,',
      'by fits of',
      'and scale factors:',
      'npx tnp-pipe view out/demo out/demo-sf',
    ]
    const places = told.map(text => stdout.indexOf(text))
    ok(
      places.every((place, k) => place > (places[k - 1] ?? 0)),
      `${places}`,
    )
    match(stderr, /12 fits in .* s, 0 failed/)
    const { bins } = JSON.parse(readFileSync(dir.path('out/demo-sf/scale-factors/scale-factors.json'), 'utf8'))
    equal(
      bins.map((bin: { status: string }) => bin.status),
      ['ok', 'ok', 'ok', 'ok'],
    )
    for (const { scale_factor, up, data, mc } of bins) {
      ok(Math.abs(scale_factor - data.nominal.efficiency / mc.nominal.efficiency) < 1e-12)
      ok(up > 0 && data.altSignal.efficiency !== data.nominal.efficiency)
    }
  } finally {
    dir.remove()
  }
})

test.run()
