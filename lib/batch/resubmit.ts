/** Another try for jobs that left no result, and the end of those that are not wanted any more. */
import { rmSync } from 'node:fs'
import { UsageError } from '../core/errors.js'
import type { PassDocument, RunFolder } from './folder.js'
import type { BatchResources } from './options.js'
import { writeGroup } from './passes.js'
import { currentGroups, type GroupState, isHopeless, openArrays, survey } from './states.js'
import { type GroupWork, settleSubmissions, submitGroups, whileSubmitting } from './submissions.js'
import { systemFor } from './system-for.js'

export interface Resubmitted {
  readonly jobs: number
  /** Groups that took too much memory and are done in halves. */
  readonly halved: number
  /** Groups that took too much memory and are one chunk, so that they cannot be halved. */
  readonly indivisible: number
}

/** Submits again what failed, is held or got lost. Throws UsageError where the batch system refuses: then all is as it was. */
export async function resubmit(folder: RunFolder, resources: BatchResources): Promise<Resubmitted> {
  const document = folder.document()!
  const system = await systemFor(document.system)
  return whileSubmitting(folder, async () => {
    const all = await settleSubmissions(folder, system)
    const states = await survey(folder, system, all, currentGroups(folder), true)
    const wanted = states.filter(state => isHopeless(state) || state.state === 'unsubmitted')
    const passOf = passesByGroup(folder)
    const more = resources.memoryBytes > document.resources.memoryBytes
    const work: GroupWork[] = []
    const halves: { readonly id: string; readonly parts: readonly string[] }[] = []
    let indivisible = 0
    for (const state of wanted) {
      const pass = passOf.get(state.group)!
      const parts = state.isMemory && !more ? halvesOf(folder, pass, state.group) : null
      if (state.isMemory && !more && parts === null) indivisible++
      if (parts !== null) halves.push({ id: state.group, parts })
      for (const group of parts ?? [state.group]) work.push({ group, pass: pass.pass })
    }
    if (work.length > 0) await submitGroups(work, { folder, system, resources, cwd: document.cwd })
    for (const { id, parts } of halves) folder.split(id, parts)
    const { cancelled: _, ...rest } = document
    folder.writeDocument({ ...rest, resources })
    for (const state of wanted.filter(({ state }) => state === 'held')) await takeBack(state)
    return { jobs: work.length, halved: halves.length, indivisible }
  })

  async function takeBack({ submission, job }: GroupState): Promise<void> {
    if (submission?.array != null) await system.cancel(submission.array, [job])
  }
}

/** Takes all jobs back. Gives the number of arrays that had some. */
export async function cancelRun(folder: RunFolder): Promise<number> {
  const document = folder.document()!
  if (document.collected !== undefined) {
    const message = `this run was collected at ${document.collected}: there are no jobs left.`
    throw new UsageError([{ place: folder.path, message }])
  }
  const system = await systemFor(document.system)
  return whileSubmitting(folder, async () => {
    const all = await settleSubmissions(folder, system)
    const arrays = openArrays(folder, all)
    for (const array of arrays) await system.cancel(array)
    folder.writeDocument({ ...document, cancelled: new Date().toISOString() })
    rmSync(folder.at('proxy'), { force: true })
    return arrays.length
  })
}

function passesByGroup(folder: RunFolder): Map<string, PassDocument> {
  const entries = folder
    .currentPasses()
    .flatMap(pass => pass.groups.flatMap(({ id }) => folder.partsOf(id)).map(group => [group, pass] as const))
  return new Map(entries)
}

/** null: it is one chunk. */
function halvesOf(folder: RunFolder, pass: PassDocument, group: string): readonly string[] | null {
  const chunks = folder.chunksOf(group)
  if (chunks.length < 2) return null
  const middle = Math.ceil(chunks.length / 2)
  return [chunks.slice(0, middle), chunks.slice(middle)].map(half => writeGroup(folder, pass.pass, half, pass).id)
}
