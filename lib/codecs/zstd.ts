/** Zstandard frames: Node's own zlib where it has them (22.15 and later), else wasm of zstandard-wasm (decoding, 600 MB/s)
 *  and of @foxglove/wasm-zstd (encoding). */
import { readFileSync } from 'node:fs'
import { BugError } from '../core/errors.js'
import { instantiateWasm, type WasmMemory } from '../core/wasm.js'
import type { BlockDecoder } from './block-decoder.js'
import { createNodeZstdDecoder, zstdOfNode } from './node-zstd.js'
import { packageFile } from './package-file.js'

export function hasNodeZstd(): boolean {
  return zstdOfNode() !== null
}

export function createZstdDecoder(): BlockDecoder {
  const node = zstdOfNode()
  return node === null ? createWasmZstdDecoder() : createNodeZstdDecoder(node)
}

interface ZstdExports {
  readonly memory: WasmMemory
  malloc(length: number): number
  free(pointer: number): void
  ZSTD_decompress(output: number, outputLength: number, input: number, inputLength: number): number
  _initialize?(): void
}

/** An area of the wasm heap that only grows: allocating per block would cost more than decoding a small one. */
interface Area {
  pointer: number
  length: number
}

const MIN_AREA_BYTES = 1 << 20

/** The module's exports are called directly: its own wrapper is asynchronous and copies every result. */
export function createWasmZstdDecoder(): BlockDecoder {
  const code = readFileSync(packageFile('zstandard-wasm', 'zstd/zstd.speed.wasm'))
  let heap = new Uint8Array(0)
  const imports = { env: { emscripten_notify_memory_growth: () => {} } }
  const wasm = instantiateWasm<ZstdExports>(code, imports)
  wasm._initialize?.()
  const source: Area = { pointer: 0, length: 0 }
  const target: Area = { pointer: 0, length: 0 }

  function reserve(area: Area, length: number): void {
    if (length <= area.length && area.pointer !== 0) return
    if (area.pointer !== 0) wasm.free(area.pointer)
    area.length = Math.max(length, MIN_AREA_BYTES)
    area.pointer = wasm.malloc(area.length)
    if (area.pointer === 0) {
      area.length = 0
      throw new Error(`no memory for ${length} bytes`)
    }
  }

  return (input, outputLength) => {
    reserve(source, input.length)
    reserve(target, outputLength)
    // Growth of the wasm memory detaches every earlier view of it.
    if (heap.buffer !== wasm.memory.buffer) heap = new Uint8Array(wasm.memory.buffer)
    heap.set(input, source.pointer)
    const got = wasm.ZSTD_decompress(target.pointer, outputLength, source.pointer, input.length)
    if (got < 0) throw new Error(`Zstandard error ${-got}`)
    if (heap.buffer !== wasm.memory.buffer) heap = new Uint8Array(wasm.memory.buffer)
    return heap.subarray(target.pointer, target.pointer + got)
  }
}

const MAGIC = 0xfd2fb528
/** Bytes of the dictionary id and of the content size, by their flags in the frame header's descriptor. */
const DICTIONARY_BYTES = [0, 1, 2, 4]
const CONTENT_BYTES = [0, 2, 4, 8]

/** The number of bytes that a frame says it holds (RFC 8878, 3.1.1.1); null where it does not say, or is no frame. */
export function frameContentLength(frame: Uint8Array): number | null {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength)
  if (frame.length < 6 || view.getUint32(0, true) !== MAGIC) return null
  const descriptor = frame[4]!
  const single = (descriptor & 0x20) !== 0
  const bytes = single && descriptor >>> 6 === 0 ? 1 : CONTENT_BYTES[descriptor >>> 6]!
  const at = 5 + (single ? 0 : 1) + DICTIONARY_BYTES[descriptor & 3]!
  if (bytes === 0 || at + bytes > frame.length) return null
  if (bytes === 1) return view.getUint8(at)
  if (bytes === 2) return view.getUint16(at, true) + 256
  return bytes === 4 ? view.getUint32(at, true) : Number(view.getBigUint64(at, true))
}

type Compress = (bytes: Uint8Array, level: number) => Uint8Array
let compress: Compress | null = null

/** Must have settled before the first `zstdCompress`. Cheap when called again. */
export async function loadZstdCompress(): Promise<void> {
  if (compress !== null) return
  const node = zstdOfNode()
  if (node !== null) {
    const parameter = node.constants.ZSTD_c_compressionLevel
    compress = (bytes, level) => node.zstdCompressSync(bytes, { params: { [parameter]: level } })
    return
  }
  const wasm = (await import('@foxglove/wasm-zstd')).default
  await wasm.isLoaded
  compress = (bytes, level) => wasm.compress(bytes, level)
}

/** One Zstandard frame with its content size, at `level` 1 (fast) to 22 (small). The result is the caller's own.
 *  Await `loadZstdCompress()` once before. */
export function zstdCompress(bytes: Uint8Array, level: number): Uint8Array {
  if (compress === null) throw new BugError('zstdCompress: called before loadZstdCompress() had settled.')
  return compress(bytes, level)
}
