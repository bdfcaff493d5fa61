/** Many kills, one after the other. */
import { rmSync } from 'node:fs'
import type { Scratch } from './cli.js'
import { type CrashJob, jobDocuments, prepareJob } from './crash-jobs.js'
import { type CrashPipe, killPipe, preparePipe } from './crash-pipes.js'
import { type PlannedPipe, type PlannedTrial, planTrial, type Random } from './crash-plan.js'
import { killTrial } from './crash-trials.js'

export interface Campaign {
  readonly jobs: readonly CrashJob[]
  readonly pipes: readonly CrashPipe[]
}

/** A job in a folder of its own, one in that of another job, and both ROOT formats. */
export async function prepareCampaign(out: Scratch): Promise<Campaign> {
  const jobs = [
    await prepareJob(out, 'fresh', { steps: 20 }),
    await prepareJob(out, 'again', { steps: 100, hasOlder: true }),
    await prepareJob(out, 'rntuple', { steps: 50, extra: ['--ntuple-format', 'rntuple'] }),
    await prepareJob(out, 'ttree', { steps: 50, extra: ['--ntuple-format', 'ttree'] }),
  ]
  const documents = jobDocuments(out, 20, 'pipes-fileset.json')
  return { jobs, pipes: [await preparePipe(out, 'fill', documents), await preparePipe(out, 'select', documents)] }
}

export interface Progress {
  /** That found something running. */
  readonly kills: number
  readonly trials: number
  /** Ended where they were to be killed. */
  readonly missed: number
  readonly faults: readonly string[]
}

/** Ends after `kills` kills, or where `isOver`; the first fault ends it. */
export async function runCampaign(
  out: Scratch,
  { jobs, pipes }: Campaign,
  random: Random,
  kills: number,
  { isOver = () => false, onTrial = () => {} }: { isOver?: () => boolean; onTrial?: (progress: Progress) => void } = {},
): Promise<Progress> {
  let progress: Progress = { kills: 0, trials: 0, missed: 0, faults: [] }
  while (progress.kills < kills && progress.faults.length === 0 && !isOver()) {
    const planned = planTrial(random, jobs.length, pipes.length, kills - progress.kills)
    const { faults, hits, wanted } =
      'pipe' in planned ? await pipeTrial(out, pipes, planned) : await jobTrial(out, jobs, planned)
    progress = {
      kills: progress.kills + hits,
      trials: progress.trials + 1,
      missed: progress.missed + wanted - hits,
      faults,
    }
    onTrial(progress)
  }
  return progress
}

async function pipeTrial(out: Scratch, pipes: readonly CrashPipe[], { pipe, stage, delay }: PlannedPipe) {
  const one = pipes[pipe]!
  const kill = { stage: Math.floor(stage * one.stages.length), delay: delay * one.duration }
  return { ...(await killPipe(out, one, kill)), wanted: 1 }
}

async function jobTrial(out: Scratch, jobs: readonly CrashJob[], { job, kills, last }: PlannedTrial) {
  const one = jobs[job]!
  const timed = kills.map(kill => ({ ...kill, delay: kill.delay * one.duration }))
  const result = await killTrial(out, one, timed, last)
  // Left for whoever looks at a fault.
  if (result.faults.length === 0) rmSync(out.path(`trial-${one.name}`), { recursive: true, force: true })
  return { ...result, wanted: kills.length }
}
