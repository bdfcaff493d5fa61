import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type FileMetaData, parquetMetadata, parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { test } from 'uvu'
import { equal, is, ok } from 'uvu/assert'
import { loadZstdCompress, zstdCompress } from '../../../lib/codecs/index.js'
import { assembleFile, encodeRowGroup } from '../../../lib/formats/parquet/index.js'
import { pythonPath, testIf } from '../../support/tools.js'
import { exampleTable, ROWS, type Row } from './example.js'

await loadZstdCompress()
const zstd = (bytes: Uint8Array) => zstdCompress(bytes, 1)
const { schema, table, rows } = exampleTable()
const compressedGroup = encodeRowGroup(table, schema, zstd)
const plainGroup = encodeRowGroup(table, schema, null)

const FILES = {
  'zstd.parquet': Buffer.concat(assembleFile(schema, [compressedGroup])),
  'two.parquet': Buffer.concat(assembleFile(schema, [compressedGroup, compressedGroup])),
  'plain.parquet': Buffer.concat(assembleFile(schema, [plainGroup])),
  'empty.parquet': Buffer.concat(assembleFile(schema, [])),
}

function arrayBufferOf(file: Buffer): ArrayBuffer {
  return new Uint8Array(file).buffer
}

async function hyparquetRows(file: Buffer): Promise<Row[]> {
  return parquetReadObjects({ file: arrayBufferOf(file), compressors })
}

test('hyparquet reads every type and shape, compressed or not, in one or two row groups', async () => {
  equal(await hyparquetRows(FILES['plain.parquet']), rows)
  equal(await hyparquetRows(FILES['zstd.parquet']), rows)
  equal(await hyparquetRows(FILES['two.parquet']), [...rows, ...rows])
})

test('a file without rows has the full schema and one empty row group', async () => {
  equal(await hyparquetRows(FILES['empty.parquet']), [])
  const empty = parquetMetadata(arrayBufferOf(FILES['empty.parquet']))
  equal(empty.schema, parquetMetadata(arrayBufferOf(FILES['zstd.parquet'])).schema)
  is(empty.row_groups.length, 1)
  is(empty.num_rows, 0n)
})

function statisticsOf(metadata: FileMetaData, path: string) {
  const chunk = metadata.row_groups[0]!.columns.find(c => c.meta_data!.path_in_schema.join('.') === path)
  return chunk!.meta_data!.statistics!
}

test('statistics give minimum, maximum and nulls, without NaN and with empty lists among the nulls', () => {
  const metadata = parquetMetadata(arrayBufferOf(FILES['zstd.parquet']))
  const seen = (path: string) => {
    const { min_value, max_value, null_count } = statisticsOf(metadata, path)
    return [min_value, max_value, null_count]
  }
  equal(seen('flat_bool'), [false, true, 0n])
  equal(seen('flat_int8'), [-128, 127, 0n])
  equal(seen('flat_uint16'), [0, 65535, 0n])
  equal(seen('flat_int64'), [-(2n ** 63n), 2n ** 63n - 1n, 0n])
  equal(seen('flat_float32'), [-2, 1.5, 0n])
  equal(seen('list_float32.list.item'), [-Infinity, 1.5, 2n])
  equal(seen('half'), [1, 3, 2n])
  equal(seen('nulls'), [undefined, undefined, 4n])
  equal(seen('holes.list.item'), [1, 4, 4n])
})

test('parquetjs-lite reads the uncompressed file', async () => {
  const file = Buffer.from(FILES['plain.parquet'])
  // It refuses files whose footer says version 2, although it reads them: the footer's first field is that number.
  const footer = file.length - 8 - file.readUInt32LE(file.length - 8)
  equal([...file.subarray(footer, footer + 2)], [0x15, 4])
  file[footer + 1] = 2
  const got = await parquetjsRows(file)
  is(got.length, ROWS)
  for (const [i, row] of rows.entries()) {
    for (const name of Object.keys(row)) {
      // Annotations of unsigned integers are unknown to it.
      if (name.includes('uint')) continue
      const want = name === 'MET' ? { pt: i + 1, terms: nested(row.list_uint8) } : nested(row[name])
      equal(got[i]![name], want, `row ${i}, ${name}`)
    }
  }
})

/** parquetjs-lite shows the schema's groups as they are, and leaves out what is null. */
function nested(value: unknown): unknown {
  if (value === null) return undefined
  if (!Array.isArray(value)) return value
  return value.length === 0 ? {} : { list: value.map(item => (item === null ? {} : { item: nested(item) })) }
}

async function parquetjsRows(file: Buffer): Promise<Row[]> {
  const { ParquetReader } = createRequire(import.meta.url)('parquetjs-lite') as {
    ParquetReader: { openBuffer(b: Buffer): Promise<{ getCursor(): { next(): Promise<Row | null> } }> }
  }
  const cursor = (await ParquetReader.openBuffer(file)).getCursor()
  const found: Row[] = []
  for (let row = await cursor.next(); row !== null; row = await cursor.next()) found.push(row)
  return found
}

/** Runs a check in a folder with the files and rows.json (bigints as numbers' text, NaN and infinities as text). */
function runPython(check: string): void {
  const dir = mkdtempSync(join(tmpdir(), 'tnp-parquet-'))
  try {
    for (const [name, bytes] of Object.entries(FILES)) writeFileSync(join(dir, name), bytes)
    const json = JSON.stringify(rows, (_, v) =>
      typeof v === 'bigint' || (typeof v === 'number' && !Number.isFinite(v)) ? `#${v}` : v,
    )
    writeFileSync(join(dir, 'rows.json'), json)
    const run = spawnSync(pythonPath()!, ['-c', COMMON + check], { cwd: dir, encoding: 'utf8' })
    is(run.stderr, '')
    is(run.stdout, 'ok\n')
  } finally {
    rmSync(dir, { recursive: true })
  }
}

const COMMON = `
import json
NUMBERS = {"#NaN": float("nan"), "#Infinity": float("inf"), "#-Infinity": float("-inf")}
def restore(x):
    if isinstance(x, dict): return {k: restore(v) for k, v in x.items()}
    if isinstance(x, list): return [restore(v) for v in x]
    if isinstance(x, str): return NUMBERS[x] if x in NUMBERS else int(x[1:])
    return x
rows = restore(json.load(open("rows.json")))
def same(got, want):
    if isinstance(want, dict): return list(got) == list(want) and all(same(got[k], want[k]) for k in want)
    if isinstance(want, (list, tuple)): return len(got) == len(want) and all(same(g, w) for g, w in zip(got, want))
    return got is None if want is None else got == want or got != got and want != want
def check(got, want):
    assert len(got) == len(want), (len(got), len(want))
    for g, w in zip(got, want):
        assert list(g) == list(w)
        for k in w: assert same(g[k], w[k]), (k, g[k], w[k])
`

const python = testIf(test, pythonPath(), 'a Python with pyarrow')

python('pyarrow reads the same rows, with the exact types', () => {
  runPython(`
import pyarrow.parquet as pq
for name, want in [("zstd", rows), ("plain", rows), ("two", rows + rows), ("empty", [])]:
    t = pq.read_table(name + ".parquet")
    t.validate(full=True)
    check(t.to_pylist(), want)
    s = t.schema
    for dtype in ["bool", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64", "float32", "float64"]:
        arrow = {"float32": "float", "float64": "double"}.get(dtype, dtype)
        flat, jagged = s.field("flat_" + dtype), s.field("list_" + dtype)
        assert str(flat.type) == arrow and not flat.nullable
        assert str(jagged.type) == f"large_list<item: {arrow} not null>" and not jagged.nullable
    assert str(s.field("fixed").type) == "fixed_size_list<item: float not null>[2]"
    assert s.field("half").nullable and str(s.field("holes").type) == "large_list<item: int32>"
    assert str(s.field("Jet").type) == "large_list<item: struct<pt: float not null, tight: bool not null> not null>"
    m = pq.read_metadata(name + ".parquet")
    assert m.format_version == "2.6" and m.created_by == "tnp-pipe", (m.format_version, m.created_by)
    filtered = pq.read_table(name + ".parquet", filters=[("flat_uint32", ">", 3000000000)])
    assert filtered.num_rows == len(want) // 4
print("ok")`)
})

python('awkward reads the same rows and types', () => {
  runPython(`
import awkward as ak
for name, want in [("zstd", rows), ("plain", rows), ("two", rows + rows), ("empty", [])]:
    a = ak.from_parquet(name + ".parquet")
    check(a.to_list(), want)
    f = {k: str(a[k].type).split(" * ", 1)[1] for k in a.fields}
    assert f["flat_uint8"] == "uint8" and f["list_float32"] == "var * float32" and f["list_bool"] == "var * bool"
    assert f["fixed"] == "2 * float32" and f["half"] == "?float32" and f["holes"] == "var * ?int32", f
    assert f["Jet"] == "var * {pt: float32, tight: bool}", f["Jet"]
print("ok")`)
})

function has(module: string): boolean {
  return pythonPath() !== null && spawnSync(pythonPath()!, ['-c', `import ${module}`]).status === 0
}

testIf(
  test,
  has('duckdb'),
  'a Python with duckdb',
)('DuckDB reads the same rows and filters by the statistics', () => {
  runPython(`
import duckdb
for name, want in [("zstd", rows), ("plain", rows), ("two", rows + rows), ("empty", [])]:
    q = duckdb.sql(f"select * from '{name}.parquet'")
    check([dict(zip(q.columns, (list(v) if isinstance(v, tuple) else v for v in r))) for r in q.fetchall()], want)
    q = duckdb.sql(f"select count(*) from '{name}.parquet' where flat_uint32 > 3000000000 and flat_int8 < 0")
    assert q.fetchall()[0][0] == len(want) // 4
print("ok")`)
})

testIf(
  test,
  has('polars'),
  'a Python with polars',
)('polars reads the same rows and filters by the statistics', () => {
  runPython(`
import polars as pl
for name, want in [("zstd", rows), ("plain", rows), ("two", rows + rows), ("empty", [])]:
    check(pl.read_parquet(name + ".parquet").to_dicts(), want)
    found = pl.scan_parquet(name + ".parquet").filter(pl.col("flat_uint64") > 2**63).collect()
    assert found.height == len(want) // 4
print("ok")`)
})

test('the same table encodes to the same bytes', () => {
  ok(Buffer.from(encodeRowGroup(table, schema, zstd).bytes).equals(compressedGroup.bytes))
})

test.run()
