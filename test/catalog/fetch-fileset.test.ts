import { test } from 'uvu'
import { equal, is, match, unreachable } from 'uvu/assert'
import { type DatasetEntry, type FetchOptions, fetchFileset } from '../../lib/catalog/index.js'
import { formatProblem, UsageError } from '../../lib/core/errors.js'

function entry(name: string, paths: string[], metadata: Record<string, unknown> = {}): DatasetEntry {
  return { name, paths: paths.map(path => ({ path, place: `list:${path}` })), metadata, place: `list:${paths[0]}` }
}

const KNOWN: Readonly<Record<string, string[]>> = { x: ['x1', 'x2', 'x3'], y: ['y1', 'x2'], z: ['z1'] }
const lookUp: FetchOptions['lookUp'] = async path =>
  KNOWN[path] ?? { missing: `unknown ${path}.`, tolerable: path.startsWith('t') }

function fetch(entries: DatasetEntry[], options: Partial<FetchOptions> = {}) {
  return fetchFileset(entries, { lookUp, atOnce: 2, limit: Number.POSITIVE_INFINITY, ...options })
}

test('every name has the files of its paths, with the name of the tree, and its metadata', async () => {
  equal(await fetch([entry('A', ['x'], { isMC: true }), entry('B', ['z'])]), {
    A: { files: { x1: 'Events', x2: 'Events', x3: 'Events' }, metadata: { isMC: true } },
    B: { files: { z1: 'Events' }, metadata: {} },
  })
})

test('entries of one name are united: files in order, each once, and the metadata of all', async () => {
  const warnings: string[] = []
  const entries = [
    entry('A', ['x'], { isMC: true, xs: 1, list: [1] }),
    entry('B', ['z']),
    entry('A', ['y', 'z'], { xs: 2, list: [1] }),
  ]
  const fileset = await fetch(entries, { onWarning: w => warnings.push(formatProblem(w)) })
  equal(Object.keys(fileset), ['A', 'B'])
  equal(Object.keys(fileset.A!.files), ['x1', 'x2', 'x3', 'y1', 'z1'])
  equal(fileset.A!.metadata, { isMC: true, xs: 2, list: [1] })
  equal(warnings, ['list:y: metadata "xs" of "A" was 1 before: 2 is used.'])
})

test('the limit holds for each name, whatever its paths', async () => {
  const entries = [entry('A', ['x', 'y']), entry('B', ['z', 'y'])]
  const fileset = await fetch(entries, { limit: 2 })
  equal(
    [Object.keys(fileset.A!.files), Object.keys(fileset.B!.files)],
    [
      ['x1', 'x2'],
      ['z1', 'y1'],
    ],
  )
  const all = await fetch(entries, { limit: 100 })
  equal([Object.keys(all.A!.files).length, Object.keys(all.B!.files).length], [4, 3])
})

test('all paths without files are told at once', async () => {
  try {
    await fetch([entry('A', ['q', 'x']), entry('B', ['t1']), entry('C', ['z'])])
    unreachable('succeeded')
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    equal(error.problems.map(formatProblem), ['list:q: A: "q": unknown q.', 'list:t1: B: "t1": unknown t1.'])
  }
})

test('a path that may be missing is a warning where its name has files of another', async () => {
  const warnings: string[] = []
  const fileset = await fetch([entry('A', ['t1', 'z'])], { onWarning: w => warnings.push(formatProblem(w)) })
  equal(fileset.A!.files, { z1: 'Events' })
  equal(warnings, ['list:t1: A: "t1": unknown t1.'])
})

test('no more paths than allowed are looked up at a time, and what is found is told', async () => {
  let open = 0
  let most = 0
  const told: string[] = []
  const slow: FetchOptions['lookUp'] = async path => {
    most = Math.max(most, ++open)
    await new Promise(done => setTimeout(done, 5))
    open--
    return KNOWN[path]!
  }
  await fetch([entry('A', ['x', 'y', 'z', 'x', 'y'])], { lookUp: slow, onFound: (...all) => told.push(all.join(' ')) })
  is(most, 2)
  equal(told.sort(), ['A x 3', 'A x 3', 'A y 2', 'A y 2', 'A z 1'])
})

test('a failure ends the work: what has not begun is not asked', async () => {
  const asked: string[] = []
  const down: FetchOptions['lookUp'] = async path => {
    asked.push(path)
    throw new Error('service down')
  }
  const outcome = await fetch([entry('A', ['x', 'y', 'z'])], { lookUp: down }).catch((error: Error) => error)
  match(String(outcome), /service down/)
  equal(asked, ['x', 'y'])
})

test('a name may be any text', async () => {
  const fileset = await fetch([entry('__proto__', ['z']), entry('constructor', ['z'], { constructor: 1 })])
  is(
    JSON.stringify(fileset),
    '{"__proto__":{"files":{"z1":"Events"},"metadata":{}},"constructor":{"files":{"z1":"Events"},"metadata":{"constructor":1}}}',
  )
})

test.run()
