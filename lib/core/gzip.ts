import { gunzipSync } from 'node:zlib'

/** What is gzipped, unpacked; else the bytes as they are. By what they begin with: names need not say so. */
export function unpacked<T extends Uint8Array>(bytes: T): T | Buffer {
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes
}
