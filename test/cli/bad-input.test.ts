/** What a user sees of mistakes: every problem at once, before any data is read, without a stack trace. */
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, match, not, ok } from 'uvu/assert'
import { filesBelow, type Outcome, runAnalysis, type Scratch, scratch } from '../support/cli.js'

const RUNNER = {
  workflow: 'ElectronTagNProbeFromNanoAOD',
  workflow_args: {
    filters: { Ele30: 'HLT_Ele30_WPTight_Gsf', tight: 'cutBased >= 4' },
    filterbit: { Ele30: 1, tight: null },
    trigger_pt: { Ele30: 30, tight: null },
  } as Record<string, unknown>,
  methods: [
    { name: 'get_tnp_arrays', args: { vars: ['el_pt'] } },
    { name: 'get_nd_tnp_histograms', args: { filter: 'tight', vars: ['el_pt'] } },
  ] as { name: string; args: Record<string, unknown> }[],
}
const GOOD = 'fixtures/root/nano-data.root'

interface Job {
  readonly runner?: unknown
  readonly files?: Readonly<Record<string, unknown>>
  readonly settings?: unknown
  readonly binning?: unknown
  readonly args?: readonly string[]
}

async function run(job: Job, inside?: (dir: Scratch) => Job): Promise<Outcome & { readonly files: string[] }> {
  const dir = scratch()
  const { runner = RUNNER, files = { [GOOD]: 'Events' }, settings, binning, args = [] } = inside?.(dir) ?? job
  const options = [
    ...['--config', dir.json('runner.json', runner)],
    ...['--fileset', dir.json('fileset.json', { Data: { files, metadata: { isMC: false } } })],
    ...(settings === undefined ? [] : ['--settings', dir.json('settings.json', settings)]),
    ...(binning === undefined ? [] : ['--binning', dir.json('binning.json', binning)]),
  ]
  const outcome = await runAnalysis([...options, '--output', dir.path('out'), ...args])
  const written = existsSync(dir.path('out')) ? [...filesBelow(dir.path('out')).keys()] : []
  dir.remove()
  return { ...outcome, files: written }
}

function withMethods(change: (args: Record<string, unknown>) => Record<string, unknown>) {
  return { ...RUNNER, methods: RUNNER.methods.map(m => ({ ...m, args: change(m.args) })) }
}

/** Files that a stopped run has left, besides the journal that it can be continued from. */
function outputs(dir: Scratch): string[] {
  return [...filesBelow(dir.path('out')).keys()].filter(name => !name.startsWith('.tnp-journal/'))
}

/** Exit status 2, nothing written, no trace, and every one of the texts. */
async function refused(job: Job, ...texts: readonly RegExp[]): Promise<void> {
  const { status, stdout, stderr, files } = await run(job)
  equal(status, 2, stderr)
  equal(stdout, '')
  equal(files, [])
  not.match(stderr, /\n\s+at /)
  for (const text of texts) match(stderr, text)
}

test('a filter with an unknown column is refused with a caret and the nearest names', async () => {
  const args = { ...RUNNER.workflow_args, filters: { Ele30: 'HLT_Ele30_WPTight_Gsf', tight: 'cutBasd >= 4' } }
  await refused(
    { runner: { ...RUNNER, workflow_args: args } },
    /no field "cutBasd"/,
    /"cutBased"/,
    /\n {4}cutBasd >= 4\n {4}\^/,
  )
})

test('problems of several files come together', async () => {
  const job = {
    runner: { ...RUNNER, methods: [{ name: 'get_nd_histograms', args: {} }] },
    settings: { tags_pt_cut: 'high', cutbased_id: 'cutBased >=' },
    binning: { el_pt_bins: [3, 2, 1] },
  }
  await refused(
    job,
    /runner\.json \/methods\/0\/name: .*get_nd_histograms.*get_nd_tnp_histograms/s,
    /settings\.json \/tags_pt_cut/,
    /settings\.json \/cutbased_id/,
    /binning\.json \/el_pt_bins/,
  )
})

test('unknown workflows, filters and executors are refused with what there is', async () => {
  await refused({ runner: { ...RUNNER, workflow: 'ElectronTagNProbe' } }, /ElectronTagNProbeFromNanoAOD/)
  const methods = [{ name: 'get_nd_tnp_histograms', args: { filter: 'thight', vars: ['el_pt'] } }]
  await refused({ runner: { ...RUNNER, methods } }, /thight/, /"tight"/)
  await refused({ args: ['--executor', 'treads'] }, /treads/, /"threads"/)
})

test('clusters say what is wrong with their options, and with Python', async () => {
  for (const name of [
    'dask/slurm',
    'dask/condor',
    'dask/lxplus',
    'dask/lpc',
    'dask/casa',
    'distributed',
    'tcp://h:1',
  ]) {
    await refused({ args: ['--executor', name, '--python', '/none/python'] }, /\/none\/python cannot be run \(ENOENT\)/)
  }
  await refused({ args: ['--executor', 'dask/slurm', '--walltime', 'long'] }, /--walltime: "long" is no time/)
  await refused({ args: ['--executor', 'dask/lxplus', '--jobflavour', 'brunch'] }, /--jobflavour: there is no "brunch"/)
  await refused({ args: ['--executor', 'python:site.py'] }, /names no function/)
})

test('a histogram variable without binning, an unknown variable, a list as an axis', async () => {
  const vars = (names: string[]) => ({
    ...RUNNER,
    methods: [{ name: 'get_nd_tnp_histograms', args: { filter: 'tight', vars: names } }],
  })
  await refused({ runner: vars(['el_r9']) }, /el_r9/, /bins/)
  await refused({ runner: vars(['el_pz']), binning: { el_pz_bins: [0, 1] } }, /no variable "el_pz"/)
  await refused({ runner: vars(['Jet_pt']), binning: { Jet_pt_bins: [0, 1] } }, /Jet_pt.*list an event/)
})

test('a list next to pairs cannot be flat', async () => {
  await refused({ runner: withMethods(() => ({ filter: 'tight', vars: ['Jet_pt'], flat: true })) }, /./)
  const methods = [{ name: 'get_tnp_arrays', args: { vars: ['el_pt', 'Jet_pt'], flat: true } }]
  await refused({ runner: { ...RUNNER, methods } }, /"Jet_pt": a list an event.*flat/)
})

test('invalid JSON is refused with file, line and column', async () => {
  const dir = scratch()
  const config = dir.json('runner.json', '{"workflow": "x",\n  oops}')
  const fileset = dir.json('fileset.json', {})
  const { status, stderr } = await runAnalysis(['--config', config, '--fileset', fileset, '--output', dir.path('out')])
  equal(status, 2)
  match(stderr, /runner\.json.*line 2/)
  dir.remove()
})

test('a missing option, an unknown one and a bad number are refused by the command line', async () => {
  for (const args of [
    [],
    ['--config', 'x.json', '--fileset', 'y.json', '--frobnicate'],
    ['--config', 'x', '--fileset', 'y', '--limit', 'two'],
  ]) {
    const { status, stderr } = await runAnalysis(args)
    equal(status, 2, stderr)
    match(stderr, /error/)
  }
})

test('an output folder that cannot be made is refused before anything is read', async () => {
  const { status, stderr } = await run({}, dir => {
    writeFileSync(dir.path('file'), '')
    return { args: ['--output', dir.path('file/below')] }
  })
  equal(status, 2, stderr)
  match(stderr, /output folder cannot be made/)
})

test('what one reason keeps from being made is told once', async () => {
  const { status, stderr } = await run({}, dir => ({ args: ['--output', `/proc/${dir.dir.length}x`] }))
  equal(status, 2, stderr)
  equal(stderr.match(/output folder cannot be made/g)?.length, 1, stderr)
})

test('what is refused once the folders of the outputs are there leaves none of them', async () => {
  const dir = scratch()
  const config = 'fixtures/config'
  const job = [
    '--config',
    `${config}/runner.json`,
    '--fileset',
    `${config}/fileset.json`,
    '--binning',
    `${config}/binning.json`,
  ]
  const args = [...job, '--executor', 'distributed', '--python', dir.path('python'), '--output', dir.path('a/b')]
  const { status, stderr } = await runAnalysis(args)
  equal(status, 2, stderr)
  match(
    stderr,
    /python cannot be run \(ENOENT\)\. Install Python with distributed, or name one that has it: --python, TNP_PYTHON\./,
  )
  equal(stderr.trim().split('\n').length, 1, stderr)
  ok(!existsSync(dir.path('a')))
  dir.remove()
})

test('a missing golden JSON or pileup file is refused before events are read', async () => {
  const dir = scratch()
  const fileset = dir.json('fileset.json', {
    Data: { files: { [GOOD]: 'Events' }, metadata: { isMC: false, goldenJSON: 'nowhere.json' } },
    MC: { files: { 'fixtures/root/nano-mc.root': 'Events' }, metadata: { isMC: true, pileupJSON: 'nothing.json' } },
  })
  const config = dir.json('runner.json', RUNNER)
  const { status, stderr } = await runAnalysis(['--config', config, '--fileset', fileset, '--output', dir.path('out')])
  equal(status, 2)
  match(stderr, /nowhere\.json/)
  match(stderr, /nothing\.json/)
  ok(!existsSync(dir.path('out/Data/get_tnp_arrays_1/NTuples-part0.parquet')))
  dir.remove()
})

const REPORTED = withMethods(args => ({ ...args, uproot_options: { allow_read_errors_with_report: true } }))

interface Unreadable {
  readonly name: string
  readonly file: (dir: Scratch) => [string, string]
  readonly exception: RegExp
  readonly message: RegExp
}

function damaged(dir: Scratch, change: (bytes: Buffer) => Buffer): string {
  const path = dir.path('damaged.root')
  writeFileSync(path, change(readFileSync(GOOD)))
  return path
}

const UNREADABLE: readonly Unreadable[] = [
  {
    name: 'a missing file',
    file: d => [d.path('none.root'), 'Events'],
    exception: /^FileNotFoundError$/,
    message: /none\.root/,
  },
  {
    name: 'a truncated file',
    file: d => [damaged(d, b => b.subarray(0, 50000)), 'Events'],
    exception: /Error$/,
    message: /damaged\.root/,
  },
  {
    name: 'an empty file',
    file: d => [damaged(d, b => b.subarray(0, 0)), 'Events'],
    exception: /Error$/,
    message: /damaged\.root/,
  },
  {
    name: 'a file that is not ROOT',
    file: d => [damaged(d, b => Buffer.alloc(b.length, 'x')), 'Events'],
    exception: /^ValueError$/,
    message: /damaged\.root/,
  },
  {
    name: 'a file without the tree',
    file: () => ['fixtures/root/nano-data-2.root', 'Evts'],
    exception: /^KeyInFileError$/,
    message: /Evts.*Events/,
  },
  {
    name: 'a tree without a needed branch',
    file: () => ['fixtures/root/types.root', 'types'],
    exception: /^KeyError$/,
    message: /types/,
  },
]

for (const { name, file, exception, message } of UNREADABLE) {
  test(`${name} is skipped and reported where the runner allows it, wherever it stands`, async () => {
    for (const first of [true, false]) {
      const dir = scratch()
      const bad = file(dir)
      const files = first ? [bad, [GOOD, 'Events']] : [[GOOD, 'Events'], bad]
      const fileset = dir.json('fileset.json', {
        Data: { files: Object.fromEntries(files), metadata: { isMC: false } },
      })
      const config = dir.json('runner.json', REPORTED)
      const { status, stderr } = await runAnalysis([
        '--config',
        config,
        '--fileset',
        fileset,
        '--output',
        dir.path('out'),
      ])
      equal(status, 0, stderr)
      match(stderr, /skipped/)
      const report = JSON.parse(readFileSync(dir.path('out/Data/get_tnp_arrays_1/report.json'), 'utf8')) as {
        exception: string | null
        message: string | null
      }[]
      const at = first ? 0 : 1
      match(report[at]!.exception!, exception)
      match(report[at]!.message!, message)
      equal(report[1 - at]!.exception, null)
      ok(existsSync(dir.path('out/Data/get_tnp_arrays_1/NTuples-part1.parquet')))
      dir.remove()
    }
  })

  test(`${name} stops the run where the runner does not allow it, and leaves no output`, async () => {
    const dir = scratch()
    const files = Object.fromEntries([[GOOD, 'Events'], file(dir)])
    const fileset = dir.json('fileset.json', { Data: { files, metadata: { isMC: false } } })
    const config = dir.json('runner.json', RUNNER)
    const { status, stderr } = await runAnalysis([
      '--config',
      config,
      '--fileset',
      fileset,
      '--output',
      dir.path('out'),
    ])
    equal(status, 1, stderr)
    match(stderr, message)
    not.match(stderr, /\n\s+at /)
    equal(outputs(dir), [])
    dir.remove()
  })
}

test('damage in the middle of a file is found, whatever bytes are hit', async () => {
  // One job over many damaged copies: each is either read or reported, never a crash or a hang.
  const dir = scratch()
  const files: Record<string, string> = { [GOOD]: 'Events' }
  const original = readFileSync('fixtures/root/nano-data-2.root')
  for (let i = 0; i < 40; i++) {
    const copy = Buffer.from(original)
    const at = Math.floor((i + 0.5) * (copy.length / 40))
    copy.fill(0xa5, at, at + 64)
    writeFileSync(dir.path(`hit${i}.root`), copy)
    files[dir.path(`hit${i}.root`)] = 'Events'
  }
  const fileset = dir.json('fileset.json', { Data: { files, metadata: { isMC: false } } })
  const config = dir.json('runner.json', REPORTED)
  const { status, stderr } = await runAnalysis(['--config', config, '--fileset', fileset, '--output', dir.path('out')])
  equal(status, 0, stderr)
  const report = JSON.parse(readFileSync(dir.path('out/Data/get_tnp_arrays_1/report.json'), 'utf8')) as unknown[]
  equal(report.length, 41)
  dir.remove()
})

test('steps beyond the end of a file are reported as ValueError', async () => {
  const files = {
    [GOOD]: {
      object_path: 'Events',
      steps: [
        [0, 100],
        [100, 5000],
      ],
    },
  }
  const { status, stderr } = await run({ runner: REPORTED, files })
  equal(status, 0, stderr)
  match(stderr, /skipped .*ValueError/)
})

test('a run on a terminal that is interrupted leaves no file and exits with 130', async () => {
  const dir = scratch()
  const files: Record<string, string> = {}
  // Several times what is done before it is interrupted.
  mkdirSync(dir.path('many'))
  copyFileSync(GOOD, dir.path('many/f0.root'))
  for (let i = 0; i < 3000; i++) {
    if (i > 0) symlinkSync('f0.root', dir.path(`many/f${i}.root`))
    files[dir.path(`many/f${i}.root`)] = 'Events'
  }
  const fileset = dir.json('fileset.json', { Data: { files, metadata: { isMC: false } } })
  const config = dir.json('runner.json', RUNNER)
  for (const executor of ['sync', 'threads', 'processes']) {
    const args = [
      '--config',
      config,
      '--fileset',
      fileset,
      '--output',
      dir.path('out'),
      '--executor',
      executor,
      '--workers',
      '2',
    ]
    const { status, stderr } = await runAnalysis(args, { onStart: kill => setTimeout(() => kill('SIGINT'), 1200) })
    equal(status, 130, `${executor}: ${stderr}`)
    match(stderr, /interrupted/)
    equal(outputs(dir), [], executor)
  }
  dir.remove()
})

test('files of an earlier run with more partitions are removed', async () => {
  const dir = scratch()
  const config = dir.json('runner.json', RUNNER)
  for (const steps of [
    [
      [0, 100],
      [100, 200],
      [200, 240],
    ],
    [[0, 240]],
  ]) {
    const fileset = dir.json('fileset.json', { Data: { files: { [GOOD]: { object_path: 'Events', steps } } } })
    const { status } = await runAnalysis(['--config', config, '--fileset', fileset, '--output', dir.path('out')])
    equal(status, 0)
    const parts = [...filesBelow(dir.path('out/Data/get_tnp_arrays_1')).keys()]
    equal(parts.length, steps.length)
  }
  dir.remove()
})

test('an output folder without permission is refused', async () => {
  if (process.getuid?.() === 0) return
  const dir = scratch()
  mkdirSync(dir.path('locked'))
  chmodSync(dir.path('locked'), 0o500)
  const { status, stderr } = await run({ args: ['--output', dir.path('locked/out')] })
  equal(status, 2, stderr)
  dir.remove()
})

test.run()
