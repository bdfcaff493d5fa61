/** The graphs of all seven workflows, drawn without opening data. */
import { test } from 'uvu'
import { equal, match, not, ok } from 'uvu/assert'
import { scratch, tnpPipe } from '../support/cli.js'

const HISTS = { name: 'get_nd_tnp_histograms', args: { filter: 'f' } }
const ARRAYS = {
  name: 'get_tnp_arrays',
  args: { vars: 'all', uproot_options: { allow_read_errors_with_report: true } },
}

const WORKFLOWS: readonly (readonly [string, string, RegExp])[] = [
  ['ElectronTagNProbeFromNanoAOD', 'cutBased >= 4', /pair .*ordered pairs tag, probe of Electron/],
  ['PhotonTagNProbeFromNanoAOD', 'cutBased >= 2', /pair .*Photon/],
  ['ElectronTagNProbeFromMiniNTuples', 'passHltEle32', /rows .*each row is a pair/],
  ['PhotonTagNProbeFromMiniNTuples', 'passHltEle32', /rows .*each row is a pair/],
  ['ElectronTagNProbeFromNanoNTuples', 'cutBased >= 4', /rows .*each row is a pair/],
  ['PhotonTagNProbeFromNanoNTuples', 'cutBased >= 2', /rows .*each row is a pair/],
]

async function explain(runner: unknown, args: readonly string[] = []) {
  const dir = scratch()
  const outcome = await tnpPipe(['explain', '--config', dir.json('runner.json', runner), ...args])
  dir.remove()
  return outcome
}

for (const [workflow, filter, stage] of WORKFLOWS) {
  test(`explain draws ${workflow} as text and as Mermaid`, async () => {
    const runner = { workflow, workflow_args: { filters: { f: filter } }, methods: [ARRAYS, HISTS] }
    const text = await explain(runner)
    equal(text.status, 0, text.stderr)
    // No file says which it is.
    match(text.stdout, new RegExp(`^${workflow} on DATASET \\(drawn as simulation; --open looks into the files\\)`))
    match(text.stdout, stage)
    match(text.stdout, /reads .*pt/)
    match(text.stdout, /writes DATASET\/get_tnp_arrays_1\/NTuples-part0\.parquet/)
    match(text.stdout, /writes DATASET\/get_nd_tnp_histograms_1\/f_histos\.pkl/)
    const mermaid = await explain(runner, ['--mermaid'])
    match(mermaid.stdout, /^%% .*\nflowchart TD\n {2}n0\["fileset/)
    const nodes = mermaid.stdout.split('\n').filter(l => /^ {2}n\d+[[{]/.test(l)).length
    const edges = mermaid.stdout.split('\n').filter(l => l.includes('-->')).length
    equal(edges, nodes - 1, 'a tree')
  })
}

test('explain draws ScaleAndSmearingNTuplesFromNanoAOD', async () => {
  const vars = { Electron: ['pt'], Photon: ['r9'], Jet: ['pt'] }
  const runner = {
    workflow: 'ScaleAndSmearingNTuplesFromNanoAOD',
    workflow_args: {},
    methods: [{ name: 'get_ntuples', args: { vars } }],
  }
  const { status, stdout, stderr } = await explain(runner)
  equal(status, 0, stderr)
  match(stdout, /get_ntuples_1/)
  match(stdout, /Photon_r9/)
  match(stdout, /writes DATASET\/get_ntuples_1\/NTuples-part0\.parquet/)
})

test('explain opens no file of the fileset, and looks columns up when asked to', async () => {
  const dir = scratch()
  const runner = {
    workflow: 'ElectronTagNProbeFromNanoAOD',
    workflow_args: { filters: { f: 'cutBased >= 4' } },
    methods: [HISTS],
  }
  const fileset = (path: string) =>
    dir.json('fileset.json', { MyData: { files: { [path]: 'Events' }, metadata: { isMC: false } } })
  const closed = await explain(runner, ['--fileset', fileset('/nowhere/at.root')])
  equal(closed.status, 0, closed.stderr)
  match(closed.stdout, /on MyData \(data\)/)
  not.match(closed.stdout, /genWeight|GenPart/)
  const missing = await explain(runner, ['--fileset', fileset('/nowhere/at.root'), '--open'])
  equal(missing.status, 1)
  const open = await explain(runner, ['--fileset', fileset('fixtures/root/nano-data.root'), '--open'])
  equal(open.status, 0, open.stderr)
  ok(open.stdout.includes('decode'))
  dir.remove()
})

test('mistakes of the runner are told as a run would tell them', async () => {
  const { status, stderr } = await explain({ workflow: 'Nothing', methods: [] })
  equal(status, 2)
  match(stderr, /runner\.json \/workflow/)
})

test.run()
