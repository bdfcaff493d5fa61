/** One thing that is asked of a server by path, until it is answered: follows redirects, obeys waits, goes back to the manager when
 *  the server that it named fails, and tries again what may pass, all within one deadline.
 *
 *    manager --redirect--> server --error--> manager (tried=server) --redirect--> another server
 */
import { DataError } from '../../core/errors.js'
import { hideAccess, type RemoteAddress } from '../address.js'
import { remoteSettings } from '../settings.js'
import { type Deadline, within } from './deadline.js'
import { type Endpoint, serverName } from './endpoint.js'
import { ConnectionLost, dataErrorOf, mayPass, NoAnswer, Refused, reasonForAnother, ServerError } from './failures.js'
import { REQUEST, type Request } from './protocol.js'
import { parseRedirect } from './redirect.js'
import type { Session } from './session.js'
import { giveUp, isGivenUp, sessionFor } from './sessions.js'

/** As the stock client. */
const MOST_REDIRECTS = 16
/** Servers that a manager is asked for, in place of ones that failed. */
const MOST_OTHERS = 3
/** A folder of half a million files. */
const MOST_LIST_BYTES = 64 * 1024 * 1024
const FIRST_BACK_OFF_MS = 500
const MOST_BACK_OFF_MS = 8_000

/** Where and what to ask. */
interface Target {
  readonly endpoint: Endpoint
  readonly path: string
  readonly cgi: string
}

export interface Done<T> {
  readonly value: T
  readonly session: Session
}

/** Asks for what stands at `address`. make: the request for a path with its CGI, and whether the manager must look afresh; finish:
 *  what is made of the answer. Throws DataError, or the signal's reason. */
export async function ask<T>(
  address: RemoteAddress,
  make: (path: string, isRefresh: boolean) => Request,
  finish: (body: Buffer, session: Session) => T,
  deadline: Deadline,
): Promise<Done<T>> {
  const operation = new Operation(address, deadline)
  try {
    const { body, session } = await operation.run(make)
    return { value: finish(body, session), session }
  } catch (failure) {
    if (deadline.signal?.aborted || failure instanceof DataError) throw failure
    throw dataErrorOf(failure, hideAccess(address.text), operation.attempts, operation.server, ...operation.cgis)
  }
}

class Operation {
  attempts = 1
  readonly #first: Target
  readonly #deadline: Deadline
  #target: Target
  /** Who has sent us on last, to be asked for another server. */
  #manager: Target | null = null
  #hops: string[] = []
  readonly #tried: string[] = []
  readonly #reasons: string[] = []
  /** The first failure at a server that a manager had named: what the manager says in the end is often less telling. */
  #why: unknown = null

  constructor(address: RemoteAddress, deadline: Deadline) {
    const { host, port, isSecure, user, path, cgi } = address
    this.#first = { endpoint: { host, port, isSecure, user, token: '' }, path, cgi }
    this.#target = this.#first
    this.#deadline = deadline
  }

  /** What servers were given. */
  get cgis(): string[] {
    const { cgi, endpoint } = this.#target
    return [this.#first.cgi, cgi, endpoint.token]
  }

  get server(): string {
    return serverName(this.#target.endpoint)
  }

  async run(make: (path: string, isRefresh: boolean) => Request): Promise<{ body: Buffer; session: Session }> {
    for (;;) {
      try {
        return await this.#follow(make)
      } catch (failure) {
        if (this.#deadline.signal?.aborted) throw failure
        await this.#recover(failure)
      }
    }
  }

  /** Until an answer that is neither a redirect nor a wait. */
  async #follow(make: (path: string, isRefresh: boolean) => Request): Promise<{ body: Buffer; session: Session }> {
    for (;;) {
      const { endpoint, path, cgi } = this.#target
      const session = await within(sessionFor(endpoint), this.#deadline, serverName(endpoint))
      const request = make(withCgi(path, cgi, this.#triedCgi()), this.#tried.length > 0)
      const { requestMs: timeoutMs, at: latest, signal } = this.#deadline
      const mostBytes = request.id === REQUEST.dirlist ? MOST_LIST_BYTES : undefined
      const sent = session.send(request, { timeoutMs, latest, signal, mostBytes })
      const answer = await within(sent, this.#deadline, session.server).catch((failure: unknown) => {
        if (failure instanceof NoAnswer) session.leaveIfSilent(remoteSettings().timeoutMs)
        throw failure
      })
      if (answer.kind === 'ok') return { body: answer.body, session }
      if (answer.kind === 'redirect') this.#redirect(answer.body)
      else if (answer.kind === 'wait') {
        await this.#deadline.sleep(answer.seconds * 1000, `${session.server} asks to wait ${answer.seconds} s`)
      } else throw new ConnectionLost(`${session.server} answered out of turn`)
    }
  }

  #redirect(body: Buffer): void {
    const { host, port, cgi, token, path, isSecure } = parseRedirect(body)
    const from = this.#target
    // A user who asked for TLS is not led to clear text.
    const endpoint = {
      host,
      port,
      user: from.endpoint.user,
      token,
      isSecure: isSecure || this.#first.endpoint.isSecure,
    }
    this.#hops.push(serverName(endpoint))
    if (this.#hops.length > MOST_REDIRECTS) {
      const [last, before] = [this.#hops.at(-1)!, this.#hops.at(-2)!]
      throw new Refused(
        `more than ${MOST_REDIRECTS} redirects, the last from ${before} to ${last}. Choose another redirector.`,
        'OSError',
      )
    }
    this.#manager = from
    const own = path === null ? this.#first.cgi : ''
    this.#target = { endpoint, path: path ?? from.path, cgi: [own, cgi].filter(part => part !== '').join('&') }
  }

  /** Decides where to ask next after a failure, or throws what is to be reported. */
  async #recover(failure: unknown): Promise<void> {
    const reason = reasonForAnother(failure)
    const isLoop = this.#hops.length > MOST_REDIRECTS
    if (this.#manager !== null && reason !== null && !isLoop && this.#tried.length < MOST_OTHERS) {
      this.#why ??= failure
      this.#tried.push(this.#target.endpoint.host)
      this.#reasons.push(reason)
      this.#target = this.#manager
      this.#manager = null
      this.#hops.pop()
      return
    }
    const { endpoint } = this.#target
    const isLast = this.attempts > remoteSettings().retries
    if (isLast && mayPass(failure) && !(failure instanceof ServerError)) giveUp(endpoint, failure)
    if (isLast || !mayPass(failure) || isGivenUp(endpoint)) throw this.#telling(failure)
    const back = Math.min(FIRST_BACK_OFF_MS * 4 ** (this.attempts - 1), MOST_BACK_OFF_MS)
    this.attempts++
    try {
      await this.#deadline.sleep(back, (failure as Error).message)
    } catch (late) {
      throw this.#deadline.signal?.aborted ? late : this.#telling(failure)
    }
    this.#target = this.#first
    this.#manager = null
    this.#hops = []
  }

  /** A manager that was asked for another server and has none says "not found", which is not what was wrong. */
  #telling(failure: unknown): unknown {
    const isWorse = this.#why !== null && failure instanceof ServerError
    return isWorse ? this.#why : failure
  }

  #triedCgi(): string {
    if (this.#tried.length === 0) return ''
    return `tried=${this.#tried.join(',')}&triedrc=${this.#reasons.join(',')}`
  }
}

export function withCgi(path: string, ...cgi: readonly string[]): string {
  const parts = cgi.filter(part => part !== '')
  return parts.length === 0 ? path : `${path}?${parts.join('&')}`
}
