/** Whole files in pieces. */
import { readFileSync, writeFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, ok } from 'uvu/assert'
import { download } from '../../../lib/bytes/cache/download.js'
import { openLocal } from '../../../lib/bytes/local.js'
import type { ByteSource } from '../../../lib/bytes/source.js'
import { DataError } from '../../../lib/core/errors.js'
import { scratch } from '../../support/cli.js'

const dir = scratch()
test.after(() => dir.remove())

for (const size of [0, 1, 100, 101, 1234]) {
  test(`${size} bytes come in pieces of 100`, async () => {
    const content = Buffer.from(Array.from({ length: size }, (_, k) => (k * 7) % 251))
    writeFileSync(dir.path('from'), content)
    writeFileSync(dir.path('to'), '')
    const source = await openLocal(dir.path('from'))
    await download(source, dir.path('to'), 100)
    await source.close()
    equal(readFileSync(dir.path('to')), content)
    equal(source.counters, { requests: Math.ceil(size / 100), bytes: size })
  })
}

test('a piece that cannot be read ends the download; no others are begun', async () => {
  writeFileSync(dir.path('from'), Buffer.alloc(5000))
  writeFileSync(dir.path('to'), '')
  const local = await openLocal(dir.path('from'))
  let reads = 0
  const broken: ByteSource = Object.assign(Object.create(local), {
    size: async () => 5000,
    readv: async () => {
      if (++reads === 3) throw new DataError('ConnectionError', 'gone')
      await new Promise(done => setTimeout(done, 20))
      return [new Uint8Array(100)]
    },
  })
  const failure = await download(broken, dir.path('to'), 100).catch(error => error)
  ok(failure instanceof DataError)
  equal(failure.message, 'gone')
  equal(reads, 4)
  await local.close()
})

test.run()
