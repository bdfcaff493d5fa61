import { test } from 'uvu'
import { equal, is } from 'uvu/assert'
import {
  type ArraysMethod,
  type Hist1dMethod,
  type HistNdMethod,
  loadConfiguration,
  type NtuplesMethod,
} from '../../lib/config/index.js'
import { load, problemsOf, refuses, smallest, warns } from './samples.js'

type Args = Record<string, unknown>
const method = (at: number, args: Args) => load(d => Object.assign(d.config.methods[at].args, args)).job.methods[at]!
const arrays = (args: Args) => method(0, args) as ArraysMethod
const hist1d = (args: Args) => method(2, args) as Hist1dMethod
const histNd = (args: Args) => method(3, args) as HistNdMethod
const refusesArgs = (at: number, args: Args, wanted: readonly (string | RegExp)[]) =>
  refuses(d => Object.assign(d.config.methods[at].args, args), wanted)

test('methods have the defaults of the reference', () => {
  const { job } = load()
  const uproot = { allow: false, timeoutMs: null }
  const common = { massRange: { kind: 'window', halfWidth: 30 }, uproot, cutAndCount: true }
  const vars = ['el_pt', 'el_eta', 'el_phi']
  const weight = { weight: 'weight', weightNamed: false }
  equal(job.methods, [
    { name: 'get_tnp_arrays', id: 'get_tnp_arrays_1', ...common, vars, flat: false },
    {
      name: 'get_passing_and_failing_probes',
      id: 'get_passing_and_failing_probes_1',
      ...common,
      filters: ['medium'],
      vars,
      flat: false,
    },
    {
      name: 'get_1d_pt_eta_phi_tnp_histograms',
      id: 'get_1d_pt_eta_phi_tnp_histograms_1',
      ...common,
      filters: ['medium'],
      vars,
      ...weight,
      plateauCut: 0,
      regions: {
        pt: [
          { name: 'barrel', lo: 0, hi: 1.4442 },
          { name: 'endcap', lo: 1.566, hi: 2.5 },
        ],
        eta: [{ name: 'entire', lo: 0, hi: 3.32 }],
        phi: [{ name: 'entire', lo: 0, hi: 2.5 }],
      },
    },
    {
      name: 'get_nd_tnp_histograms',
      id: 'get_nd_tnp_histograms_1',
      ...common,
      filters: ['HLT_Ele30_WPTight_Gsf', 'medium'],
      vars,
      ...weight,
    },
  ])
})

test('null arguments are defaults', () => {
  const nulls = { mass_range: null, vars: null, uproot_options: null }
  equal(arrays({ ...nulls, flat: null }), arrays({}))
  const regions = { eta_regions_pt: null, phi_regions_eta: null, eta_regions_phi: null, plateau_cut: null }
  equal(hist1d({ ...nulls, ...regions }), hist1d({}))
})

test('methods count from 1, each name by itself', () => {
  const { job } = load(d => d.config.methods.push({ name: 'get_tnp_arrays', args: {} }))
  equal(
    job.methods.map(m => m.id),
    [
      'get_tnp_arrays_1',
      'get_passing_and_failing_probes_1',
      'get_1d_pt_eta_phi_tnp_histograms_1',
      'get_nd_tnp_histograms_1',
      'get_tnp_arrays_2',
    ],
  )
})

test('the mass range is a window, a range, or follows cut_and_count', () => {
  equal(arrays({ mass_range: 20 }).massRange, { kind: 'window', halfWidth: 20 })
  equal(arrays({ mass_range: [70, 110] }).massRange, { kind: 'range', lo: 70, hi: 110 })
  equal(arrays({ cut_and_count: false }).massRange, { kind: 'range', lo: 50, hi: 130 })
})

test('a mass range that holds nothing is refused', () => {
  refusesArgs(0, { mass_range: [130, 50] }, [
    'runner /methods/0/args/mass_range: must be [lo, hi] with lo < hi, got [130,50]: nothing is inside.',
  ])
  refusesArgs(0, { mass_range: -5 }, [
    'runner /methods/0/args/mass_range: a half-width about the Z mass must be more than 0, got -5.',
  ])
  refusesArgs(0, { mass_range: [1, 2, 3] }, [
    'runner /methods/0/args/mass_range: must have 2 elements, got 3: [1,2,3].',
  ])
  refusesArgs(0, { mass_range: [1, 'x'] }, ['runner /methods/0/args/mass_range/1: must be a number, got "x".'])
  refusesArgs(0, { mass_range: '30' }, [
    'runner /methods/0/args/mass_range: must be a number, a list or null, got "30".',
  ])
})

test('vars of arrays are names, each once, or "all"', () => {
  is(arrays({ vars: 'all' }).vars, 'all')
  equal(arrays({ vars: ['el_pt', 'Jet_pt', 'el_pt'] }).vars, ['el_pt', 'Jet_pt'])
  equal(arrays({ vars: [] }).vars, [])
  refusesArgs(0, { vars: 'el_pt' }, ['runner /methods/0/args/vars: must be "all" or a list, got "el_pt".'])
  refusesArgs(0, { vars: ['el_pt', 3, ''] }, [
    'runner /methods/0/args/vars/1: must be a text, got 3.',
    'runner /methods/0/args/vars/2: the name is empty.',
  ])
})

test('internal columns are not written, with a warning', () => {
  equal(arrays({ vars: ['el_pt', 'el_eta_to_use'] }).vars, ['el_pt'])
  warns(
    d => (d.config.methods[0].args.vars = ['el_eta_to_use']),
    ['runner /methods/0/args/vars/0: columns with "to_use" in their name are not written.'],
  )
})

test('vars of histograms are a list, different, and three for the 1d method', () => {
  refusesArgs(3, { vars: 'all' }, ['runner /methods/3/args/vars: must be a list or null, got "all".'])
  refusesArgs(3, { vars: ['el_pt', 'el_pt', 'el_phi_to_use'] }, [
    'runner /methods/3/args/vars/1: "el_pt" is there twice: axes need different variables.',
    'runner /methods/3/args/vars/2: "el_phi_to_use" is an internal column: choose another variable.',
  ])
  refusesArgs(2, { vars: ['el_pt', 'el_eta'] }, [
    'runner /methods/2/args/vars: must have 3 variables (pt, eta, phi), got 2: ["el_pt","el_eta"].',
  ])
})

test('a histogram needs an axis: a variable or the mass', () => {
  refusesArgs(3, { vars: [] }, ['runner /methods/3/args/vars: must have a variable, got 0: [].'])
  equal(histNd({ vars: [], cut_and_count: false }).vars, [])
})

test('each variable of a histogram needs edges', () => {
  refusesArgs(3, { vars: ['el_r9', 'el_eta'] }, [
    'runner /methods/3/args/vars/0: no bin edges for "el_r9": "el_r9_bins" is neither in the binning file nor built in. Nearest: "el_pt_bins", "el_eta_bins", "el_phi_bins". Add "el_r9_bins" to the binning file.',
  ])
})

test('filters are one name or many, and repeated ones count once', () => {
  equal(histNd({ filter: 'medium' }).filters, ['medium'])
  warns(
    d => (d.config.methods[3].args.filter = ['medium', 'medium']),
    ['runner /methods/3/args/filter/1: "medium" is there twice; once is enough.'],
  )
})

test('unknown filters are named with the nearest, or the name whose expression they are', () => {
  refusesArgs(3, { filter: ['mediun', 'cutBased >= 3'] }, [
    'runner /methods/3/args/filter/0: unknown filter "mediun". Nearest: "medium". All: "HLT_Ele30_WPTight_Gsf", "medium".',
    'runner /methods/3/args/filter/1: unknown filter "cutBased >= 3". It is the expression of "medium". All: "HLT_Ele30_WPTight_Gsf", "medium".',
  ])
  refusesArgs(3, { filter: [] }, ['runner /methods/3/args/filter: must have 1 or more elements, got 0.'])
  refusesArgs(3, { filter: 3 }, ['runner /methods/3/args/filter: must be a text or a list, got 3.'])
})

test('methods with a filter need filters', () => {
  refuses(
    d => {
      d.config.workflow_args = { filters: null }
      d.config.methods.splice(2)
    },
    ['runner /methods/1/args/filter: there are no filters to choose from. Define them in "filters".'],
  )
})

test('filters whose files would have the same name are refused in one method', () => {
  refuses(
    d => {
      d.config.workflow_args = { filters: { 'pt > 5': 'pt > 5', pt_gt_5: 'pt >= 5' } }
      d.config.methods = [{ name: 'get_nd_tnp_histograms', args: { filter: ['pt > 5', 'pt_gt_5'] } }]
    },
    [
      'runner /methods/0/args/filter/1: filters "pt > 5" and "pt_gt_5" would write to the same files ("pt_gt_5"). Rename one.',
    ],
  )
})

test('the weight is a column, named or by default, or none', () => {
  const weight = (args: Args) => [histNd(args).weight, histNd(args).weightNamed]
  equal(weight({}), ['weight', false])
  equal(weight({ weight: 'weight' }), ['weight', false])
  equal(weight({ weight: 'weight_total' }), ['weight_total', true])
  equal(weight({ weight: null }), [null, false])
  refusesArgs(3, { weight: '' }, [
    'runner /methods/3/args/weight: the name of the weight column is empty. Use null for no weights.',
  ])
})

test('regions keep their order', () => {
  const { regions } = hist1d({ eta_regions_pt: { outer: [1.5, 2.5], inner: [0, 1] }, phi_regions_eta: {} })
  equal(regions.pt, [
    { name: 'outer', lo: 1.5, hi: 2.5 },
    { name: 'inner', lo: 0, hi: 1 },
  ])
  equal(regions.eta, [])
})

test('regions are ranges', () => {
  refusesArgs(2, { eta_regions_pt: { a: [2, 1], b: [1], c: ['x', 2] } }, [
    'runner /methods/2/args/eta_regions_pt/b: must have 2 elements, got 1: [1].',
    'runner /methods/2/args/eta_regions_pt/c/0: must be a number, got "x".',
    'runner /methods/2/args/eta_regions_pt/a: must be [lo, hi] with lo < hi, got [2,1]: nothing is inside.',
  ])
})

test('read options: which errors are reported, and the timeout in milliseconds', () => {
  const read = (uproot_options: unknown) => arrays({ uproot_options }).uproot
  equal(read({ allow_read_errors_with_report: true, timeout: 120 }), { allow: true, timeoutMs: 120_000 })
  equal(read({ allow_read_errors_with_report: ['OSError', 'KeyError'] }).allow, ['OSError', 'KeyError'])
  equal(read({ allow_read_errors_with_report: [] }).allow, false)
  equal(read({ allow_read_errors_with_report: null, timeout: null }), { allow: false, timeoutMs: null })
  equal(read({}), { allow: false, timeoutMs: null })
})

test('read options: unknown exceptions are refused, unknown options warned of', () => {
  const useful = 'Useful ones: OSError, ValueError, KeyError, NotImplementedError, Exception.'
  refusesArgs(0, { uproot_options: { allow_read_errors_with_report: ['OSErorr', 'KeyInFileError'] } }, [
    `runner /methods/0/args/uproot_options/allow_read_errors_with_report/0: "OSErorr" is no built-in exception of Python. Nearest: "OSError". ${useful}`,
    `runner /methods/0/args/uproot_options/allow_read_errors_with_report/1: "KeyInFileError" is no built-in exception of Python. KeyInFileError is covered by "KeyError". ${useful}`,
  ])
  refusesArgs(0, { uproot_options: { allow_read_errors_with_report: 'OSError', timeout: 0 } }, [
    'runner /methods/0/args/uproot_options/allow_read_errors_with_report: must be true, false, a list or null, got "OSError".',
    'runner /methods/0/args/uproot_options/timeout: must be more than 0, got 0.',
  ])
  warns(
    d => (d.config.methods[0].args.uproot_options = { num_workers: 2 }),
    ['runner /methods/0/args/uproot_options/num_workers: ignored.'],
  )
})

test('booleans and numbers are not taken for each other', () => {
  refusesArgs(0, { cut_and_count: 1, flat: 'true' }, [
    'runner /methods/0/args/cut_and_count: must be true or false, got 1.',
    'runner /methods/0/args/flat: must be true, false or null, got "true".',
  ])
  refusesArgs(2, { plateau_cut: '35' }, ['runner /methods/2/args/plateau_cut: must be a number or null, got "35".'])
})

const SAS = 'ScaleAndSmearingNTuplesFromNanoAOD'
const ntuples = (args: Args) => {
  const documents = smallest(SAS)
  documents.config.methods[0].args = args
  const { job, warnings } = loadConfiguration(documents)
  return { method: job.methods[0] as NtuplesMethod, warnings: warnings.map(w => `${w.place}: ${w.message}`) }
}

test('get_ntuples takes everything of electrons and photons by default', () => {
  equal(ntuples({ vars: null, mass_range: null }).method, {
    name: 'get_ntuples',
    id: 'get_ntuples_1',
    massRange: { kind: 'range', lo: 50, hi: 130 },
    uproot: { allow: false, timeoutMs: null },
    flat: false,
    dropEmpty: false,
    nullGenPt: false,
    electron: 'all',
    photon: 'all',
    collections: [],
  })
  equal(ntuples({ drop_empty: true }).method.dropEmpty, true)
  equal(ntuples({ null_gen_pt: true }).method.nullGenPt, true)
  equal(ntuples({ mass_range: 20 }).method.massRange, { kind: 'window', halfWidth: 20 })
})

test('get_ntuples takes the collections that are named, in order', () => {
  const { method, warnings } = ntuples({
    vars: { Rho: 'all', Electron: ['pt'], Photon: ['s4'], PV: ['z'], Muon: ['pt'] },
  })
  equal([method.electron, method.photon], [['pt'], ['s4']])
  equal(method.collections, [
    { name: 'Rho', vars: 'all' },
    { name: 'PV', vars: ['z'] },
  ])
  equal(warnings, ['runner /methods/0/args/vars/Muon: ignored: muons are not written.'])
})

test('get_ntuples without photons warns; without electrons it takes all of them', () => {
  const { method, warnings } = ntuples({ vars: { photon: ['pt'] } })
  equal([method.electron, method.photon, method.collections.length], ['all', [], 1])
  equal(warnings, ['runner /methods/0/args/vars: no "Photon": no photon variables are written. Found: "photon".'])
})

test('get_ntuples has no cut_and_count, and "all" is the only text for a collection', () => {
  const documents = smallest(SAS)
  documents.config.methods[0].args = { cut_and_count: true, vars: { Electron: 'pt', Photon: [] } }
  equal(problemsOf(documents), [
    'runner /methods/0/args/cut_and_count: unknown argument "cut_and_count". All: vars, mass_range, flat, drop_empty, null_gen_pt, uproot_options.',
    'runner /methods/0/args/vars/Electron: must be "all" or a list, got "pt".',
  ])
})

test('photon workflows have photon variables by default', () => {
  for (const [workflow, pt] of [
    ['PhotonTagNProbeFromNanoAOD', 'ph_pt'],
    ['PhotonTagNProbeFromMiniNTuples', 'ph_et'],
    ['PhotonTagNProbeFromNanoNTuples', 'ph_pt'],
  ] as const) {
    equal((loadConfiguration(smallest(workflow)).job.methods[0] as HistNdMethod).vars, [pt, 'ph_eta', 'ph_phi'])
  }
})

test.run()
