/** Parquet files, and Arrow streams of pipes. */

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadZstdCompress, zstdCompress } from '../../../lib/codecs/index.js'
import { arrowStreams, ByteInput } from '../../../lib/formats/arrow/index.js'
import { assembleFile, encodeRowGroup, fieldsOf, mergeParquet, tableSchema } from '../../../lib/formats/index.js'
import { openParquet } from '../../../lib/formats/parquet/input.js'
import { exampleTable } from '../../formats/parquet/example.js'
import { Attempts } from '../../support/attempts.js'
import { applyEdits, byteTarget, type Edit, randomEdits, type Seed, shrinkEdits } from '../edits.js'
import { pick, type Target, Wrong } from '../target.js'
import { arrowExample } from './arrow-example.js'

const MOST_ROWS = 100_000

function parquetSeeds(): Seed[] {
  const zstd = (bytes: Uint8Array) => zstdCompress(bytes, 1)
  const { schema, table } = exampleTable(false)
  const whole = exampleTable()
  const flat = new Map([...table.columns].filter(([name]) => name.startsWith('flat_')))
  const plain = tableSchema(fieldsOf(flat as never))
  const rows = { length: table.length, columns: flat }
  const file = (groups: Parameters<typeof assembleFile>[1], of = schema) => Buffer.concat(assembleFile(of, groups))
  return [
    { name: 'flat', bytes: file([encodeRowGroup(rows, plain, null), encodeRowGroup(rows, plain, null)], plain) },
    { name: 'flat zstd', bytes: file([encodeRowGroup(rows, plain, zstd)], plain) },
    { name: 'all', bytes: file([encodeRowGroup(table, schema, null)]) },
    { name: 'all zstd', bytes: file([encodeRowGroup(table, schema, zstd), encodeRowGroup(table, schema, zstd)]) },
    { name: 'array lists', bytes: file([encodeRowGroup(whole.table, whole.schema, null)], whole.schema) },
  ]
}

export async function parquetFiles(): Promise<Target> {
  await loadZstdCompress()
  const seeds = parquetSeeds()
  return byteTarget(seeds, async (bytes, scratch, seed) => {
    const path = join(scratch, 'damaged.parquet')
    writeFileSync(path, bytes)
    const { failures, attempt } = new Attempts()
    await attempt(async () => {
      const file = await openParquet(path)
      const rows = Math.min(file.entries, MOST_ROWS)
      for (const name of file.names) {
        await attempt(async () => {
          if (file.branch(name)?.counter !== null) return
          for (const [start, stop] of [
            [0, rows],
            [rows >> 1, rows],
          ] as const) {
            const { values } = (await file.read([name], start, stop)).get(name)!
            if (values.length !== stop - start) throw new Wrong(`${name}: ${values.length} of ${stop - start} rows`)
          }
        })
      }
      await file.close()
    })
    const good = join(scratch, 'good.parquet')
    writeFileSync(good, seed.bytes)
    await attempt(() => mergeParquet([good, path], join(scratch, 'merged.parquet')))
    return failures[0] ?? 'right'
  }) as Target
}

/** The bytes come in pieces of that many. */
type ArrowCase = { readonly seed: string; readonly edits: readonly Edit[]; readonly piece: number }

export async function arrowStreamTarget(): Promise<Target> {
  const seeds = arrowExample()
  const target: Target<ArrowCase> = {
    make: random => {
      const { name, bytes } = pick(random, seeds)
      return { seed: name, edits: randomEdits(random, bytes), piece: pick(random, [1, 7, 64, 1000, 1 << 20]) }
    },
    run: async ({ seed, edits, piece }) => {
      const bytes = applyEdits(seeds.find(({ name }) => name === seed)!.bytes, edits)
      async function* pieces() {
        for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece)
      }
      let batches = 0
      for await (const { schema, batches: list } of arrowStreams(new ByteInput(pieces(), 'stdin'))) {
        for await (const { columns } of list) {
          batches++
          if (columns.length !== schema.fields.length) throw new Wrong('a batch has other columns than its schema')
          for (const { length, values } of columns) {
            if (values !== undefined && values.length !== length)
              throw new Wrong(`${values.length} values of ${length}`)
          }
        }
      }
      return batches > 0 ? 'read' : 'empty'
    },
    *shrink({ edits, ...rest }) {
      for (const fewer of shrinkEdits(edits)) yield { ...rest, edits: fewer }
    },
  }
  return target as Target
}
