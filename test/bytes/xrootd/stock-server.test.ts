/** The client against stock servers that are killed, stopped, replaced, far away or behind one another. */
import { randomBytes } from 'node:crypto'
import { utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import { equal, match, ok } from 'uvu/assert'
import { openSource } from '../../../lib/bytes/open.js'
import { setRemoteSettings } from '../../../lib/bytes/settings.js'
import type { ByteSource } from '../../../lib/bytes/source.js'
import { closeSessions } from '../../../lib/bytes/xrootd/sessions.js'
import { type DelayProxy, startDelayProcess, startDelayProxy } from '../../support/delay-proxy.js'
import { holdsOnce } from '../../support/holds-once.js'
import { redirect } from '../../support/mock-faults.js'
import { startMock } from '../../support/mock-xrootd.js'
import { testIf } from '../../support/tools.js'
import { haveXrootd, makeWorkFolder, type ServerKind, XROOTD_NEEDS } from '../../support/xrootd-recipes.js'
import { type ServerOptions, startServer, type TestServer } from '../../support/xrootd-servers.js'
import { fails } from './mock-source.js'

const stock = testIf(test, haveXrootd(), XROOTD_NEEDS)
const content = randomBytes(20_000_000)
const stops: (() => Promise<unknown>)[] = []
let data = ''

test.before(() => {
  if (!haveXrootd()) return
  data = makeWorkFolder('data')
  writeFileSync(join(data, 'f.root'), content)
})
test.after.each(async () => {
  closeSessions()
  await Promise.all(stops.splice(0).map(stop => stop()))
  setRemoteSettings({})
})

async function start(kind: ServerKind = 'plain', options: ServerOptions = { data }): Promise<TestServer> {
  const server = await startServer(kind, options)
  stops.push(server.stop)
  return server
}

async function open(url: string): Promise<ByteSource> {
  const source = await openSource(`${url}/f.root?authz=TOPSECRET`)
  stops.push(() => source.close())
  return source
}

const RANGES = Array.from({ length: 50 }, (_, k) => ({ position: 399_000 * k, length: 20_000 }))

async function checkRanges(source: ByteSource): Promise<void> {
  const parts = await source.readv(RANGES)
  parts.forEach((part, k) => {
    const { position, length } = RANGES[k]!
    ok(content.subarray(position, position + length).equals(part), `range ${k} differs`)
  })
}

function later(ms: number): Promise<void> {
  return new Promise(done => setTimeout(done, ms))
}

stock('scattered ranges and whole files are read', async () => {
  const source = await open((await start()).url)
  equal(await source.size(), content.length)
  await checkRanges(source)
  ok(content.equals(await source.readAt(0, content.length)))
})

stock('a server that is killed while it is read, and comes back, is read to the end', async () => {
  setRemoteSettings({ timeoutMs: 2000, deadlineMs: 20_000, retries: 3 })
  const server = await start()
  // Slow enough to be caught in the middle.
  const proxy = await startDelayProxy({ targetPort: server.port, oneWayMs: 2, bytesPerSecond: 20e6 })
  stops.push(proxy.stop)
  const source = await open(`root://127.0.0.1:${proxy.port}/`)
  const reads = [source.readAt(0, content.length), source.readAt(5, 3_000_000)]
  await later(200)
  ok((await proxy.counts()).down > 100_000, 'the read is under way')
  await server.kill()
  await proxy.cut()
  await server.restart()
  const [all, some] = await Promise.all(reads)
  ok(content.equals(all!) && content.subarray(5, 3_000_005).equals(some!))
  // What had come is not read again, but for what was lost on the way.
  ok((await proxy.counts()).down < content.length + 3_000_000 + 16e6)
})

stock('a server that is killed and stays away is an error; when it is back, the same file is read on', async () => {
  setRemoteSettings({ timeoutMs: 1000, deadlineMs: 3000, retries: 1 })
  const server = await start()
  const source = await open(server.url)
  await server.kill()
  await fails(checkRanges(source), 'ConnectionError', /localhost:\d+/)
  await server.restart()
  await checkRanges(source)
})

stock('a server that is stopped is an error in its time; when it goes on, the same file is read on', async () => {
  setRemoteSettings({ timeoutMs: 300, deadlineMs: 3000, retries: 1 })
  const server = await start()
  const source = await open(server.url)
  server.pause()
  await fails(checkRanges(source), 'TimeoutError', /no answer from localhost:\d+ within 0\.3 s/, 3000)
  server.resume()
  closeSessions()
  await checkRanges(source)
})

stock('a server that is stopped for less than the timeout is waited for', async () => {
  setRemoteSettings({ timeoutMs: 2000, deadlineMs: 5000, retries: 0 })
  const server = await start()
  const source = await open(server.url)
  server.pause()
  const reads = [checkRanges(source), checkRanges(source), source.readAt(7, 100)]
  await later(500)
  server.resume()
  await Promise.all(reads)
})

stock('a file that was replaced while the server was away is an error', async () => {
  setRemoteSettings({ timeoutMs: 1000, deadlineMs: 5000, retries: 2 })
  const server = await start()
  for (const change of ['size', 'time'] as const) {
    writeFileSync(join(server.data, 'f.root'), content)
    const source = await open(server.url)
    await checkRanges(source)
    await server.kill()
    if (change === 'size') writeFileSync(join(server.data, 'f.root'), content.subarray(0, 19_999_999))
    else utimesSync(join(server.data, 'f.root'), 1_600_000_000, 1_600_000_000)
    await server.restart()
    await fails(checkRanges(source), 'OSError', /changed while it was read/)
  }
})

stock('a file that is truncated while it is read is an error', async () => {
  setRemoteSettings({ timeoutMs: 1000, deadlineMs: 5000, retries: 1 })
  const server = await start()
  const source = await open(server.url)
  writeFileSync(join(server.data, 'f.root'), content.subarray(0, 1000))
  await fails(source.readAt(0, 2000), 'OSError', /fewer bytes/)
  await fails(checkRanges(source), 'OSError', /f\.root/)
})

stock('redirectors are followed, and their loops are an error', async () => {
  setRemoteSettings({ timeoutMs: 1000, deadlineMs: 5000, retries: 1 })
  const target = await start()
  const manager = await start('redirect', { target: target.address })
  await checkRanges(await open(manager.url))
  const chain = await start('redirect', { target: manager.address })
  await checkRanges(await open(chain.url))
  // Two that send to one another: the port of the second must be known before it starts.
  await manager.kill()
  const loop = await start('redirect', { target: chain.address })
  const back = await startMock({ port: manager.port, faults: [{ at: 'open', times: 1000, do: redirect(loop.port) }] })
  stops.push(back.stop)
  await fails(open(chain.url), 'OSError', /more than 16 redirects/)
})

stock('a manager that names a dead server is asked for a living one', async () => {
  setRemoteSettings({ timeoutMs: 1000, deadlineMs: 5000, retries: 1 })
  const [dead, target] = [await start(), await start()]
  await dead.stop()
  const manager = await startMock({
    flags: 2,
    faults: [
      { at: 'open', do: redirect(dead.port) },
      { at: 'open', do: redirect(target.port) },
    ],
  })
  stops.push(manager.stop)
  await checkRanges(await open(manager.url))
  match(manager.seen('open')[1]!.cgi, /tried=127\.0\.0\.1&triedrc=srverr$/)
  const only = await start('redirect', { target: dead.address })
  await fails(open(only.url), 'ConnectionError', /ECONNREFUSED/)
})

stock('a folder and a file that is not there are errors', async () => {
  const server = await start()
  await fails(openSource(`${server.url}/?authz=TOPSECRET`), 'IsADirectoryError', /is a directory/)
  await fails(openSource(`${server.url}/nothing?authz=TOPSECRET`), 'FileNotFoundError', /No such file/)
})

stock('at a round-trip time of 40 ms, 50 scattered ranges take little more than one', async () => {
  const server = await start()
  const proxy: DelayProxy = await startDelayProcess({ targetPort: server.port, oneWayMs: 20 })
  stops.push(proxy.stop)
  const before = performance.now()
  const source = await open(`root://127.0.0.1:${proxy.port}/`)
  const took = performance.now() - before
  // Four round trips: connection, handshake, login, open.
  ok(took > 155 && took < 800, `open took ${took} ms`)
  await holdsOnce(3, async () => {
    const opened = performance.now()
    await checkRanges(source)
    const read = performance.now()
    ok(read - opened > 39 && read - opened < 160, `read took ${read - opened} ms`)
    ok(source.latencyMs > 38 && source.latencyMs < 80, `${source.latencyMs} ms`)
  })
  equal((await proxy.counts()).made, 1)
})

test.run()
