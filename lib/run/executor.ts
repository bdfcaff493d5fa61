/** An executor runs a graph's segment on chunks, somewhere, and gives the results back in chunk order. All of them run the
 *  same code on the same chunks and results are merged in the same order, so outputs are equal byte for byte. */
import type { Chunk, Context } from '../core/types.js'
import type { Cut } from '../graph/cut.js'
import type { GraphDeclaration } from '../graph/declare.js'
import type { ChunkResult } from '../graph/segment.js'

/** How a worker builds the graph for itself: it imports `module` (a file URL) and calls its export `build` with `args`,
 *  which must survive structured cloning. */
export interface GraphSpec {
  /** Names the spec: a worker builds each key once. */
  readonly key: string
  readonly module: string
  readonly build: string
  readonly args: unknown
  /** Paths, as given, of the user's own modules that the graph imports. */
  readonly modules?: readonly string[]
}

export type GraphBuilder = (args: never) => GraphDeclaration | Promise<GraphDeclaration>

export interface Segment {
  readonly cut: Cut
  readonly spec: GraphSpec
}

/** Called with each result as soon as it is there, in whatever order: what it gives goes on in the result's place. isNext: all
 *  results of chunks before have been handed on. */
export type Arrived = (result: ChunkResult, isNext: boolean) => Promise<ChunkResult>

/** What a cluster has and does. */
export interface ClusterStatus {
  readonly workers: number
  /** Workers that were asked for; of a scheduler that was there already: those that it has. */
  readonly expected: number
  /** Tasks. */
  readonly running: number
  readonly waiting: number
}

/** What one worker of a local executor does, and has done. */
export interface WorkerStatus {
  /** null: it has nothing to do. */
  readonly chunk: Chunk | null
  readonly chunksDone: number
  readonly eventsDone: number
}

export interface Executor {
  readonly name: string
  readonly workers: number
  /** Of local ones: the workers that have been started. */
  readonly workersNow?: () => readonly WorkerStatus[]
  /** Of clusters. */
  readonly status?: () => ClusterStatus
  run(segment: Segment, chunks: AsyncIterable<Chunk>, ctx: Context, arrived?: Arrived): AsyncIterable<ChunkResult>
  /** Ends workers; called once, also after a failure. */
  close(): Promise<void>
}
