/** What stages say and do: options, chunks of several parts, reports, and messages for what is missing. */
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, match, ok } from 'uvu/assert'
import { loadJob, runJob } from '../../lib/job/index.js'
import { filesBelow, scratch, tnpPipe } from '../support/cli.js'
import { bash } from '../support/shell.js'

const out = scratch()
const ALL_OPTIONS =
  '--config fixtures/config/runner.json --settings fixtures/config/settings.json --binning fixtures/config/binning.json'
const FILESET = 'fixtures/config/fileset.json'
const STAGES = ['chunks', 'decode', 'weight', 'golden', 'pair', 'filter', 'select', 'fill', 'merge', 'sink']

for (const stage of STAGES) {
  test(`tnp-pipe ${stage} --help says what comes in, what goes out, and how to use it`, async () => {
    const { status, stdout } = await tnpPipe([stage, '--help'])
    equal(status, 0)
    match(stdout, /^stdin: {3}\S/m)
    match(stdout, /^stdout: {2}\S/m)
    match(stdout, new RegExp(`tnp-pipe ${stage}`))
    match(stdout, /set -o pipefail/)
    match(stdout, /-h, --help/)
  })
}

async function failing(script: string, status: number, message: RegExp): Promise<void> {
  const outcome = await bash(script)
  equal(outcome.status, status, outcome.stderr)
  match(outcome.stderr, message)
  ok(!/\n {4}at /.test(outcome.stderr), outcome.stderr)
}

const NAMED = `tnp-pipe decode --branches 'Electron_*,TrigObj_*,HLT_Ele30*'`
const DATA = `tnp-pipe chunks ${FILESET} --dataset Data`
const MC = `tnp-pipe chunks ${FILESET} --dataset MC`

test('the same job from flags as from files', async () => {
  const filters = ['cutBased >= 4', 'HLT_Ele30_WPTight_Gsf']
  const config = out.json('flags.json', {
    workflow: 'ElectronTagNProbeFromNanoAOD',
    workflow_args: {
      filters: Object.fromEntries(filters.map(f => [f, f])),
      filterbit: { 'cutBased >= 4': null, HLT_Ele30_WPTight_Gsf: 1 },
      trigger_pt: { 'cutBased >= 4': null, HLT_Ele30_WPTight_Gsf: 30 },
    },
    methods: [
      {
        name: 'get_nd_tnp_histograms',
        args: { filter: filters, vars: ['el_pt', 'el_eta'], mass_range: [60, 120], cut_and_count: false, weight: null },
      },
    ],
  })
  const settings = out.json('flag-settings.json', {
    tags_pt_cut: 32,
    probes_pt_cut: 8,
    use_sc_eta: true,
    avoid_ecal_transition_tags: false,
  })
  await runJob(loadJob({ config, settings, fileset: FILESET, output: out.path('files') }).job, { executor: 'sync' })
  const { status, stderr } = await bash(
    `${DATA} | ${NAMED} | tnp-pipe golden --json fixtures/root/golden.json |
       tnp-pipe pair --tags-pt-cut 32 --probes-pt-cut 8 --use-sc-eta --no-avoid-ecal-transition-tags |
       tnp-pipe filter 'cutBased >= 4' 'HLT_Ele30_WPTight_Gsf:bit=1,pt=30' --mass-range 60,120 |
       tnp-pipe fill --vars el_pt,el_eta --no-cut-and-count --weight none | tnp-pipe merge | tnp-pipe sink ${out.path('flags')}`,
  )
  equal(status, 0, stderr)
  equal(stderr, '')
  const want = filesBelow(out.path('files/Data'))
  const got = filesBelow(out.path('flags/Data'))
  equal([...got.keys()], [...want.keys()])
  equal(got.size, 4)
  for (const [name, bytes] of want) ok(bytes.equals(got.get(name)!), name)
})

test('files cut into chunks of a few events: global indices and Parquet files as of a run with such chunks', async () => {
  const { job } = loadJob({
    config: 'fixtures/config/runner.json',
    settings: 'fixtures/config/settings.json',
    binning: 'fixtures/config/binning.json',
    fileset: FILESET,
    output: out.path('small'),
  })
  await runJob(job, { executor: 'sync', maxChunkEvents: 37 })
  const method = 'get_tnp_arrays_1'
  const { status, stderr } = await bash(
    `tnp-pipe chunks ${FILESET} ${ALL_OPTIONS} --max-events 37 | tnp-pipe decode | tnp-pipe weight | tnp-pipe golden |
       tnp-pipe pair | tnp-pipe filter --method ${method} | tnp-pipe select | tnp-pipe sink ${out.path('small-piped')}`,
  )
  equal(status, 0, stderr)
  const got = filesBelow(out.path('small-piped'))
  equal(got.size, 3)
  for (const [name, bytes] of got) {
    ok(bytes.equals(filesBelow(out.path('small')).get(name)!), name)
    match(bytes.toString('latin1'), /IdxG/)
  }
})

test('histograms of parts of a fileset add up to those of the whole', async () => {
  const fill = `tnp-pipe decode | tnp-pipe weight | tnp-pipe golden | tnp-pipe pair | tnp-pipe filter --method get_nd_tnp_histograms_1 | tnp-pipe fill`
  const file = (i: number) => out.path(`part-${i}.jsonl`)
  const { status, stderr } = await bash(
    `tnp-pipe chunks ${FILESET} ${ALL_OPTIONS} --dataset Data > ${out.path('all.jsonl')}
     head -n 1 ${out.path('all.jsonl')} | ${fill} > ${file(0)} && tail -n +2 ${out.path('all.jsonl')} | ${fill} > ${file(1)}
     cat ${out.path('all.jsonl')} | ${fill} | tnp-pipe merge > ${file(2)} &&
     cat ${file(0)} ${file(1)} | tnp-pipe merge > ${file(3)}`,
  )
  equal(status, 0, stderr)
  ok(readFileSync(file(2), 'utf8').length > 1000)
  equal(readFileSync(file(3), 'utf8'), readFileSync(file(2), 'utf8'))
  ok(readFileSync(file(0), 'utf8') !== readFileSync(file(2), 'utf8'))
  await failing(
    `cat ${file(0)} ${file(1)} | tnp-pipe sink ${out.path('twice')}`,
    2,
    /the same histograms come twice.*merge/,
  )
  equal(filesBelow(out.path('twice')).size, 0)
  await failing(`cat ${file(0)} ${file(1)} | head -n 2 | tnp-pipe merge`, 1, /merge: error: stdin ends early/)
})

test('a partition that cannot be read is reported and left out where the runner allows it, as in a run', async () => {
  const fileset = out.json('broken.json', {
    Data: {
      files: ['fixtures/root/nano-data.root:Events', '/nowhere.root:Events', 'fixtures/root/nano-data-2.root:Events'],
      metadata: { isMC: false },
    },
  })
  const runner = JSON.parse(readFileSync('fixtures/config/runner.json', 'utf8'))
  const method = { name: 'get_tnp_arrays', args: { vars: ['el_pt'], flat: true } }
  const allowed = { ...method, args: { ...method.args, uproot_options: { allow_read_errors_with_report: true } } }
  const lenient = out.json('lenient.json', { ...runner, methods: [allowed] })
  const strict = out.json('strict.json', { ...runner, methods: [method] })
  const pipe = (config: string, folder: string) =>
    `tnp-pipe chunks ${fileset} --config ${config} | tnp-pipe decode --report ${out.path(`${folder}.jsonl`)} | tnp-pipe pair |
       tnp-pipe filter | tnp-pipe select | tnp-pipe sink ${out.path(folder)} && tnp-pipe sink ${out.path(folder)} < ${out.path(`${folder}.jsonl`)}`
  await failing(pipe(strict, 'strict'), 1, /decode: error: .*nowhere\.root/)
  const { status, stderr } = await bash(pipe(lenient, 'lenient'))
  equal(status, 0, stderr)
  const { job } = loadJob({ config: lenient, fileset, output: out.path('lenient-run') })
  await runJob(job, { executor: 'sync' })
  const [got, want] = [filesBelow(out.path('lenient')), filesBelow(out.path('lenient-run'))]
  equal([...got.keys()], [...want.keys()])
  equal([...got.keys()].length, 4)
  const exceptions = (text: Buffer) => JSON.parse(text.toString()).map((e: { exception: unknown }) => e.exception)
  for (const [name, bytes] of want) {
    if (name.endsWith('.parquet')) ok(bytes.equals(got.get(name)!), name)
    else equal(exceptions(got.get(name)!), exceptions(bytes))
  }
})

test('a partition of several chunks cannot be left out half-way: it is left out from the start', async () => {
  const fileset = out.json('half.json', {
    Data: {
      files: {
        'fixtures/root/nano-data.root': {
          object_path: 'Events',
          steps: [
            [0, 100],
            [100, 200],
          ],
        },
      },
      metadata: { isMC: false },
    },
  })
  const chunks = `tnp-pipe chunks ${fileset} --max-events 30`
  const branches = `--branches 'Electron_pt' --allow-read-errors`
  const report = out.path('half.jsonl')
  // As if the file had become shorter since.
  const damaged = `${chunks} | sed 's/"start":160,"stop":190/"start":160,"stop":99999/'`
  await failing(
    `${damaged} | tnp-pipe decode ${branches} --report ${report} | wc -c`,
    1,
    /Partition 1 can only be left out from the start.*chunks --without FILE/,
  )
  const { stdout, stderr } = await bash(
    `${chunks} --without ${report} | sed 's/{"chunk":{[^}]*"partition":\\([0-9]*\\).*/\\1/' | uniq -c`,
  )
  equal(stdout.trim().replaceAll(/ +/g, ' '), '4 0', stderr)
})

test('simulation needs the sum of genWeight before its events come', async () => {
  await failing(
    `${MC} | tnp-pipe decode --branches '*' | tnp-pipe weight | wc -c`,
    2,
    /weight: error: .*chunks --sum-gen-weight/,
  )
  const { status, stderr } = await bash(
    `${MC} --sum-gen-weight | tnp-pipe decode --branches '*' | tnp-pipe weight | wc -c`,
  )
  equal(status, 0, stderr)
})

test('messages say what is missing, and which stage brings it', async () => {
  for (const [script, status, message] of [
    [
      `${MC} --sum-gen-weight | ${NAMED} | tnp-pipe weight`,
      2,
      /"weight" needs the column "genWeight", which is not in the stream\. Read it: decode --branches 'genWeight,\.\.\.'/,
    ],
    [`${DATA} | tnp-pipe decode`, 2, /decode: error: decode: say what to read: --branches, or --config/],
    [
      `${DATA} | tnp-pipe decode --branches Elektron_pt`,
      2,
      /--branches: no branch "Elektron_pt"\. Nearest: "Electron_pt"/,
    ],
    [
      `${DATA} | ${NAMED} | tnp-pipe filter 'pt > 5'`,
      2,
      /filter: error: filter: takes pairs, got events \(of decode\)\. Put `pair` before it/,
    ],
    [`${DATA} | ${NAMED} | tnp-pipe pair | tnp-pipe pair`, 2, /takes events, got pairs \(of decode \| pair\)/],
    [`${DATA} | ${NAMED} | tnp-pipe pair | tnp-pipe filter`, 2, /no method says which mass window\. Give --mass-range/],
    [
      `${DATA} | ${NAMED} | tnp-pipe pair | tnp-pipe fill --vars el_pt`,
      2,
      /have passed no mass window and no filter \(pair\)\. Put `filter` before it/,
    ],
    [`${DATA} | ${NAMED} | tnp-pipe pair | tnp-pipe filter 'ptt > 5'`, 2, /ptt/],
    [`${DATA} | ${NAMED} | tnp-pipe pair | tnp-pipe filter 'HLT_X:bit=q'`, 2, /HLT_X:bit=q: cannot be understood/],
    [
      `${DATA} | ${NAMED} | tnp-pipe pair | tnp-pipe filter 'pt > 5' | tnp-pipe select --vars el_pt,Jet_pt`,
      2,
      /needs the column "Jet_pt", which is not in the stream\. Read it/,
    ],
    [
      `${DATA} | ${NAMED} | tnp-pipe pair | tnp-pipe filter 'pt > 5' | tnp-pipe select --vars el_ptt`,
      2,
      /no variable "el_ptt" in these files\. Nearest: "el_pt"/,
    ],
    [
      `${DATA} | ${NAMED} | tnp-pipe pair | tnp-pipe filter 'pt > 5' | tnp-pipe fill --vars el_pt --no-cut-and-count`,
      2,
      /have passed the window .* wants 50 < mass < 130\. Give `filter` the same --method/,
    ],
    [`${DATA} | ${NAMED} | tnp-pipe sink ${out.path('no')}`, 2, /sink: error: sink: takes table, got events/],
    [`echo '{"a": 1}' | tnp-pipe decode --branches '*'`, 2, /wanted the lines of `tnp-pipe chunks`/],
    [`echo '{"a": 1}' | tnp-pipe merge`, 1, /wanted the lines of `fill`/],
    [`echo hello | tnp-pipe pair`, 1, /wanted an Arrow IPC stream/],
    [`tnp-pipe pair < /dev/null`, 1, /pair: error: stdin is empty/],
    [`tnp-pipe chunks ${FILESET} --dataset Dta`, 2, /--dataset: no dataset "Dta" in the fileset\. All: Data, MC/],
    [
      `${DATA} | ${NAMED} | tnp-pipe pair | tnp-pipe filter 'pt > 5' --mass-range 60,120 | tnp-pipe fill --vars el_pt --config /nowhere.json`,
      2,
      /fill: error: \/nowhere\.json: no such file/,
    ],
    [
      `${DATA} | tnp-pipe decode --branches '*' --extra-filter x.js::keep`,
      2,
      /a filter of events needs a job: give --config/,
    ],
    [
      `${DATA} | ${NAMED} | tnp-pipe pair | tnp-pipe filter 'pt > 5' --mass-range 60,120 | tnp-pipe select --vars el_pt --flat | tnp-pipe fill --vars el_pt`,
      2,
      /fill: error: fill: takes pairs, got table/,
    ],
    [`tnp-pipe chunks /nowhere.json`, 2, /nowhere\.json: cannot be read/],
    [
      `tnp-pipe chunks ${FILESET} ${ALL_OPTIONS} | tnp-pipe decode | tnp-pipe weight | tnp-pipe pair | tnp-pipe filter`,
      2,
      /different mass windows: choose one of get_tnp_arrays_1/,
    ],
    [
      `tnp-pipe chunks ${FILESET} ${ALL_OPTIONS} | tnp-pipe decode | tnp-pipe weight | tnp-pipe pair | tnp-pipe filter --method get_x_1`,
      2,
      /--method: no method "get_x_1"\. All: get_tnp_arrays_1/,
    ],
  ] as const) {
    await failing(`${script} | tail -c 0`, status, message)
  }
})

test('a later stage with other options is refused: its outputs would be of neither job', async () => {
  const pairs = `${DATA} | ${NAMED} | tnp-pipe pair --use-sc-eta`
  const settings = out.json('other.json', { use_sc_eta: false, tags_pt_cut: 40 })
  await failing(
    `${pairs} | tnp-pipe filter 'pt > 5' --settings ${settings} | tail -c 0`,
    2,
    /filter: error: filter: the pairs were made with other options: tagsPtCut 35, here 40; useScEta true, here false\./,
  )
  await failing(
    `${pairs} | tnp-pipe filter 'pt > 5' --workflow PhotonTagNProbeFromNanoAOD | tail -c 0`,
    2,
    /workflow ElectronTagNProbeFromNanoAOD, here PhotonTagNProbeFromNanoAOD/,
  )
})

test('problems of all datasets are told at once, before the first line', async () => {
  const runner = JSON.parse(readFileSync('fixtures/config/runner.json', 'utf8'))
  const config = out.json('unknown.json', {
    ...runner,
    methods: [{ name: 'get_tnp_arrays', args: { vars: ['el_nonsense'], flat: true } }],
  })
  const { status, stdout, stderr } = await bash(`tnp-pipe chunks ${FILESET} --config ${config}`)
  equal([status, stdout], [2, ''])
  match(stderr, /dataset "Data"[\s\S]*dataset "MC"/)
})

test('a full disk is an error of the output', async () => {
  if (!existsSync('/dev/full')) return
  await failing(`${DATA} > /dev/full`, 1, /chunks: error: stdout: cannot be written \(.*ENOSPC/)
  await failing(`${DATA} | ${NAMED} --report /dev/full | tail -c 0`, 1, /decode: error: \/dev\/full: cannot be written/)
})

test('chunks takes its fileset from a pipe, steps and all', async () => {
  const { status, stdout, stderr } = await bash(
    `cat ${FILESET} | tnp-pipe preprocess --step-size 100 2> /dev/null | gzip | tnp-pipe chunks --dataset Data | tnp-pipe decode --branches 'Electron_pt' | wc -c
     cat ${FILESET} | tnp-pipe preprocess --step-size 100 2> /dev/null | tnp-pipe chunks - --dataset Data --limit 1 | wc -l`,
  )
  equal(status, 0, stderr)
  equal(stderr, '')
  match(stdout, /^\d{4,}\n2\n$/)
})

test('run takes its fileset from a pipe', async () => {
  const script = (option: string) =>
    `cat ${FILESET} | tnp-pipe run ${ALL_OPTIONS} ${option} --no-summary --output ${out.path('run')}`
  for (const option of ['', '--fileset -']) {
    const { status, stderr } = await bash(script(option))
    equal(status, 0, stderr)
  }
  await failing(`echo '{"A"' | tnp-pipe run ${ALL_OPTIONS}`, 2, /stdin: invalid JSON/)
})

test.after(() => out.remove())
test.run()
