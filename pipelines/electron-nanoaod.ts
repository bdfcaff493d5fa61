/** ElectronTagNProbeFromNanoAOD: tag and probe are electrons of NanoAOD events.
 *
 *    fileset -> chunk -> decode -> [weight] -> [golden] -> hlt -> angles -> pair -> [id] -> [mask] -> tag -> probe
 *      -> tag-trigger -> [gen] -> pair-kinematics -> mass window -> filters -> one branch a method
 *
 *  A stage in brackets is there only where the options or the dataset ask for it. */
import type { ElectronNanoJob } from '../lib/config/index.js'
import type { Graph, Layout } from '../lib/core/types.js'
import { type DatasetPlan, layoutOf } from '../lib/job/plan.js'
import { ELECTRON_ID } from '../lib/physics/constants.js'
import {
  chooseElectronAngles,
  collectReads,
  cutPairs,
  cutProbe,
  cutTag,
  decodeBranches,
  goldenJson,
  matchGen,
  matchTagTrigger,
  pairElectrons,
  pairKinematics,
  readFileset,
  requireTrigger,
  splitChunks,
  weightMc,
} from '../lib/stages/index.js'
import { compilePairExpression } from '../lib/stages/pair-scope.js'
import { addMethods, identification } from './methods.js'
import { addReports } from './outputs.js'
import { electronSpace } from './spaces.js'

/** The trigger path that every event must pass, and what its tag must match. Hard-wired in the reference. */
const TAG_PATH = 'Ele30_WPTight_Gsf'
const TAG_MATCH = { id: ELECTRON_ID, pt: 30, bit: 1 }

/** entriesOf: entries of a chunk's file, or null where the file is small enough to be read at once. */
export type EntriesOf = Parameters<typeof splitChunks>[1]

export function electronNanoAOD(g: Graph, job: ElectronNanoJob, plan: DatasetPlan, entriesOf: EntriesOf): void {
  const o = job.options
  const layout: Layout = layoutOf(plan.layout)
  const space = electronSpace(layout, o, plan.isMC)

  const decoded = g
    .from(
      'fileset',
      readFileset(
        plan.dataset.name,
        plan.dataset.files,
        plan.failed.map(f => f.chunk.partition),
      ),
    )
    .to('chunk', splitChunks(plan.maxEvents, entriesOf))
    .to('decode', decodeBranches({ branches: plan.branches, layout, counted: countedCollections(plan) }))
  addReports(decoded.to('reads', collectReads(plan.failed)), job, plan)

  const weighted = plan.isMC
    ? decoded.to('weight', weightMc({ sumGenWeight: plan.sumGenWeight, pileup: plan.pileup }))
    : decoded
  const certified = plan.lumi === null ? weighted : weighted.to('golden', goldenJson(plan.lumi))
  const paired = certified
    .to('hlt', requireTrigger(TAG_PATH))
    .to('angles', chooseElectronAngles(o))
    .to('pair', pairElectrons())
  // Both come before any other cut on pairs: they may count the pairs of an event (ak.num, ak.sum ...).
  const identified = o.cutbasedId === null ? paired : paired.to('id', cutPairs(identification(o.cutbasedId, space)))
  const masked =
    o.extraZcandsMask === null
      ? identified
      : identified.to('mask', cutPairs(compilePairExpression(o.extraZcandsMask, space, 'extra_zcands_mask')))
  const tagged = masked
    .to(
      'tag',
      cutTag('Electron', {
        pt: o.tagsPtCut,
        absEta: o.tagsAbsetaCut,
        avoidEcalTransition: o.avoidEcalTransitionTags,
        cutBased: 4,
      }),
    )
    .to(
      'probe',
      cutProbe('Electron', {
        pt: o.probesPtCut,
        absEta: o.probesAbsetaCut,
        avoidEcalTransition: o.avoidEcalTransitionProbes,
        cutBased: null,
      }),
    )
    .to('tag-trigger', matchTagTrigger(TAG_MATCH))
  const matched = plan.isMC ? tagged.to('gen', matchGen('Electron', 'Electron', { tag: 1, probe: 1 })) : tagged
  const pairs = matched.to(
    'pair-kinematics',
    pairKinematics({ tags: 'Electron', probes: 'Electron', oppositeCharge: true }),
  )
  addMethods(pairs, job, plan, space)
}

/** Collections that a global index counts, where one is read. */
function countedCollections(plan: DatasetPlan): string[] {
  return ['GenPart', 'Jet', 'Photon', 'Electron'].filter(c => plan.branches.includes(`n${c}`))
}
