/** The program of a batch job: runs one group of chunks and writes what they give into the run's folder.
 *
 *    batch-worker RUN GROUP PASS CORES MEMORY_BYTES
 *
 *  Whatever goes wrong is written down as well (failed/<group>.json), and the exit status is 1. */
import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { deserialize } from 'node:v8'
import type { Worker } from 'node:worker_threads'
import { peakMemory } from '../core/peak-memory.js'
import type { Chunk } from '../core/types.js'
import { version } from '../core/version.js'
import type { ChunkResult } from '../graph/segment.js'
import { wireError } from '../run/wire-error.js'
import { type BuiltSpec, buildSpec, PIPELINES_MODULE, runGroup } from '../run/worker-spec.js'
import { RunFolder } from './folder.js'
import type { BatchSpec } from './passes.js'
import { type Failure, ResultWriter, writeFailure } from './results.js'
import { watchMemory } from './watch-memory.js'

const [run, group, pass, cores, memoryBytes] = process.argv.slice(2) as [string, string, string, string, string]
const began = performance.now()
const folder = new RunFolder(run)
const host = hostname()

function fail(failure: Omit<Failure, 'host'>): never {
  writeFailure(folder, group, { ...failure, host })
  process.stdout.write(`${failure.message}\n`)
  process.exit(1)
}

/** In order, whichever thread did them. */
async function* resultsOf(built: BuiltSpec, spec: BatchSpec, chunks: readonly Chunk[]): AsyncIterable<ChunkResult> {
  if (Number(cores) === 1) return yield* runGroup(built, chunks)
  const { threadsExecutor } = await import('../run/threads.js')
  const executor = threadsExecutor(Number(cores))
  const graph = { key: pass, module: PIPELINES_MODULE, build: spec.build, args: spec.args }
  try {
    yield* executor.run({ cut: built.cut, spec: graph }, each(chunks), built.ctx)
  } finally {
    await executor.close()
  }
}

async function* each<T>(items: readonly T[]): AsyncIterable<T> {
  yield* items
}

async function work(): Promise<void> {
  const spec = deserialize(readFileSync(folder.file('specs', pass))) as BatchSpec
  if (spec.version !== version()) {
    const message = `this is tnp-pipe ${version()}, and the run was submitted with ${spec.version}`
    fail({ kind: 'place', message })
  }
  const chunks = deserialize(readFileSync(folder.file('groups', group))) as readonly Chunk[]
  const writer = new ResultWriter(folder, group)
  try {
    for await (const result of resultsOf(await buildSpec(spec), spec, chunks)) {
      const { failure } = result
      if (failure !== null && !spec.tolerated.includes(failure.exception)) {
        writer.discard()
        fail({ kind: 'read', message: failure.message, exception: failure.exception })
      }
      writer.add(result)
    }
    const seconds = (performance.now() - began) / 1000
    writer.commit({ host, seconds, peakBytes: peakMemory() })
    process.stdout.write(`done: ${chunks.length} chunks in ${seconds.toFixed(1)} s\n`)
  } catch (error) {
    writer.discard()
    throw error
  }
}

const watcher: Worker = watchMemory(folder.file('failed', `${group}.json`), host, Number(memoryBytes))
try {
  await work()
} catch (error) {
  process.stdout.write(`${error instanceof Error ? error.stack : String(error)}\n`)
  const wired = wireError(error)
  fail({ kind: 'error', message: wired.message, error: wired })
}
await watcher.terminate()
process.exit(0)
