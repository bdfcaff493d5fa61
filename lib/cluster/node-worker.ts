/** The worker of a cluster: a process that a Dask worker starts, which runs groups of chunks that come on stdin (serve.ts). Spec and
 *  chunks are serialized as V8 does it, so that maps and typed arrays arrive as such; results as results.ts says. */
import { deserialize } from 'node:v8'
import type { RemoteSettings } from '../bytes/settings.js'
import { setRemoteSettings } from '../bytes/settings.js'
import type { Chunk, Context } from '../core/types.js'
import { type Cut, cutGraph } from '../graph/cut.js'
import { runSegment } from '../graph/segment.js'
import { collectYoung } from '../run/collect.js'
import type { GraphBuilder } from '../run/executor.js'
import { encodeResult, loadEncoder, packResult } from './results.js'
import { serveTasks } from './serve.js'

/** What a task's spec holds: how the graph is built, as on threads, and how patiently files are read. */
export interface ClusterSpec {
  /** Exported function of the pipelines that stand beside this program. */
  readonly build: string
  readonly args: unknown
  readonly ahead: number | undefined
  readonly remote: RemoteSettings
}

/** Set where the program's modules have been joined into a few files, in which the pipelines stand beside this one. */
declare const TNP_BUNDLED: boolean | undefined
const PIPELINES_PATH = typeof TNP_BUNDLED === 'undefined' ? '../../pipelines/index.js' : './pipelines.js'

const { signal } = new AbortController()
const quiet = { debug() {}, info() {}, warn() {} }
/** Of the job that is under way: a run has one for each dataset and pass. */
const cuts = new Map<string, Promise<{ readonly cut: Cut; readonly ctx: Context }>>()
const MOST_CUTS = 4

async function build({ build, args, ahead, remote }: ClusterSpec) {
  setRemoteSettings(remote)
  const module = (await import(new URL(PIPELINES_PATH, import.meta.url).href)) as Record<string, GraphBuilder>
  const cut = cutGraph(await module[build]!(args as never))
  return { cut, ctx: { signal, log: quiet, ...(ahead === undefined ? {} : { ahead }) } }
}

async function perform(key: string, spec: Buffer, chunks: Buffer): Promise<Uint8Array[]> {
  let building = cuts.get(key)
  if (building === undefined) {
    if (cuts.size >= MOST_CUTS) cuts.delete(cuts.keys().next().value!)
    building = build(deserialize(spec) as ClusterSpec)
    cuts.set(key, building)
  }
  const { cut, ctx } = await building
  const group = deserialize(chunks) as readonly Chunk[]
  await loadEncoder()
  const parts: Uint8Array[] = []
  for (const [k, chunk] of group.entries()) {
    const result = await runSegment(cut, chunk, ctx, ahead => group[k + 1 + ahead])
    parts.push(...encodeResult(packResult(cut, result)))
    collectYoung()
  }
  return parts
}

await serveTasks(perform)
