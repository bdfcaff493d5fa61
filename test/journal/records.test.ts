/** The journal's records: what was cut short is dropped, whatever else is wrong is refused. */
import { readFileSync, writeFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, ok } from 'uvu/assert'
import { crc32, crc32ByTable } from '../../lib/core/crc32.js'
import { HEADER_BYTES, recordHeader, scanRecords } from '../../lib/journal/records.js'
import { scratch } from '../support/cli.js'

const PAYLOADS = [Buffer.from('head'), Buffer.alloc(0), Buffer.from([1, 2, 3, 255, 0]), Buffer.from('the last one')]

function fileOf(payloads: readonly Buffer[]): Buffer {
  return Buffer.concat(payloads.flatMap(p => [recordHeader(p), p]))
}

test('records come back as they were written, in order', async () => {
  const out = scratch()
  const path = out.path('j')
  writeFileSync(path, fileOf(PAYLOADS))
  const seen: string[] = []
  const { places, end, size } = await scanRecords(path, p => seen.push(p.toString('hex')))
  equal(
    seen,
    PAYLOADS.map(p => p.toString('hex')),
  )
  equal(
    places.map(({ start, length }) =>
      readFileSync(path)
        .subarray(start, start + length)
        .toString('hex'),
    ),
    seen,
  )
  equal(end, size)
  out.remove()
})

test('the checksum is the CRC-32 of zlib, with and without Node’s own, in one piece or several', () => {
  const check = Buffer.from('123456789')
  for (const crc of [crc32, crc32ByTable]) {
    equal(crc(check), 0xcbf43926)
    equal(crc(check.subarray(4), crc(check.subarray(0, 4))), 0xcbf43926)
    equal(crc(Buffer.alloc(0)), 0)
  }
})

test('a file cut at any byte has exactly the records that are whole', async () => {
  const out = scratch()
  const path = out.path('j')
  const bytes = fileOf(PAYLOADS)
  const ends = PAYLOADS.map((_, i) => fileOf(PAYLOADS.slice(0, i + 1)).length)
  for (let length = 0; length <= bytes.length; length++) {
    // As it is, and, as after a power cut, with zeros where the rest would be.
    for (const content of [bytes.subarray(0, length), zeroed(bytes, length)]) {
      writeFileSync(path, content)
      const { places, end } = await scanRecords(path)
      // Zeros may be what the record has there anyway.
      const whole = ends.filter(e => content.subarray(0, e).equals(bytes.subarray(0, e)))
      equal(places.length, whole.length, `cut at ${length}`)
      equal(end, whole.at(-1) ?? 0)
    }
  }
  out.remove()
})

function zeroed(bytes: Buffer, from: number): Buffer {
  const copy = Buffer.from(bytes)
  copy.fill(0, from)
  return copy
}

test('a flipped bit is never taken for content: refused with its place, or dropped where it is in the last payload', async () => {
  const out = scratch()
  const path = out.path('j')
  const bytes = fileOf(PAYLOADS)
  const starts = PAYLOADS.map((_, i) => fileOf(PAYLOADS.slice(0, i)).length)
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const copy = Buffer.from(bytes)
    copy[bit >> 3]! ^= 1 << (bit & 7)
    writeFileSync(path, copy)
    const record = starts.findLastIndex(s => s <= bit >> 3)
    const isLastPayload = record === starts.length - 1 && bit >> 3 >= starts[record]! + HEADER_BYTES
    const outcome = await scanRecords(path).then(
      r => r.places.length,
      (error: Error) => error.message,
    )
    if (isLastPayload) equal(outcome, PAYLOADS.length - 1)
    else ok(String(outcome).includes(`record at byte ${starts[record]} is damaged`), `bit ${bit}: ${outcome}`)
  }
  out.remove()
})

test.run()
