/** Who may ask the page's server: those who have the token, from this machine. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** 192 bits. */
const TOKEN_BYTES = 24

export function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url')
}

/** Cookies do not know ports: each server's has a name of its own. */
export function cookieName(port: number): string {
  return `tnp-pipe-${port}`
}

/** A folder of the server's own, random as the token is: the cookie is sent to what lies in it, and so not to other servers of this
 *  machine, which may be other people's. */
export function newFolder(): string {
  return `/${newToken()}`
}

/** Whether the request has the token: in its cookie, its query (`?token=`), or its header (`Authorization: Bearer`). */
export function hasToken(request: IncomingMessage, query: URLSearchParams, token: string, port: number): boolean {
  const { cookie = '', authorization = '' } = request.headers
  const cookies = cookie.split(';').map(part => part.trim())
  const prefix = `${cookieName(port)}=`
  const given = [
    query.get('token'),
    ...cookies.filter(part => part.startsWith(prefix)).map(part => part.slice(prefix.length)),
    /^Bearer (.+)$/i.exec(authorization)?.[1],
  ]
  return given.some(one => typeof one === 'string' && equal(one, token))
}

/** Takes the same time wherever the two differ. */
function equal(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}

/** A name that a foreign page has pointed at this machine (DNS rebinding) is none of these. Ports are free: the server may be seen
 *  through a tunnel (ssh -L). */
export function isLocalHost(host: string | undefined): boolean {
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i.test(host ?? '')
}

/** Browsers tell which page sends a request: only this one may. */
export function isOwnOrigin({ origin, host, ...headers }: IncomingMessage['headers']): boolean {
  if (headers['sec-fetch-site'] === 'cross-site') return false
  return origin === undefined || origin === `http://${host}`
}
