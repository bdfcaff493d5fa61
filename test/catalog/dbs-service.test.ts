import { spawn } from 'node:child_process'
import { copyFileSync, mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { test } from 'uvu'
import { equal, is, match, throws, unreachable } from 'uvu/assert'
import { openDbs, PATIENCE } from '../../lib/catalog/index.js'
import { DataError } from '../../lib/core/errors.js'
import { hasOpenssl, makeCertificates } from '../support/certificates.js'
import { scratch } from '../support/cli.js'
import { testIf } from '../support/tools.js'
import { type DbsServer, dbsServer, filesBody, type Reply } from './dbs-server.js'

const files = scratch()
const certificates = hasOpenssl ? makeCertificates(files.dir) : null
const tlsTest = testIf(test, certificates, 'openssl')
const servers: DbsServer[] = []
const before = { ...process.env }

test.before.each(() => {
  process.env.X509_USER_PROXY = certificates?.proxy
  process.env.X509_CERT_DIR = certificates?.authorities
})

async function serve(reply: (dataset: string, time: number) => Reply, tls: object = {}): Promise<DbsServer> {
  const server = await dbsServer({ ...certificates!.server, ...tls }, reply)
  servers.push(server)
  return server
}

async function filesOf(dataset: string, url: string, { timeoutMs = 5000, instance = 'prod/global' } = {}) {
  const dbs = openDbs({ url, instance, patience: { timeoutMs, attempts: 3, delayMs: 1 } })
  try {
    return await dbs.files(dataset)
  } finally {
    dbs.close()
  }
}

async function failure(run: () => Promise<unknown>): Promise<DataError> {
  try {
    await run()
  } catch (error) {
    if (error instanceof DataError) return error
    throw error
  }
  return unreachable('succeeded') as never
}

tlsTest('the files of a dataset come sorted, each once', async () => {
  const server = await serve(() => ({ body: filesBody('/store/b.root', '/store/a.root', '/store/b.root') }))
  equal(await filesOf('/X/Y-v1/NANO', server.url), ['/store/a.root', '/store/b.root'])
  is(server.asked[0]!.path, '/dbs/prod/global/DBSReader/files?dataset=%2FX%2FY-v1%2FNANO&detail=false&validFileOnly=1')
})

tlsTest("the proxy is shown with the user's certificate that vouches for it", async () => {
  const server = await serve(() => ({}))
  await filesOf('/X/Y/NANO', server.url)
  equal(server.asked[0]!.chain.slice(0, 2), ['Test user/1', 'Test user'])
})

tlsTest('the instance is part of the address, and that of users is fixed', async () => {
  const server = await serve(() => ({}))
  await filesOf('/X/Y/NANO', `${server.url}/`, { instance: 'prod/phys01' })
  await filesOf('/X/Y/USER', server.url, { instance: 'prod/global' })
  match(server.asked[0]!.path, /^\/dbs\/prod\/phys01\/DBSReader/)
  match(server.asked[1]!.path, /^\/dbs\/prod\/phys03\/DBSReader/)
})

tlsTest('an unknown dataset has no files', async () => {
  equal(await filesOf('/X/Y/NANO', (await serve(() => ({}))).url), [])
})

tlsTest('a busy service is asked again', async () => {
  const busy = [{ status: 503 }, { status: 429 }, { body: filesBody('/store/a.root') }]
  const server = await serve((_, time) => busy[time - 1]!)
  equal(await filesOf('/X/Y/NANO', server.url), ['/store/a.root'])
  is(server.asked.length, 3)
})

tlsTest('an answer that breaks off is asked for again', async () => {
  const server = await serve((_, time) => (time === 1 ? { cut: true } : { body: filesBody('/store/a.root') }))
  equal(await filesOf('/X/Y/NANO', server.url), ['/store/a.root'])
})

tlsTest('a service that stays down is given up after three attempts', async () => {
  const body = JSON.stringify([{ message: 'database is away' }])
  const server = await serve(() => ({ status: 500, body }))
  const error = await failure(() => filesOf('/X/Y/NANO', server.url))
  is(server.asked.length, 3)
  is(error.exception, 'ConnectionError')
  match(error.message, /^\/X\/Y\/NANO: https:\/\/127.*: answered HTTP 500 \(database is away\), attempt 3 of 3\. Check/)
})

tlsTest('a service that does not answer in time is given up after three attempts', async () => {
  let connections = 0
  const silent = createServer(() => connections++)
  await new Promise<void>(done => silent.listen(0, '127.0.0.1', done))
  const { port } = silent.address() as { port: number }
  const error = await failure(() => filesOf('/X/Y/NANO', `https://127.0.0.1:${port}`, { timeoutMs: 300 }))
  silent.close()
  is(connections, 3)
  is(error.exception, 'TimeoutError')
  match(error.message, /no answer within 0\.3 s, attempt 3 of 3\. Raise --timeout/)
})

tlsTest('an answer that does not come to an end in time is given up as well', async () => {
  const server = await serve(() => ({ silent: true }))
  const error = await failure(() => filesOf('/X/Y/NANO', server.url, { timeoutMs: 400 }))
  is(error.exception, 'TimeoutError')
})

tlsTest('where nothing listens, the error says that there is no connection', async () => {
  const server = await serve(() => ({}))
  await server.close()
  const error = await failure(() => filesOf('/X/Y/NANO', server.url))
  is(error.exception, 'ConnectionError')
  match(error.message, /no connection \(ECONNREFUSED\), attempt 3 of 3\. Check the network/)
})

tlsTest('a refusal is not repeated, and says why in the words of the service', async () => {
  const forbidden = await serve(() => ({ status: 403 }))
  const first = await failure(() => filesOf('/X/Y/NANO', forbidden.url))
  equal([first.exception, forbidden.asked.length], ['PermissionError', 1])
  match(first.message, /refused, HTTP 403\. Check that your proxy has the attributes of CMS/)
  const wrong = await serve(() => ({ status: 400, body: JSON.stringify([{ message: 'DBSError Code:118' }]) }))
  const second = await failure(() => filesOf('/X/*/NANO', wrong.url))
  equal([second.exception, wrong.asked.length], ['OSError', 1])
  match(second.message, /answered HTTP 400 \(DBSError Code:118\)\. Check the name of the dataset/)
})

tlsTest('an answer that is no list of files is refused', async () => {
  for (const body of ['<html>', '{"a": 1}', '[{"name": "/store/a.root"}]', '[null]', '']) {
    const { url } = await serve(() => ({ body }))
    const error = await failure(() => filesOf('/X/Y/NANO', url))
    is(error.exception, 'ValueError')
    match(error.message, /wanted a list of files/)
  }
})

tlsTest('a server of an unknown authority is not asked', async () => {
  const server = await serve(() => ({}))
  process.env.X509_CERT_DIR = files.path('other')
  mkdirSync(files.path('other'))
  copyFileSync(files.path('user.pem'), files.path('other/user.pem'))
  const error = await failure(() => filesOf('/X/Y/NANO', server.url))
  match(error.message, /its certificate is not trusted \(UNABLE_TO_\w+\)\. Set X509_CERT_DIR/)
  is(server.asked.length, 0)
  process.env.NODE_EXTRA_CA_CERTS = files.path('ca.pem')
  equal(await filesOf('/X/Y/NANO', server.url), [])
  delete process.env.NODE_EXTRA_CA_CERTS
})

tlsTest('a folder of authorities that is not there is told before anything is asked', async () => {
  const server = await serve(() => ({}))
  process.env.X509_CERT_DIR = files.path('none')
  try {
    await filesOf('/X/Y/NANO', server.url)
    unreachable('succeeded')
  } catch (error) {
    match((error as Error).message, /none: no such folder; .* export X509_CERT_DIR=/)
  }
  is(server.asked.length, 0)
})

tlsTest('a service that speaks no TLS is told from one that turns the proxy down', async () => {
  const plain = createServer(socket => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
  await new Promise<void>(done => plain.listen(0, '127.0.0.1', done))
  const { port } = plain.address() as { port: number }
  const error = await failure(() => filesOf('/X/Y/NANO', `https://127.0.0.1:${port}`))
  match(error.message, /^https:\/\/127\.0\.0\.1:\d+: no TLS connection \(wrong version number\)\. Check --dbs-url\./)
  plain.close()
})

tlsTest('a service that turns the proxy down says so by an alert', async () => {
  const strict = ['-Verify', '5', '-verify_return_error', '-CAfile', files.path('ca.pem')]
  const own = ['-cert', files.path('server.pem'), '-key', files.path('server.key')]
  const server = spawn('openssl', ['s_server', '-accept', '127.0.0.1:0', '-www', ...strict, ...own])
  const port = await new Promise<string>((done, fail) => {
    let text = ''
    server.stdout.on('data', part => {
      const found = /ACCEPT .*:(\d+)/.exec((text += part))
      if (found) done(found[1]!)
    })
    server.on('close', () => fail(new Error(`openssl s_server ended: ${text}`)))
  })
  try {
    const error = await failure(() => filesOf('/X/Y/NANO', `https://127.0.0.1:${port}`))
    is(error.exception, 'ConnectionError')
    match(error.message, /: refused the grid proxy \(.*alert.*\)\. Make a new one: voms-proxy-init/)
  } finally {
    server.kill()
  }
})

tlsTest('an address that is not https is refused', () => {
  for (const url of ['http://127.0.0.1/dbs', 'cmsweb.cern.ch', '']) {
    throws(() => openDbs({ url, instance: 'x', patience: PATIENCE }), /is no address of a DBS service: wanted https:/)
  }
})

tlsTest('an expired proxy is found before anything is asked', async () => {
  process.env.X509_USER_PROXY = certificates!.expiredProxy
  const server = await serve(() => ({}))
  try {
    await filesOf('/X/Y/NANO', server.url)
    unreachable('succeeded')
  } catch (error) {
    match((error as Error).message, /expired-x509up: the grid proxy expired at \d{4}-.*Z\. Make one: voms-proxy-init/)
  }
  is(server.asked.length, 0)
})

test.after(async () => {
  for (const server of servers) await server.close()
  for (const name of ['X509_USER_PROXY', 'X509_CERT_DIR']) {
    if (before[name] === undefined) delete process.env[name]
    else process.env[name] = before[name]
  }
  files.remove()
})

test.run()
