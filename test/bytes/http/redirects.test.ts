import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'uvu'
import { equal, is, match, not, ok } from 'uvu/assert'
import { setRemoteSettings } from '../../../lib/bytes/settings.js'
import { hasOpenssl, makeCertificates } from '../../support/certificates.js'
import { keepEnvironment } from '../../support/environment.js'
import { testIf } from '../../support/tools.js'
import { FILE, failure, type Handler, type Mock, openMock, same, serve, startMock, stopMocks } from './mock-http.js'

const folder = mkdtempSync(join(tmpdir(), 'http-'))
const certificates = hasOpenssl ? makeCertificates(folder) : null
const tlsTest = testIf(test, certificates, 'openssl')
const TOKEN = 'aaaa.bbbb-secret.cccc'
let restore = () => {}

test.before(() => {
  restore = keepEnvironment()
})

test.before.each(() => {
  setRemoteSettings({ timeoutMs: 2000, deadlineMs: 10_000, retries: 1 })
  process.env.X509_CERT_DIR = certificates?.authorities
  process.env.X509_USER_PROXY = certificates?.proxy
  process.env.BEARER_TOKEN = TOKEN
})
test.after(async () => {
  setRemoteSettings({})
  restore()
  rmSync(folder, { recursive: true, force: true })
  await stopMocks()
})

const good: Handler = (request, response) => serve(request, response)
const to =
  (location: string, status = 302): Handler =>
  (_, response) => {
    response.writeHead(status, { Location: location }).end()
  }
const tokens = (mock: Mock) => mock.seen.map(one => one.headers.Authorization ?? null)

test('redirects of every kind are followed, and the file is then read where they led', async () => {
  for (const status of [301, 302, 303, 307, 308]) {
    const last = await startMock(good)
    const first = await startMock(to(`${last.origin}/there?xrd.x=%2f+a&y=1`, status))
    const source = await openMock(first, '/here?z=2')
    same(await source.readAt(1000, 10), { position: 1000, length: 10 })
    equal(
      first.seen.map(one => one.path),
      ['/here?z=2'],
    )
    equal(
      last.seen.map(one => `${one.method} ${one.path}`),
      ['HEAD /there?xrd.x=%2f+a&y=1', 'GET /there?xrd.x=%2f+a&y=1'],
    )
  }
})

test('redirects may leave out the host, or be relative', async () => {
  for (const location of ['/other', 'other', '//HOST/other']) {
    const mock = await startMock((request, response) =>
      request.url === '/folder/first'
        ? to(location.replace('HOST', request.headers.host!))(request, response, 0)
        : serve(request, response),
    )
    await openMock(mock, '/folder/first')
    is(mock.seen.at(-1)!.path, location === 'other' ? '/folder/other' : '/other')
  }
})

test('when the place that a redirect led to fails, the first address is asked again', async () => {
  const one = await startMock(good)
  const two = await startMock(good)
  const failures: Handler[] = [
    (_, response) => void response.writeHead(401).end(),
    (_, response) => void response.writeHead(403).end(),
    (_, response) => void response.writeHead(404).end(),
    (_, response) => void response.writeHead(503).end(),
    (_, response) => void response.destroy(),
  ]
  for (const fault of failures) {
    one.handle(good)
    const first = await startMock(to(`${one.origin}/file`))
    const source = await openMock(first)
    one.handle(fault)
    first.handle(to(`${two.origin}/file`))
    same(await source.readAt(1000, 10), { position: 1000, length: 10 })
    is(first.seen.length, 2)
    same(await source.readAt(2000, 10), { position: 2000, length: 10 })
    is(first.seen.length, 2)
  }
  await one.stop()
  const first = await startMock(to(`${two.origin}/file`))
  const source = await openMock(first)
  const three = await startMock(good)
  await two.stop()
  first.handle(to(`${three.origin}/file`))
  same(await source.readAt(1000, 10), { position: 1000, length: 10 })
})

test('circles and too many redirects are errors that name the hosts', async () => {
  const one = await startMock(good)
  const two = await startMock(to(`${one.origin}/file?secret=1`))
  one.handle(to(`${two.origin}/file`))
  const circle = await failure(() => openMock(one, '/file?secret=1'))
  is(circle.exception, 'OSError')
  match(circle.message, `redirected in a circle (${one.origin} -> ${two.origin} -> ${one.origin})`)
  not.match(circle.message, 'secret')
  const endless = await startMock((request, response) => to(`${request.url}x`)(request, response, 0))
  match((await failure(() => openMock(endless))).message, /redirected more than 16 times \(http:\/\/127.0.0.1:\d+\)/)
  is(endless.seen.length, 17)
})

test('a redirect to something else than http is an error', async () => {
  const mock = await startMock(to('root://host//file?authz=secret'))
  const error = await failure(() => openMock(mock))
  match(error.message, /redirects to root:\/\/host\/\/file\?\.\.\., wanted an http\(s\) address/)
  const nowhere = await startMock((_, response) => void response.writeHead(302).end())
  match((await failure(() => openMock(nowhere))).message, /answered HTTP 302/)
})

test('clear text never gets the token', async () => {
  const mock = await startMock(good)
  const source = await openMock(mock)
  await source.readAt(0, 10)
  await source.readv([
    { position: 0, length: 10 },
    { position: 100_000, length: 10 },
  ])
  equal(tokens(mock), [null, null, null])
})

tlsTest('servers whose certificate is checked get the token and the proxy, at each hop', async () => {
  const chains: (string | undefined)[] = []
  const last = await startMock((request, response) => {
    const shown = (
      request.socket as unknown as { getPeerCertificate(): { subject?: { CN: string | string[] } } }
    ).getPeerCertificate()
    chains.push(shown.subject?.CN.toString())
    serve(request, response)
  }, certificates!.server)
  const first = await startMock(to(`${last.origin}/file`), certificates!.server)
  const source = await openMock(first)
  same(await source.readAt(1000, 10), { position: 1000, length: 10 })
  equal([...tokens(first), ...tokens(last)], Array(3).fill(`Bearer ${TOKEN}`))
  equal(chains, ['Test user,1', 'Test user,1'])
})

tlsTest('a token that is renewed while a file is open is used from then on', async () => {
  const mock = await startMock(good, certificates!.server)
  const source = await openMock(mock)
  process.env.BEARER_TOKEN = 'the.new.one'
  await source.readAt(0, 10)
  equal(tokens(mock), [`Bearer ${TOKEN}`, 'Bearer the.new.one'])
})

tlsTest('a redirect from https to clear text is followed without token, and a refusal there says why', async () => {
  const clear = await startMock(good)
  const first = await startMock(to(`${clear.origin}/file`), certificates!.server)
  const source = await openMock(first)
  same(await source.readAt(1000, 10), { position: 1000, length: 10 })
  equal(tokens(clear), [null, null])
  clear.handle((_, response) => void response.writeHead(403).end())
  const error = await failure(() => openMock(first))
  is(error.exception, 'PermissionError')
  match(error.message, /Proxies and tokens are sent to https:\/\/ only/)
})

tlsTest('a redirect to clear text that carries the token is not followed', async () => {
  const clear = await startMock(good)
  const first = await startMock(to(`${clear.origin}/file?authz=Bearer%20${TOKEN}`), certificates!.server)
  const error = await failure(() => openMock(first))
  is(error.exception, 'PermissionError')
  match(error.message, `redirected with your token to ${clear.origin}, which is clear text`)
  not.match(error.message, TOKEN)
  is(clear.seen.length, 0)
})

tlsTest('who redirects over clear text to another host gets no token there, the same host does', async () => {
  const secure = await startMock(good, certificates!.server)
  const same = await startMock(to(`${secure.origin}/file`))
  await openMock(same)
  equal(tokens(secure), [`Bearer ${TOKEN}`])
  // The certificate is not for this name, but nothing is sent before that is known either.
  const other = await startMock(to(`${secure.origin.replace('127.0.0.1', 'localhost')}/file`))
  const error = await failure(() => openMock(other))
  match(error.message, /belongs to another host/)
  is(secure.seen.length, 1)
})

tlsTest('neither token nor CGI are ever printed, whatever servers answer', async () => {
  const told: Handler = (request, response) => {
    response.writeHead(request.method === 'HEAD' ? 405 : 400)
    response.end(
      `<h1>Bad</h1> ${request.headers.authorization} for ${request.url} and authz=${TOKEN}, Bearer   abc.def`,
    )
  }
  const mock = await startMock(told, certificates!.server)
  const error = await failure(() => openMock(mock, '/file?authz=cgi-secret'))
  match(error.message, /^https:\/\/127.0.0.1:\d+\/file\?\.\.\.: https:\/\/127.0.0.1:\d+ answered HTTP 400 \(Bad /)
  const printed = [
    error.message,
    error.stack,
    JSON.stringify(error),
    String((error as { cause?: unknown }).cause),
  ].join()
  for (const secret of [TOKEN, 'cgi-secret', 'abc.def']) not.match(printed, secret)
})

tlsTest('what is wrong with certificates is told in sentences', async () => {
  const mock = await startMock(good, certificates!.server)
  process.env.X509_CERT_DIR = certificates!.authorities
  const host = await failure(() => openMock({ ...mock, origin: mock.origin.replace('127.0.0.1', 'localhost') }))
  is(host.exception, 'ConnectionError')
  match(host.message, /belongs to another host \(Test server\)\. Use the server's full name/)
  delete process.env.X509_CERT_DIR
  const untrusted = await failure(() => openMock(mock))
  match(untrusted.message, /is not trusted \(.*X509_CERT_DIR/)
  process.env.X509_CERT_DIR = join(folder, 'missing')
  match((await failure(() => openMock(mock))).message, /missing: no such folder/)
  const clear = await startMock(good)
  process.env.X509_CERT_DIR = certificates!.authorities
  const plain = await failure(() => openMock({ ...clear, origin: clear.origin.replace('http:', 'https:') }))
  match(plain.message, /does not speak TLS\. Check the port, or write http:\/\/\./)
})

tlsTest('an expired proxy is not shown, and told where a server refuses', async () => {
  process.env.X509_USER_PROXY = certificates!.expiredProxy
  const mock = await startMock(good, certificates!.server)
  is(await (await openMock(mock)).size(), FILE.length)
  mock.handle((_, response) => void response.writeHead(403).end())
  match((await failure(() => openMock(mock))).message, /refused: .* answered HTTP 403\. .*the grid proxy expired at/)
})

tlsTest('a server that turns the proxy down by an alert says so', async () => {
  const { createServer } = await import('node:tls')
  // Trusts nobody: the handshake fails after the client's certificate has come.
  const server = createServer({
    ...certificates!.server,
    requestCert: true,
    rejectUnauthorized: true,
    ca: [],
    maxVersion: 'TLSv1.2',
  })
  server.listen(0, '127.0.0.1')
  await new Promise(done => server.once('listening', done))
  const port = (server.address() as { port: number }).port
  try {
    const error = await failure(() => openMock({ origin: `https://127.0.0.1:${port}` } as Mock))
    ok(/refused the grid proxy|ECONNRESET/.test(error.message), error.message)
  } finally {
    server.close()
  }
})

test('names in redirects are sent on as they were meant: in UTF-8, with percent signs and hashes', async () => {
  const cases = [
    ['/a b', '/Donn\u00c3\u00a9es x', '/Donn%C3%A9es%20x'],
    ['/a', '/100%.root', '/100%25.root'],
    ['/a', '/b%2Fc?sign=%41%zz', '/b%2Fc?sign=%41%zz'],
    ['/a#b', '/there/a#b', '/there/a%23b'],
    ['/a', '/b#part', '/b'],
    ['/d/e/a', '../b/./c?x=/../y', '/d/b/c?x=/../y'],
    ['/d/e/a', '../../../b', '/b'],
    ['/d/e/a?y=1', '?x=2', '/d/e/a?x=2'],
  ] as const
  for (const [name, location, wanted] of cases) {
    const mock = await startMock((request, response, count) =>
      count === 0 && request.method === 'HEAD' ? to(location)(request, response, 0) : serve(request, response),
    )
    await openMock(mock, name)
    is(mock.seen.at(-1)!.path, wanted)
    await mock.stop()
  }
})

test('a percent sign that encodes nothing is part of a name', async () => {
  const mock = await startMock(good)
  await openMock(mock, '/100%/a%20b%zz é?x=1%2')
  is(mock.seen[0]!.path, '/100%25/a%20b%25zz%20%C3%A9?x=1%2')
})

tlsTest('a token in the URL of the user is not sent on in clear text', async () => {
  const mock = await startMock(good)
  for (const authz of ['in-the-url-secret', 'Bearer%20in-the-url-secret']) {
    const first = await startMock(to(`${mock.origin}/file?authz=${authz}`), certificates!.server)
    const error = await failure(() => openMock(first, `/file?authz=${authz}`))
    is(error.exception, 'PermissionError')
    match(error.message, /redirected with your token to http:/)
    not.match(error.message, 'in-the-url-secret')
  }
  is(mock.seen.length, 0)
})

test.run()
