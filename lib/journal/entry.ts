/** What the journal's records hold: the identity first, then what chunks gave.
 *
 *    entry:  u32 length of the head | head: whose result, and where bytes outside the journal stand | body: the rest of it
 *
 *  An entry without a body says where the bytes of an earlier one stand now. Heads are as v8 serializes them. */
import { deserialize, serialize } from 'node:v8'
import type { Chunk, MadeFile } from '../core/types.js'
import type { ChunkResult } from '../graph/segment.js'
import { decodeBody } from '../run/body.js'
import type { Part } from './parts.js'

export interface Head {
  /** Pass over a dataset that the chunk belongs to. */
  readonly pass: string
  readonly chunk: Chunk
  readonly parts: readonly Part[]
  /** Files that workers have made of this chunk and of others, one a leaf. */
  readonly made: readonly MadeFile[]
}

/** Pieces of a record's payload. */
export function encodeEntry(head: Head, body: readonly Uint8Array[]): Uint8Array[] {
  const bytes = serialize(head)
  const length = Buffer.alloc(4)
  length.writeUInt32LE(bytes.length)
  return [length, bytes, ...body]
}

export function headOf(payload: Buffer): { readonly head: Head; readonly hasBody: boolean } {
  const end = 4 + payload.readUInt32LE(0)
  return { head: deserialize(payload.subarray(4, end)) as Head, hasBody: end < payload.length }
}

export function bodyOf(payload: Buffer): ChunkResult {
  return decodeBody(payload.subarray(4 + payload.readUInt32LE(0))) as ChunkResult
}

/** Names a chunk among all of a job. */
export function keyOf(pass: string, { partition, part }: Chunk): string {
  return `${partition}.${part} ${pass}`
}
