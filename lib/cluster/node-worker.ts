/** The worker of a cluster: a process that a Dask worker starts, which runs groups of chunks that come on stdin (serve.ts). Spec and
 *  chunks are serialized as V8 does it, so that maps and typed arrays arrive as such; results as results.ts says. */
import { deserialize } from 'node:v8'
import { isRemote } from '../bytes/address.js'
import { setRemoteSettings } from '../bytes/settings.js'
import type { Chunk, Context } from '../core/types.js'
import { type Cut, cutGraph } from '../graph/cut.js'
import { type ChunkResult, runSegment } from '../graph/segment.js'
import { collectYoung } from '../run/collect.js'
import type { GraphBuilder } from '../run/executor.js'
import { FileMaker } from './make-files.js'
import { encodeResult, loadEncoder, packResult } from './results.js'
import { type Answer, type Perform, serveTasks, Transient } from './serve.js'
import { type ClusterSpec, UNREADABLE } from './spec.js'

interface Built {
  readonly cut: Cut
  readonly ctx: Context
  readonly maker: FileMaker | null
}

/** Set where the program's modules have been joined into a few files, in which the pipelines stand beside this one. */
declare const TNP_BUNDLED: boolean | undefined
const PIPELINES_PATH = typeof TNP_BUNDLED === 'undefined' ? '../../pipelines/index.js' : './pipelines.js'

const { signal } = new AbortController()
const quiet = { debug() {}, info() {}, warn() {} }
/** Of the job that is under way: a run has one for each dataset and pass. */
const cuts = new Map<string, Promise<Built>>()
const MOST_CUTS = 4

async function build({ build, args, ahead, remote, making }: ClusterSpec): Promise<Built> {
  setRemoteSettings(remote)
  const module = (await import(new URL(PIPELINES_PATH, import.meta.url).href)) as Record<string, GraphBuilder>
  const cut = cutGraph(await module[build]!(args as never))
  const maker = FileMaker.open(cut, making)
  return { cut, ctx: { signal, log: quiet, ...(ahead === undefined ? {} : { ahead }) }, maker }
}

const perform: Perform = async ({ key, lenient = false }, spec, chunks): Promise<Answer> => {
  let building = cuts.get(key)
  if (building === undefined) {
    if (cuts.size >= MOST_CUTS) cuts.delete(cuts.keys().next().value!)
    building = build(deserialize(spec) as ClusterSpec)
    cuts.set(key, building)
  }
  const { cut, ctx, maker } = await building
  const group = deserialize(chunks) as readonly Chunk[]
  const makeFiles = await maker?.group(group)
  await loadEncoder()
  const parts: Uint8Array[] = []
  const results: ChunkResult[] = []
  for (const [k, chunk] of group.entries()) {
    const result = await runSegment(cut, chunk, ctx, ahead => group[k + 1 + ahead])
    if (!lenient && isTransient(result)) throw new Transient(`${UNREADABLE} ${result.failure!.message}`)
    // Rows are kept until it is known whether their file is written here.
    if (makeFiles === undefined) parts.push(...encodeResult(packResult(cut, result)))
    else {
      results.push(result)
      await makeFiles(results)
    }
    collectYoung()
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
