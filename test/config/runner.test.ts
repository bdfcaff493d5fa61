import { test } from 'uvu'
import { equal, is } from 'uvu/assert'
import { loadConfiguration, TAG_AND_PROBE_METHODS, WORKFLOWS, type WorkflowName } from '../../lib/config/index.js'
import { load, problemsOf, refuses, smallest, warns } from './samples.js'

const WORKFLOW_NAMES = Object.keys(WORKFLOWS) as WorkflowName[]

for (const workflow of WORKFLOW_NAMES) {
  test(`the smallest job of ${workflow} is accepted, without warnings, and is plain JSON`, () => {
    const { job, warnings } = loadConfiguration(smallest(workflow))
    equal(warnings, [])
    is(job.workflow, workflow)
    is(job.methods.length, 1)
    equal(JSON.parse(JSON.stringify(job)), job)
  })
}

test('there are seven workflows', () => {
  is(WORKFLOW_NAMES.length, 7)
})

test('an unknown workflow is named with the nearest and with all', () => {
  refuses(
    d => (d.config.workflow = 'ElectronTagNProbeFromMiniNTuple'),
    [
      `runner /workflow: unknown workflow "ElectronTagNProbeFromMiniNTuple". Nearest: "ElectronTagNProbeFromMiniNTuples", "ElectronTagNProbeFromNanoNTuples", "PhotonTagNProbeFromMiniNTuples". All: ${WORKFLOW_NAMES.join(', ')}.`,
    ],
  )
})

test('an unknown method is named with the nearest and with all', () => {
  refuses(
    d => (d.config.methods[1] = { name: 'get_nd_histograms', args: {} }),
    [
      `runner /methods/1/name: unknown method "get_nd_histograms". Nearest: "get_nd_tnp_histograms". All: ${TAG_AND_PROBE_METHODS.join(', ')}, get_ntuples.`,
    ],
  )
})

test('a method of another workflow is refused', () => {
  refuses(
    d => d.config.methods.push({ name: 'get_ntuples', args: {} }),
    [
      `runner /methods/4/name: ElectronTagNProbeFromNanoAOD has no method "get_ntuples". All: ${TAG_AND_PROBE_METHODS.join(', ')}.`,
    ],
  )
  const sas = smallest('ScaleAndSmearingNTuplesFromNanoAOD')
  sas.config.methods.push({ name: 'get_tnp_arrays', args: {} })
  equal(problemsOf(sas), [
    'runner /methods/1/name: ScaleAndSmearingNTuplesFromNanoAOD has no method "get_tnp_arrays". All: get_ntuples.',
  ])
})

test('each missing key is one problem, and a misspelt one is pointed at', () => {
  equal(problemsOf({ config: {}, fileset: smallest('ElectronTagNProbeFromNanoAOD').fileset }), [
    'runner: no "workflow".',
    'runner: no "workflow_args".',
    'runner: no "methods".',
  ])
  refuses(
    d => {
      d.config.method = d.config.methods
      delete d.config.methods
    },
    ['runner: no "methods". Found: "method".'],
  )
  refuses(d => delete d.config.methods[1].args.filter, ['runner /methods/1/args: no "filter".'])
  refuses(d => (d.config.methods[1] = { args: {} }), ['runner /methods/1: no "name".'])
  refuses(d => (d.config.methods[1] = { name: 'get_tnp_arrays' }), ['runner /methods/1: no "args".'])
})

test('values of the wrong type are refused with what was got and wanted', () => {
  refuses(d => (d.config.workflow = 3), ['runner /workflow: must be a text, got 3.'])
  refuses(d => (d.config.workflow_args = []), ['runner /workflow_args: must be an object, got [].'])
  refuses(d => (d.config.methods = {}), ['runner /methods: must be a list, got {}.'])
  refuses(d => (d.config.methods[0] = null), ['runner /methods/0: must be an object, got null.'])
})

test('an unknown option is named with the nearest; its missing twin is not reported too', () => {
  refuses(
    d => (d.config.workflow_args.tag_pt_cut = 40),
    [
      /^runner \/workflow_args\/tag_pt_cut: unknown option "tag_pt_cut"\. Nearest: "tags_pt_cut"\. All: filters, tags_pt_cut, /,
    ],
  )
  refuses(
    d => {
      d.config.methods[1].args.filters = d.config.methods[1].args.filter
      delete d.config.methods[1].args.filter
    },
    [
      'runner /methods/1/args/filters: unknown argument "filters". Nearest: "filter". All: filter, cut_and_count, mass_range, vars, flat, uproot_options.',
    ],
  )
})

test('an option of another workflow is refused with its owner', () => {
  refuses(
    d => (d.config.workflow_args.start_from_diphotons = true),
    [/start_from_diphotons: unknown option "start_from_diphotons"\. It is an option of PhotonTagNProbeFromNanoAOD\./],
  )
  refuses(
    d => (d.config.workflow_args.is_electron_filter = {}),
    [
      /unknown option "is_electron_filter"\. It is an option of PhotonTagNProbeFromNanoAOD\. Nearest: "is_photon_filter"/,
    ],
  )
})

for (const name of ['compute', 'scheduler', 'progress']) {
  test(`the argument ${name} is refused`, () => {
    refuses(
      d => (d.config.methods[0].args[name] = true),
      [
        `runner /methods/0/args/${name}: "${name}" may not be set here: how a run is executed is chosen with --executor. Remove it.`,
      ],
    )
  })
}

test('keys that the reference ignores are warnings', () => {
  warns(
    d => {
      d.config.comment = 'tight working point'
      d.config.$schema = './runner.schema.json'
      d.config.methods[0].arg = {}
      d.config.workflow_args.fileset = {}
    },
    [
      'runner /comment: unknown key, ignored.',
      'runner /workflow_args/fileset: ignored: the fileset is given on its own (--fileset).',
      'runner /methods/0/arg: unknown key, ignored. Nearest: "args".',
    ],
  )
})

test('an empty list of methods is a warning', () => {
  warns(d => (d.config.methods = []), ['runner /methods: the list is empty: there is nothing to do.'])
})

test('problems of all documents come in one error', () => {
  refuses(
    d => {
      d.config.workflow_args.tags_pt_cut = '35'
      d.settings = { use_sc_eta: 'yes' }
      d.binning = { el_pt_bins: [1, 1] }
      d.fileset.Data.files['b.txt'] = 'Events'
    },
    [
      'runner /workflow_args/tags_pt_cut: must be a number, got "35".',
      'settings /use_sc_eta: must be true, false or null, got "yes".',
      'binning /el_pt_bins: edges must increase: edge 1 is 1 after 1.',
      'fileset /Data/files/b.txt: "b.txt" is not a ROOT file by its name: wanted a name with ".root".',
      '--limit: must be a whole number other than 0, got 0.',
      '--repartition-n-to-one: must be a whole number from 1, got -1.',
    ].sort((a, b) => order(a) - order(b)),
    { limit: 0, repartition: -1 },
  )
})

/** Documents are checked in this order; arguments where they are used. */
function order(problem: string): number {
  return ['runner', 'settings', 'binning', '--limit', 'fileset', '--repartition'].findIndex(p => problem.startsWith(p))
}

test('outputs go to the working directory unless told otherwise; 0 partitions in one file means one each', () => {
  const { job } = load(() => {}, { repartition: 0 })
  equal([job.output, job.repartition, job.skipReport], ['.', null, false])
  const other = load(() => {}, { output: 'out', repartition: 5, skipReport: true }).job
  equal([other.output, other.repartition, other.skipReport], ['out', 5, true])
})

test.run()
