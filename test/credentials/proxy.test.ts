import { readFileSync, writeFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, is, throws } from 'uvu/assert'
import { findProxy, loadProxy } from '../../lib/credentials/proxy.js'
import { hasOpenssl, makeCertificates } from '../support/certificates.js'
import { scratch } from '../support/cli.js'
import { testIf } from '../support/tools.js'

const files = scratch()
const certificates = hasOpenssl ? makeCertificates(files.dir) : null
const tlsTest = testIf(test, certificates, 'openssl')
const DAY = 24 * 3600 * 1000

test('the proxy is where X509_USER_PROXY says, else in /tmp by the number of the user', () => {
  is(findProxy({ X509_USER_PROXY: '/a/b' }), '/a/b')
  is(findProxy({}), `/tmp/x509up_u${process.getuid!()}`)
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

tlsTest('a proxy is good until the first of its certificates expires', () => {
  const { expires, pem } = loadProxy(certificates!.proxy)
  equal(pem, readFileSync(certificates!.proxy, 'utf8'))
  const left = expires.getTime() - Date.now()
  is(left > DAY - 600_000 && left <= DAY, true)
  throws(() => loadProxy(certificates!.proxy, expires), /the grid proxy expired at/)
  throws(() => loadProxy(certificates!.expiredProxy), /the grid proxy expired at/)
})

test.after(() => files.remove())

test.run()
