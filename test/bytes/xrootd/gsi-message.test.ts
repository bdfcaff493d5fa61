/** Messages of gsi, whole and damaged. */
import { randomInt } from 'node:crypto'
import { test } from 'uvu'
import { equal, match, throws } from 'uvu/assert'
import { CredentialError } from '../../../lib/bytes/xrootd/authenticate.js'
import { BUCKET, bucket, decodeGsi, encodeGsi, int32, STEP } from '../../../lib/bytes/xrootd/gsi-message.js'

const HEX = [
  '67736900', // gsi
  '000003e8', // step 1000
  '00000bb8 00000003 73736c', // cryptomod: ssl
  '00000bc6 00000004 00002968', // version: 10600
  '00000000',
]
  .join('')
  .replaceAll(' ', '')

test('buckets are written and read as they are on the wire', () => {
  const message = encodeGsi(STEP.clientRequest, [
    [BUCKET.cryptoModule, 'ssl'],
    [BUCKET.version, int32(10600)],
  ])
  equal(message.toString('hex'), HEX)
  const { step, buckets } = decodeGsi(message)
  equal(step, 1000)
  equal(
    [...buckets].map(([type, bytes]) => [type, bytes.toString('latin1')]),
    [
      [3000, 'ssl'],
      [3014, '\0\0\x29\x68'],
    ],
  )
})

test('a message without its closing zero is read; what follows the zero is not', () => {
  const whole = Buffer.from(HEX, 'hex')
  equal(decodeGsi(whole.subarray(0, -4)).buckets.size, 2)
  equal(decodeGsi(Buffer.concat([whole, Buffer.from('rubbish')])).buckets.size, 2)
})

test('a part that is missing is named', () => {
  try {
    bucket(decodeGsi(Buffer.from(HEX, 'hex')), 'cipher')
    throw new Error('it should have failed')
  } catch (error) {
    match((error as Error).message, /no part 3005 \(cipher\)/)
  }
})

/** Either a message whose parts lie within the bytes, or a CredentialError. */
function tolerates(bytes: Buffer): void {
  try {
    const { buckets } = decodeGsi(bytes)
    const total = [...buckets.values()].reduce((sum, one) => sum + one.length, 0)
    equal(total <= bytes.length, true)
  } catch (error) {
    if (!(error instanceof CredentialError)) throw error
  }
}

test('damaged messages fail with a CredentialError, whatever is wrong with them', () => {
  const whole = Buffer.from(HEX, 'hex')
  for (let length = 0; length < whole.length; length++) tolerates(whole.subarray(0, length))
  for (const length of [-1, 5, 0x7fffffff, -0x80000000]) {
    const bytes = Buffer.from(whole)
    bytes.writeInt32BE(length, 12)
    throws(() => decodeGsi(bytes), /a part of -?\d+ bytes in a message of 35/)
  }
  throws(() => decodeGsi(Buffer.from('krb5\0')), /does not begin/)
  throws(
    () =>
      decodeGsi(
        encodeGsi(
          1,
          Array.from({ length: 65 }, (_, k) => [4000 + k, ''] as const),
        ),
      ),
    /more than 64 parts/,
  )
})

test('neither do random changes bring it down', () => {
  const whole = Buffer.from(HEX, 'hex')
  for (let i = 0; i < 20_000; i++) {
    const bytes = Buffer.from(whole)
    for (let k = randomInt(1, 4); k > 0; k--) bytes[randomInt(4, bytes.length)] = randomInt(256)
    tolerates(bytes.subarray(0, randomInt(4, bytes.length + 1)))
  }
})

test.run()
