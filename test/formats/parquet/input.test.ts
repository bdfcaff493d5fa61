/** Reading Parquet files: those that the project writes, and those of pyarrow. */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { parquetMetadata } from 'hyparquet'
import { parquetHeader } from 'hyparquet/src/column.js'
import { test } from 'uvu'
import { equal, instance, is, match, ok } from 'uvu/assert'
import { loadZstdCompress, zstdCompress } from '../../../lib/codecs/index.js'
import { newValues } from '../../../lib/core/dtype.js'
import { DataError } from '../../../lib/core/errors.js'
import type { Column, DType } from '../../../lib/core/types.js'
import { assembleFile, encodeRowGroup, fieldsOf, tableSchema } from '../../../lib/formats/index.js'
import { openParquet, type ParquetInput } from '../../../lib/formats/parquet/input.js'
import { flat, lists } from '../../support/batches.js'
import { scratch } from '../../support/cli.js'
import { sameColumn, sameValues } from '../../support/columns.js'
import { pythonPath, testIf } from '../../support/tools.js'

await loadZstdCompress()

type Named = Readonly<Record<string, Column>>

/** A file of row groups, written by the project. */
function writeGroups(path: string, groups: readonly Named[], length: number): void {
  const schema = tableSchema(fieldsOf(new Map(Object.entries(groups[0]!))))
  const encoded = groups.map(group =>
    encodeRowGroup({ length, columns: new Map(Object.entries(group)) }, schema, bytes => zstdCompress(bytes, 1)),
  )
  writeFileSync(path, Buffer.concat(assembleFile(schema, encoded)))
}

async function failure(run: () => Promise<unknown>): Promise<DataError> {
  try {
    await run()
  } catch (error) {
    instance(error, DataError)
    return error as DataError
  }
  throw new Error('nothing was thrown')
}

const dir = scratch()
const EXTREMES: Readonly<Record<string, Column>> = {
  bool: flat('bool', [0, 1, 1]),
  int8: flat('int8', [-128, 0, 127]),
  uint8: flat('uint8', [0, 200, 255]),
  int16: flat('int16', [-32768, 0, 32767]),
  uint16: flat('uint16', [0, 40000, 65535]),
  int32: flat('int32', [-(2 ** 31), 0, 2 ** 31 - 1]),
  uint32: flat('uint32', [0, 2 ** 31, 2 ** 32 - 1]),
  int64: { dtype: 'int64', values: BigInt64Array.of(-(2n ** 63n), 0n, 2n ** 63n - 1n) },
  uint64: { dtype: 'uint64', values: BigUint64Array.of(0n, 2n ** 53n + 1n, 2n ** 64n - 1n) },
  float32: flat('float32', [-1.5, Number.NaN, Number.POSITIVE_INFINITY]),
  float64: flat('float64', [-1.1, 5e-324, 1.7e308]),
  'cutBased >= 4': flat('bool', [1, 0, 1]),
}

test('a run longer than its page, and a page longer than its rows, are damage before they fill the memory', async () => {
  const length = 200
  const schema = tableSchema([{ name: 'x', dtype: 'bool', nullable: true }])
  const valid = new Uint8Array(length).fill(1, 1)
  const columns = new Map([['x', { dtype: 'bool', values: new Uint8Array(length), valid } as const]])
  const whole = Buffer.concat(assembleFile(schema, [encodeRowGroup({ length, columns }, schema, null)]))
  const { row_groups } = parquetMetadata(new Uint8Array(whole).buffer)
  const reader = {
    view: new DataView(new Uint8Array(whole).buffer),
    offset: Number(row_groups[0]!.columns[0]!.meta_data!.data_page_offset),
  }
  const begin = reader.offset
  equal(parquetHeader(reader).data_page_header?.num_values, length)
  // Behind the length of the levels: the head of the first run.
  const longRun = Buffer.from(whole)
  Buffer.of(0xfe, 0xff, 0xff, 0xff, 0x0f).copy(longRun, reader.offset + 4)
  // 200 as a zigzag varint, once in the page's head.
  const longPage = Buffer.from(whole)
  const at = whole.indexOf(Buffer.of(0x90, 0x03), begin)
  ok(at > begin && at < reader.offset)
  Buffer.of(0xfe, 0x7f).copy(longPage, at)
  for (const [bytes, what] of [
    [longRun, /a run of \d+ values in a page of 200/],
    [longPage, /a page of 8191 values in 200 rows/],
  ] as const) {
    writeFileSync(dir.path('long.parquet'), bytes)
    const input = await openParquet(dir.path('long.parquet'))
    const { exception, message } = await failure(() => input.read(['x'], 0, length))
    is(exception, 'DeserializationError')
    match(message, what)
    await input.close()
  }
})

test('every type comes back with its own type and exact values, names with blanks included', async () => {
  writeGroups(dir.path('types.parquet'), [EXTREMES], 3)
  const input = await openParquet(dir.path('types.parquet'))
  is(input.entries, 3)
  equal(input.names, Object.keys(EXTREMES))
  const columns = await input.read(input.names, 0, 3)
  for (const [name, want] of Object.entries(EXTREMES)) {
    sameColumn(columns.get(name), want, name)
    const info = input.branch(name)!
    equal([info.dtype, info.counter, info.width], [want.dtype, null, 1])
  }
  is(input.has('nothing'), false)
  is(input.branch('nothing'), undefined)
  await input.close()
})

test('any range of rows is read, over row groups and within their pages', async () => {
  const rows = 40_000
  const ramp = (start: number): Column => {
    const values = newValues('int32', rows) as Int32Array
    for (let k = 0; k < rows; k++) values[k] = start + k
    return { dtype: 'int32', values }
  }
  writeGroups(dir.path('groups.parquet'), [{ x: ramp(0) }, { x: ramp(rows) }, { x: ramp(2 * rows) }], rows)
  const input = await openParquet(dir.path('groups.parquet'))
  is(input.entries, 3 * rows)
  for (const [start, stop] of [
    [0, 0],
    [0, 1],
    [rows - 1, rows + 1],
    [123, 456],
    [39_999, 80_001],
    [119_999, 120_000],
    [0, 120_000],
  ] as const) {
    const { values } = (await input.read(['x'], start, stop)).get('x')!
    sameValues(
      values,
      Int32Array.from({ length: stop - start }, (_, k) => start + k),
      `[${start}, ${stop})`,
    )
  }
  await input.close()
})

test('a file without rows has its columns', async () => {
  const none = { x: flat('float32', []), n: flat('uint64', []) }
  const schema = tableSchema(fieldsOf(new Map(Object.entries(none))))
  writeFileSync(dir.path('empty.parquet'), Buffer.concat(assembleFile(schema, [])))
  const input = await openParquet(dir.path('empty.parquet'))
  equal([input.entries, input.names], [0, ['x', 'n']])
  sameColumn((await input.read(['n'], 0, 0)).get('n'), none.n)
  await input.close()
})

test('lists are known and refused, and so are unknown columns and ranges outside the file', async () => {
  writeGroups(dir.path('lists.parquet'), [{ x: lists('float32', [[1], []]), y: flat('float32', [1, 2]) }], 2)
  const input = await openParquet(dir.path('lists.parquet'))
  equal([input.branch('x')!.dtype, input.branch('x')!.counter], ['float32', 'x'])
  const problems = [
    await failure(() => input.read(['x'], 0, 2)),
    await failure(() => input.read(['yy'], 0, 2)),
    await failure(() => input.read(['y'], 1, 3)),
  ]
  equal(
    problems.map(p => [p.exception, p.message.replace(dir.dir, '')]),
    [
      [
        'NotImplementedError',
        '/lists.parquet: column "x" has a list a row, one value a row is wanted. Write the ntuples with "flat": true.',
      ],
      ['KeyError', '/lists.parquet: column "yy" not found. Nearest: "y", "x".'],
      ['ValueError', '/lists.parquet: rows [1, 3) wanted, the file has [0, 2).'],
    ],
  )
  await input.close()
})

test('files that are missing, short, of another kind or damaged are DataErrors that say so', async () => {
  const whole = readFileSync(dir.path('types.parquet'))
  const damaged = (name: string, change: (bytes: Buffer) => Buffer) => {
    writeFileSync(dir.path(name), change(Buffer.from(whole)))
    return openParquet(dir.path(name))
  }
  equal((await failure(() => openParquet(dir.path('no.parquet')))).exception, 'FileNotFoundError')
  equal((await failure(() => damaged('short.parquet', b => b.subarray(0, 8)))).exception, 'OSError')
  equal((await failure(() => damaged('cut.parquet', b => b.subarray(0, b.length - 100)))).exception, 'ValueError')
  equal(
    (await failure(() => damaged('text.parquet', () => Buffer.from('nothing of the kind')))).exception,
    'ValueError',
  )
  const footer = await failure(() => damaged('footer.parquet', b => b.fill(0xff, b.length - 60, b.length - 8)))
  equal(footer.exception, 'DeserializationError')
  match(footer.message, /footer\.parquet: cannot be decoded: /)
  const input = await damaged('page.parquet', b => b.fill(0xff, 4, 60))
  const page = await failure(() => input.read(input.names, 0, 3))
  match(page.message, /page\.parquet/)
  await input.close()
})

const CODECS = ['NONE', 'SNAPPY', 'GZIP', 'BROTLI', 'ZSTD', 'LZ4']
const PYARROW_ROWS = 30_000
const SCRIPT = `
import datetime, sys
import pyarrow as pa, pyarrow.parquet as pq
dir, codecs = sys.argv[1], sys.argv[2].split(",")
rows = range(${PYARROW_ROWS})
t = pa.table({
    "x": pa.array([k % 7 for k in rows], pa.int16()), "f": pa.array([k / 4 for k in rows], pa.float32()),
    "b": [k % 3 == 0 for k in rows], "n": pa.array([2**63 + k for k in rows], pa.uint64()),
})
for codec in codecs:
    pq.write_table(t, f"{dir}/{codec}.parquet", compression=codec, row_group_size=11000, data_page_size=4096)
t = pa.table({
    "b": [True, None, False], "x": pa.array([1, None, 3], pa.float32()), "s": ["a", "b", "c"],
    "t": [datetime.datetime(2024, 1, 1)] * 3, "r": [{"a": 1}] * 3, "a": pa.array([7, 8, 9], pa.int8()),
})
pq.write_table(t, f"{dir}/nulls.parquet")
`
let written = false

/** A file that pyarrow has written. */
async function fromPyarrow(name: string): Promise<ParquetInput> {
  if (!written) {
    const { status, stderr } = spawnSync(pythonPath()!, ['-c', SCRIPT, dir.dir, CODECS.join()], { encoding: 'utf8' })
    equal(status, 0, stderr)
    written = true
  }
  return openParquet(dir.path(`${name}.parquet`))
}

const withPython = testIf(test, pythonPath(), 'a Python with pyarrow')
for (const codec of CODECS) {
  withPython(`pyarrow's ${codec} files are read: nullable, with dictionaries, in several pages`, async () => {
    const input = await fromPyarrow(codec)
    const columns = await input.read(['x', 'f', 'b', 'n'], 10_990, 22_010)
    const at = (name: string, dtype: DType, value: (k: number) => number | bigint) => {
      const want = newValues(dtype, 11_020)
      for (let k = 0; k < want.length; k++) want[k] = value(10_990 + k) as never
      sameColumn(columns.get(name), { dtype, values: want }, name)
    }
    at('x', 'int16', k => k % 7)
    at('f', 'float32', k => k / 4)
    at('b', 'bool', k => (k % 3 === 0 ? 1 : 0))
    at('n', 'uint64', k => 2n ** 63n + BigInt(k))
    await input.close()
  })
}

withPython('a null boolean is false, any other null and columns that are no numbers are refused', async () => {
  const input = await fromPyarrow('nulls')
  equal(input.names, ['b', 'x', 's', 't', 'r', 'a'])
  sameColumn((await input.read(['a'], 0, 3)).get('a'), flat('int8', [7, 8, 9]))
  sameColumn((await input.read(['b'], 0, 3)).get('b'), flat('bool', [1, 0, 0]))
  const problems = [await failure(() => input.read(['x'], 0, 3))]
  for (const name of ['s', 't', 'r']) problems.push(await failure(async () => input.branch(name)))
  equal(
    problems.map(p => [p.exception, p.message.replace(dir.dir, '')]),
    [
      ['ValueError', '/nulls.parquet > x: row 1 is null, a number is wanted.'],
      [
        'NotImplementedError',
        '/nulls.parquet: column "s" is BYTE_ARRAY (STRING); only numbers and booleans can be read.',
      ],
      [
        'NotImplementedError',
        '/nulls.parquet: column "t" is INT64 (TIMESTAMP); only numbers and booleans can be read.',
      ],
      ['NotImplementedError', '/nulls.parquet: column "r" is a record; only numbers and booleans can be read.'],
    ],
  )
  await input.close()
})

test.after(() => dir.remove())
test.run()
