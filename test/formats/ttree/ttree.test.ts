/** Tables as TTrees, read back by our reader and by jsroot. */
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { internals } from 'jsroot/core'
import { openFile } from 'jsroot/io'
import { TSelector, treeProcess } from 'jsroot/tree'
import { suite } from 'uvu'
import { equal, is, ok, throws } from 'uvu/assert'
import { frameContentLength } from '../../../lib/codecs/index.js'
import { createZstdDecoder } from '../../../lib/codecs/zstd.js'
import { BugError, UsageError } from '../../../lib/core/errors.js'
import type { Column } from '../../../lib/core/types.js'
import { ZLIB } from '../../../lib/formats/root-file/index.js'
import type { EncodedGroup, TableFormat } from '../../../lib/formats/table-format.js'
import { type Field, tableSchema } from '../../../lib/formats/table-schema.js'
import { TTREE, treeFormat } from '../../../lib/formats/ttree/index.js'
import { openRootFile } from '../../../lib/root/index.js'
import { encodeTable } from '../../../lib/stages/index.js'
import { type Content, expectedBranches, makeTable, SCHEMA, type Table } from './tables.js'

const test = suite<{ dir: string }>('tables as TTrees', { dir: '' })
test.before(() => TTREE.load())
test.before.each(context => {
  context.dir = mkdtempSync(join(tmpdir(), 'tnp-ttree-'))
})
test.after.each(({ dir }) => rmSync(dir, { recursive: true }))

const FORMATS: readonly (readonly [name: string, format: TableFormat, compression: string])[] = [
  ['ZSTD', TTREE, 'ZSTD'],
  ['ZLIB', treeFormat(ZLIB), 'ZLIB'],
  ['uncompressed', treeFormat(null), 'none'],
]
const TABLES = [40, 40, 7, 0, 200].map(makeTable)

function fileOf(tables: readonly Table[], format = TTREE, schema = SCHEMA): Buffer {
  const files = format.files(schema)
  return Buffer.concat(files.assembleFile(tables.map(table => files.encodeGroup(table))))
}

async function readBack(path: string): Promise<Map<string, Content>> {
  const file = await openRootFile(path)
  const tree = await file.tree('Events')
  const columns = await tree.read(tree.names, 0, tree.entries)
  await file.close()
  return new Map(Array.from(columns, ([name, column]) => [name, contentOf(column)]))
}

function contentOf({ dtype, values, offsets }: Column): Content {
  const counts = offsets === undefined ? null : Array.from(offsets.subarray(1), (end, i) => end - offsets[i]!)
  return { dtype, values, counts }
}

/** NaN is not equal to itself. */
function bitsOf({ dtype, values, counts }: Content): unknown {
  return { dtype, counts, bits: Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('hex') }
}

for (const [name, format, compression] of FORMATS) {
  test(`${name}: every type and shape comes back, from several tables of which one is empty`, async ({ dir }) => {
    const path = join(dir, 'x.root')
    writeFileSync(path, fileOf(TABLES, format))
    const wanted = expectedBranches(TABLES)
    const got = await readBack(path)
    equal([...got.keys()], [...wanted.keys()])
    for (const [branch, content] of wanted) equal(bitsOf(got.get(branch)!), bitsOf(content), branch)
    const file = await openRootFile(path)
    const tree = await file.tree('Events')
    is((await tree.compressions(['fixed_float64'])).get('fixed_float64'), compression)
    equal(await tree.clusters(), [0, 40, 80, 87, 287])
    await file.close()
  })
}

test('a file without rows has all branches', async ({ dir }) => {
  for (const tables of [[], [makeTable(0, 1)]]) {
    const path = join(dir, 'x.root')
    writeFileSync(path, fileOf(tables))
    const got = await readBack(path)
    equal([...got.keys()], [...expectedBranches([makeTable(0, 1)]).keys()])
    ok([...got.values()].every(({ values }) => values.length === 0))
  }
})

test('long tables are cut into baskets of 1 MiB, none of which reaches into the next table', async ({ dir }) => {
  const rows = 400_000
  const schema = tableSchema([
    { name: 'x', dtype: 'float64' },
    { name: 'b', dtype: 'bool' },
    { name: 'l', dtype: 'int32', list: true },
    { name: 't', dtype: 'uint8', text: true },
  ])
  const table = (length: number): Table => {
    const offsets = Int32Array.from({ length: length + 1 }, (_, i) => i * 2 - (i % 2))
    return {
      length,
      columns: new Map<string, Column>([
        ['x', { dtype: 'float64', values: Float64Array.from({ length }, (_, i) => i / 7) }],
        ['b', { dtype: 'bool', values: Uint8Array.from({ length }, (_, i) => i & 1) }],
        ['l', { dtype: 'int32', values: Int32Array.from({ length: offsets[length]! }, (_, i) => i), offsets }],
        ['t', { dtype: 'uint8', values: new Uint8Array(offsets[length]!).fill(65), offsets, text: true }],
      ]),
    }
  }
  const path = join(dir, 'x.root')
  const tables = [table(rows), table(1000)]
  writeFileSync(path, fileOf(tables, TTREE, schema))
  const got = await readBack(path)
  for (const name of ['x', 'b', 'l', 't']) {
    const parts = tables.map(({ columns }) => [...(columns.get(name)!.values as Float64Array)])
    equal([...(got.get(name)!.values as Float64Array)], parts.flat(), name)
  }
  const file = await openRootFile(path)
  const tree = await file.tree('Events')
  const parts = await tree.storage(['x', 'b', 'l', 't'])
  equal(
    [...parts.values()].map(storage => storage.parts),
    [4 + 1, 1 + 1, 4 + 1, 2 + 1],
  )
  equal(await tree.clusters(), [0, rows, rows + 1000])
  await file.close()
})

async function written(
  path: string,
  groups: readonly EncodedGroup[],
  options: { readonly storedAt?: readonly number[]; readonly building?: string; readonly stops?: boolean } = {},
): Promise<number[]> {
  const writer = await TTREE.files(SCHEMA).open(path, options.building)
  const at: number[] = []
  for (const [k, group] of groups.entries()) at.push(await writer.append(group, options.storedAt?.[k] ?? null))
  if (options.stops) await writer.discard()
  else {
    await writer.finish()
    await writer.commit()
  }
  return at
}

const encoded = () => TABLES.map(table => TTREE.files(SCHEMA).encodeGroup(table))

test('the writer writes what is assembled in memory, also from clusters that stood elsewhere before', async ({
  dir,
}) => {
  const path = join(dir, 'x.root')
  const groups = encoded()
  await written(path, groups)
  ok(readFileSync(path).equals(fileOf(TABLES)))
  await written(path, [groups[4]!, groups[0]!])
  ok(readFileSync(path).equals(fileOf([TABLES[4]!, TABLES[0]!])))
})

test('a file that was begun is continued: what stands in it is not written again', async ({ dir }) => {
  const [path, building] = [join(dir, 'x.root'), join(dir, 'begun')]
  const groups = encoded()
  const at = await written(path, groups.slice(0, 3), { building, stops: true })
  const begun = readFileSync(building)
  // As a journal gives them back: the bytes from the file, the rest from its records.
  const kept = groups.slice(0, 3).map(({ bytes, ...facts }, k) => {
    const own = begun.subarray(at[k], at[k]! + bytes.length)
    ok(own.equals(bytes), 'a group has the bytes that stand in the file')
    return { ...facts, bytes: new Uint8Array(own) }
  })
  equal((await written(path, [...kept, ...groups.slice(3)], { building, storedAt: at })).slice(0, 3), at)
  ok(readFileSync(path).equals(fileOf(TABLES)))
})

test('the same tables make the same file, others a file with another UUID', async ({ dir }) => {
  ok(fileOf(TABLES).equals(fileOf(TABLES)))
  const uuids = new Set<string>()
  for (const seed of [1, 2]) {
    const path = join(dir, `${seed}.root`)
    writeFileSync(path, fileOf([makeTable(10, seed)]))
    const file = await openRootFile(path)
    uuids.add(file.uuid)
    await file.close()
  }
  is(uuids.size, 2)
})

test('jsroot reads the same values', async ({ dir }) => {
  // In a browser jsroot has ZSTD; in Node it wants a package more.
  const decode = createZstdDecoder()
  internals._ZstdStream = { decompress: frame => decode(frame, frameContentLength(frame)!) }
  const names = [...expectedBranches([TABLES[0]!]).keys()]
  const wanted = expectedBranches(TABLES)
  for (const [, format] of FORMATS) {
    const path = join(dir, 'x.root')
    writeFileSync(path, fileOf(TABLES, format))
    const rows = new Map<string, number[][]>(names.map(name => [name, []]))
    const selector = new TSelector()
    for (const name of names) selector.addBranch(name)
    selector.Process = () => {
      for (const name of names) rows.get(name)!.push(numbersOf(selector.tgtobj[name]))
    }
    await treeProcess(await (await openFile(path)).readObject('Events'), selector)
    for (const [name, content] of wanted) equal(said(name, rows.get(name)!), said(name, rowsOf(name, content)), name)
  }
})

/** jsroot's signed 64-bit integers are right up to 2^53; arrays of fixed length of 8-bit ones are texts to it, which a zero ends. */
function said(name: string, rows: readonly (readonly number[])[]): string {
  if (name === 'fixed_int8') return String(rows.length)
  return String(rows.map(row => row.map(v => (Number.isSafeInteger(v) || v % 1 !== 0 ? v : Math.sign(v)))))
}

/** An entry as an array of numbers. */
function numbersOf(value: unknown): number[] {
  if (typeof value === 'string') return [...Buffer.from(value, 'latin1')]
  return typeof value === 'object' ? Array.from(value as ArrayLike<number>, Number) : [Number(value)]
}

function rowsOf(name: string, { values, counts }: Content): number[][] {
  const lengths = counts ?? new Array<number>(287).fill(name.startsWith('fixed') ? 3 : 1)
  let at = 0
  return lengths.map(length => Array.from(values.subarray(at, (at += length)) as Float64Array, Number))
}

test('two columns that would be one branch are refused, with both names', () => {
  const fields: Field[] = [
    { name: 'MET_pt', dtype: 'float32' },
    { name: 'MET', members: [{ name: 'pt', dtype: 'float32' }] },
  ]
  // When the job's graph is made, and by the format itself.
  for (const make of [() => encodeTable(tableSchema(fields), 'ttree'), () => TTREE.files(tableSchema(fields))]) {
    throws(make, (error: Error) => {
      ok(error instanceof UsageError)
      return /column "MET.pt": and "MET_pt" would both be the branch MET_pt of a TTree/.test(error.message)
    })
  }
})

test('columns that are not as the schema says are refused', () => {
  const fields: Field[] = [
    { name: 'J', list: true, members: ['a', 'b'].map(name => ({ name, dtype: 'int32' as const })) },
  ]
  const files = TTREE.files(tableSchema(fields))
  const column = (...offsets: number[]): Column => ({
    ...{ dtype: 'int32', values: new Int32Array(3), offsets: Int32Array.from(offsets) },
  })
  const encode = (a: Column, b?: Column) => () =>
    files.encodeGroup({ length: 2, columns: new Map([['a', a], ...(b === undefined ? [] : [['b', b] as const])]) })
  const refused = (problem: RegExp) => (error: Error) => error instanceof BugError && problem.test(error.message)
  throws(encode(column(0, 1, 3), column(0, 2, 3)), refused(/column b: its lists are not as long as those of a/))
  throws(encode(column(0, 1, 3)), refused(/column b: is in the schema, but not in the table/))
  throws(encode({ dtype: 'int32', values: new Int32Array(2) }, column(0, 2, 3)), refused(/column a: is flat int32/))
})

test('clusters beyond 2 GB are found', async ({ dir }) => {
  const { TreeAssembly, TREE_KEY } = await import('../../../lib/formats/ttree/assembly.js')
  const { branchesOf } = await import('../../../lib/formats/ttree/branches.js')
  const { RootFileLayout } = await import('../../../lib/formats/root-file/index.js')
  const assembly = new TreeAssembly(branchesOf(SCHEMA), 501)
  const layout = new RootFileLayout(assembly.layout)
  const path = join(dir, 'x.root')
  const file = openSync(path, 'w')
  const write = (piece: Uint8Array, at: number) => writeSync(file, piece, 0, piece.length, at)
  for (const group of encoded() as unknown as Parameters<typeof assembly.place>[0][]) {
    layout.embed(1_500_000_000, 'a gap, of which nothing is on the disk')
    const start = layout.embed(group.bytes.length, group.digest)
    if (group.rows > 0) assembly.place(group, start)
    write(group.bytes, start)
  }
  let end = layout.end
  const tree = layout.record(TREE_KEY, origin => assembly.record(origin))
  for (const piece of [...tree.content, ...layout.close()]) end += write(piece, end)
  write(layout.head(), 0)
  closeSync(file)
  ok(end > 7.5e9)
  const got = await readBack(path)
  for (const [branch, content] of expectedBranches(TABLES)) equal(bitsOf(got.get(branch)!), bitsOf(content), branch)
})

test.run()
