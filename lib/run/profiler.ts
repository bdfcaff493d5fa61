/** Where a graph's time goes: adds up what chunks say of their nodes, and measures what is done on the calling thread. */
import { addCost, newReadCost } from '../core/read-cost.js'
import type { Context, ReadCost } from '../core/types.js'
import type { GraphDeclaration, GraphNode } from '../graph/declare.js'
import type { ChunkResult } from '../graph/segment.js'
import { type NodeTime, stopwatch } from '../graph/stopwatch.js'

/** One node, over all chunks and workers. */
export interface NodeProfile extends NodeTime {
  readonly id: string
  readonly kind: GraphNode['stage']['kind']
  /** Name of the stage, as its factory gives it. */
  readonly stage: string
  /** Events, pairs or rows that came in and that left; null where the node is not on that side of any. */
  readonly in: number | null
  readonly out: number | null
  /** A sink that takes items while other stages run: its time is the part of theirs in which it had an item in hand. */
  readonly isBeside: boolean
}

export interface GraphProfile {
  /** Map and fold stages and sinks, in graph order. A fold's time has that of merging. */
  readonly nodes: readonly NodeProfile[]
  /** What reading cost, all of it within the nodes that read. */
  readonly read: ReadCost
  /** Seconds from beginning to end. */
  readonly wall: number
  /** Seconds of processor time of the whole process, worker threads and garbage collection included. */
  readonly cpu: number
}

export class Profiler {
  readonly #graph: GraphDeclaration
  readonly #cpu: (() => number) | undefined
  readonly #times = new Map<string, { wall: number; cpu: number | null }>()
  readonly #beside = new Set<string>()
  readonly #read = newReadCost()
  readonly #began = performance.now()
  readonly #processCpu = process.cpuUsage()

  constructor(graph: GraphDeclaration, ctx: Context) {
    this.#graph = graph
    this.#cpu = ctx.cpu
  }

  add(result: ChunkResult): void {
    if (result.read !== null) addCost(this.#read, result.read)
    for (const [id, time] of result.times) this.#add(id, time)
  }

  measure<T>(node: GraphNode, work: () => T): T {
    const time = stopwatch(this.#cpu)
    const result = work()
    this.#add(node.id, time())
    return result
  }

  /** Measures a sink that takes one value after all chunks are done. */
  async measureSink(node: GraphNode, work: () => Promise<void>): Promise<void> {
    const time = stopwatch(this.#cpu)
    await work()
    this.#add(node.id, time())
  }

  /** Measures a sink beside the stages: the time from each item to the next request, and from the last item to the end. */
  async drain<T>(
    node: GraphNode,
    items: AsyncIterable<T>,
    work: (items: AsyncIterable<T>) => Promise<void>,
  ): Promise<void> {
    this.#beside.add(node.id)
    let wall = 0
    let last = performance.now()
    async function* measured() {
      wall += seconds(last)
      for await (const item of items) {
        last = performance.now()
        yield item
        wall += seconds(last)
      }
      last = performance.now()
    }
    await work(measured())
    this.#add(node.id, { wall: wall + seconds(last), cpu: null })
  }

  profile(counts: ReadonlyMap<string, number>, events: number): GraphProfile {
    const { user, system } = process.cpuUsage(this.#processCpu)
    const nodes = this.#graph.nodes.filter(node => node.stage.kind !== 'source' && node.stage.kind !== 'flow')
    return {
      nodes: nodes.map(node => this.#node(node, counts, events)),
      read: this.#read,
      wall: seconds(this.#began),
      cpu: (user + system) / 1e6,
    }
  }

  #node(node: GraphNode, counts: ReadonlyMap<string, number>, events: number): NodeProfile {
    const { wall, cpu } = this.#times.get(node.id) ?? { wall: 0, cpu: null }
    const { kind } = node.stage
    const begins = node.input?.stage.kind === 'source' || node.input?.stage.kind === 'flow'
    const before = node.input === null ? null : (counts.get(node.input.id) ?? null)
    return {
      id: node.id,
      kind,
      stage: node.stage.name,
      wall,
      cpu,
      in: begins ? events : before,
      out: counts.get(node.id) ?? null,
      isBeside: this.#beside.has(node.id),
    }
  }

  #add(id: string, { wall, cpu }: NodeTime): void {
    const sum = this.#times.get(id)
    if (sum === undefined) this.#times.set(id, { wall, cpu })
    else {
      sum.wall += wall
      sum.cpu = cpu === null ? sum.cpu : (sum.cpu ?? 0) + cpu
    }
  }
}

function seconds(since: number): number {
  return (performance.now() - since) / 1000
}
