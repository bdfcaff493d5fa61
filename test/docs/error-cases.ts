/** How each message of docs/errors.md is provoked on the command line. */
import { readFileSync, writeFileSync } from 'node:fs'
import { FITS } from './fit-error-cases.js'
import { PAGE } from './page-error-cases.js'
import { DATA, HISTS, type Job, type Provoke, RUNNER, run } from './provocation.js'
import { REMOTE } from './remote-error-cases.js'

const job =
  (given: Job): Provoke =>
  dir =>
    run(dir, given)
const settings = (given: object) => job({ settings: given })
const method = (name: string, args: object) => job({ runner: { ...RUNNER, methods: [{ name, args }] } })

function damaged(change: (bytes: Buffer) => Buffer): Provoke {
  return dir => {
    writeFileSync(dir.path('bad.root'), change(readFileSync(DATA)))
    return run(dir, { files: { [DATA]: 'Events', [dir.path('bad.root')]: 'Events' } })
  }
}

/** What a token says that was good until 1970. */
const EXPIRED = Buffer.from('{"exp":1}').toString('base64url')

/** Message as the page quotes it -> how it is provoked. */
export const PROVOKED: Readonly<Record<string, Provoke>> = {
  ...FITS,
  ...PAGE,
  'no such file (the … file; paths are relative to …).': job({ args: ['--settings', 'nowhere.json'] }),
  'invalid JSON': job({ runner: '{"workflow": oops}' }),
  'no "…".': job({ runner: { workflow: RUNNER.workflow, methods: [] } }),
  'must be a number, got "high".': settings({ tags_pt_cut: 'high' }),
  'unknown workflow "…".': job({ runner: { ...RUNNER, workflow: 'ElectronTagNProbe' } }),
  'unknown method "…".': method('get_arrays', {}),
  '… has no method "…".': method('get_ntuples', {}),
  'unknown option "…".': job({ runner: { ...RUNNER, workflow_args: { ...RUNNER.workflow_args, tag_pt_cut: 1 } } }),
  'unknown argument "…".': method('get_tnp_arrays', { variables: 'all' }),
  '"…" may not be set here: how a run is executed is chosen with --executor.': method('get_tnp_arrays', {
    compute: true,
  }),
  'no "filters".': job({ runner: { ...RUNNER, workflow_args: {} } }),
  'unknown filter "…".': method('get_nd_tnp_histograms', { filter: 'thight' }),
  'no entry for "…".': settings({ filters: { tight: 'HLT_Ele30_WPTight_Gsf' }, trigger_pt: { tight: 30 } }),
  'filters "…" and "…" would write to the same files ("…").': job({
    runner: { ...RUNNER, methods: [{ name: HISTS.name, args: { filter: ['a b', 'a_b'] } }] },
    settings: { filters: { 'a b': 'pt > 40', a_b: 'pt > 50' } },
  }),
  'is too long for names of files (…': job({
    runner: { ...RUNNER, methods: [{ name: HISTS.name, args: { filter: 'x'.repeat(300) } }] },
    settings: { filters: { ['x'.repeat(300)]: 'pt > 40' } },
  }),
  'the filter "…" has the name of the column "…" of …': job({
    runner: { ...RUNNER, methods: [{ name: 'get_tnp_arrays', args: { vars: ['el_pt'] } }] },
    settings: { filters: { el_pt: 'pt > 40' } },
  }),
  'no field "…"': settings({ filters: { tight: 'cutBasd >= 4' } }),
  'no variable "…" in these files.': method('get_tnp_arrays', { vars: ['el_pz'] }),
  'no bin edges for "…": "…" is neither in the binning file nor built in.': method(HISTS.name, {
    filter: 'tight',
    vars: ['el_r9'],
  }),
  'edges must increase: edge … is … after ….': job({ binning: { el_pt_bins: [3, 2, 1] } }),
  'neither "…" nor "…" is a trigger path of these files.': settings({
    filters: { tight: 'HLT_Ele99_Nothing' },
    trigger_pt: { tight: 99 },
    filterbit: { tight: 1 },
  }),
  '"…": a list an event cannot stand next to one value a pair.': method('get_tnp_arrays', {
    vars: ['el_pt', 'Jet_pt'],
    flat: true,
  }),
  '"…" has a list an event, not one value a pair, so it cannot be filled': job({
    runner: { ...RUNNER, methods: [{ name: HISTS.name, args: { filter: 'tight', vars: ['Jet_pt'] } }] },
    binning: { Jet_pt_bins: [0, 50, 100] },
  }),
  'must be "path/to/file::function", got "…".': settings({ extra_filter: 'select' }),
  'file "…" not found. The path is relative to the working directory.': settings({ extra_filter: 'no.mjs::select' }),
  'dataset "…" has no files.': job({ files: {} }),
  'datasets "…" and "…" would both write to the folder "…".': job({
    fileset: { '/a/b': { files: { [DATA]: 'Events' } }, a_b: { files: { [DATA]: 'Events' } } },
  }),
  '"…" is not a ROOT file by its name: …': job({ files: { 'events.txt': 'Events' } }),
  'the tree name is empty.': job({ files: { [DATA]: '' } }),
  'steps … and … overlap: entries would count twice.': job({
    files: {
      [DATA]: {
        object_path: 'Events',
        steps: [
          [0, 100],
          [50, 150],
        ],
      },
    },
  }),
  'unknown executor "…".': job({ args: ['--executor', 'treads'] }),
  'the output folder cannot be made…': dir => {
    writeFileSync(dir.path('file'), '')
    return run(dir, { args: ['--output', dir.path('file/below')] })
  },
  'unknown mode "…".': () => ({ args: ['trigger', 'Ele30_WPTight_Gsf', '--mode', 'from_nano'] }),
  '"…" is none of the triggers.': () => ({ args: ['trigger', 'Mu50'] }),
  'has no steps [[start, stop], ...].': dir => ({
    args: [
      'get-unprocessed-partitions',
      ...['--input-json', dir.json('f.json', { Data: { files: { [DATA]: 'Events' } } })],
      ...['--output-location', dir.dir, '--output-json', dir.path('missing.json')],
    ],
  }),
  '…: no such file or folder.': dir => ({
    args: ['merge-parquet', '--source', dir.path('none'), '--target', dir.path('all.parquet')],
  }),
  'column "…" differs from … (got …, wanted …).': dir => {
    const methods = ['el_pt', 'el_eta'].map(name => ({ name: 'get_tnp_arrays', args: { vars: [name] } }))
    const source = dir.path('out/Data/*/*.parquet')
    return {
      before: [run(dir, { runner: { ...RUNNER, methods } }).args],
      args: ['merge-parquet', '--source', source, '--target', dir.path('all.parquet')],
    }
  },
  'wanted the mass (mll) as the last of several.': dir => ({
    before: [run(dir, {}).args],
    args: [
      'prepare-histograms',
      ...['--source', dir.path('out/Data/get_nd_tnp_histograms_1/tight_histos.pkl')],
      ...['--target', dir.path('x.root'), '--binning', dir.path('x.pkl')],
    ],
  }),
  '… is no list of datasets by its name…': dir => ({ args: ['fetch-datasets', '--input', dir.json('list.json', {})] }),
  '"…" is no dataset: wanted "/primary/processed/tier".': dir => ({
    args: ['fetch-datasets', '--input', dir.json('list.txt', 'DY some/folder\n')],
  }),
  '…no grid proxy…': dir => ({
    args: ['fetch-datasets', '--input', dir.json('list.txt', 'DY /DY/Run3-v1/NANOAODSIM\n')],
    env: { X509_USER_PROXY: dir.path('none'), PATH: dir.dir },
  }),
  'is no grid proxy (…).': dir => ({ args: ['credentials', '--voms', dir.json('proxy.pem', 'no certificate')] }),
  'no such folder; the certificates of grid servers cannot be checked (X509_CERT_DIR).': dir => ({
    args: ['credentials'],
    env: { X509_CERT_DIR: dir.path('none') },
  }),
  'is no token (…).': () => ({ args: ['credentials'], env: { BEARER_TOKEN: 'two words' } }),
  'the token expired at …': () => ({ args: ['credentials'], env: { BEARER_TOKEN: `e30.${EXPIRED}.c2ln` } }),
  '[Errno 2] No such file or directory: …': job({ files: { 'nowhere.root': 'Events' } }),
  'It is truncated or damaged.': damaged(bytes => bytes.subarray(0, 50_000)),
  'not a ROOT file': damaged(bytes => Buffer.alloc(bytes.length, 'x')),
  'tree "…" not found': job({ files: { [DATA]: 'Evts' } }),
  'branch "…" not found': job({ files: { [DATA]: 'Events', 'fixtures/root/types.root': 'types' } }),
  'file has changed since it was preprocessed': job({
    files: { [DATA]: { object_path: 'Events', steps: [[0, 100]], num_entries: 240, uuid: 'another' } },
  }),
  'entries … asked for, the tree has ….': job({
    files: {
      [DATA]: {
        object_path: 'Events',
        steps: [
          [0, 100],
          [100, 5000],
        ],
      },
    },
  }),
  'dataset "…": no file can be read': dir => ({
    args: ['preprocess', '--skip-bad-files', dir.json('f.json', { Data: { files: { 'nowhere.root': 'Events' } } })],
  }),
  'has no "passing" and "failing" histograms next to each other': dir => ({
    args: ['efficiency', dir.json('hists.json', {})],
  }),
  '"…" has no "failing" beside it': efficiency({ passing: counted([1, 2]) }),
  'has a hist.Hist that was filled with weights without keeping variances.': dir => {
    const { unfit } = JSON.parse(readFileSync('test/formats/data/pickles.gen.json', 'utf8'))
    writeFileSync(dir.path('h.pkl'), Buffer.from(unfit['weights without variances'], 'base64'))
    return { args: ['efficiency', dir.path('h.pkl')] }
  },
  '--interval: is "…", wanted …': efficiency({}, '--interval', 'wald'),
  '--reference-intervals: are Clopper-Pearson intervals, --interval asks for ….': efficiency(
    {},
    ...['--interval', 'wilson', '--reference-intervals'],
  ),
  'no axis "…"; the axes are ….': efficiency({ passing: counted([1]), failing: counted([1]) }, ...['--axes', 'el_pt']),
  'passing and failing probes are binned differently: axis … is … of passing, … of failing ones.': efficiency({
    passing: counted([1, 2]),
    failing: counted([1, 2, 3]),
  }),
  '… have no interval': efficiency({ passing: counted([3, 2]), failing: counted([-4, -1]) }),
  'ignored: … has no option "…".': settings({ tag_pt_cut: 40 }),
  'unknown key, ignored.': job({ fileset: { Data: { files: { [DATA]: 'Events' }, metdata: {} } } }),
  'no entry for "…": trigger objects of any transverse momentum will match.': settings({
    filters: { tight: 'HLT_Ele30_WPTight_Gsf' },
    filterbit: { tight: 1 },
  }),
  'skipped … (…)': dir =>
    run(dir, {
      runner: {
        ...RUNNER,
        methods: [{ ...HISTS, args: { ...HISTS.args, uproot_options: { allow_read_errors_with_report: true } } }],
      },
      files: { [DATA]: 'Events', 'nowhere.root': 'Events' },
    }),
  ...REMOTE,
}

/** `efficiency` of a file with these histograms. */
function efficiency(histograms: object, ...flags: readonly string[]): Provoke {
  return dir => ({ args: ['efficiency', dir.json('hists.json', histograms), ...flags] })
}

/** UHI JSON of a histogram of counts in bins of pt. */
function counted(values: readonly number[]) {
  const edges = Array.from({ length: values.length + 1 }, (_, i) => 10 * (i + 1))
  const axis = { type: 'variable', edges, underflow: true, overflow: true, circular: false, metadata: { name: 'pt' } }
  return { uhi_schema: 1, axes: [axis], storage: { type: 'int', values: [0, ...values, 0] } }
}
