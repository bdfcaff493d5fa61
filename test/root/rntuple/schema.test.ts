/** Fields of a description that is put together here: how they lie in each other, and what is refused. */
import { test } from 'uvu'
import { equal, is, match, throws } from 'uvu/assert'
import { FrameCursor } from '../../../lib/root/rntuple/frames.js'
import { namesOf } from '../../../lib/root/rntuple/names.js'
import { COLLECTION, LEAF, RECORD, Schema } from '../../../lib/root/rntuple/schema.js'

interface FieldGiven {
  readonly name: string
  /** Its own number: at the top. */
  readonly parent: number
  readonly role?: number
  readonly type?: string
  readonly source?: number
  readonly length?: bigint
}

const u16 = (value: number) => Buffer.from([value & 255, value >> 8])
const u32 = (value: number) => Buffer.from([value & 255, (value >> 8) & 255, (value >> 16) & 255, value >>> 24])
const i64 = (value: bigint) => {
  const bytes = Buffer.alloc(8)
  bytes.writeBigInt64LE(value)
  return bytes
}
const text = (value: string) => Buffer.concat([u32(Buffer.byteLength(value)), Buffer.from(value)])
const record = (...parts: Buffer[]) => {
  const content = Buffer.concat(parts)
  return Buffer.concat([i64(BigInt(content.length + 8)), content])
}
const list = (...items: Buffer[]) => {
  const content = Buffer.concat(items)
  return Buffer.concat([i64(BigInt(-content.length - 12)), u32(items.length), content])
}

function fieldRecord({ name, parent, role = LEAF, type = 'float', source, length }: FieldGiven): Buffer {
  const flags = (length === undefined ? 0 : 1) | (source === undefined ? 0 : 2)
  const head = [u32(0), u32(0), u32(parent), u16(role), u16(flags)]
  const texts = [name, type, '', `about ${name}`].map(text)
  const extras = [...(length === undefined ? [] : [i64(length)]), ...(source === undefined ? [] : [u32(source)])]
  return record(...head, ...texts, ...extras)
}

/** A cursor at a description with these fields, and no columns. */
function description(fields: readonly (FieldGiven | Buffer)[]): FrameCursor {
  const records = fields.map(field => (Buffer.isBuffer(field) ? field : fieldRecord(field)))
  return new FrameCursor(Buffer.concat([Buffer.alloc(5), list(...records), list(), list(), list()]), 5, 'x')
}

function schemaOf(...parts: (readonly (FieldGiven | Buffer)[])[]): Schema {
  const schema = new Schema()
  for (const part of parts) schema.add(description(part))
  return schema
}

const lists: readonly FieldGiven[] = [
  { name: 'run', parent: 0 },
  { name: '_collection0', parent: 1, role: COLLECTION, type: '' },
  { name: '_0', parent: 1, role: RECORD, type: '' },
  { name: 'Électron_pt', parent: 2 },
  { name: 'Électron_pt', parent: 4, role: COLLECTION, source: 1 },
  { name: '_0', parent: 4, source: 3 },
  { name: 'nElectron', parent: 6, type: 'ROOT::RNTupleCardinality<std::uint32_t>', source: 1 },
]

test('fields lie in each other as their parents say, in the order of the description', () => {
  const schema = schemaOf(lists)
  equal([...schema.tops], [0, 1, 4, 6])
  equal(schema.topNames, ['run', '_collection0', 'Électron_pt', 'nElectron'])
  equal([schema.children(1), schema.children(2), schema.children(3)], [[2], [3], []])
  equal([schema.onlyChild(1), schema.onlyChild(3)], [2, undefined])
  equal([...schema.sources], [-1, -1, -1, -1, 1, 3, 1])
  equal([...schema.shown], [0, 1, 0, 1, 0, 0, 0])
  equal(schema.field(3), {
    id: 3,
    name: 'Électron_pt',
    typeName: 'float',
    description: 'about Électron_pt',
    role: LEAF,
    arrayLength: 0,
  })
  is(schema.hasType(6, 'ROOT::RNTupleCardinality<'), true)
  is(schema.hasType(0, 'ROOT::RNTupleCardinality<'), false)
  equal(namesOf(schema).branches, ['run', 'Électron_pt', 'nElectron'])
})

test('what the footer adds comes behind, in fields of the header too', () => {
  const schema = schemaOf(lists, [
    { name: 'late', parent: 7 },
    { name: 'Electron_eta', parent: 2 },
    { name: 'three', parent: 9, length: 3n },
  ])
  equal([...schema.tops], [0, 1, 4, 6, 7, 9])
  equal(schema.topNames.slice(-2), ['late', 'three'])
  equal(schema.children(2), [3, 8])
  equal([schema.name(3), schema.name(8), schema.name(9)], ['Électron_pt', 'Electron_eta', 'three'])
  equal([...schema.arrayLengths], [0, 0, 0, 0, 0, 0, 0, 0, 0, 3])
  equal([...schema.shown], [0, 1, 0, 1, 0, 0, 0, 0, 0, 0])
})

test('ends of lines in names, and names that are empty', () => {
  const odd = ['a\nb', '', '\n', 'c']
  equal(schemaOf(odd.map((name, parent) => ({ name, parent }))).topNames, odd)
  equal(schemaOf(['', 'd'].map((name, parent) => ({ name, parent }))).topNames, ['', 'd'])
  equal(schemaOf([]).topNames, [])
})

test('parents and sources may stand behind, but nothing goes round in circles or leads nowhere', () => {
  equal(
    schemaOf([
      { name: 'inner', parent: 1 },
      { name: 'outer', parent: 1, role: RECORD },
    ]).children(1),
    [0],
  )
  const refused = (fields: readonly FieldGiven[], problem: RegExp) => throws(() => schemaOf(fields), problem)
  const late = { name: 'late', parent: 1 }
  refused(
    [
      { name: 'a', parent: 1 },
      { name: 'b', parent: 0 },
    ],
    /^x: field "a" lies in fields without end at byte/,
  )
  refused([{ name: 'a', parent: 7 }], /field "a" refers to one that is not there/)
  refused([{ name: 'a', parent: 0, source: 1 }], /field "a" refers to one that is not there/)
  refused([{ name: 'a', parent: 0, source: 0xffffffff }], /a projection of a field that is not there/)
  refused(
    [
      { name: 'a', parent: 0, source: 1 },
      { ...late, source: 0 },
    ],
    /field "a" is a projection of a projection/,
  )
  refused([{ name: 'a', parent: 0, source: 0 }], /field "a" is a projection of a projection/)
  is(schemaOf([{ name: 'a', parent: 0, source: 1 }, late]).sources[0], 1)
})

test('records that are not what they should be are refused with their place', () => {
  const good = fieldRecord({ name: 'good', parent: 0 })
  const changed = (change: (bytes: Buffer) => void, given: Partial<FieldGiven> = {}) => {
    const bytes = fieldRecord({ name: 'bad', parent: 1, ...given })
    change(bytes)
    return () => schemaOf([good, bytes])
  }
  const at = `at byte ${5 + 12 + good.length}\\. The file is damaged\\.$`
  const refused = (run: () => unknown, problem: string) =>
    throws(run, (error: Error) => {
      match(error.message, new RegExp(`^x: ${problem} ${at}`))
      return true
    })
  const size = (bytes: Buffer) => bytes.length
  refused(
    changed(bytes => bytes.writeUInt32LE(39, 0)),
    'a record of 39 bytes',
  )
  refused(
    changed(bytes => bytes.writeUInt32LE(1, 4)),
    'a record of \\d+ bytes',
  )
  refused(
    changed(bytes => bytes.writeUInt32LE(size(bytes) + 1, 0)),
    'a record passes the end of its list',
  )
  refused(
    changed(bytes => bytes.writeUInt32LE(0x10000, 20)),
    'a record passes its own end',
  )
  const array = { length: 5n }
  const behind = (bytes: Buffer) => size(bytes) - 8
  refused(
    changed(bytes => bytes.writeUInt32LE(0x80000000, behind(bytes)), array),
    'an array without end',
  )
  refused(
    changed(bytes => bytes.writeUInt32LE(1, behind(bytes) + 4), array),
    'an array without end',
  )
  throws(
    changed(bytes => bytes.writeUInt32LE(0xffffffff, 24)),
    /^x: a text passes the end of its record at byte/,
  )
  throws(
    changed(bytes => bytes.writeUInt32LE(0xfffffff0, 24 + 4 + 3), array),
    /^x: a text passes the end of its record at byte/,
  )
})

test.run()
