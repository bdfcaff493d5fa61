/** Stages after `pair` must go on with the job that the pairs were made with. */
import type { Job } from '../config/index.js'
import { UsageError } from '../core/errors.js'
import type { Paired, StreamFacts } from './facts.js'

/** Of later stages, of `decode`, or (probesPtCut) with a default that depends on what `pair` need not know. */
const NOT_OF_PAIRS = ['filters', 'requireEventToPassHltFilter', 'extraFilter', 'probesPtCut']

export function pairedWith({ workflow, options }: Job): Paired {
  const kept = Object.entries(options).filter(([key]) => !NOT_OF_PAIRS.includes(key))
  return { workflow, options: Object.fromEntries(kept) }
}

/** Throws UsageError where the stage's job would have made other pairs. */
export function checkPaired(stage: string, job: Job, { paired }: StreamFacts): void {
  if (paired === null) return
  const own = pairedWith(job)
  const keys = [...new Set([...Object.keys(paired.options), ...Object.keys(own.options)])]
  const differences = keys
    .filter(key => JSON.stringify(paired.options[key]) !== JSON.stringify(own.options[key]))
    .map(key => `${key} ${JSON.stringify(paired.options[key])}, here ${JSON.stringify(own.options[key])}`)
  if (paired.workflow !== own.workflow) differences.unshift(`workflow ${paired.workflow}, here ${own.workflow}`)
  if (differences.length === 0) return
  const message = `the pairs were made with other options: ${differences.join('; ')}. Give all stages the same documents and options.`
  throw new UsageError([{ place: stage, message }])
}
