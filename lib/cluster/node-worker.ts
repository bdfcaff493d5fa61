/** The worker of a cluster: a process that a Dask worker starts, which runs groups of chunks that come on stdin.
 *
 *    u32 length, JSON { key, blobs: [n, n] }, spec, chunks  ->  u32 length, u32 bytes, JSON { ok }, results
 *
 *  Lengths are little-endian; spec, chunks and results are serialized as V8 does it, so that maps and typed arrays arrive as such. */
import { deserialize, serialize } from 'node:v8'
import { isRemote } from '../bytes/address.js'
import { setRemoteSettings } from '../bytes/settings.js'
import type { Chunk, Context } from '../core/types.js'
import { type Cut, cutGraph } from '../graph/cut.js'
import { type ChunkResult, runSegment } from '../graph/segment.js'
import { collectYoung } from '../run/collect.js'
import type { GraphBuilder } from '../run/executor.js'
import { wireError } from '../run/wire-error.js'
import { ByteReader } from './byte-reader.js'
import { FileMaker } from './make-files.js'
import { type ClusterSpec, UNREADABLE } from './spec.js'

/** refusal: why it writes no files of sinks. */
interface Answer {
  readonly head: { readonly ok: true; readonly refusal?: string }
  readonly blob: Buffer
}

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

async function perform(key: string, spec: Buffer, chunks: Buffer, isLenient: boolean): Promise<Answer> {
  let building = cuts.get(key)
  if (building === undefined) {
    if (cuts.size >= MOST_CUTS) cuts.delete(cuts.keys().next().value!)
    building = build(deserialize(spec) as ClusterSpec)
    cuts.set(key, building)
  }
  const { cut, ctx, maker } = await building
  const group = deserialize(chunks) as readonly Chunk[]
  const makeFiles = await maker?.group(group)
  const results: ChunkResult[] = []
  for (const [k, chunk] of group.entries()) {
    const result = await runSegment(cut, chunk, ctx, ahead => group[k + 1 + ahead])
    if (!isLenient && isTransient(result)) throw new Transient(`${UNREADABLE} ${result.failure!.message}`)
    results.push(result)
    await makeFiles?.(results)
    collectYoung()
  }
  const refusal = maker?.refusal ?? null
  return { head: { ok: true, ...(refusal === null ? {} : { refusal }) }, blob: serialize(results) }
}

class Transient extends Error {}

/** Another worker, or a later time, may do better: its host may be the one that does not reach the server. */
function isTransient({ chunk, failure }: ChunkResult): boolean {
  return failure !== null && isRemote(chunk.file) && /^(Timeout|Connection)Error$/.test(failure.exception)
}

function send(head: object, blob: Buffer): void {
  const text = Buffer.from(JSON.stringify(head))
  const sizes = Buffer.alloc(8)
  sizes.writeUInt32LE(text.length, 0)
  sizes.writeUInt32LE(blob.length, 4)
  process.stdout.write(Buffer.concat([sizes, text]))
  if (blob.length > 0) process.stdout.write(blob)
}

interface Head {
  readonly key: string
  readonly blobs: readonly number[]
  /** What cannot be read is a value, not a failure of the task. */
  readonly lenient?: boolean
}

const input = new ByteReader(process.stdin)
for (;;) {
  const length = await input.read(4)
  // The Dask worker is gone, or wants this one to go.
  if (length === null) process.exit(0)
  const head = JSON.parse((await input.read(length.readUInt32LE(0)))!.toString()) as Head
  const blobs: Buffer[] = []
  for (const size of head.blobs) blobs.push((await input.read(size))!)
  try {
    const { head: answer, blob } = await perform(head.key, blobs[0]!, blobs[1]!, head.lenient ?? false)
    send(answer, blob)
  } catch (error) {
    if (error instanceof Transient) send({ ok: false, kind: 'transient', message: error.message }, Buffer.alloc(0))
    else send({ ok: false, kind: 'permanent', error: wireError(error) }, Buffer.alloc(0))
  }
}
