/** How many workers a job gets when nobody says. */
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'uvu'
import { equal } from 'uvu/assert'
import { chooseExecutor } from '../../lib/job/choose-executor.js'
import type { DatasetPlan } from '../../lib/plan/dataset-plan.js'

const folder = mkdtempSync(join(tmpdir(), 'tnp-executor-'))
const file = join(folder, 'x.root')
writeFileSync(file, '')
test.after(() => rmSync(folder, { recursive: true }))

/** A dataset of one file of which `bytes` are wanted. */
function plan(bytes: number, compression: string | null): DatasetPlan {
  truncateSync(file, 2 * bytes)
  return { dataset: { files: [{ path: file }] }, readFraction: 0.5, compression } as unknown as DatasetPlan
}

async function chosen(plans: readonly DatasetPlan[], options: Parameters<typeof chooseExecutor>[1] = {}) {
  const executor = await chooseExecutor(plans, options)
  await executor.close()
  return [executor.name, executor.workers] as const
}

const ALL = availableParallelism()

test('a small job stays on one worker, a large one gets all cores', async () => {
  equal(await chosen([plan(39e6, 'ZSTD')]), ['threads', 1])
  equal(await chosen([plan(41e6, 'ZSTD')]), ['threads', ALL])
  equal(await chosen([plan(41e6, null)]), ['threads', ALL])
  const half = plan(21e6, 'ZSTD')
  equal(await chosen([half, half]), ['threads', ALL])
})

test('what takes longer to decompress is a large job sooner', async () => {
  equal(await chosen([plan(4e6, 'LZMA')]), ['threads', 1])
  equal(await chosen([plan(6e6, 'LZMA')]), ['threads', ALL])
  equal(await chosen([plan(6e6, 'ZLIB')]), ['threads', 1])
})

test('who says how many workers or which executor gets that', async () => {
  equal(await chosen([plan(1e3, 'ZSTD')], { workers: 3 }), ['threads', 3])
  equal(await chosen([plan(1e9, 'ZSTD')], { workers: 1 }), ['threads', 1])
  equal(await chosen([plan(1e3, 'ZSTD')], { executor: 'processes', workers: 2 }), ['processes', 2])
  equal(await chosen([plan(1e9, 'ZSTD')], { executor: 'sync' }), ['sync', 1])
})

test.run()
