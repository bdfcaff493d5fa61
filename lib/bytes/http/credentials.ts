/** What http servers may learn of the user. The only file of this folder that knows where credentials are kept. */
import { readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rootCertificates } from 'node:tls'

export interface HttpCredentials {
  /** Grid proxy: certificate, key and the certificates that vouch for it; null: none. */
  readonly pem: string | null
  /** Bearer token; null: none. */
  readonly token: string | null
  /** PEM texts of the authorities that servers' certificates are checked against. */
  readonly authorities: readonly string[]
}

type Env = NodeJS.ProcessEnv

/** As they are now: tokens and proxies are renewed while a run goes on. */
export function httpCredentials(env: Env = process.env): HttpCredentials {
  const user = process.getuid?.() ?? 0
  const pem = read(env.X509_USER_PROXY || join(tmpdir(), `x509up_u${user}`))
  return { pem: pem?.includes('PRIVATE KEY-----') ? pem : null, token: token(env, user), authorities: authorities(env) }
}

/** WLCG Bearer Token Discovery, https://doi.org/10.5281/zenodo.3937438: the first of four places that has one. */
function token(env: Env, user: number): string | null {
  if (env.BEARER_TOKEN) return env.BEARER_TOKEN.trim()
  if (env.BEARER_TOKEN_FILE) return read(env.BEARER_TOKEN_FILE)?.trim() || null
  const folders = [env.XDG_RUNTIME_DIR, tmpdir()].filter(folder => folder !== undefined && folder !== '')
  for (const folder of folders) {
    const found = read(join(folder!, `bt_u${user}`))?.trim()
    if (found) return found
  }
  return null
}

const GRID_FOLDERS = ['/etc/grid-security/certificates', '/cvmfs/grid.cern.ch/etc/grid-security/certificates']
const authoritiesOf = new Map<string, readonly string[]>()

/** Of Node, of NODE_EXTRA_CA_CERTS, and of the folder X509_CERT_DIR or else the first grid folder that is there. */
function authorities(env: Env): readonly string[] {
  const key = `${env.X509_CERT_DIR ?? ''}\n${env.NODE_EXTRA_CA_CERTS ?? ''}`
  const known = authoritiesOf.get(key)
  if (known !== undefined) return known
  const extra = env.NODE_EXTRA_CA_CERTS ? [read(env.NODE_EXTRA_CA_CERTS)] : []
  const folders = env.X509_CERT_DIR ? [env.X509_CERT_DIR] : GRID_FOLDERS
  const grid = folders.map(authoritiesIn).find(found => found.length > 0) ?? []
  const all = [...rootCertificates, ...new Set([...extra, ...grid].filter(text => text !== null))]
  authoritiesOf.set(key, all)
  return all
}

/** `HASH.0` and `NAME.pem` are often the same file. */
function authoritiesIn(folder: string): (string | null)[] {
  try {
    return readdirSync(folder)
      .filter(name => /\.(pem|\d)$/.test(name))
      .map(name => read(join(folder, name)))
  } catch {
    return []
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return null
  }
}
