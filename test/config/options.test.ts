import { test } from 'uvu'
import { equal, is } from 'uvu/assert'
import { thresholdOf } from '../../lib/config/filters.js'
import {
  type ElectronNanoJob,
  loadConfiguration,
  type PhotonNanoJob,
  type ScaleAndSmearingJob,
} from '../../lib/config/index.js'
import { electronDocuments, load, problemsOf, refuses, smallest, warns } from './samples.js'

const options = (change?: Parameters<typeof load>[0], more?: Parameters<typeof load>[1]) =>
  (load(change, more).job as ElectronNanoJob).options

test('options have the class defaults', () => {
  const { filters: _, ...rest } = options()
  equal(rest, {
    tagsPtCut: 35,
    probesPtCut: 5,
    tagsAbsetaCut: 2.5,
    probesAbsetaCut: 2.5,
    cutbasedId: null,
    extraZcandsMask: null,
    extraFilter: null,
    useScEta: false,
    useScPhi: false,
    avoidEcalTransitionTags: true,
    avoidEcalTransitionProbes: false,
    requireEventToPassHltFilter: true,
  })
  is((loadConfiguration(smallest('PhotonTagNProbeFromNanoAOD')).job as PhotonNanoJob).options.startFromDiphotons, true)
})

test('scale and smearing has its own defaults', () => {
  const { job } = loadConfiguration(smallest('ScaleAndSmearingNTuplesFromNanoAOD'))
  equal((job as ScaleAndSmearingJob).options, {
    leadPtCut: 20,
    subleadPtCut: 10,
    etaCut: 2.5,
    triggerPaths: null,
    extraFilter: null,
    avoidEcalTransition: false,
  })
})

test('workflow_args win over defaults, also without a settings file', () => {
  equal([options(d => (d.config.workflow_args.tags_pt_cut = 60)).tagsPtCut], [60])
})

test('the settings file wins over workflow_args, and overrides over both', () => {
  const change = (d: ReturnType<typeof electronDocuments>) => {
    d.config.workflow_args.tags_pt_cut = 60
    d.config.workflow_args.probes_pt_cut = 20
    d.settings = { tags_pt_cut: 50 }
  }
  is(options(change).tagsPtCut, 50)
  is(options(change).probesPtCut, 20)
  is(options(change, { overrides: { tags_pt_cut: 45 } }).tagsPtCut, 45)
})

test('null in the settings file hides workflow_args and stands for the default', () => {
  const result = options(d => {
    d.config.workflow_args.cutbased_id = 'cutBased >= 2'
    d.config.workflow_args.probes_pt_cut = 20
    d.settings = { cutbased_id: null, probes_pt_cut: null, use_sc_eta: null, extra_filter_args: null }
  })
  equal([result.cutbasedId, result.probesPtCut, result.useScEta], [null, 5, false])
})

test('null is refused where it is no value in the reference either', () => {
  refuses(
    d => (d.settings = { tags_pt_cut: null, avoid_ecal_transition_tags: null }),
    [
      'settings /tags_pt_cut: must be a number, got null.',
      'settings /avoid_ecal_transition_tags: must be true or false, got null.',
    ],
  )
})

test('settings that the workflow does not have are warnings with the nearest name', () => {
  warns(
    d => (d.settings = { tag_pt_cut: 40, start_from_diphotons: true, limit: 3, $schema: 'x' }),
    [
      /^settings \/tag_pt_cut: ignored: ElectronTagNProbeFromNanoAOD has no option "tag_pt_cut"\. Nearest: "tags_pt_cut"\. All: filters, /,
      'settings /start_from_diphotons: ignored: ElectronTagNProbeFromNanoAOD has no option "start_from_diphotons".',
      /^settings \/limit: ignored: /,
    ],
  )
})

test('probes_pt_cut defaults to the threshold of the only filter - 3, or to 5', () => {
  const withFilters = (filters: Record<string, string> | null) =>
    options(d => {
      d.config.workflow_args = { filters, ...(filters === null ? {} : { filterbit: fill(filters, 1) }) }
      d.config.methods.splice(1)
    }).probesPtCut
  const fill = (filters: Record<string, string>, bit: number) =>
    Object.fromEntries(Object.keys(filters).map(name => [name, bit]))
  is(withFilters({ a: 'HLT_Ele32_WPTight_Gsf' }), 29)
  is(withFilters({ a: 'cutBased >= 2' }), -3)
  is(withFilters({ a: 'HLT_Ele32_WPTight_Gsf', b: 'HLT_Ele30_WPTight_Gsf' }), 5)
  is(withFilters({}), 5)
  is(withFilters(null), 5)
})

test('a given probes_pt_cut counts without filters too', () => {
  const result = options(d => {
    d.config.workflow_args = { filters: null, probes_pt_cut: 12 }
    d.config.methods.splice(1)
  })
  equal([result.probesPtCut, result.filters], [12, []])
})

for (const [expression, threshold] of [
  ['HLT_Ele32_WPTight_Gsf', 32],
  ['HLT_Ele23_Ele12_CaloIdL_TrackIdL_IsoVL_Leg1', 23],
  ['HLT_Ele23_Ele12_CaloIdL_TrackIdL_IsoVL_Leg2', 12],
  ['passHltEle23Ele12CaloIdLTrackIdLIsoVLLeg1L1match', 23],
  ['HLT_DoubleEle33_CaloIdL_MW', 33],
  ['cutBased >= 2', 0],
] as const) {
  test(`the threshold of ${expression} is ${threshold} GeV`, () => {
    is(thresholdOf(expression), threshold)
  })
}

test('cutbased_id becomes a whole expression for NanoAOD and stays a column for ntuples', () => {
  is(options(d => (d.settings = { cutbased_id: 'cutBased >= 2' })).cutbasedId, 'zcands.probe.cutBased >= 2')
  const ntuples = smallest('ElectronTagNProbeFromNanoNTuples')
  const id = (text: string | null) => {
    const { job } = loadConfiguration({ ...ntuples, settings: { cutbased_id: text } })
    return 'cutbasedId' in job.options ? job.options.cutbasedId : undefined
  }
  equal([id('cutBased >= 4'), id(''), id(null)], ['cutBased >= 4', null, null])
})

test('empty expressions are refused', () => {
  refuses(
    d => (d.settings = { cutbased_id: '', extra_zcands_mask: ' ' }),
    [
      'settings /cutbased_id: the expression is empty. Use null for no requirement.',
      'settings /extra_zcands_mask: the expression is empty. Use null for no requirement.',
    ],
  )
})

test('extra_filter is a path and a name, from either document', () => {
  const filter = { extra_filter: 'cuts/mine.mjs::select', extra_filter_args: { pt: 20 } }
  const wanted = { path: 'cuts/mine.mjs', name: 'select', args: { pt: 20 } }
  equal(options(d => (d.settings = filter)).extraFilter, wanted)
  equal(options(d => Object.assign(d.config.workflow_args, filter)).extraFilter, wanted)
  for (const text of ['cuts/mine.mjs', 'cuts/mine.mjs::', '::select']) {
    refuses(
      d => (d.settings = { extra_filter: text }),
      [`settings /extra_filter: must be "path/to/file::function", got "${text}".`],
    )
  }
})

test('trigger paths lose HLT_ and stars, one or many', () => {
  const paths = (given: unknown) => {
    const documents = smallest('ScaleAndSmearingNTuplesFromNanoAOD')
    documents.config.workflow_args.trigger_paths = given
    return (loadConfiguration(documents).job as ScaleAndSmearingJob).options.triggerPaths
  }
  equal(paths('HLT_Ele23_Ele12*'), ['Ele23_Ele12'])
  equal(paths(['Ele30*', 'HLT_Photon200']), ['Ele30', 'Photon200'])
})

test('an empty list of trigger paths is a warning: no event passes', () => {
  const documents = smallest('ScaleAndSmearingNTuplesFromNanoAOD')
  documents.config.workflow_args.trigger_paths = []
  is(loadConfiguration(documents).warnings.length, 1)
})

test('expressions are checked by the checker that is passed in, with a caret in the text as written', () => {
  const seen: [string, string][] = []
  const documents = electronDocuments()
  documents.settings = { cutbased_id: 'cutBased >= tight', extra_zcands_mask: 'zcands.tag.pt >' }
  const problems: { place: string; message: string; detail?: string }[] = []
  try {
    loadConfiguration({
      ...documents,
      checkExpression: (text, scope) => {
        seen.push([text, scope])
        if (text.endsWith('tight'))
          return { message: 'expected a number', caret: text.indexOf('tight'), advice: 'Write 4.' }
        return text.endsWith('>') ? { message: 'unfinished', caret: text.length } : null
      },
    })
  } catch (error) {
    problems.push(...(error as { problems: typeof problems }).problems)
  }
  equal(seen, [
    ['zcands.probe.cutBased >= 3', 'zcands'],
    ['zcands.probe.cutBased >= tight', 'zcands'],
    ['zcands.tag.pt >', 'zcands'],
  ])
  equal(problems, [
    {
      place: 'settings /cutbased_id',
      message: 'expected a number at column 13. Write 4.',
      detail: `    cutBased >= tight\n    ${' '.repeat(12)}^`,
    },
    {
      place: 'settings /extra_zcands_mask',
      message: 'unfinished at column 16.',
      detail: `    zcands.tag.pt >\n    ${' '.repeat(15)}^`,
    },
  ])
})

test('ntuple columns are no expressions, and expressions there are about events', () => {
  const documents = smallest('ElectronTagNProbeFromMiniNTuples')
  documents.config.workflow_args.filters = { id: 'passingTight', pt: 'events.el_pt > 30' }
  documents.config.methods[0].args.filter = ['id', 'pt']
  const seen: string[] = []
  const { job } = loadConfiguration({
    ...documents,
    checkExpression: (text, scope) => {
      seen.push(`${scope}: ${text}`)
      return null
    },
  })
  equal(seen, ['events: events.el_pt > 30'])
  equal('filters' in job.options ? job.options.filters.map(f => [f.kind, f.text]) : [], [
    ['column', 'passingTight'],
    ['expression', 'events.el_pt > 30'],
  ])
  equal(problemsOf({ ...documents, config: { ...documents.config, workflow_args: {} } }), [
    'runner /workflow_args/filters: no "filters". Give an object, name -> expression; null for none.',
  ])
})

test.run()
