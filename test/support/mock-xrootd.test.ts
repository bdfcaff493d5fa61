/** The mock server is a server: the stock client reads and writes through it, and meets its faults. */
import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import { equal, match, ok, unreachable } from 'uvu/assert'
import { inParts, redirect, wait, waitResponse } from './mock-faults.js'
import { type MockOptions, type MockServer, startMock } from './mock-xrootd.js'
import { testIf } from './tools.js'
import { haveProgram, makeWorkFolder, runProgram } from './xrootd-recipes.js'

const servers: MockServer[] = []
test.after(async () => {
  await Promise.all(servers.map(server => server.stop()))
})

async function start(options: MockOptions): Promise<MockServer> {
  const server = await startMock(options)
  servers.push(server)
  return server
}

const content = randomBytes(300_000)
const stock = testIf(test, haveProgram('xrdcp') && haveProgram('xrdfs'), 'the stock XRootD client')

function client(program: string, ...args: string[]): Promise<string> {
  return runProgram(program, args, { env: { XRD_CONNECTIONRETRY: '1', XRD_REQUESTTIMEOUT: '5', HOME: '/nonexistent' } })
}

async function get(server: MockServer): Promise<Buffer> {
  const back = join(makeWorkFolder('mock'), 'back')
  await client('xrdcp', '-s', `${server.url}/d/f`, back)
  return readFileSync(back)
}

stock('files are listed, read, written, renamed and removed', async () => {
  const server = await start({ files: { '/d/f': content } })
  const { url, store } = server
  ok((await get(server)).equals(content))
  match(await client('xrdfs', url, 'ls', '-l', '/d'), /300000 .*\/d\/f/)
  const file = join(makeWorkFolder('mock'), 'up')
  writeFileSync(file, content.subarray(0, 70_000))
  await client('xrdcp', '-s', '-p', file, `${url}/e/up`)
  ok(store.files.get('/e/up')?.bytes.equals(content.subarray(0, 70_000)))
  match(await client('xrdfs', url, 'query', 'checksum', '/e/up'), /^adler32 [0-9a-f]{8}/)
  await client('xrdfs', url, 'mv', '/e/up', '/e/down')
  await client('xrdfs', url, 'rm', '/d/f')
  await client('xrdfs', url, 'mkdir', '/g')
  equal([...store.files.keys()].sort(), ['/', '/d', '/e', '/e/down', '/g'])
})

stock('redirects, waits, late and divided answers are understood by the stock client', async () => {
  const target = await start({ files: { '/d/f': content } })
  const server = await start({ faults: [{ at: 'open', do: redirect(target.port, '127.0.0.1?key=1&more=2') }] })
  target.fault({ at: 'open', do: wait(1) }, { at: 'open', do: waitResponse(50) })
  target.fault({ at: 'read', do: inParts(1000) })
  ok((await get(server)).equals(content))
  equal(target.seen('open').length, 2)
  match(target.seen('open')[0]!.cgi, /key=1&more=2/)
})

for (const writes of ['bytes', 'merged'] as const) {
  stock(`answers that are written as ${writes} are put together`, async () => {
    const server = await start({ files: { '/d/f': content.subarray(0, 500) }, writes })
    ok((await get(server)).equals(content.subarray(0, 500)))
  })
}

stock('what is not there is not there', async () => {
  const server = await start({})
  try {
    await get(server)
  } catch (error) {
    match(String(error), /no \/d\/f/)
    return
  }
  unreachable()
})

test.run()
