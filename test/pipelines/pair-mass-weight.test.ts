/** Histograms of NanoAOD filled with the mass of the pair, as the reference fills them. */
import { test } from 'uvu'
import { equal, match, ok } from 'uvu/assert'
import { readHistograms } from '../../lib/formats/read-hists.js'
import type { Hist } from '../../lib/hist/index.js'
import { loadJob, runJob } from '../../lib/job/index.js'
import { filesBelow, scratch } from '../support/cli.js'
import { close } from '../support/columns.js'
import { parquetRows } from '../support/nano-file.js'
import { bash } from '../support/shell.js'

const WORKFLOWS = [
  ['ElectronTagNProbeFromNanoAOD', 'el_pt', {}],
  ['PhotonTagNProbeFromNanoAOD', 'ph_pt', { start_from_diphotons: true }],
  ['PhotonTagNProbeFromNanoAOD', 'ph_pt', { start_from_diphotons: false }],
] as const

const runnerOf = (workflow: string, pt: string, options: object, more: object = {}) => ({
  workflow,
  workflow_args: { filters: { loose: 'cutBased >= 2' }, tags_pt_cut: 20, probes_pt_cut: 10, ...options },
  methods: [
    { name: 'get_tnp_arrays', args: { vars: [pt], flat: true } },
    { name: 'get_nd_tnp_histograms', args: { filter: 'loose', vars: [pt], weight: 'pair_mass', ...more } },
    { name: 'get_1d_pt_eta_phi_tnp_histograms', args: { filter: 'loose', weight: 'pair_mass', ...more } },
  ],
})

/** What the reference fills in all cells of the passing probes' histogram. */
const REFERENCE: Readonly<Record<string, { value: number; variance: number }>> = {
  'ElectronTagNProbeFromNanoAOD nano-data': { value: 9982.27961730957, variance: 909345.8042150729 },
}

const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((total, x) => total + x, 0)

for (const [workflow, pt, options] of WORKFLOWS) {
  for (const file of ['nano-data', 'nano-mc']) {
    test(`${workflow} ${JSON.stringify(options)}, ${file}: sums of masses and of their squares`, async () => {
      const dir = scratch()
      try {
        const { job } = loadJob({
          config: runnerOf(workflow, pt, options) as never,
          fileset: { D: { files: { [`fixtures/root/${file}.root`]: 'Events' }, metadata: {} } },
          output: dir.path('out'),
        })
        const { datasets } = await runJob(job, { executor: 'sync' })
        const rows = await parquetRows(dir.path('out/D/get_tnp_arrays_1/NTuples-part0.parquet'))
        ok(rows.length > 10)
        const names = [...filesBelow(dir.path('out/D')).keys()]
        const pickle = names.find(name => name.startsWith('get_nd') && name.endsWith('.pkl'))!
        const tree = await readHistograms(dir.path(`out/D/${pickle}`))
        for (const [side, decision] of [
          ['passing', true],
          ['failing', false],
        ] as const) {
          const masses = rows.filter(row => row.loose === decision).map(row => row.pair_mass as number)
          const { value, variance } = tree[side] as Hist
          close(sum(value), sum(masses), 1e-9 * sum(masses))
          close(sum(variance), sum(masses.map(m => m * m)), 1e-9 * sum(masses.map(m => m * m)))
        }
        equal(datasets[0]!.windows[0]!.weight, 'pair_mass')
        const reference = REFERENCE[`${workflow} ${file}`]
        if (reference === undefined) return
        const { value, variance } = tree.passing as Hist
        close(sum(value), reference.value, 1e-6 * reference.value)
        close(sum(variance), reference.variance, 1e-6 * reference.variance)
      } finally {
        dir.remove()
      }
    })
  }
}

test('in a pipe, and together with an axis of the mass', async () => {
  const dir = scratch()
  try {
    const config = dir.json('runner.json', runnerOf(...WORKFLOWS[0], { cut_and_count: false }))
    const fileset = { D: { files: { 'fixtures/root/nano-data.root': 'Events' }, metadata: { isMC: false } } }
    const { job } = loadJob({ config, fileset, output: dir.path('run') })
    await runJob(job, { executor: 'sync' })
    const script = `set -o pipefail; tnp-pipe chunks ${dir.json('fileset.json', fileset)} --config ${config} | tnp-pipe decode | tnp-pipe pair | tnp-pipe filter --method get_nd_tnp_histograms_1 | tnp-pipe fill | tnp-pipe sink ${dir.path('pipe')} && diff -r ${dir.path('pipe/D/get_nd_tnp_histograms_1')} ${dir.path('run/D/get_nd_tnp_histograms_1')}`
    const { status, stdout, stderr } = await bash(script)
    equal([status, stdout], [0, ''], stderr)
  } finally {
    dir.remove()
  }
})

test('other names stay unknown', async () => {
  const { job } = loadJob({
    config: runnerOf(...WORKFLOWS[0], { weight: 'pair_pt' }) as never,
    fileset: { D: { files: { 'fixtures/root/nano-data.root': 'Events' } } },
    output: 'out/never',
  })
  try {
    await runJob(job, { executor: 'sync' })
  } catch (error) {
    return match((error as Error).message, /get_nd_tnp_histograms_1 \/ weight.*no variable "pair_pt"/)
  }
  throw new Error('it ran')
})

test.run()
