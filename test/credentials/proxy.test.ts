import { execFileSync } from 'node:child_process'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { inspect } from 'node:util'
import { test } from 'uvu'
import { equal, is, not, ok, throws } from 'uvu/assert'
import { UsageError } from '../../lib/core/errors.js'
import { findProxy, loadProxy, proxyForJobs } from '../../lib/credentials/proxy.js'
import { certificateMaker, hasOpenssl, makeCertificates, PROXY } from '../support/certificates.js'
import { scratch } from '../support/cli.js'
import { testIf } from '../support/tools.js'

const files = scratch()
const certificates = hasOpenssl ? makeCertificates(files.dir) : null
/** Other files' tests may run in between. */
const made = Date.now()
const { sign, text, bundle } = certificateMaker(files.dir)
const tlsTest = testIf(test, certificates, 'openssl')
const DAY = 24 * 3600 * 1000

test('the proxy is where X509_USER_PROXY says, else in /tmp by the number of the user, whatever TMPDIR says', () => {
  is(findProxy({ X509_USER_PROXY: '/a/b' }), '/a/b')
  is(findProxy({ TMPDIR: '/scratch' }), `/tmp/x509up_u${process.getuid!()}`)
  is(findProxy({ X509_USER_PROXY: '' }), `/tmp/x509up_u${process.getuid!()}`)
})

test('where there is no proxy, the error says how to make one', () => {
  const path = files.path('none')
  throws(
    () => loadProxy(path),
    `${path}: no grid proxy here (X509_USER_PROXY, else /tmp/x509up_u<uid>). Make one: voms-`,
  )
  throws(() => loadProxy(files.dir), /the grid proxy cannot be read \(EISDIR/)
})

test('devices, pipes and large files are not read', () => {
  throws(() => loadProxy('/dev/null'), /the grid proxy cannot be read \(it is no regular file\)/)
  execFileSync('mkfifo', [files.path('pipe')])
  throws(() => loadProxy(files.path('pipe')), /the grid proxy cannot be read \(it is no regular file\)/)
  writeFileSync(files.path('large'), Buffer.alloc(1_000_001))
  throws(() => loadProxy(files.path('large')), /the grid proxy cannot be read \(1000001 bytes, at most 1000000/)
})

test('a file that holds no certificate, or a damaged one, is no proxy', () => {
  const path = files.path('odd.pem')
  writeFileSync(path, 'hello')
  throws(() => loadProxy(path), /is no grid proxy \(it has no certificate\)\. Make one/)
  const block = (what: string) => `-----BEGIN ${what}-----\nAAAA\n-----END ${what}-----\n`
  writeFileSync(path, block('CERTIFICATE') + block('PRIVATE KEY'))
  throws(() => loadProxy(path), /is no grid proxy \(a certificate in it cannot be read\)/)
})

tlsTest('a certificate without its key is no proxy', () => {
  throws(() => loadProxy(files.path('user.pem')), /is no grid proxy \(it has no private key\)/)
})

tlsTest('keys that are damaged, locked, or of another certificate are told', () => {
  const load = (key: string) => () => loadProxy(bundle('bad-key', text('proxy.pem'), key, text('user.pem')))
  throws(load(text('user.key')), /is no grid proxy \(its key is not that of its certificate\)\. Make one/)
  throws(load(text('proxy.key').replace('M', 'A')), /is no grid proxy \(its key cannot be read\)/)
  const locked = ['-in', files.path('proxy.key'), '-aes128', '-passout', 'pass:x']
  throws(
    load(execFileSync('openssl', ['pkey', ...locked], { encoding: 'utf8' })),
    /is no grid proxy \(its key is locked with a passphrase\)/,
  )
  throws(
    load(execFileSync('openssl', ['ec', ...locked], { encoding: 'utf8', stdio: 'pipe' })),
    /is no grid proxy \(its key is locked with a passphrase\)/,
  )
})

tlsTest('a proxy is good until the first of its certificates expires', () => {
  const { expires, pem } = loadProxy(certificates!.proxy)
  equal(pem, readFileSync(certificates!.proxy, 'utf8'))
  const lasts = expires.getTime() - made
  is(lasts > DAY - 600_000 && lasts <= DAY, true)
  throws(() => loadProxy(certificates!.proxy, expires), /the grid proxy expired at/)
  throws(() => loadProxy(certificates!.expiredProxy), /the grid proxy expired at/)
  throws(() => proxyForJobs(certificates!.expiredProxy, true), /the grid proxy expired at/)
  is(proxyForJobs(certificates!.expiredProxy, false), null)
  is(proxyForJobs(certificates!.proxy, false)!.pem, pem)
})

tlsTest('a proxy that is not valid yet speaks of the clock', () => {
  const early = new Date(Date.now() - DAY)
  throws(() => loadProxy(certificates!.proxy, early), /is valid from .*Z only \(the clock of this machine says .*Z\)/)
})

tlsTest('a proxy that others may read is refused, with the command that mends it', () => {
  const path = bundle('open', readFileSync(certificates!.proxy, 'utf8'))
  for (const mode of [0o640, 0o604, 0o660]) {
    chmodSync(path, mode)
    const bits = mode.toString(8).padStart(4, '0')
    throws(
      () => loadProxy(path),
      `${path}: others may read this grid proxy (mode ${bits}, wanted 0600). chmod 600 ${path}`,
    )
  }
  chmodSync(path, 0o400)
  loadProxy(path)
})

tlsTest('the user is the first who is no proxy, through proxies of proxies and those of old tools', () => {
  sign('second', '/CN=Test user/CN=1/CN=77', 'proxy', 1, PROXY)
  sign('old', '/CN=Test user/CN=proxy', 'user', 1, '')
  sign('limited', '/CN=Test user/CN=proxy/CN=limited proxy', 'old', 1, '')
  const chains = { second: ['proxy', 'user'], old: ['user'], limited: ['old', 'user', 'ca'] }
  for (const [name, issuers] of Object.entries(chains)) {
    const path = bundle('chain', text(`${name}.pem`), text(`${name}.key`), ...issuers.map(one => text(`${one}.pem`)))
    const { identity, userCertificate, certificates, key } = loadProxy(path)
    is(identity, '/CN=Test user')
    is(userCertificate.subject, 'CN=Test user')
    is(certificates.length, issuers.length + 1)
    is(certificates[0]!.checkPrivateKey(key), true)
  }
  throws(
    () => loadProxy(bundle('chain', text('proxy.pem'), text('proxy.key'))),
    /is no grid proxy \(the user's own certificate is missing in it\)/,
  )
})

tlsTest('a proxy that the next certificate did not sign is refused', () => {
  sign('another', '/CN=Test user', 'ca', 1, 'basicConstraints=CA:FALSE\n')
  const path = bundle('unsigned', text('proxy.pem'), text('proxy.key'), text('another.pem'))
  throws(() => loadProxy(path), /is no grid proxy \(its certificate 1 is not signed by the next\)\. Make one/)
})

tlsTest("a user's own certificate with its key serves as well", () => {
  is(loadProxy(bundle('plain', text('user.pem'), text('user.key'))).identity, '/CN=Test user')
})

tlsTest('names are written as grid services write them', () => {
  const subject = '/DC=ch/DC=cern/OU=Users/O=A B/UID=x/emailAddress=a@b.c/CN=Zoe'
  sign('named', subject, 'ca', 1, 'basicConstraints=CA:FALSE\n')
  const openssl = ['x509', '-in', files.path('named.pem'), '-noout', '-subject', '-nameopt', 'compat']
  is(execFileSync('openssl', openssl, { encoding: 'utf8' }).trim(), `subject=${subject}`)
  is(loadProxy(bundle('named', text('named.pem'), text('named.key'))).identity, subject)
})

tlsTest('secrets are not printed with a proxy', () => {
  const proxy = loadProxy(certificates!.proxy)
  const secret = text('proxy.key').split('\n')[1]!
  ok(proxy.pem.includes(secret))
  for (const shown of [
    JSON.stringify(proxy),
    inspect(proxy, { depth: 9 }),
    String(proxy),
    JSON.stringify({ ...proxy }),
  ])
    not.match(shown, secret)
})

tlsTest('a proxy damaged at any byte is read, or refused in words without secrets', () => {
  const whole = readFileSync(certificates!.proxy)
  const path = bundle('damaged', '')
  const secrets = text('proxy.key').split('\n').slice(1, -2)
  let refused = 0
  for (let at = 0; at < whole.length; at += 5) {
    for (const bytes of [whole.subarray(0, at), Buffer.from(whole)]) {
      if (bytes.length === whole.length) bytes[at]! ^= 1 << (at % 7)
      writeFileSync(path, bytes)
      try {
        loadProxy(path)
      } catch (error) {
        if (!(error instanceof UsageError)) throw new Error(`byte ${at}`, { cause: error })
        ok(!secrets.some(secret => error.message.includes(secret.slice(0, 20))), error.message)
        refused++
      }
    }
  }
  ok(refused > whole.length / 5, `${refused} refused`)
})

test.after(() => files.remove())

test.run()
