/** Redirects, followed by hand: each hop decides anew what it may know of the user. */
import { DataError } from '../../core/errors.js'
import { type Answer, type Asked, exchange } from './exchange.js'
import type { Operation } from './operation.js'
import { type Hop, redirected } from './target.js'
import { Transient } from './transient.js'

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/** As the stock XRootD client. */
const MOST_REDIRECTS = 16

export type Send = (to: Hop, asked: Asked, operation: Operation) => Promise<Answer>

/** Sends the request to `first`, and on to where that redirects; the method is kept, also for 301 and 302. Throws DataError
 *  'OSError' for circles and a 17th redirect. */
export async function follow(first: Hop, asked: Asked, operation: Operation, send: Send = exchange): Promise<Answer> {
  const hops = [first]
  for (let to = first; ; ) {
    const answer = await send(to, asked, operation)
    const location = answer.headers.location
    if (!REDIRECTS.has(answer.status) || location === undefined) return answer
    if (answer.status === 303 && asked.method !== 'GET' && asked.method !== 'HEAD') return answer
    await skip(answer)
    to = redirected(to, location, operation.place)
    protectToken(first, to, operation)
    const isCircle = hops.some(hop => hop.origin === to.origin && hop.path === to.path)
    hops.push(to)
    if (isCircle) throw astray(hops, 'in a circle', operation.place)
    if (hops.length > MOST_REDIRECTS + 1) throw astray(hops, `more than ${MOST_REDIRECTS} times`, operation.place)
  }
}

/** A redirect's body is a line or nothing: reading it keeps the connection. */
async function skip(answer: Answer): Promise<void> {
  const length = Number(answer.headers['content-length'] ?? Number.NaN)
  if (length <= 4096) await answer.text().catch(() => '')
  else answer.discard()
}

/** Some servers write the token into the address that they redirect to; so they may do with one that the user's URL holds. */
function protectToken(first: Hop, to: Hop, { credentials, place }: Operation): void {
  const tokens = [credentials.token ?? '', ...(first.isSecure ? tokensIn(first.path) : [])]
  if (to.isSecure || !tokens.some(token => token !== '' && to.path.includes(token))) return
  const message = `redirected with your token to ${to.origin}, which is clear text`
  throw new DataError('PermissionError', `${place}: ${message}. Renew the token, and tell the server's operators.`)
}

function tokensIn(path: string): string[] {
  const found = path.replace(/^[^?]*/, '').matchAll(/[?&](?:authz|access_token)=(?:Bearer(?: |%20|\+))?([^&]+)/gi)
  return Array.from(found, ([, token]) => token!)
}

function astray(hops: readonly Hop[], how: string, place: string): DataError {
  const origins = hops.map(hop => hop.origin).filter((origin, k, all) => k === 0 || origin !== all[k - 1])
  const message = `redirected ${how} (${origins.join(' -> ')})`
  return new DataError('OSError', `${place}: ${message}. Try another server, or later.`)
}

/** Where a file's requests go: to where its last redirect led, as long as that works. */
export class Route {
  readonly first: Hop
  #last: Hop | null = null

  constructor(first: Hop) {
    this.first = first
  }

  /** Answers of 400 and more from where a redirect led, and no answer from there, are the first address's to judge anew. */
  async send(asked: Asked, operation: Operation): Promise<Answer> {
    const last = this.#last
    if (last !== null) {
      try {
        const answer = await follow(last, asked, operation)
        if (answer.status < 400 || answer.status === 416) return this.#remember(answer)
        answer.discard()
      } catch (error) {
        const isBroken = error instanceof DataError && error.exception === 'ConnectionError'
        if (operation.signal.aborted || !(error instanceof Transient || isBroken)) throw error
      }
      if (this.#last === last) this.#last = null
    }
    const answer = await follow(this.first, asked, operation)
    return answer.status < 400 ? this.#remember(answer) : answer
  }

  #remember(answer: Answer): Answer {
    this.#last = answer.from === this.first ? null : answer.from
    return answer
  }
}
