/** RNTuples beside the TTrees that they were made of, and beside what their maker put into them. */
import { readFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, is, match, ok } from 'uvu/assert'
import { newReadCost } from '../../../lib/core/read-cost.js'
import { openRootFile } from '../../../lib/root/index.js'
import { sameColumn, sameValues } from '../../support/columns.js'
import { dataError, memorySource } from '../memory-source.js'
import { compare, treeOf } from './compare.js'

test('what ROOT imports from TTrees is equal to them, in any range of entries, whatever the compression', async () => {
  for (const [name, tree] of [
    ['nano-data', 'Events'],
    ['nano-mc', 'Events'],
    ['old-data', 'Events'],
    ['mini', 'fitter_tree'],
    ['types', 'types'],
  ] as const) {
    const [want, got] = [`fixtures/root/${name}.root`, `fixtures/rntuple/${name}.root`]
    await compare(await treeOf(want, tree), await treeOf(got, tree), name)
  }
})

test('the compression of pages, and of those that lie beyond the file', async () => {
  const source = memorySource(readFileSync('fixtures/rntuple/nano-data.root'))
  const tree = await (await openRootFile(source)).tree('Events')
  const found = await tree.compressions(['run', 'Electron_pt'])
  ok(
    [...found.values()].every(name => name === 'ZSTD' || name === 'none'),
    [...found].join(' '),
  )
  const last = Math.max(...source.reads.slice(-2).map(({ position }) => position))
  source.size = async () => last + 1
  const beyond = [...(await tree.compressions(['run', 'Electron_pt'])).values()]
  equal([beyond.includes('beyond the file'), beyond.includes(null)], [true, false])
})

test('lists as uproot writes them, and lists of records, have the names and values of the TTree', async () => {
  const tree = await treeOf('fixtures/root/nano-data-2.root', 'Events')
  for (const kind of ['lists', 'records']) {
    const ntuple = await treeOf(`fixtures/rntuple/nano-data-2-${kind}.root`, 'Events')
    equal([...ntuple.names].sort(), [...tree.names].sort(), kind)
    const counters = new Set(tree.names.map(name => tree.branch(name)!.counter))
    const [want, got] = [await tree.read(tree.names, 3, 90), await ntuple.read(tree.names, 3, 90)]
    for (const name of tree.names) {
      if (counters.has(name)) sameValues(got.get(name)!.values, want.get(name)!.values, `${kind} ${name}`)
      else sameColumn(got.get(name), want.get(name)!, `${kind} ${name}`)
    }
    is(got.get('Electron_pt')!.offsets, got.get('Electron_eta')!.offsets, kind)
  }
  const records = await treeOf('fixtures/rntuple/nano-data-2-records.root', 'Events')
  is(records.branch('Electron_pt')!.counter, 'nElectron')
  ok(records.has('Electron.pt'))
  const both = await records.read(['Electron.pt', 'Electron_pt', 'nElectron'], 5, 60)
  sameColumn(both.get('Electron.pt'), both.get('Electron_pt')!)
  const lists = await treeOf('fixtures/rntuple/nano-data-2-lists.root', 'Events')
  is(lists.branch('Electron_pt')!.counter, 'nElectron_pt')
  ok(lists.has('nElectron_pt') && !lists.names.includes('nElectron_pt'))
})

test('records of CMS, with and without projections, have the names of branches', async () => {
  const names = ['nElectron', 'Electron_pt', 'Electron_charge', 'HLT_Ele30', 'HLT_Ele32']
  for (const file of ['cms-records', 'cms-projections']) {
    const tree = await treeOf(`fixtures/rntuple/${file}.root`, 'Events')
    equal([...tree.names].sort(), ['run', ...names].sort(), file)
    equal(
      names.map(name => tree.branch(name)!.counter),
      [null, 'nElectron', 'nElectron', null, null],
    )
    const columns = await tree.read(names, 3, 9)
    sameValues(columns.get('nElectron')!.values, [0, 1, 2, 0, 1, 2])
    sameValues(columns.get('Electron_pt')!.values, [40, 50, 51, 70, 80, 81])
    sameValues(columns.get('Electron_charge')!.values, [1, 1, -1, 1, 1, -1])
    is(columns.get('Electron_pt')!.offsets, columns.get('Electron_charge')!.offsets)
    sameValues(columns.get('HLT_Ele30')!.values, [1, 0, 1, 0, 1, 0])
    sameValues(columns.get('HLT_Ele32')!.values, [1, 1, 1, 1, 1, 1])
  }
})

/** What fixtures/make_rntuples.py puts into entry i. */
const number = (i: number) => (150 - i) * 7
const real = (i: number) => (i - 150) / 8
const VALUES: Readonly<Record<string, (i: number) => number | bigint>> = {
  Int16: number,
  SplitInt16: number,
  Int32: i => 1000 * number(i),
  SplitInt32: i => 1000 * number(i),
  Int64: i => 10_000_000_000n * BigInt(number(i)),
  SplitInt64: i => 10_000_000_000n * BigInt(number(i)),
  UInt16: i => 7 * i,
  SplitUInt16: i => 7 * i,
  UInt32: i => 14_000_000 * i,
  SplitUInt32: i => 14_000_000 * i,
  UInt64: i => 60_000_000_000_000_000n * BigInt(i),
  SplitUInt64: i => 60_000_000_000_000_000n * BigInt(i),
  Int8: i => (i % 100) - 50,
  UInt8: i => i % 256,
  Char: i => ((i + 128) % 256) - 128,
  Bit: i => Number(i % 3 === 0),
  Real16: real,
  Real32: real,
  SplitReal32: real,
  Real64: i => real(i) + 1e-9,
  SplitReal64: i => real(i) + 1e-9,
  Real32Trunc: real,
  late: i => (i < 150 ? 0 : i),
}

test('every encoding of columns gives what was written, and columns that begin late are zero before', async () => {
  const tree = await treeOf('fixtures/rntuple/encodings.root', 'encodings')
  equal(await tree.clusters(), [0, 100, 200, 300])
  for (const [start, stop] of [
    [0, 300],
    [97, 103],
    [140, 160],
    [0, 1],
    [299, 300],
    [200, 200],
  ] as const) {
    const entries = Array.from({ length: stop - start }, (_, i) => start + i)
    const label = (name: string) => `${name} [${start}, ${stop})`
    const columns = await tree.read(Object.keys(VALUES), start, stop)
    for (const [name, value] of Object.entries(VALUES)) {
      sameValues(columns.get(name)!.values, entries.map(value), label(name))
    }
    const others = await tree.read(['Real32Quant', 'array', 'late_list'], start, stop)
    const quantised = others.get('Real32Quant')!.values as Float32Array
    for (const [k, i] of entries.entries()) ok(Math.abs(quantised[k]! - real(i)) < 128 / 2 ** 17, label('Real32Quant'))
    sameValues(
      others.get('array')!.values,
      entries.flatMap(i => [i % 256, (i + 1) % 256, (i + 2) % 256]),
      label('array'),
    )
    is(others.get('array')!.width, 3)
    sameValues(
      others.get('late_list')!.values,
      entries.filter(i => i >= 150).flatMap(i => [i, -i]),
      label('late_list'),
    )
    const lists = ['Index32', 'Index64', 'SplitIndex32', 'SplitIndex64']
    const jagged = await tree.read(lists, start, stop)
    for (const name of lists) {
      sameValues(
        jagged.get(name)!.values,
        entries.flatMap(i => new Array<number>(i % 4).fill(i)),
        label(name),
      )
      is(jagged.get(name)!.offsets![stop - start], jagged.get(name)!.values.length)
    }
  }
})

test('texts are lists of their bytes, across clusters and in parts', async () => {
  const tree = await treeOf('fixtures/rntuple/encodings.root', 'encodings')
  const info = tree.branch('text')!
  equal([info.dtype, info.counter, info.text], ['uint8', 'text', true])
  const texts = async (start: number, stop: number) => {
    const { values, offsets, text } = (await tree.read(['text'], start, stop)).get('text')!
    is(text, true)
    const bytes = Buffer.from(values as Uint8Array)
    return Array.from({ length: stop - start }, (_, i) => bytes.toString('utf8', offsets![i], offsets![i + 1]))
  }
  const all = Array.from({ length: 300 }, (_, i) => String(i))
  equal(await texts(0, 300), all)
  equal(await texts(3, 250), all.slice(3, 250))
})

test('lists of arrays, in any range of entries; those that begin late are empty before', async () => {
  const tree = await treeOf('fixtures/rntuple/array-lists.root', 'lists')
  const entry = (i: number): Readonly<Record<string, readonly (readonly number[])[]>> => ({
    boxes: Array.from({ length: i % 4 }, (_, k) => [i, i + 0.25, k]),
    ends: Array.from({ length: i % 3 }, (_, k) => [i, -k]),
    late: i < 45 ? [] : Array.from({ length: 1 + (i % 2) }, () => [i, -1]),
  })
  for (const [start, stop] of [
    [0, 90],
    [0, 1],
    [29, 31],
    [40, 77],
    [89, 90],
  ] as const) {
    for (const events of [undefined, Int32Array.of(Math.floor((stop - start) / 2))]) {
      const columns = await tree.read(['boxes', 'ends', 'late'], start, stop, events === undefined ? {} : { events })
      for (const [name, { values, offsets, width = 1 }] of columns) {
        is(width, tree.branch(name)!.width)
        for (const row of events ?? Array.from({ length: stop - start }, (_, k) => k)) {
          const flat = values.slice(width * offsets![row]!, width * offsets![row + 1]!)
          equal(Array.from(flat as Float32Array), entry(start + row)[name]!.flat(), `${name} ${start + row}`)
        }
      }
    }
  }
})

test('what cannot be read is listed, and refused by its type', async () => {
  const tree = await treeOf('fixtures/rntuple/encodings.root', 'encodings')
  ok(tree.names.includes('text') && tree.names.includes('nested'))
  const nested = await dataError(async () => tree.branch('nested'))
  is(nested.exception, 'NotImplementedError')
  match(nested.message, /encodings\.root > encodings > nested: a field of lists of lists cannot be read\. Numbers/)
  const missing = await dataError(() => tree.read(['Int61'], 0, 1))
  is(missing.exception, 'KeyError')
  match(missing.message, /field "Int61" not found\./)
  is((await dataError(() => tree.read(['Int16'], 0, 301))).exception, 'ValueError')
})

test('the page on formats has the errors that one gets', async () => {
  const page = readFileSync('docs/formats.md', 'utf8').split('## RNTuple')[1]!
  const table = page.slice(page.indexOf('| in the file | error |'))
  const documented = [...table.matchAll(/`((?:a field|the RNTuple|an RNTuple)[^`]+)`/g)].map(match => match[1]!)
  ok(documented.length > 8)
  const messages: string[] = []
  for (const [file, tree, names] of [
    ['encodings.root', 'encodings', ['nested']],
    ['array-lists.root', 'lists', ['outside']],
    ['nano-data-2-records.root', 'Events', ['Electron']],
  ] as const) {
    const ntuple = await treeOf(`fixtures/rntuple/${file}`, tree)
    for (const name of names) messages.push((await dataError(async () => ntuple.branch(name))).message)
  }
  for (const message of messages) {
    ok(
      documented.some(one => message.includes(one)),
      message,
    )
  }
})

test('a range reads the pages that it needs, consecutive ranges none of them twice, and entries that do not matter none', async () => {
  const source = memorySource(readFileSync('fixtures/rntuple/nano-data.root'))
  const file = await openRootFile(source)
  const tree = await file.tree('Events')
  const names = ['run', 'Electron_pt', 'Electron_eta']
  const bytesOf = async (work: () => Promise<unknown>) => {
    source.reads.length = 0
    await work()
    return source.reads.reduce((sum, { length }) => sum + length, 0)
  }
  const all = await bytesOf(() => tree.read(names, 0, tree.entries))
  const first = await bytesOf(() => tree.read(names, 0, 10))
  ok(first < all / 4, `${first} of ${all} bytes for 10 of ${tree.entries} entries`)
  let parts = 0
  for (let start = 0; start < tree.entries; start += 7) {
    parts += await bytesOf(() => tree.read(names, start, Math.min(start + 7, tree.entries)))
  }
  // Where an end of lists stands in the page before, that page is read again.
  ok(parts < 1.5 * all, `${parts} bytes in parts, ${all} at once`)
  const cost = newReadCost()
  const events = Int32Array.of(4, 5, 200)
  const few = await bytesOf(async () => {
    const [want, got] = [
      await tree.read(names, 0, tree.entries),
      await tree.read(names, 0, tree.entries, { events, cost }),
    ]
    for (const name of ['Electron_pt', 'Electron_eta']) {
      const [a, b] = [want.get(name)!, got.get(name)!]
      sameValues(b.offsets!, a.offsets!)
      for (const i of events)
        sameValues(b.values.slice(b.offsets![i], b.offsets![i + 1]), a.values.slice(a.offsets![i], a.offsets![i + 1]))
    }
  })
  ok(few - all < all, `${few - all} bytes for 3 entries, ${all} for all`)
  ok(cost.columnBytes > 0 && cost.unpackedBytes > 0)
  await file.close()
})

test('bytes that were asked for ahead are not read again', async () => {
  const source = memorySource(readFileSync('fixtures/rntuple/nano-data.root'))
  const file = await openRootFile(source)
  const tree = await file.tree('Events')
  const names = ['Electron_pt', 'run']
  const want = await tree.read(names, 60, 180)
  ok(tree.readAhead(names, 60, 180))
  await new Promise(resolve => setTimeout(resolve, 20))
  source.reads.length = 0
  const got = await tree.read(names, 60, 180)
  is(source.reads.length, 0)
  for (const name of names) sameColumn(got.get(name), want.get(name)!)
  ok(tree.readAhead(names, 0, 20))
  ok(tree.readAhead(['no such field'], 20, 30))
  await file.close()
})

test('of a distant file, opened, one range takes one round trip', async () => {
  const bytes = readFileSync('fixtures/rntuple/nano-data.root')
  const near = memorySource(bytes)
  let trips = 0
  const source = Object.assign(Object.create(near) as typeof near, {
    latencyMs: 50,
    readAt: (position: number, length: number) => {
      trips++
      return near.readAt(position, length)
    },
    readv: (...args: Parameters<typeof near.readv>) => {
      if (args[0].length > 0) trips++
      return near.readv(...args)
    },
  })
  const file = await openRootFile(source)
  const tree = await file.tree('Events')
  is(trips, 1, 'round trips to open it')
  const columns = await tree.read(['Electron_pt', 'Electron_eta', 'run'], 30, 200)
  is(trips, 2, 'round trips to read a range')
  const want = await (await treeOf('fixtures/root/nano-data.root', 'Events')).read(['Electron_pt'], 30, 200)
  sameColumn(columns.get('Electron_pt'), want.get('Electron_pt')!)
  await file.close()
})

test.run()
