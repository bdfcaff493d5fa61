/** Against stock XrdHttp servers, plain and over TLS. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'uvu'
import { equal, is, match, ok } from 'uvu/assert'
import { httpFiles } from '../../../lib/bytes/http/index.js'
import { setRemoteSettings } from '../../../lib/bytes/settings.js'
import { OutputError } from '../../../lib/core/errors.js'
import { startDelayProcess } from '../../support/delay-proxy.js'
import { keepEnvironment } from '../../support/environment.js'
import { holdsOnce } from '../../support/holds-once.js'
import { testIf } from '../../support/tools.js'
import { testPki, testTokens } from '../../support/xrootd-credentials.js'
import { haveXrootd, XROOTD_NEEDS } from '../../support/xrootd-recipes.js'
import { startServer, type TestServer } from '../../support/xrootd-servers.js'
import { failure, openUrl, same } from './mock-http.js'

const plainTest = testIf(test, haveXrootd('http'), XROOTD_NEEDS)
const tlsTest = testIf(test, haveXrootd('https'), XROOTD_NEEDS)

/** 20 MB without repetition. */
const SIZE = 20_000_000
const words = new Uint32Array(SIZE / 4)
for (let k = 0, state = 1; k < words.length; k++) words[k] = state = (Math.imul(state, 1664525) + 1013904223) >>> 0
const file = Buffer.from(words.buffer)

const folder = mkdtempSync(join(tmpdir(), 'xrdhttp-'))
writeFileSync(join(folder, 'f'), file)

let plain: TestServer
let secure: TestServer
let redirecting: TestServer
const servers: TestServer[] = []
let restore = () => {}

test.before(() => {
  restore = keepEnvironment()
})

test.before(async () => {
  setRemoteSettings({ timeoutMs: 5000, deadlineMs: 20_000, retries: 2 })
  if (haveXrootd('http')) {
    plain = await startServer('http', { data: folder })
    servers.push(plain)
    const target = plain.httpUrl.replace('http://localhost', '127.0.0.1')
    redirecting = await startServer('redirect-http', { target })
    servers.push(redirecting)
  }
  if (haveXrootd('https')) {
    secure = await startServer('https', { data: folder })
    servers.push(secure)
  }
})
test.before.each(async () => {
  for (const name of ['X509_USER_PROXY', 'X509_CERT_DIR', 'BEARER_TOKEN', 'BEARER_TOKEN_FILE']) delete process.env[name]
  if (haveXrootd('https')) process.env.X509_CERT_DIR = (await testPki()).certs
})
test.after(async () => {
  setRemoteSettings({})
  restore()
  await Promise.all(servers.map(server => server.stop()))
  rmSync(folder, { recursive: true, force: true })
})

/** Numbers that look random, the same in each run. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return below => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

function ranges(count: number, longest: number, seed: number) {
  const number = numbers(seed)
  return Array.from({ length: count }, () => {
    const length = number(longest)
    return { position: number(SIZE - length), length }
  })
}

async function compare(url: string): Promise<void> {
  const source = await openUrl(url)
  is(await source.size(), SIZE)
  for (const [count, longest] of [
    [1, 100],
    [50, 20_000],
    [300, 2000],
    [7, 3_000_000],
    [1200, 50],
  ] as const) {
    const wanted = ranges(count, longest, count)
    const got = await source.readv(wanted)
    got.forEach((one, k) => {
      same(one, wanted[k]!, file)
    })
  }
  same(await source.readAt(SIZE - 5, 5), { position: SIZE - 5, length: 5 }, file)
  same(await source.readAt(0, SIZE), { position: 0, length: SIZE }, file)
  await source.close()
}

plainTest('ranges of a file are read as they are', () => compare(`${plain.httpUrl}/f`))

plainTest('ranges are read through a redirect', () => compare(`${redirecting.httpUrl}/f`))

tlsTest('ranges are read with a client certificate', async () => {
  process.env.X509_USER_PROXY = (await testPki()).proxy
  await compare(`${secure.httpUrl}/f`)
  await compare(`${secure.httpUrl.replace('https', 'davs')}/f`)
})

tlsTest('ranges are read with a token', async () => {
  process.env.BEARER_TOKEN_FILE = (await testTokens()).read
  await compare(`${secure.httpUrl}/f`)
})

tlsTest('without credentials a server that wants some is a PermissionError, and so it is with bad ones', async () => {
  const url = `${secure.httpUrl}/f`
  const none = await failure(() => openUrl(url))
  is(none.exception, 'PermissionError')
  match(none.message, /No grid proxy or token was found\. Make a proxy: voms-proxy-init/)
  process.env.X509_USER_PROXY = (await testPki()).expired
  match((await failure(() => openUrl(url))).message, /the grid proxy expired at/)
  process.env.X509_CERT_DIR = (await testPki()).otherCerts
  match((await failure(() => openUrl(url))).message, /is not trusted/)
})

plainTest('missing files, and servers that are gone', async () => {
  is((await failure(() => openUrl(`${plain.httpUrl}/none`))).exception, 'FileNotFoundError')
  const source = await openUrl(`${plain.httpUrl}/f`)
  await source.readAt(0, 10)
  setRemoteSettings({ timeoutMs: 5000, retries: 1 })
  await plain.restart()
  same(await source.readAt(100, 10), { position: 100, length: 10 }, file)
  await plain.kill()
  is((await failure(() => source.readAt(0, 10))).exception, 'ConnectionError')
  await plain.restart()
  same(await source.readAt(100, 10), { position: 100, length: 10 }, file)
})

plainTest('a server that hangs is a TimeoutError, and is read again when it goes on', async () => {
  setRemoteSettings({ timeoutMs: 300, retries: 1 })
  const source = await openUrl(`${plain.httpUrl}/f`)
  plain.pause()
  try {
    is((await failure(() => source.readAt(0, 10))).exception, 'TimeoutError')
  } finally {
    plain.resume()
  }
  same(await source.readAt(100, 10), { position: 100, length: 10 }, file)
  setRemoteSettings({ timeoutMs: 5000, deadlineMs: 20_000, retries: 2 })
})

plainTest('fifty far ranges cost about one round trip', async () => {
  const far = await startDelayProcess({ targetPort: Number(new URL(plain.httpUrl).port), oneWayMs: 20 })
  try {
    const source = await openUrl(`http://localhost:${far.port}/f`)
    const wanted = Array.from({ length: 50 }, (_, k) => ({ position: k * 390_000, length: 20_000 }))
    await source.readv(wanted.slice(0, 2))
    is(source.counters.requests, 1)
    await holdsOnce(3, async () => {
      const { requests } = source.counters
      const began = performance.now()
      const got = await source.readv(wanted)
      const took = performance.now() - began
      got.forEach((one, k) => {
        same(one, wanted[k]!, file)
      })
      is(source.counters.requests, requests + 1)
      ok(took < 150, `${took} ms`)
      ok(source.latencyMs >= 39 && source.latencyMs < 100, `${source.latencyMs} ms`)
    })
  } finally {
    await far.stop()
  }
})

async function writeAndRead(base: string, name: string, bytes: Uint8Array): Promise<void> {
  const sink = await httpFiles.create(base + name, bytes.length)
  for (let at = 0; at < bytes.length; at += 1_000_000) await sink.write(at, bytes.subarray(at, at + 1_000_000))
  await sink.commit({ size: bytes.length, adler32: '' })
  const source = await openUrl(base + name)
  same(await source.readAt(0, bytes.length), { position: 0, length: bytes.length }, bytes)
}

async function files(base: string): Promise<void> {
  await httpFiles.makeFolder(`${base}/out/deep/er`)
  await httpFiles.makeFolder(`${base}/out/deep/er`)
  await writeAndRead(base, '/out/b.bin', file.subarray(0, 5_000_003))
  await writeAndRead(base, '/out/b.bin', file.subarray(7, 4_000_000))
  await writeAndRead(base, '/new/a.bin', file.subarray(0, 1))
  const given = await httpFiles.create(`${base}/out/c.bin`, 10_000_000)
  await given.write(0, file.subarray(0, 3_000_000))
  await given.abort()
  const empty = await httpFiles.create(`${base}/out/empty`, 0)
  await empty.commit({ size: 0, adler32: '' })
  const list = await httpFiles.list(`${base}/out`)
  equal(
    list.map(({ name, size, isFolder }) => [name, size, isFolder]),
    [
      ['b.bin', 3_999_993, false],
      ['deep', 0, true],
      ['empty', 0, false],
    ],
  )
  is((await httpFiles.status(`${base}/out/b.bin`))!.size, 3_999_993)
  is((await httpFiles.status(`${base}/out`))!.isFolder, true)
  is(await httpFiles.status(`${base}/none`), null)
  is((await failure(() => httpFiles.list(`${base}/none`))).exception, 'FileNotFoundError')
  match((await failure(() => httpFiles.list(`${base}/out/b.bin`))).message, /is a file, not a folder/)
  await httpFiles.remove(`${base}/out/b.bin`)
  is(await httpFiles.status(`${base}/out/b.bin`), null)
  is((await failure(() => httpFiles.remove(`${base}/out/b.bin`))).exception, 'FileNotFoundError')
}

plainTest('files are written, listed and removed', () => files(plain.httpUrl))

plainTest('files are written through a redirect', async () => {
  await writeAndRead(redirecting.httpUrl, '/through/x.bin', file.subarray(0, 3_000_000))
  is(Buffer.compare(readFileSync(join(plain.data, 'through/x.bin')), file.subarray(0, 3_000_000)), 0)
})

tlsTest('files are written with a client certificate', async () => {
  process.env.X509_USER_PROXY = (await testPki()).proxy
  await files(secure.httpUrl)
})

tlsTest('files are written with a token that may, and not with one that may not', async () => {
  process.env.BEARER_TOKEN_FILE = (await testTokens()).write
  await writeAndRead(secure.httpUrl, '/token/x.bin', file.subarray(0, 3_000_000))
  process.env.BEARER_TOKEN_FILE = (await testTokens()).read
  try {
    await httpFiles.create(`${secure.httpUrl}/token/y.bin`, 10)
    throw new Error('was allowed')
  } catch (error) {
    ok(error instanceof OutputError, `${error}`)
    match(error.message, /HTTP 403 .*scopes of your token/)
  }
})

plainTest('a name that the server would not decode when it renames is refused', async () => {
  const sink = await httpFiles.create(`${plain.httpUrl}/odd%20name`, 1)
  await sink.write(0, file.subarray(0, 1))
  const written = await sink.commit({ size: 1, adler32: '' }).then(
    () => 'written',
    error => (error as Error).message,
  )
  ok(written === 'written' || /does not decode names/.test(written), written)
  equal(
    (await httpFiles.list(plain.httpUrl)).filter(({ name }) => /odd%20name|tnp-tmp/.test(name)),
    [],
  )
})

test.run()
