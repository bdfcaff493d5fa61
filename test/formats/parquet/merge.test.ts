import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { type FileMetaData, parquetMetadata, parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { test } from 'uvu'
import { equal, is, match, ok, unreachable } from 'uvu/assert'
import { loadZstdCompress, zstdCompress } from '../../../lib/codecs/index.js'
import type { Column } from '../../../lib/core/types.js'
import { assembleFile, encodeRowGroup, fieldsOf, mergeParquet, tableSchema } from '../../../lib/formats/index.js'
import { filesBelow, scratch } from '../../support/cli.js'
import { pythonPath, testIf } from '../../support/tools.js'
import { exampleTable } from './example.js'

await loadZstdCompress()
const { schema, table, rows } = exampleTable()
const group = encodeRowGroup(table, schema, bytes => zstdCompress(bytes, 1))
const plain = encodeRowGroup(table, schema, null)

const files = scratch()
function put(name: string, content: Uint8Array): string {
  writeFileSync(files.path(name), content)
  return files.path(name)
}
const one = put('one.parquet', Buffer.concat(assembleFile(schema, [group])))
const two = put('two.parquet', Buffer.concat(assembleFile(schema, [plain, group])))
const empty = put('empty.parquet', Buffer.concat(assembleFile(schema, [])))

function bufferOf(path: string): ArrayBuffer {
  return new Uint8Array(readFileSync(path)).buffer
}

/** A file of plain columns. */
function tableFile(name: string, columns: Readonly<Record<string, Column>>): string {
  const map = new Map(Object.entries(columns))
  const schema = tableSchema(fieldsOf(map))
  const length = Object.values(columns)[0]!.values.length
  return put(name, Buffer.concat(assembleFile(schema, [encodeRowGroup({ length, columns: map }, schema, null)])))
}

async function failure(sources: readonly string[], target = 'out.parquet'): Promise<Error> {
  const before = [...filesBelow(files.dir).keys()]
  try {
    await mergeParquet(sources, files.path(target))
  } catch (error) {
    equal([...filesBelow(files.dir).keys()], before)
    return error as Error
  }
  return unreachable('accepted') as never
}

test('row groups follow each other in the order of the files, also those without rows', async () => {
  const target = files.path('merged.parquet')
  equal(await mergeParquet([one, empty, two], target), { rows: 12, rowGroups: 4 })
  const metadata = parquetMetadata(bufferOf(target))
  equal(
    metadata.row_groups.map(g => Number(g.num_rows)),
    [4, 0, 4, 4],
  )
  equal(await parquetReadObjects({ file: bufferOf(target), compressors }), [...rows, ...rows, ...rows])
})

test('schema, key-value metadata, codecs, sizes and statistics stay as they are', async () => {
  const target = files.path('merged.parquet')
  await mergeParquet([two, one], target)
  const [got, first] = [target, two].map(path => parquetMetadata(bufferOf(path))) as [FileMetaData, FileMetaData]
  equal([got.schema, got.key_value_metadata], [first.schema, first.key_value_metadata])
  const facts = ({ row_groups }: FileMetaData, i: number) =>
    row_groups[i]!.columns.map(({ meta_data: c }) => [c?.codec, c?.total_compressed_size, c?.statistics, c?.encodings])
  equal(facts(got, 0), facts(first, 0))
  equal(facts(got, 1), facts(first, 1))
})

test('merging one file gives its row groups, and what was merged can be merged again', async () => {
  await mergeParquet([one], files.path('a.parquet'))
  await mergeParquet([files.path('a.parquet'), one], files.path('b.parquet'))
  equal(await parquetReadObjects({ file: bufferOf(files.path('b.parquet')), compressors }), [...rows, ...rows])
})

test('what differs from the first file is told by file and column, and nothing is written', async () => {
  const pt: Column = { dtype: 'float32', values: Float32Array.of(1) }
  const id: Column = { dtype: 'uint8', values: Uint8Array.of(1) }
  const a = tableFile('a.parquet', { pt, id })
  const b = tableFile('b.parquet', { pt: { dtype: 'float64', values: Float64Array.of(1) }, eta: pt })
  const { message } = await failure([a, b])
  match(message, /b\.parquet: column "pt" differs from .*a\.parquet \(got required DOUBLE, wanted required FLOAT\)/)
  match(message, /b\.parquet: column "id" differs .*got no such column, wanted required INT32 \(UINT_8\)/)
  match(message, /b\.parquet: column "eta" differs .*got required FLOAT, wanted no such column/)
  const swapped = tableFile('c.parquet', { id, pt })
  match((await failure([a, swapped])).message, /c\.parquet: column "id" .*got place 1, wanted "pt" there/)
  const lists = tableFile('d.parquet', { pt: { ...pt, offsets: Int32Array.of(0, 1) }, id })
  match((await failure([a, lists])).message, /column "pt" .*got required group of 1 \(LIST\), wanted required FLOAT/)
})

test('very many differences are counted', async () => {
  const columns = Object.fromEntries(
    Array.from({ length: 30 }, (_, i) => [`c${i}`, { dtype: 'int8', values: Int8Array.of(1) } as Column]),
  )
  const { message } = await failure([one, tableFile('many.parquet', columns)])
  is(message.split('\n').length, 21)
  match(message, /\d+ more differences/)
})

test('files that are missing, no Parquet, cut off or damaged are named', async () => {
  match((await failure([one, files.path('none.parquet')])).message, /No such file .*none\.parquet/)
  match(
    (await failure([one, put('text.parquet', Buffer.from('no Parquet file at all'))])).message,
    /text\.parquet: not a Parquet/,
  )
  match((await failure([put('short.parquet', Buffer.from('PAR1'))])).message, /short\.parquet: not a Parquet/)
  const bytes = readFileSync(one)
  match((await failure([put('cut.parquet', bytes.subarray(0, -20))])).message, /cut\.parquet: not a Parquet/)
  const damaged = Buffer.from(bytes)
  damaged.fill(0xff, bytes.length - 40, bytes.length - 8)
  match((await failure([put('damaged.parquet', damaged)])).message, /damaged\.parquet: damaged footer/)
  const gone = Buffer.concat([bytes.subarray(0, 4), bytes.subarray(-bytes.readUInt32LE(bytes.length - 8) - 8)])
  match((await failure([put('gone.parquet', gone)])).message, /gone\.parquet: damaged footer: a column ends at byte/)
  match((await failure([one], 'no/where.parquet')).message, /where\.parquet: cannot be created/)
})

const PYARROW = `
import json, sys
import pyarrow as pa, pyarrow.parquet as pq
d = sys.argv[1] + "/"
for i, codec in enumerate(["snappy", "zstd", "none"]):
    n = 5000
    t = pa.table({"k": range(i, i + n), "s": [f"x{k % 7}" for k in range(n)], "l": [[1.5] * (k % 3) for k in range(n)],
                  "n": pa.array([None if k % 5 == 0 else k for k in range(n)]), "r": [{"a": k, "b": [k]} for k in range(n)]})
    pq.write_table(t, f"{d}py{i}.parquet", compression=codec, row_group_size=2000, write_page_index=True)
pq.write_table(t.slice(0, 0), d + "py3.parquet")
`
const CHECK = `
import json, sys
import pyarrow as pa, pyarrow.parquet as pq
d = sys.argv[1] + "/"
parts = [pq.ParquetFile(f"{d}py{i}.parquet") for i in range(4)]
m = pq.ParquetFile(d + "py.parquet")
print(json.dumps([m.num_row_groups, m.read().equals(pa.concat_tables([p.read() for p in parts])),
  m.schema_arrow.equals(parts[0].schema_arrow, check_metadata=True), m.metadata.metadata == parts[0].metadata.metadata,
  [m.metadata.row_group(0).column(0).statistics.to_dict() == parts[0].metadata.row_group(0).column(0).statistics.to_dict()],
  pq.read_table(d + "py.parquet", filters=[("k", "<", 3)])["k"].to_pylist()]))
`

testIf(
  test,
  pythonPath(),
  'Python with pyarrow',
)(
  'files by pyarrow, with dictionaries, nulls, records and page indexes, are merged to what pyarrow reads',
  async () => {
    spawnSync(pythonPath()!, ['-c', PYARROW, files.dir])
    const sources = [0, 1, 2, 3].map(i => files.path(`py${i}.parquet`))
    equal(await mergeParquet(sources, files.path('py.parquet')), { rows: 15000, rowGroups: 10 })
    const { stdout, stderr } = spawnSync(pythonPath()!, ['-c', CHECK, files.dir], { encoding: 'utf8' })
    is(stderr, '')
    equal(JSON.parse(stdout), [10, true, true, true, [true], [0, 1, 2, 1, 2, 2]])
  },
)

test('memory does not grow with the files', async () => {
  const values = new Float64Array(1_000_000) // 8 MB, stored plainly
  const large = tableFile('large.parquet', { x: { dtype: 'float64', values } })
  const before = process.memoryUsage().rss
  const { rows } = await mergeParquet(new Array(16).fill(large), files.path('huge.parquet'))
  is(rows, 16_000_000)
  ok(process.memoryUsage().rss - before < 90e6, `${process.memoryUsage().rss - before} bytes more`)
})

test.after(() => files.remove())

test.run()
