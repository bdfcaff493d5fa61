import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, is, match } from 'uvu/assert'
import { missingPartitions } from '../../lib/cli/processed.js'
import { filesBelow, runAnalysis, type Scratch, scratch, tnpPipe } from '../support/cli.js'

const FILES = {
  'fixtures/root/nano-data.root': {
    object_path: 'Events',
    steps: [
      [0, 120],
      [120, 240],
    ],
  },
  'missing.root': { object_path: 'Events', steps: [[0, 50]], extra: 'kept' },
  'fixtures/root/nano-data-2.root': {
    object_path: 'Events',
    steps: [
      [0, 60],
      [60, 100],
    ],
  },
}
const FILESET = { '/Data/A': { files: FILES, metadata: { isMC: false, era: 'A' }, form: null } }
const METHODS = [
  { name: 'get_tnp_arrays', args: { vars: ['el_pt'], uproot_options: { allow_read_errors_with_report: true } } },
  {
    name: 'get_nd_tnp_histograms',
    args: { filter: ['cutBased >= 2'], vars: ['el_pt'], uproot_options: { allow_read_errors_with_report: true } },
  },
  {
    name: 'get_passing_and_failing_probes',
    args: { filter: ['cutBased >= 2'], vars: ['el_pt'], uproot_options: { allow_read_errors_with_report: true } },
  },
]

/** A run on the fixtures, in a folder of its own. */
async function withRun(
  use: (
    dir: Scratch,
    unprocessed: (...more: string[]) => Promise<{ left: unknown; stdout: string; stderr: string }>,
  ) => Promise<void>,
  ...options: string[]
): Promise<void> {
  const dir = scratch()
  try {
    const config = dir.json('runner.json', {
      workflow: 'ElectronTagNProbeFromNanoAOD',
      workflow_args: { filters: { 'cutBased >= 2': 'cutBased >= 2' } },
      methods: METHODS,
    })
    const fileset = dir.json('fileset.json', FILESET)
    const run = await runAnalysis(['--config', config, '--fileset', fileset, '--output', dir.path('out'), ...options])
    is(run.status, 0, run.stderr)
    await use(dir, async (...more) => {
      const output = ['--output-location', dir.path('out'), '--output-json', dir.path('left.json')]
      const got = await tnpPipe(['get-unprocessed-partitions', '--input-json', fileset, ...output, ...more])
      const left = got.status === 0 ? JSON.parse(readFileSync(dir.path('left.json'), 'utf8')) : null
      return { ...got, left }
    })
  } finally {
    dir.remove()
  }
}

const only = (files: object) => ({ '/Data/A': { ...FILESET['/Data/A'], files } })
const missingRoot = { 'missing.root': FILES['missing.root'] }

test('partitions that a report says could not be read are left, though their files are there', () =>
  withRun(async (_, unprocessed) => {
    const { left, stdout } = await unprocessed()
    equal(left, only(missingRoot))
    is(stdout, '/Data/A: 1 of 5 partitions unprocessed\n')
  }))

test('a part file that any of the outputs lacks leaves its partition, with the other keys of file and dataset', () =>
  withRun(async (dir, unprocessed) => {
    rmSync(dir.path('out/Data_A/get_tnp_arrays_1/NTuples-part1.parquet'))
    rmSync(dir.path('out/Data_A/get_passing_and_failing_probes_1/failing_cutBased_gte_2_NTuples-part3.parquet'))
    const { left } = await unprocessed()
    equal(
      left,
      only({
        'fixtures/root/nano-data.root': { object_path: 'Events', steps: [[120, 240]] },
        ...missingRoot,
        'fixtures/root/nano-data-2.root': { object_path: 'Events', steps: [[0, 60]] },
      }),
    )
  }))

test('without reports the part files alone tell; complete datasets are left out', () =>
  withRun(async (dir, unprocessed) => {
    for (const name of filesBelow(dir.path('out')).keys())
      if (name.endsWith('report.json')) rmSync(dir.path(`out/${name}`))
    equal((await unprocessed()).left, {})
    rmSync(dir.path('out/Data_A/get_tnp_arrays_1/NTuples-part4.parquet'))
    equal(
      (await unprocessed()).left,
      only({ 'fixtures/root/nano-data-2.root': { object_path: 'Events', steps: [[60, 100]] } }),
    )
  }))

test('what is left is a fileset for another run', () =>
  withRun(async (dir, unprocessed) => {
    rmSync(dir.path('out/Data_A/get_tnp_arrays_1/NTuples-part4.parquet'))
    await unprocessed()
    const args = [
      '--config',
      dir.path('runner.json'),
      '--fileset',
      dir.path('left.json'),
      '--output',
      dir.path('again'),
    ]
    const { status, stderr } = await runAnalysis(args)
    is(status, 0, stderr)
    equal(
      [...filesBelow(dir.path('again')).keys()].filter(name => name.includes('get_tnp_arrays_1/NT')),
      ['Data_A/get_tnp_arrays_1/NTuples-part0.parquet', 'Data_A/get_tnp_arrays_1/NTuples-part1.parquet'],
    )
  }))

test('a method whose folder is empty, and a dataset without outputs, have everything left', () =>
  withRun(async (dir, unprocessed) => {
    mkdirSync(dir.path('out/Data_A/get_tnp_arrays_2'))
    equal((await unprocessed()).left, FILESET)
    rmSync(dir.path('out'), { recursive: true })
    equal((await unprocessed()).left, FILESET)
    mkdirSync(dir.path('out/Data_A'), { recursive: true })
    writeFileSync(dir.path('out/Data_A/notes.txt'), '')
    equal((await unprocessed()).left, FILESET)
  }))

test('joined partitions are an error, or counted with the option of the run', () =>
  withRun(
    async (dir, unprocessed) => {
      const five = Array.from({ length: 5 }, (_, i) => ({ file: 'f', start: i, stop: i + 1 }))
      rmSync(dir.path('out/Data_A/get_nd_tnp_histograms_1'), { recursive: true })
      const { left } = await unprocessed('--repartition-n-to-one', '2')
      equal(left, only(missingRoot))
      rmSync(dir.path('out/Data_A/get_tnp_arrays_1/NTuples-part1.parquet'))
      equal(
        (await unprocessed('--repartition-n-to-one', '2')).left,
        only({ ...missingRoot, 'fixtures/root/nano-data-2.root': { object_path: 'Events', steps: [[0, 60]] } }),
      )
      for (const name of filesBelow(dir.path('out')).keys())
        if (name.endsWith('report.json')) rmSync(dir.path(`out/${name}`))
      const eleven = [...five, ...five, ...five].slice(0, 11)
      try {
        await missingPartitions(dir.path('out/Data_A'), eleven, null)
        is('accepted', 'refused')
      } catch (error) {
        match(
          (error as Error).message,
          /part "0" is none of 11 partitions, wanted 00 to 10\. Give the --repartition-n-to-one/,
        )
      }
    },
    '--repartition-n-to-one',
    '2',
  ))

test('fewer files than a report has partitions is taken for repartitioning', async () => {
  const dir = scratch()
  try {
    const partitions = Array.from({ length: 4 }, (_, i) => ({ file: 'f', start: i, stop: i + 1 }))
    mkdirSync(dir.path('m_1'))
    for (const i of [0, 1]) writeFileSync(dir.path(`m_1/NTuples-part${i}.parquet`), '')
    dir.json(
      'm_1/report.json',
      partitions.map(() => ({ args: [], exception: null })),
    )
    try {
      await missingPartitions(dir.dir, partitions, null)
      is('accepted', 'refused')
    } catch (error) {
      match(
        (error as Error).message,
        /2 files for 4 partitions that were all read: .* Give --repartition-n-to-one 2, or 1/,
      )
    }
    equal([...(await missingPartitions(dir.dir, partitions, 1))], [2, 3])
    equal([...(await missingPartitions(dir.dir, partitions, 2))], [])
  } finally {
    dir.remove()
  }
})

test('reports of another fileset, filesets without steps and files that are none are errors', () =>
  withRun(async (dir, unprocessed) => {
    const { files } = FILESET['/Data/A']
    for (const [fileset, status, want] of [
      [
        { '/Data/A': { files: { ...files, 'more.root': { steps: [[0, 1]] } } } },
        2,
        /report\.json: reports 5 partitions, the fileset has 6/,
      ],
      [
        { '/Data/A': { files: { ...files, 'missing.root': { steps: [[0, 51]] } } } },
        2,
        /partition 2 is 'missing\.root' 0-50 there and 'missing\.root' 0-51/,
      ],
      [
        { A: { files: { 'a.root': 'Events' } }, B: { files: { 'b.root': { steps: null } } } },
        2,
        /A\/files\/a\.root: has no steps.*\n.*B\/files\/b\.root: has no steps/,
      ],
      [{ A: { files: ['a.root:Events'] } }, 2, /\/A: has no "files"/],
      [[], 2, /wanted a JSON object of datasets/],
      ['{"A": ', 2, /is not JSON/],
    ] as const) {
      const got = await tnpPipe([
        ...['get-unprocessed-partitions', '--input-json', dir.json('wrong.json', fileset)],
        ...['--output-location', dir.path('out'), '--output-json', dir.path('left.json')],
      ])
      equal([got.status, got.stdout], [status, ''], got.stderr)
      match(got.stderr, want)
    }
    match((await unprocessed('--input-json', dir.path('none.json'))).stderr, /No such file .*none\.json/)
    match((await unprocessed('--repartition-n-to-one', '0')).stderr, /Wanted a whole number above 0/)
    match((await unprocessed('--output-json', dir.path('no/where.json'))).stderr, /where\.json: cannot be created/)
    equal([...filesBelow(dir.dir).keys()].includes('left.json'), false)
    writeFileSync(dir.path('out/Data_A/get_tnp_arrays_1/report.json'), '{')
    match((await unprocessed()).stderr, /report\.json: is not JSON/)
  }))

test.run()
