/** A folder of authorities as grids and OpenSSL keep them: `HASH.0` to `HASH.9`, one authority a file, and `HASH.r0` with what it has
 *  revoked. */
import type { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseCertificates, readCertificate } from './certificate.js'
import { nameHash, oldNameHash } from './name-hash.js'

/** Names may share a hash, and an authority may have changed its key: there is a file for each. */
const FILES_OF_A_HASH = 10

/** The authorities in `folder` of that name (DER of a Name), under its new hash or its old one. [] where there is none; a
 *  file that cannot be read counts as none. */
export async function authoritiesNamed(folder: string, name: Buffer): Promise<X509Certificate[]> {
  const wanted = nameHash(name)
  const found: X509Certificate[] = []
  for (const hash of [wanted, oldNameHash(name)]) {
    for (let i = 0; i < FILES_OF_A_HASH; i++) {
      const text = await readFile(join(folder, `${hash}.${i}`), 'latin1').catch(() => null)
      if (text === null) break
      found.push(...parseCertificates(text).filter(one => nameHash(readCertificate(one.raw).subject) === wanted))
    }
    if (found.length > 0) break
  }
  return found
}
