/** A graph without files, for tests of executors: workers import it by name. */
import { isMainThread } from 'node:worker_threads'
import { DataError } from '../../lib/core/errors.js'
import { newReadRecord } from '../../lib/core/read-cost.js'
import type { Batch, Chunk, FoldStage, Sink } from '../../lib/core/types.js'
import { declareGraph, type GraphDeclaration } from '../../lib/graph/index.js'
import { chunk as first } from '../support/batches.js'

export interface ToyArgs {
  readonly chunks: number
  /** Partition whose reading fails, if any. */
  readonly unreadable?: number
  /** Partition on which a stage breaks, if any. */
  readonly broken?: number
  /** Partition from which on a worker, but for the calling thread, dies. */
  readonly dies?: number
}

const isWorker = !isMainThread || process.send !== undefined

/** What sinks of the graphs in this process have drained; workers have their own. */
export const drained: string[] = []

const addUp: FoldStage<Batch, string, Float64Array, number[]> = {
  kind: 'fold',
  name: 'addUp',
  partial: batch => Float64Array.of(batch.columns.get('x')!.values[0] as number),
  init: () => [],
  // Rounding makes the result depend on the order: 0.1 + 0.2 + 0.3 is not 0.3 + 0.2 + 0.1.
  merge: (state, partial) => {
    state[0] = (state[0] ?? 0) + partial[0]!
  },
  skip: (state, chunk) => {
    state.push(chunk.partition)
  },
  done: state => state.join(','),
}

function sink(name: string): Sink<unknown> {
  return {
    kind: 'sink',
    name,
    drain: async items => {
      for await (const item of items)
        drained.push(`${name} ${typeof item === 'string' ? item : (item as Batch).length}`)
      drained.push(`${name} end`)
    },
  }
}

export function build({ chunks, unreadable, broken, dies }: ToyArgs): GraphDeclaration {
  return declareGraph(g => {
    const read = g
      .from<Chunk>('source', {
        kind: 'source',
        name: 'toy',
        open: async function* () {
          for (let partition = 0; partition < chunks; partition++) yield { ...first, partition, start: partition }
        },
      })
      .to<Batch>('decode', {
        kind: 'map',
        name: 'decode',
        map: async chunk => {
          if (chunk.partition === unreadable) throw new DataError('OSError', `toy ${unreadable} is truncated`)
          if (chunk.partition === broken) throw new Error('an invariant broke')
          if (dies !== undefined && chunk.partition >= dies && isWorker) process.exit(7)
          // The first chunks take longest, so that results come back out of order.
          await new Promise(resolve => setTimeout(resolve, chunk.partition % 3 === 0 ? 5 : 0))
          const x = { dtype: 'float64', values: Float64Array.of(0.1 * (chunk.partition + 1)) } as const
          const read = newReadRecord(0, 10)
          return { chunk, length: chunk.partition, columns: new Map([['x', x]]), events: null, read }
        },
      })
    read.to('sum', addUp).into('sum/sink', sink('sum'))
    read.into('items/sink', sink('items'))
  })
}
