/** The driver of a cluster, in a process of its own: gives tasks to a scheduler, merges what comes back, and says what this took.
 *  Times are milliseconds; keys that end in MB are peaks of memory. */
import { clusterExecutor } from '../../lib/cluster/executor.js'
import { clusterOptions } from '../../lib/cluster/options.js'
import { peakMemory } from '../../lib/core/peak-memory.js'
import type { Chunk, Context } from '../../lib/core/types.js'
import { Merger } from '../cluster/partials.js'
import { descendants, useOf, useOfAll } from '../cluster/proc.js'
import type { Work } from '../cluster/worker.js'
import type { Times } from './times.js'

export interface DriverInput {
  readonly python: string
  readonly address: string
  readonly tasks: number
  readonly work: Work
  /** Others whose processor time counts: the scheduler, and the workers with what they start. */
  readonly scheduler: number
  readonly workers: readonly number[]
}

const quiet = { debug() {}, info() {}, warn() {} }
const voices = { log: quiet, onWarning: () => {}, onNotice: () => {} }

export async function run({ python, address, tasks, work, scheduler, workers }: DriverInput): Promise<Times> {
  const options = clusterOptions(address, { python })
  const worker = new URL('../cluster/worker.js', import.meta.url).pathname
  const cluster = await clusterExecutor(options, voices, null, { worker, mostChunks: 1 })
  const ctx: Context = { signal: new AbortController().signal, log: quiet }
  const execute = async (n: number, what: Work): Promise<number> => {
    const merger = new Merger()
    // The cut of a graph is the worker's affair.
    const spec = { key: JSON.stringify(what), module: '', build: '', args: what }
    for await (const result of cluster.run({ cut: null as never, spec }, chunks(n), ctx)) merger.add(result)
    return merger.sum
  }
  try {
    // Node workers start, and make their partials.
    await execute(4 * workers.length, { ...work, seconds: 0.2, firstSeconds: 0.2 })
    const bridge = descendants(process.pid)
    const all = () => ({
      driver: useOf(process.pid).cpuSeconds,
      bridge: useOfAll(bridge).cpuSeconds,
      scheduler: useOf(scheduler).cpuSeconds,
      workers: useOfAll(workers.flatMap(pid => [pid, ...descendants(pid)])).cpuSeconds,
    })
    const before = all()
    const began = performance.now()
    const sum = await execute(tasks, work)
    const wall = performance.now() - began
    const after = all()
    const cpu = (key: keyof typeof before) => 1000 * (after[key] - before[key])
    return {
      wall,
      driver: cpu('driver'),
      bridge: cpu('bridge'),
      scheduler: cpu('scheduler'),
      workers: cpu('workers'),
      driverMB: peakMemory() / 2 ** 20,
      bridgeMB: useOfAll(bridge).peakMB,
      schedulerMB: useOf(scheduler).peakMB,
      sum,
    }
  } finally {
    await cluster.close()
  }
}

async function* chunks(n: number): AsyncIterable<Chunk> {
  for (let k = 0; k < n; k++) {
    const range = { partition: k, partitionStart: k, partitionStop: k + 1, start: k, stop: k + 1, part: 0, parts: 1 }
    yield { dataset: 'toy', file: 'toy.root', tree: 'Events', ...range, isStep: false }
  }
}
