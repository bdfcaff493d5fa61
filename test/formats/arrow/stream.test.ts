/** Arrow IPC streams: what is written is read back, here and by apache-arrow; what others write is read; what was cut off is
 *  refused. */
import {
  Bool,
  Field,
  FixedSizeList,
  Float64,
  Int32,
  Int64,
  List,
  makeData,
  RecordBatch,
  RecordBatchReader,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  tableFromIPC,
  Uint8,
  Utf8,
  vectorFromArray,
} from 'apache-arrow'
import { test } from 'uvu'
import { equal, ok, throws } from 'uvu/assert'
import { DataError } from '../../../lib/core/errors.js'
import type { DType, Values } from '../../../lib/core/types.js'
import {
  type ArrowBatch,
  type ArrowData,
  type ArrowField,
  type ArrowSchema,
  arrowStreams,
  ByteInput,
  batchMessage,
  END_OF_STREAM,
  schemaMessage,
} from '../../../lib/formats/arrow/index.js'

const flat = (values: Values, valid: Uint8Array | null = null): ArrowData => ({
  length: values.length,
  valid,
  values,
  children: [],
})
const typed = (name: string, dtype: DType, nullable = false): ArrowField => ({
  name,
  nullable,
  type: { kind: 'values', dtype },
})

const NUMBERS: readonly (readonly [DType, Values])[] = [
  ['bool', Uint8Array.of(1, 0, 1)],
  ['int8', Int8Array.of(-1, 2, 3)],
  ['uint8', Uint8Array.of(1, 200, 3)],
  ['int16', Int16Array.of(-300, 2, 3)],
  ['uint16', Uint16Array.of(60000, 2, 3)],
  ['int32', Int32Array.of(-70000, 2, 3)],
  ['uint32', Uint32Array.of(4e9, 2, 3)],
  ['int64', BigInt64Array.of(-(2n ** 60n), 2n, 3n)],
  ['uint64', BigUint64Array.of(2n ** 63n, 2n, 3n)],
  ['float32', Float32Array.of(0.1, 1e-45, -0)],
  ['float64', Float64Array.of(0.1, Number.POSITIVE_INFINITY, -0)],
]

const SCHEMA: ArrowSchema = {
  fields: [
    ...NUMBERS.map(([dtype]) => typed(dtype, dtype)),
    { name: 'lists', nullable: false, type: { kind: 'list', item: typed('item', 'float32') } },
    { name: 'fixed', nullable: false, type: { kind: 'fixed', width: 2, item: typed('item', 'int32') } },
    {
      name: 'pairs',
      nullable: false,
      type: {
        kind: 'list',
        item: {
          name: 'item',
          nullable: false,
          type: { kind: 'struct', members: [typed('tag', 'int32'), typed('ok', 'bool')] },
        },
      },
    },
    typed('maybe', 'int32', true),
  ],
  metadata: new Map([['tnp-pipe', '{"a":"é"}']]),
}

const BATCH: ArrowBatch = {
  length: 3,
  columns: [
    ...NUMBERS.map(([, values]) => flat(values)),
    { length: 3, valid: null, offsets: Int32Array.of(0, 2, 2, 3), children: [flat(Float32Array.of(1, 2, 3))] },
    { length: 3, valid: null, children: [flat(Int32Array.of(1, 2, 3, 4, 5, 6))] },
    {
      length: 3,
      valid: null,
      offsets: Int32Array.of(0, 1, 1, 3),
      children: [{ length: 3, valid: null, children: [flat(Int32Array.of(7, 8, 9)), flat(Uint8Array.of(0, 1, 1))] }],
    },
    flat(Int32Array.of(1, 0, 3), Uint8Array.of(1, 0, 1)),
  ],
}

function streamOf(schema: ArrowSchema, batches: readonly ArrowBatch[]): Uint8Array {
  return Buffer.concat([schemaMessage(schema), ...batches.flatMap(b => batchMessage(schema, b)), END_OF_STREAM])
}

/** In pieces of the given size, as a pipe brings them. */
function inputOf(bytes: Uint8Array, size = 7): ByteInput {
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  }
  return new ByteInput(pieces(), 'stdin')
}

async function readAll(bytes: Uint8Array, size?: number) {
  const streams: { schema: ArrowSchema; batches: ArrowBatch[] }[] = []
  for await (const { schema, batches } of arrowStreams(inputOf(bytes, size))) {
    const all: ArrowBatch[] = []
    for await (const batch of batches) all.push(batch)
    streams.push({ schema, batches: all })
  }
  return streams
}

async function failure(bytes: Uint8Array): Promise<string> {
  try {
    await readAll(bytes)
  } catch (error) {
    ok(error instanceof DataError, String(error))
    return error.message
  }
  return 'none'
}

const bytes = streamOf(SCHEMA, [BATCH, BATCH])

for (const size of [1, 7, 64, 100_000]) {
  test(`what is written is read back, in pieces of ${size} bytes`, async () => {
    const [stream, ...others] = await readAll(Buffer.concat([bytes, bytes]), size)
    equal(others.length, 1)
    equal(stream!.schema, SCHEMA)
    equal(stream!.batches, [BATCH, BATCH])
    equal(others[0]!.batches, [BATCH, BATCH])
  })
}

test('apache-arrow reads it', () => {
  const table = tableFromIPC(bytes)
  equal(table.numRows, 6)
  equal(table.schema.metadata.get('tnp-pipe'), '{"a":"é"}')
  equal(
    table.schema.fields.map(f => `${f.name}: ${f.type}${f.nullable ? '?' : ''}`),
    [
      'bool: Bool',
      'int8: Int8',
      'uint8: Uint8',
      'int16: Int16',
      'uint16: Uint16',
      'int32: Int32',
      'uint32: Uint32',
      'int64: Int64',
      'uint64: Uint64',
      'float32: Float32',
      'float64: Float64',
      'lists: List<Float32>',
      'fixed: FixedSizeList[2]<Int32>',
      'pairs: List<Struct<{tag:Int32, ok:Bool}>>',
      'maybe: Int32?',
    ],
  )
  for (const [name, values] of NUMBERS) {
    const got = [...table.getChild(name)!].slice(0, 3)
    equal(got.map(Number), Array.from(values as Float64Array, Number), name)
  }
  equal(
    [...table.getChild('lists')!].slice(3).map(list => [...list]),
    [[1, 2], [], [3]],
  )
  equal(
    [...table.getChild('fixed')!].slice(0, 2).map(list => [...list]),
    [
      [1, 2],
      [3, 4],
    ],
  )
  equal(JSON.parse(JSON.stringify(table.getChild('pairs')!.get(2))), [
    { tag: 8, ok: true },
    { tag: 9, ok: true },
  ])
  equal([...table.getChild('maybe')!].slice(0, 3), [1, null, 3])
})

test('what apache-arrow writes is read', async () => {
  const lists = new List(new Field('item', new Float64(), true))
  const schema = new Schema(
    [
      new Field('flags', new Bool(), true),
      new Field('big', new Int64(), false),
      new Field('lists', lists, true),
      new Field('fixed', new FixedSizeList(3, new Field('item', new Uint8(), false)), false),
    ],
    new Map([['tnp-pipe', 'x']]),
  )
  const data = makeData({
    type: new Struct(schema.fields),
    length: 2,
    children: [
      vectorFromArray([true, false], new Bool()).data[0]!,
      vectorFromArray([5n, -6n], new Int64()).data[0]!,
      vectorFromArray([[1.5], [2.5, 3.5]], lists).data[0]!,
      vectorFromArray(
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
        schema.fields[3]!.type,
      ).data[0]!,
    ],
  } as never)
  const writer = new RecordBatchStreamWriter()
  writer.write(new RecordBatch(schema, data as never))
  writer.finish()
  const [stream] = await readAll(await writer.toUint8Array())
  equal(stream!.schema.metadata.get('tnp-pipe'), 'x')
  const [flags, big, list, fixed] = stream!.batches[0]!.columns
  equal(flags!.values, Uint8Array.of(1, 0))
  equal(big!.values, BigInt64Array.of(5n, -6n))
  equal(list!.offsets, Int32Array.of(0, 1, 3))
  equal(list!.children[0]!.values, Float64Array.of(1.5, 2.5, 3.5))
  equal(fixed!.children[0]!.values, Uint8Array.of(1, 2, 3, 4, 5, 6))
})

test('apache-arrow reads several streams one after the other', () => {
  let n = 0
  for (const reader of RecordBatchReader.readAll(Buffer.concat([bytes, bytes]))) {
    for (const batch of reader) n += batch.numRows
  }
  equal(n, 12)
})

test('a stream that is cut off anywhere is refused', async () => {
  const whole = streamOf(SCHEMA, [BATCH])
  for (let at = 0; at < whole.length; at += 3) {
    const message = await failure(whole.subarray(0, at))
    ok(/^stdin (ends early|is empty): the stage before/.test(message), `${at}: ${message}`)
  }
  equal(await failure(whole), 'none')
})

test('what is no Arrow stream is named as such', async () => {
  for (const text of ['{"a": 1}\n', 'PAR1PAR1PAR1', 'hello', '\xff\xff\xff\xff\xff\xff\xff\xff']) {
    const message = await failure(Buffer.from(text, 'latin1'))
    equal(message, 'stdin: wanted an Arrow IPC stream, as the stages before write it; got other bytes.')
  }
})

test('damage within a message is an error of the data', async () => {
  const at = schemaMessage(SCHEMA).length
  for (let i = 0; i < 400; i += 5) {
    const damaged = Uint8Array.from(bytes)
    damaged[at + 8 + i]! ^= 0x55
    try {
      await readAll(damaged)
    } catch (error) {
      ok(error instanceof DataError, `byte ${i}: ${error}`)
    }
  }
})

test('columns of text are refused by name', async () => {
  const schema = new Schema([new Field('name', new Utf8(), true), new Field('x', new Int32(), true)])
  const names = vectorFromArray(['a', 'b'], new Utf8()).data[0]!
  const data = makeData({
    type: new Struct(schema.fields),
    length: 2,
    children: [names, vectorFromArray([1, 2], new Int32()).data[0]!],
  } as never)
  const writer = new RecordBatchStreamWriter()
  writer.write(new RecordBatch(schema, data as never))
  writer.finish()
  equal(
    await failure(await writer.toUint8Array()),
    'stdin: column "name" is of text, which cannot be read. Drop it, or make numbers of it.',
  )
})

test('two columns of one name are refused, in records as well', async () => {
  const messageOf = (fields: readonly ArrowField[]) => failure(streamOf({ fields, metadata: new Map() }, []))
  const [x, y] = [typed('x', 'float32'), typed('y', 'int32')]
  equal(await messageOf([x, y, x]), 'stdin: two columns are called "x". Rename one of them.')
  const record: ArrowField = { name: 'tag', nullable: false, type: { kind: 'struct', members: [y, y] } }
  equal(await messageOf([x, record]), 'stdin: two columns are called "tag.y". Rename one of them.')
})

test('lists that begin later than at 0 are brought to 0', async () => {
  const cut: ArrowBatch = {
    length: 2,
    columns: [
      { length: 2, valid: null, offsets: Int32Array.of(1, 2, 4), children: [flat(Float32Array.of(1, 2, 3, 4, 5))] },
    ],
  }
  const schema: ArrowSchema = {
    fields: [{ name: 'lists', nullable: false, type: { kind: 'list', item: typed('item', 'float32') } }],
    metadata: new Map(),
  }
  const [stream] = await readAll(streamOf(schema, [cut]))
  equal(stream!.batches[0]!.columns[0]!.offsets, Int32Array.of(0, 1, 3))
  equal(stream!.batches[0]!.columns[0]!.children[0]!.values, Float32Array.of(2, 3, 4))
})

test('columns of other types cannot be written', () => {
  const schema: ArrowSchema = {
    fields: [{ name: 'x', nullable: false, type: { kind: 'other', what: 'text' } }],
    metadata: new Map(),
  }
  throws(() => schemaMessage(schema), /columns of text cannot be written/)
})

test.run()
