/** The worker of a cluster: a process that a Dask worker starts, which runs groups of chunks that come on stdin (serve.ts). Spec and
 *  chunks are serialized as V8 does it, so that maps and typed arrays arrive as such; results as results.ts says. */
import { deserialize } from 'node:v8'
import { isRemote } from '../bytes/address.js'
import type { Chunk } from '../core/types.js'
import type { ChunkResult } from '../graph/segment.js'
import { type BuiltSpec, buildSpec, runGroup } from '../run/worker-spec.js'
import { FileMaker } from './make-files.js'
import { encodeResult, loadEncoder, packResult } from './results.js'
import { type Answer, type Perform, serveTasks, Transient } from './serve.js'
import { type ClusterSpec, UNREADABLE } from './spec.js'
import { placeModules } from './user-modules.js'

interface Built extends BuiltSpec {
  readonly maker: FileMaker | null
}

/** Of the job that is under way: a run has one for each dataset and pass. */
const builds = new Map<string, Promise<Built>>()
const MOST_BUILT = 4

async function build(spec: ClusterSpec): Promise<Built> {
  placeModules(spec.modules)
  const built = await buildSpec(spec)
  return { ...built, maker: FileMaker.open(built.cut, spec.making) }
}

const perform: Perform = async ({ key, lenient = false }, spec, chunks): Promise<Answer> => {
  let building = builds.get(key)
  if (building === undefined) {
    if (builds.size >= MOST_BUILT) builds.delete(builds.keys().next().value!)
    building = build(deserialize(spec) as ClusterSpec)
    builds.set(key, building)
  }
  const { maker, ...built } = await building
  const { cut } = built
  const group = deserialize(chunks) as readonly Chunk[]
  const makeFiles = await maker?.group(group)
  await loadEncoder()
  const parts: Uint8Array[] = []
  const results: ChunkResult[] = []
  for await (const result of runGroup(built, group)) {
    if (!lenient && isTransient(result)) throw new Transient(`${UNREADABLE} ${result.failure!.message}`)
    // Rows are kept until it is known whether their file is written here.
    if (makeFiles === undefined) parts.push(...encodeResult(packResult(cut, result)))
    else {
      results.push(result)
      await makeFiles(results)
    }
  }
  for (const result of results) parts.push(...encodeResult(packResult(cut, result)))
  const refusal = maker?.refusal ?? null
  return { head: { ok: true, ...(refusal === null ? {} : { refusal }) }, parts }
}

/** Another worker, or a later time, may do better: its host may be the one that does not reach the server. */
function isTransient({ chunk, failure }: ChunkResult): boolean {
  return failure !== null && isRemote(chunk.file) && /^(Timeout|Connection)Error$/.test(failure.exception)
}

await serveTasks(perform)
