/** .xz streams (LZMA2) as ROOT stores them: the wasm of xz-embedded that the package xz-decompress carries, driven
 *  synchronously, because the package's own interface is a web stream. */
import { readFileSync } from 'node:fs'
import { BugError } from '../core/errors.js'
import { instantiateWasm, type WasmMemory } from '../core/wasm.js'
import type { BlockDecoder } from './block-decoder.js'
import { packageFile } from './package-file.js'

const XZ_OK = 0
const XZ_STREAM_END = 1
/** "\0asm" and version 1, the head of any wasm module, in base64. */
const WASM_BASE64 = /AGFzbQE[A-Za-z0-9+/]+=*/

interface XzExports {
  readonly memory: WasmMemory
  create_context(): number
  destroy_context(context: number): void
  supply_input(context: number, length: number): void
  get_next_output(context: number): number
}

/** Where the fields of the module's context struct lie, in 32-bit words from its start. */
const BUFFER_SIZE = 0
const INPUT_POINTER = 1
const INPUT_POSITION = 2
const INPUT_SIZE = 3
const OUTPUT_POINTER = 4
const OUTPUT_POSITION = 5

export function createXzDecoder(): BlockDecoder {
  const wasm = instantiateWasm<XzExports>(xzModule(), {})
  return (input, outputLength) => {
    const context = wasm.create_context()
    try {
      return decodeStream(wasm, context, input, outputLength)
    } finally {
      wasm.destroy_context(context)
    }
  }
}

/** The module stands as a data URL in the package's source; there is no export to get it by. */
function xzModule(): Uint8Array {
  const path = packageFile('xz-decompress', 'dist/package/xz-decompress.js')
  const base64 = WASM_BASE64.exec(readFileSync(path, 'latin1'))?.[0]
  if (base64 === undefined)
    throw new BugError(`${path}: holds no wasm module. Install the version in package-lock.json.`)
  return Buffer.from(base64, 'base64')
}

/** Feeds the input buffer by buffer and drains the output buffer whenever it is full or the stream has ended. */
function decodeStream(wasm: XzExports, context: number, input: Uint8Array, outputLength: number): Uint8Array {
  const output = Buffer.allocUnsafe(outputLength)
  let taken = 0
  let done = 0
  let starved = 0
  for (;;) {
    let words = new Uint32Array(wasm.memory.buffer, context, OUTPUT_POSITION + 1)
    const before = words[OUTPUT_POSITION]!
    if (words[INPUT_POSITION] === words[INPUT_SIZE]) {
      const length = Math.min(words[BUFFER_SIZE]!, input.length - taken)
      new Uint8Array(wasm.memory.buffer, words[INPUT_POINTER]!, length).set(input.subarray(taken, taken + length))
      taken += length
      starved = length === 0 ? starved + 1 : 0
      // Also to be called with nothing: it tells the decoder that the input has ended.
      wasm.supply_input(context, length)
    }
    const status = wasm.get_next_output(context)
    if (status !== XZ_OK && status !== XZ_STREAM_END) throw new Error(`xz error ${status}`)
    // The call may have grown the memory, which detaches the view.
    words = new Uint32Array(wasm.memory.buffer, context, OUTPUT_POSITION + 1)
    const got = words[OUTPUT_POSITION]!
    // The decoder may hold input back for one call, not for two.
    if (starved > 1 && got === before) throw new Error('the xz stream ends early')
    if (got === words[BUFFER_SIZE] || status === XZ_STREAM_END) {
      if (done + got > outputLength) throw new Error(`the xz stream holds more than ${outputLength} bytes`)
      output.set(new Uint8Array(wasm.memory.buffer, words[OUTPUT_POINTER]!, got), done)
      done += got
      words[OUTPUT_POSITION] = 0
    }
    if (status === XZ_STREAM_END) return output.subarray(0, done)
  }
}
