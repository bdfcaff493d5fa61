import { test } from 'uvu'
import { equal } from 'uvu/assert'
import { type ElectronNanoJob, loadConfiguration } from '../../lib/config/index.js'
import { electronDocuments, load, problemsOf, refuses, smallest, warns } from './samples.js'

const HLT = 'HLT_Ele30_WPTight_Gsf'

test('filters keep their order and know how they are evaluated', () => {
  const { job } = load(d => {
    const args = d.config.workflow_args
    args.filters.pair = '(zcands.probe.pt > 20) & (zcands.tag.pt > 40)'
    for (const table of ['filterbit', 'trigger_pt']) args[table].pair = null
    args.is_photon_filter = { [HLT]: true, medium: null, pair: false }
  })
  const common = { filterbit: null, triggerPt: 0, isPhotonFilter: false, isElectronFilter: false }
  equal((job as ElectronNanoJob).options.filters, [
    {
      name: HLT,
      expression: HLT,
      kind: 'hlt',
      text: HLT,
      ...common,
      filterbit: 1,
      triggerPt: 30,
      isPhotonFilter: true,
    },
    {
      name: 'medium',
      expression: 'cutBased >= 3',
      kind: 'expression',
      text: 'zcands.probe.cutBased >= 3',
      ...common,
    },
    {
      name: 'pair',
      expression: '(zcands.probe.pt > 20) & (zcands.tag.pt > 40)',
      kind: 'expression',
      text: '(zcands.probe.pt > 20) & (zcands.tag.pt > 40)',
      ...common,
    },
  ])
})

test('without any table only filters that are no trigger are accepted', () => {
  const { job } = load(d => {
    d.config.workflow_args = { filters: { medium: 'cutBased >= 3' } }
    d.config.methods[3].args.filter = 'medium'
  })
  equal((job as ElectronNanoJob).options.filters.length, 1)
})

test('an HLT_ filter needs a bit', () => {
  const wanted = [
    `runner /workflow_args/filterbit: no entry for "${HLT}". An HLT_ filter needs a bit (0-63) here and a GeV threshold in trigger_pt.`,
  ]
  refuses(d => delete d.config.workflow_args.filterbit, wanted)
  refuses(d => delete d.config.workflow_args.filterbit[HLT], wanted)
  refuses(
    d => (d.config.workflow_args.filterbit[HLT] = null),
    [
      `runner /workflow_args/filterbit: no number for "${HLT}". An HLT_ filter needs a bit (0-63) here and a GeV threshold in trigger_pt.`,
    ],
  )
})

test('what makes a trigger filter is its expression, not its name', () => {
  refuses(
    d => {
      d.config.workflow_args.filters = { Ele30: HLT, HLT_like: 'cutBased >= 3' }
      d.config.workflow_args.filterbit = { Ele30: null, HLT_like: null }
      d.config.workflow_args.trigger_pt = { Ele30: 30, HLT_like: null }
      d.config.methods.splice(1)
    },
    [/^runner \/workflow_args\/filterbit: no number for "Ele30"\./],
  )
})

test('bits are whole numbers from 0 to 63', () => {
  for (const [bit, message] of [
    [64, 'must be at most 63, got 64.'],
    [-1, 'must be at least 0, got -1.'],
    [1.5, 'must be a whole number or null, got 1.5.'],
    ['1', 'must be a whole number or null, got "1".'],
  ]) {
    refuses(d => (d.config.workflow_args.filterbit[HLT] = bit), [`runner /workflow_args/filterbit/${HLT}: ${message}`])
  }
})

test('without a trigger_pt table the thresholds are 0, with a warning', () => {
  warns(
    d => delete d.config.workflow_args.trigger_pt,
    [
      `runner /workflow_args/trigger_pt: no entry for "${HLT}": trigger objects of any transverse momentum will match. An HLT_ filter needs a GeV threshold here and a bit (0-63) in filterbit.`,
    ],
  )
})

test('tables have the filters for keys: no fewer, no others', () => {
  refuses(
    d => delete d.config.workflow_args.trigger_pt.medium,
    [
      'runner /workflow_args/trigger_pt: no entry for "medium". The table needs an entry for each filter; null for those that are no trigger.',
    ],
  )
  refuses(
    d => (d.config.workflow_args.trigger_pt.medum = 3),
    ['runner /workflow_args/trigger_pt/medum: "medum" is none of the filters. Nearest: "medium". Remove the entry.'],
  )
  refuses(
    d => (d.config.workflow_args.is_photon_filter = { medium: true }),
    [`runner /workflow_args/is_photon_filter: no entry for "${HLT}". The table needs an entry for each filter.`],
  )
})

test('tables may come from the settings file and filters from the runner', () => {
  refuses(
    d => {
      d.settings = { filterbit: { [HLT]: 1 } }
    },
    [
      'settings /filterbit: no entry for "medium". The table needs an entry for each filter; null for those that are no trigger.',
    ],
  )
})

test('filters are an object of texts', () => {
  refuses(
    d => (d.config.workflow_args.filters = ['a']),
    ['runner /workflow_args/filters: must be an object or null, got ["a"].'],
  )
  refuses(
    d => (d.config.workflow_args.filters.medium = 2),
    ['runner /workflow_args/filters/medium: must be a text, got 2.'],
  )
  refuses(
    d => (d.config.workflow_args.filters.medium = ''),
    ['runner /workflow_args/filters/medium: the expression is empty.'],
  )
  refuses(
    d => delete d.config.workflow_args.filters,
    ['runner /workflow_args/filters: no "filters". Give an object, name -> expression; null for none.'],
  )
})

test('filters may come from the settings file alone', () => {
  const documents = electronDocuments()
  documents.settings = documents.config.workflow_args
  documents.config.workflow_args = {}
  equal((loadConfiguration(documents).job as ElectronNanoJob).options.filters.length, 2)
})

test('photon workflows have is_electron_filter', () => {
  const documents = smallest('PhotonTagNProbeFromNanoAOD')
  documents.config.workflow_args.is_electron_filter = { tight: true }
  const { job } = loadConfiguration(documents)
  equal('filters' in job.options ? job.options.filters[0]!.isElectronFilter : null, true)
})

test('ntuple workflows have no trigger tables', () => {
  const documents = smallest('ElectronTagNProbeFromMiniNTuples')
  documents.config.workflow_args.filterbit = {}
  equal(
    problemsOf(documents).map(text => text.slice(0, 76)),
    ['runner /workflow_args/filterbit: unknown option "filterbit". It is an option'],
  )
})

test.run()
