/** Paths and URLs taken apart, by hand: the URL class percent-encodes what XRootD takes literally, and loses the second slash of
 *  `root://host//path`. */
import { DataError } from '../core/errors.js'

export interface LocalAddress {
  readonly kind: 'local'
  readonly path: string
}

export interface RemoteAddress {
  readonly kind: 'xrootd' | 'http'
  /** As it was given, without `simplecache::`. */
  readonly text: string
  /** Begins with `simplecache::`. */
  readonly isCached: boolean
  /** The scheme demands TLS: roots, xroots, https, davs. */
  readonly isSecure: boolean
  /** In front of an @; '' where none is given. */
  readonly user: string
  /** Lower case, IPv6 without brackets. */
  readonly host: string
  readonly port: number
  /** With its leading slash; of `root://host//store/x` that is `/store/x`. */
  readonly path: string
  /** Behind the `?`, verbatim; '' where there is none. May grant access: never printed. */
  readonly cgi: string
}

export type Address = LocalAddress | RemoteAddress

const KINDS: Readonly<Record<string, { kind: RemoteAddress['kind']; isSecure: boolean; port: number }>> = {
  root: { kind: 'xrootd', isSecure: false, port: 1094 },
  xroot: { kind: 'xrootd', isSecure: false, port: 1094 },
  roots: { kind: 'xrootd', isSecure: true, port: 1094 },
  xroots: { kind: 'xrootd', isSecure: true, port: 1094 },
  http: { kind: 'http', isSecure: false, port: 80 },
  dav: { kind: 'http', isSecure: false, port: 80 },
  https: { kind: 'http', isSecure: true, port: 443 },
  davs: { kind: 'http', isSecure: true, port: 443 },
}

/** Schemes that can be read and written, for messages. */
export const SCHEMES: readonly string[] = ['file', ...Object.keys(KINDS)]

const CACHED = 'simplecache::'
const SCHEME = /^([a-z][a-z0-9+.-]*):\/\//i

/** The text begins with a scheme other than `file`, or is cached. */
export function isRemote(text: string): boolean {
  const scheme = SCHEME.exec(text.startsWith(CACHED) ? text.slice(CACHED.length) : text)?.[1]?.toLowerCase()
  return scheme !== undefined && scheme !== 'file'
}

/** Throws DataError: 'NotImplementedError' for a scheme that is not known, 'ValueError' for a URL without host or with a port that is
 *  none. */
export function parseAddress(text: string): Address {
  const isCached = text.startsWith(CACHED)
  const bare = isCached ? text.slice(CACHED.length) : text
  const scheme = SCHEME.exec(bare)?.[1]?.toLowerCase()
  if (scheme === undefined) return { kind: 'local', path: bare }
  const rest = bare.slice(scheme.length + '://'.length)
  if (scheme === 'file') return { kind: 'local', path: decoded(rest.replace(/^localhost(?=\/)/, '')) }
  if (!Object.hasOwn(KINDS, scheme)) {
    const message = `${hideAccess(bare)}: files cannot be read from ${scheme}:// (known: ${SCHEMES.map(s => `${s}://`).join(', ')}).`
    throw new DataError('NotImplementedError', `${message} Copy the file here first.`)
  }
  const { kind, isSecure, port } = KINDS[scheme]!
  const found = /^(?:([^@/?]*)@)?(\[[^\]]*\]|[^:/?]*)(?::([^/?]*))?(\/[^?]*)?(?:\?(.*))?$/s.exec(rest)
  const [, user = '', host = '', portText, path = '/', cgi = ''] = found ?? []
  const bad = (problem: string) =>
    new DataError('ValueError', `${hideAccess(bare)}: ${problem}, wanted ${scheme}://host[:port]//path.`)
  if (host === '' || host === '[]') throw bad('the URL has no host')
  if (portText !== undefined && !(/^\d{1,5}$/.test(portText) && Number(portText) > 0 && Number(portText) < 65536)) {
    throw bad(`the URL's port is ${JSON.stringify(portText)}`)
  }
  return {
    kind,
    text: bare,
    isCached,
    isSecure,
    user,
    host: host.replace(/^\[|\]$/g, '').toLowerCase(),
    port: portText === undefined ? port : Number(portText),
    // XRootD's paths are absolute: `root://host//store/x` and `root://host/store/x` name the same file.
    path: kind === 'xrootd' ? path.replace(/^\/\//, '/') : path,
    cgi,
  }
}

/** A place below a folder: local paths as node:path joins them, URLs with one slash between. CGI stays at the end. */
export function joinAddress(folder: string, ...names: readonly string[]): string {
  const at = folder.indexOf('?')
  const [path, cgi] = at === -1 ? [folder, ''] : [folder.slice(0, at), folder.slice(at)]
  return [path.replace(/\/+$/, ''), ...names].join('/') + cgi
}

/** The last name of a path or URL, without CGI; '' of a folder that ends with a slash. */
export function nameOfPlace(place: string): string {
  const path = isRemote(place) ? place.replace(/\?.*$/s, '') : place
  return /[^/]*$/.exec(path)![0]
}

/** The URL as it may be printed and written down: CGI can hold tokens and keys, and stands for itself as `?...`; so does a
 *  password in front of the host. */
export function hideAccess(text: string): string {
  return text.replace(
    /^((?:simplecache::)?[a-z][a-z0-9+.-]*:\/\/)([^@/?]*:[^@/?]*@)?([^?]*)(\?.*)?$/is,
    (_, scheme, user, rest, cgi) =>
      `${scheme}${user === undefined ? '' : '...@'}${rest}${cgi === undefined ? '' : '?...'}`,
  )
}

/** Any text, with CGI and passwords of the URLs in it hidden: the last door before something is printed or logged. */
export function hideAccessIn(text: string): string {
  const urls =
    /\b((?:xroots?|roots?|https?|davs?):\/\/)([^\s@/?'"]*:[^\s@/?'"]*@)?([^\s?'"<>]+)(\?(?!\.\.\.)(?:[^\s'"<>)\]]|(?<=\bBearer)\s+)+)?/gi
  return text.replace(
    urls,
    (_, scheme, user, rest, cgi) =>
      `${scheme}${user === undefined ? '' : '...@'}${rest}${cgi === undefined ? '' : '?...'}`,
  )
}

/** The words of a server, which may repeat what it was asked, and with it what grants access: CGI, tokens, and the values of `cgis`,
 *  that it was given. */
export function hideWords(text: string, ...cgis: readonly string[]): string {
  const values = cgis.flatMap(cgi => cgi.split('&').map(pair => pair.slice(pair.indexOf('=') + 1)))
  const secrets = values.flatMap(value => [value, decoded(value), decoded(value).replace(/^Bearer /i, '')])
  const without = secrets.filter(s => s.length >= SHORTEST_SECRET).reduce((left, s) => left.replaceAll(s, '...'), text)
  return hideAccessIn(without)
    .replace(/\b((?:authz|access_token|token)=|bearer\b)(?:\s|%20|bearer\b)*[^\s&;,"']+/gi, '$1...')
    .replace(/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, '...')
    .replace(/\?(?!\.\.\.)\S+/g, '?...')
}

/** Shorter values are words and numbers. */
const SHORTEST_SECRET = 8

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
