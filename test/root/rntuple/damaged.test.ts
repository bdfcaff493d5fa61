/** Damaged RNTuples: whatever is read, the answer is a DataError or the right values, at once, in little memory. More rounds than here:
 *  TNP_MUTATIONS=20000 node dist/test/root/rntuple/damaged.test.js */
import { readFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, is, match, ok } from 'uvu/assert'
import { xxh3 } from '../../../lib/codecs/xxh3.js'
import { sameBits } from '../../../lib/core/bits.js'
import { DataError } from '../../../lib/core/errors.js'
import type { Column } from '../../../lib/core/types.js'
import { openRootFile } from '../../../lib/root/index.js'
import { dataError, memorySource } from '../memory-source.js'

const ROUNDS = Number(process.env.TNP_MUTATIONS ?? 300)
const MIB = 1024 * 1024
const SLOWEST_SECONDS = 10

/** The same numbers in every run. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed
  return below => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

interface Sample {
  readonly bytes: Buffer
  readonly path: string
  readonly names: readonly string[]
  readonly columns: ReadonlyMap<string, Column>
  /** Its pages have checksums. */
  readonly isCovered: boolean
}

async function sample(file: string, path: string, isCovered = true): Promise<Sample> {
  const bytes = readFileSync(`fixtures/rntuple/${file}`)
  const tree = await (await openRootFile(memorySource(bytes))).tree(path)
  const names = tree.names.filter(name => name !== 'text' && name !== 'nested')
  return { bytes, path, names, columns: await tree.read(names, 0, tree.entries), isCovered }
}

/** What happened: "right", or the exception and the message. Throws where values are wrong, and what is not a DataError. */
async function outcome(bytes: Buffer, { path, names, columns }: Sample, isCovered: boolean): Promise<string> {
  try {
    const tree = await (await openRootFile(memorySource(bytes))).tree(path)
    await tree.clusters()
    await tree.storage(tree.names)
    const stop = Math.min(tree.entries, 100_000)
    const got = await tree.read(
      names.filter(name => tree.has(name)),
      0,
      stop,
    )
    if (isCovered) for (const [name, column] of got) checkRight(name, column, columns.get(name)!)
    return 'right'
  } catch (error) {
    if (!(error instanceof DataError)) throw error
    ok(error.message.length > 0 && error.message.length < 1000, error.message)
    return `${error.exception}: ${error.message}`
  }
}

function checkRight(name: string, got: Column, want: Column): void {
  const offsets = got.offsets === undefined || sameBits(got.offsets, want.offsets!)
  ok(offsets && got.values.length === want.values.length && sameBits(got.values, want.values), `${name} is wrong`)
}

/** One to four bytes, a run of bytes, or the end. */
function mutate(good: Buffer, random: (below: number) => number): Buffer {
  const kind = random(8)
  if (kind === 0) return Buffer.from(good.subarray(0, random(good.length)))
  const bytes = Buffer.from(good)
  if (kind === 1) {
    const at = random(bytes.length)
    bytes.fill(random(256), at, Math.min(at + 1 + random(200), bytes.length))
  } else {
    for (let k = random(4); k >= 0; k--) bytes[random(bytes.length)] = [0, 255, random(256)][random(3)]!
  }
  return bytes
}

async function roundsOf(
  samples: readonly Sample[],
  make: (sample: Sample) => Buffer,
  isCovered: boolean,
): Promise<Map<string, number>> {
  const seen = new Map<string, number>()
  const before = process.memoryUsage.rss()
  let slowest = 0
  for (let round = 0; round < ROUNDS; round++) {
    const one = samples[round % samples.length]!
    const began = performance.now()
    const kind = (await outcome(make(one), one, isCovered && one.isCovered)).split(':')[0]!
    slowest = Math.max(slowest, (performance.now() - began) / 1000)
    seen.set(kind, (seen.get(kind) ?? 0) + 1)
  }
  ok(slowest < SLOWEST_SECONDS, `${slowest} s for one file`)
  const grown = process.memoryUsage.rss() - before
  ok(grown < 300 * MIB, `memory grew by ${grown} bytes`)
  if (process.env.TNP_MUTATIONS !== undefined)
    process.stderr.write(`${JSON.stringify([...seen])} ${slowest} s ${grown} bytes\n`)
  return seen
}

test('mutated files end in a DataError or in the right values', async () => {
  const samples = [
    // uproot writes pages without checksums.
    await sample('nano-data-2-records.root', 'Events', false),
    await sample('encodings.root', 'encodings'),
    await sample('old-data.root', 'Events'),
    await sample('types.root', 'types'),
  ]
  const random = randomNumbers(11)
  const seen = await roundsOf(samples, ({ bytes }) => mutate(bytes, random), true)
  for (const kind of ['right', 'OSError', 'DeserializationError']) ok(seen.has(kind), `no ${kind} was seen`)
})

/** Positions of the envelopes of a file that is not compressed, with their lengths. */
function envelopes(bytes: Buffer): { readonly at: number; readonly length: number }[] {
  const found: { at: number; length: number }[] = []
  for (let at = 100; at + 16 < bytes.length; at++) {
    if (bytes[at + 1] !== 0 || bytes[at]! < 1 || bytes[at]! > 3 || bytes[at + 7] !== 0) continue
    const length = Number(bytes.readBigUInt64LE(at) >> 16n)
    if (length < 48 || at + length > bytes.length) continue
    if (xxh3(bytes.subarray(at, at + length - 8)) === bytes.readBigUInt64LE(at + length - 8)) found.push({ at, length })
  }
  return found
}

test('nonsense in envelopes whose checksums are right ends in a DataError or in columns', async () => {
  const one = await sample('old-data.root', 'Events')
  const all = envelopes(one.bytes)
  is(all.length, 3)
  const random = randomNumbers(12)
  const numbers = [0, 1, 255, 0x7fffffff, 0x80000000, 0xffffffff]
  const make = ({ bytes }: Sample) => {
    const damaged = Buffer.from(bytes)
    const { at, length } = all[random(3)]!
    for (let k = random(3); k >= 0; k--) {
      const place = at + 8 + random(length - 20)
      if (random(2) === 0) damaged[place] = random(256)
      else damaged.writeUInt32LE(numbers[random(numbers.length)]!, place)
    }
    damaged.writeBigUInt64LE(xxh3(damaged.subarray(at, at + length - 8)), at + length - 8)
    return damaged
  }
  const seen = await roundsOf([one], make, false)
  ok(seen.has('DeserializationError'))
})

/** The file with the bytes at `offset` in its header envelope changed, under a checksum that is right. */
async function withHeader(change: (header: Buffer) => void): Promise<string> {
  const one = await sample('old-data.root', 'Events')
  const bytes = Buffer.from(one.bytes)
  const { at, length } = envelopes(bytes).find(({ at: place }) => bytes[place] === 1)!
  change(bytes.subarray(at, at + length))
  bytes.writeBigUInt64LE(xxh3(bytes.subarray(at, at + length - 8)), at + length - 8)
  return (await dataError(async () => (await openRootFile(memorySource(bytes, 'x.root'))).tree('Events'))).message
}

test('features that are not known, versions before the first, and damage are refused by name', async () => {
  match(
    await withHeader(header => header.writeBigUInt64LE(4n, 8)),
    /^x\.root > Events > header: the RNTuple needs feature 2, which is not known here/,
  )
  match(await withHeader(header => header.writeBigUInt64LE(1n << 63n, 8)), /feature \d+, which is not known here/)
  match(
    await withHeader(header => header.writeUInt8(0xff, 16 + 4)),
    /^x\.root > Events > footer: it belongs to another header/,
  )

  const good = readFileSync('fixtures/rntuple/old-data.root')
  const anchorAt = good.indexOf('ROOT::RNTuple\x06Events')
  const version = Buffer.from(good)
  const at = version.indexOf(Buffer.from([0, 1, 0, 0]), anchorAt + 20)
  ok(at > 0)
  version[at + 1] = 0
  const old = await dataError(async () => (await openRootFile(memorySource(version, 'x.root'))).tree('Events'))
  match(
    old.message,
    /x\.root > Events: (an RNTuple of version 0\.\d\.\d\.\d cannot be read|the anchor's checksum differs)/,
  )
  equal(old.exception === 'NotImplementedError' || old.exception === 'DeserializationError', true)
})

test('a page whose bytes changed is refused by its place', async () => {
  const file = await openRootFile(memorySource(readFileSync('fixtures/rntuple/encodings.root')))
  const tree = await file.tree('encodings')
  const source = memorySource(readFileSync('fixtures/rntuple/encodings.root'), 'x.root')
  const whole = await (await openRootFile(source)).tree('encodings')
  source.reads.length = 0
  await whole.read(['Int64'], 100, 200)
  const bytes = readFileSync('fixtures/rntuple/encodings.root')
  bytes[source.reads[0]!.position + 3]! ^= 1
  const damaged = await (await openRootFile(memorySource(bytes, 'x.root'))).tree('encodings')
  const error = await dataError(() => damaged.read(['Int64'], 100, 200))
  match(
    error.message,
    /^x\.root > encodings > Int64: the checksum of page 0 of the cluster at entry 100 differs\. The file is damaged\.$/,
  )
  equal((await damaged.read(['Int64'], 0, 100)).get('Int64'), (await tree.read(['Int64'], 0, 100)).get('Int64'))
})

test.run()
