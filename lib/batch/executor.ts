/** The executor over a batch system. Groups of chunks are its jobs; what they give comes back through files in the run's folder, and is
 *  handed on in the order of chunks, so that outputs are those of every other executor. Results that are there already are taken, jobs
 *  that are under way are waited for, and only what has neither is submitted: a run that was left is continued by starting it again.
 *
 *    chunks -> groups -> specs/, groups/ -> sbatch, condor_submit -> batch-worker -> results/ -> results
 */
import { rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { remoteSettings } from '../bytes/settings.js'
import { ClusterError, DataError, type ReadExceptionName } from '../core/errors.js'
import type { Chunk, Context } from '../core/types.js'
import { version } from '../core/version.js'
import type { ChunkResult } from '../graph/segment.js'
import type { Arrived, Executor, GraphSpec, Segment } from '../run/executor.js'
import { errorFromWire } from '../run/wire-error.js'
import { isThere, type PassDocument, type RunFolder } from './folder.js'
import { type PassFacts, writePass } from './passes.js'
import { ResultWriter, readResults, writeFailure } from './results.js'
import { arraysOf, currentGroups, type GroupState, groupStates, isHopeless, isUnderWay } from './states.js'
import {
  type Submission,
  type SubmitContext,
  settleSubmissions,
  submissions,
  submitGroups,
  whileSubmitting,
} from './submissions.js'
import { jobKey } from './system.js'
import { QueueWatch } from './watch-queue.js'

export interface BatchExecutorOptions extends SubmitContext {
  readonly describe: (spec: GraphSpec) => PassFacts
  /** Python's names of exceptions of files that may be skipped. */
  readonly tolerated: readonly string[]
  /** For passes that are done on this machine, their results in the run's folder as those of jobs; null: all passes are jobs. */
  readonly here: ((spec: GraphSpec) => Promise<Executor> | null) | null
  /** false: nothing is waited for that is not done. */
  readonly waits: boolean
  readonly onWarning: (message: string) => void
  /** Counts of groups, now and then while waiting. */
  readonly onWaiting: (counts: Readonly<Record<string, number>>) => void
}

/** What a pass is to be run on. */
export interface Announced {
  readonly segment: Segment
  readonly chunks: AsyncIterable<Chunk>
}

export interface BatchExecutor extends Executor {
  /** Some passes are done on this machine. */
  readonly sumsHere: boolean
  /** All results have been used: jobs that are still there, such as those whose place others have taken, are not wanted any more. */
  finish(): Promise<void>
  /** Submits the jobs of several passes at once; they are run afterwards, one after the other. */
  announce(passes: readonly Announced[], ctx: Context): Promise<void>
}

export function batchExecutor(options: BatchExecutorOptions): BatchExecutor {
  const runner = new BatchRun(options)
  return {
    name: `batch/${options.system.name}`,
    get workers() {
      return runner.jobs
    },
    sumsHere: options.here !== null,
    run: (segment, chunks, ctx, arrived) => runner.run(segment, chunks, ctx, arrived),
    announce: (passes, ctx) => runner.announce(passes, ctx),
    finish: () => runner.finish(),
    close: () => runner.close(),
  }
}

class BatchRun {
  readonly #options: BatchExecutorOptions
  readonly #folder: RunFolder
  readonly #watch: QueueWatch
  /** For passes that are done here. */
  #local: Executor | null = null
  /** Groups of the passes that were run. */
  readonly #groups = new Set<string>()

  constructor(options: BatchExecutorOptions) {
    this.#options = options
    this.#folder = options.folder
    this.#watch = new QueueWatch(options.folder, options.system, options.onWarning)
  }

  async finish(): Promise<void> {
    const { system, onWarning } = this.#options
    const arrays = arraysOf(submissions(this.#folder))
    try {
      const left = [...(await system.poll(arrays))].filter(([, { state }]) => state !== 'ended')
      // HTCondor would hold jobs whose logs it cannot write any more, since their folder goes.
      for (const array of arrays) {
        if (left.some(([key]) => key.startsWith(jobKey(array.id, '')))) await system.cancel(array)
      }
    } catch (error) {
      if (!(error instanceof ClusterError)) throw error
      onWarning(`${error.message}. Jobs of this run may be left in the queue`)
    }
  }

  get jobs(): number {
    return this.#groups.size
  }

  async close(): Promise<void> {
    await this.#local?.close()
  }

  async announce(passes: readonly Announced[], ctx: Context): Promise<void> {
    const written: PassDocument[] = []
    for (const { segment, chunks } of passes) written.push(await this.#write(segment, chunks, ctx))
    await this.#submit(written)
  }

  async *run(
    segment: Segment,
    chunks: AsyncIterable<Chunk>,
    ctx: Context,
    arrived: Arrived | undefined,
  ): AsyncIterable<ChunkResult> {
    const pass = await this.#write(segment, chunks, ctx)
    const here = (await this.#options.here?.(segment.spec)) ?? null
    if (here !== null) this.#local = here
    if (here === null) await this.#submit([pass])
    for (const { id } of pass.groups) this.#groups.add(id)
    for (const { id } of pass.groups) {
      for await (const result of this.#resultsOf(id, segment, ctx, here)) {
        ctx.signal.throwIfAborted()
        yield (await arrived?.(result, true)) ?? result
      }
    }
  }

  async #write({ spec }: Segment, chunks: AsyncIterable<Chunk>, ctx: Context): Promise<PassDocument> {
    const all: Chunk[] = []
    for await (const chunk of chunks) {
      ctx.signal.throwIfAborted()
      all.push(chunk)
    }
    const { describe, tolerated } = this.#options
    const facts = describe(spec)
    return writePass(this.#folder, {
      spec,
      chunks: all,
      facts,
      ahead: ctx.ahead,
      remote: remoteSettings(),
      tolerated,
      version: version(),
    })
  }

  /** What was never submitted. What failed is not tried again unasked. */
  async #submit(passes: readonly PassDocument[]): Promise<void> {
    const folder = this.#folder
    const fresh = (all: readonly Submission[]) => {
      const work = passes.flatMap(({ pass, groups }) =>
        groups.flatMap(({ id }) => folder.partsOf(id)).map(group => ({ group, pass })),
      )
      const groups = work.map(({ group }) => group)
      const states = groupStates(folder, groups, all, new Map())
      return work.filter((_, k) => states[k]!.state === 'unsubmitted')
    }
    const all = submissions(folder)
    // Whoever submits at this time is left alone where there is nothing to do.
    if (fresh(all).length === 0 && all.every(({ array }) => array !== null)) return
    await whileSubmitting(folder, async () => {
      const work = fresh(await settleSubmissions(folder, this.#options.system))
      if (work.length > 0) await submitGroups(work, this.#options)
    })
  }

  async *#resultsOf(group: string, segment: Segment, ctx: Context, here: Executor | null): AsyncIterable<ChunkResult> {
    if (here !== null && !isThere(this.#folder.file('results', group))) await this.#runHere(group, segment, ctx, here)
    if ((await this.#wait(group, ctx)) === 'split') {
      for (const part of this.#folder.partsOf(group)) yield* this.#resultsOf(part, segment, ctx, here)
      return
    }
    const results = await readResults(this.#folder, group)
    if (results !== null) return yield* results
    rmSync(this.#folder.file('results', group), { force: true })
    const message = 'its result was damaged on the way, and has been removed'
    writeFailure(this.#folder, group, { kind: 'killed', message, host: 'an unknown host' })
    yield* this.#resultsOf(group, segment, ctx, here)
  }

  async #runHere(group: string, segment: Segment, ctx: Context, executor: Executor): Promise<void> {
    const chunks = this.#folder.chunksOf(group)
    const writer = new ResultWriter(this.#folder, group)
    const began = performance.now()
    try {
      for await (const result of executor.run(segment, each(chunks), ctx)) writer.add(result)
      writer.commit({ host: 'here', seconds: (performance.now() - began) / 1000, peakBytes: 0 })
    } catch (error) {
      writer.discard()
      throw error
    }
  }

  /** Until the group's result is there, or others stand in for it. Throws what a local run would, and ClusterError once nothing is
   *  left to wait for. */
  async #wait(group: string, ctx: Context): Promise<'done' | 'split'> {
    const { onWaiting, waits } = this.#options
    for (;;) {
      ctx.signal.throwIfAborted()
      if (isThere(this.#folder.file('results', group))) return 'done'
      if (isThere(this.#folder.file('split', `${group}.json`))) return 'split'
      if (!isThere(this.#folder.at('run.json'))) {
        throw new ClusterError(
          `the folder of the batch run is gone (${this.#folder.path}): nothing can come of its jobs.`,
        )
      }
      const states = await this.#watch.look([...new Set([...currentGroups(this.#folder), group])], ctx.signal)
      const own = states.find(state => state.group === group)
      if (own?.state === 'done') return 'done'
      if (own !== undefined) throwFailure(own)
      const counts = countStates(states)
      onWaiting(counts)
      const isOver = !states.some(isUnderWay) && (own === undefined || isHopeless(own))
      if (isOver || !waits) throw new ClusterError(incompleteText(counts))
      await sleep(this.#watch.pauseMs(), undefined, { signal: ctx.signal }).catch(() => {})
    }
  }
}

async function* each<T>(items: readonly T[]): AsyncIterable<T> {
  yield* items
}

/** What ends a local run as well. */
function throwFailure({ failure }: GroupState): void {
  if (failure?.kind === 'error' && failure.error !== undefined) throw errorFromWire(failure.error)
  if (failure?.kind === 'read') throw new DataError(failure.exception as ReadExceptionName, failure.message)
}

export function countStates(states: readonly Pick<GroupState, 'state'>[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { state } of states) counts[state] = (counts[state] ?? 0) + 1
  return counts
}

function incompleteText(counts: Readonly<Record<string, number>>): string {
  const all = Object.values(counts).reduce((sum, n) => sum + n, 0)
  const done = counts.done ?? 0
  const rest = Object.entries(counts).filter(([state]) => state !== 'done')
  return `${all - done} of ${all} jobs have no result: ${rest.map(([state, n]) => `${n} ${state}`).join(', ')}.`
}
