import { test } from 'uvu'
import { equal, is, ok, throws } from 'uvu/assert'
import { DataError } from '../../../lib/core/errors.js'
import { type Argument, type Correction, compileCorrection } from '../../../lib/physics/correction/index.js'
import { sameValues } from '../../support/columns.js'

type Types = Readonly<Record<string, 'real' | 'int' | 'string'>>

/** A correction named "c" of a file "f.json" with these inputs. */
function compile(data: unknown, types: Types = { x: 'real' }, fixed: Record<string, string> = {}): Correction {
  const inputs = Object.entries(types).map(([name, type]) => ({ name, type }))
  const correction = { name: 'c', version: 1, inputs, output: { name: 'out', type: 'real' as const }, data }
  return compileCorrection({ file: 'f.json', correction }, fixed)
}

function evaluate(data: unknown, x: Argument): Float64Array {
  return compile(data).evaluate([x])
}

function message(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    ok(error instanceof DataError, String(error))
    return error.message
  }
  return 'nothing was thrown'
}

const binning = (flow: unknown, content: unknown[] = [1, 2, 3], edges: unknown = [0, 1, 2, 4]) => ({
  nodetype: 'binning',
  input: 'x',
  edges,
  content,
  flow,
})
const formula = (expression: string, parameters?: unknown, variables: unknown = ['x']) => ({
  nodetype: 'formula',
  parser: 'TFormula',
  expression,
  variables,
  ...(parameters === undefined ? {} : { parameters }),
})
const category = (input: string, entries: readonly (readonly [unknown, unknown])[], otherwise?: unknown) => ({
  nodetype: 'category',
  input,
  content: entries.map(([key, value]) => ({ key, value })),
  ...(otherwise === undefined ? {} : { default: otherwise }),
})

test('a number is a correction', () => {
  sameValues(evaluate(1.5, [1, 2]), [1.5, 1.5])
  sameValues(compile(2, {}).evaluate([]), [2])
})

test('no events give no weights', () => {
  sameValues(evaluate(binning('error', [formula('x'), 1, 2]), []), [])
})

test('bins are [low, high), and edges may be integers', () => {
  sameValues(evaluate(binning('error'), [0, 0.99, 1, 3.9]), [1, 1, 2, 3])
})

test('float32 events are compared in double precision', () => {
  // float32(0.1) is above 0.1.
  sameValues(evaluate(binning(-1, [1], [0, 0.1]), Float32Array.of(0.1, 0.09)), [-1, 1])
})

test('flow clamp takes the outer bins, and the last one for NaN, whatever the kind of edges', () => {
  const values = [-1, 4, 100, Number.NaN]
  sameValues(evaluate(binning('clamp'), values), [1, 3, 3, 3])
  sameValues(evaluate(binning('clamp', [1, 2], { n: 2, low: 0, high: 4 }), values), [1, 2, 2, 2])
})

test('flow wrap reaches the last bin where rounding would go beyond it', () => {
  sameValues(evaluate(binning('wrap'), [-1e-20]), [3])
  sameValues(evaluate(binning('wrap', [1, 2], { n: 2, low: 0, high: 4 }), [-1e-20]), [2])
})

test('flow error names the events, the node, the input, the value and the range', () => {
  const inner = { ...binning('error'), input: 'y' }
  const correction = compile(category('w', [['nominal', binning('clamp', [0, inner, 0])]]), {
    w: 'string',
    x: 'real',
    y: 'real',
  })
  is(
    message(() => correction.evaluate(['nominal', [0, 1.5, 1.5], [9, 0.5, 4]], 'f.root > Pileup_nTrueInt')),
    'f.root > Pileup_nTrueInt: f.json > c > /data/content/0/value/content/1: input "y" is 4, outside [0, 4), and the flow is "error".',
  )
})

test('flow wrap refuses what is not finite', () => {
  is(
    message(() => evaluate(binning('wrap'), [Infinity])),
    'f.json > c > /data: input "x" is Infinity, outside [0, 4), and the flow is "wrap".',
  )
})

test('an integer beyond 2^53 keeps its bits for hashing', () => {
  const correction = compile({ nodetype: 'hashprng', inputs: ['n'], distribution: 'stdflat' }, { n: 'int' })
  const big = 2n ** 60n
  const [a, b, c] = correction.evaluate([BigUint64Array.of(big, big + 1n, big)])
  ok(a !== b)
  is(a, c)
})

test('an integer input takes plain numbers without their fraction', () => {
  const correction = compile(
    category('n', [
      [-1, 10],
      [2, 20],
    ]),
    { n: 'int' },
  )
  sameValues(correction.evaluate([Float32Array.of(2.9, -1.5)]), [20, 10])
  sameValues(correction.evaluate([2]), [20])
  const hash = compile({ nodetype: 'hashprng', inputs: ['n'], distribution: 'stdflat' }, { n: 'int' })
  sameValues(hash.evaluate([[-7, 3]]), hash.evaluate([BigInt64Array.of(-7n, 3n)]))
})

test('of equal keys, the first counts', () => {
  sameValues(
    compile(
      category('w', [
        ['a', 1],
        ['a', 2],
      ]),
      { w: 'string' },
    ).evaluate(['a']),
    [1],
  )
})

test('a number or string stands for all events', () => {
  const correction = compile(formula('x+100*y', undefined, ['x', 'y']), { x: 'real', y: 'real' })
  sameValues(correction.evaluate([[1, 2, 3], 4]), [401, 402, 403])
  sameValues(correction.evaluate([1, 4]), [401])
})

test('a fixed string is no argument, and its missing category is noticed at once', () => {
  const data = category('w', [
    ['up', formula('x')],
    ['down', 2],
  ])
  const types: Types = { w: 'string', x: 'real' }
  const up = compile(data, types, { w: 'up' })
  equal(
    up.inputs.map(i => i.name),
    ['x'],
  )
  sameValues(up.evaluate([[3, 4]]), [3, 4])
  is(
    message(() => compile(data, types, { w: 'dwon' })),
    'f.json > c > /data: no category "dwon" of input "w", and no default. Nearest: "down". All: up, down.',
  )
  is(
    message(() => compile(data, types, { v: 'up' })),
    'f.json > c: no string input "v".',
  )
})

test('a category that is missing among the events is an error that lists the keys', () => {
  const correction = compile(
    category('n', [
      [1, 10],
      [6, 20],
    ]),
    { n: 'int' },
  )
  is(
    message(() => correction.evaluate([Int32Array.of(1, 12)])),
    'f.json > c > /data: no category 12 of input "n", and no default. All: 1, 6.',
  )
})

test('arguments must fit the inputs', () => {
  const correction = compile(1, { w: 'string', x: 'real', n: 'int' })
  is(
    message(() => correction.evaluate(['a', 1])),
    'f.json > c: 2 inputs given, wanted 3 ("w", "x", "n").',
  )
  is(
    message(() => correction.evaluate(['a', [1, 2], [1]])),
    'f.json > c: input "n" has 1 values, others have 2.',
  )
  is(
    message(() => correction.evaluate([1, 1, 1])),
    'f.json > c: input "w" is of type string, got 1.',
  )
  is(
    message(() => correction.evaluate(['a', 'b', 1])),
    'f.json > c: input "x" is of type real, got "b".',
  )
  is(
    message(() => correction.evaluate([[1], 1, 1])),
    'f.json > c: input "w" is of type string, got an array of numbers.',
  )
})

test('a rule that makes no integer of an integer is an error', () => {
  const transform = { nodetype: 'transform', input: 'n', rule: formula('log(x)'), content: 1 }
  is(
    message(() => compile(transform, { x: 'real', n: 'int' }).evaluate([[-1], [1]])),
    'f.json > c > /data: the rule makes NaN of the integer "n".',
  )
})

/** What is wrong with a node -> the message, behind `f.json > c > `. */
const WRONG: readonly (readonly [data: unknown, wanted: RegExp])[] = [
  [null, /^\/data: null is neither a number nor a node/],
  ['1', /^\/data: "1" is neither a number nor a node/],
  [{}, /^\/data: "nodetype" is undefined, wanted a string\.$/],
  [{ nodetype: 'binnig' }, /^\/data: node type "binnig" is not supported\. There are: binning, multibinning, /],
  [{ nodetype: 'lwtnn' }, /node type "lwtnn" is not supported/],
  [{ nodetype: 'toString' }, /node type "toString" is not supported/],
  [binning('clamp', [1]), /^\/data: 1 contents for 3 bins\.$/],
  [binning('clmap'), /"flow" is "clmap", wanted "clamp", "error", "wrap", a number or a node\.$/],
  [{ ...binning(1), flow: undefined }, /"flow" is undefined/],
  [{ ...binning('clamp'), input: 'X' }, /no input "X"\. Nearest: "x", "n", "w"\. Its inputs: "x", "n", "w"\.$/],
  [{ ...binning('clamp'), input: 'w' }, /input "w" is of type string, wanted int or real here\.$/],
  [binning('clamp', [1, 2], [0, 1, 1]), /edges are not ascending: 1 at 2 follows 1\.$/],
  [binning('clamp', [1, 2], [0, 'infinity', 1]), /edges has "infinity", wanted numbers, "inf" or "-inf"\.$/],
  [binning('clamp', [], [0]), /edges has 1 edges, wanted two or more\.$/],
  [binning('clamp', [], null), /edges is undefined, wanted a list or \{"n"/],
  [binning('clamp', [1], { n: 1.5, low: 0, high: 1 }), /n is 1\.5, low 0, high 1; wanted at least one bin/],
  [binning('wrap', [1], [0, 'inf']), /edges are infinite: flow "wrap" needs a period\.$/],
  [
    binning('clamp', [1, 2, { nodetype: 'formula' }]),
    /^\/data\/content\/2: "parser" is undefined, wanted "TFormula"\.$/,
  ],
  [{ nodetype: 'multibinning', inputs: ['x'], edges: [], content: [], flow: 1 }, /1 inputs and edges for 0/],
  [
    {
      nodetype: 'multibinning',
      inputs: ['x', 'n'],
      edges: [
        [0, 1],
        [3, 2],
      ],
      content: [1],
      flow: 1,
    },
    /^\/data: edges\/1 are not ascending: 2 at 1 follows 3\.$/,
  ],
  [category('x', []), /input "x" is of type real, wanted string or int here\.$/],
  [category('w', [[1, 1]]), /content\/0: the key is 1, wanted a string\.$/],
  [category('n', [['1', 1]]), /content\/0: the key is "1", wanted an integer\.$/],
  [category('n', [[1, binning('clamp', [])]]), /^\/data\/content\/0\/value: 0 contents for 3 bins\.$/],
  [category('n', [], 'x'), /^\/data\/default: "x" is neither/],
  [formula('x', undefined, ['n']), /input "n" is of type int, wanted real here\.$/],
  [formula('x', ['1']), /"parameters" has "1" at 0, wanted numbers\.$/],
  [formula('x+y'), /^\/data: no variable 1: 1 are given, at column 3:\n {4}x\+y\n {6}\^$/],
  [formula('x+[1]', [5]), /no parameter 1: 1 are given, at column 3:\n {4}x\+\[1\]\n {6}\^$/],
  [formula('x*'), /expected a number, a variable, .*, at column 3:\n {4}x\*\n {6}\^$/],
  [formula('sqr(x)'), /unknown name "sqr"\. Nearest: .*"sqrt".* There are x, y, z, t and log, .*, at column 1:\n/],
  [{ nodetype: 'formularef', index: 0, parameters: [] }, /"index" is 0; there are 0 generic_formulas\.$/],
  [{ nodetype: 'transform', input: 'w', rule: 1, content: 1 }, /input "w" is of type string/],
  [{ nodetype: 'transform', input: 'x', rule: 1 }, /^\/data\/content: undefined is neither/],
  [{ nodetype: 'hashprng', inputs: ['w'], distribution: 'normal' }, /input "w" is of type string/],
  [{ nodetype: 'hashprng', inputs: [], distribution: 'normal' }, /"inputs" is empty/],
  [{ nodetype: 'hashprng', inputs: ['x'], distribution: 'gauss' }, /"gauss", wanted stdflat, stdnormal, normal\.$/],
]

test('a node that is wrong is refused with its place and what is wanted', () => {
  for (const [data, wanted] of WRONG) {
    const text = message(() => compile(data, { x: 'real', n: 'int', w: 'string' }))
    ok(text.startsWith('f.json > c > '), text)
    ok(wanted.test(text.slice('f.json > c > '.length)), `${text}\nwanted ${wanted}`)
  }
})

test('a formula with parameters of its own is refused where it refers to more', () => {
  const correction = {
    name: 'c',
    version: 1,
    inputs: [{ name: 'x', type: 'real' as const }],
    output: { name: 'out', type: 'real' as const },
    generic_formulas: [formula('x*[2]')],
    data: { nodetype: 'formularef', index: 0, parameters: [1, 2] },
  }
  throws(
    () => compileCorrection({ file: 'f.json', correction }),
    (e: Error) => e.message.startsWith('f.json > c > /data: no parameter 2: 2 are given, at column 3:\n'),
  )
})

test.run()
