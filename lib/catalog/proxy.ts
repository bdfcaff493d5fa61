/** The user's grid proxy: a short-lived certificate with its key, in one PEM file, by which grid services know the user. */
import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { UsageError } from '../core/errors.js'

export interface Proxy {
  readonly path: string
  /** The file: certificate, key and the certificates that vouch for it. */
  readonly pem: string
  readonly expires: Date
}

const MAKE = 'Make one: voms-proxy-init --voms cms --valid 168:00'

/** Where the proxy is: X509_USER_PROXY, else /tmp/x509up_u<uid>. */
export function proxyPath(env: NodeJS.ProcessEnv = process.env): string {
  return env.X509_USER_PROXY || `/tmp/x509up_u${process.getuid?.() ?? 0}`
}

/** The proxy at `path`. Throws UsageError where there is none, it cannot be read, or it has expired at `now`. */
export function loadProxy(path: string, now = new Date()): Proxy {
  const pem = readPem(path)
  const certificates = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  if (certificates.length === 0 || !/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem)) {
    const lacks = certificates.length === 0 ? 'certificate' : 'private key'
    throw wrong(path, `is no grid proxy (it has no ${lacks}). ${MAKE}`)
  }
  const expires = new Date(Math.min(...certificates.map(certificate => expiry(path, certificate))))
  if (expires <= now) throw wrong(path, `the grid proxy expired at ${expires.toISOString()}. ${MAKE}`)
  return { path, pem, expires }
}

function readPem(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      throw wrong(path, `the grid proxy cannot be read (${(error as Error).message}). Check its permissions.`)
    }
    throw wrong(path, `no grid proxy here (X509_USER_PROXY, else /tmp/x509up_u<uid>). ${MAKE}`)
  }
}

function expiry(path: string, certificate: string): number {
  try {
    return Date.parse(new X509Certificate(certificate).validTo)
  } catch {
    throw wrong(path, `is no grid proxy (a certificate in it cannot be read). ${MAKE}`)
  }
}

function wrong(place: string, message: string): UsageError {
  return new UsageError([{ place, message }])
}
