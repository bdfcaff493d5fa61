import { existsSync, readFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, is, ok, throws } from 'uvu/assert'
import { DataError } from '../../lib/core/errors.js'
import { type HistTree, pickleHists, unpickleHists } from '../../lib/formats/index.js'
import { unpickle } from '../../lib/formats/pickle/unpickle.js'
import { NUMPY_NAMES, type NumpyArray } from '../../lib/formats/pickle/unpickle-numpy.js'
import { equalHists, type Hist, newHist, regularAxis, sumHist, variableAxis } from '../../lib/hist/index.js'

/** What data/make_pickles.py writes, in base64. */
const pickles: {
  nd: Record<string, string>
  oneD: Record<string, string>
  oldNumpy: string
  numbers: string
  scalars: string
  arrays: string
  counts: Record<string, string[]>
  malicious: Record<string, string[]>
  unfit: Record<string, string>
} = JSON.parse(readFileSync('test/formats/data/pickles.gen.json', 'utf8'))

const bytesOf = (base64: string) => Buffer.from(base64, 'base64')

const pt = variableAxis({ name: 'pt', label: 'Pt [GeV]', edges: [5, 10, 20] })
const mll = regularAxis({ name: 'mll', label: 'mll [GeV]', bins: 3, lower: 50, upper: 130 })

/** Cells of pt (4 with flow) and mll (5 with flow) that are filled: pt, mll, value, variance. */
function hist2d(cells: readonly (readonly [number, number, number, number])[]): Hist {
  const hist = newHist([pt, mll])
  for (const [i, j, value, variance] of cells) {
    hist.value[i + 4 * j] = value
    hist.variance[i + 4 * j] = variance
  }
  return hist
}

const passing = hist2d([
  [1, 1, 1, 1],
  [2, 1, 2, 4],
  [2, 2, 3, 9],
  [2, 4, 0.5, 0.25],
  [3, 1, 7, 49],
])
const failing = hist2d([
  [1, 1, 2, 2],
  [2, 3, 1, 1],
])

test('histograms that Python pickled are read, whatever the protocol', () => {
  for (const [protocol, text] of Object.entries(pickles.nd)) {
    const tree = unpickleHists(bytesOf(text), `protocol ${protocol}`)
    equal(Object.keys(tree), ['passing', 'failing'])
    ok(equalHists(tree.passing as Hist, passing), `passing, protocol ${protocol}`)
    ok(equalHists(tree.failing as Hist, failing), `failing, protocol ${protocol}`)
  }
  is(Object.keys(pickles.nd).length, 4)
})

test('nested dicts are read as trees', () => {
  for (const text of Object.values(pickles.oneD)) {
    const { eta } = unpickleHists(bytesOf(text), 'x.pkl')
    const { passing, failing } = (eta as HistTree).entire as { passing: Hist; failing: Hist }
    equal([...passing.value], [0, 0, 2, 0])
    equal([...failing.value], [0, 1, 1, 0])
    equal(passing.axes, [variableAxis({ name: 'eta', label: 'eta', edges: [-2.5, 0, 2.5] })])
  }
})

test('files of numpy 1 are read', () => {
  ok(equalHists(unpickleHists(bytesOf(pickles.oldNumpy), 'x.pkl').passing as Hist, passing))
})

test('what we write is read back bit for bit', () => {
  const odd = newHist([regularAxis({ name: 'x', label: 'é', bins: 300, lower: -1, upper: 0.2 })])
  odd.value.set([NaN, -0, Infinity, 5e-324])
  const tree: HistTree = { passing, failing, pt: { 'barrel/0': { passing: odd } } }
  const back = unpickleHists(pickleHists(tree), 'x.pkl')
  ok(equalHists(back.passing as Hist, passing) && equalHists(back.failing as Hist, failing))
  ok(equalHists(((back.pt as HistTree)['barrel/0'] as HistTree).passing as Hist, odd))
  is(sumHist(back.passing as Hist).value, 13.5)
})

const numpy = new Map(NUMPY_NAMES)

test('numbers, texts, bytes and tuples come out as they went in', () => {
  const want = [1, -1, 300, 70000, 2 ** 40, -(2 ** 40), 1.5, true, null, 'é']
  const got = unpickle(bytesOf(pickles.numbers), numpy, 'x.pkl') as unknown[]
  equal(got.slice(0, 10), want)
  equal([...(got[10] as Uint8Array)], [255])
  equal(got.slice(11), [[], [1], [1, 2, 3, 4]])
})

test('numpy numbers and arrays are read, of every type and byte order', () => {
  equal(unpickle(bytesOf(pickles.scalars), numpy, 'x.pkl'), [2.5, 0.5, -3, 200, -(2 ** 40), 1])
  const arrays = unpickle(bytesOf(pickles.arrays), numpy, 'x.pkl') as unknown[]
  is(arrays.length, 8)
  for (const array of arrays) equal([...(array as NumpyArray).values], [1, -2])
})

test('histograms of counts are read: the variances are the counts', () => {
  equal(Object.keys(pickles.counts), ['Double', 'Int64', 'AtomicInt64'])
  for (const [storage, files] of Object.entries(pickles.counts)) {
    for (const text of files) {
      const tree = unpickleHists(bytesOf(text), 'x.pkl')
      for (const [name, cells] of [
        ['passing', [0, 1, 2, 0]],
        ['failing', [0, 1, 0, 0]],
      ] as const) {
        const hist = tree[name] as Hist
        equal([[...hist.value], [...hist.variance]], [cells, cells], `${storage} ${name}`)
      }
    }
  }
})

function refusal(bytes: Uint8Array): string {
  try {
    unpickleHists(bytes, 'x.pkl')
  } catch (error) {
    if (error instanceof DataError) return error.message
    throw error
  }
  return 'no error'
}

for (const [name, files] of Object.entries(pickles.malicious)) {
  test(`${name} is refused by name, and nothing is run`, () => {
    for (const text of files) {
      const message = refusal(bytesOf(text))
      ok(
        /^x\.pkl: (names "(posix\.system|builtins\.eval|__builtin__\.eval)"|calls hist\.hist\.Hist in a way)/.test(
          message,
        ),
        message,
      )
    }
    ok(!existsSync('pickle-was-run'))
  })
}

test('files of other things say what does not fit', () => {
  const want: Record<string, RegExp> = {
    'another storage': /names "boost_histogram\._core\.hist\.any_weighted_mean"/,
    'weights without variances': /filled with weights without keeping variances\. Fill one with weighted storage/,
    'an axis without flow': /an axis of kind 3, wanted Regular or Variable ones with underflow and overflow/,
    'an integer axis': /an axis of kind 15/,
    'an array of objects': /a numpy dtype "O8"/,
    'an array of two dimensions': /shape \(2, 2\) with 4 elements/,
    'no histogram': /"passing" is no histogram/,
    'no dict': /wanted a dict of histograms/,
    'names that are numbers': /a key of its dicts is number/,
    'a dict in itself': /its dicts do not end/,
    'protocol 0': /is no pickle of protocol 2 or later/,
  }
  equal(Object.keys(want), Object.keys(pickles.unfit))
  for (const [name, text] of Object.entries(pickles.unfit)) {
    const message = refusal(bytesOf(text))
    ok(message.startsWith('x.pkl: ') && want[name]!.test(message), `${name}: ${message}`)
  }
})

test('a file cut at any byte is refused', () => {
  for (const text of [...Object.values(pickles.nd), ...Object.values(pickles.oneD)]) {
    const bytes = bytesOf(text)
    for (let n = 0; n < bytes.length; n++) ok(refusal(bytes.subarray(0, n)) !== 'no error', `${n} bytes`)
  }
})

test('a file with any byte changed is read or refused, and never crashes', () => {
  for (const text of Object.values(pickles.nd)) {
    const bytes = bytesOf(text)
    for (let i = 0; i < bytes.length; i++) {
      const changed = Uint8Array.from(bytes)
      changed[i] = changed[i]! ^ 0x5a
      refusal(changed)
    }
  }
})

test('opcodes that misuse the stack are refused', () => {
  const refused = (opcodes: readonly number[], want: RegExp) =>
    throws(
      () => unpickle(Uint8Array.from([0x80, 4, ...opcodes]), numpy, 'x.pkl'),
      (e: Error) => e instanceof DataError && want.test(e.message),
    )
  refused([0x2e], /takes more from the stack than is on it \(at byte 3/)
  refused([0x4e, 0x74], /looks for a mark that is not there/)
  refused([0x68, 7], /recalls entry 7 of the memo/)
  refused([0x4e, 0x4e, 0x61], /appends to what is no list/)
  refused([0x4e, 0x4e, 0x4e, 0x73], /sets items of what is no dict/)
  refused([0x4e, 0x29, 0x52], /calls what is no function or class/)
  refused([0x4e, 0x4e, 0x62], /fills what is no object/)
  refused([0x8a, 9, 0, 0, 0, 0, 0, 0, 0, 0, 1], /a whole number beyond 2\^53/)
  refused([0x8e, 255, 255, 255, 255, 255, 255, 255, 255], /ends too early/)
  refused([0x97], /opcode 0x97 is none/)
  refused([0x51], /opcode 0x51 is none/)
  throws(() => unpickle(Uint8Array.of(0x80, 6, 0x4e, 0x2e), numpy, 'x.pkl'), /protocol 6, wanted 2 to 5/)
})

test.run()
