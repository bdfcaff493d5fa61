/** Files brought and sent by the stock client. */
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { test } from 'uvu'
import { equal, match, ok } from 'uvu/assert'
import { openSource } from '../../lib/bytes/open.js'
import { DEFAULT_SETTINGS, type RemoteSettings, setRemoteSettings } from '../../lib/bytes/settings.js'
import { uploadByXrdcp } from '../../lib/bytes/xrdcp.js'
import { DataError, OutputError, UsageError } from '../../lib/core/errors.js'
import { type Scratch, scratch } from '../support/cli.js'
import { keepEnvironment } from '../support/environment.js'
import { testIf } from '../support/tools.js'
import { haveProgram, haveXrootd, XROOTD_NEEDS } from '../support/xrootd-recipes.js'
import { startServer, type TestServer } from '../support/xrootd-servers.js'

const CONTENT = Buffer.from(Array.from({ length: 300_000 }, (_, k) => (k * k) % 253))
const canRun = haveXrootd() && haveProgram('xrdcp') && haveProgram('xrdfs')
const canShare = canRun && haveXrootd('sss')
const NEEDS = `the stock client (package xrootd-client) and ${XROOTD_NEEDS}`

let dir: Scratch
let plain: TestServer
let shared: TestServer

test.before(async () => {
  const data = scratch()
  for (const name of ["it's x.root", 'x.root']) writeFileSync(data.path(name), CONTENT)
  if (canRun) plain = await startServer('plain', { data: data.dir })
  if (canShare) shared = await startServer('sss', { data: data.dir })
  data.remove()
})
test.after(async () => {
  await plain?.stop()
  await shared?.stop()
})

/** As the tests of this file find it: others change it when they are loaded. */
let environment: NodeJS.ProcessEnv = {}
let restore = () => {}

test.before(() => {
  environment = { ...process.env }
  restore = keepEnvironment()
})
test.before.each(() => {
  dir = scratch()
  use({})
})
test.after.each(() => {
  restore()
  setRemoteSettings(DEFAULT_SETTINGS)
  dir.remove()
})

function use(settings: Partial<RemoteSettings>): void {
  setRemoteSettings({
    transport: 'xrdcp',
    cacheFolder: dir.path('copies'),
    timeoutMs: 3_000,
    deadlineMs: 10_000,
    ...settings,
  })
}

function copies(): string[] {
  return existsSync(dir.path('copies')) ? readdirSync(dir.path('copies')).sort() : []
}

async function readAll(url: string): Promise<Buffer> {
  const source = await openSource(url)
  try {
    return Buffer.from(await source.readAt(0, await source.size()))
  } finally {
    await source.close()
  }
}

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => null,
    error => error,
  )
}

/** Puts a program of that name in front of all others. */
function standIn(name: string, script: string): void {
  mkdirSync(dir.path('bin'), { recursive: true })
  writeFileSync(dir.path(`bin/${name}`), `#!/bin/sh\n${script}\n`)
  chmodSync(dir.path(`bin/${name}`), 0o755)
  process.env.PATH = dir.path('bin') + delimiter + environment.PATH
}

function abortAfter(ms: number, reason: Error): AbortSignal {
  const controller = new AbortController()
  setTimeout(() => controller.abort(reason), ms)
  return controller.signal
}

const testPlain = testIf(test, canRun, NEEDS)
const testShared = testIf(test, canShare, NEEDS)

testPlain('a file is brought into the folder of copies and read there, under the name that was given', async () => {
  const source = await openSource(`${plain.url}/x.root?authz=SECRET`)
  equal(source.name, `${plain.url}/x.root?...`)
  equal(Buffer.from(await source.readAt(0, CONTENT.length)), CONTENT)
  await source.close()
  equal(copies().length, 1)
})

testPlain('the copy serves simplecache:: with the own client too, as long as the file is the same', async () => {
  equal(await readAll(`${plain.url}/x.root`), CONTENT)
  const [copy] = copies()
  use({ transport: 'native' })
  equal(await readAll(`simplecache::${plain.url}/x.root`), CONTENT)
  equal(copies(), [copy])
})

testPlain('names with blanks and quotes reach the server as they are', async () => {
  equal(await readAll(`${plain.url}/it's x.root`), CONTENT)
})

testShared("a server that takes shared keys only gives its files to who has the key, and takes others'", async () => {
  process.env.XrdSecSSSKT = shared.env.XrdSecSSSKT
  equal(await readAll(`${shared.url}/x.root`), CONTENT)
  writeFileSync(dir.path('out'), CONTENT)
  await uploadByXrdcp(dir.path('out'), `${shared.url}/new/folder/out`)
  equal(readFileSync(join(shared.data, 'new/folder/out')), CONTENT)
  equal(readdirSync(join(shared.data, 'new/folder')), ['out'])
})

testShared('without the key it is a PermissionError', async () => {
  process.env.XrdSecSSSKT = dir.path('no-key')
  const failure = await failureOf(openSource(`${shared.url}/x.root`))
  ok(failure instanceof DataError)
  equal(failure.exception, 'PermissionError')
})

testPlain('a file that is not there is a FileNotFoundError; its CGI is not shown', async () => {
  const failure = await failureOf(openSource(`${plain.url}/nope.root?authz=SECRET`))
  ok(failure instanceof DataError)
  equal(failure.exception, 'FileNotFoundError')
  match(failure.message, /^root:\/\/localhost:\d+\/\/nope\.root\?\.\.\.: xrdfs: .*\[3011\]/)
  ok(!failure.message.includes('SECRET'))
  equal(copies(), [])
})

testPlain('a server that cannot be reached is a ConnectionError', async () => {
  use({ timeoutMs: 6_000, retries: 0 })
  const failure = await failureOf(openSource('root://127.0.0.1:1//x.root'))
  ok(failure instanceof DataError)
  equal(failure.exception, 'ConnectionError')
})

testPlain('a server that does not answer is a TimeoutError', async () => {
  use({ timeoutMs: 1_000, deadlineMs: 20_000 })
  plain.pause()
  const failure = await failureOf(openSource(`${plain.url}/x.root`))
  plain.resume()
  ok(failure instanceof DataError)
  equal(failure.exception, 'TimeoutError')
})

testPlain('a file larger than the limit is an error that names folder and limit', async () => {
  use({ cacheBytes: 1000 })
  const failure = await failureOf(openSource(`${plain.url}/x.root`))
  ok(failure instanceof DataError)
  match(failure.message, /x\.root: no copy in .*copies: the file has 0\.0003 GB, .* \(0\.000001 GB\)\. Make room/)
})

testPlain('a copy of another size than the file is given up', async () => {
  standIn('xrdcp', 'for last; do :; done; echo short >"$last"')
  const failure = await failureOf(openSource(`${plain.url}/x.root`))
  ok(failure instanceof DataError)
  match(failure.message, /xrdcp brought 6 bytes, the server has 300000\. Run again\./)
  equal(copies(), [])
})

test('without the client the error says which packages bring it', async () => {
  process.env.PATH = dir.dir
  const failure = await failureOf(openSource('root://localhost//x.root'))
  ok(failure instanceof UsageError)
  match(failure.message, /^--transport xrdcp: the program xrdfs is not on PATH\. .*apt install xrootd-client/)
})

test('a client that hangs is ended', async () => {
  standIn('xrdfs', 'exec sleep 60')
  use({ deadlineMs: 300 })
  const failure = await failureOf(openSource('root://localhost//x.root'))
  ok(failure instanceof DataError)
  equal(failure.exception, 'TimeoutError')
})

test('a client that says why the disk here is full makes an error of it that names folder and limit', async () => {
  standIn('xrdfs', 'echo Size: 10; echo "MTime: 2026-01-01 00:00:00"')
  standIn('xrdcp', 'echo "Run: [ERROR] Local error: no space left on device:  (destination)" >&2; exit 54')
  const failure = await failureOf(openSource('root://localhost//x.root'))
  ok(failure instanceof DataError)
  match(failure.message, /no copy in .*copies: the disk is full \(limit 20 GB\)\. Make room/)
  equal(copies(), [])
})

testPlain('an upload takes the place of what had the name', async () => {
  for (const content of [CONTENT, CONTENT.subarray(1)]) {
    writeFileSync(dir.path('out'), content)
    await uploadByXrdcp(dir.path('out'), `${plain.url}/sent/out.bin`)
    equal(readFileSync(join(plain.data, 'sent/out.bin')), content)
  }
  equal(readdirSync(join(plain.data, 'sent')), ['out.bin'])
})

testPlain('an upload that arrives damaged is an OutputError, and nothing is left', async () => {
  writeFileSync(dir.path('out'), CONTENT)
  const program = 'case "$2" in query) echo adler32 00000001;; *) PATH=$OLD exec xrdfs "$@";; esac'
  process.env.OLD = environment.PATH
  standIn('xrdfs', program)
  const failure = await failureOf(uploadByXrdcp(dir.path('out'), `${plain.url}/damaged/out.bin`))
  delete process.env.OLD
  ok(failure instanceof OutputError)
  match(failure.message, /arrived damaged \(Adler-32 00000001, sent was [0-9a-f]{8}\)/)
  equal(readdirSync(join(plain.data, 'damaged')), [])
})

testPlain('an upload that is refused or given up is told, and nothing is left', async () => {
  writeFileSync(dir.path('out'), CONTENT)
  mkdirSync(join(plain.data, 'closed'), { mode: 0o555 })
  const refused = await failureOf(uploadByXrdcp(dir.path('out'), `${plain.url}/closed/out.bin?authz=SECRET`))
  ok(refused instanceof OutputError)
  match(refused.message, /closed\/out\.bin\?\.\.\.: cannot be written: xrdcp: .*\[3010\]/)
  ok(!refused.message.includes('SECRET'))
  const missing = await failureOf(uploadByXrdcp(dir.path('none'), `${plain.url}/out.bin`))
  ok(missing instanceof OutputError)
  standIn('xrdfs', 'case "$2" in stat) exec sleep 60;; *) PATH=$OLD exec xrdfs "$@";; esac')
  process.env.OLD = environment.PATH
  const reason = new Error('stopped')
  const stopped = await failureOf(uploadByXrdcp(dir.path('out'), `${plain.url}/out.bin`, abortAfter(500, reason)))
  delete process.env.OLD
  equal(stopped, reason)
  ok(!readdirSync(plain.data).some(name => name.includes('out.bin')))
})

test.run()
