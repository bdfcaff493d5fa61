import { test } from 'uvu'
import { equal, is, ok } from 'uvu/assert'
import { DataError } from '../../../lib/core/errors.js'
import { CorrectionSet } from '../../../lib/physics/correction/index.js'
import { sameValues } from '../../support/columns.js'

const x = { name: 'x', type: 'real' }
const one = (name: string, data: unknown = 1, inputs: unknown = [x]) => ({ name, version: 1, inputs, output: x, data })
const compound = {
  name: 'both',
  inputs: [x],
  output: x,
  inputs_update: ['x'],
  input_op: '*',
  output_op: '*',
  stack: ['a', 'b'],
}
const double = { nodetype: 'formula', parser: 'TFormula', expression: '2*x', variables: ['x'] }
const document = (more: object = {}) => ({
  schema_version: 2,
  corrections: [one('b', double), one('a', 3), one('constant', 5, [])],
  compound_corrections: [compound],
  ...more,
})

function message(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    ok(error instanceof DataError, String(error))
    return error.message
  }
  return 'nothing was thrown'
}

test('names are sorted, and the first is the default', () => {
  const set = new CorrectionSet(document(), 'f.json')
  equal([set.names, set.compoundNames], [['a', 'b', 'constant'], ['both']])
  is(set.correction().name, 'a')
  sameValues(set.correction('b').evaluate([[1, 2]]), [2, 4])
})

test('a correction that is wrong does not keep others from being used', () => {
  const set = new CorrectionSet(document({ corrections: [one('wrong', 'x'), one('right')] }), 'f.json')
  sameValues(set.correction('right').evaluate([0]), [1])
  is(
    message(() => set.correction('wrong')),
    'f.json > wrong > /data: "x" is neither a number nor a node {"nodetype": ...}.',
  )
})

test('a compound correction updates the inputs of the next', () => {
  // a: 3, so x becomes 3 x; b: 2 * 3 x; together 18 x.
  const given = Float64Array.of(1, 2)
  sameValues(new CorrectionSet(document(), 'f.json').compound('both').evaluate([given]), [18, 36])
  sameValues(given, [1, 2], 'the argument')
})

test('a compound correction may have a part without inputs', () => {
  const parts = document({ compound_corrections: [{ ...compound, stack: ['constant', 'b'] }] })
  sameValues(new CorrectionSet(parts, 'f.json').compound('both').evaluate([[1, 2]]), [50, 100])
})

test('a compound correction that does not fit together is refused', () => {
  const fails = (changes: object) =>
    message(() =>
      new CorrectionSet(document({ compound_corrections: [{ ...compound, ...changes }] }), 'f.json').compound('both'),
    )
  is(fails({ stack: ['c'] }), 'f.json > corrections: no "c". Nearest: "a", "b". All: a, b, constant.')
  is(fails({ stack: 'a' }), 'f.json > both: "stack" is "a", wanted a list of names.')
  is(fails({ input_op: 'last' }), 'f.json > both: "input_op" is "last", wanted one of + * /.')
  is(fails({ output_op: '-' }), 'f.json > both: "output_op" is "-", wanted one of + * / last.')
  is(fails({ inputs_update: ['y'] }), 'f.json > both: no input "y", needed by "inputs_update". Its inputs: x.')
  is(
    fails({ inputs: [{ name: 'y', type: 'real' }], inputs_update: [] }),
    'f.json > both: no input "x", needed by correction "a". Its inputs: y.',
  )
  is(fails({ inputs: [{ name: 'x', type: 'int' }] }), 'f.json > both: "inputs_update" names "x", which is not real.')
})

test('an unknown name is answered with the nearest ones', () => {
  const set = new CorrectionSet(document(), 'f.json')
  is(
    message(() => set.correction('constat')),
    'f.json > corrections: no "constat". Nearest: "constant". All: a, b, constant.',
  )
  is(
    message(() => set.compound('zzzzzz')),
    'f.json > compound_corrections: no "zzzzzz". All: both.',
  )
  is(
    message(() => new CorrectionSet(document({ corrections: [] }), 'f.json').correction()),
    'f.json: there are no corrections in this file.',
  )
  is(
    message(() => new CorrectionSet(document({ compound_corrections: null }), 'f.json').compound('c')),
    'f.json > compound_corrections: no "c". There are none.',
  )
})

test('a document that holds no corrections is refused', () => {
  for (const [given, wanted] of [
    [null, 'f.json: "schema_version" is undefined, wanted 2 (correctionlib).'],
    [[], 'f.json: "schema_version" is undefined, wanted 2 (correctionlib).'],
    [document({ schema_version: 1 }), 'f.json: "schema_version" is 1, wanted 2 (correctionlib).'],
    [document({ corrections: null }), 'f.json: "corrections" is null, wanted a list.'],
    [document({ corrections: [null] }), 'f.json: /corrections/0 has no name.'],
    [document({ corrections: [one('a'), one('a')] }), 'f.json: there are two corrections named "a".'],
  ] as const) {
    is(
      message(() => new CorrectionSet(given, 'f.json')),
      wanted,
    )
  }
})

test('inputs must be named and typed', () => {
  const fails = (inputs: unknown) =>
    message(() => new CorrectionSet(document({ corrections: [one('a', 1, inputs)] }), 'f.json').correction())
  is(fails(null), 'f.json > a: "inputs" is null, wanted a list.')
  is(
    fails([{ name: 'x', type: 'float' }]),
    'f.json > a > /inputs/0: {"name":"x","type":"float"}, wanted {"name": ..., "type": "string", "int" or "real"}.',
  )
})

test.run()
