/** The efficiencies of the summary: counts of data, weights of simulation, and that they agree with the histograms of the run. */
import { readFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, is, match, not, ok } from 'uvu/assert'
import { summaryText } from '../../lib/cli/summary-text.js'
import type { RunnerDocument } from '../../lib/config/index.js'
import { unpickleHists } from '../../lib/formats/index.js'
import { clopperPearson, efficiencyTable, type Hist } from '../../lib/hist/index.js'
import { type JobSummary, loadJob, runJob } from '../../lib/job/index.js'
import { type Scratch, scratch } from '../support/cli.js'
import { close } from '../support/columns.js'
import { writeNanoFile } from '../support/nano-file.js'
import { type ToyEvent, toyColumns } from '../support/toy-events.js'

const HISTS = { name: 'get_nd_tnp_histograms', args: { filter: 'tight', vars: ['el_pt'] } }

async function summaryOf(dir: Scratch, methods: readonly unknown[], files: readonly string[]): Promise<JobSummary> {
  const { job } = loadJob({
    config: {
      workflow: 'ElectronTagNProbeFromNanoAOD',
      workflow_args: { filters: { tight: 'cutBased >= 4' }, probes_pt_cut: 10 },
      methods,
    } as unknown as RunnerDocument,
    fileset: { Toy: { files: Object.fromEntries(files.map(file => [file, 'Events'])) } },
    output: dir.path('out'),
  })
  return await runJob(job, { executor: 'sync' })
}

const MC = ['fixtures/root/nano-mc.root']
const weighted = (weight: string | null, args: object = {}) => ({ ...HISTS, args: { ...HISTS.args, weight, ...args } })

async function inScratch(use: (dir: Scratch) => Promise<void>): Promise<void> {
  const dir = scratch()
  try {
    await use(dir)
  } finally {
    dir.remove()
  }
}

test('efficiencies of simulation are those of the histograms of the same run', () =>
  inScratch(async dir => {
    const [dataset] = (await summaryOf(dir, [HISTS], MC)).datasets
    const [window] = dataset!.windows
    const [filter] = window!.filters
    const path = dir.path('out/Toy/get_nd_tnp_histograms_1/tight_histos.pkl')
    const { passing, failing } = unpickleHists(readFileSync(path), path)
    const [all] = efficiencyTable(passing as Hist, failing as Hist, { axes: [], flow: true }).rows
    is(window!.weight, 'weight')
    close(filter!.efficiency, all!.efficiency, 1e-12)
    close(filter!.efficiency - filter!.low, all!.errorLow, 1e-10)
    close(filter!.high - filter!.efficiency, all!.errorHigh, 1e-10)
    close(filter!.entries, all!.entries, 1e-12)
    equal([filter!.passing + filter!.failing, filter!.problem], [window!.pairs, null])
    // Weights differ and some are negative: the probes say less than as many without weights.
    ok(filter!.entries < window!.pairs / 2)
    not.equal(filter!.efficiency, filter!.passing / window!.pairs)
  }))

test('each window has the weight of its histograms, counts where they have none, and "weight" where it has tables alone', () =>
  inScratch(async dir => {
    const methods = [
      // Of the same window: its histograms decide.
      { name: 'get_tnp_arrays', args: { vars: ['el_pt'] } },
      weighted(null),
      weighted('weight_gen', { mass_range: [70, 110] }),
      { name: 'get_tnp_arrays', args: { vars: ['el_pt'], mass_range: [60, 120] } },
    ]
    const { windows } = (await summaryOf(dir, methods, MC)).datasets[0]!
    const weights = new Map(windows.map(({ window, weight }) => [window, weight]))
    equal([...weights.values()], [null, 'weight_gen', 'weight'])
    const counted = windows.find(({ weight }) => weight === null)!
    const [filter] = counted.filters
    const { passing, efficiency, low, high, entries } = filter!
    equal({ efficiency, low, high }, clopperPearson(passing, counted.pairs))
    is(entries, counted.pairs)
  }))

test('data are counted, though the histograms ask for weights', () =>
  inScratch(async dir => {
    const summary = await summaryOf(dir, [HISTS], ['fixtures/root/nano-data.root'])
    const [window] = summary.datasets[0]!.windows
    is(window!.weight, null)
    const { passing, failing, efficiency } = window!.filters[0]!
    is(efficiency, passing / (passing + failing))
    match(summaryText(summary, 'out'), /tight {2}passing \d+, failing \d+, efficiency 0\.\d{4} \+0\.\d{4} -0\.\d{4}\n/)
  }))

const BACK = 3.140625
/** One probe that passes and, with `cutBased`, one that may fail. */
const event = (genWeight: number, cutBased: number): ToyEvent => ({
  genWeight,
  electrons: [
    { pt: 45, charge: -1, genPartIdx: 2 },
    { pt: 46, phi: BACK, cutBased, genPartIdx: 3 },
  ],
  triggerObjects: [{}],
  particles: [
    { pdgId: 2212, genPartIdxMother: -1 },
    { pdgId: 23, genPartIdxMother: 0 },
    { pdgId: 11, genPartIdxMother: 1 },
    { pdgId: -11, genPartIdxMother: 1 },
  ],
})

test('weights that leave no interval are said, with the ratio that there is', () =>
  inScratch(async dir => {
    // Of 3 + 1: 16 / 10 effective entries.
    const { low, high } = clopperPearson(0.75 * 1.6, 1.6)
    const well = `efficiency by weight 0.7500 +${(high - 0.75).toFixed(4)} -${(0.75 - low).toFixed(4)} (1.6 effective entries)`
    for (const [name, events, want] of [
      [
        'negative',
        [event(1, 4), event(-4, 1), { genWeight: 8 }],
        'efficiency by weight without interval: negative total weight',
      ],
      [
        'more',
        [event(4, 4), event(-1, 1), { genWeight: 8 }],
        'efficiency by weight 1.3333 without interval: passing > total',
      ],
      [
        'cancelled',
        [event(1, 4), event(-1, 1), { genWeight: 8 }],
        'efficiency by weight without interval: total weight is 0',
      ],
      ['well', [event(3, 4), event(1, 1), { genWeight: 8 }], well],
    ] as const) {
      const file = dir.path(`${name}.root`)
      await writeNanoFile(file, events.length, toyColumns(events, true))
      const text = summaryText(await summaryOf(dir, [HISTS], [file]), 'out')
      ok(text.includes(`tight  passing 1, failing 1, ${want}\n`), text)
    }
  }))

test.run()
