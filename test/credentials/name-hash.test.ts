/** Names of files of authorities. */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { rootCertificates } from 'node:tls'
import { test } from 'uvu'
import { equal, ok } from 'uvu/assert'
import { parseCertificates, readCertificate } from '../../lib/credentials/certificate.js'
import { encodeTlv } from '../../lib/credentials/der.js'
import { nameHash, oldNameHash } from '../../lib/credentials/name-hash.js'
import { hasOpenssl } from '../support/certificates.js'
import { testIf } from '../support/tools.js'
import { makeName, oid, sequence } from '../support/x509-maker.js'

test('ISRG Root X1 has the names that every Linux gives it', () => {
  const found = rootCertificates
    .flatMap(pem => parseCertificates(pem))
    .find(one => one.subject.includes('CN=ISRG Root X1'))
  const { subject } = readCertificate(found!.raw)
  // /etc/ssl/certs/4042bcee.0; openssl x509 -subject_hash_old
  equal([nameHash(subject), oldNameHash(subject)], ['4042bcee', '6187b673'])
})

test('letters of any case, further blanks and the way of writing do not matter to the new name', () => {
  const plain = makeName(['DC=test', 'CN=some name'])
  for (const other of [
    makeName(['DC=Test', 'CN=Some Name']),
    makeName(['DC=test', 'CN= some \t name ']),
    makeName(['DC=test', 'CN=some name'], 0x13),
    makeName(['DC=test', 'CN=some name'], 0x16),
  ]) {
    equal(nameHash(other), nameHash(plain))
    ok(oldNameHash(other) !== oldNameHash(plain))
  }
  ok(nameHash(makeName(['CN=some name', 'DC=test'])) !== nameHash(plain))
})

test('texts of two and of four bytes a letter count as the same text', () => {
  const named = (tag: number, text: Buffer) => sequence(encodeTlv(0x31, sequence(oid('2.5.4.3'), encodeTlv(tag, text))))
  const text = 'Größe €'
  const utf32 = Buffer.concat(
    [...text].map(letter => {
      const bytes = Buffer.alloc(4)
      bytes.writeUInt32BE(letter.codePointAt(0)!)
      return bytes
    }),
  )
  const hashes = [
    named(0x0c, Buffer.from(text)),
    named(0x1e, Buffer.from(text, 'utf16le').swap16()),
    named(0x1c, utf32),
  ].map(nameHash)
  equal(new Set(hashes).size, 1)
})

const FOLDER = '/etc/ssl/certs'
const files = (() => {
  try {
    return readdirSync(FOLDER).sort()
  } catch {
    return []
  }
})()
const links = files.filter(name => /^[0-9a-f]{8}\.\d$/.test(name))

function subjectOf(name: string): Buffer {
  return readCertificate(parseCertificates(readFileSync(join(FOLDER, name), 'latin1'))[0]!.raw).subject
}

testIf(
  test,
  links.length > 0,
  `names by openssl rehash in ${FOLDER}`,
)('all authorities of this machine have the names that their files have', () => {
  equal(
    links.map(name => nameHash(subjectOf(name))),
    links.map(name => name.slice(0, 8)),
  )
})

testIf(
  test,
  hasOpenssl && files.length > 0,
  `openssl and certificates in ${FOLDER}`,
)('both names are those of openssl', () => {
  // One process for each takes 80 ms where the machine is busy: some only.
  const some = files.filter(name => name.endsWith('.pem')).filter((_, i) => i % 12 === 0)
  const command = 'for f; do openssl x509 -in "$f" -noout -subject_hash -subject_hash_old; done'
  const { stdout } = spawnSync('sh', ['-c', command, 'sh', ...some], { encoding: 'utf8', cwd: FOLDER })
  equal(
    some.map(subjectOf).flatMap(subject => [nameHash(subject), oldNameHash(subject)]),
    stdout.trim().split('\n'),
  )
})

test.run()
