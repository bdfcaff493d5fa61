/** A whole job, the first time in the process and again. */
import { loadJob, runJob } from '../../lib/index.js'
import { middle, type Times } from './times.js'

interface Input {
  readonly config: string
  readonly settings: string
  readonly fileset: string
  readonly output: string
  readonly repeats: number
  /** 1: the calling thread itself. */
  readonly workers?: number
}

export async function run({ repeats, workers = 1, ...documents }: Input): Promise<Times> {
  const { job } = loadJob(documents)
  const times: number[] = []
  for (let k = 0; k <= repeats; k++) {
    const start = performance.now()
    await runJob(job, workers === 1 ? { executor: 'sync' } : { executor: 'threads', workers })
    times.push(performance.now() - start)
  }
  return { first: times[0]!, again: middle(times.slice(1)) }
}
