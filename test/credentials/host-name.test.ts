/** For which host a certificate is. */
import { test } from 'uvu'
import { equal } from 'uvu/assert'
import { isForHost } from '../../lib/credentials/host-name.js'
import { alternativeNames, makeCertificate, rsaKeys } from '../support/x509-maker.js'

function certificate(subject: readonly string[], names: readonly string[] = [], addresses: readonly number[][] = []) {
  const isNamed = names.length + addresses.length > 0
  const extensions = isNamed ? [alternativeNames(names, addresses)] : []
  return makeCertificate({ subject, keys: rsaKeys(), extensions }).certificate
}

test('alternative names count, whatever their case', () => {
  const one = certificate(['CN=other.example'], ['a.example', 'B.example'])
  equal(
    ['a.example', 'A.Example', 'b.example', 'a.example.', 'c.example', 'a.example.org', 'xa.example', ''].map(name =>
      isForHost(one, name),
    ),
    [true, true, true, true, false, false, false, false],
  )
})

test('where there are alternative names, the common name does not count', () => {
  equal(isForHost(certificate(['CN=other.example'], ['a.example']), 'other.example'), false)
})

test('without alternative names the last common name counts, and may begin with a service', () => {
  equal(isForHost(certificate(['DC=test', 'CN=a.example']), 'a.example'), true)
  equal(isForHost(certificate(['DC=test', 'CN=host/A.example']), 'a.example'), true)
  equal(isForHost(certificate(['CN=a.example', 'CN=somebody']), 'a.example'), false)
  equal(isForHost(certificate(['O=a.example']), 'a.example'), false)
  equal(isForHost(certificate(['CN=*.example']), 'a.example'), false)
})

test('an asterisk stands for one whole label, the first', () => {
  const wild = certificate(['CN=x'], ['*.site.example', 'xr*.part.example', 'a.*.example'])
  equal(
    ['a.site.example', 'a.b.site.example', 'site.example', '.site.example', 'xr1.part.example', 'a.b.example'].map(
      name => isForHost(wild, name),
    ),
    [true, false, false, false, false, false],
  )
})

test('addresses are looked for among addresses only', () => {
  const one = certificate(
    ['CN=127.0.0.2'],
    ['127.0.0.3'],
    [
      [127, 0, 0, 1],
      [...new Array(15).fill(0), 1],
    ],
  )
  equal(
    ['127.0.0.1', '::1', '127.0.0.2', '127.0.0.3'].map(name => isForHost(one, name)),
    [true, true, false, false],
  )
  equal(isForHost(certificate(['CN=127.0.0.2']), '127.0.0.2'), false)
})

test.run()
