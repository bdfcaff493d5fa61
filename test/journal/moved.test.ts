/** Bytes that say where they stand change when they come to stand elsewhere; they are known in the next run all the same. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'uvu'
import { equal, ok } from 'uvu/assert'
import type { Appended, Chunk, Keeping } from '../../lib/core/types.js'
import type { ChunkResult } from '../../lib/graph/segment.js'
import type { Pass } from '../../lib/journal/journal.js'
import { openJournal } from '../../lib/journal/open.js'

interface Item {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly keeping?: Keeping
}

const LEAF: Appended<unknown> = {
  split: item => ({ bytes: (item as Item).bytes, rest: {} }),
  join: (_, bytes, keeping) => ({ bytes, keeping }) satisfies Item,
}
const PASS: Pass = { key: 'run', appended: new Map([['leaf', LEAF]]) }
const CHUNK: Chunk = {
  ...{ dataset: 'D', file: 'f.root', tree: 'Events', partition: 0, partitionStart: 0, partitionStop: 9 },
  ...{ start: 0, stop: 9, part: 0, parts: 1, isStep: true },
}
const SILENT = { debug: () => {}, info: () => {}, warn: () => {} }

test('bytes that were moved once are found by the run after that', async () => {
  const output = mkdtempSync(join(tmpdir(), 'tnp-journal-'))
  const path = join(output, 'x.root')
  const open = (resume: boolean) =>
    openJournal({ output, identity: {}, resume, log: SILENT, onWarning: message => ok(false, message) })
  /** As a sink whose format begins its bytes with their place. */
  const place = async (result: ChunkResult, start: number): Promise<StoredPlace> => {
    const { bytes, keeping } = result.items.get('leaf') as Required<Item>
    const at = keeping.at?.start ?? null
    bytes[0] = start
    writeFileSync(keeping.building(path), Buffer.concat([Buffer.alloc(start), bytes]))
    await keeping.appended({ path, start })
    return { at, bytes: Buffer.from(readFileSync(keeping.building(path))) }
  }
  const first = await open(false)
  const items = new Map([['leaf', { bytes: Uint8Array.of(0, 7, 8, 9) }]])
  const result = { chunk: CHUNK, items, counts: new Map(), times: new Map(), read: null, failure: null }
  await place(await first.add(PASS, result, true), 5)
  await first.close(false)
  let before = 5
  for (const start of [3, 3, 6]) {
    const journal = await open(true)
    const known = await journal.take(PASS, CHUNK)
    ok(known !== null, `the bytes at ${before} are known`)
    equal((await place(known, start)).at, before)
    before = start
    await journal.close(false)
  }
  rmSync(output, { recursive: true })
})

interface StoredPlace {
  readonly at: number | null
  readonly bytes: Buffer
}

test.run()
