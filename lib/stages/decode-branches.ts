/** Chunk -> Batch: reads the branches that the graph needs from the chunk's entries. */
import { isRemote } from '../bytes/address.js'
import { BYTES_PER_MS } from '../bytes/source.js'
import { BugError, DataError } from '../core/errors.js'
import { newReadRecord } from '../core/read-cost.js'
import type { Batch, BranchInfo, Chunk, Column, Layout, MapStage, ReadRecord } from '../core/types.js'
import { checkCollections, withCollectionCounters } from './collections.js'
import { readPresent } from './empty-tree.js'
import { type EventTree, type OpenTree, withTree } from './open-tree.js'
import { lackingTriggers, requireTriggers } from './optional-triggers.js'

export interface DecodeOptions {
  readonly branches: readonly string[]
  /** Branches that `decodeLate` will read of the same chunk, whose types are looked at here; of distant files they are read here
   *  where a round trip of their own would take longer than their bytes. */
  readonly late?: readonly string[]
  /** Types that the graph was built for; a file whose branch has another type is refused. */
  readonly layout: Layout | null
  /** Collections whose objects are counted from the start of the partition (for global indices). */
  readonly counted?: readonly string[]
  /** The files are NanoAOD: branches of one collection must have lists of the same lengths. */
  readonly nested?: boolean
}

export function decodeBranches(options: DecodeOptions): MapStage<Chunk, Batch> {
  const { branches, late = [], layout, nested = false } = options
  /** The last chunk had to wait for its bytes. */
  let isSlow = false
  const asked = new WeakSet<Chunk>()
  return {
    kind: 'map',
    name: 'decodeBranches',
    map: chunk => {
      const began = performance.now()
      return withTree(chunk.file, chunk.tree, async ({ file, tree }) => {
        checkUnchanged(chunk, { file, tree })
        const { start, stop } = entryRange(chunk, tree)
        checkTypes(chunk, tree, [...branches, ...late], layout)
        if (tree.entries > 0) requireTriggers([...branches, ...late], tree, layout, chunk)
        const { uuid } = file
        const isNew = uuid !== null && (chunk.expected?.uuid ?? null) === null && start === chunk.partitionStart
        const read = newReadRecord(start, stop, isNew ? { uuid, entries: tree.entries } : {})
        if (tree.entries > 0) lackingTriggers([...branches, ...late], tree, layout, read)
        const wanted = worthwhile(file, tree, branches, late, stop - start)
        const columns = nested
          ? await readNested(chunk, tree, wanted, layout, start, stop, read)
          : await readPresent(tree, wanted, layout, { start, stop }, { cost: read })
        const bases = await countBefore(chunk, tree, columns, options.counted ?? [])
        isSlow = file.source.isSlow
        read.seconds = (performance.now() - began) / 1000
        read.ranges = wanted.length
        return { chunk, length: stop - start, columns, events: null, read, bases }
      })
    },
    // Out of the page cache bytes come faster than they could be kept.
    ahead: chunk => {
      if (!(isSlow || isRemote(chunk.file)) || asked.has(chunk)) return null
      asked.add(chunk)
      return askAhead(chunk, options).then(
        isAsked => {
          if (!isAsked) asked.delete(chunk)
        },
        () => {},
      )
    },
  }
}

/** false: so much is under way already that it must be tried again later. */
function askAhead(chunk: Chunk, { branches, late = [], layout, nested = false }: DecodeOptions): Promise<boolean> {
  const ask = ({ file, tree }: OpenTree) => {
    const { start } = chunk
    const stop = chunk.stop ?? tree.entries
    const all = worthwhile(file, tree, branches, late, stop - start)
    const lacking = lackingTriggers(all, tree, layout)
    const wanted = lacking.length === 0 ? all : all.filter(name => !lacking.includes(name))
    return tree.readAhead?.(nested ? withCollectionCounters(wanted, tree) : wanted, start, stop) ?? true
  }
  return withTree(chunk.file, chunk.tree, ask, { isAhead: true })
}

/** What is to be read at once: `late` as well where waiting for it once more is dearer than its bytes. */
function worthwhile(
  { source: { latencyMs } }: OpenTree['file'],
  tree: EventTree,
  branches: readonly string[],
  late: readonly string[],
  events: number,
): readonly string[] {
  if (late.length === 0 || latencyMs === 0) return branches
  const bytes = late.reduce((sum, name) => sum + (tree.branch(name)?.zipBytes ?? 0), 0)
  const share = tree.entries === 0 ? 0 : events / tree.entries
  return bytes * share < latencyMs * BYTES_PER_MS ? [...new Set([...branches, ...late])] : branches
}

/** The columns, of which those of one collection share their offsets. */
async function readNested(
  chunk: Chunk,
  tree: EventTree,
  wanted: readonly string[],
  layout: Layout | null,
  start: number,
  stop: number,
  cost: ReadRecord,
): Promise<Map<string, Column>> {
  const read = withCollectionCounters(wanted, tree)
  const columns = await readPresent(tree, read, layout, { start, stop }, { cost })
  checkCollections(columns, { tree, layout, place: `${chunk.file} > ${chunk.tree}`, start })
  for (const counter of read.slice(wanted.length)) columns.delete(counter)
  return columns
}

/** Steps of a file that has been replaced would be read from other events than those that were meant. */
function checkUnchanged({ file: path, tree: name, expected }: Chunk, { file, tree }: OpenTree): void {
  if (expected === undefined) return
  const { uuid, entries } = expected
  const sameFile = uuid === null || file.uuid === null || file.uuid === uuid
  if (sameFile && (entries === null || entries === tree.entries)) return
  const told = (id: string | null, n: number | null) =>
    [id === null ? [] : `uuid ${id}`, n === null ? [] : `${n} entries`].flat().join(', ')
  throw new DataError(
    'ValueError',
    `${path} > ${name}: file has changed since it was preprocessed (got ${told(file.uuid, tree.entries)}, the fileset says ${told(uuid, entries)}). Run preprocess again.`,
  )
}

function entryRange(chunk: Chunk, tree: EventTree): { start: number; stop: number } {
  const stop = chunk.stop ?? tree.entries
  if (chunk.start > tree.entries || stop > tree.entries) {
    throw new DataError(
      'ValueError',
      `${chunk.file} > ${chunk.tree}: entries [${chunk.start}, ${stop}) asked for, the tree has ${tree.entries}. Was the file changed since the fileset was made?`,
    )
  }
  return { start: chunk.start, stop }
}

/** Branches of another type than in the dataset's first file would be misread by what was compiled for that type. */
function checkTypes(chunk: Chunk, tree: EventTree, branches: readonly string[], layout: Layout | null): void {
  if (layout === null) return
  for (const name of branches) {
    const got = tree.branch(name)
    const want = layout.tableOnly?.(name) ?? layout.branch(name)
    if (got === undefined || want === undefined || kindOf(got) === kindOf(want)) continue
    throw new DataError(
      'ValueError',
      `${chunk.file} > ${chunk.tree}: branch "${name}" is ${kindOf(got)}, the dataset's first file has ${kindOf(want)}. Put files of different versions into different datasets.`,
    )
  }
}

function kindOf({ dtype, counter, width, text }: BranchInfo): string {
  if (text === true) return 'a text'
  const each = width === 1 ? dtype : `${width} values of ${dtype}`
  if (counter === null) return each
  return width === 1 ? `a list of ${dtype}` : `lists of ${each}`
}

/** Objects of each collection in the partition's entries before this chunk. */
async function countBefore(
  chunk: Chunk,
  tree: EventTree,
  columns: ReadonlyMap<string, Column>,
  counted: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const bases = new Map<string, number>()
  for (const collection of counted) {
    if (!columns.has(`n${collection}`)) throw new BugError(`decode: n${collection} was not read`)
    let sum = 0
    if (chunk.start > chunk.partitionStart) {
      const before = await tree.read([`n${collection}`], chunk.partitionStart, chunk.start)
      for (const n of before.get(`n${collection}`)!.values) sum += Number(n)
    }
    bases.set(collection, sum)
  }
  return bases
}
