/** The worker's end of the pipe to a thread of a Dask worker:
 *
 *    u32 length, JSON { key, blobs: [n, n] }, spec, chunks  ->  u32 length, u32 bytes, JSON { ok }, results
 *
 *  Lengths are little-endian. */
import { wireError } from '../run/wire-error.js'
import { ByteReader } from './byte-reader.js'

export interface TaskHead {
  /** Of the spec. */
  readonly key: string
  /** What cannot be read is a value, not a failure of the task. */
  readonly lenient?: boolean
}

/** refusal: why it writes no files of sinks. parts: results, in parts. */
export interface Answer {
  readonly head: { readonly ok: true; readonly refusal?: string }
  readonly parts: readonly Uint8Array[]
}

/** What is done with a task: spec and chunks as the driver sent them. */
export type Perform = (head: TaskHead, spec: Buffer, chunks: Buffer) => Promise<Answer>

/** May go well elsewhere, or later. */
export class Transient extends Error {}

/** Does tasks one after the other until the Dask worker is gone, or wants this process to go; then ends it. */
export async function serveTasks(perform: Perform): Promise<never> {
  const input = new ByteReader(process.stdin)
  for (;;) {
    const length = await input.read(4)
    if (length === null) process.exit(0)
    const text = (await input.read(length.readUInt32LE(0)))!.toString()
    const head = JSON.parse(text) as TaskHead & { readonly blobs: readonly number[] }
    const blobs: Buffer[] = []
    for (const size of head.blobs) blobs.push((await input.read(size))!)
    try {
      const { head: answer, parts } = await perform(head, blobs[0]!, blobs[1]!)
      send(answer, parts)
    } catch (error) {
      if (error instanceof Transient) send({ ok: false, kind: 'transient', message: error.message }, [])
      else send({ ok: false, kind: 'permanent', error: wireError(error) }, [])
    }
  }
}

function send(head: object, parts: readonly Uint8Array[]): void {
  const text = Buffer.from(JSON.stringify(head))
  const sizes = Buffer.alloc(8)
  sizes.writeUInt32LE(text.length, 0)
  const bytes = parts.reduce((sum, part) => sum + part.length, 0)
  sizes.writeUInt32LE(bytes, 4)
  process.stdout.cork()
  for (const part of [sizes, text, ...parts]) process.stdout.write(part)
  process.stdout.uncork()
}
