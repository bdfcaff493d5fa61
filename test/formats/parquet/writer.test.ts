import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parquetMetadata } from 'hyparquet'
import { suite } from 'uvu'
import { equal, is, ok } from 'uvu/assert'
import { loadZstdCompress, zstdCompress } from '../../../lib/codecs/index.js'
import type { Column, DType } from '../../../lib/core/types.js'
import { assembleFile, encodeRowGroup, fieldsOf, ParquetFileWriter, tableSchema } from '../../../lib/formats/index.js'
import { pythonPath, sharedDir, testIf } from '../../support/tools.js'
import { exampleTable } from './example.js'

const test = suite<{ dir: string }>('Parquet files', { dir: '' })
test.before.each(context => {
  context.dir = mkdtempSync(join(tmpdir(), 'tnp-parquet-'))
})
test.after.each(({ dir }) => rmSync(dir, { recursive: true }))

await loadZstdCompress()
const zstd = (bytes: Uint8Array) => zstdCompress(bytes, 1)
const { schema, table } = exampleTable()

test('streaming row groups gives the bytes of the file assembled in memory', async ({ dir }) => {
  const group = encodeRowGroup(table, schema, zstd)
  const none = encodeRowGroup({ length: 0, columns: new Map() }, schema, zstd)
  const path = join(dir, 'a.parquet')
  const writer = await ParquetFileWriter.open(path, schema)
  for (const part of [none, group, none, group]) await writer.append(part)
  is(writer.rows, 8)
  ok(readdirSync(dir).every(name => name !== 'a.parquet'))
  await writer.close()
  equal(readdirSync(dir), ['a.parquet'])
  ok(readFileSync(path).equals(Buffer.concat(assembleFile(schema, [group, group]))))
})

test('a file without rows is written too', async ({ dir }) => {
  const path = join(dir, 'a.parquet')
  const writer = await ParquetFileWriter.open(path, schema)
  await writer.append(encodeRowGroup({ length: 0, columns: new Map() }, schema, zstd))
  await writer.close()
  ok(readFileSync(path).equals(Buffer.concat(assembleFile(schema, []))))
})

test('discarding leaves nothing', async ({ dir }) => {
  const writer = await ParquetFileWriter.open(join(dir, 'a.parquet'), schema)
  await writer.append(encodeRowGroup(table, schema, zstd))
  await writer.discard()
  equal(readdirSync(dir), [])
})

test('a row group survives the way from a worker', () => {
  const group = encodeRowGroup(table, schema, zstd)
  const want = Buffer.concat(assembleFile(schema, [group]))
  const moved = structuredClone(group, { transfer: [group.bytes.buffer] })
  is(group.bytes.length, 0)
  ok(Buffer.concat(assembleFile(schema, [moved])).equals(want))
})

function keyValues(file: Buffer): Record<string, string> {
  const { key_value_metadata } = parquetMetadata(new Uint8Array(file).buffer)
  return Object.fromEntries(key_value_metadata!.map(({ key, value }) => [key, value ?? '']))
}

test('apache-arrow reads the Arrow schema', async () => {
  const { tableFromIPC } = await import('apache-arrow')
  const message = Buffer.from(keyValues(Buffer.concat(assembleFile(schema, [])))['ARROW:schema']!, 'base64')
  is(message.length % 8, 0)
  const arrow = tableFromIPC(message).schema
  const type = (name: string) => String(arrow.fields.find(f => f.name === name)!.type)
  equal(
    arrow.fields.map(f => f.name),
    schema.fields.map(f => f.name),
  )
  equal(
    arrow.fields.filter(f => f.nullable).map(f => f.name),
    ['half', 'none', 'nulls'],
  )
  is(type('flat_uint16'), 'Uint16')
  is(type('flat_int64'), 'Int64')
  is(type('flat_float64'), 'Float64')
  is(type('flat_bool'), 'Bool')
  is(type('fixed'), 'FixedSizeList[2]<Float32>')
  ok(arrow.metadata.get('ak:parameters')!.startsWith('[{"optiontype_fields": ["half", "none", "nulls"]}'))
})

test('awkward’s parameters name the nullable columns, in ASCII', () => {
  const parameters = (nullable: boolean) => {
    const fields = tableSchema([{ name: 'cut >= "é"', dtype: 'bool', nullable }])
    return keyValues(Buffer.concat(assembleFile(fields, [])))['ak:parameters']
  }
  const rest = (kind: string) => `{"record_is_scalar": false}, {"${kind}": null}, {"RecordArray": null}]`
  is(parameters(false), `[{"optiontype_fields": []}, ${rest('IndexedArray')}`)
  is(parameters(true), `[{"optiontype_fields": ["cut >= \\"\\u00e9\\""]}, ${rest('IndexedOptionArray')}`)
})

/** Column types of files that the reference wrote, flat, jagged and nullable, as pyarrow names them. */
const CASES: Record<string, string> = {
  flat: '02-electron-nanoaod-mc-weights/expected/MC/get_tnp_arrays_1/NTuples-part0.parquet',
  jagged: '13-unreadable-files/expected/Data/get_tnp_arrays_1/NTuples-part0.parquet',
  empty: '13-unreadable-files/expected/Data/get_tnp_arrays_1/NTuples-part1.parquet',
  nullable: '12-scale-and-smearing/expected/MC/get_ntuples_1/NTuples-part0.parquet',
}

testIf(
  test,
  sharedDir() && pythonPath(),
  'the shared reference cases and a Python with pyarrow',
)(
  'files have the schema, metadata and properties of the reference’s, for flat, jagged, nullable and empty ones',
  () => {
    const dir = mkdtempSync(join(tmpdir(), 'tnp-parquet-'))
    try {
      for (const [name, path] of Object.entries(CASES)) {
        const reference = join(sharedDir()!, 'cases', path)
        const described = python(DESCRIBE, [reference], dir)
        const file = rewritten(JSON.parse(described), name !== 'empty')
        writeFileSync(join(dir, `${name}.parquet`), Buffer.concat(file))
        is(python(COMPARE, [reference, `${name}.parquet`], dir), 'same\n', name)
      }
    } finally {
      rmSync(dir, { recursive: true })
    }
  },
)

function python(script: string, args: string[], cwd: string): string {
  const run = spawnSync(pythonPath()!, ['-c', script, ...args], { cwd, encoding: 'utf8' })
  is(run.stderr, '')
  return run.stdout
}

/** A file of one row with the described columns. */
function rewritten(described: [string, DType, 'flat' | 'list', boolean][], withRow: boolean): Uint8Array[] {
  const columns = new Map<string, Column>()
  for (const [name, dtype, shape] of described) {
    const { values } = exampleTable().table.columns.get(`flat_${dtype}`)!
    columns.set(name, { dtype, values, ...(shape === 'list' ? { offsets: Int32Array.of(0, 1) } : {}) })
  }
  const own = tableSchema(
    fieldsOf(
      columns,
      described.some(([, , , nullable]) => nullable),
    ),
  )
  return assembleFile(own, withRow ? [encodeRowGroup({ length: 1, columns }, own, zstd)] : [])
}

const DESCRIBE = `
import json, sys
import pyarrow as pa, pyarrow.parquet as pq
names = {"float": "float32", "double": "float64"}
out = []
for f in pq.read_schema(sys.argv[1]):
    jagged = pa.types.is_large_list(f.type)
    t = str(f.type.value_type if jagged else f.type)
    out.append([f.name, names.get(t, t), "list" if jagged else "flat", f.nullable])
print(json.dumps(out))
`

const COMPARE = `
import sys
import pyarrow.parquet as pq
want, got = (pq.ParquetFile(f) for f in sys.argv[1:3])
assert got.schema.equals(want.schema), (got.schema, want.schema)
assert str(got.schema) .split("\\n", 1)[1] == str(want.schema).split("\\n", 1)[1]
assert got.schema_arrow.equals(want.schema_arrow, check_metadata=True), (got.schema_arrow, want.schema_arrow)
g, w = got.metadata, want.metadata
assert list(g.metadata) == list(w.metadata) and g.metadata[b"ak:parameters"] == w.metadata[b"ak:parameters"]
assert (g.format_version, g.num_row_groups, g.num_columns) == (w.format_version, w.num_row_groups, w.num_columns)
for i in range(w.num_columns):
    a, b = g.row_group(0).column(i), w.row_group(0).column(i)
    for key in ("path_in_schema", "physical_type", "compression", "encodings", "has_dictionary_page", "file_offset"):
        assert getattr(a, key) == getattr(b, key), (a, b)
    assert (a.statistics is None) == (b.statistics is None), (a, b)
print("same")
`

test.run()
