/** The parts of the comparison with the reference at random: what decides whether a difference is a failure. */
import { test } from 'uvu'
import { equal, is, not, ok } from 'uvu/assert'
import { catalog } from '../../bench/differential/catalog.js'
import { verdict } from '../../bench/differential/explain.js'
import { configuration } from '../../bench/differential/generate.js'
import { MEANINGS } from '../../bench/differential/meanings.js'
import type { Outcome } from '../../bench/differential/ours.js'
import type { ReferenceAnswer } from '../../bench/differential/reference.js'

const sources = await catalog(true)
const many = Array.from({ length: 300 }, (_, k) => configuration(1, k, sources))

test('a configuration is that of its seed and number', () => {
  equal(configuration(1, 17, sources), many[17])
  not.equal(configuration(2, 17, sources), many[17])
  ok(new Set(many.map(c => JSON.stringify(c))).size > 290)
})

test('all workflows, methods and ways to write a dataset occur', () => {
  is(new Set(many.map(c => c.runner.workflow)).size, 7)
  is(new Set(many.flatMap(c => c.runner.methods.map(m => m.name))).size, 5)
  const text = JSON.stringify(many)
  for (const key of [
    'steps',
    'goldenJSON',
    'pileupJSON',
    'pileupMC',
    'extra_zcands_mask',
    'axis=1)',
    'missing.root',
    '"all"',
  ]) {
    ok(text.includes(key), key)
  }
})

const done: Outcome = { status: 'done', message: '', warnings: [] }
const there: ReferenceAnswer = { status: 'done', error: null, mended: [], differences: [], seconds: 1, cpu: 1 }
const case_ = (ours: Partial<Outcome>, theirs: Partial<ReferenceAnswer>) =>
  verdict({ configuration: many[0]!, ours: { ...done, ...ours }, theirs: { ...there, ...theirs } })
const refused = { status: 'refused' } as const

test('outputs that differ, and refusals of one of the two, are unexplained unless a mend or a rule explains them', () => {
  is(case_({}, {}).kind, 'equal')
  is(case_(refused, { ...refused, error: 'ValueError' }).kind, 'both refuse')
  is(case_({}, { differences: [{ file: 'x.pkl', kind: 'cells', text: 'one' }] }).kind, 'unexplained')
  is(case_({}, { mended: ['F3'], differences: [{ file: 'x.pkl', kind: 'cells', text: 'one' }] }).kind, 'unexplained')
  equal(case_({}, { mended: ['F3'] }), { kind: 'explained', by: ['F3'], text: '' })
  is(case_({ ...refused, message: 'runner.json /methods/0/args/vars: odd' }, {}).kind, 'unexplained')
  is(case_({}, { ...refused, error: 'ValueError: odd' }).kind, 'unexplained')
  is(case_({ status: 'crashed', message: 'TypeError' }, { ...refused, error: 'ValueError: odd' }).kind, 'unexplained')
})

test('a rule explains a refusal only where each of its problems is one of the rule', () => {
  const window =
    'runner.json /methods/0/args/mass_range: must be [lo, hi] with lo < hi, got [120,60]: nothing is inside.'
  equal(case_({ ...refused, message: window }, {}).by, ['windows and regions that hold nothing'])
  is(case_({ ...refused, message: `${window}\nrunner.json /methods/0/args/vars: odd` }, {}).kind, 'unexplained')
})

test('each explanation has a meaning', () => {
  for (const name of ['windows and regions that hold nothing', 'double-precision', 'F1']) ok(MEANINGS[name], name)
})

test.run()
