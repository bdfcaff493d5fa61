/** Remote files that are read from local copies. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, readFileSync, rmdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import { equal, match, ok } from 'uvu/assert'
import { openSource } from '../../lib/bytes/open.js'
import { DEFAULT_SETTINGS, type RemoteSettings, setRemoteSettings } from '../../lib/bytes/settings.js'
import { remoteWarnings } from '../../lib/bytes/warnings.js'
import { type Scratch, scratch } from '../support/cli.js'
import { type MarkedServer, markedServer } from '../support/marked-server.js'
import { testIf } from '../support/tools.js'
import { haveXrootd, XROOTD_NEEDS } from '../support/xrootd-recipes.js'
import { startServer, type TestServer } from '../support/xrootd-servers.js'

const CONTENT = Buffer.from(Array.from({ length: 300_000 }, (_, k) => (k * k) % 253))

let dir: Scratch
let server: MarkedServer
let xrootd: TestServer | undefined
let warnings: string[] = []

remoteWarnings.subscribe(message => warnings.push(message))

test.before(async () => {
  if (!haveXrootd()) return
  const data = scratch()
  writeFileSync(data.path('x.root'), CONTENT)
  xrootd = await startServer('plain', { data: data.dir })
  data.remove()
})
test.after(() => xrootd?.stop())

test.before.each(async () => {
  dir = scratch()
  warnings = []
  server = await markedServer(CONTENT)
  use({})
})
test.after.each(async () => {
  setRemoteSettings(DEFAULT_SETTINGS)
  await server.stop()
  dir.remove()
})

function use(settings: Partial<RemoteSettings>): void {
  setRemoteSettings({ cacheFolder: dir.path('copies'), timeoutMs: 5_000, ...settings })
}

function copies(): string[] {
  return readdirSync(dir.path('copies')).sort()
}

async function readAll(url: string): Promise<Buffer> {
  const source = await openSource(url)
  try {
    return Buffer.from(await source.readAt(0, await source.size()))
  } finally {
    await source.close()
  }
}

test('simplecache:: brings a file once and then reads the copy, under the name that was given', async () => {
  const url = `simplecache::${server.url}`
  for (let k = 0; k < 3; k++) equal(await readAll(url), CONTENT)
  equal(server.sent(), CONTENT.length)
  equal(copies().length, 1)
  const source = await openSource(url)
  equal(source.name, url)
  equal(source.latencyMs, 0)
  const failure = await source.readAt(CONTENT.length, 1).catch(error => error as Error)
  ok(failure instanceof Error && failure.message.startsWith(`${url}: wanted 1 bytes`), String(failure))
  await source.close()
  equal(warnings, [])
})

test('a file that has changed at the server is brought anew; the old copy goes, and who reads it reads on', async () => {
  const url = `simplecache::${server.url}`
  const before = await openSource(url)
  server.content = Buffer.from(CONTENT).reverse()
  server.mark = '"2"'
  equal(await readAll(url), server.content)
  equal(copies().length, 1)
  equal(Buffer.from(await before.readAt(0, CONTENT.length)), CONTENT)
  await before.close()
})

test('CGI stands neither in the name of the copy nor in that of the source', async () => {
  const url = `simplecache::${server.url}`
  equal(await readAll(`${url}?authz=SECRET1`), CONTENT)
  const source = await openSource(`${url}?authz=SECRET2`)
  equal(source.name, `${url}?...`)
  await source.close()
  equal(server.sent(), CONTENT.length)
  ok(!copies().join().includes('SECRET'))
})

test('a file larger than the limit is read from its server, and one warning says so', async () => {
  use({ cacheBytes: CONTENT.length - 1 })
  const url = `simplecache::${server.url}?authz=SECRET`
  for (let k = 0; k < 2; k++) equal(await readAll(url), CONTENT)
  const source = await openSource(`simplecache::${server.url}`)
  equal(source.name, `simplecache::${server.url}`)
  await source.close()
  equal(warnings.length, 2)
  match(warnings[0]!, /x\.root\?\.\.\.: no local copy is kept: the file has 0\.0003 GB, more than all copies may have/)
})

test('a file of which the server does not tell when it changes is read from there', async () => {
  server.mark = null
  equal(await readAll(`simplecache::${server.url}`), CONTENT)
  equal(warnings.length, 1)
  match(warnings[0]!, /does not tell when it changes/)
})

test('where the folder cannot be used, files are read from their servers, and one warning says why', async () => {
  writeFileSync(dir.path('file'), '')
  use({ cacheFolder: dir.path('file/copies') })
  for (let k = 0; k < 2; k++) equal(await readAll(`simplecache::${server.url}`), CONTENT)
  equal(warnings.length, 1)
  match(warnings[0]!, /file\/copies: local copies of files cannot be kept here \(a part of the path is no folder\)/)
})

test('a file that is not there is an error as without a copy', async () => {
  await server.stop()
  use({ retries: 0 })
  const failure = await openSource(`simplecache::${server.url}`).catch(error => error)
  equal(failure.exception, 'ConnectionError')
  server = await markedServer(CONTENT)
})

/** A small disk, where one can be mounted. */
function smallDisk(): string | null {
  const disk = scratch()
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=100k', 'none', disk.dir], { stdio: 'ignore' })
    return disk.dir
  } catch {
    disk.remove()
    return null
  }
}

const disk = smallDisk()
test.after(() => {
  if (disk === null) return
  execFileSync('umount', [disk])
  rmdirSync(disk)
})

testIf(
  test,
  disk,
  'the right to mount a small disk',
)('where the disk is full, files are read from their servers, and nothing is left on it', async () => {
  use({ cacheFolder: join(disk!, 'copies') })
  for (let k = 0; k < 2; k++) equal(await readAll(`simplecache::${server.url}`), CONTENT)
  equal(warnings.length, 1)
  match(warnings[0]!, /the disk is full/)
  equal(readdirSync(join(disk!, 'copies')), [])
})

/** Reads the file through its copy in a process of its own. */
function reader(): ChildProcess {
  const module = (name: string) => JSON.stringify(new URL(`../../lib/bytes/${name}.js`, import.meta.url).href)
  const program = `
    import { openSource } from ${module('open')}
    import { setRemoteSettings } from ${module('settings')}
    setRemoteSettings({ cacheFolder: ${JSON.stringify(dir.path('copies'))} })
    const source = await openSource(${JSON.stringify(`simplecache::${server.url}`)})
    process.stdout.write(await source.readAt(0, await source.size()))`
  return spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] })
}

async function output(child: ChildProcess): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of child.stdout!) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}

test('two processes that want a file at once bring it once', async () => {
  server.before = () => new Promise(done => setTimeout(done, 300))
  for (const content of await Promise.all([output(reader()), output(reader())])) equal(content, CONTENT)
  equal(server.sent(), CONTENT.length)
  equal(copies().length, 1)
})

test('a process that is killed while it downloads leaves nothing that looks whole, and the next one brings the file', async () => {
  const reached = new Promise<void>(done => {
    server.before = () => new Promise(() => done())
  })
  const child = reader()
  const ended = once(child, 'exit')
  await Promise.race([reached, ended])
  child.kill('SIGKILL')
  equal((await ended)[1], 'SIGKILL')
  ok(copies().some(name => name.endsWith('.tnp-tmp')))
  ok(!copies().some(name => /^[0-9a-f]+\.[0-9a-f]+$/.test(name)))
  server.before = () => {}
  equal(await readAll(`simplecache::${server.url}`), CONTENT)
  equal(copies().length, 1)
})

const testServer = testIf(test, haveXrootd(), XROOTD_NEEDS)

testServer('simplecache::root:// brings a file once, and again when it has changed at the server', async () => {
  const url = `simplecache::${xrootd!.url}/x.root`
  equal(await readAll(url), CONTENT)
  const [copy] = copies()
  const { ino } = statSync(dir.path(`copies/${copy}`))
  equal(await readAll(url), CONTENT)
  equal(statSync(dir.path(`copies/${copy}`)).ino, ino)
  utimesSync(join(xrootd!.data, 'x.root'), 1e9, 1e9)
  equal(await readAll(url), CONTENT)
  equal(copies().length, 1)
  ok(copies()[0] !== copy)
})

testServer('the oldest copies go first where the limit is reached', async () => {
  mkdirSync(join(xrootd!.data, 'many'))
  for (const name of ['a', 'b', 'c']) writeFileSync(join(xrootd!.data, 'many', name), Buffer.alloc(1000, name))
  const url = (name: string) => `simplecache::${xrootd!.url}/many/${name}`
  use({ cacheBytes: 2500 })
  for (const name of ['a', 'b', 'c']) {
    equal(await readAll(url(name)), Buffer.alloc(1000, name))
    await new Promise(done => setTimeout(done, 20))
  }
  const held = copies().map(name => readFileSync(dir.path(`copies/${name}`), 'latin1')[0])
  equal(held.sort(), ['b', 'c'])
})

testServer('a file that an XRootD server does not have is a FileNotFoundError', async () => {
  const failure = await openSource(`simplecache::${xrootd!.url}/nope.root`).catch(error => error)
  equal(failure.exception, 'FileNotFoundError')
})

test.run()
