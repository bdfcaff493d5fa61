/** gsi against stock servers. */
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'uvu'
import { equal, match, not } from 'uvu/assert'
import { testPki } from '../../support/xrootd-credentials.js'
import { runProgram } from '../../support/xrootd-recipes.js'
import { startServer, type TestServer } from '../../support/xrootd-servers.js'
import { type Environment, failure, statRoot, withServer } from './login.js'

const folder = mkdtempSync(join(tmpdir(), 'tnp-gsi-'))
const servers = new Map<string, Promise<TestServer>>()
test.after(async () => {
  for (const server of servers.values()) await (await server).stop()
  rmSync(folder, { recursive: true, force: true })
})

function server(kind: 'gsi' | 'gsi-signed' | 'gsi-voms'): Promise<TestServer> {
  const running = servers.get(kind) ?? startServer(kind)
  servers.set(kind, running)
  return running
}

async function credentials(changes: Environment = {}): Promise<Environment> {
  const { certs, proxy } = await testPki()
  return { X509_CERT_DIR: certs, X509_USER_PROXY: proxy, ...changes }
}

const gsi = withServer(test, 'gsi')

gsi('a proxy opens the server', async () => {
  match(await statRoot(await server('gsi'), await credentials()), /^\d+ \d+/)
})

gsi('the certificate may be for the address in the URL', async () => {
  match(await statRoot(await server('gsi'), await credentials(), { host: '127.0.0.1' }), /^\d/)
})

gsi('without a proxy, or with one that has expired, it is said how to make one', async () => {
  const { expired } = await testPki()
  const none = await credentials({ X509_USER_PROXY: join(folder, 'none') })
  match(await failure(statRoot(await server('gsi'), none)), /no grid proxy here.*voms-proxy-init/)
  const old = await credentials({ X509_USER_PROXY: expired })
  match(await failure(statRoot(await server('gsi'), old)), /expired.*voms-proxy-init/)
})

gsi('a server that another authority vouches for is not talked to', async () => {
  const { otherCerts } = await testPki()
  const wrong = await credentials({ X509_CERT_DIR: otherCerts })
  match(
    await failure(statRoot(await server('gsi'), wrong)),
    /cannot be trusted: the certificate \/DC=test\/CN=localhost is not signed by the authority \/DC=test\/CN=Test CA in/,
  )
  const none = mkdtempSync(join(folder, 'empty-'))
  match(
    await failure(statRoot(await server('gsi'), await credentials({ X509_CERT_DIR: none }))),
    /is signed by \/DC=test\/CN=Test CA, which is not in/,
  )
})

gsi('a server whose certificate has been revoked is not talked to; a list out of date is told of', async () => {
  const { folder: pki, certs } = await testPki()
  const work = join(folder, 'revoke')
  cpSync(pki, work, { recursive: true })
  const hash = (await runProgram('openssl', ['x509', '-in', join(pki, 'cacert.pem'), '-noout', '-hash'])).trim()
  const ca = (...args: string[]) =>
    runProgram('openssl', ['ca', '-config', 'pki.cnf', '-keyfile', 'cakey.pem', '-cert', 'cacert.pem', ...args], {
      cwd: work,
    })
  const env = await credentials({ X509_CERT_DIR: join(work, 'certs') })
  const warnings: string[] = []
  const warn = (message: string) => warnings.push(message)

  await ca(
    '-gencrl',
    '-crl_lastupdate',
    '20200101000000Z',
    '-crl_nextupdate',
    '20200201000000Z',
    '-out',
    `certs/${hash}.r0`,
  )
  match(await statRoot(await server('gsi'), env, { warn }), /^\d/)
  match(warnings.join(), /r0: this list of revoked certificates is out of date since 2020-02-01/)

  await ca('-revoke', 'hostcert.pem')
  await ca('-gencrl', '-out', `certs/${hash}.r0`)
  match(await failure(statRoot(await server('gsi'), env)), /CN=localhost has been revoked by \/DC=test\/CN=Test CA/)

  cpSync(join(certs, `${hash}.0`), join(work, 'certs', `${hash}.0`))
  writeFileSync(join(work, 'certs', `${hash}.r0`), 'nothing')
  warnings.length = 0
  match(await statRoot(await server('gsi'), env, { warn }), /^\d/)
  match(warnings.join(), /cannot be read, and is left out/)
})

gsi('an authority may sign only for the names of its policy', async () => {
  const { folder: pki, certs } = await testPki()
  const work = join(folder, 'policy')
  cpSync(certs, work, { recursive: true })
  const hash = (await runProgram('openssl', ['x509', '-in', join(pki, 'cacert.pem'), '-noout', '-hash'])).trim()
  const path = join(work, `${hash}.signing_policy`)
  writeFileSync(path, readFileSync(path, 'utf8').replace('/DC=test/*', '/DC=elsewhere/*'))
  const env = await credentials({ X509_CERT_DIR: work })
  match(
    await failure(statRoot(await server('gsi'), env)),
    /signing_policy does not allow \/DC=test\/CN=Test CA to sign/,
  )
  appendFileSync(path, `cond_subjects globus '"/C=CH/*" "/dc=TEST/CN=loc*"'\n`)
  match(await statRoot(await server('gsi'), env), /^\d/)
})

withServer(test, 'gsi-voms')('a proxy without attributes of VOMS is refused where these are wanted', async () => {
  const { vomsProxy } = await testPki()
  match(await statRoot(await server('gsi-voms'), await credentials({ X509_USER_PROXY: vomsProxy! })), /^\d/)
  match(await failure(statRoot(await server('gsi-voms'), await credentials())), /gsi: refused/)
})

withServer(test, 'gsi-signed')('requests are signed where the server demands it', async () => {
  match(await statRoot(await server('gsi-signed'), await credentials()), /^\d/)
  const unsigned = statRoot(await server('gsi-signed'), await credentials(), { signer: () => null })
  match(await failure(unsigned), /sign/i)
})

gsi('no message holds the key of the proxy', async () => {
  const { proxy, otherCerts } = await testPki()
  const message = await failure(statRoot(await server('gsi'), await credentials({ X509_CERT_DIR: otherCerts })))
  const key = readFileSync(proxy, 'utf8').split('PRIVATE KEY-----')[1]!.split('\n')[1]!
  equal(key.length, 64)
  not.match(message, key)
})

test.run()
