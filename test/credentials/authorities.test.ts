import { X509Certificate } from 'node:crypto'
import { chmodSync, mkdirSync, symlinkSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { rootCertificates } from 'node:tls'
import { test } from 'uvu'
import { equal, is, not, ok, throws } from 'uvu/assert'
import {
  authoritiesFolder,
  certificatesIn,
  folderAuthorities,
  trustedAuthorities,
} from '../../lib/credentials/authorities.js'
import { clientContext } from '../../lib/credentials/client-context.js'
import { encodeTlv } from '../../lib/credentials/der.js'
import { scratch } from '../support/cli.js'
import { testIf } from '../support/tools.js'

// Node's own authorities stand for those of the grid.
const files = scratch()
const [first, second, third] = rootCertificates.slice(0, 3) as [string, string, string]
const raw = (pem: string) => new X509Certificate(pem).raw.toString('base64')

function folder(name: string, content: Readonly<Record<string, string>>): string {
  mkdirSync(files.path(name), { recursive: true })
  for (const [file, text] of Object.entries(content)) writeFileSync(files.path(`${name}/${file}`), text)
  return files.path(name)
}

/** As `openssl x509 -trustout` writes it: purposes behind the certificate. */
function trustedBlock(pem: string): string {
  const purposes = encodeTlv(0x30, encodeTlv(0x30, encodeTlv(0x06, Buffer.from('2b06010505070301', 'hex'))))
  const bytes = Buffer.concat([new X509Certificate(pem).raw, purposes])
  const lines = bytes.toString('base64').replaceAll(/.{64}/g, '$&\n')
  return `-----BEGIN TRUSTED CERTIFICATE-----\n${lines}\n-----END TRUSTED CERTIFICATE-----\n`
}

test('files *.pem and HASH.0 of the folder are read, each certificate once', () => {
  const dir = folder('named', {
    'one.pem': `text in front\n${first}\n`,
    '0a1b2c3d.0': second,
    '0a1b2c3d.1': `${first}\r\n`.replaceAll('\n', '\r\n'),
    '0a1b2c3d.r0': third,
    'two.signing_policy': third,
    'two.info': third,
  })
  symlinkSync('one.pem', files.path('named/5f6e7d8c.0'))
  symlinkSync('gone.pem', files.path('named/gone.pem'))
  equal(folderAuthorities(dir).map(raw).sort(), [raw(first), raw(second)].sort())
})

test('trusted certificates give way to the plain ones in the same file, and else are cut to plain ones', () => {
  equal(certificatesIn(trustedBlock(first) + first).map(raw), [raw(first), raw(first)])
  equal(folderAuthorities(folder('both', { 'a.pem': trustedBlock(first) + first })).map(raw), [raw(first)])
  const [cut] = certificatesIn(trustedBlock(second))
  is(raw(cut!), raw(second))
  not.match(cut!, 'TRUSTED')
})

test('damaged certificates are left out, and the others kept', () => {
  const broken = first.replace(/.{20}\n-----END/, '\n-----END')
  equal(certificatesIn(`${broken}\n${second}`).map(raw), [raw(second)])
  equal(certificatesIn('-----BEGIN CERTIFICATE-----\n%%%%\n-----END CERTIFICATE-----\n'), [])
})

test('the folder is that of X509_CERT_DIR, else the first of the usual ones that holds authorities', () => {
  is(authoritiesFolder({ X509_CERT_DIR: '/a/b' }), '/a/b')
  const home = folder('home', {})
  const usual = authoritiesFolder({ HOME: home })
  ok(usual === null || !usual.startsWith(home))
  if (usual !== null) return
  folder('home/.globus', {})
  folder('home/.globus/certificates', { 'a.pem': first })
  is(authoritiesFolder({ HOME: home, X509_CERT_DIR: '' }), files.path('home/.globus/certificates'))
})

test("trusted are Node's own, those of NODE_EXTRA_CA_CERTS, and those of the folder, each once", () => {
  const env = { X509_CERT_DIR: folder('trust', { 'a.pem': trustedBlock(first) }) }
  equal(trustedAuthorities(env).map(raw).sort(), rootCertificates.map(raw).sort())
})

test('a folder is read again when it changes, and the same list is given until then', () => {
  const env = { X509_CERT_DIR: folder('changing', { 'a.pem': first, 'b.pem': second }) }
  const before = trustedAuthorities(env)
  is(trustedAuthorities(env), before)
  is(clientContext(null, env), clientContext(null, env))
  const context = clientContext(null, env)
  unlinkSync(files.path('changing/b.pem'))
  utimesSync(env.X509_CERT_DIR, new Date(), new Date(Date.now() + 5000))
  equal(folderAuthorities(env.X509_CERT_DIR).map(raw), [raw(first)])
  is.not(trustedAuthorities(env), before)
  is.not(clientContext(null, env), context)
})

test('a folder in X509_CERT_DIR that is not there, or holds no authorities, is told with the command that mends it', () => {
  const trusted = (path: string) => () => trustedAuthorities({ X509_CERT_DIR: path })
  throws(trusted(files.path('none')), /none: no such folder; .*\(X509_CERT_DIR\)\. export X509_CERT_DIR=\/cvmfs/)
  writeFileSync(files.path('file'), '')
  throws(trusted(files.path('file')), /file: this folder cannot be read \(ENOTDIR/)
  throws(trusted(folder('empty', { 'a.pem': 'hello' })), /empty: no certificates of authorities in this folder/)
})

testIf(
  test,
  process.getuid?.() !== 0,
  'another user than root',
)('a folder that may not be read is told', () => {
  const dir = folder('locked', { 'a.pem': first })
  chmodSync(dir, 0)
  try {
    throws(() => folderAuthorities(dir), /locked: this folder cannot be read \(EACCES/)
  } finally {
    chmodSync(dir, 0o700)
  }
})

test.after(() => files.remove())

test.run()
