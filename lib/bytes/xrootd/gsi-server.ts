/** Whom gsi talks to: the server's certificate, and the proofs that it holds the key. */
import type { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import { parseCertificates, subjectText } from '../../credentials/certificate.js'
import { DerError } from '../../credentials/der.js'
import { isForHost } from '../../credentials/host-name.js'
import { chainProblem, type TrustOptions } from '../../credentials/verify-chain.js'
import { CredentialError } from './authenticate.js'
import { type Agreement, agree, openBlocks, tagDigest } from './gsi-keys.js'
import { BUCKET, bucket, decodeGsi, type GsiMessage } from './gsi-message.js'

/** The server's own and some authorities. */
const MAX_CERTIFICATES = 10

export interface VerifiedServer {
  readonly agreement: Agreement
  /** What we have to sign. */
  readonly tag: Buffer
}

/** Checks the server's answer to our first message. Its certificate must go back to a trusted authority and be for `host`, and it must
 *  have signed our `tag` and its part of the key exchange. Throws CredentialError. */
export async function verifyServer(
  answer: GsiMessage,
  expected: { readonly host: string; readonly tag: string; readonly version: number },
  trust: TrustOptions,
): Promise<VerifiedServer> {
  const chain = parseCertificates(bucket(answer, 'certificates').toString('latin1')).slice(0, MAX_CERTIFICATES)
  const server = chain[0]
  if (server === undefined) throw new CredentialError('the server shows no certificate')
  const problem = await chainProblem(chain, trust).catch(unreadable)
  if (problem !== null) {
    throw new CredentialError(
      `the server cannot be trusted: ${problem}. If it should be: update the authorities in ${trust.folder}`,
    )
  }
  if (!isForHost(server, expected.host)) throw new CredentialError(wrongHost(server, expected.host))
  const main = decodeGsi(bucket(answer, 'main'))
  const wanted = tagDigest(Buffer.from(expected.tag), expected.version)
  if (!openBlocks(server.publicKey, bucket(main, 'signedTag')).equals(wanted)) {
    throw new CredentialError(
      "the server's signature is not of what it was asked to sign: somebody may stand in between",
    )
  }
  const tag = bucket(main, 'tag')
  // What is signed must never be something else in disguise, such as a hash.
  if (tag.length !== 8 || tag.some(byte => byte > 0x7f)) {
    throw new CredentialError(
      `the server asks for a signature of something other than 8 ASCII letters (got ${tag.length} bytes)`,
    )
  }
  return { agreement: await agree(openBlocks(server.publicKey, bucket(answer, 'cipher'))), tag }
}

/** What a server of gsi says instead of going on, without characters that a terminal obeys; '' where it says nothing. */
export function serverText(message: GsiMessage): string {
  const text = message.buckets.get(BUCKET.message)?.subarray(0, 300).toString('utf8') ?? ''
  return text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim()
}

function unreadable(error: unknown): never {
  if (error instanceof DerError) throw new CredentialError("the server's certificate cannot be read")
  throw error
}

function wrongHost(server: X509Certificate, host: string): string {
  const names = (server.subjectAltName ?? subjectText(server)).slice(0, 300)
  const wayOut = isIP(host) === 0 ? '' : ', or add --transport xrdcp if a redirect led to this address'
  return `the server's certificate is for ${names}, not for ${host}. Use the name of the certificate in the URL${wayOut}`
}
