/** LZ4 blocks (https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md): the wasm of the package lz4-wasm-nodejs (Rust's
 *  lz4_flex with all bounds checked), called without the copies of its own door. */
import { readFileSync } from 'node:fs'
import { instantiateWasm, type WasmMemory } from '../core/wasm.js'
import { packageFile } from './package-file.js'

interface Lz4Exports {
  readonly memory: WasmMemory
  /** Takes the bytes at `pointer` for its own; puts pointer and length of the output, and whether it failed, at `result`. */
  decompress(result: number, pointer: number, length: number): void
  __wbindgen_add_to_stack_pointer(bytes: number): number
  __wbindgen_malloc(bytes: number): number
  __wbindgen_free(pointer: number, bytes: number): void
}

/** The length of the output stands before the block, which is how the module wants it. */
const PREFIX_BYTES = 4
const RESULT_BYTES = 16

let wasm: Lz4Exports | undefined

/** Decodes one raw block into `output`, whole. Throws Error where the block is damaged or makes more or fewer bytes than
 *  `output` holds. A match of distance 0, which no encoder writes, goes unnoticed: ROOT's blocks have a checksum for that. Four
 *  times as fast as the same in JavaScript, with the checksum. */
export function decodeLz4Block(input: Uint8Array, output: Uint8Array): void {
  // A block of nothing is a token without literals, if it is anything; the module refuses both.
  if (output.length === 0 && (input.length === 0 || (input.length === 1 && input[0] === 0))) return
  wasm ??= instantiateWasm<Lz4Exports>(readFileSync(packageFile('lz4-wasm-nodejs', 'lz4_wasm_nodejs_bg.wasm')), {
    __wbindgen_placeholder__: { __wbindgen_string_new: () => 0 },
  })
  try {
    decode(wasm, input, output)
  } catch (error) {
    // A module that was stopped in the middle may be in any state.
    wasm = undefined
    throw new Error('an LZ4 block is damaged', { cause: error })
  }
}

function decode(module: Lz4Exports, input: Uint8Array, output: Uint8Array): void {
  const length = PREFIX_BYTES + input.length
  const pointer = module.__wbindgen_malloc(length)
  new DataView(module.memory.buffer).setUint32(pointer, output.length, true)
  new Uint8Array(module.memory.buffer, pointer + PREFIX_BYTES, input.length).set(input)
  const result = module.__wbindgen_add_to_stack_pointer(-RESULT_BYTES)
  module.decompress(result, pointer, length)
  const words = new Int32Array(module.memory.buffer, result, 4)
  const [made, bytes, , failed] = words as unknown as readonly [number, number, number, number]
  module.__wbindgen_add_to_stack_pointer(RESULT_BYTES)
  if (failed !== 0) throw new Error('it does not decode')
  const isWhole = bytes === output.length
  if (isWhole) output.set(new Uint8Array(module.memory.buffer, made, bytes))
  module.__wbindgen_free(made, bytes)
  if (!isWhole) throw new Error(`it makes ${bytes} bytes`)
}
