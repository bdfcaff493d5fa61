/** gsi against a peer in this process: what no healthy server does. */
import { generateKeyPairSync, generatePrimeSync, randomInt } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'uvu'
import { equal, match, ok } from 'uvu/assert'
import { type GsiProxy, gsiAuth } from '../../../lib/bytes/xrootd/auth-gsi.js'
import { type AuthConnection, CredentialError } from '../../../lib/bytes/xrootd/authenticate.js'
import { agree } from '../../../lib/bytes/xrootd/gsi-keys.js'
import { BUCKET, bucket, encodeGsi } from '../../../lib/bytes/xrootd/gsi-message.js'
import { nameHash, oldNameHash } from '../../../lib/credentials/name-hash.js'
import { holdsOnce } from '../../support/holds-once.js'
import {
  alternativeNames,
  basicConstraints,
  integer,
  keyUsage,
  makeCertificate,
  rsaKeys,
  sequence,
} from '../../support/x509-maker.js'
import { decipher, type GsiPeer, type PeerOptions, peerOf } from './gsi-peer.js'

const HOST = 'data.example'
const folder = mkdtempSync(join(tmpdir(), 'tnp-gsi-'))
test.after(() => rmSync(folder, { recursive: true, force: true }))

const AUTHORITY = [basicConstraints(true), keyUsage(0x06)]
const root = makeCertificate({ subject: ['DC=test', 'CN=Root'], extensions: AUTHORITY })
writeFileSync(join(folder, `${nameHash(root.name)}.0`), root.certificate.toString())
const serverKeys = rsaKeys(true)
const server = makeCertificate({
  subject: ['CN=server'],
  issuer: root,
  keys: serverKeys,
  extensions: [alternativeNames([HOST])],
})
const user = makeCertificate({ subject: ['DC=test', 'CN=user'], issuer: root, keys: rsaKeys() })
const proxyMade = makeCertificate({ subject: ['DC=test', 'CN=user', 'CN=1'], issuer: user })
const proxy: GsiProxy = {
  certificates: [proxyMade.certificate, user.certificate],
  key: proxyMade.keys.privateKey,
  userCertificate: user.certificate,
}

interface Begun {
  readonly connection: AuthConnection
  readonly steps: AsyncGenerator<Uint8Array, void, Uint8Array>
  readonly first: Buffer
}

async function begin(
  peer: GsiPeer,
  more: { host?: string; parameters?: string; proxy?: GsiProxy } = {},
): Promise<Begun> {
  const method = gsiAuth({ loadProxy: () => more.proxy ?? proxy, authoritiesFolder: () => folder })
  const connection: AuthConnection = { host: more.host ?? HOST, port: 1094, isSecure: false, seal: null }
  const steps = method.begin(more.parameters ?? peer.parameters, connection)
  const { value } = await steps.next()
  return { connection, steps, first: Buffer.from(value as Uint8Array) }
}

/** The message of the CredentialError with which the client stops. */
async function refusal(faults: PeerOptions['faults'], more: { host?: string; version?: number } = {}): Promise<string> {
  const peer = peerOf(server, { ...(faults && { faults }), ...(more.version && { version: more.version }) })
  const { steps, first, connection } = await begin(peer, more)
  const message = await messageOf(steps.next(peer.answer(first)))
  equal(connection.seal, null)
  return message
}

async function messageOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
  } catch (error) {
    ok(error instanceof CredentialError, String(error))
    return error.message
  }
  throw new Error('it should have failed')
}

for (const version of [10400, 10600, 10700]) {
  test(`both sides prove who they are and have the same key (version ${version})`, async () => {
    const peer = peerOf(server, { version })
    const { connection, steps, first } = await begin(peer)
    equal(
      first.includes(`${nameHash(root.name)}|${oldNameHash(root.name)}`),
      true,
      "the hashes of the user's authority, not of the proxy's issuer",
    )
    const { value } = await steps.next(peer.answer(first))
    const { outer, inner, key, isTagSigned } = peer.open(value as Uint8Array)
    equal(isTagSigned, true)
    equal(bucket(outer, 'cipherNames').toString(), 'aes-128-cbc#16')
    equal(bucket(inner, 'certificates').toString(), proxy.certificates.map(String).join(''))
    equal(decipher(key, connection.seal!(Buffer.from('a hash'))).toString(), 'a hash')
    await steps.return()
    ok(connection.seal !== null)
  })
}

test('the client speaks no newer version than its own', async () => {
  const peer = peerOf(server)
  const { first } = await begin(peer, { parameters: 'v:10900,c:ssl,ca:1.0' })
  ok(first.includes(encodeGsi(0, [[BUCKET.version, Buffer.of(0, 0, 0x29, 0xcc)]]).subarray(8, 20)))
})

test('a key exchange with a long prime that OpenSSL does not know does not hold up the thread', async () => {
  // 2^3217 - 1 is prime.
  const prime = Buffer.concat([Buffer.of(1), Buffer.alloc(402, 0xff)])
  await holdsOnce(3, async () => {
    const before = performance.now()
    const { secret } = await agree(blobOf(prime, '1234567890'))
    const took = performance.now() - before
    equal(secret.length, prime.length)
    // 58 ms, and 3400 ms with createDiffieHellman, which tests the prime (measured on a busy machine).
    ok(took < 1000, `${took} ms`)
  })
})

function blobOf(prime: Buffer, digits: string): Buffer {
  const positive = prime[0]! & 0x80 ? Buffer.concat([Buffer.of(0), prime]) : prime
  const parameters = sequence(integer(positive), integer(Buffer.of(5))).toString('base64')
  const pem = `-----BEGIN DH PARAMETERS-----\n${parameters}\n-----END DH PARAMETERS-----\n`
  return Buffer.from(`${pem}---BPUB---${digits}---EPUB---`)
}

test('neither the key nor any other secret is in what is sent or told', async () => {
  const peer = peerOf(server)
  const { steps, first } = await begin(peer)
  const { value } = await steps.next(peer.answer(first))
  const { inner, key } = peer.open(value as Uint8Array)
  const all = Buffer.concat([first, value as Uint8Array, ...inner.buckets.values()])
  for (const secret of ['PRIVATE KEY', proxy.key.export({ type: 'pkcs8', format: 'der' }).subarray(100, 116), key]) {
    equal(all.includes(secret), false)
  }
})

test('a server that did not sign our tag with its own key is somebody else', async () => {
  const forged = /somebody may stand in between/
  match(await refusal({ signedTag: () => Buffer.from('another.') }), forged)
  // The rules of the old version in a conversation of the new one, and the other way round.
  match(await refusal({ signedTag: tag => tag }), forged)
  match(await refusal({ signedTag: tag => Buffer.concat([tag, tag]) }, { version: 10600 }), forged)
  const stranger = peerOf(server, { key: rsaKeys(true).privateKey })
  const { steps, first } = await begin(stranger)
  match(await messageOf(steps.next(stranger.answer(first))), forged)
})

test('a part of the key exchange that the server did not sign is not taken', async () => {
  match(await refusal({ blobKey: rsaKeys(true).privateKey }), /not signed by its certificate's key/)
})

test('only tags are signed, nothing that could be something else', async () => {
  for (const tag of ['abcdefghi', 'short', '', 'abcdefg\xff']) {
    match(await refusal({ tag: Buffer.from(tag, 'latin1') }), /a signature of something other than 8 ASCII letters/)
  }
})

test('the certificate has to be for the host that was asked for', async () => {
  match(
    await refusal({}, { host: 'other.example' }),
    /certificate is for DNS:data\.example, not for other\.example\. Use the name of the certificate in the URL$/,
  )
  match(await refusal({}, { host: '192.0.2.1' }), /not for 192\.0\.2\.1\. .*if a redirect led to this address/)
})

test('certificates of other authorities, of users as authorities, and without RSA are refused', async () => {
  const stray = makeCertificate({ subject: ['CN=Root of another'], extensions: AUTHORITY })
  const names = [alternativeNames([HOST])]
  const foreign = makeCertificate({ subject: ['CN=server'], issuer: stray, keys: serverKeys, extensions: names })
  const byUser = makeCertificate({ subject: ['CN=server'], issuer: user, keys: serverKeys, extensions: names })
  const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const noRsa = makeCertificate({ subject: ['CN=server'], issuer: root, keys: curve, extensions: names })
  const answerOf = async (made: typeof server, ...more: (typeof server)[]) => {
    const certificates = [made, ...more].map(one => one.certificate)
    const peer = peerOf(server, { certificates })
    const { steps, first } = await begin(peer)
    return messageOf(steps.next(peer.answer(first)))
  }
  match(await answerOf(foreign, stray), /cannot be trusted: .*CN=Root of another, which is not in/)
  match(await answerOf(byUser, user), /CN=user is no authority/)
  match(await answerOf(noRsa), /RSA keys \(got ec\)/)
})

test('a server that wants a proxy of its own does not get one', async () => {
  const peer = peerOf(server)
  const { steps, first, connection } = await begin(peer)
  await steps.next(peer.answer(first))
  const message = await messageOf(steps.next(encodeGsi(2002, [[BUCKET.main, 'anything']])))
  match(message, /asks for a proxy of its own in your name, which is not given.*--transport xrdcp/)
  equal(connection.seal, null)
})

test('what the server says instead of going on is told, without what a terminal would obey', async () => {
  const { steps } = await begin(peerOf(server))
  const words = encodeGsi(2000, [[BUCKET.message, 'no\x1b[31m such\nuser']])
  match(await messageOf(steps.next(words)), /does not go on with gsi \(step 2000: no \[31m such user\)/)
})

test('old servers and unknown modules and ciphers are named', async () => {
  const offer = (parameters: string) => messageOf(begin(peerOf(server), { parameters }))
  match(await offer('v:10300,c:ssl,ca:1.0'), /too old to be safe \(version 10300, wanted 10400\).*xrdcp/)
  match(await offer(''), /too old/)
  match(await offer('v:10600,c:local,ca:1.0'), /no module in common.*"local"/)
  match(await refusal({ ciphers: 'bf-cbc:des-ede3-cbc' }), /does not have the cipher aes-128-cbc.*bf-cbc/)
})

test('a proxy that gsi cannot use is named before anything is sent', async () => {
  const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const elliptic = { ...proxy, key: curve.privateKey }
  match(await messageOf(begin(peerOf(server), { proxy: elliptic })), /needs a proxy with an RSA key \(got ec\)/)
  const old = makeCertificate({ subject: ['CN=user', 'CN=1'], issuer: user, keys: proxyMade.keys, to: -0.1 })
  const expired = { ...proxy, certificates: [old.certificate, user.certificate] }
  match(await messageOf(begin(peerOf(server), { proxy: expired })), /CN=1 in the proxy expired on.*voms-proxy-init/)
})

test('numbers that make the key known to everybody are refused', async () => {
  const withNumber = (digits: string) => (blob: string) =>
    blob.replace(/---BPUB---.*---EPUB/, `---BPUB---${digits}---EPUB`)
  for (const digits of ['00', '01', 'F'.repeat(400)]) {
    match(await refusal({ blob: withNumber(digits) }), /its number is out of range/)
  }
  const small = sequence(integer(Buffer.of(23)), integer(Buffer.of(5))).toString('base64')
  const pem = `-----BEGIN DH PARAMETERS-----\n${small}\n-----END DH PARAMETERS-----\n`
  match(await refusal({ blob: () => `${pem}---BPUB---08---EPUB---` }), /the prime has 8 bits/)
  match(await refusal({ blob: blob => blob.replace('BPUB', 'XPUB') }), /of an unknown form/)
  match(await refusal({ blob: blob => blob.replace(/BEGIN DH PARAMETERS-----\n..../, '$&AAAA') }), /cannot be used/)
})

test('the secret is as long as the prime, whatever it begins with', async () => {
  const blob = blobOf(Buffer.from(generatePrimeSync(512)), '1234567890')
  let shortest = 64
  // One in 256 begins with a zero byte.
  for (let i = 0; i < 3000 && shortest > 63; i++) {
    const { secret } = await agree(blob)
    equal(secret.length, 64)
    shortest = Math.min(shortest, secret.length - secret.findIndex(byte => byte !== 0))
  }
  ok(shortest < 64)
})

test('damaged answers fail with a CredentialError, whatever is wrong with them', async () => {
  const peer = peerOf(server)
  for (let i = 0; i < 100; i++) {
    const { steps, first } = await begin(peer)
    const answer = peer.answer(first)
    for (let k = randomInt(1, 4); k > 0; k--) answer[randomInt(8, answer.length)]! ^= randomInt(1, 256)
    const cut = i % 3 === 0 ? answer.subarray(0, randomInt(answer.length)) : answer
    try {
      await steps.next(cut)
    } catch (error) {
      ok(error instanceof CredentialError, (error as Error).stack ?? '')
    }
  }
})

test.run()
