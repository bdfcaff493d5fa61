/** Addresses of http servers as requests and redirects need them. */
import { DataError } from '../../core/errors.js'
import { hideAccess, parseAddress, type RemoteAddress } from '../address.js'

export interface Target {
  readonly isSecure: boolean
  readonly host: string
  readonly port: number
  /** Path and CGI as they stand in the request's first line. */
  readonly path: string
  /** `scheme://host:port`: what may be printed of a target. */
  readonly origin: string
}

/** A target that was reached through redirects. */
export interface Hop extends Target {
  /** It may know who the user is: nothing on the way here went over clear text, where anybody can write a redirect. */
  readonly isTrusted: boolean
}

export function targetOf(address: RemoteAddress): Hop {
  const path = address.cgi === '' ? address.path : `${address.path}?${address.cgi}`
  return hop(address.isSecure, address.host, address.port, path, true)
}

/** Where `location` leads from `from` (RFC 9110 10.2.2): an absolute URL, or one that leaves out its beginning. The path is not
 *  changed in any way: it may be signed. Throws DataError 'OSError' where it is no http address. */
export function redirected(from: Hop, location: string, place: string): Hop {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(location)?.[1]?.toLowerCase()
  if (scheme === undefined) {
    if (location.startsWith('//')) return redirected(from, `${from.isSecure ? 'https' : 'http'}:${location}`, place)
    const folder = from.path.replace(/\?.*$/s, '').replace(/[^/]*$/, '')
    return { ...from, path: escaped(location.startsWith('/') ? location : folder + location) }
  }
  const whole = location.replace(/#.*$/s, '')
  try {
    const address = parseAddress(whole)
    if (address.kind !== 'http') throw new DataError('OSError', 'no http')
    const to = targetOf(address)
    const isTrusted = (from.isTrusted && from.isSecure) || (to.isSecure && to.host === from.host)
    return { ...to, isTrusted }
  } catch {
    const message = `${from.origin} redirects to ${hideAccess(whole).slice(0, 200)}, wanted an http(s) address`
    throw new DataError('OSError', `${place}: ${message}. Tell the server's operators.`)
  }
}

/** Whether a token or a client certificate may be shown there. */
export function mayKnowUser(to: Hop): boolean {
  return to.isSecure && to.isTrusted
}

function hop(isSecure: boolean, host: string, port: number, path: string, isTrusted: boolean): Hop {
  const shown = host.includes(':') ? `[${host}]` : host
  const origin = `${isSecure ? 'https' : 'http'}://${shown}:${port}`
  return { isSecure, host, port, path: escaped(path), origin, isTrusted }
}

/** Only what cannot stand in a request at all is percent-encoded; what the user or a server encoded stays as it is. */
function escaped(path: string): string {
  return path.replace(/[^\x21-\x7e]+|[#"<>]/g, found =>
    Buffer.from(found).toString('hex').replace(/../g, '%$&').toUpperCase(),
  )
}
