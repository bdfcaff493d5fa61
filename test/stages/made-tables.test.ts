/** The sink of tables takes files that workers made among those that it writes itself. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import { equal, is, match, ok, unreachable } from 'uvu/assert'
import type { NtupleFormat } from '../../lib/core/ntuple-format.js'
import type { Chunk, Context, MadeFile, MadeFiles, Table } from '../../lib/core/types.js'
import { tableSchema } from '../../lib/formats/index.js'
import { type EncodedTable, encodeTable, writeTable } from '../../lib/stages/index.js'
import { partFilesIn } from '../../pipelines/outputs.js'
import { scratch } from '../support/cli.js'

const SCHEMA = tableSchema([{ name: 'x', dtype: 'int32', list: false }])
const log = { debug() {}, info() {}, warn() {} }

function table(partition: number, ...values: number[]): Table {
  const range = { partitionStart: 0, partitionStop: null, start: 0, stop: null, part: 0, parts: 1 }
  const chunk: Chunk = { dataset: 'D', file: 'f', tree: 't', partition, ...range, isStep: false }
  const columns = new Map([['x', { dtype: 'int32' as const, values: Int32Array.from(values) }]])
  return { chunk, length: values.length, columns }
}

const TABLES = [table(0, 1, 2), table(1, 3), table(2), table(4, 5, 6, 7), table(5, 8)]
const PARTITIONS = 7

async function encoded(format: NtupleFormat = 'parquet'): Promise<EncodedTable[]> {
  const stage = encodeTable(SCHEMA, format)
  return Promise.all(TABLES.map(async one => (await stage.map(one, context()))!))
}

function context(made?: MadeFiles): Context {
  return { signal: new AbortController().signal, log, ...(made === undefined ? {} : { made }) }
}

/** Files of `folder`, of which those in `apart` are made as a worker does; notes what the sink asks for. */
async function drained(
  folder: string,
  each: number,
  apart: readonly number[],
  change = (items: unknown[]) => items,
  format: NtupleFormat = 'parquet',
) {
  mkdirSync(folder)
  const asked: string[] = []
  const made: MadeFiles = {
    place: null,
    commit: async (file, path) => {
      asked.push(`commit ${file.at}`)
      writeFileSync(path, readFileSync(join(folder, '..', file.at)))
    },
    discard: async file => {
      asked.push(`discard ${file.at}`)
    },
  }
  const sink = writeTable(SCHEMA, partFilesIn(folder, 'N', PARTITIONS, each, format))
  const making = sink.making!
  const all = await encoded(format)
  const items = await Promise.all(
    all.map(async item => {
      const file = making.fileOf(item.chunk)
      if (!apart.includes(file)) return item
      const members = all.filter(other => making.fileOf(other.chunk) === file)
      const pieces = await making.piecesOf(members)
      writeFileSync(join(folder, '..', `at${file}`), Buffer.concat(pieces))
      const facts: MadeFile = { path: '', at: `at${file}`, bytes: 0, adler32: '', chunks: members.length }
      return making.standIn(item, facts)
    }),
  )
  async function* stream() {
    yield* change(items) as EncodedTable[]
  }
  let error: Error | null = null
  await sink.drain(stream(), context(made)).catch(e => {
    error = e
  })
  const files = new Map(
    readdirSync(folder)
      .sort()
      .map(name => [name, readFileSync(join(folder, name)).toString('hex')]),
  )
  return { asked, error: error as Error | null, files }
}

for (const [each, apart, want] of [
  [1, [0, 1, 2, 3, 4, 5, 6], ['at0', 'at1', 'at2', 'at4', 'at5']],
  [1, [1, 5], ['at1', 'at5']],
  [2, [0, 2], ['at0', 'at2']],
  [3, [1], ['at1']],
  [7, [0], ['at0']],
] as const) {
  test(`files of ${each} partitions, made apart: ${apart.join(' ')}`, async () => {
    const out = scratch()
    const local = await drained(out.path('local'), each, [])
    const mixed = await drained(out.path('mixed'), each, apart)
    is(mixed.error, null)
    equal(mixed.files, local.files)
    is(local.files.size, Math.ceil(PARTITIONS / each))
    equal(
      mixed.asked,
      want.map(at => `commit ${at}`),
    )
    out.remove()
  })
}

for (const format of ['rntuple', 'ttree'] as const) {
  test(`the same as ${format}: what is assembled apart is what is written`, async () => {
    const out = scratch()
    const same = (items: unknown[]) => items
    const local = await drained(out.path('local'), 2, [], same, format)
    const mixed = await drained(out.path('mixed'), 2, [0, 2], same, format)
    equal([local.error, mixed.error], [null, null])
    equal([...local.files.keys()], ['N-part0.root', 'N-part1.root', 'N-part2.root', 'N-part3.root'])
    equal(mixed.files, local.files)
    equal(mixed.asked, ['commit at0', 'commit at2'])
    out.remove()
  })
}

test('where the run fails nothing gets a name, and files that were taken are given up', async () => {
  const out = scratch()
  const late = await drained(out.path('late'), 1, [0, 4], items =>
    Object.assign(items, {
      *[Symbol.iterator]() {
        for (let k = 0; k < 4; k++) yield items[k]
        throw new Error('stopped')
      },
    }),
  )
  match(late.error!.message, /stopped/)
  equal(late.asked, ['discard at0', 'discard at4'])
  is(late.files.size, 0)
  out.remove()
})

test('a file of which a worker made a part is a fault, not a file', async () => {
  const out = scratch()
  const all = await encoded()
  for (const [name, change] of [
    ['first', (items: unknown[]) => [all[0], ...items.slice(1)]],
    ['second', (items: unknown[]) => [items[0], all[1], ...items.slice(2)]],
  ] as const) {
    const { error, files } = await drained(out.path(name), 2, [0], change)
    match(error!.message, /N-part0\.parquet: some of its rows are in a file that a worker made, others are not/)
    is(files.size, 0)
  }
  out.remove()
})

test('nobody who takes them: a fault', async () => {
  const out = scratch()
  mkdirSync(out.path('out'))
  const sink = writeTable(SCHEMA, partFilesIn(out.path('out'), 'N', 1, null))
  const facts: MadeFile = { path: 'p', at: 'a', bytes: 1, adler32: '', chunks: 1 }
  async function* items() {
    yield sink.making!.standIn((await encoded())[0]!, facts) as EncodedTable
  }
  try {
    await sink.drain(items(), context())
    unreachable()
  } catch (error) {
    ok(/nobody takes it/.test((error as Error).message))
  }
  equal(readdirSync(out.path('out')), [])
  out.remove()
})

test.run()
