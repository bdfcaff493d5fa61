/** What has gone to the batch system: which groups, in which arrays of jobs. */

import { accessSync, constants, rmSync } from 'node:fs'
import { UsageError } from '../core/errors.js'
import { isObject } from '../core/is-object.js'
import { makeLocalFolderSync } from '../core/make-folder.js'
import { takeLock } from '../journal/lock.js'
import { areTexts, readJson } from './documents.js'
import { type RunFolder, writeWhole } from './folder.js'
import { jobScript } from './job-script.js'
import type { BatchResources } from './options.js'
import { forgetFailure, readFailure, writeFailure } from './results.js'
import type { ArrayId, BatchSystem } from './system.js'

export interface Submission {
  readonly number: number
  readonly tag: string
  /** ISO 8601. */
  readonly at: string
  /** What job k works on. */
  readonly groups: readonly string[]
  /** Job k prints to `${logs}-${k}.log`. */
  readonly logs: string
  /** null: whether it was submitted is not known. */
  readonly array: ArrayId | null
}

export interface GroupWork {
  readonly group: string
  readonly pass: string
}

export interface SubmitContext {
  readonly folder: RunFolder
  readonly system: BatchSystem
  readonly resources: BatchResources
  readonly cwd: string
}

/** Slurm refuses arrays that are longer than its MaxArraySize, which is 1001 unless a site sets it. */
const MOST_JOBS = 1000

/** In the order in which they were made. */
export function submissions(folder: RunFolder): Submission[] {
  const numbers = folder.names('submissions').flatMap(name => /^(\d+)\.json$/.exec(name)?.[1] ?? [])
  return numbers
    .map(number => readJson<Submission>(folder.file('submissions', `${number}.json`), isSubmission))
    .filter(found => found !== null)
    .sort((a, b) => a.number - b.number)
}

function isSubmission(value: unknown): boolean {
  if (!isObject(value) || typeof value.number !== 'number' || !areTexts(value.groups)) return false
  const isArray = value.array === null || (isObject(value.array) && typeof value.array.id === 'string')
  return isArray && [value.tag, value.at, value.logs].every(text => typeof text === 'string')
}

/** Where each group was submitted last. */
export function lastSubmissions(
  all: readonly Submission[],
): Map<string, { readonly submission: Submission; readonly job: number }> {
  const out = new Map<string, { submission: Submission; job: number }>()
  for (const submission of all) {
    for (const [job, group] of submission.groups.entries()) out.set(group, { submission, job })
  }
  return out
}

/** Nobody else submits jobs of the run meanwhile. Throws UsageError where somebody does. */
export async function whileSubmitting<T>(folder: RunFolder, work: () => Promise<T>): Promise<T> {
  const lock = await takeLock(folder.at('submitting'), folder.path)
  try {
    return await work()
  } finally {
    await lock.release()
  }
}

/** Submits a job for each group. Where the batch system refuses one array, those before are taken back, and its UsageError is thrown. */
export async function submitGroups(work: readonly GroupWork[], context: SubmitContext): Promise<void> {
  const { folder, system, resources } = context
  const arrays = Math.ceil(work.length / MOST_JOBS)
  // The limit is one array's.
  const scaleout = resources.scaleout === null ? null : Math.max(1, Math.floor(resources.scaleout / arrays))
  const done: Submission[] = []
  try {
    for (let k = 0; k < arrays; k++) {
      const part = work.slice(k * MOST_JOBS, (k + 1) * MOST_JOBS)
      done.push(await submitArray(part, { ...context, resources: { ...resources, scaleout } }))
    }
  } catch (error) {
    for (const submission of done) {
      await system.cancel(submission.array!).catch(() => {})
      forget(folder, submission)
    }
    throw error
  }
}

async function submitArray(
  work: readonly GroupWork[],
  { folder, system, resources, cwd }: SubmitContext,
): Promise<Submission> {
  const number = Math.max(0, ...submissions(folder).map(submission => submission.number)) + 1
  const tag = `tnp-pipe-${runTag(folder)}-${number}`
  const path = (ending: string) => folder.file('submissions', `${number}.${ending}`)
  const logs = resources.logFolder === null ? folder.file('logs', String(number)) : `${resources.logFolder}/${tag}`
  makeLogFolder(resources.logFolder)
  const { memoryBytes, cores } = resources
  const proxy = folder.proxy()
  writeWhole(path('sh'), jobScript({ run: folder.path, cwd, proxy, cores, memoryBytes }), 0o700)
  writeWhole(path('list'), [logs, ...work.map(({ group, pass }) => `${group} ${pass}`), ''].join('\n'))
  const before = work.map(({ group }) => ({ group, failure: readFailure(folder, group) }))
  for (const { group } of work) forgetFailure(folder, group)
  const groups = work.map(({ group }) => group)
  const submission: Submission = { number, tag, at: new Date().toISOString(), groups, logs, array: null }
  const write = (one: Submission) => writeWhole(path('json'), `${JSON.stringify(one)}\n`)
  // Before: whoever is killed in between leaves jobs that can be found by their tag.
  write(submission)
  try {
    const array = await system.submit({
      tag,
      list: path('list'),
      count: work.length,
      script: path('sh'),
      logs,
      resources,
    })
    const known = { ...submission, array }
    write(known)
    return known
  } catch (error) {
    for (const { group, failure } of before) if (failure !== null) writeFailure(folder, group, failure)
    forget(folder, submission)
    throw error
  }
}

function makeLogFolder(path: string | null): void {
  if (path === null) return
  try {
    makeLocalFolderSync(path)
    accessSync(path, constants.W_OK)
  } catch (error) {
    const message = `"${path}" cannot be written to (${(error as Error).message}). Choose another.`
    throw new UsageError([{ place: '--log-directory', message }])
  }
}

/** Of those whose submission was cut short: finds out whether there are jobs. */
export async function settleSubmissions(folder: RunFolder, system: BatchSystem): Promise<Submission[]> {
  const out: Submission[] = []
  for (const submission of submissions(folder)) {
    if (submission.array !== null) {
      out.push(submission)
      continue
    }
    const array = await system.find(submission.tag)
    if (array === null) forget(folder, submission)
    else {
      const known = { ...submission, array }
      writeWhole(folder.file('submissions', `${submission.number}.json`), `${JSON.stringify(known)}\n`)
      out.push(known)
    }
  }
  return out
}

function forget(folder: RunFolder, { number }: Submission): void {
  for (const ending of ['json', 'list', 'sh', 'sub'])
    rmSync(folder.file('submissions', `${number}.${ending}`), { force: true })
}

/** Tells the arrays of different runs apart. */
function runTag(folder: RunFolder): string {
  return folder.document()!.id
}
