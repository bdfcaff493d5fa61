/** What a token says of itself, where it is a JSON Web Token (RFC 7519). Whether it is genuine, only servers can tell. */
import { isObject } from '../core/is-object.js'
import { printable } from './names.js'

export interface Claims {
  readonly issuer: string | null
  /** What it allows, as `storage.read:/store`. */
  readonly scopes: readonly string[]
  readonly notBefore: Date | null
  readonly expires: Date | null
}

export const NO_CLAIMS: Claims = { issuer: null, scopes: [], notBefore: null, expires: null }

/** NO_CLAIMS for tokens of other kinds: macaroons, or what only its issuer understands. */
export function claimsOf(token: string): Claims {
  const parts = token.split('.')
  const claims = parts.length === 3 ? parsed(Buffer.from(parts[1]!, 'base64url').toString('utf8')) : null
  if (claims === null) return NO_CLAIMS
  // One text with spaces by RFC 8693, a list by some issuers.
  const { iss, scope, nbf, exp } = claims
  const scopes = Array.isArray(scope) ? scope : typeof scope === 'string' ? scope.split(' ') : []
  return {
    issuer: typeof iss === 'string' ? printable(iss) : null,
    scopes: scopes.filter(one => typeof one === 'string' && one !== '').map(printable),
    notBefore: date(nbf),
    expires: date(exp),
  }
}

function parsed(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

/** Seconds since 1970, perhaps with a fraction. */
function date(value: unknown): Date | null {
  if (typeof value !== 'number') return null
  const found = new Date(value * 1000)
  return Number.isNaN(found.getTime()) ? null : found
}
