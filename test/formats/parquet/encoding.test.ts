import { test } from 'uvu'
import { equal, is, throws } from 'uvu/assert'
import { BugError, DataError } from '../../../lib/core/errors.js'
import type { Column, DType, Values } from '../../../lib/core/types.js'
import { encodeRowGroup, type Field, fieldsOf, type NullableColumn, tableSchema } from '../../../lib/formats/index.js'
import { PageEncoder } from '../../../lib/formats/parquet/page.js'
import { extremesOf } from '../../../lib/formats/parquet/statistics.js'
import { ITEM, ThriftWriter } from '../../../lib/formats/parquet/thrift.js'

function bodyOf(field: Field, column: NullableColumn, rows: number): number[] {
  return [...new PageEncoder().encode(tableSchema([field]).leaves[0]!, column, rows).body]
}

test('flat values are stored as they are, small integers in four bytes', () => {
  const flat = (dtype: DType, values: Values) => bodyOf({ name: 'x', dtype }, { dtype, values }, values.length)
  equal(flat('float32', Float32Array.of(1, -2)), [0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0])
  equal(flat('int8', Int8Array.of(-1, 2)), [255, 255, 255, 255, 2, 0, 0, 0])
  equal(flat('uint8', Uint8Array.of(255)), [255, 0, 0, 0])
  equal(flat('uint16', Uint16Array.of(0x1234)), [0x34, 0x12, 0, 0])
  equal(flat('uint64', BigUint64Array.of(2n ** 64n - 2n)), [254, 255, 255, 255, 255, 255, 255, 255])
})

test('booleans are packed, the first in the lowest bit', () => {
  const values = Uint8Array.of(1, 0, 1, 1, 0, 0, 0, 1, 0, 1)
  equal(bodyOf({ name: 'x', dtype: 'bool' }, { dtype: 'bool', values }, 10), [0b10001101, 0b10])
})

test('a view into a larger array encodes only what it shows', () => {
  const values = Int32Array.of(7, 8, 9).subarray(1, 2)
  equal(bodyOf({ name: 'x', dtype: 'int32' }, { dtype: 'int32', values }, 1), [8, 0, 0, 0])
})

test('lists have bit-packed repetition levels and definition levels, which tell empty lists', () => {
  const column: Column = { dtype: 'uint8', values: Uint8Array.of(1, 2, 3), offsets: Int32Array.of(0, 2, 2, 3) }
  equal(bodyOf({ name: 'x', dtype: 'uint8', list: true }, column, 3), [
    ...[2, 0, 0, 0, 0b11, 0b0010],
    ...[2, 0, 0, 0, 0b11, 0b1011],
    ...[1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0],
  ])
})

test('definition levels that are all the same are one run', () => {
  const column: Column = { dtype: 'uint8', values: Uint8Array.of(1, 2), offsets: Int32Array.of(0, 1, 2) }
  equal(bodyOf({ name: 'x', dtype: 'uint8', list: true }, column, 2), [
    ...[2, 0, 0, 0, 0b11, 0b00],
    ...[2, 0, 0, 0, 2 << 1, 1],
    ...[1, 0, 0, 0, 2, 0, 0, 0],
  ])
})

test('more levels than a group of eight, and run headers of two bytes', () => {
  const rows = 70
  const column: Column = {
    dtype: 'bool',
    values: new Uint8Array(rows),
    offsets: Int32Array.from({ length: rows + 1 }, (_, i) => i),
  }
  equal(bodyOf({ name: 'x', dtype: 'bool', list: true }, column, rows), [
    ...[10, 0, 0, 0, (9 << 1) | 1, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    ...[3, 0, 0, 0, 0x8c, 0x01, 1],
    ...new Array(9).fill(0),
  ])
})

test('nulls are left out of the values and marked in the levels', () => {
  const column: NullableColumn = { dtype: 'int16', values: Int16Array.of(1, 9, 3), valid: Uint8Array.of(1, 0, 1) }
  const field: Field = { name: 'x', dtype: 'int16', nullable: true }
  equal(bodyOf(field, column, 3), [2, 0, 0, 0, 0b11, 0b101, 1, 0, 0, 0, 3, 0, 0, 0])
  equal(bodyOf(field, { dtype: 'int16', values: Int16Array.of(5) }, 1), [2, 0, 0, 0, 2, 1, 5, 0, 0, 0])
})

test('nulls in lists have levels of two bits', () => {
  const column: NullableColumn = {
    dtype: 'uint8',
    values: Uint8Array.of(1, 2, 3),
    offsets: Int32Array.of(0, 2, 2, 3),
    valid: Uint8Array.of(1, 0, 1),
  }
  equal(bodyOf({ name: 'x', dtype: 'uint8', list: true, nullable: true }, column, 3), [
    ...[2, 0, 0, 0, 0b11, 0b0010],
    ...[3, 0, 0, 0, 0b11, 0b10_00_01_10, 0],
    ...[1, 0, 0, 0, 3, 0, 0, 0],
  ])
})

function extremes(dtype: DType, values: Values): [number[] | null, number[] | null] {
  const { min, max } = extremesOf(dtype, values)
  return [min && [...min], max && [...max]]
}

test('a zero minimum is negative and a zero maximum positive, whatever the sign in the data', () => {
  const negative = [0, 0, 0, 0x80]
  equal(extremes('float32', Float32Array.of(0)), [negative, [0, 0, 0, 0]])
  equal(extremes('float32', Float32Array.of(-0)), [negative, [0, 0, 0, 0]])
  equal(extremes('float64', Float64Array.of(0, -0)), [[0, 0, 0, 0, ...negative], new Array(8).fill(0)])
})

test('NaN has no part in minimum and maximum; alone it leaves none', () => {
  equal(extremes('float32', Float32Array.of(NaN, 2, NaN)), [
    [0, 0, 0, 0x40],
    [0, 0, 0, 0x40],
  ])
  equal(extremes('float64', Float64Array.of(NaN)), [null, null])
  equal(extremes('float64', Float64Array.of(Infinity)), [
    [0, 0, 0, 0, 0, 0, 0xf0, 0x7f],
    [0, 0, 0, 0, 0, 0, 0xf0, 0x7f],
  ])
  equal(extremes('int32', new Int32Array(0)), [null, null])
})

test('integers compare by their type, and first, middle and last values all count', () => {
  equal(extremes('uint32', Uint32Array.of(5, 2 ** 32 - 1, 4)), [
    [4, 0, 0, 0],
    [255, 255, 255, 255],
  ])
  equal(extremes('int32', Int32Array.of(-1, 3, -2)), [
    [254, 255, 255, 255],
    [3, 0, 0, 0],
  ])
  equal(extremes('uint64', BigUint64Array.of(2n ** 63n, 1n)), [
    [1, 0, 0, 0, 0, 0, 0, 0],
    [0, 0, 0, 0, 0, 0, 0, 0x80],
  ])
  equal(extremes('int64', BigInt64Array.of(1n, -1n, 2n)), [new Array(8).fill(255), [2, 0, 0, 0, 0, 0, 0, 0]])
  equal(extremes('bool', Uint8Array.of(1, 1)), [[1], [1]])
  equal(extremes('int8', Int8Array.of(1, -1)), [
    [255, 255, 255, 255],
    [1, 0, 0, 0],
  ])
})

test('thrift: field ids count on from the last, far ones are written out, long lists have a longer head', () => {
  const t = new ThriftWriter()
  t.i32(1, 150)
  t.struct(3, () => t.bool(1, false))
  t.i64(20, 2 ** 40)
  t.list(
    21,
    ITEM.I32,
    Array.from({ length: 15 }, () => 1),
    n => t.i32Item(n),
  )
  t.binary(22, 'é')
  equal(
    [...t.finish()],
    [
      ...[0x15, 0xac, 0x02],
      ...[0x2c, 0x12, 0],
      ...[0x06, 40, 0x80, 0x80, 0x80, 0x80, 0x80, 0x40],
      ...[0x19, 0xf5, 15, ...new Array(15).fill(2)],
      ...[0x18, 2, 0xc3, 0xa9],
      0,
    ],
  )
})

test('a schema takes over the shapes of columns', () => {
  const columns = new Map<string, Column>([
    ['a', { dtype: 'float32', values: new Float32Array(0) }],
    ['b', { dtype: 'bool', values: new Uint8Array(0), offsets: Int32Array.of(0) }],
    ['c', { dtype: 'int16', values: new Int16Array(0), width: 3 }],
  ])
  equal(fieldsOf(columns), [
    { name: 'a', dtype: 'float32' },
    { name: 'b', dtype: 'bool', list: true },
    { name: 'c', dtype: 'int16', width: 3 },
  ])
  is(fieldsOf(columns, true)[1]!.nullable, true)
})

test('columns that do not fit the schema are a bug', () => {
  const float: Column = { dtype: 'float32', values: Float32Array.of(1, 2) }
  const list: Column = { ...float, offsets: Int32Array.of(0, 1, 2) }
  const refused = (field: Field, column: NullableColumn | null, rows: number, text: string) =>
    throws(
      () => encodeRowGroup({ length: rows, columns: new Map(column && [['x', column]]) }, tableSchema([field]), null),
      (e: Error) => e instanceof BugError && e.message.includes(text),
      text,
    )
  const flat: Field = { name: 'x', dtype: 'float32' }
  refused(flat, null, 2, 'Parquet column x: is in the schema, but not in the table')
  refused({ ...flat, dtype: 'float64' }, float, 2, 'is flat float32 of 1, the schema has flat float64 of 1')
  refused(flat, list, 2, 'is list float32 of 1, the schema has flat float32 of 1')
  refused({ ...flat, list: true }, float, 2, 'is flat float32 of 1, the schema has list float32 of 1')
  refused({ ...flat, width: 2 }, { ...float, width: 3 }, 1, 'is fixed float32 of 3, the schema has fixed float32 of 2')
  refused(flat, { ...float, width: 2 }, 1, 'is fixed float32 of 2, the schema has flat float32 of 1')
  refused(flat, float, 3, '2 values for 3 rows that have 3')
  refused({ ...flat, list: true }, list, 3, 'its offsets do not cover 3 rows from 0')
  refused({ ...flat, list: true }, { ...list, offsets: Int32Array.of(0, 1, 3) }, 2, '2 values for 2 rows that have 3')
  refused(flat, { ...float, valid: Uint8Array.of(1, 0) }, 2, 'has nulls, the schema has not')
  refused({ ...flat, nullable: true }, { ...float, valid: Uint8Array.of(1) }, 2, '1 validity flags for 2 values')
})

test('a column of more than 2 GiB is a failure of the data', () => {
  // Never touched, so the zeros take no memory; int8 is stored in four bytes.
  const columns = new Map<string, Column>([['x', { dtype: 'int8', values: new Int8Array(2 ** 29) }]])
  throws(
    () => encodeRowGroup({ length: 2 ** 29, columns }, tableSchema(fieldsOf(columns)), null),
    (e: Error) => e instanceof DataError && e.message.startsWith('Parquet column x: 2.0 GiB in one row group'),
  )
})

test('names that repeat, and lists in lists, are refused', () => {
  const x: Field = { name: 'x', dtype: 'bool' }
  const refused = (fields: Field[], text: string) =>
    throws(
      () => tableSchema(fields),
      (e: Error) => e instanceof BugError && e.message.includes(text),
    )
  refused([x, x], 'two fields of the schema share a name')
  refused([{ name: 'A', members: [x, x] }], 'two fields of A share a name')
  refused([{ name: 'A', list: true, members: [{ ...x, list: true }] }], 'A.x nests lists')
})

test.run()
