/** Stages of cut flows, in words. */

const STAGES: Readonly<Record<string, string>> = {
  decode: 'events read',
  golden: 'certified sections',
  hlt: 'trigger of the event',
  pair: 'pairs made',
  id: 'identification of the tag',
  mask: 'mask',
  tag: 'cuts on the tag',
  probe: 'cuts on the probe',
  'tag-trigger': 'tag has fired',
  'pair-kinematics': 'kinematics of the pair',
  gen: 'generator matching',
  weight: 'weights',
}

/** "mass[50 < mass < 130]" is the window. */
export function stageName(stage: string): string {
  return STAGES[stage] ?? stage.replace(/^mass\[(.*)\]$/, '$1')
}

/** Stages that leave nothing out. */
export function isSilent(stage: string): boolean {
  return /^(late|filters\[|angles$|weight$)/.test(stage)
}

/** Where events become pairs. */
export function makesPairs(stage: string): boolean {
  return stage === 'pair'
}
