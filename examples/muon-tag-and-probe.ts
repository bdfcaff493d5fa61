/** A whole workflow: muon tag-and-probe on NanoAOD, from the stages that the electron workflow is made of. The runner names the
 *  workflow whose options and methods it takes (ElectronTagNProbeFromNanoAOD); variables are mu_... and tag_mu_...
 *
 *      tnp-pipe run --workflow examples/muon-tag-and-probe.ts --config examples/muon-runner.json \
 *          --binning examples/muon-binning.json --fileset fileset.json --output out
 *
 *  TypeScript as it is needs Node 22.18; for older ones compile it first. */
import {
  addMethods,
  certifiedEvents,
  compilePairExpression,
  cutPairs,
  cutProbe,
  cutTag,
  decodedEvents,
  defineWorkflow,
  layoutOf,
  matchGen,
  matchTagTrigger,
  nanoContext,
  ownAngles,
  pairKinematics,
  pairsWithin,
  requireTrigger,
  selectedByUser,
  type VariableSpace,
  WEIGHT_COLUMNS,
  withCustomColumns,
} from 'tnp-pipe'

/** Every event must have fired it, and its tag must have caused it: a muon object above 24 GeV with bit 3 (a single muon). */
const TAG_PATH = 'IsoMu24'
const MUON_ID = 13
const TAG_MATCH = { id: MUON_ID, pt: 24, bit: 3 }

export default defineWorkflow((g, job, plan, entriesOf) => {
  const o = job.options
  const added = new Map(plan.isMC ? WEIGHT_COLUMNS.map(name => [name, 'float64'] as const) : [])
  const muons = { tags: 'Muon', probes: 'Muon', probePrefix: 'mu_', tagPrefix: 'tag_mu_' }
  const space: VariableSpace = withCustomColumns({ layout: layoutOf(plan.layout), ...muons, added }, plan)
  const tight = compilePairExpression('zcands.tag.tightId', space, 'the tag')

  const events = certifiedEvents(decodedEvents(g, job, plan, entriesOf), plan)
  const paired = events
    .to('hlt', requireTrigger(TAG_PATH))
    .to('angles', ownAngles('Muon'))
    .to('pair', pairsWithin('Muon'))
  const tagged = selectedByUser(paired, o, space, plan)
    .to('tag-id', cutPairs(tight))
    .to('tag', cutTag('Muon', { pt: o.tagsPtCut, absEta: o.tagsAbsetaCut, avoidEcalTransition: false, cutBased: null }))
    .to(
      'probe',
      cutProbe('Muon', { pt: o.probesPtCut, absEta: o.probesAbsetaCut, avoidEcalTransition: false, cutBased: null }),
    )
    .to('tag-trigger', matchTagTrigger(TAG_MATCH))
  const matched = plan.isMC ? tagged.to('gen', matchGen('Muon', 'Muon', { tag: 1, probe: 1 })) : tagged
  const pairs = matched.to('pair-kinematics', pairKinematics({ tags: 'Muon', probes: 'Muon', oppositeCharge: true }))
  addMethods(pairs, nanoContext(job, plan, space, { triggerId: MUON_ID }))
})
