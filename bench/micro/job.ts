/** A whole job on the calling thread, the first time in the process and again. */
import { loadJob, runJob } from '../../lib/index.js'
import { middle, type Times } from './times.js'

interface Input {
  readonly config: string
  readonly settings: string
  readonly fileset: string
  readonly output: string
  readonly repeats: number
}

export async function run({ repeats, ...documents }: Input): Promise<Times> {
  const { job } = loadJob(documents)
  const times: number[] = []
  for (let k = 0; k <= repeats; k++) {
    const start = performance.now()
    await runJob(job, { executor: 'sync' })
    times.push(performance.now() - start)
  }
  return { first: times[0]!, again: middle(times.slice(1)) }
}
