/** WebAssembly, as far as codecs and fits use it: modules are compiled and instantiated synchronously when they are first needed. */

/** Linear memory: growing it replaces `buffer` and detaches every view of the old one. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer
}

/** Memory that is grown here. */
export interface GrowingMemory extends WasmMemory {
  grow(pages: number): void
}

const PAGE_BYTES = 65536

/** Makes room for so many bytes in a module's memory. */
export function growTo(memory: GrowingMemory, bytes: number): void {
  const missing = bytes - memory.buffer.byteLength
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES))
}

/** The part of the global WebAssembly that is used; TypeScript declares it only together with a browser's globals. */
interface Engine {
  readonly Module: new (code: Uint8Array) => object
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown }
}

/** Instantiates a module and gives its exports; `Exports` is what the caller knows them to be. */
export function instantiateWasm<Exports>(code: Uint8Array, imports: object): Exports {
  const engine = (globalThis as unknown as { readonly WebAssembly: Engine }).WebAssembly
  return new engine.Instance(new engine.Module(code), imports).exports as Exports
}
