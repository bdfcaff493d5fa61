import { chmodSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { test } from 'uvu'
import { equal, instance, is, match, unreachable } from 'uvu/assert'
import { openLocal } from '../../lib/bytes/local.js'
import { openSource } from '../../lib/bytes/open.js'
import { DataError } from '../../lib/core/errors.js'
import { testIf } from '../support/tools.js'

const folder = mkdtempSync(join(tmpdir(), 'bytes-'))
test.after(() => rmSync(folder, { recursive: true, force: true }))

/** 100,000 bytes, of which byte i is i modulo 251. */
const bytes = Uint8Array.from({ length: 100_000 }, (_, i) => i % 251)
const path = join(folder, 'file.bin')
writeFileSync(path, bytes)

async function failure(run: () => Promise<unknown>): Promise<DataError> {
  try {
    await run()
  } catch (error) {
    instance(error, DataError)
    return error as DataError
  }
  return unreachable('no error was thrown') as never
}

test('a range is read as it stands in the file', async () => {
  const source = await openSource(path)
  is(await source.size(), 100_000)
  equal([...(await source.readAt(250, 3))], [250, 0, 1])
  equal([...(await source.readAt(100_000, 0))], [])
  equal(source.counters, { requests: 2, bytes: 3 })
  await source.close()
})

test('many ranges come back in their order, near ones for one request', async () => {
  const source = await openSource(path)
  const got = await source.readv([
    { position: 60_000, length: 2 },
    { position: 10, length: 2 },
    { position: 11, length: 3 },
    { position: 99_999, length: 1 },
    { position: 500, length: 0 },
  ])
  equal(
    got.map(one => [...one]),
    [[11, 12], [10, 11], [11, 12, 13], [99_999 % 251], []],
  )
  is(source.counters.requests, 3)
  await source.close()
})

test('the room of many ranges is asked for once, and not at all for none', async () => {
  const source = await openSource(path)
  const asked: number[] = []
  const allocate = (length: number) => {
    asked.push(length)
    return new Uint8Array(length + 5)
  }
  equal(await source.readv([], allocate), [])
  const ranges = [0, 50_000].map(position => ({ position, length: 4 }))
  const got = await source.readv(ranges, allocate)
  equal(
    got.map(one => [...one]),
    [
      [0, 1, 2, 3],
      [51, 52, 53, 54],
    ],
  )
  equal(asked, [8])
  await source.close()
})

test('reads may overlap in time', async () => {
  const source = await openSource(path)
  const reads = Array.from({ length: 20 }, (_, k) => source.readv([{ position: k * 251, length: 1000 + k }]))
  const got = await Promise.all(reads)
  got.forEach(([one], k) => {
    equal([...one!], [...bytes.subarray(k * 251, k * 251 + 1000 + k)])
  })
  await source.close()
})

test('a range beyond the end is an OSError that says what was wanted, however long it is', async () => {
  const source = await openSource(path)
  for (const [position, length] of [
    [99_999, 2],
    [0, 2 ** 52],
    [-1, 1],
    [0, -1],
    [0.5, 1],
    [Number.NaN, 1],
  ] as const) {
    const one = await failure(() => source.readAt(position, length))
    is(one.exception, 'OSError')
    is(one.message, `${path}: wanted ${length} bytes at ${position}, the file has 100000. It is truncated or damaged.`)
    is((await failure(() => source.readv([{ position, length }]))).message, one.message)
  }
  await source.close()
})

test('a file that shrinks while it is open gives an OSError', async () => {
  const shrinking = join(folder, 'shrinking.bin')
  writeFileSync(shrinking, bytes)
  const source = await openSource(shrinking)
  truncateSync(shrinking, 10)
  match((await failure(() => source.readAt(5, 10))).message, /wanted 10 bytes at 5, got 5. The file shrank/)
  match((await failure(() => source.readv([{ position: 5, length: 10 }]))).message, /got 5. The file shrank/)
  await source.close()
})

test('reads that go to the pool after a slow one give the same, also where the file shrank or is closed meanwhile', async () => {
  const ranges = Array.from({ length: 20 }, (_, k) => ({ position: 90_000 - k * 4000, length: 1 + k }))
  const fast = await openLocal(path)
  const slow = await openLocal(path, Number.NEGATIVE_INFINITY)
  equal(await slow.readv(ranges), await fast.readv(ranges))
  equal(slow.counters, fast.counters)
  const running = slow.readv(ranges)
  await slow.close()
  is((await running).length, ranges.length)
  await fast.close()

  const shrinking = join(folder, 'shrinking-slowly.bin')
  writeFileSync(shrinking, bytes)
  const source = await openLocal(shrinking, Number.NEGATIVE_INFINITY)
  truncateSync(shrinking, 10)
  const failed = await failure(() => source.readv([0, 50_000].map(position => ({ position, length: 5 }))))
  match(failed.message, /wanted 5 bytes at 50000, got 0. The file shrank/)
  await source.close()
})

test('after closing, reads fail, and closing again is allowed', async () => {
  const source = await openSource(path)
  const running = source.readv([{ position: 0, length: 4 }])
  await source.close()
  await source.close()
  equal([...(await running)[0]!], [0, 1, 2, 3])
  is((await failure(() => source.readAt(0, 1))).exception, 'OSError')
  is((await failure(() => source.readv([{ position: 0, length: 1 }]))).exception, 'OSError')
})

test('a missing file is FileNotFoundError in the words of Python', async () => {
  const error = await failure(() => openSource('missing/x.root'))
  is(error.exception, 'FileNotFoundError')
  is(error.message, "[Errno 2] No such file or directory: 'missing/x.root'")
  is((await failure(() => openSource("it's not.root"))).message, `[Errno 2] No such file or directory: "it's not.root"`)
})

test('a folder is IsADirectoryError, a file in place of a folder OSError', async () => {
  const error = await failure(() => openSource(folder))
  is(error.exception, 'IsADirectoryError')
  is(error.message, `[Errno 21] Is a directory: '${folder}'`)
  const below = await failure(() => openSource(join(path, 'x.root')))
  is(below.message, `[Errno 20] Not a directory: '${join(path, 'x.root')}'`)
})

testIf(
  test,
  process.getuid?.() !== 0,
  'a user other than root',
)('a forbidden file is PermissionError', async () => {
  const forbidden = join(folder, 'forbidden.bin')
  writeFileSync(forbidden, 'x')
  chmodSync(forbidden, 0)
  const error = await failure(() => openSource(forbidden))
  is(error.exception, 'PermissionError')
  is(error.message, `[Errno 13] Permission denied: '${forbidden}'`)
})

test('a file:// URL is a local file', async () => {
  const source = await openSource(pathToFileURL(path).href)
  is(await source.size(), 100_000)
  await source.close()
})

test('a URL of an unknown scheme is refused, with the schemes that are known', async () => {
  const error = await failure(() => openSource('S3://bucket/x'))
  is(error.exception, 'NotImplementedError')
  match(error.message, /S3:\/\/bucket\/x: files cannot be read from s3:\/\/ \(known: file:\/\/, root:\/\//)
})

test.run()
