import { test } from 'uvu'
import { equal, is, match, throws, unreachable } from 'uvu/assert'
import { checkSuffix, oddDatasetNames, parseDatasetList } from '../../lib/catalog/index.js'
import { UsageError } from '../../lib/core/errors.js'

const yaml = (...lines: string[]) => parseDatasetList(lines.join('\n'), 'l.yaml')
const metadataOf = (text: string) =>
  yaml('datasets:', `- {name: A, dataset: a, metadata: ${text}}`).entries[0]!.metadata

function problemsOf(run: () => unknown): string[] {
  try {
    run()
  } catch (error) {
    if (error instanceof UsageError) return error.problems.map(p => `${p.place}: ${p.message}`)
    throw error
  }
  return unreachable('accepted') as never
}

test('text has a name and a path a line; empty lines and comments say nothing', () => {
  const { entries, warnings } = parseDatasetList('\uFEFF# list\r\n\r\nA /X/Y/NANO\r\n  B\t a b/c  \n#C /X', 'l.txt')
  equal(entries, [
    { name: 'A', paths: [{ path: '/X/Y/NANO', place: 'l.txt:3' }], metadata: {}, place: 'l.txt:3' },
    { name: 'B', paths: [{ path: 'a b/c', place: 'l.txt:4' }], metadata: {}, place: 'l.txt:4' },
  ])
  equal(warnings, [])
})

test('lines of text without a path are left out with a warning', () => {
  const { entries, warnings } = parseDatasetList('A\nB b\nC', 'l.txt')
  equal(
    entries.map(e => e.name),
    ['B'],
  )
  equal(warnings, [
    { place: 'l.txt:1', message: '"A" is left out: wanted "name path". Add the path.' },
    { place: 'l.txt:3', message: '"C" is left out: wanted "name path". Add the path.' },
  ])
})

test('a list without entries is refused, with the lines that were left out', () => {
  equal(
    problemsOf(() => parseDatasetList('# none\n', 'l.txt')),
    ['l.txt: has no entries. Write a line "name path" for each dataset.'],
  )
  is(problemsOf(() => parseDatasetList('A\n', 'l.txt')).length, 2)
  for (const text of ['datasets:', 'datasets: []']) {
    match(problemsOf(() => parseDatasetList(text, 'l.yml'))[0]!, /^l\.yml: has no entries\. List datasets/)
  }
})

test('the suffix says what a list is written in', () => {
  for (const file of ['l.txt', 'a.b/l.YAML', 'l.yml']) checkSuffix(file)
  throws(
    () => checkSuffix('l.json'),
    'l.json: is no list of datasets by its name (suffix ".json"): wanted .txt, .yaml or',
  )
  throws(() => checkSuffix('a.txt/list'), /suffix ""/)
})

test('YAML has names, a path or several, and metadata', () => {
  const { entries, warnings } = yaml(
    'datasets:',
    '  - name: A',
    '    dataset: /X/Y/NANO',
    '  - name: 2024',
    '    dataset:',
    '      - /X/Y/NANO',
    '      - /X/Z/NANO',
    '    metadata: {isMC: true, xs: 1.5, list: [1, two, null]}',
  )
  equal(entries, [
    { name: 'A', paths: [{ path: '/X/Y/NANO', place: 'l.yaml:3' }], metadata: {}, place: 'l.yaml:2' },
    {
      name: '2024',
      paths: [
        { path: '/X/Y/NANO', place: 'l.yaml:6' },
        { path: '/X/Z/NANO', place: 'l.yaml:7' },
      ],
      metadata: { isMC: true, xs: 1.5, list: [1, 'two', null] },
      place: 'l.yaml:4',
    },
  ])
  equal(warnings, [])
})

test('YAML values are read as PyYAML reads them', () => {
  equal(metadataOf('{a: yes, b: off, c: No, d: y, e: N, f: "yes"}'), {
    a: true,
    b: false,
    c: false,
    d: 'y',
    e: 'N',
    f: 'yes',
  })
  equal(metadataOf('{a: 010, b: 0x1f, c: 1_000, d: 2024-01-31, e: ~, f: 1.e+3}'), {
    a: 8,
    b: 31,
    c: 1000,
    d: '2024-01-31',
    e: null,
    f: 1000,
  })
})

test('what YAML entries have in common may be given once, by anchors and merges', () => {
  const { entries } = yaml(
    'common: &common {isMC: true, era: A}',
    'datasets:',
    '- &first {name: A, dataset: [a], metadata: *common}',
    '- {<<: *first, name: B, metadata: {<<: *common, era: B}}',
  )
  equal(entries[1]!.metadata, { isMC: true, era: 'B' })
  equal(
    entries[1]!.paths.map(p => p.path),
    ['a'],
  )
})

test('all problems of a YAML list are told with their lines', () => {
  const problems = problemsOf(() =>
    yaml(
      'datasets:',
      '- name: A',
      '- dataset: a',
      '- just text',
      '- {name: B, dataset: []}',
      '- {name: C, dataset: [a, 3]}',
      '- {name: D, dataset: a, metadata: [1]}',
      '- {name: E, dataset: a, metadata: {x: {y: .nan}}}',
      '- {name: [], dataset: a}',
    ),
  )
  equal(problems, [
    'l.yaml:2: "dataset" of "A" must be a path or a list of paths and is missing.',
    'l.yaml:3: "name" must be a text and is missing. Name the dataset.',
    'l.yaml:4: must be an object with "name" and "dataset".',
    'l.yaml:5: "dataset" of "B" must be a path or a list of paths, got [].',
    'l.yaml:6: "dataset" of "C" must be a path or a list of paths, got ["a",3].',
    'l.yaml:7: "metadata" of "D" must be an object, got [1].',
    'l.yaml:8: "metadata/x/y" of "E" cannot be written as JSON. Write it as text.',
    'l.yaml:9: "name" must be a text, got []. Name the dataset.',
  ])
})

test('YAML that cannot be read is refused with its line', () => {
  match(problemsOf(() => yaml('datasets:', '- {name: A'))[0]!, /^l\.yaml:2: .*flow.*/i)
  match(problemsOf(() => yaml('datasets:', '- name: A', '  name: B'))[0]!, /^l\.yaml:[23]: .*unique/)
  match(problemsOf(() => yaml('datasets:', '- {name: A, dataset: *none}'))[0]!, /^l\.yaml:2: .*none/)
})

test('an alias that stands for what it is in is told', () => {
  throws(
    () => yaml('datasets:', '- &first', '  name: A', '  dataset: a', '  metadata: {again: *first}'),
    /l\.yaml:\d: an alias stands for what it is in/,
  )
})

test('a YAML list must be under its key', () => {
  equal(
    problemsOf(() => yaml('dataset: []')),
    ['l.yaml: has no key "datasets". Nearest: "dataset". List the datasets under it.'],
  )
  for (const text of ['', '- {name: A, dataset: a}', 'text']) {
    match(problemsOf(() => yaml(text))[0]!, /has no key "datasets"/)
  }
  match(problemsOf(() => yaml('datasets: {A: a}'))[0]!, /^l\.yaml:1: "datasets" must be a list/)
})

test('unknown keys and paths that are listed twice are told', () => {
  const { warnings } = yaml('datasets:', '- {name: A, dataset: a, metdata: {}}', '- {name: A, dataset: [b, a]}')
  equal(
    warnings.map(w => `${w.place}: ${w.message}`),
    [
      'l.yaml:2: unknown key "metdata", ignored. Nearest: "metadata".',
      'l.yaml:3: "a" is listed for "A" at l.yaml:2 already: each file counts once.',
    ],
  )
})

test('names that no catalog can know are found', () => {
  const { entries } = parseDatasetList('A /X/Y/NANO\nB /a/folder\nC /X/Y/NANO # note\nD X/Y/NANO', 'l.txt')
  equal(
    oddDatasetNames(entries).map(p => p.place),
    ['l.txt:2', 'l.txt:3', 'l.txt:4'],
  )
  match(oddDatasetNames(entries)[0]!.message, /^"\/a\/folder" is no dataset: wanted "\/primary\/processed\/tier"/)
})

test.run()
