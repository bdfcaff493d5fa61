/** The authorities whose certificates servers may show: those of Node, and the grid's where the machine has them. */
import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { rootCertificates } from 'node:tls'
import { UsageError } from '../core/errors.js'
import { DerError, readTlv } from './der.js'

/** Where the grid's authorities are, in the order of looking, where X509_CERT_DIR names no folder. */
function gridFolders(env: NodeJS.ProcessEnv): string[] {
  return [
    '/etc/grid-security/certificates',
    '/cvmfs/grid.cern.ch/etc/grid-security/certificates',
    join(env.HOME || homedir(), '.globus/certificates'),
  ]
}

/** The commands that give a machine the grid's authorities, as messages name them. */
export const GET_AUTHORITIES =
  'export X509_CERT_DIR=/cvmfs/grid.cern.ch/etc/grid-security/certificates, or install the package ca-policy-egi-core.'

/** Folder of the grid's authorities: X509_CERT_DIR, whatever is in it, else the first of the usual ones that holds some; null where
 *  there is none. */
export function authoritiesFolder(env: NodeJS.ProcessEnv = process.env): string | null {
  if (env.X509_CERT_DIR) return env.X509_CERT_DIR
  return gridFolders(env).find(folder => certificateFiles(folder, []).length > 0) ?? null
}

/** PEM texts, one certificate each and each once: Node's own, those of NODE_EXTRA_CA_CERTS, and of the folder. The same array again
 *  until the folder changes, so that what is made from it can be kept as well. Throws UsageError where X509_CERT_DIR cannot be read
 *  or holds none. */
export function trustedAuthorities(env: NodeJS.ProcessEnv = process.env): readonly string[] {
  const folder = authoritiesFolder(env)
  const extra = env.NODE_EXTRA_CA_CERTS ?? ''
  const grid = folder === null ? NONE : folderAuthorities(folder)
  const found = trusted.get(grid)
  if (found?.extra === extra) return found.each
  const all = [...rootCertificates, ...(extra === '' ? [] : readAuthorities(extra)), ...grid]
  // Compared without white space: lines of Node's own are longer.
  const each = [...new Map(all.map(pem => [pem.replaceAll(/\s/g, ''), pem])).values()]
  trusted.set(grid, { extra, each })
  return each
}

interface Folder {
  readonly changed: number
  readonly authorities: readonly string[]
}

const NONE: readonly string[] = []
const folders = new Map<string, Folder>()
const trusted = new WeakMap<readonly string[], { readonly extra: string; readonly each: readonly string[] }>()

/** The authorities in a folder as PEM texts, each once; read again when files come or go. 300 of them, each under three names, take
 *  50 to 70 ms the first time, then 0.1 ms. Throws UsageError where it cannot be read or holds none. */
export function folderAuthorities(folder: string): readonly string[] {
  const changed = changedAt(folder)
  const known = folders.get(folder)
  if (known?.changed === changed) return known.authorities
  const files = new Set(certificateFiles(folder, null).map(name => realPath(join(folder, name))))
  const authorities = [...new Set([...files].flatMap(readAuthorities))]
  if (authorities.length === 0) throw wrong(folder, 'no certificates of authorities in this folder (*.pem, HASH.0)')
  folders.set(folder, { changed, authorities })
  return authorities
}

function changedAt(folder: string): number {
  try {
    return statSync(folder).mtimeMs
  } catch (error) {
    throw unreadable(folder, error)
  }
}

/** Names of files that hold authorities: NAME.pem, and HASH.0 as OpenSSL looks them up. `otherwise`: the answer for a folder that
 *  cannot be read; null: that is an error. */
function certificateFiles(folder: string, otherwise: string[] | null): string[] {
  try {
    return readdirSync(folder)
      .filter(name => /\.pem$|^[0-9a-f]{8}\.\d+$/.test(name))
      .sort()
  } catch (error) {
    if (otherwise !== null) return otherwise
    throw unreadable(folder, error)
  }
}

/** HASH.0 are links to NAME.pem: each file is read once. */
function realPath(path: string): string {
  try {
    return realpathSync.native(path)
  } catch {
    return path
  }
}

/** Unreadable files are passed over: if one of them was needed, the connection fails and says so. */
function readAuthorities(path: string): string[] {
  try {
    return certificatesIn(readFileSync(path, 'latin1'))
  } catch {
    return []
  }
}

/** The certificates of a PEM text, plain. OpenSSL's TRUSTED CERTIFICATE, with which files of some CA packages begin, has a statement
 *  of purposes behind the certificate, which TLS in Node does not take: it is cut off. Damaged blocks are left out. */
export function certificatesIn(pem: string): string[] {
  const blocks = pem.matchAll(/-----BEGIN (TRUSTED |X509 )?CERTIFICATE-----([^-]+)-----END \1?CERTIFICATE-----/g)
  return [...blocks].flatMap(([, , text = '']) => {
    try {
      return [toPem(readTlv(Buffer.from(text, 'base64')).all)]
    } catch (error) {
      if (error instanceof DerError) return []
      throw error
    }
  })
}

function toPem(der: Buffer): string {
  const lines = der.toString('base64').replaceAll(/.{64}(?!$)/g, '$&\n')
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----`
}

function unreadable(folder: string, error: unknown): UsageError {
  const { code, message } = error as NodeJS.ErrnoException
  return wrong(folder, code === 'ENOENT' ? 'no such folder' : `this folder cannot be read (${message})`)
}

function wrong(folder: string, what: string): UsageError {
  const message = `${what}; the certificates of grid servers cannot be checked (X509_CERT_DIR). ${GET_AUTHORITIES}`
  return new UsageError([{ place: folder, message }])
}
