import { test } from 'uvu'
import { equal, throws } from 'uvu/assert'
import {
  type FilesetJson,
  failedSteps,
  filterFiles,
  maxChunks,
  maxChunksPerFile,
  maxFiles,
  parseSlice,
  sliceChunks,
  sliceFiles,
} from '../../lib/preprocess/index.js'

const file = (...steps: [number, number][]) => ({
  object_path: 'Events',
  steps,
  num_entries: steps.at(-1)![1],
  num_selected_entries: steps.reduce((sum, [start, stop]) => sum + stop - start, 0),
})
const a = file([0, 10], [10, 20])
const b = file([0, 5])
const c = file([0, 7], [7, 14], [14, 20])
const fileset: FilesetJson = {
  $schema: 'fileset.schema.json',
  one: { files: { a, b, c }, metadata: { isMC: true } },
  two: { files: { c } },
}
/** Dataset -> file -> steps. */
const stepsOf = (result: FilesetJson) =>
  Object.fromEntries(
    Object.entries(result).map(([name, dataset]) => [
      name,
      Object.fromEntries(
        Object.entries((dataset as { files: Record<string, { steps: unknown }> }).files).map(([k, v]) => [k, v.steps]),
      ),
    ]),
  )

test('files: the first ones, a slice, or those that a predicate keeps, of each dataset', () => {
  equal(maxFiles(fileset, 2), {
    one: { files: { a, b }, metadata: { isMC: true } },
    two: { files: { c } },
  })
  equal(sliceFiles(fileset, parseSlice('1:')), {
    one: { files: { b, c }, metadata: { isMC: true } },
    two: { files: {} },
  })
  equal(stepsOf(sliceFiles(fileset, parseSlice('-1:'))), { one: { c: c.steps }, two: { c: c.steps } })
  equal(stepsOf(filterFiles(fileset, path => path === 'b')), { one: { b: b.steps }, two: {} })
})

test('files without entries, and those whose entries are not known, are filtered out', () => {
  const files = { empty: { ...a, num_entries: 0 }, unknown: { ...a, num_entries: null }, plain: 'Events', full: a }
  equal(filterFiles({ x: { files } }), { x: { files: { full: a } } })
})

test('steps: counted across the files of a dataset; files left without any are dropped', () => {
  equal(stepsOf(maxChunks(fileset, 3)), { one: { a: a.steps, b: b.steps }, two: { c: c.steps } })
  equal(stepsOf(sliceChunks(fileset, parseSlice('1:5:3'))), {
    one: { a: [[10, 20]], c: [[7, 14]] },
    two: { c: [[7, 14]] },
  })
})

test('steps: of each file, with their entries counted again', () => {
  const result = maxChunksPerFile(fileset, 1)
  equal(stepsOf(result), { one: { a: [[0, 10]], b: [[0, 5]], c: [[0, 7]] }, two: { c: [[0, 7]] } })
  equal((result.two as { files: unknown }).files, { c: { ...c, steps: [[0, 7]], num_selected_entries: 7 } })
})

test('a slice is that of Python; backwards it takes the same items in their order', () => {
  const six = { x: { files: Object.fromEntries([0, 1, 2, 3, 4, 5].map(i => [`f${i}`, 'Events'])) } }
  const kept = (slice: string) =>
    Object.keys((sliceFiles(six, parseSlice(slice)).x as { files: object }).files)
      .map(name => name[1])
      .join('')
  for (const [slice, expected] of [
    [':', '012345'],
    ['2', '01'],
    ['-2', '0123'],
    ['::2', '024'],
    ['-3:-1', '34'],
    ['4:99', '45'],
    ['9:', ''],
    ['-99:2', '01'],
    ['::-2', '135'],
    ['4:1:-2', '24'],
    ['3:3', ''],
  ] as const) {
    equal(kept(slice), expected, slice)
  }
  for (const wrong of ['', 'x', '1:2:0', '1:2:3:4', '1.5']) throws(() => parseSlice(wrong), /slice: /, wrong)
})

test('steps of a file that has none, and datasets without a map of files, are errors that say what to do', () => {
  throws(() => maxChunks({ x: { files: { f: 'Events' } } }, 1), 'dataset "x" > f: has no steps. Run preprocess first.')
  throws(() => maxFiles({ x: { files: ['f.root:Events'] } }, 1), /dataset "x": has no object "files"/)
})

const entry = (path: string, start: number, stop: number, exception: string | null = null) => ({
  args: [`'${path}'`, "'Events'", `${start}`, `${stop}`, 'True'],
  exception,
})

test('failed steps: what the reports say could not be read, without datasets that were read whole', () => {
  const reports = {
    one: [entry('a', 0, 10), entry('a', 10, 20, 'OSError'), entry('c', 7, 14, 'OSError'), entry('c', 0, 7, 'OSError')],
    two: [entry('c', 0, 7)],
  }
  const result = failedSteps(fileset, reports)
  const failedC = {
    ...c,
    steps: [
      [7, 14],
      [0, 7],
    ],
    num_selected_entries: 14,
  }
  const failedA = { ...a, steps: [[10, 20]], num_selected_entries: 10 }
  equal(result, { one: { files: { a: failedA, c: failedC }, metadata: { isMC: true } } })
})

test('file names in reports are read as Python writes them', () => {
  const name = "it's\u00e9\n"
  const odd = { x: { files: { [name]: a } } }
  const report = [{ args: ['"it\'s\\xe9\\n"', "'E'", '0', '10', 'True'], exception: 'OSError' }]
  equal(stepsOf(failedSteps(odd, { x: report })), { x: { [name]: [[0, 10]] } })
})

test('reports of whole files, of other files and missing ones are refused', () => {
  const only = { x: { files: { a } } }
  const whole = { args: ["'a'", "'Events'", '0', '1', 'False'], exception: null }
  throws(() => failedSteps(only, { x: [whole] }), /entry 0: is a whole file, not a step/)
  throws(() => failedSteps(only, { x: [entry('z', 0, 1, 'OSError')] }), /file z is not in the fileset/)
  throws(() => failedSteps(only, {}), /dataset "x": has no report/)
  throws(() => failedSteps({ x: { files: { a: 'Events' } } }, { x: [] }), /has no steps/)
  throws(() => failedSteps(only, { x: [{ file: 'a' }] }), /entry 0: has no five "args"/)
})

test('failed steps of URLs are found in a fileset with the CGI that reports leave out', () => {
  const steps = [
    [0, 10],
    [10, 20],
  ]
  const names = ['root://h//a.root?authz=1', 'root://h//b.root?authz=1', 'root://h//a.root?authz=2']
  const fileset = { x: { files: Object.fromEntries(names.map(name => [name, { object_path: 'Events', steps }])) } }
  const report = [
    entry('root://h//a.root?...', 0, 10),
    entry('root://h//b.root?...', 10, 20, 'OSError'),
    entry('root://h//a.root?...2', 0, 10, 'OSError'),
  ]
  equal(stepsOf(failedSteps(fileset, { x: report })), { x: { [names[1]!]: [[10, 20]], [names[2]!]: [[0, 10]] } })
  throws(() => failedSteps(fileset, { x: [entry('root://h//c.root?...', 0, 10, 'OSError')] }), /not in the fileset/)
})

test.run()
