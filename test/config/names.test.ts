import { test } from 'uvu'
import { equal, instance, is, unreachable } from 'uvu/assert'
import {
  datasetDir,
  type ExecutorName,
  formatProblems,
  PYTHON_EXCEPTIONS,
  partFileCount,
  partFileName,
  partitionCount,
  partitionsOf,
  resolveExecutor,
  sanitizeFilterName,
  sanitizeReportName,
  tolerates,
} from '../../lib/config/index.js'
import { UsageError } from '../../lib/core/errors.js'

test('dataset folders lose one leading slash; other slashes become underscores', () => {
  equal(['/a/b/c', 'a/b', '//a', 'a b', 'x'].map(datasetDir), ['a_b_c', 'a_b', '_a', 'a b', 'x'])
})

test('filter names in files have no blanks, comparisons or slashes', () => {
  is(sanitizeFilterName('cutBased >= 2'), 'cutBased_gte_2')
  is(sanitizeFilterName('a<=b<c>d/e'), 'altebltcgtd_e')
  is(sanitizeFilterName('HLT_Ele30_WPTight_Gsf'), 'HLT_Ele30_WPTight_Gsf')
})

test('report names keep single < and >, as in the reference', () => {
  is(sanitizeReportName('pt<50'), 'pt<50')
  is(sanitizeReportName('cutBased >= 2'), 'cutBased_gte_2')
})

test('part files are padded to the digits of the last one', () => {
  is(partFileName(0, 1), 'NTuples-part0.parquet')
  is(partFileName(9, 10), 'NTuples-part9.parquet')
  is(partFileName(3, 11), 'NTuples-part03.parquet')
  is(partFileName(7, 101, 'passing_x_NTuples'), 'passing_x_NTuples-part007.parquet')
})

test('13 partitions in groups of 5 make 3 files', () => {
  equal([partFileCount(13, 5), partFileCount(10, 5), partFileCount(13, null)], [3, 2, 13])
})

test('partitions count over files and steps', () => {
  const file = (path: string, steps: [number, number][] | null) => ({
    path,
    tree: 'T',
    steps,
    numEntries: null,
    uuid: null,
  })
  const files = [
    file('a', [
      [0, 5],
      [5, 9],
    ]),
    file('b', null),
    file('c', [[2, 3]]),
  ]
  is(partitionCount({ files }), 4)
  equal(
    [...partitionsOf({ files })].map(p => [p.partition, p.file.path, p.start, p.stop, p.isStep]),
    [
      [0, 'a', 0, 5, true],
      [1, 'a', 5, 9, true],
      [2, 'b', 0, null, false],
      [3, 'c', 2, 3, true],
    ],
  )
})

test('executors are known by all names of the reference; threads is the default', () => {
  const known: Record<string, ExecutorName> = {
    threads: 'threads',
    threading: 'threads',
    processes: 'processes',
    multiprocessing: 'processes',
    sync: 'sync',
    synchronous: 'sync',
    'single-threaded': 'sync',
  }
  is(resolveExecutor(undefined), 'threads')
  for (const [name, executor] of Object.entries(known)) is(resolveExecutor(name), executor)
})

function executorProblem(name: string): string {
  try {
    resolveExecutor(name)
  } catch (error) {
    instance(error, UsageError)
    return (error as UsageError).message
  }
  return unreachable(`${name} was accepted`) as never
}

test('executors of clusters are known, unknown ones refused with the nearest', () => {
  for (const name of [
    'distributed',
    'tcp://h:1',
    'tls://h:1',
    'ucx://h:1',
    'dask/slurm',
    'dask/lxplus',
    'python:a.py:f',
  ]) {
    is(resolveExecutor(name), 'cluster')
  }
  for (const name of ['batch/slurm', 'batch/condor']) is(resolveExecutor(name), 'batch')
  is(
    executorProblem('thread').includes('unknown executor "thread". Nearest: "threads", "threading". All: threads, '),
    true,
  )
  is(executorProblem('toString').includes('unknown executor "toString". All: threads, '), true)
  is(executorProblem('dask/slrum').includes('Nearest: "dask/slurm"'), true)
})

test('true tolerates every read error, false none', () => {
  for (const name of [
    'FileNotFoundError',
    'ValueError',
    'KeyInFileError',
    'DeserializationError',
    'NotImplementedError',
  ]) {
    equal([tolerates(true, name), tolerates(false, name), tolerates([], name)], [true, false, false])
  }
})

for (const [allow, covered, others] of [
  [
    'OSError',
    ['OSError', 'FileNotFoundError', 'PermissionError', 'TimeoutError', 'ConnectionError', 'IsADirectoryError'],
    ['ValueError', 'KeyInFileError'],
  ],
  ['IOError', ['OSError', 'FileNotFoundError'], ['ValueError']],
  ['EnvironmentError', ['ConnectionError'], ['KeyInFileError']],
  ['LookupError', ['KeyInFileError'], ['OSError']],
  ['KeyError', ['KeyInFileError'], ['DeserializationError']],
  ['ValueError', ['ValueError'], ['DeserializationError']],
  ['RuntimeError', ['NotImplementedError'], ['ValueError']],
  ['FileNotFoundError', ['FileNotFoundError'], ['OSError', 'PermissionError']],
  ['Exception', ['OSError', 'KeyInFileError', 'DeserializationError', 'NotImplementedError', 'ValueError'], []],
  ['BaseException', ['DeserializationError'], []],
] as const) {
  test(`${allow} covers its subclasses and no others`, () => {
    for (const name of covered) is(tolerates([allow], name), true, name)
    for (const name of others) is(tolerates([allow], name), false, name)
  })
}

test('the built-in exceptions are those of Python 3.11', () => {
  is(PYTHON_EXCEPTIONS.length, 69)
  is(PYTHON_EXCEPTIONS.includes('KeyInFileError'), false)
})

test('problems are listed file by file, with details under them, and cut with a count', () => {
  const problems = [
    { place: 'b.json /x', message: 'one' },
    { place: 'a.json', message: 'two', detail: '    text\n    ^' },
    { place: 'b.json /y', message: 'three' },
  ]
  is(formatProblems(problems), 'b.json /x: one\nb.json /y: three\na.json: two\n    text\n    ^')
  is(formatProblems(problems, 1), 'b.json /x: one\n... and 2 more.')
  is(formatProblems([]), '')
})

test.run()
