/** Fits whose answers other programs found: cases and the reference's configuration in ../shared, where it is there. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import { equal, ok } from 'uvu/assert'
import { type FitCase, runCase } from '../../bench/fit/case.js'
import { referenceFits } from '../../bench/fit/reference-fits.js'
import { sharedDir, testIf } from '../support/tools.js'

const shared = sharedDir()
const withShared = testIf(test, shared, 'the shared reference material')

withShared('every fit case agrees with its answer', () => {
  const folder = join(shared!, 'cases', 'fit')
  for (const file of readdirSync(folder).filter(name => name.endsWith('.json'))) {
    const { misses } = runCase(JSON.parse(readFileSync(join(folder, file), 'utf8')) as FitCase)
    equal(misses, [], file)
  }
})

withShared('a wrong answer is a miss', () => {
  const text = readFileSync(join(shared!, 'cases', 'fit', 'D_g_exp.json'), 'utf8')
  const wrong = (change: (expected: FitCase['expected']) => object): readonly string[] => {
    const fitCase = JSON.parse(text) as FitCase
    return runCase({ ...fitCase, expected: { ...fitCase.expected, ...change(fitCase.expected) } }, true).misses
  }
  equal(
    wrong(() => ({})),
    [],
  )
  ok(/above the minimum/.test(wrong(e => ({ qmin: e.qmin - 0.03 }))[0]!))
  ok(/eff off by/.test(wrong(e => ({ values: { ...e.values, eff: e.values.eff! + 1e-4 } }))[0]!))
  ok(/hesse of eff/.test(wrong(e => ({ hesse: { ...e.hesse, eff: e.hesse.eff! * 1.05 } }))[0]!))
  ok(/minos upper/.test(wrong(e => ({ minos_eff: [e.minos_eff![0], null] }))[0]!))
})

withShared(
  'the reference’s configuration on its histograms: independent minima, and the reference where it is at one',
  async () => {
    const fits = await referenceFits(join(shared!, 'cases', 'fitter'))
    equal(fits.length, 72)
    const eff = (fit: (typeof fits)[number]): number => fit.result.parameters.find(p => p.name === 'eff')!.value
    const above = fits.filter(fit => fit.result.q > fit.independent.qmin + 0.1).map(fit => fit.key)
    // those that the independent fit calls valid are known for certain
    equal(
      fits.filter(fit => fit.independent.valid && above.includes(fit.key)).map(fit => fit.key),
      [],
    )
    ok(above.length <= 5, above.join(', '))
    const same = fits.filter(fit => fit.reference.within_1_of_minimum)
    equal(same.length, 20)
    for (const fit of same) {
      ok(Math.abs(eff(fit) - fit.reference.eff) < 0.25 * fit.independent.hesse, `${fit.key}: ${eff(fit)}`)
    }
  },
)

test.run()
