/** Adler-32 (RFC 1950), the checksum that storage systems keep of their files. */

const MODULUS = 65521
/** So many additions fit into 32 bits before the remainder must be taken. */
const RUN = 5552

export class Adler32 {
  #a = 1
  #b = 0

  update(bytes: Uint8Array): this {
    let a = this.#a
    let b = this.#b
    for (let at = 0; at < bytes.length; ) {
      const end = Math.min(at + RUN, bytes.length)
      for (; at < end; at++) {
        a += bytes[at]!
        b += a
      }
      a %= MODULUS
      b %= MODULUS
    }
    this.#a = a
    this.#b = b
    return this
  }

  /** Eight hexadecimal digits. */
  digest(): string {
    return (((this.#b << 16) | this.#a) >>> 0).toString(16).padStart(8, '0')
  }
}
