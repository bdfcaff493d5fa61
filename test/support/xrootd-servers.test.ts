/** The stock servers of the tests, tried with the stock client. */

import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { test } from 'uvu'
import { equal, match, ok, unreachable } from 'uvu/assert'
import { testIf } from './tools.js'
import { testPki, testTokens } from './xrootd-credentials.js'
import { haveProgram, haveXrootd, makeWorkFolder, runProgram, type ServerKind, XROOTD_NEEDS } from './xrootd-recipes.js'
import { type ServerOptions, startServer, type TestServer } from './xrootd-servers.js'

const started: TestServer[] = []
test.after(async () => {
  await Promise.all(started.map(server => server.stop()))
})

async function start(kind: ServerKind, options: ServerOptions = {}): Promise<TestServer> {
  const server = await startServer(kind, options)
  started.push(server)
  return server
}

function withClient(kind: ServerKind, name: string, run: () => Promise<void>): void {
  testIf(test, haveXrootd(kind) && haveProgram('xrdcp'), `${XROOTD_NEEDS}, and its client`)(name, run)
}

/** The stock client with nothing but what is given: no credentials of the user who runs the tests. */
function client(program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  const patience = { XRD_CONNECTIONRETRY: '1', XRD_CONNECTIONWINDOW: '3', XRD_STREAMERRORWINDOW: '1' }
  const own = /^(X509_|KRB5|BEARER_TOKEN|XRD|Xrd)/
  const clean = Object.fromEntries(
    Object.keys(process.env)
      .filter(name => own.test(name))
      .map(name => [name, undefined]),
  )
  return runProgram(program, args, { env: { ...clean, HOME: folder, ...patience, XRD_REQUESTTIMEOUT: '10', ...env } })
}

async function refused(what: Promise<unknown>): Promise<string> {
  try {
    await what
  } catch (error) {
    return String((error as { stderr?: string }).stderr ?? error)
  }
  unreachable('should have been refused')
  return ''
}

let folder = ''
let original = ''
const content = randomBytes(1_000_000)
test.before(() => {
  folder = makeWorkFolder('client')
  original = join(folder, 'original')
  writeFileSync(original, content)
})

async function upload(server: TestServer): Promise<void> {
  await client('xrdcp', ['-s', '-f', original, `${server.url}/d/up.bin`], server.env)
  ok(content.equals(readFileSync(join(server.data, 'd', 'up.bin'))))
}

async function download(server: TestServer): Promise<void> {
  const back = join(folder, 'back')
  await client('xrdcp', ['-s', '-f', `${server.url}/d/up.bin`, back], server.env)
  ok(content.equals(readFileSync(back)))
}

for (const kind of ['plain', 'unix', 'ztn', 'http', 'krb5', 'sss'] as const) {
  withClient(kind, `a ${kind} server takes a file and gives it back`, async () => {
    const server = await start(kind)
    await upload(server)
    await download(server)
  })
}

// One transfer each: the stock client takes half a second for a gsi login. The https server asks for gsi on its root port.
for (const kind of ['gsi', 'gsi-signed', 'gsi-voms', 'https'] as const) {
  withClient(kind, `a ${kind} server takes a file`, async () => upload(await start(kind)))
}

for (const kind of ['gsi', 'ztn', 'krb5', 'sss'] as const) {
  withClient(kind, `a ${kind} server refuses whoever has nothing to show`, async () => {
    const server = await start(kind)
    const { X509_CERT_DIR, KRB5_CONFIG } = server.env
    const open = { ...(X509_CERT_DIR && { X509_CERT_DIR }), ...(KRB5_CONFIG && { KRB5_CONFIG }) }
    const nothing = { ...open, KRB5CCNAME: 'FILE:/nonexistent' }
    match(await refused(client('xrdfs', [server.url, 'ls', '/'], nothing)), /[Aa]uth/)
  })
}

withClient('gsi-voms', 'proxies without attributes of VOMS are refused where these are wanted', async () => {
  const server = await start('gsi-voms')
  const env = { ...server.env, X509_USER_PROXY: (await testPki()).proxy }
  match(await refused(client('xrdfs', [server.url, 'ls', '/'], env)), /Auth failed/)
})

testIf(
  test,
  haveXrootd('gsi'),
  XROOTD_NEEDS,
)('one proxy has expired, and one authority signed nothing', async () => {
  const { folder, certs, otherCerts, proxy, expired } = await testPki()
  const lives = (file: string) => runProgram('openssl', ['x509', '-in', file, '-noout', '-checkend', '0'])
  await lives(proxy)
  await refused(lives(expired))
  const verify = (path: string) => runProgram('openssl', ['verify', '-CApath', path, join(folder, 'usercert.pem')])
  await verify(certs)
  match(await refused(verify(otherCerts)), /verification failed/)
})

withClient('ztn', 'a token that may read reads, and does not write; an expired one does neither', async () => {
  const [server, tokens] = [await start('ztn'), await testTokens()]
  const env = { ...server.env, BEARER_TOKEN_FILE: tokens.read }
  writeFileSync(join(server.data, 'x'), 'x')
  match(await client('xrdfs', [server.url, 'ls', '/'], env), /x/)
  match(await refused(client('xrdcp', ['-s', original, `${server.url}/w`], env)), /denied|3010/)
  const expired = { ...server.env, BEARER_TOKEN_FILE: tokens.expired }
  match(await refused(client('xrdfs', [server.url, 'ls', '/'], expired)), /Auth failed/)
})

withClient('redirect-http', 'redirectors send clients to their target, in both protocols', async () => {
  const target = await start('http')
  const [root, http] = [
    await start('redirect', { target: target.address }),
    await start('redirect-http', { target: `127.0.0.1:${new URL(target.httpUrl).port}` }),
  ]
  await upload(target)
  await download(root)
  const answer = await fetch(`${http.httpUrl}/d/up.bin`, { redirect: 'manual' })
  await answer.body?.cancel()
  equal([answer.status, answer.headers.get('location')?.includes(new URL(target.httpUrl).port)], [302, true])
})

withClient('https', 'https asks for a proxy or a token', async () => {
  const [server, tokens] = [await start('https'), await testTokens()]
  writeFileSync(join(server.data, 'f'), content)
  const get = (...more: string[]) =>
    client('curl', ['-sf', '--capath', server.env.X509_CERT_DIR!, '-r', '10-19', ...more, `${server.httpUrl}/f`])
  const proxy = server.env.X509_USER_PROXY!
  equal((await get('--cert', proxy, '--key', proxy)).length > 0, true)
  await get('-H', `Authorization: Bearer ${readFileSync(tokens.read, 'utf8')}`)
  await refused(get())
})

withClient('plain', 'files of a folder are there from the start, and further variables reach the server', async () => {
  const data = join(folder, 'data')
  mkdirSync(join(data, 'sub'), { recursive: true })
  writeFileSync(join(data, 'sub', 'f'), 'abc')
  const server = await start('plain', { data, env: { XRDTEST: 'x' } })
  equal(await client('xrdfs', [server.url, 'cat', '/sub/f']), 'abc')
})

withClient('plain', 'a server is stopped for a while, killed and started again on its port', async () => {
  const server = await start('plain')
  await upload(server)
  server.pause()
  const stat = client('xrdfs', [server.url, 'stat', '/d/up.bin'])
  equal(await Promise.race([stat.then(() => 'answer'), later(300).then(() => 'nothing')]), 'nothing')
  server.resume()
  match(await stat, /1000000/)
  await server.kill()
  equal(await connects(server.port), false)
  await server.restart()
  match(await client('xrdfs', [server.url, 'stat', '/d/up.bin']), /1000000/)
  equal(server.log().match(/test@.* initialization completed/g)?.length, 2)
  await server.stop()
  equal([existsSync(server.data), await connects(server.port)], [false, false])
})

testIf(
  test,
  haveXrootd(),
  XROOTD_NEEDS,
)('a server listens on loopback only and starts within a second', async () => {
  const before = performance.now()
  const server = await start('plain')
  const took = performance.now() - before
  ok(took < 1000, `${took} ms`)
  // Another socket may bind the port on another address: the server does not hold them all.
  const other = createServer().listen(server.port, '127.0.0.2')
  await once(other, 'listening')
  other.close()
})

testIf(
  test,
  haveXrootd(),
  XROOTD_NEEDS,
)('a server that cannot start says why', async () => {
  match(await refused(startServer('redirect')), /did not start/)
})

function later(ms: number): Promise<void> {
  return new Promise(done => setTimeout(done, ms))
}

function connects(port: number): Promise<boolean> {
  return new Promise(done => {
    const socket = connect({ host: '127.0.0.1', port }, () => {
      socket.destroy()
      done(true)
    })
    socket.on('error', () => done(false))
  })
}

test.run()
