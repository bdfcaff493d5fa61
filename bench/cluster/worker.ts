/** A Node worker that only looks like one: it sleeps, or gives partials of a size, in place of reading events. */
import { deserialize } from 'node:v8'
import { encodeResult, loadEncoder } from '../../lib/cluster/results.js'
import { serveTasks } from '../../lib/cluster/serve.js'
import type { Chunk } from '../../lib/core/types.js'
import { makePartial, type Partial, type PartialKind, resultOf } from './partials.js'

/** Seconds are slept; bytes are those of a partial before packing, 0 for none. */
export interface Work {
  readonly kind: PartialKind
  readonly bytes: number
  readonly seconds: number
  /** Of the first chunk. */
  readonly firstSeconds: number
}

/** Made once: what making takes is no matter here, packing and encoding are measured elsewhere. */
const made = new Map<string, Partial>()

await serveTasks(async (_head, spec, chunks) => {
  const { kind, bytes, seconds, firstSeconds } = (deserialize(spec) as { args: Work }).args
  await loadEncoder()
  const parts: Uint8Array[] = []
  for (const chunk of deserialize(chunks) as readonly Chunk[]) {
    const slept = chunk.start === 0 ? firstSeconds : seconds
    if (slept > 0) await new Promise(resolve => setTimeout(resolve, 1000 * slept))
    const key = `${kind} ${bytes}`
    if (bytes > 0 && !made.has(key)) made.set(key, makePartial(kind, bytes, 1))
    parts.push(...encodeResult(resultOf(chunk, made.get(key) ?? null)))
  }
  return { head: { ok: true }, parts }
})
