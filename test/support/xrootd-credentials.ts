/** Credentials for the stock servers of the tests: authorities, proxies, tokens, tickets and keys, each made once a process with the
 *  stock programs. */

import { once } from 'node:events'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { atExit, haveProgram, makeWorkFolder, recipe, runProgram } from './xrootd-recipes.js'

export interface TestPki {
  /** Holds the files of pki.sh: cacert.pem, usercert.pem, userkey.pem, hostcert.pem, hostkey.pem ... Other users may read what is
   *  no key. */
  readonly folder: string
  /** Trusted authorities: the value of X509_CERT_DIR. */
  readonly certs: string
  /** Trusts an authority of the same name that has another key: it signed nothing here. */
  readonly otherCerts: string
  /** RFC 3820 proxy with its key and the user's certificate: the value of X509_USER_PROXY. */
  readonly proxy: string
  /** The same with a VOMS attribute of `cms`; null without voms-proxy-fake. */
  readonly vomsProxy: string | null
  /** Value of X509_VOMS_DIR for the servers. */
  readonly vomsDir: string
  /** A proxy that has expired. */
  readonly expired: string
}

export interface TestTokens {
  /** Files that hold one token each: the value of BEARER_TOKEN_FILE. The first may only read. */
  readonly read: string
  readonly write: string
  readonly expired: string
  /** The servers' XDG_CACHE_HOME, with the issuer's keys. */
  readonly cache: string
}

export interface TestRealm {
  /** Value of KRB5_CONFIG. */
  readonly config: string
  /** Value of KRB5CCNAME: a ticket of `tester`. */
  readonly tickets: string
  /** The key of xrootd/localhost. */
  readonly serverKeys: string
  readonly userKeys: string
}

export const testPki = onceOnly(async (): Promise<TestPki> => {
  const folder = makeWorkFolder('pki')
  const other = makeWorkFolder('other-ca')
  await Promise.all([runProgram('sh', [recipe('pki.sh'), folder]), makeOtherAuthority(other)])
  const certs = join(folder, 'certs')
  const vomsDir = join(folder, 'vomsdir')
  mkdirSync(join(vomsDir, 'cms'), { recursive: true })
  writeFileSync(join(vomsDir, 'cms', 'voms.test.lsc'), '/DC=test/CN=localhost\n/DC=test/CN=Test CA\n')
  const vomsProxy = haveProgram('voms-proxy-fake') ? join(folder, 'vomsproxy.pem') : null
  if (vomsProxy !== null) await makeVomsProxy(folder, vomsProxy)
  const [proxy, expired] = [join(folder, 'proxy.pem'), join(folder, 'expired.pem')]
  return { folder, certs, otherCerts: other, proxy, vomsProxy, vomsDir, expired }
})

export const testTokens = onceOnly(async (): Promise<TestTokens> => {
  const folder = makeWorkFolder('tokens')
  const keys = await runProgram(process.execPath, [recipe('token.mjs'), folder, 'https://localhost/test'])
  const cache = join(folder, 'cache')
  const seed = runProgram('sh', ['-c', 'printf %s "$KEYS" | python3 "$0" "$1"', recipe('seed-keycache.py'), cache], {
    env: { KEYS: keys },
  })
  await seed
  const at = (name: string) => join(folder, name)
  return { read: at('token'), write: at('token-rw'), expired: at('token-expired'), cache }
})

export const testRealm = onceOnly(async (): Promise<TestRealm> => {
  const folder = makeWorkFolder('kdc')
  await runProgram('sh', [recipe('krb5-up.sh'), folder, String(await freePort())])
  const pid = Number(readFileSync(join(folder, 'kdc.pid'), 'utf8'))
  atExit(() => process.kill(pid, 'SIGKILL'))
  return {
    config: join(folder, 'krb5.conf'),
    tickets: `FILE:${join(folder, 'ccache')}`,
    serverKeys: join(folder, 'server.keytab'),
    userKeys: join(folder, 'user.keytab'),
  }
})

/** A key file for the `sss` method: the client's XrdSecSSSKT, and the server's own. */
export const testSharedKey = onceOnly(async (): Promise<string> => {
  const file = join(makeWorkFolder('sss'), 'sss.keytab')
  const command = 'echo y | xrdsssadmin -k test -u anybody -g usrgroup add "$0" && chmod 600 "$0"'
  await runProgram('sh', ['-c', command, file])
  return file
})

/** Copies for a server's own folder, with the names that the recipes want. */
export function copyHostCertificate(pki: TestPki, folder: string): void {
  for (const name of ['hostcert.pem', 'hostkey.pem']) cpSync(join(pki.folder, name), join(folder, name))
}

function onceOnly<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => (made ??= make())
}

async function makeOtherAuthority(folder: string): Promise<void> {
  const key = ['-newkey', 'rsa:2048', '-nodes', '-keyout', join(folder, 'key.pem'), '-out', join(folder, 'ca.pem')]
  await runProgram('openssl', ['req', '-x509', '-days', '3650', '-subj', '/DC=test/CN=Test CA', ...key])
  const hash = (await runProgram('openssl', ['x509', '-in', join(folder, 'ca.pem'), '-noout', '-hash'])).trim()
  cpSync(join(folder, 'ca.pem'), join(folder, `${hash}.0`))
  const policy = `access_id_CA X509 '/DC=test/CN=Test CA'\npos_rights globus CA:sign\ncond_subjects globus '"/DC=test/*"'\n`
  writeFileSync(join(folder, `${hash}.signing_policy`), policy)
}

async function makeVomsProxy(folder: string, out: string): Promise<void> {
  const files = '-cert usercert.pem -key userkey.pem -certdir certs -hostcert hostcert.pem -hostkey hostkey.pem'
  const attribute = '-voms cms -uri voms.test:15000 -fqan /cms/Role=NULL/Capability=NULL'
  const args = `-rfc ${files} ${attribute} -hours 100`.split(' ')
  // It keeps the state of its random numbers in the user's folder.
  await runProgram('voms-proxy-fake', [...args, '-out', out], { cwd: folder, env: { HOME: folder } })
}

/** A port that was free a moment ago: the KDC cannot be handed a socket. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
