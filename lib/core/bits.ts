/** Numbers as the bytes that they are. */

/** The memory of a typed array, not a copy. */
export function bytesOf({ buffer, byteOffset, byteLength }: NodeJS.ArrayBufferView): Buffer {
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength)
}

/** Same length and bit for bit the same numbers: memcmp's work. */
export function sameBits(a: NodeJS.ArrayBufferView, b: NodeJS.ArrayBufferView): boolean {
  return a.byteLength === b.byteLength && bytesOf(a).equals(bytesOf(b))
}
