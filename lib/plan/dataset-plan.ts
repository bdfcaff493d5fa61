/** What is known of a dataset before its events are read: the columns of its files, whether it is simulation, and the
 *  corrections. Plain data: workers build their graph from it. */
import type { Dataset } from '../config/index.js'
import { branchOrNull, hasArrayLists } from '../core/branch-or-null.js'
import { DataError } from '../core/errors.js'
import type { BranchInfo, Layout, Read } from '../core/types.js'
import type { PileupCorrection } from '../physics/correction/index.js'
import type { LumiRanges } from '../physics/lumi-mask.js'
import type { PartitionRead } from '../stages/collect-reads.js'
import type { ReadyStage } from '../stages/custom-stage.js'

export interface DatasetPlan {
  readonly dataset: Dataset
  readonly isMC: boolean
  readonly layout: LayoutSnapshot
  /** Branches to decode: what the graph's stages read, resolved against the layout. */
  readonly branches: readonly string[]
  /** Those of them that are read late, of events with pairs only. null: not known yet; the graph has the stage for it. */
  readonly lateBranches: readonly string[] | null
  readonly lumi: LumiRanges | null
  /** The pileup correction of simulation, to be made into weights by `pileupWeight`. */
  readonly pileup: PileupCorrection | null
  /** Sum of genWeight over the partitions that are read; 1 where there is none. */
  readonly sumGenWeight: number
  /** Partitions known to be unreadable, left out of everything. */
  readonly failed: readonly PartitionRead[]
  /** Branches that "all" does not name because they cannot be read. */
  readonly leftOut?: readonly string[]
  /** Most events that are held at once. */
  readonly maxEvents: number
  /** Trigger decisions that some files lack (see `optionalTriggers`). */
  readonly optionalTriggers?: readonly string[]
  /** What is odd in the documents that the dataset names. */
  readonly notes?: readonly string[]
  /** Branches that the user's own filter reads. */
  readonly filterReads: readonly Read[]
  /** The user's own stages, in the order given. */
  readonly customStages: readonly ReadyStage[]
  /** The first readable file, whose columns stand for those of all; its entries and its size. */
  readonly firstFile: { readonly path: string; readonly tree: string; readonly entries: number; readonly bytes: number }
  /** Compressed bytes of `branches` as a fraction of the file's size. */
  readonly readFraction: number
  /** Compression of the largest of `branches` in the first file, where the format tells: "ZSTD", "LZMA", "LZ4", "ZLIB", "none". */
  readonly compression?: string | null
}

/** A Layout as plain data: all names, and the branches that were looked at. */
export interface LayoutSnapshot {
  readonly names: readonly string[]
  /** Set where no file was opened: every name counts as there. */
  readonly nominal?: true
  /** As in Layout. */
  readonly readyIndices?: true
  readonly branches: ReadonlyMap<string, BranchInfo>
  /** Those that were asked for of which only columns of tables can be made. */
  readonly tableOnly?: ReadonlyMap<string, BranchInfo>
  /** As in Layout: where the snapshot stands for an open file. */
  readonly leaveOut?: (name: string) => void
  readonly groups?: ReadonlySet<string>
}

export function layoutOf(snapshot: LayoutSnapshot): Layout {
  const names = new Set(snapshot.names)
  return {
    names: snapshot.names,
    has: name => snapshot.nominal === true || names.has(name),
    branch: name => snapshot.branches.get(name),
    ...(snapshot.readyIndices ? { readyIndices: true } : {}),
    tableOnly: name => snapshot.tableOnly?.get(name),
    ...(snapshot.leaveOut === undefined ? {} : { leaveOut: snapshot.leaveOut }),
    ...(snapshot.groups === undefined ? {} : { groups: snapshot.groups }),
  }
}

/** The layout with a record of the branches that were asked for, and of those that were left out. */
export function recordingLayout(layout: Layout): {
  readonly layout: Layout
  readonly leftOut: ReadonlySet<string>
  snapshot(): LayoutSnapshot
} {
  const branches = new Map<string, BranchInfo>()
  const leftOut = new Set<string>()
  const onlyOfTables = new Map<string, BranchInfo>()
  const tableOnly = (name: string) => {
    const info = branchOrNull(layout, name)
    if (info === null || !(info.text === true || hasArrayLists(info))) return undefined
    onlyOfTables.set(name, plainInfo(info))
    return info
  }
  const branch = (name: string) => {
    const info = layout.branch(name)
    if (info?.text === true) throw textRefused(name)
    if (info !== undefined && hasArrayLists(info)) throw arrayListsRefused(info)
    // A plain copy: the reader's own object may hold more than can be sent to a worker.
    if (info !== undefined) branches.set(name, plainInfo(info))
    return info
  }
  return {
    layout: {
      ...{ names: layout.names, has: n => layout.has(n), branch, tableOnly },
      leaveOut: name => leftOut.add(name),
    },
    leftOut,
    snapshot: () => ({ names: layout.names, branches, tableOnly: onlyOfTables }),
  }
}

/** can: what texts can be. */
export function textRefused(name: string, can = 'only a column of a table can be'): DataError {
  const problem = `branch "${name}" is a text, which ${can}. Leave it out.`
  return new DataError('NotImplementedError', problem)
}

function arrayListsRefused({ name, width }: BranchInfo): DataError {
  const problem = `branch "${name}" has lists of ${width} values each, which can only be columns of tables. Leave it out.`
  return new DataError('NotImplementedError', problem)
}

function plainInfo({ name, dtype, counter, width, text, totalBytes, zipBytes, mayLack }: BranchInfo): BranchInfo {
  const kept = { name, dtype, counter, width, totalBytes, zipBytes }
  return { ...kept, ...(text ? { text } : {}), ...(mayLack ? { mayLack } : {}) }
}
