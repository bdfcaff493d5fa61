/** Damage to bytes, as a list of edits that a case can name: what disks, networks and other programs do to files. */
import { readFileSync } from 'node:fs'
import type { Random } from '../../bench/random.js'
import { few, pick, type Target } from './target.js'

/** Bytes are as hexadecimal text. set: overwrites; fill: so many times the byte; cut: takes out; insert: between; copy: overwrites with
 *  bytes from elsewhere; end: the file ends there. */
export type Edit =
  | readonly ['set', at: number, bytes: string]
  | readonly ['fill', at: number, length: number, byte: number]
  | readonly ['cut', at: number, length: number]
  | readonly ['insert', at: number, bytes: string]
  | readonly ['copy', from: number, at: number, length: number]
  | readonly ['end', at: number]

export function applyEdits(good: Uint8Array, edits: readonly Edit[]): Buffer {
  let bytes = Buffer.from(good)
  for (const edit of edits) {
    switch (edit[0]) {
      case 'set':
        Buffer.from(edit[2], 'hex').copy(bytes, Math.min(edit[1], bytes.length))
        break
      case 'fill':
        bytes.fill(edit[3], Math.min(edit[1], bytes.length), Math.min(edit[1] + edit[2], bytes.length))
        break
      case 'cut':
        bytes = Buffer.concat([bytes.subarray(0, edit[1]), bytes.subarray(edit[1] + edit[2])])
        break
      case 'insert':
        bytes = Buffer.concat([bytes.subarray(0, edit[1]), Buffer.from(edit[2], 'hex'), bytes.subarray(edit[1])])
        break
      case 'copy':
        Buffer.from(bytes.subarray(edit[1], edit[1] + edit[3])).copy(bytes, Math.min(edit[2], bytes.length))
        break
      case 'end':
        bytes = bytes.subarray(0, edit[1])
    }
  }
  return bytes
}

/** Where bounds and signs change, and what makes sizes enormous. */
const NUMBERS = [
  0, 1, 2, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff, 0x3fffffff, 0x10000,
]

/** Bytes [start, stop) that an edit may begin in. */
export type Region = readonly [start: number, stop: number]

function place(random: Random, length: number, regions: readonly Region[] | undefined): number {
  if (regions !== undefined) {
    const [start, stop] = pick(random, regions)
    return start + random.below(stop - start)
  }
  // Heads and footers are what readers trust.
  const kind = random.below(4)
  if (kind === 0) return random.below(Math.min(length, 512))
  if (kind === 1) return length - 1 - random.below(Math.min(length, 2048))
  return random.below(length)
}

function number(random: Random): string {
  const value = random.chance(0.8) ? pick(random, NUMBERS) : random.below(2 ** 32)
  const bytes = Buffer.alloc(8)
  const size = pick(random, [2, 4, 4, 8])
  if (random.chance(0.5)) bytes.writeUInt32LE(value, 0)
  else bytes.writeUInt32BE(value, size === 2 ? 0 : size - 4)
  return bytes.subarray(0, size).toString('hex')
}

function hexByte(value: number): string {
  return (value & 0xff).toString(16).padStart(2, '0')
}

function randomEdit(random: Random, good: Uint8Array, regions: readonly Region[] | undefined): Edit {
  const at = place(random, good.length, regions)
  // Within regions the rest of the file must stay where it is.
  switch (random.below(regions === undefined ? 14 : 9)) {
    case 0:
    case 1:
    case 2:
      return ['set', at, hexByte(pick(random, [0, 255, random.below(256)]))]
    case 3:
    case 4:
      return ['set', at, hexByte(good[at]! ^ (1 << random.below(8)))]
    case 5:
      return ['set', at, hexByte(good[at]! + pick(random, [1, -1]))]
    case 6:
    case 7:
    case 9:
      if (regions === undefined) return ['set', at, number(random)]
      return ['set', at, hexByte(random.below(256))]
    case 8:
      if (regions === undefined) return ['fill', at, 1 + random.below(200), pick(random, [0, 255, random.below(256)])]
      return ['set', at, hexByte(0)]
    case 10:
      return ['cut', at, 1 + random.below(random.chance(0.5) ? 8 : 400)]
    case 11:
      return [
        'insert',
        at,
        Buffer.from(Array.from({ length: few(random, 12) }, () => random.below(256))).toString('hex'),
      ]
    case 12:
      return ['copy', random.below(good.length), at, 1 + random.below(64)]
    default:
      return ['end', random.below(good.length)]
  }
}

export function randomEdits(random: Random, good: Uint8Array, regions?: readonly Region[]): Edit[] {
  return Array.from({ length: few(random, 8) }, () => randomEdit(random, good, regions))
}

/** Fewer edits, then smaller ones. */
export function* shrinkEdits(edits: readonly Edit[]): Iterable<readonly Edit[]> {
  yield* shrinkList(edits)
  for (const [k, edit] of edits.entries()) {
    for (const smaller of shrinkEdit(edit)) yield edits.map((one, i) => (i === k ? smaller : one))
  }
}

function* shrinkEdit(edit: Edit): Iterable<Edit> {
  if (edit[0] === 'set' || edit[0] === 'insert') {
    const half = 2 * Math.floor(edit[2].length / 4)
    if (half === 0) return
    yield [edit[0], edit[1], edit[2].slice(0, half)]
    if (edit[0] === 'set') yield ['set', edit[1] + half / 2, edit[2].slice(half)]
  } else if (edit[0] === 'fill' && edit[2] > 1) {
    const half = edit[2] >> 1
    yield ['fill', edit[1], half, edit[3]]
    yield ['fill', edit[1] + half, edit[2] - half, edit[3]]
  } else if (edit[0] === 'cut' && edit[2] > 1) yield ['cut', edit[1], edit[2] >> 1]
  else if (edit[0] === 'copy' && edit[3] > 1) yield ['copy', edit[1], edit[2], edit[3] >> 1]
}

/** Without half of it, a quarter, ... down to each item. */
export function* shrinkList<T>(list: readonly T[]): Iterable<readonly T[]> {
  for (let size = Math.ceil(list.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < list.length; at += size) yield [...list.slice(0, at), ...list.slice(at + size)]
  }
}

export interface Seed {
  readonly name: string
  readonly bytes: Uint8Array
  readonly regions?: readonly Region[]
}

export function fileSeed(name: string): Seed {
  return { name, bytes: readFileSync(name) }
}

export type ByteCase = { readonly seed: string; readonly edits: readonly Edit[] }

/** A target of damaged files: each case is a seed with edits. */
export function byteTarget(
  seeds: readonly Seed[],
  read: (bytes: Buffer, scratch: string, seed: Seed) => Promise<string>,
): Target<ByteCase> {
  return {
    make: random => {
      const { name, bytes, regions } = pick(random, seeds)
      return { seed: name, edits: randomEdits(random, bytes, regions) }
    },
    run: async ({ seed, edits }, scratch) => {
      const found = seeds.find(({ name }) => name === seed)
      if (found === undefined) throw new Error(`there is no seed ${seed}`)
      return read(applyEdits(found.bytes, edits), scratch, found)
    },
    *shrink({ seed, edits }) {
      for (const fewer of shrinkEdits(edits)) yield { seed, edits: fewer }
    },
  }
}
