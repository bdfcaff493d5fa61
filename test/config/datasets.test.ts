import { test } from 'uvu'
import { equal, is } from 'uvu/assert'
import { loadConfiguration } from '../../lib/config/index.js'
import { load, problemsOf, refuses, smallest, warns } from './samples.js'

type Fileset = Record<string, unknown>
const datasets = (fileset: Fileset, limit: number | null = null) =>
  load(d => (d.fileset = fileset), { limit }).job.datasets
const refusesFileset = (fileset: unknown, wanted: readonly (string | RegExp)[]) =>
  refuses(d => (d.fileset = fileset), wanted)
const refusesFile = (file: unknown, wanted: readonly (string | RegExp)[]) =>
  refusesFileset({ D: { files: { 'a.root': file } } }, wanted)
const step = (steps: unknown, more: object = {}) => ({ object_path: 'Events', steps, ...more })
const plain = (path: string, tree = 'Events') => ({ path, tree, steps: null, numEntries: null, uuid: null })

test('datasets keep their order, files theirs', () => {
  const result = datasets({ b: { files: { 'z.root': 'Events', 'y.root': 'T' } }, a: { files: { 'x.root': 'Events' } } })
  equal(
    result.map(d => d.name),
    ['b', 'a'],
  )
  equal(result[0]!.files, [plain('z.root'), plain('y.root', 'T')])
})

test('a dataset has folder, metadata with its name, and nulls for what is absent', () => {
  equal(datasets({ '/EGamma/Run2022C': { files: { 'a.root': 'Events' }, metadata: null } }), [
    {
      name: '/EGamma/Run2022C',
      dir: 'EGamma_Run2022C',
      files: [plain('a.root')],
      metadata: { dataset: '/EGamma/Run2022C' },
      isMC: null,
      goldenJSON: null,
      pileupJSON: null,
      pileupData: null,
      pileupMC: null,
      form: null,
    },
  ])
})

test('metadata is kept whole and its known keys are typed', () => {
  const metadata = { isMC: false, goldenJSON: 'golden.json', pileupJSON: '', era: ['C'], dataset: 'mine' }
  const [dataset] = datasets({ D: { files: { 'a.root': 'Events' }, metadata } })
  equal(dataset!.metadata, metadata)
  equal([dataset!.isMC, dataset!.goldenJSON, dataset!.pileupJSON], [false, 'golden.json', null])
})

test('metadata of the wrong type is refused, and keys that differ in spelling are warned of', () => {
  refusesFileset({ D: { files: { 'a.root': 'Events' }, metadata: { isMC: 'true', goldenJSON: 3 } } }, [
    'fileset /D/metadata/isMC: must be true, false or null, got "true".',
    'fileset /D/metadata/goldenJSON: must be a text or null, got 3.',
  ])
  warns(
    d => (d.fileset.Data.metadata = { golden_json: 'x', year: 2022 }),
    ['fileset /Data/metadata/golden_json: has no effect (only extra_filter sees it). Nearest: "goldenJSON".'],
  )
})

test('pileup histograms come in pairs', () => {
  const metadata = { pileupData: 'pu.root', pileupMC: [0.5, 0.5] }
  const [dataset] = datasets({ D: { files: { 'a.root': 'Events' }, metadata } })
  equal([dataset!.pileupData, dataset!.pileupMC], ['pu.root', [0.5, 0.5]])
  refusesFileset({ D: { files: { 'a.root': 'Events' }, metadata: { pileupData: 'pu.root' } } }, [
    'fileset /D/metadata/pileupData: "pileupData" needs "pileupMC" too: without it there is no pileup correction. Add it.',
  ])
})

test('half a pair is passed over where it has no effect: for data, or with pileupJSON', () => {
  for (const more of [{ isMC: false }, { pileupJSON: 'pu.json' }]) {
    const [dataset] = datasets({ D: { files: { 'a.root': 'Events' }, metadata: { pileupMC: [1], ...more } } })
    equal([dataset!.pileupData, dataset!.pileupMC], [null, null])
  }
})

test('file objects as preprocess writes them are taken', () => {
  const file = {
    object_path: 'Events',
    steps: [
      [0, 500],
      [500, 1000],
    ],
    num_entries: 1000,
    format: 'root',
    lfn: null,
    pfn: null,
    uuid: '462c74b2-2807-11ef-8b5b-f64dfa2c5e3c',
    num_selected_entries: 1000,
  }
  const unread = { ...file, steps: null, num_entries: null, uuid: null, num_selected_entries: null }
  const more = { format: 'root', compressed_form: 'H4sI', form: '{}', did: null }
  const [dataset] = datasets({ D: { files: { 'a.root': file, 'b.root': unread }, metadata: {}, ...more } })
  equal(dataset!.files, [
    { path: 'a.root', tree: 'Events', steps: file.steps, numEntries: 1000, uuid: file.uuid },
    plain('b.root'),
  ])
  is(dataset!.form, 'H4sI')
})

test('an uncompressed form is taken where there is no compressed one', () => {
  const files = { 'a.root': 'Events' }
  is(
    datasets({ D: { files, form: '{"class": "RecordArray"}', compressed_form: null } })[0]!.form,
    '{"class": "RecordArray"}',
  )
})

test('programs may give lists of path:tree and maps in place of the object with files', () => {
  const want = [plain('root://host:1094//store/a.root', 'dir/Events'), plain('b.root')]
  const list = ['root://host:1094//store/a.root:dir/Events', ' b.root:Events ']
  const map = { 'root://host:1094//store/a.root': 'dir/Events', 'b.root': { object_path: 'Events' } }
  for (const dataset of [list, { files: list }, map, { files: map }]) equal(datasets({ D: dataset })[0]!.files, want)
})

test('problems of these forms are placed where they are', () => {
  refusesFileset({ A: ['a.root'], B: { files: ['b.root:Events', 'c.root'] }, C: { 'd.root': 3 }, D: [1] }, [
    'fileset /A/0: no tree name in "a.root". Write "path:tree", as in "file.root:Events".',
    'fileset /B/files/1: no tree name in "c.root". Write "path:tree", as in "file.root:Events".',
    'fileset /C/d.root: must be a text, an object or null, got 3.',
    'fileset /D/0: must be a text, got 1.',
  ])
})

test('a dataset needs files', () => {
  refusesFileset({ A: {}, B: { file: {}, metadata: {} }, C: [], D: { files: {} }, E: null, F: 'a.root' }, [
    'fileset /A: no "files".',
    'fileset /B: no "files". Found: "file".',
    'fileset /C: dataset "C" has no files. Add files or remove the dataset.',
    'fileset /D: dataset "D" has no files. Add files or remove the dataset.',
    'fileset /E: must be an object, got null.',
    'fileset /F: must be an object, got "a.root".',
  ])
})

test('unknown keys of datasets and files are warnings', () => {
  warns(
    d => {
      d.fileset.Data.meta = {}
      d.fileset.Data.files['a.root'] = { object_path: 'Events', stpes: [] }
    },
    [
      'fileset /Data/meta: unknown key, ignored.',
      'fileset /Data/files/a.root/stpes: unknown key, ignored. Nearest: "steps".',
    ],
  )
})

test('an empty fileset is a warning', () => {
  warns(d => (d.fileset = {}), ['fileset: has no datasets: there is nothing to do.'])
})

test('file names need .root in the last component, as the last known extension', () => {
  const files = { 'a.root': 'T', 'a.root.1': 'T', 'https://h/x.root?y=1': 'T', 'x.parquet.root': 'T' }
  is(datasets({ D: { files } })[0]!.files.length, 4)
  const wrong = { 'x.txt': 'T', x: 'T', 'dir.root/x': 'T', 'x.root.parquet': 'T', 'x.pq': 'T' }
  refusesFileset({ D: { files: wrong } }, [
    'fileset /D/files/x.txt: "x.txt" is not a ROOT file by its name: wanted a name with ".root".',
    'fileset /D/files/x: "x" is not a ROOT file by its name: wanted a name with ".root".',
    'fileset /D/files/dir.root~1x: "dir.root/x" is not a ROOT file by its name: wanted a name with ".root".',
    'fileset /D/files/x.root.parquet: "x.root.parquet" is not a ROOT file by its name: only the workflows on ntuples read Parquet files.',
    'fileset /D/files/x.pq: "x.pq" is not a ROOT file by its name: only the workflows on ntuples read Parquet files.',
  ])
})

test('workflows on ntuples take Parquet files as well, and folders of them, whose tree has no meaning', () => {
  const nano = smallest('ElectronTagNProbeFromNanoNTuples')
  const files = { 'a.parquet': null, 'b.pq': 'Events', 'out/D/get_tnp_arrays_1': '', 'c.root': 'Events' }
  const { job } = loadConfiguration({ ...nano, fileset: { D: { files }, E: ['d.parquet', 'e.parquet:Events'] } })
  equal(
    job.datasets.map(d => d.files.map(f => [f.path, f.tree])),
    [
      [
        ['a.parquet', ''],
        ['b.pq', 'Events'],
        ['out/D/get_tnp_arrays_1', ''],
        ['c.root', 'Events'],
      ],
      [
        ['d.parquet', ''],
        ['e.parquet', 'Events'],
      ],
    ],
  )
  const wrong = { 'a.txt': null, 'b.root': null }
  equal(problemsOf({ ...nano, fileset: { D: { files: wrong } } }), [
    'fileset /D/files/a.txt: "a.txt" is no file of events by its name: wanted one with ".root" or ".parquet", or a folder.',
    'fileset /D/files/b.root: the tree name is empty. NanoAOD files have "Events".',
  ])
})

test('files need a tree', () => {
  refusesFile('', ['fileset /D/files/a.root: the tree name is empty. NanoAOD files have "Events".'])
  refusesFile(null, ['fileset /D/files/a.root: the tree name is empty. NanoAOD files have "Events".'])
  refusesFile({}, ['fileset /D/files/a.root: no "object_path".'])
  refusesFile({ object_path: null }, ['fileset /D/files/a.root/object_path: must be a text, got null.'])
  refusesFile({ object_path: 'T', format: 'rntuple' }, [
    'fileset /D/files/a.root/format: must be one of "root", "parquet", null, got "rntuple".',
  ])
})

const stepsOf = (steps: unknown, more: object = {}) =>
  datasets({ D: { files: { 'a.root': step(steps, more) } } })[0]!.files[0]!.steps

test('steps are sorted by their stop and may leave gaps', () => {
  equal(
    stepsOf([
      [20, 30],
      [0, 10],
      [10, 15],
    ]),
    [
      [0, 10],
      [10, 15],
      [20, 30],
    ],
  )
  equal(stepsOf([[0, 0]]), [[0, 0]])
  is(stepsOf(null), null)
})

test('steps beyond num_entries are cut or dropped, but the first is kept with a warning', () => {
  const steps = [
    [0, 50],
    [50, 90],
    [90, 120],
    [120, 140],
  ]
  equal(stepsOf(steps, { num_entries: 100 }), [
    [0, 50],
    [50, 90],
    [90, 100],
  ])
  equal(stepsOf([[0, 150]], { num_entries: 100 }), [[0, 150]])
  warns(
    d => (d.fileset.Data.files['a.root'] = step([[0, 150]], { num_entries: 100 })),
    ["fileset /Data/files/a.root/steps: step [0, 150) is beyond the file's 100 entries (num_entries)."],
  )
})

test('steps that overlap or run backwards are refused', () => {
  const place = 'fileset /D/files/a.root/steps'
  refusesFile(
    step([
      [0, 10],
      [5, 20],
    ]),
    [`${place}: steps [0, 10) and [5, 20) overlap: entries would count twice. Run preprocess again.`],
  )
  refusesFile(step([[5, 2]]), [
    `${place}: step [5, 2) stops before it starts. Swap the numbers or run preprocess again.`,
  ])
})

test('steps are pairs of whole numbers', () => {
  const place = 'fileset /D/files/a.root/steps'
  refusesFile(step([]), [`${place}: must have 1 or more elements, got 0.`])
  refusesFile(step([[0]]), [`${place}/0: must have 2 elements, got 1: [0].`])
  refusesFile(step([[0, 1.5]]), [`${place}/0/1: must be a whole number, got 1.5.`])
  refusesFile(step([[-1, 5]]), [`${place}/0/0: must be at least 0, got -1.`])
  refusesFile(step([['0', 5]]), [`${place}/0/0: must be a whole number, got "0".`])
  refusesFile(step({}), [`${place}: must be a list or null, got {}.`])
})

test('limit keeps the first files of each dataset, or drops the last', () => {
  const fileset = { A: { files: { 'a.root': 'T', 'b.root': 'T', 'c.root': 'T' } }, B: ['d.root:T', 'e.root:T'] }
  const paths = (limit: number | null) => datasets(fileset, limit).map(d => d.files.map(f => f.path[0]).join(''))
  equal(paths(null), ['abc', 'de'])
  equal(paths(1), ['a', 'd'])
  equal(paths(5), ['abc', 'de'])
  equal(paths(-1), ['ab', 'd'])
})

test('limit is a whole number other than 0 and leaves files', () => {
  for (const limit of [0, 1.5, Number.NaN]) {
    refuses(() => {}, [`--limit: must be a whole number other than 0, got ${limit}.`], { limit })
  }
  refuses(
    () => {},
    ['fileset /Data: dataset "Data" has no files left by --limit -1. Add files or remove the dataset.'],
    {
      limit: -1,
    },
  )
})

test('datasets may not share an output folder, and need one', () => {
  const dataset = { files: { 'a.root': 'Events' } }
  refusesFileset({ '/a/b': dataset, 'a/b': dataset, '..': dataset, '/': dataset }, [
    'fileset /a~1b: datasets "/a/b" and "a/b" would both write to the folder "a_b". Rename one.',
    'fileset /..: the dataset name ".." makes no output folder of its own (".."). Rename it.',
    'fileset /~1: the dataset name "/" makes no output folder of its own (""). Rename it.',
  ])
})

test.run()
