/** Enciphering for Kerberos 5 by AES: kinds 17 and 18 (RFC 3961 and 3962, HMAC-SHA-1) and 19 and 20 (RFC 8009, HMAC-SHA-2). */
import { createCipheriv, createHmac, randomBytes } from 'node:crypto'

/** Kinds of keys known here: aes128 and aes256 with cts-hmac-sha1-96; aes128-cts-hmac-sha256-128, aes256-cts-hmac-sha384-192. */
export const KEY_TYPES: readonly number[] = [17, 18, 19, 20]

const BLOCK = 16
/** Ends of the constants that keys are derived with (RFC 3961, section 5.3): for the cipher, and for the checksum. */
const FOR_CIPHER = 0xaa
const FOR_CHECKSUM = 0x55

/** `usage`: number of what it is for (RFC 4120, section 7.5.1). `confounder`: 16 random bytes; given in tests only. */
export function encrypt(
  keyType: number,
  key: Buffer,
  usage: number,
  plain: Buffer,
  confounder: Buffer = randomBytes(BLOCK),
): Buffer {
  const message = Buffer.concat([confounder, plain])
  if (keyType === 17 || keyType === 18) {
    const secret = derive(key, constant(usage, FOR_CIPHER))
    const checksum = createHmac('sha1', derive(key, constant(usage, FOR_CHECKSUM))).update(message)
    return Buffer.concat([stealing(secret, message), checksum.digest().subarray(0, 12)])
  }
  const [hash, checksumBytes] = keyType === 19 ? (['sha256', 16] as const) : (['sha384', 24] as const)
  const cipher = stealing(derive2(hash, key, constant(usage, FOR_CIPHER), key.length), message)
  const checksumKey = derive2(hash, key, constant(usage, FOR_CHECKSUM), checksumBytes)
  const checksum = createHmac(hash, checksumKey).update(Buffer.alloc(BLOCK)).update(cipher)
  return Buffer.concat([cipher, checksum.digest().subarray(0, checksumBytes)])
}

function constant(usage: number, end: number): Buffer {
  const bytes = Buffer.alloc(5)
  bytes.writeUInt32BE(usage, 0)
  bytes[4] = end
  return bytes
}

/** CBC with stealing of the last block's end, the last two blocks always exchanged (RFC 3962, section 5). `message` has more than a
 *  block. */
export function stealing(key: Buffer, message: Buffer): Buffer {
  const padded = Buffer.alloc(Math.ceil(message.length / BLOCK) * BLOCK)
  message.copy(padded)
  const cipher = createCipheriv(`aes-${key.length * 8}-cbc`, key, Buffer.alloc(BLOCK)).setAutoPadding(false)
  const whole = Buffer.concat([cipher.update(padded), cipher.final()])
  if (whole.length === BLOCK) return whole
  const rest = message.length - (whole.length - BLOCK)
  return Buffer.concat([
    whole.subarray(0, -2 * BLOCK),
    whole.subarray(-BLOCK),
    whole.subarray(-2 * BLOCK, -2 * BLOCK + rest),
  ])
}

/** DK of RFC 3961, section 5.1: the constant, folded to a block, enciphered again and again. */
function derive(key: Buffer, constant: Buffer): Buffer {
  const blocks: Buffer[] = []
  let block = fold(constant, BLOCK)
  while (blocks.length * BLOCK < key.length) {
    const cipher = createCipheriv(`aes-${key.length * 8}-ecb`, key, null).setAutoPadding(false)
    block = Buffer.concat([cipher.update(block), cipher.final()])
    blocks.push(block)
  }
  return Buffer.concat(blocks).subarray(0, key.length)
}

/** KDF-HMAC-SHA2 of RFC 8009, section 3: one block of it is enough. */
function derive2(hash: 'sha256' | 'sha384', key: Buffer, label: Buffer, bytes: number): Buffer {
  const bits = Buffer.alloc(4)
  bits.writeUInt32BE(bytes * 8)
  return createHmac(hash, key)
    .update(Buffer.concat([Buffer.of(0, 0, 0, 1), label, Buffer.of(0), bits]))
    .digest()
    .subarray(0, bytes)
}

/** n-fold of RFC 3961, section 5.1: copies of the text, each turned right by 13 bits more, added up in ones' complement. */
export function fold(text: Buffer, bytes: number): Buffer {
  const total = leastCommonMultiple(text.length, bytes)
  const sums = new Array<number>(bytes).fill(0)
  const bits = text.length * 8
  for (let at = 0; at < total; at++) {
    const turned = 13 * Math.floor(at / text.length)
    let byte = 0
    for (let bit = 0; bit < 8; bit++) {
      const from = ((((at % text.length) * 8 + bit - turned) % bits) + bits) % bits
      byte = (byte << 1) | ((text[from >> 3]! >> (7 - (from & 7))) & 1)
    }
    sums[at % bytes]! += byte
  }
  // What runs over at the front comes in again at the end.
  for (let carry = 0, pass = 0; pass === 0 || carry > 0; pass++) {
    for (let at = bytes - 1; at >= 0; at--) {
      const sum = sums[at]! + carry
      sums[at] = sum & 0xff
      carry = sum >> 8
    }
  }
  return Buffer.from(sums)
}

function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b]
  while (y > 0) [x, y] = [y, x % y]
  return (a / x) * b
}
