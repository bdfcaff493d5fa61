/** ElectronTagNProbeFromNanoAOD: tag and probe are electrons of NanoAOD events.
 *
 *    fileset -> chunk -> decode -> [weight] -> [golden] -> hlt -> angles -> pair -> [id] -> [mask] -> tag -> probe
 *      -> tag-trigger -> [gen] -> pair-kinematics -> mass window -> filters -> one branch a method
 *
 *  A stage in brackets is there only where the options or the dataset ask for it. */
import type { ElectronNanoJob } from '../lib/config/index.js'
import type { Graph, Layout, Pairs, Wire } from '../lib/core/types.js'
import { type DatasetPlan, layoutOf } from '../lib/plan/dataset-plan.js'
import {
  chooseElectronAngles,
  cutProbe,
  cutTag,
  matchGen,
  matchTagTrigger,
  pairKinematics,
  pairsWithin,
  requireTrigger,
} from '../lib/stages/index.js'
import type { EntriesOf, MethodContext } from './context.js'
import { addMethods } from './methods.js'
import {
  certifiedEvents,
  decodedEvents,
  electronSpace,
  type NanoJob,
  nanoContext,
  selectedByUser,
  TAG_MATCH,
  TAG_PATH,
  withCustomColumns,
} from './nano.js'

export function electronNanoAOD(g: Graph, job: ElectronNanoJob, plan: DatasetPlan, entriesOf: EntriesOf): void {
  const { pairs, context } = electronPairs(g, job, plan, entriesOf)
  addMethods(pairs, context)
}

/** All but the methods: the pairs before the mass window, and what `addMethods` needs to know of them. */
export function electronPairs(
  g: Graph,
  job: NanoJob,
  plan: DatasetPlan,
  entriesOf: EntriesOf,
): { readonly pairs: Wire<Pairs>; readonly context: MethodContext } {
  const o = job.options
  const layout: Layout = layoutOf(plan.layout)
  const space = withCustomColumns(electronSpace(layout, o, plan.isMC), plan)

  const certified = certifiedEvents(decodedEvents(g, job, plan, entriesOf), plan)
  const paired = certified
    .to('hlt', requireTrigger(TAG_PATH))
    .to('angles', chooseElectronAngles(o))
    .to('pair', pairsWithin('Electron'))
  const tagged = selectedByUser(paired, o, space, plan)
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
  return { pairs, context: nanoContext(job, plan, space) }
}
