/** `tnp-pipe trigger NAME`: the runner that is equivalent to the reference's class of that trigger, as JSON. */
import { type TriggerMode, type TriggerOptions, triggerConfiguration } from '../config/index.js'
import { UsageError } from '../core/errors.js'

export interface TriggerFlags {
  readonly mode: string
  readonly tagsPtCut?: string
  readonly probesPtCut?: string
  readonly useScEta?: boolean
  readonly useScPhi?: boolean
  readonly keepEcalTransitionTags?: boolean
  readonly avoidEcalTransitionProbes?: boolean
}

export function trigger(name: string, flags: TriggerFlags): string {
  const options: TriggerOptions = {
    mode: flags.mode as TriggerMode,
    ...(flags.tagsPtCut === undefined ? {} : { tagsPtCut: numberOf('--tags-pt-cut', flags.tagsPtCut) }),
    ...(flags.probesPtCut === undefined
      ? {}
      : { probesPtCut: flags.probesPtCut === 'auto' ? null : numberOf('--probes-pt-cut', flags.probesPtCut) }),
    ...(flags.useScEta ? { useScEta: true } : {}),
    ...(flags.useScPhi ? { useScPhi: true } : {}),
    ...(flags.keepEcalTransitionTags ? { avoidEcalTransitionTags: false } : {}),
    ...(flags.avoidEcalTransitionProbes ? { avoidEcalTransitionProbes: true } : {}),
  }
  return `${JSON.stringify(triggerConfiguration(name, options), null, 2)}\n`
}

function numberOf(place: string, text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && Number.isFinite(value)) return value
  throw new UsageError([{ place, message: `must be a number of GeV, got ${JSON.stringify(text)}.` }])
}
