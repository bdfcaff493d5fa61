/** Chains of certificates against a folder of authorities. */
import { createSign } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'uvu'
import { equal, match } from 'uvu/assert'
import { encodeTlv, TAG } from '../../lib/credentials/der.js'
import { nameHash, oldNameHash } from '../../lib/credentials/name-hash.js'
import { chainProblem, type TrustOptions } from '../../lib/credentials/verify-chain.js'
import {
  alternativeNames,
  basicConstraints,
  extension,
  integer,
  keyUsage,
  type Made,
  makeCertificate,
  makeName,
  oid,
  rsaKeys,
  sequence,
  time,
} from '../support/x509-maker.js'

const folders: string[] = []
test.after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tnp-trust-'))
  folders.push(folder)
  return folder
}

/** A folder that trusts these. */
function trust(...authorities: Made[]): string {
  const folder = newFolder()
  for (const { certificate, name } of authorities) {
    const taken = readdirSync(folder).filter(file => file.startsWith(nameHash(name))).length
    writeFileSync(join(folder, `${nameHash(name)}.${taken}`), certificate.toString())
  }
  return folder
}

const [rootKeys, middleKeys, keys] = [rsaKeys(true), rsaKeys(true), rsaKeys(true)]
const AUTHORITY = [basicConstraints(true), keyUsage(0x06)]
const root = makeCertificate({ subject: ['DC=test', 'CN=Root'], keys: rootKeys, extensions: AUTHORITY })
const middle = makeCertificate({
  subject: ['DC=test', 'CN=Middle'],
  keys: middleKeys,
  issuer: root,
  extensions: AUTHORITY,
})
const leafBelow = (issuer: Made, more: object = {}) =>
  makeCertificate({ subject: ['DC=test', 'CN=leaf'], keys, issuer, extensions: [alternativeNames(['leaf'])], ...more })

function problem(chain: readonly Made[], folder: string, more: Partial<TrustOptions> = {}): Promise<string | null> {
  return chainProblem(
    chain.map(one => one.certificate),
    { folder, ...more },
  )
}

test('a certificate is good below a root of the folder, below an authority that was shown or that the folder has', async () => {
  equal(await problem([leafBelow(root)], trust(root)), null)
  equal(await problem([leafBelow(middle), middle], trust(root)), null)
  equal(await problem([leafBelow(middle)], trust(root, middle)), null)
  equal(await problem([leafBelow(middle), root, middle], trust(root)), null)
})

test('the old names of files are looked for as well, and blocks of OpenSSL for trusted certificates read', async () => {
  const folder = newFolder()
  const trusted = Buffer.concat([root.certificate.raw, sequence(sequence(oid('1.3.6.1.5.5.7.3.1')))])
  const pem = `-----BEGIN TRUSTED CERTIFICATE-----\n${trusted.toString('base64')}\n-----END TRUSTED CERTIFICATE-----\n`
  writeFileSync(join(folder, `${oldNameHash(root.name)}.0`), `some text\n${pem}`)
  equal(await problem([leafBelow(root)], folder), null)
})

test('an authority that has changed its key has a file a key', async () => {
  const older = makeCertificate({ subject: ['DC=test', 'CN=Root'], extensions: AUTHORITY })
  equal(await problem([leafBelow(root)], trust(older, root)), null)
  match((await problem([leafBelow(root)], trust(older)))!, /is not signed by the authority \/DC=test\/CN=Root in/)
})

test('nothing that was shown is trusted for itself', async () => {
  const empty = newFolder()
  match((await problem([leafBelow(root), root], empty))!, /CN=Root is signed by \/DC=test\/CN=Root, which is not in/)
  match((await problem([leafBelow(middle), middle], empty))!, /which is not in/)
  match((await problem([leafBelow(middle)], trust(root)))!, /is signed by \/DC=test\/CN=Middle, which is not in/)
  // An authority between, in the folder without its root: no end.
  match((await problem([leafBelow(middle)], trust(middle)))!, /Root, which is not in/)
  const self = makeCertificate({ subject: ['CN=leaf'], keys })
  match((await problem([self], trust(root)))!, /which is not in/)
  equal(await problem([], trust(root)), 'no certificate was shown')
})

test('only authorities may sign', async () => {
  const user = leafBelow(root, { subject: ['DC=test', 'CN=user'], extensions: [basicConstraints(false)] })
  match((await problem([leafBelow(user), user], trust(root)))!, /CN=user is no authority/)
  const bare = leafBelow(root, { subject: ['DC=test', 'CN=user'], extensions: [alternativeNames(['x'])] })
  match((await problem([leafBelow(bare), bare], trust(root)))!, /CN=user is no authority/)
  const noSigning = leafBelow(root, { subject: ['CN=odd'], extensions: [basicConstraints(true), keyUsage(0x80)] })
  // OpenSSL does not take it for an issuer in the first place.
  match((await problem([leafBelow(noSigning), noSigning], trust(root)))!, /CN=odd/)
})

test('an authority may limit how many stand below it', async () => {
  const narrow = makeCertificate({
    subject: ['CN=Narrow'],
    keys: rootKeys,
    extensions: [basicConstraints(true, 0), keyUsage(0x06)],
  })
  equal(await problem([leafBelow(narrow)], trust(narrow)), null)
  const between = makeCertificate({ subject: ['CN=Between'], keys: middleKeys, issuer: narrow, extensions: AUTHORITY })
  match(
    (await problem([leafBelow(between), between], trust(narrow)))!,
    /CN=Narrow allows 0 authorities below it \(got 1\)/,
  )
})

test('every certificate of the chain has to be valid now', async () => {
  match((await problem([leafBelow(root, { to: -0.5 })], trust(root)))!, /CN=leaf expired at/)
  match((await problem([leafBelow(root, { from: 0.5 })], trust(root)))!, /CN=leaf is valid from .* on only/)
  const oldRoot = makeCertificate({ subject: ['DC=test', 'CN=Root'], keys: rootKeys, to: -0.5, extensions: AUTHORITY })
  match((await problem([leafBelow(oldRoot)], trust(oldRoot)))!, /CN=Root expired at/)
  equal(await problem([leafBelow(root)], trust(root), { now: new Date(Date.now() + 3600_000) }), null)
  match((await problem([leafBelow(root)], trust(root), { now: new Date(Date.now() + 100 * 3600_000) }))!, /expired at/)
})

test('a signature of another key, or by SHA-1, is none', async () => {
  const impostor = makeCertificate({ subject: ['DC=test', 'CN=Root'], extensions: AUTHORITY })
  match((await problem([leafBelow(impostor)], trust(root)))!, /is not signed by the authority/)
  match((await problem([leafBelow(root, { digest: 'sha1' })], trust(root)))!, /signed by way of MD5 or SHA-1/)
  // What the folder holds is trusted for being there.
  const oldRoot = makeCertificate({
    subject: ['DC=test', 'CN=Root'],
    keys: rootKeys,
    digest: 'sha1',
    extensions: AUTHORITY,
  })
  equal(await problem([leafBelow(oldRoot)], trust(oldRoot)), null)
})

test('a critical extension that is not known refuses the certificate', async () => {
  const odd = extension('1.2.3.4', true, encodeTlv(TAG.null))
  match((await problem([leafBelow(root, { extensions: [odd] })], trust(root)))!, /critical extension 1\.2\.3\.4/)
  const harmless = extension('1.2.3.4', false, encodeTlv(TAG.null))
  equal(await problem([leafBelow(root, { extensions: [harmless] })], trust(root)), null)
})

test('names with parts of unusual kinds are told as well', async () => {
  const numeric = 0x12
  const issuer = { ...root, name: makeName(['CN=12 34'], numeric) }
  const leaf = makeCertificate({ subject: ['CN=x'], keys, issuer })
  match((await problem([leaf], trust(root)))!, /CN=x is signed by \/CN=12 34, which is not in/)
})

test('authorities that sign each other in a circle come to an end', async () => {
  const a0 = makeCertificate({ subject: ['CN=A'], keys: rootKeys, extensions: AUTHORITY })
  const b = makeCertificate({ subject: ['CN=B'], keys: middleKeys, issuer: a0, extensions: AUTHORITY })
  const a = makeCertificate({ subject: ['CN=A'], keys: rootKeys, issuer: b, extensions: AUTHORITY })
  match((await problem([leafBelow(a), a, b], newFolder()))!, /longer than 8/)
})

/** A list of the root's. */
function list(serials: readonly Buffer[], next: number, signer = rootKeys, issuer = root.name): string {
  const algorithm = sequence(oid('1.2.840.113549.1.1.11'), encodeTlv(TAG.null))
  const entries = serials.map(serial => sequence(integer(serial), time(-1)))
  const revoked = entries.length === 0 ? [] : [sequence(...entries)]
  const body = sequence(integer(Buffer.of(1)), algorithm, issuer, time(-2), time(next), ...revoked)
  const signature = createSign('sha256').update(body).sign(signer.privateKey)
  const der = sequence(body, algorithm, encodeTlv(TAG.bitString, Buffer.of(0), signature))
  return `-----BEGIN X509 CRL-----\n${der.toString('base64')}\n-----END X509 CRL-----\n`
}

test('what is on a list of revoked certificates is refused, and only that', async () => {
  const folder = trust(root)
  const path = join(folder, `${nameHash(root.name)}.r0`)
  const serial = Buffer.of(0x5a, 0x17)
  const leaf = leafBelow(root, { serial })
  const warnings: string[] = []
  const told = async () => {
    warnings.length = 0
    return problem([leaf], folder, { warn: message => warnings.push(message) })
  }
  writeFileSync(path, list([Buffer.of(3), serial], 1))
  match((await told())!, /CN=leaf has been revoked by \/DC=test\/CN=Root/)
  writeFileSync(path, list([Buffer.of(3), Buffer.of(0x5a, 0x17, 0), Buffer.of(0x17)], 1))
  equal([await told(), warnings], [null, []])
  writeFileSync(path, list([], 1))
  equal([await told(), warnings], [null, []])
  writeFileSync(path, list([serial], -1))
  match((await told())!, /revoked/)
  match(warnings[0]!, /out of date/)
  writeFileSync(path, list([serial], 1, keys))
  equal(await told(), null)
  match(warnings[0]!, /is not signed by \/DC=test\/CN=Root, and is left out/)
  // One list a key of the authority.
  writeFileSync(join(folder, `${nameHash(root.name)}.r1`), list([serial], 1))
  match((await told())!, /revoked/)
})

test('damaged lists never throw', async () => {
  const folder = trust(root)
  const path = join(folder, `${nameHash(root.name)}.r0`)
  const whole = Buffer.from(list([Buffer.of(1), Buffer.of(2)], 1).split('\n')[1]!, 'base64')
  const leaf = leafBelow(root)
  for (let length = 0; length < whole.length; length += 7) {
    writeFileSync(path, whole.subarray(0, length))
    equal(await problem([leaf], folder), null)
  }
})

test.run()
