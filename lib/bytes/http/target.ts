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

/** Where a redirect leads from `from` (RFC 9110 10.2.2): an absolute URL, or one that leaves out its beginning. Of the path is changed
 *  only what cannot be sent: it may be signed. `header`: each byte a character, as node:http gives it. XrdHttp 5.5.3 sends names
 *  as they are: in UTF-8, and with a `#` that is part of them. Throws DataError 'OSError' where it is no http address. */
export function redirected(from: Hop, header: string, place: string): Hop {
  const whole = from.path.includes('%23') ? header : header.replace(/#.*$/s, '')
  const location = escaped(whole, 'latin1')
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(location)?.[1]?.toLowerCase()
  if (scheme === undefined) {
    if (location.startsWith('//')) return redirected(from, `${from.isSecure ? 'https' : 'http'}:${location}`, place)
    return { ...from, path: relative(from.path.replace(/\?.*$/s, ''), location) }
  }
  try {
    const address = parseAddress(location)
    if (address.kind !== 'http') throw new DataError('OSError', 'no http')
    const to = targetOf(address)
    const isTrusted = (from.isTrusted && from.isSecure) || (to.isSecure && to.host === from.host)
    return { ...to, isTrusted }
  } catch {
    const message = `${from.origin} redirects to ${hideAccess(location).slice(0, 200)}, wanted an http(s) address`
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

/** RFC 3986 5.2, of a reference without host. */
function relative(base: string, reference: string): string {
  if (reference.startsWith('/')) return reference
  const [, path = '', cgi = ''] = /^([^?]*)(.*)$/s.exec(reference)!
  if (path === '') return base + cgi
  const parts: string[] = []
  for (const part of (base.replace(/[^/]*$/, '') + path).split('/')) {
    if (part === '..') parts.splice(Math.max(1, parts.length - 1))
    else if (part !== '.') parts.push(part)
  }
  return parts.join('/') + cgi
}

/** Only what cannot stand in a request at all is percent-encoded, in a name also a `%` that encodes nothing; what the user or a server
 *  encoded stays as it is. */
function escaped(path: string, encoding: 'utf8' | 'latin1' = 'utf8'): string {
  return path
    .replace(/[^\x21-\x7e]+|[#"<>]/g, found =>
      Buffer.from(found, encoding).toString('hex').replace(/../g, '%$&').toUpperCase(),
    )
    .replace(/^[^?]*/, name => name.replace(/%(?![0-9a-f]{2})/gi, '%25'))
}
