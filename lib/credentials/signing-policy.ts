/** Which names an authority may sign, as grids write it beside the authority: `HASH.signing_policy` (Globus' EACL). Without it an
 *  authority of one country could sign for the hosts of any other. */
import type { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readCertificate, subjectText } from './certificate.js'
import { nameHash, oldNameHash } from './name-hash.js'

/** A text where the folder has a policy of `issuer` that does not allow the certificate's subject; null where it does, or where there
 *  is none, or none that speaks of this authority. */
export async function signingPolicyProblem(
  certificate: X509Certificate,
  issuer: X509Certificate,
  folder: string,
): Promise<string | null> {
  const { subject } = readCertificate(issuer.raw)
  for (const hash of [nameHash(subject), oldNameHash(subject)]) {
    const path = join(folder, `${hash}.signing_policy`)
    const text = await readFile(path, 'utf8').catch(() => null)
    if (text === null) continue
    const allowed = allowedSubjects(text, subjectText(issuer))
    if (allowed === null || allowed.some(pattern => matches(pattern, subjectText(certificate)))) return null
    return `${path} does not allow ${subjectText(issuer)} to sign for ${subjectText(certificate)}`
  }
  return null
}

/** Patterns of the entry for `authority`; null where there is no entry with a right to sign. */
export function allowedSubjects(text: string, authority: string): string[] | null {
  let isOurs = false
  let found: string[] | null = null
  for (const line of text.split(/\r?\n/)) {
    const [, key, , value] = /^\s*(access_id_\w+|pos_rights|cond_subjects)\s+(\S+)\s+(.*?)\s*$/.exec(line) ?? []
    if (key === undefined || value === undefined) continue
    if (key.startsWith('access_id')) isOurs = sameForm(unquoted(value)) === sameForm(authority)
    else if (key === 'cond_subjects' && isOurs) {
      const inner = unquoted(value)
      const quoted = Array.from(inner.matchAll(/"([^"]*)"/g), ([, pattern]) => pattern!)
      found = [...(found ?? []), ...(quoted.length > 0 ? quoted : [inner])]
    }
  }
  return found
}

function unquoted(text: string): string {
  return /^'(.*)'/.exec(text)?.[1] ?? /^"(.*)"$/.exec(text)?.[1] ?? text
}

/** `*` stands for any text, `?` for one character. */
function matches(pattern: string, subject: string): boolean {
  const parts = sameForm(pattern).split(/([*?])/)
  const source = parts.map(part =>
    part === '*' ? '.*' : part === '?' ? '.' : part.replace(/[.+^${}()|[\]\\]/g, '\\$&'),
  )
  return new RegExp(`^${source.join('')}$`, 's').test(sameForm(subject))
}

/** Names were written by several programs: letters of any case, and three names of the mail address and two of the user. */
function sameForm(name: string): string {
  return name
    .toLowerCase()
    .replace(/\/(email|e)=/g, '/emailaddress=')
    .replace(/\/userid=/g, '/uid=')
}
