/** The identity of a file. uproot and ROOT keep what they have read under it, so no two contents may share one; equal contents have
 *  equal ones, since neither a clock nor chance goes into it. */
import type { Hash } from 'node:crypto'
import { createRequire } from 'node:module'

/** Loaded when the first file is written: node:crypto takes 6 ms, which every program that has this folder would wait for. */
export function sha1Hash(): Hash {
  const crypto = createRequire(import.meta.url)('node:crypto') as typeof import('node:crypto')
  return crypto.createHash('sha1')
}

/** The version of ROOT's TUUID and 16 bytes of the hash, which takes no more after that. */
export function uuidOf(hash: Hash): Uint8Array {
  return Buffer.concat([Buffer.of(0, 1), hash.digest().subarray(0, 16)])
}
