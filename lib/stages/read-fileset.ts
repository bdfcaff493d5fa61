/** The head of every workflow: the partitions of a dataset in fileset order, then the chunks that they are read in. */
import { untilAborted } from '../core/abort.js'
import type { Chunk, ExpectedFile, FlowStage, Source } from '../core/types.js'

/** One file of a dataset as the fileset lists it. steps null: the whole file is one partition. */
export interface FileEntry {
  readonly path: string
  readonly tree: string
  readonly steps: readonly (readonly [number, number])[] | null
  /** As preprocessing found the file. */
  readonly numEntries?: number | null
  readonly uuid?: string | null
}

/** One Chunk a partition. exclude: partitions that are known to be unreadable. */
export function readFileset(
  dataset: string,
  files: readonly FileEntry[],
  exclude: readonly number[] = [],
): Source<Chunk> {
  const skip = new Set(exclude)
  return {
    kind: 'source',
    name: 'readFileset',
    note: `${files.length} file${files.length === 1 ? '' : 's'}`,
    open: async function* () {
      for (const chunk of partitions(dataset, files)) if (!skip.has(chunk.partition)) yield chunk
    },
  }
}

/** The partitions of a dataset: one a step, or one a file without steps, numbered from 0. */
export function partitions(dataset: string, files: readonly FileEntry[]): Chunk[] {
  const out: Chunk[] = []
  for (const file of files) {
    const { path, tree, steps } = file
    const expected = expectedOf(file)
    for (const [start, stop] of steps ?? ([[0, null]] as const)) {
      const isStep = steps !== null
      const partition = out.length
      const range = { partitionStart: start, partitionStop: stop, start, stop }
      out.push({ dataset, file: path, tree, partition, ...range, part: 0, parts: 1, isStep, ...expected })
    }
  }
  return out
}

/** Nothing where the fileset knows nothing. */
function expectedOf({ uuid = null, numEntries = null }: FileEntry): { readonly expected?: ExpectedFile } {
  return uuid === null && numEntries === null ? {} : { expected: { uuid, entries: numEntries } }
}

/** Splits partitions of more than `maxEvents` events into chunks of at most that, so that memory does not grow with the
 *  file. entriesOf: entries of a file whose partition has no stop, or null where it is small enough to be read at once. */
export function splitChunks(
  maxEvents: number,
  entriesOf: (chunk: Chunk) => Promise<number | null>,
): FlowStage<Chunk, Chunk> {
  return {
    kind: 'flow',
    name: 'splitChunks',
    note: `at most ${maxEvents} events each`,
    flow: async function* (chunks, { ahead = 1, signal }) {
      const look = async (chunk: Chunk) => ({
        chunk,
        stop: chunk.stop ?? (await untilAborted(entriesOf(chunk), signal)),
      })
      for await (const { chunk, stop } of mapAhead(chunks, ahead, look)) {
        if (stop === null || stop - chunk.start <= maxEvents) yield chunk
        else yield* splitOne(chunk, stop, maxEvents)
      }
    },
  }
}

/** Results in the order of the items; up to `depth` calls of `look` are under way at a time. */
async function* mapAhead<T, R>(
  items: AsyncIterable<T>,
  depth: number,
  look: (item: T) => Promise<R>,
): AsyncIterable<R> {
  const coming: Promise<R>[] = []
  for await (const item of items) {
    const result = look(item)
    // Whoever takes it meets its failure.
    result.catch(() => {})
    coming.push(result)
    if (coming.length >= depth) yield await coming.shift()!
  }
  for (const result of coming) yield await result
}

function* splitOne(chunk: Chunk, stop: number, maxEvents: number): Iterable<Chunk> {
  const parts = Math.ceil((stop - chunk.start) / maxEvents)
  for (let part = 0; part < parts; part++) {
    const start = chunk.start + part * maxEvents
    yield { ...chunk, start, stop: Math.min(stop, start + maxEvents), part, parts }
  }
}
