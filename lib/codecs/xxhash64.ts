/** XXH64 (https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md), seed 0: the checksum of ROOT's LZ4 blocks. The wasm
 *  that the package xxhash-wasm carries, driven synchronously, because the package's own door is a promise. */
import { readFileSync } from 'node:fs'
import { type GrowingMemory, growTo, instantiateWasm } from '../core/wasm.js'
import { packageFile } from './package-file.js'

interface XxhashExports {
  readonly mem: GrowingMemory
  xxh64(pointer: number, length: number, seed: bigint): bigint
}

/** The package has the wasm as a file of its own for one platform. */
const MODULE = 'workerd/xxhash.wasm'
/** The wasm leaves all of its memory to the input. */
const INPUT = 0

let wasm: XxhashExports | undefined

/** Is the hash of `bytes` what stands in the first 8 bytes of `stored`, the highest one first? */
export function matchesXxhash64(bytes: Uint8Array, stored: Uint8Array): boolean {
  wasm ??= instantiateWasm<XxhashExports>(readFileSync(packageFile('xxhash-wasm', MODULE)), {})
  const { mem } = wasm
  growTo(mem, bytes.length)
  new Uint8Array(mem.buffer, INPUT, bytes.length).set(bytes)
  const hash = BigInt.asUintN(64, wasm.xxh64(INPUT, bytes.length, 0n))
  return new DataView(stored.buffer, stored.byteOffset).getBigUint64(0) === hash
}
