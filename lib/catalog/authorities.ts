/** The authorities whose certificates services may show: those of Node, and the grid's where the machine has them. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { rootCertificates } from 'node:tls'

const GRID_FOLDERS = ['/etc/grid-security/certificates', '/cvmfs/grid.cern.ch/etc/grid-security/certificates']

/** PEM texts: Node's own, NODE_EXTRA_CA_CERTS, and the folder X509_CERT_DIR or else the first grid folder that is there. */
export function trustedAuthorities(env: NodeJS.ProcessEnv = process.env): string[] {
  const extra = env.NODE_EXTRA_CA_CERTS ? read(env.NODE_EXTRA_CA_CERTS) : []
  const folders = env.X509_CERT_DIR ? [env.X509_CERT_DIR] : GRID_FOLDERS
  const grid = folders.map(authoritiesIn).find(found => found.length > 0) ?? []
  return [...rootCertificates, ...extra, ...grid]
}

function authoritiesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter(name => name.endsWith('.pem'))
      .sort()
      .flatMap(name => read(join(folder, name)))
  } catch {
    return []
  }
}

/** Unreadable files are passed over: if one of them was needed, the connection fails and says so. */
function read(path: string): string[] {
  try {
    return [readFileSync(path, 'latin1')]
  } catch {
    return []
  }
}
