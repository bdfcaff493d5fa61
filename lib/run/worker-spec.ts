/** What a worker elsewhere (on a cluster, in a batch job) is told of a job's graph, and how it runs groups of chunks with that. */
import type { RemoteSettings } from '../bytes/settings.js'
import { setRemoteSettings } from '../bytes/settings.js'
import type { Chunk, Context } from '../core/types.js'
import { type Cut, cutGraph } from '../graph/cut.js'
import { type ChunkResult, runSegment } from '../graph/segment.js'
import { collectYoung } from './collect.js'
import type { GraphBuilder } from './executor.js'

/** How the graph is built, as on threads, and how patiently files are read. */
export interface WorkerSpec {
  /** Exported function of the pipelines that stand beside the worker's program. */
  readonly build: string
  readonly args: unknown
  readonly ahead: number | undefined
  readonly remote: RemoteSettings
}

export interface BuiltSpec {
  readonly cut: Cut
  readonly ctx: Context
}

/** Set where the program's modules have been joined into a few files, in which the pipelines stand beside this one. */
declare const TNP_BUNDLED: boolean | undefined
const PIPELINES_PATH = typeof TNP_BUNDLED === 'undefined' ? '../../pipelines/index.js' : './pipelines.js'
export const PIPELINES_MODULE = new URL(PIPELINES_PATH, import.meta.url).href

const quiet = { debug() {}, info() {}, warn() {} }

/** The settings of remote files hold for the process from now on. */
export async function buildSpec({ build, args, ahead, remote }: WorkerSpec): Promise<BuiltSpec> {
  setRemoteSettings(remote)
  const module = (await import(PIPELINES_MODULE)) as Record<string, GraphBuilder>
  const cut = cutGraph(await module[build]!(args as never))
  const { signal } = new AbortController()
  return { cut, ctx: { signal, log: quiet, ...(ahead === undefined ? {} : { ahead }) } }
}

/** What each chunk gives, in order. */
export async function* runGroup({ cut, ctx }: BuiltSpec, group: readonly Chunk[]): AsyncIterable<ChunkResult> {
  for (const [k, chunk] of group.entries()) {
    yield await runSegment(cut, chunk, ctx, ahead => group[k + 1 + ahead])
    collectYoung()
  }
}
