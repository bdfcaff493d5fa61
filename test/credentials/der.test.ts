import { randomBytes } from 'node:crypto'
import { test } from 'uvu'
import { equal, is, throws } from 'uvu/assert'
import { readCertificate } from '../../lib/credentials/certificate.js'
import { children, DerError, encodeTlv, oidText, readTlv } from '../../lib/credentials/der.js'
import { derText, derTime } from '../../lib/credentials/der-values.js'
import { nameParts } from '../../lib/credentials/names.js'
import { readVoms } from '../../lib/credentials/voms.js'

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')
const isDerError = (error: unknown) => error instanceof DerError

test('an element is read with its tag, its value, itself whole and where the next begins', () => {
  const { tag, body, all, next } = readTlv(hex('ff 04 02 ab cd ee'), 1)
  equal([tag, body.toString('hex'), all.toString('hex'), next], [4, 'abcd', '0402abcd', 5])
})

test('elements of every length are written and read again', () => {
  for (const length of [0, 1, 127, 128, 255, 256, 65535, 65536, 2 ** 20]) {
    const encoded = encodeTlv(0x30, Buffer.alloc(length, 7))
    const { body, next } = readTlv(encoded)
    equal([body.length, next], [length, encoded.length])
  }
  equal(encodeTlv(4, Buffer.alloc(127)).subarray(0, 2), hex('04 7f'))
  equal(encodeTlv(4, Buffer.alloc(128)).subarray(0, 3), hex('04 81 80'))
  equal(encodeTlv(4, Buffer.alloc(65000), Buffer.alloc(536)).subarray(0, 5), hex('04 83 01 00 00'))
})

test('the elements of a value follow one another to its end', () => {
  const parts = children(hex('02 01 05 04 00 05 00'))
  equal(
    parts.map(part => part.all.toString('hex')),
    ['020105', '0400', '0500'],
  )
  equal(children(Buffer.alloc(0)), [])
})

test('what is cut off, or says that it is longer than what is there, is refused', () => {
  for (const bytes of ['', '30', '30 01', '30 81', '30 82 01', '30 82 00 01', '04 84 ff ff ff ff 00', '30 80 00 00'])
    throws(() => readTlv(hex(bytes)), isDerError)
  // Five bytes of length, and a tag of two.
  for (const bytes of ['30 85 00 00 00 00 01 00', '1f 81 01 00']) throws(() => readTlv(hex(bytes)), isDerError)
  throws(() => children(hex('02 01 05 04 05 00')), isDerError)
  throws(() => readTlv(hex('05 00'), 7), isDerError)
})

test('object identifiers are written in dots', () => {
  is(oidText(hex('2b 06 01 05 05 07 01 0e')), '1.3.6.1.5.5.7.1.14')
  is(oidText(hex('55 04 03')), '2.5.4.3')
  is(oidText(hex('2b 06 01 04 01 be 45 64 64 05')), '1.3.6.1.4.1.8005.100.100.5')
  is(oidText(hex('88 37 03')), '2.999.3')
  is(oidText(hex('09 92 26 89 93 f2 2c 64 01 19')), '0.9.2342.19200300.100.1.25')
  for (const bytes of ['', '2b 86', 'ff', '2b ff ff ff ff ff ff ff ff 7f'])
    throws(() => oidText(hex(bytes)), isDerError)
})

test('times are in UTC, to the second', () => {
  const time = (tag: number, text: string) => derTime(readTlv(encodeTlv(tag, Buffer.from(text)))).toISOString()
  is(time(0x17, '261130092453Z'), '2026-11-30T09:24:53.000Z')
  is(time(0x17, '500101000000Z'), '1950-01-01T00:00:00.000Z')
  is(time(0x18, '20500101000000Z'), '2050-01-01T00:00:00.000Z')
  is(time(0x18, '00990101000000Z'), '0099-01-01T00:00:00.000Z')
  for (const [tag, text] of [
    [0x17, '2611300924Z'],
    [0x17, '20261130092453Z'],
    [0x18, '261130092453Z'],
    [0x18, '20261130092453+0100'],
    [0x18, '20261330092453Z'],
    [0x17, '261130099953Z'],
    [0x0c, '20261130092453Z'],
    [0x18, ''],
  ] as const)
    throws(() => time(tag, text), isDerError)
  throws(() => derTime(undefined), isDerError)
})

test('strings are read by their kind', () => {
  const text = (tag: number, body: Buffer) => derText(readTlv(encodeTlv(tag, body)))
  is(text(0x0c, Buffer.from('Zoë')), 'Zoë')
  is(text(0x13, Buffer.from('Zoe')), 'Zoe')
  is(text(0x14, Buffer.from('Zoë', 'latin1')), 'Zoë')
  is(text(0x1e, hex('005a 006f 00eb')), 'Zoë')
  throws(() => text(0x1e, hex('005a 00')), isDerError)
  throws(() => text(0x02, hex('05')), isDerError)
})

test('whatever the bytes are, reading them ends, and throws nothing but DerError', () => {
  const readers = [readCertificate, readVoms, nameParts, (b: Buffer) => derTime(readTlv(b)), oidText, children]
  // Bytes that are mostly tags and short lengths get further than any bytes.
  const likely = hex('30 31 06 04 02 17 18 0c 13 a0 a3 86 00 01 02 03 04 08 10 81 82')
  for (let i = 0; i < 20_000; i++) {
    const bytes = randomBytes(1 + (i % 120))
    if (i % 2 === 0) for (let k = 0; k < bytes.length; k++) bytes[k] = likely[bytes[k]! % likely.length]!
    for (const read of readers) {
      try {
        read(bytes)
      } catch (error) {
        if (!isDerError(error)) throw new Error(`${read.name} of ${bytes.toString('hex')}`, { cause: error })
      }
    }
  }
})

test.run()
