/** Where a server sends a user: kXR_redirect's port and `host[?cgi[?token]]`, in the forms that are seen. */
import { parseAddress, type RemoteAddress } from '../address.js'
import { ConnectionLost } from './failures.js'

export interface Redirect {
  readonly host: string
  readonly port: number
  /** To be given to the new server with the path, verbatim. May grant access: never printed. */
  readonly cgi: string
  /** To be said at the login there. */
  readonly token: string
  /** Where the redirect is a URL: the path to ask for instead, and whether it demands TLS. */
  readonly path: string | null
  readonly isSecure: boolean
}

/** body: a signed port, and the text. A negative port: the text is a whole URL. Throws ConnectionLost where it is neither. */
export function parseRedirect(body: Buffer): Redirect {
  const port = body.readInt32BE(0)
  const text = body.toString('utf8', 4).replace(/\0.*$/s, '')
  if (port < 0) return fromUrl(text)
  // dCache has sent two question marks in a row.
  const [, place = '', rest = ''] = /^([^?]*)\??(.*)$/s.exec(text) ?? []
  const [, cgi = '', token = ''] = /^\??([^?]*)\??(.*)$/s.exec(rest) ?? []
  const host = hostOf(place)
  if (!HOST.test(host) || port === 0 || port > 0xffff) throw new ConnectionLost(`a redirect to nowhere (port ${port})`)
  return { host, port, cgi: cgi.replace(/^&+/, ''), token, path: null, isSecure: false }
}

/** Names and addresses (with a zone): what is printed in messages, and holds nothing that a terminal obeys. */
const HOST = /^[a-z0-9._:%-]+$/

/** IPv6 with and without brackets; `[::127.0.0.1]` is an IPv4 address. */
function hostOf(text: string): string {
  const bare = text.replace(/^\[|\]$/g, '').toLowerCase()
  return bare.replace(/^::(?:ffff:)?(?=\d+\.\d+\.\d+\.\d+$)/, '')
}

function fromUrl(text: string): Redirect {
  let address: ReturnType<typeof parseAddress>
  try {
    address = parseAddress(text)
  } catch {
    throw new ConnectionLost('a redirect to a URL that is none')
  }
  if (address.kind !== 'xrootd' || !HOST.test(address.host))
    throw new ConnectionLost('a redirect to another kind of server, or none')
  const { port, cgi, isSecure, path, host } = address as RemoteAddress
  return { host: hostOf(host), port, cgi, token: '', path: path === '/' ? null : path, isSecure }
}
