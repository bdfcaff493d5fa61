/** Names for what can be sent to a worker, by content: equal content, equal name, in whatever process it came together. (V8's own
 *  serialization of equal values differs with how they were made.) */
import { createHash, type Hash } from 'node:crypto'

/** 20 hexadecimal digits of SHA-256 over the value: plain objects (keys in any order, undefined as absent), arrays, maps, sets, typed
 *  arrays, and what JSON has. */
export function digest(value: unknown): string {
  const hash = createHash('sha256')
  feed(hash, value)
  return hash.digest('hex').slice(0, 20)
}

function feed(hash: Hash, value: unknown): void {
  if (value === null || typeof value !== 'object') {
    const text = Object.is(value, -0) ? '-0' : String(value)
    // The length keeps neighbours apart.
    hash.update(`${typeof value} ${text.length} ${text};`)
  } else if (ArrayBuffer.isView(value)) {
    hash.update(`${value.constructor.name} ${value.byteLength};`)
    hash.update(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))
  } else if (Array.isArray(value) || value instanceof Set) {
    const items = [...value]
    hash.update(`${Array.isArray(value) ? 'array' : 'set'} ${items.length};`)
    for (const item of items) feed(hash, item)
  } else if (value instanceof Map) {
    hash.update(`map ${value.size};`)
    for (const pair of value) feed(hash, pair)
  } else {
    const entries = Object.entries(value).filter(([, inner]) => inner !== undefined)
    hash.update(`object ${entries.length};`)
    for (const pair of entries.sort(([a], [b]) => (a < b ? -1 : 1))) feed(hash, pair)
  }
}
