import { test } from 'uvu'
import { equal, match } from 'uvu/assert'
import { tnpPipe } from '../support/cli.js'

test('trigger prints a runner', async () => {
  const cuts = ['--tags-pt-cut', '35', '--probes-pt-cut', 'auto', '--keep-ecal-transition-tags']
  const { status, stdout } = await tnpPipe(['trigger', 'Ele32_WPTight_Gsf', '--mode', 'from_mini_ntuples', ...cuts])
  equal(status, 0)
  equal(JSON.parse(stdout), {
    workflow: 'ElectronTagNProbeFromMiniNTuples',
    workflow_args: {
      filters: { passHltEle32WPTightGsf: 'passHltEle32WPTightGsf' },
      cutbased_id: 'passingCutBasedTight122XV1',
      tags_pt_cut: 35,
      probes_pt_cut: null,
      avoid_ecal_transition_tags: false,
    },
    methods: [
      { name: 'get_1d_pt_eta_phi_tnp_histograms', args: { filter: 'passHltEle32WPTightGsf', cut_and_count: true } },
    ],
  })
})

test('mistakes are told on stderr, with exit status 2', async () => {
  for (const [args, problem] of [
    [['Ele30'], /^error: trigger: "Ele30" is none of the triggers\./],
    [['Ele30_WPTight_Gsf', '--tags-pt-cut', 'high'], /^error: --tags-pt-cut: must be a number of GeV, got "high"\./],
  ] as const) {
    const { status, stdout, stderr } = await tnpPipe(['trigger', ...args])
    equal([status, stdout], [2, ''])
    match(stderr, problem)
  }
})

test.run()
