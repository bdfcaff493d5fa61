/** The worker's end of the pipe to a thread of a Dask worker:
 *
 *    u32 length, JSON { key, blobs: [n, n] }, spec, chunks  ->  u32 length, u32 bytes, JSON { ok }, results
 *
 *  Lengths are little-endian. */
import { wireError } from '../run/wire-error.js'
import { ByteReader } from './byte-reader.js'

/** What is done with a task: `key` names its spec. Both are as the driver sent them; results are given in parts. */
export type Perform = (key: string, spec: Buffer, chunks: Buffer) => Promise<readonly Uint8Array[]>

/** Does tasks one after the other until the Dask worker is gone, or wants this process to go; then ends it. */
export async function serveTasks(perform: Perform): Promise<never> {
  const input = new ByteReader(process.stdin)
  for (;;) {
    const length = await input.read(4)
    if (length === null) process.exit(0)
    const head = JSON.parse((await input.read(length.readUInt32LE(0)))!.toString()) as { key: string; blobs: number[] }
    const blobs: Buffer[] = []
    for (const size of head.blobs) blobs.push((await input.read(size))!)
    try {
      send({ ok: true }, await perform(head.key, blobs[0]!, blobs[1]!))
    } catch (error) {
      send({ ok: false, kind: 'permanent', error: wireError(error) }, [])
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
