/** The folder of local copies: who brings a file, what is removed, and what others left behind. */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { test } from 'uvu'
import { equal, ok } from 'uvu/assert'
import { parseAddress, type RemoteAddress } from '../../../lib/bytes/address.js'
import { copyPath, type Entry, entryOf, lockPath, newTemporaryPath } from '../../../lib/bytes/cache/entry.js'
import { obtain } from '../../../lib/bytes/cache/obtain.js'
import { openLocal } from '../../../lib/bytes/local.js'
import { DEFAULT_SETTINGS, setRemoteSettings } from '../../../lib/bytes/settings.js'
import { type Scratch, scratch } from '../../support/cli.js'

const LIMIT = 1000
let dir: Scratch

test.before.each(() => {
  dir = scratch()
  setRemoteSettings({ cacheFolder: dir.path('copies') })
})
test.after.each(() => {
  setRemoteSettings(DEFAULT_SETTINGS)
  dir.remove()
})

function entry(name: string, bytes = 300, version = '1'): Entry {
  return entryOf(parseAddress(`root://host//${name}`) as RemoteAddress, version, bytes)
}

function filled(bytes: number): Buffer {
  return Buffer.alloc(bytes, 7)
}

async function bring(of: Entry, limit = LIMIT): Promise<string> {
  return obtain(of, limit, path => writeFile(path, filled(of.bytes)))
}

/** Sets when a copy was used last: in so many seconds' time. */
function usedAt(of: Entry, seconds: number): void {
  const time = Date.now() / 1000 + seconds
  utimesSync(copyPath(of), time, time)
}

test('one of many who want a file brings it, and nothing but the copy is left', async () => {
  const one = entry('a')
  let brought = 0
  const slowly = async (path: string) => {
    brought++
    await new Promise(done => setTimeout(done, 100))
    await writeFile(path, filled(300))
  }
  const paths = await Promise.all(Array.from({ length: 5 }, () => obtain(one, LIMIT, slowly)))
  equal(brought, 1)
  equal(new Set(paths).size, 1)
  equal(readFileSync(paths[0]!), filled(300))
  equal(readdirSync(one.folder), [one.name])
  equal(statSync(one.folder).mode & 0o777, 0o700)
  equal(statSync(paths[0]!).mode & 0o777, 0o600)
})

test('a download that fails leaves nothing, and the next one who wants the file tries again', async () => {
  const one = entry('a')
  const failing = obtain(one, LIMIT, async path => {
    await writeFile(path, filled(100))
    throw new Error('broken')
  })
  const other = bring(one)
  equal(await failing.catch(error => (error as Error).message), 'broken')
  equal(statSync(await other).size, 300)
  equal(readdirSync(one.folder), [one.name])
})

test('copies that were not used for longest are removed for new ones; who reads one reads on', async () => {
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(name => entry(name)) as [Entry, Entry, Entry, Entry]
  for (const one of [a, b, c]) await bring(one)
  usedAt(a, -30)
  usedAt(b, -60)
  usedAt(c, -90)
  const source = await openLocal(copyPath(b))
  await bring(c)
  await bring(d)
  equal(
    [a, b, c, d].map(one => existsSync(copyPath(one))),
    [true, false, true, true],
  )
  equal(Buffer.from(await source.readAt(0, 300)), filled(300))
  await source.close()
})

test('another version of a file takes the place of the old one, before copies of other files do', async () => {
  const [other, old, changed] = [entry('a', 500), entry('b', 500, '1'), entry('b', 400, '2')]
  for (const one of [other, old]) await bring(one)
  usedAt(other, -60)
  await bring(changed)
  equal(
    [other, old, changed].map(one => existsSync(copyPath(one))),
    [true, false, true],
  )
})

test('a copy that has not its length is brought anew', async () => {
  const one = entry('a')
  writeFileSync(await bring(one), 'short')
  equal(readFileSync(await bring(one)), filled(300))
})

test('downloads that are under way count as whole: a further one waits for them', async () => {
  const [a, b] = [entry('a', 600), entry('b', 600)]
  const order: string[] = []
  let begun = () => {}
  const beginning = new Promise<void>(done => {
    begun = done
  })
  const slow = obtain(a, LIMIT, async path => {
    begun()
    await new Promise(done => setTimeout(done, 300))
    order.push('a is there')
    await writeFile(path, filled(600))
  })
  await beginning
  const late = obtain(b, LIMIT, async path => {
    order.push('b begins')
    await writeFile(path, filled(600))
  })
  await Promise.all([slow, late])
  equal(order, ['a is there', 'b begins'])
  ok(!existsSync(copyPath(a)))
})

test('a lock of a process that is gone is taken over, and its half download removed', async () => {
  const one = entry('a')
  await bring(entry('b'))
  const { pid } = spawnSync(process.execPath, ['-e', ''])
  writeFileSync(lockPath(one), JSON.stringify({ pid, host: hostname(), token: 'x' }))
  const half = newTemporaryPath(one)
  writeFileSync(half, filled(100))
  await bring(one)
  ok(!existsSync(half))
  equal(readdirSync(one.folder).length, 2)
})

test('a half download of a process that is gone does not count', async () => {
  const [gone, left, a] = [entry('gone', 800), entry('left', 800), entry('a', 600)]
  await bring(entry('b', 100))
  const { pid } = spawnSync(process.execPath, ['-e', ''])
  writeFileSync(lockPath(gone), JSON.stringify({ pid, host: hostname(), token: 'x' }))
  const halves = [newTemporaryPath(gone), newTemporaryPath(left)]
  for (const half of halves) writeFileSync(half, '')
  await bring(a)
  equal(halves.map(existsSync), [false, false])
})

test('a half download of another machine counts until nothing has come for a quarter of an hour', async () => {
  const [gone, a] = [entry('gone', 800), entry('a', 600)]
  await bring(entry('b', 100))
  writeFileSync(lockPath(gone), JSON.stringify({ pid: 1, host: 'another', token: 'x' }))
  const half = newTemporaryPath(gone)
  writeFileSync(half, '')
  const waiting = bring(a)
  await new Promise(done => setTimeout(done, 400))
  ok(!existsSync(copyPath(a)))
  utimesSync(half, Date.now() / 1000 - 3600, Date.now() / 1000 - 3600)
  await waiting
  ok(!existsSync(half))
})

test('names in the folder tell nothing of the URL, and its CGI does not count', async () => {
  const at = (url: string) => entryOf(parseAddress(url) as RemoteAddress, '1', 1)
  equal(at('root://host//store/x.root?authz=secret').name, at('root://host//store/x.root').name)
  ok(at('root://host//store/x.root').name !== at('root://other//store/x.root').name)
  ok(/^[0-9a-f.]+$/.test(at('root://host//store/x.root?authz=secret').name))
  equal(join(dir.path('copies'), at('root://host//x').name), copyPath(at('root://host//x')))
})

test.run()
