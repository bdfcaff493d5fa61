/** Which files a group of chunks makes, where groups end, and what a worker does with them. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, is, match, ok } from 'uvu/assert'
import { FileMaker } from '../../lib/cluster/make-files.js'
import { makingLeaves, mayEnd, wholeFiles } from '../../lib/cluster/part-groups.js'
import type { Chunk, MadeFile, Making, MakingPlace, Sink } from '../../lib/core/types.js'
import { cutGraph } from '../../lib/graph/cut.js'
import { type ChunkResult, declareGraph } from '../../lib/graph/index.js'
import { scratch } from '../support/cli.js'

function chunk(partition: number, part = 0, parts = 1): Chunk {
  const range = { partitionStart: 0, partitionStop: null, start: part * 10, stop: part * 10 + 10 }
  return { dataset: 'D', file: `f${partition}.root`, tree: 'Events', partition, ...range, part, parts, isStep: false }
}

function chunks(partition: number, parts: number): Chunk[] {
  return Array.from({ length: parts }, (_, part) => chunk(partition, part, parts))
}

/** `each` partitions a file, items are texts, files are these one after the other. */
function making(each: number, count: number, excluded: readonly number[] = [], folder = 'out'): Making<string> {
  return {
    fileOf: ({ partition }) => Math.floor(partition / each),
    partitionsOf: file =>
      Array.from({ length: Math.min(each, count - file * each) }, (_, k) => file * each + k).filter(
        p => !excluded.includes(p),
      ),
    pathOf: file => `${folder}/D/m_1/part${file}`,
    piecesOf: items => items.map(item => Buffer.from(item)),
    standIn: (_, made) => ({ made }),
  }
}

const leaf = (m: Making<string>) => [{ id: 'text', making: m }]
const files = (m: Making<string>, group: readonly Chunk[]) =>
  wholeFiles(leaf(m), group).map(({ file, members }) => [file, members])

test('a file is whole where all parts of all its partitions are in the group', () => {
  const one = making(1, 5)
  equal(files(one, [chunk(0), chunk(1), ...chunks(2, 2)]), [
    [0, [0]],
    [1, [1]],
    [2, [2, 3]],
  ])
  // Its beginning was in another group, its end will be.
  equal(files(one, [...chunks(0, 3).slice(1), chunk(1), ...chunks(2, 3).slice(0, 2)]), [[1, [2]]])
  const three = making(3, 8)
  equal(files(three, [chunk(0), chunk(1), chunk(2), chunk(3)]), [[0, [0, 1, 2]]])
  // The last file has two partitions.
  equal(files(three, [chunk(5), chunk(6), ...chunks(7, 2)]), [[2, [1, 2, 3]]])
})

test('gaps count, though the group goes from one end of the file to the other', () => {
  equal(files(making(3, 3), [chunk(0), chunk(2)]), [])
  equal(files(making(1, 1), [chunk(0, 0, 3), chunk(0, 2, 3)]), [])
  equal(files(making(3, 3, [1]), [chunk(0), chunk(2)]), [[0, [0, 1]]])
  // The same chunk twice is no file.
  equal(files(making(1, 1), [chunk(0, 0, 2), chunk(0, 0, 2)]), [])
})

test('groups end where files do, but for files that are too long', () => {
  const three = leaf(making(3, 8, [5]))
  const ends = (c: Chunk, seconds: number | null = 1) => mayEnd(three, c, seconds, 50)
  is(ends(chunk(1)), false)
  is(ends(chunk(2)), true)
  is(ends(chunk(2, 0, 2)), false)
  is(ends(chunk(2, 1, 2)), true)
  // The last partition of the file is left out; the last file is short.
  is(ends(chunk(4)), true)
  is(ends(chunk(6)), false)
  is(ends(chunk(7)), true)
  // 3 partitions of 2 chunks of 11 s.
  is(ends(chunk(0, 0, 2), 11), true)
  is(ends(chunk(0, 0, 2), 9), false)
  is(ends(chunk(0, 0, 20), 0.01), true)
  is(ends(chunk(0, 0, 4), null), true)
  is(ends(chunk(0, 0, 3), null), false)
  is(mayEnd([], chunk(0, 0, 3), null, 50), true)
})

function cutOf(m: Making<string>) {
  const sink: Sink<string> = { kind: 'sink', name: 'texts', making: m, drain: async () => {} }
  return cutGraph(
    declareGraph(g =>
      g
        .from('chunks', { kind: 'source', name: 'chunks', open: async function* () {} })
        .to('text', { kind: 'map', name: 'text', map: () => 'x' })
        .into('texts', sink),
    ),
  )
}

function result(of: Chunk, item?: string): ChunkResult {
  const failure = item === undefined ? { exception: 'OSError', message: 'gone' } : null
  const items = new Map<string, unknown>(item === undefined ? [] : [['text', item]])
  return { chunk: of, items, counts: new Map(), times: new Map(), read: null, failure }
}

/** Runs the group of all chunks through a maker, with items `t0`, `t1` ...; `failed` have none. */
async function make(m: Making<string>, place: MakingPlace, group: readonly Chunk[], failed: readonly number[] = []) {
  const maker = FileMaker.open(cutOf(m), place)!
  const take = await maker.group(group)
  const results: ChunkResult[] = []
  for (const [k, one] of group.entries()) {
    results.push(result(one, failed.includes(k) ? undefined : `t${k}`))
    await take(results)
  }
  return { refusal: maker.refusal, items: results.map(r => r.items.get('text')) }
}

function placeIn(target: string, temporary: string | null = null): MakingPlace {
  const marker = { name: 'marker', content: 'abc' }
  writeFileSync(`${target}/marker`, 'abc')
  return { output: 'out', target, temporary, run: '01234567', marker }
}

test('a worker writes whole files under names of their own, and sends the items of others', async () => {
  const out = scratch()
  mkdirSync(out.path('D/m_1'), { recursive: true })
  const group = [chunk(0, 1, 2), ...chunks(1, 2), chunk(2)]
  const { refusal, items } = await make(making(1, 4), placeIn(out.dir), group)
  is(refusal, null)
  is(items[0], 't0')
  const made = items.slice(1).map(item => (item as { made: MadeFile }).made)
  equal(made[0], made[1])
  equal(
    made.map(({ path, bytes, chunks }) => [path, bytes, chunks]),
    [
      ['D/m_1/part1', 4, 2],
      ['D/m_1/part1', 4, 2],
      ['D/m_1/part2', 2, 1],
    ],
  )
  match(made[0]!.at, /^D\/m_1\/\.tnp-01234567-[0-9a-f]{8}\.part1\.tnp-tmp$/)
  is(readFileSync(out.path(made[0]!.at), 'utf8'), 't1t2')
  is(made[0]!.adler32, '0381014c')
  // Another attempt makes another file.
  await make(making(1, 4), placeIn(out.dir), group)
  is(readdirSync(out.path('D/m_1')).length, 4)
  out.remove()
})

test('a file with a chunk that failed is left to the driver', async () => {
  const out = scratch()
  mkdirSync(out.path('parts'))
  const { items } = await make(
    making(2, 4),
    placeIn(out.dir, 'parts'),
    [0, 1, 2, 3].map(p => chunk(p)),
    [1],
  )
  equal(items.slice(0, 2), ['t0', undefined])
  ok(items.slice(2).every(item => /^parts\/\.tnp-/.test((item as { made: MadeFile }).made.at)))
  is(readdirSync(out.path('parts')).length, 1)
  out.remove()
})

test('a worker that sees another folder, none, or one that it cannot write to sends items and says why', async () => {
  const out = scratch()
  mkdirSync(out.path('D/m_1'), { recursive: true })
  const place = placeIn(out.dir)
  const group = [chunk(0), chunk(1)]
  const other = await make(making(1, 2), { ...place, marker: { name: 'marker', content: 'other' } }, group)
  equal(other, { refusal: 'does not see the output folder', items: ['t0', 't1'] })
  const none = await make(making(1, 2), { ...place, target: out.path('none') }, group)
  equal(none, other)
  // As where it may read, but not write.
  const shut = await make(making(1, 2), { ...place, temporary: 'missing' }, group)
  match(shut.refusal!, /^cannot write to the output \(ENOENT: .*missing/)
  equal(shut.items, ['t0', 't1'])
  equal(readdirSync(out.path('D/m_1')), [])
  is(FileMaker.open(cutOf(making(1, 2)), null), null)
  ok(existsSync(out.path('marker')))
  out.remove()
})

test('a folder that a worker sees late is written to from then on', async () => {
  const out = scratch()
  mkdirSync(out.path('D/m_1'), { recursive: true })
  const place = { ...placeIn(out.dir), marker: { name: 'late', content: 'abc' } }
  const maker = FileMaker.open(cutOf(making(1, 2)), place)!
  for (const [k, want] of ['item', 'made'].entries()) {
    const results = [result(chunk(k), 't')]
    await (await maker.group([chunk(k)]))(results)
    is(results[0]!.items.get('text') === 't' ? 'item' : 'made', want)
    writeFileSync(out.path('late'), 'abc')
  }
  is(maker.refusal, null)
  out.remove()
})

test('a leaf with two sinks makes no files: each would want its own', () => {
  const m = making(1, 1)
  const sink: Sink<string> = { kind: 'sink', name: 'texts', making: m, drain: async () => {} }
  const cut = cutGraph(
    declareGraph(g => {
      const text = g
        .from('chunks', { kind: 'source', name: 'chunks', open: async function* () {} })
        .to('text', { kind: 'map', name: 'text', map: () => 'x' })
      text.into('a', sink)
      text.into('b', sink)
    }),
  )
  equal(makingLeaves(cut), [])
  equal(
    makingLeaves(cutOf(m)).map(({ id }) => id),
    ['text'],
  )
})

test.run()
