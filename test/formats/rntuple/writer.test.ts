/** RNTuples that are written, read back by the reader, which was held to ROOT's and uproot's files. */
import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, is, match, ok, throws } from 'uvu/assert'
import type { Column } from '../../../lib/core/types.js'
import {
  type EncodedGroup,
  type TableFiles,
  type TableSchema,
  tableFiles,
  tableSchema,
} from '../../../lib/formats/index.js'
import { openRootFile, type RNTuple, type Tree } from '../../../lib/root/index.js'
import { scratch } from '../../support/cli.js'
import { sameColumn, sameValues } from '../../support/columns.js'
import { exampleTable } from '../parquet/example.js'
import { type MadeTable, madeSchema, madeTable } from '../tables.js'

const dir = scratch()
test.after(() => dir.remove())

async function write(name: string, files: TableFiles, groups: readonly EncodedGroup[]): Promise<string> {
  const path = dir.path(name)
  const writer = await files.open(path)
  for (const group of groups) await writer.append(group)
  await writer.finish()
  await writer.commit()
  return path
}

async function withEvents<T>(path: string, use: (tree: Tree) => Promise<T>): Promise<T> {
  const file = await openRootFile(path)
  try {
    return await use(await file.tree('Events'))
  } finally {
    await file.close()
  }
}

/** Reads back rows [start, stop) of tables that follow one another, and compares. */
async function sameTables(tree: Tree, tables: readonly MadeTable[]): Promise<void> {
  let start = 0
  for (const { length, columns } of tables) {
    const names = [...columns.keys()].filter(name => name !== 'word')
    const found = await tree.read([...names, 'MET_pt', 'MET_terms', 'Jet_pt', 'Jet_tight'], start, start + length)
    for (const name of names) sameColumn(found.get(name), columns.get(name)!, name)
    for (const [name, column] of [
      ['MET_pt', 'flat_float64'],
      ['MET_terms', 'list_int16'],
      ['Jet_pt', 'list_float32'],
      ['Jet_tight', 'list_bool'],
    ] as const) {
      sameColumn(found.get(name), columns.get(column)!, name)
    }
    const word = columns.get('word')!
    const texts = (await tree.read(['word'], start, start + length)).get('word')!
    sameValues(texts.values, word.values, 'word')
    sameValues(texts.offsets!, word.offsets!, 'ends of words')
    start += length
  }
  is(tree.entries, start)
}

test('every type and shape, in clusters of several pages, of one row and of none', async () => {
  const tables = [madeTable(1, 3), madeTable(0), madeTable(140_000, 5), madeTable(1000, 7)]
  const files = await tableFiles('rntuple', madeSchema())
  const groups = tables.map(table => files.encodeGroup(table))
  const path = await write('types.root', files, groups)
  await withEvents(path, async tree => {
    is(tree.kind, 'RNTuple')
    equal(await tree.clusters(), [0, 1, 140_001, 141_001])
    await sameTables(tree, tables)
    // 140,000 numbers of 8 bytes are more than 1 MiB, the most of a page.
    const storage = await tree.storage(['flat_float64', 'flat_bool'])
    const parts = ['flat_float64', 'flat_bool'].map(name => storage.get(name)!.parts)
    equal(parts, [1 + 2 + 1, 3])
    const across = await tree.read(['flat_int32'], 0, 141_001)
    const want = tables.flatMap(({ columns }) => Array.from(columns.get('flat_int32')!.values as Int32Array))
    sameValues(across.get('flat_int32')!.values, want)
  })
})

test('C++ types, names and roles', async () => {
  const { schema, table } = exampleTable()
  const files = await tableFiles('rntuple', schema)
  const path = await write('example.root', files, [files.encodeGroup(table)])
  await withEvents(path, async tree => {
    const ntuple = tree as RNTuple
    const typeOf = (name: string) => ntuple.typeName(name)
    equal(['flat_bool', 'flat_int64', 'flat_float32', 'list_uint16'].map(typeOf), [
      'bool',
      'std::int64_t',
      'float',
      'std::vector<std::uint16_t>',
    ])
    equal(['half', 'nulls', 'nulls_valid', 'holes', 'holes_valid', 'fixed'].map(typeOf), [
      'float',
      'std::int64_t',
      'bool',
      'std::vector<std::int32_t>',
      'std::vector<bool>',
      'std::array<float,2>',
    ])
    ok(tree.has('a_filter_gte____'))
    const found = await tree.read(['half', 'none', 'none_valid', 'nulls', 'nulls_valid', 'holes', 'holes_valid'], 0, 4)
    const valuesOf = (name: string) => found.get(name)!.values
    sameValues(valuesOf('half'), [1, Number.NaN, 3, Number.NaN])
    sameValues(valuesOf('none'), [1, -2, 3, 4])
    sameValues(valuesOf('none_valid'), [1, 1, 1, 1])
    sameValues(valuesOf('nulls'), [0n, 0n, 0n, 0n])
    sameValues(valuesOf('nulls_valid'), [0, 0, 0, 0])
    sameValues(valuesOf('holes'), [1, 0, 3, 4, 0])
    sameValues(valuesOf('holes_valid'), [1, 0, 1, 1, 0])
    ok(!tree.has('half_valid'))
  })
})

test('a file without rows has the schema; a table that is cut from a larger one is written as far as it goes', async () => {
  const files = await tableFiles('rntuple', madeSchema())
  const empty = await write('empty.root', files, [files.encodeGroup(madeTable(0))])
  await withEvents(empty, async tree => {
    is(tree.entries, 0)
    ok(tree.has('three_uint64') && tree.has('Jet_tight') && tree.has('word'))
    is((await tree.read(['flat_int8'], 0, 0)).get('flat_int8')!.values.length, 0)
  })
  const whole = madeTable(100, 11)
  const cut = await write('cut.root', files, [files.encodeGroup({ ...whole, length: 40 })])
  await withEvents(cut, async tree => {
    is(tree.entries, 40)
    const found = (await tree.read(['list_float64', 'three_int16'], 0, 40)) as Map<string, Column>
    const end = whole.columns.get('list_float64')!.offsets![40]!
    sameValues(found.get('list_float64')!.values, whole.columns.get('list_float64')!.values.subarray(0, end))
    sameValues(found.get('three_int16')!.values, whole.columns.get('three_int16')!.values.subarray(0, 120))
  })
})

test('many clusters are listed in several groups', async () => {
  const schema = madeSchema()
  const files = await tableFiles('rntuple', schema)
  // A cluster of one row has 64 pages or more, 65,536 are listed together.
  const tables = Array.from({ length: 1200 }, (_, i) => madeTable(1, i))
  const path = await write(
    'many.root',
    files,
    tables.map(table => files.encodeGroup(table)),
  )
  await withEvents(path, async tree => {
    is(tree.entries, 1200)
    is((await tree.clusters()).length, 1201)
    const found = (await tree.read(['flat_uint64'], 0, 1200)).get('flat_uint64')!
    sameValues(
      found.values,
      tables.map(({ columns }) => (columns.get('flat_uint64')!.values as BigUint64Array)[0]!),
    )
  })
})

test('the file that is assembled in memory is the one that is written, whatever its name', async () => {
  const files = await tableFiles('rntuple', madeSchema())
  const encode = () => [madeTable(50, 1), madeTable(0), madeTable(70, 2)].map(table => files.encodeGroup(table))
  const [one, other] = [await write('one.root', files, encode()), await write('other.root', files, encode())]
  const assembled = Buffer.concat(files.assembleFile(encode()))
  ok(readFileSync(one).equals(assembled))
  ok(readFileSync(other).equals(assembled))
  const empty = await write('none.root', files, [])
  ok(readFileSync(empty).equals(Buffer.concat(files.assembleFile([]))))
})

test('files of other content have another identity, by which ROOT and uproot keep what they have read', async () => {
  const files = await tableFiles('rntuple', madeSchema())
  const uuids = [1, 2].map(seed => {
    const bytes = Buffer.concat(files.assembleFile([files.encodeGroup(madeTable(10, seed))]))
    return bytes.subarray(43, 61).toString('hex')
  })
  ok(uuids[0] !== uuids[1], uuids.join())
})

test('a file that an earlier run began is continued, over bytes that stand there and bytes that do not', async () => {
  const files = await tableFiles('rntuple', madeSchema())
  const encode = () => [madeTable(50, 1), madeTable(60, 2), madeTable(70, 3)].map(table => files.encodeGroup(table))
  const want = readFileSync(await write('whole.root', files, encode()))
  mkdirSync(dir.path('parts'))
  const building = dir.path('parts/x')
  const begun = await files.open(dir.path('continued.root'), building)
  const starts = [await begun.append(encode()[0]!), await begun.append(encode()[1]!)]
  await begun.discard()
  ok(existsSync(building) && !existsSync(dir.path('continued.root')))
  // The second cluster was cut short.
  truncateSync(building, starts[1]! + 10)
  const continued = await files.open(dir.path('continued.root'), building)
  is(await continued.append(encode()[0]!, starts[0]!), starts[0])
  is(await continued.append(encode()[1]!), starts[1])
  await continued.append(encode()[2]!)
  await continued.finish()
  await continued.commit()
  ok(readFileSync(dir.path('continued.root')).equals(want))
})

test('bytes that stood elsewhere in another file are placed anew', async () => {
  const files = await tableFiles('rntuple', madeSchema())
  const want = readFileSync(await write('straight.root', files, [files.encodeGroup(madeTable(9, 4))]))
  const moved = files.encodeGroup(madeTable(9, 4))
  await write('before.root', files, [files.encodeGroup(madeTable(500, 1)), moved])
  ok(readFileSync(await write('moved.root', files, [moved])).equals(want))
})

test('discarding and retracting leave nothing', async () => {
  mkdirSync(dir.path('gone'))
  const files = await tableFiles('rntuple', madeSchema())
  const writer = await files.open(dir.path('gone/a.root'))
  await writer.append(files.encodeGroup(madeTable(5)))
  await writer.discard()
  equal(readdirSync(dir.path('gone')), [])
  const other = await files.open(dir.path('gone/b.root'))
  await other.finish()
  equal(
    readdirSync(dir.path('gone')).filter(name => name === 'b.root'),
    [],
  )
  await other.commit()
  await other.retract()
  equal(readdirSync(dir.path('gone')), [])
})

test('until it is finished a file is none that readers take for one', async () => {
  const files = await tableFiles('rntuple', madeSchema())
  mkdirSync(dir.path('early'))
  const writer = await files.open(dir.path('early/a.root'))
  await writer.append(files.encodeGroup(madeTable(500)))
  const [name] = readdirSync(dir.path('early'))
  const head = readFileSync(dir.path(`early/${name}`)).subarray(0, 4)
  equal([...head], [0, 0, 0, 0])
  await writer.discard()
})

test('a damaged page is noticed by its checksum', async () => {
  const files = await tableFiles('rntuple', madeSchema())
  const path = await write('damaged.root', files, [files.encodeGroup(madeTable(1000))])
  const bytes = readFileSync(path)
  const page = bytes.indexOf(Buffer.from((madeTable(1000).columns.get('flat_int8')!.values as Int8Array).buffer))
  ok(page > 0)
  bytes[page + 500]! ^= 1
  writeFileSync(path, bytes)
  await withEvents(path, async tree => {
    const error = await tree.read(['flat_int8'], 0, 1000).catch(e => e as Error)
    match((error as Error).message, /checksum/)
  })
})

test('a table that is not as the schema has it is refused', async () => {
  const schema: TableSchema = tableSchema([{ name: 'x', dtype: 'float32' }])
  const files = await tableFiles('rntuple', schema)
  const encode = (columns: [string, Column & { valid?: Uint8Array }][]) =>
    files.encodeGroup({ length: 2, columns: new Map(columns) })
  throws(() => encode([]), /RNTuple column x: is in the schema, but not in the table/)
  throws(() => encode([['x', { dtype: 'float64', values: new Float64Array(2) }]]), /RNTuple column x: is flat float64/)
  throws(() => encode([['x', { dtype: 'float32', values: new Float32Array(1) }]]), /1 values for 2 rows/)
  const nulls = { dtype: 'float32' as const, values: new Float32Array(2), valid: Uint8Array.of(1, 0) }
  throws(() => encode([['x', nulls]]), /has nulls, the schema has not/)
  const members = ['a', 'b'].map(name => ({ name, dtype: 'int8' as const }))
  const records = await tableFiles('rntuple', tableSchema([{ name: 'r', list: true, members }]))
  const lists = (name: string, ...offsets: number[]) =>
    [name, { dtype: 'int8' as const, values: new Int8Array(9), offsets: Int32Array.from(offsets) }] as const
  throws(
    () => records.encodeGroup({ length: 2, columns: new Map([lists('a', 0, 1, 3), lists('b', 0, 2, 3)]) }),
    /column b: its lists are not as long as those of a/,
  )
  is(encode([['x', { ...nulls, valid: Uint8Array.of(1, 1) }]]).rows, 2)
})

test.run()
