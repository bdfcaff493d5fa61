/** Preparing a result for another thread: typed arrays move instead of being copied. */
import type { TransferListItem } from 'node:worker_threads'

/** The buffers below `value` that may be moved: those of typed arrays that cover their buffer wholly. A view of a part of a
 *  buffer is copied out first, since cloning it would copy the whole buffer. Returns the value to send and the list. */
export function prepareTransfer<T>(value: T): { readonly value: T; readonly transfer: TransferListItem[] } {
  const buffers = new Set<ArrayBuffer>()
  const copy = (x: unknown): unknown => {
    if (ArrayBuffer.isView(x)) return wholeView(x as unknown as Uint8Array, buffers)
    if (Array.isArray(x)) return x.map(copy)
    if (x instanceof Map) return new Map([...x].map(([k, v]) => [k, copy(v)]))
    if (x !== null && typeof x === 'object' && Object.getPrototypeOf(x) === Object.prototype) {
      return Object.fromEntries(Object.entries(x).map(([k, v]) => [k, copy(v)]))
    }
    return x
  }
  return { value: copy(value) as T, transfer: [...buffers] }
}

function wholeView(view: Uint8Array, buffers: Set<ArrayBuffer>): Uint8Array {
  const whole = view.byteLength === view.buffer.byteLength && view.buffer instanceof ArrayBuffer
  // Buffer.slice shares memory, so copies are made through the typed array's own slice.
  const own = whole ? view : (Object.getPrototypeOf(Uint8Array.prototype).slice.call(view) as Uint8Array)
  if (own.byteLength === own.buffer.byteLength) buffers.add(own.buffer as ArrayBuffer)
  return own
}
