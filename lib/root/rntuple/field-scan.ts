/** Going through the records of fields, by WebAssembly (scripts/wasm/fields.mjs): a process that has just begun goes through thousands
 *  of them in interpreted code (2,656 branches: 6 ms where it takes 2 so, the compiling of this code included). */
import { type GrowingMemory, growTo, instantiateWasm } from '../../core/wasm.js'
import { FIELD_SCAN } from './generated/modules.gen.js'
import type { Part } from './parts.js'

/** What is known of all fields, by their ids. */
export interface FieldTables {
  /** Where the record of each, with its frame, begins. */
  readonly records: Uint32Array
  /** A field's own id: it is a top-level field. */
  readonly parents: Uint32Array
  readonly roles: Uint16Array
  /** The field whose columns it shows under another name; -1: it has its own. */
  readonly sources: Int32Array
  /** Copies of the content an entry; 0: it is no array. */
  readonly arrayLengths: Int32Array
}

/** Children in their order: 1 + the first of each field, of the top-level fields at 0, and 1 + the next one beside each; 0: none. */
export interface FieldLinks {
  readonly firsts: Uint32Array
  readonly nexts: Uint32Array
  /** 1: another field shows it. */
  readonly shown: Uint8Array
  /** Fields may refer to what is not there, or go round in circles. */
  readonly isOdd: boolean
}

interface Exports {
  readonly m: GrowingMemory
  s(at: number, end: number, items: number, shift: number, out: number): void
  n(parents: number, items: number, first: number, records: number, shift: number, ids: number, to: number): void
  l(parents: number, sources: number, count: number, firsts: number, nexts: number, shown: number): void
}

/** In the memory: two results, then what a function works on. */
const BEGIN = 8
/** Of a field in the tables of a scan. */
const TABLES = 5
const NUMBER = 4
/** A memory that a larger description made is not kept. */
const KEPT_BYTES = 16 * 1024 * 1024

let wasm: Exports | undefined

/** The tables with those of `part` added, and its top-level fields' names. Records are read until one that is odd: `done` says how many
 *  there are then. */
export function scanFields(
  part: Part,
  before: FieldTables,
): { readonly tables: FieldTables; readonly done: number; readonly tops: Uint32Array; readonly topNames: string } {
  const { cursor, at, end, items, first } = part
  const count = first + items
  // A record takes more bytes than its entries in the tables.
  const out = multiple(BEGIN + end - at)
  const table = (number: number) => out + number * NUMBER * items
  const ids = table(TABLES)
  const names = table(TABLES + 1)
  const { m: memory, s: scan, n: pack } = withRoom(names + (end - at) + items)
  new Uint8Array(memory.buffer).set(cursor.bytes.subarray(at, end), BEGIN)
  const shift = BEGIN - at
  scan(BEGIN, BEGIN + end - at, items, shift, out)
  const results = new Uint32Array(memory.buffer, 0, 2)
  const done = results[0]!
  const unsigned = (number: number) => new Uint32Array(memory.buffer, table(number), items)
  const signed = (number: number) => new Int32Array(memory.buffer, table(number), items)
  const tables = {
    records: joined(new Uint32Array(count), before.records, unsigned(0)),
    parents: joined(new Uint32Array(count), before.parents, unsigned(1)),
    roles: joined(new Uint16Array(count), before.roles, unsigned(2)),
    sources: joined(new Int32Array(count), before.sources, signed(3)),
    arrayLengths: joined(new Int32Array(count), before.arrayLengths, signed(4)),
  }
  if (done < items) return { tables, done, tops: new Uint32Array(0), topNames: '' }
  pack(table(1), items, first, table(0), shift, ids, names)
  const tops = new Uint32Array(memory.buffer, ids, results[0]!).slice()
  const topNames = Buffer.from(memory.buffer).toString('utf8', names, results[1])
  return { tables, done, tops, topNames }
}

export function linkFields({ parents, sources }: FieldTables): FieldLinks {
  const count = parents.length
  const place = (table: number) => BEGIN + table * NUMBER * count
  const [firstsAt, nextsAt, shownAt] = [place(2), place(3) + NUMBER, place(4) + NUMBER]
  const { m: memory, l: link } = withRoom(shownAt + count)
  new Uint32Array(memory.buffer, place(0), count).set(parents)
  new Int32Array(memory.buffer, place(1), count).set(sources)
  link(place(0), place(1), count, firstsAt, nextsAt, shownAt)
  return {
    firsts: new Uint32Array(memory.buffer, firstsAt, count + 1).slice(),
    nexts: new Uint32Array(memory.buffer, nextsAt, count).slice(),
    shown: new Uint8Array(memory.buffer, shownAt, count).slice(),
    isOdd: new Uint32Array(memory.buffer, 0, 1)[0] !== 0,
  }
}

function withRoom(bytes: number): Exports {
  const found = wasm ?? instantiateWasm<Exports>(Buffer.from(FIELD_SCAN, 'base64'), {})
  growTo(found.m, bytes)
  wasm = bytes > KEPT_BYTES ? undefined : found
  return found
}

function multiple(bytes: number): number {
  return Math.ceil(bytes / NUMBER) * NUMBER
}

type Table = Uint32Array | Uint16Array | Int32Array

/** `larger`, of so many numbers as the two together, filled with both. */
export function joined<A extends Table>(larger: A, before: Table, behind: Table): A {
  larger.set(before)
  larger.set(behind, before.length)
  return larger
}
