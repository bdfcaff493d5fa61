/** PhotonTagNProbeFromNanoAOD: the probe is a photon of NanoAOD events, the tag a photon that an electron is linked to
 *  (start_from_diphotons) or an electron.
 *
 *    fileset -> chunk -> decode -> [weight] -> [golden] -> hlt -> electron-angles -> angles -> pair -> [id] -> [mask] -> tag
 *      -> probe -> [tag-electron] -> tag-trigger -> [gen] -> pair-kinematics -> mass window -> filters -> one branch a method
 *
 *  A stage in brackets is there only where the options or the dataset ask for it. */
import type { PhotonNanoJob } from '../lib/config/index.js'
import type { Graph, Layout, Pairs, Wire } from '../lib/core/types.js'
import { type DatasetPlan, layoutOf } from '../lib/plan/dataset-plan.js'
import {
  chooseElectronAngles,
  choosePhotonAngles,
  cutProbe,
  cutTag,
  matchGen,
  matchTagElectronTrigger,
  matchTagTrigger,
  pairElectronPhoton,
  pairKinematics,
  pairsWithin,
  requireTagElectron,
  requireTrigger,
} from '../lib/stages/index.js'
import type { EntriesOf } from './context.js'
import { addMethods } from './methods.js'
import {
  certifiedEvents,
  decodedEvents,
  nanoContext,
  photonSpace,
  selectedByUser,
  TAG_MATCH,
  TAG_PATH,
  withCustomColumns,
} from './nano.js'

/** cutBased level that a tag must have: the tight one. */
const TIGHT = { Electron: 4, Photon: 3 } as const

/** genPartFlav of a prompt electron: as an electron, and as a photon. */
const PROMPT_ELECTRON = { Electron: 1, Photon: 11 } as const

export function photonNanoAOD(g: Graph, job: PhotonNanoJob, plan: DatasetPlan, entriesOf: EntriesOf): void {
  const o = job.options
  const layout: Layout = layoutOf(plan.layout)
  const space = withCustomColumns(photonSpace(layout, o, plan.isMC), plan)
  const tags = o.startFromDiphotons ? 'Photon' : 'Electron'

  const certified = certifiedEvents(decodedEvents(g, job, plan, entriesOf), plan)
  const paired = certified
    .to('hlt', requireTrigger(TAG_PATH))
    .to('electron-angles', chooseElectronAngles(o))
    .to('angles', choosePhotonAngles(o))
    .to('pair', o.startFromDiphotons ? pairsWithin('Photon') : pairElectronPhoton())
  const candidates = selectedByUser(paired, o, space, plan)
    .to(
      'tag',
      cutTag(tags, {
        pt: o.tagsPtCut,
        absEta: o.tagsAbsetaCut,
        avoidEcalTransition: o.avoidEcalTransitionTags,
        cutBased: TIGHT[tags],
      }),
    )
    .to(
      'probe',
      cutProbe('Photon', {
        pt: o.probesPtCut,
        absEta: o.probesAbsetaCut,
        avoidEcalTransition: o.avoidEcalTransitionProbes,
        cutBased: null,
      }),
    )
  const tagged = o.startFromDiphotons
    ? electronTags(candidates)
    : candidates.to('tag-trigger', matchTagTrigger(TAG_MATCH))
  const flavours = { tag: PROMPT_ELECTRON[tags], probe: PROMPT_ELECTRON.Photon }
  const matched = plan.isMC ? tagged.to('gen', matchGen(tags, 'Photon', flavours)) : tagged
  const pairs = matched.to('pair-kinematics', pairKinematics({ tags, probes: 'Photon', oppositeCharge: false }))
  addMethods(pairs, nanoContext(job, plan, space))
}

/** Tags that are photons must be electrons as well, and these are what the trigger must have seen. */
function electronTags(candidates: Wire<Pairs>): Wire<Pairs> {
  return candidates.to('tag-electron', requireTagElectron()).to('tag-trigger', matchTagElectronTrigger(TAG_MATCH))
}
