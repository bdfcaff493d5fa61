/** The plan that a stage builds its stretch of the graph with: from the facts and the schema of the stream that it reads. */
import type { Dataset, Job } from '../config/index.js'
import { hasArrayLists } from '../core/branch-or-null.js'
import type { BranchInfo } from '../core/types.js'
import type { ArrowField, ArrowSchema } from '../formats/arrow/index.js'
import { loadLumi, loadPileup } from '../job/corrections.js'
import { pileupVariations } from '../job/prepare.js'
import type { DatasetPlan, LayoutSnapshot } from '../plan/dataset-plan.js'
import { ENTRY, levelsOf, PAIRS, PARTITION } from './arrow-columns.js'
import type { FileBranch, StreamFacts } from './facts.js'

/** lumi: load the certified sections as well. Throws UsageError where a correction cannot be read. */
export async function streamPlan(
  facts: StreamFacts,
  schema: ArrowSchema,
  job: Job,
  { lumi }: { readonly lumi: boolean },
): Promise<DatasetPlan> {
  const dataset: Dataset = { ...facts.dataset, files: [], form: null }
  const { isMC } = facts.dataset
  const notes: string[] = []
  return {
    dataset,
    isMC,
    layout: streamLayout(facts, schema),
    branches: [],
    lateBranches: [],
    lumi: lumi && !isMC ? await loadLumi(dataset, note => void notes.push(note)) : null,
    pileup: isMC ? await loadPileup(dataset, pileupVariations(job.workflow)) : null,
    sumGenWeight: Number(facts.sumGenWeight ?? 1),
    notes,
    failed: [],
    maxEvents: 1,
    filterReads: [],
    customStages: [],
    firstFile: { path: '', tree: '', entries: 0, bytes: 0 },
    readFraction: 0,
  }
}

const OWN = [PARTITION, ENTRY, PAIRS]

/** The branches of the files, with the types that the stream gives them, and after them the columns that a stage which is none
 *  of ours has added. That a branch is in the files and not in the stream is found out later, from what stages read. */
export function streamLayout({ branches, added }: StreamFacts, { fields }: ArrowSchema): LayoutSnapshot {
  const infos = new Map<string, BranchInfo>()
  const tableOnly = new Map<string, BranchInfo>()
  const add = (info: BranchInfo | null) => {
    if (info !== null) (hasArrayLists(info) ? tableOnly : infos).set(info.name, info)
  }
  const columns = new Map(fields.filter(f => !OWN.includes(f.name)).map(f => [f.name, f]))
  for (const branch of branches) {
    const info = fileBranch(branch)
    const column = columns.get(branch[0])
    add(column === undefined || added.includes(branch[0]) ? info : columnInfo(column, info?.counter ?? null))
  }
  const names = branches.map(([name]) => name)
  const known = new Set([...names, ...added])
  const others = [...columns.values()].filter(f => !known.has(f.name))
  for (const column of others) add(columnInfo(column, null))
  return { names: [...names, ...others.map(f => f.name)], branches: infos, tableOnly, readyIndices: true }
}

function fileBranch([name, dtype, counter, width]: FileBranch): BranchInfo | null {
  return dtype === null ? null : { name, dtype, counter, width, totalBytes: 0, zipBytes: 0 }
}

/** null: a column that stages cannot take. */
function columnInfo(column: ArrowField, counter: string | null): BranchInfo | null {
  const levels = levelsOf(column)
  if (levels === null) return null
  const { name } = column
  const { dtype, isList, width } = levels
  const counts = isList ? (counter ?? `n${name.split('_')[0]}`) : null
  return { name, dtype, counter: counts, width, totalBytes: 0, zipBytes: 0 }
}
