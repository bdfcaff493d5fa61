/** A session with one server: connection, handshake, TLS where it is wanted or demanded, login, authentication. */
import { userInfo } from 'node:os'
import type { RemoteSettings } from '../settings.js'
import type { Answer } from './answer.js'
import { Channel, type Sending } from './channel.js'
import { connected, secured } from './connect.js'
import { type Endpoint, serverName } from './endpoint.js'
import { ConnectionLost, Refused } from './failures.js'
import type { Identity } from './identity.js'
import { authenticate } from './log-in.js'
import { sendPatiently } from './patient.js'
import { loginRequest, protocolRequest, type Request, SERVER_FLAG } from './protocol.js'

/** A connection that is not there within this is not going to be. */
const MOST_CONNECT_MS = 30_000

export class Session {
  readonly endpoint: Endpoint
  /** It sends users on to others. */
  readonly isManager: boolean
  readonly #channel: Channel

  private constructor(endpoint: Endpoint, channel: Channel, isManager: boolean) {
    this.endpoint = endpoint
    this.#channel = channel
    this.isManager = isManager
  }

  /** Throws ConnectionLost, NoAnswer, ServerError; Refused where another attempt is of no use. */
  static async open(endpoint: Endpoint, settings: RemoteSettings, identity: Identity): Promise<Session> {
    const { timeoutMs, deadlineMs } = settings
    const sending = { timeoutMs, latest: performance.now() + deadlineMs }
    const server = serverName(endpoint)
    const channel = new Channel(server, await connected(endpoint, Math.min(timeoutMs, MOST_CONNECT_MS)))
    try {
      let answer = bodyOf(await channel.begin(protocolRequest(endpoint.isSecure), sending), server)
      const has = (flag: number) => (flagsOf(answer, server) & flag) !== 0
      const demandsLater = !has(GO_NOW) && has(SERVER_FLAG.tlsSession | SERVER_FLAG.tlsData)
      if (demandsLater && has(SERVER_FLAG.haveTls)) {
        // XRootD 5.5.3 says the same of sessions, which go to TLS behind the login, and of data, which do not: on demand it does at once.
        answer = bodyOf(await channel.send(protocolRequest(true), sending), server)
      }
      let isSecure = false
      const secure = async () => {
        await channel.upgrade(socket => secured(socket, endpoint, identity, timeoutMs))
        isSecure = true
      }
      // Servers say so at once or, as those of some versions, that a login needs it.
      if (has(SERVER_FLAG.goToTls) || (has(GO_NOW) && has(SERVER_FLAG.haveTls))) await secure()
      else if (endpoint.isSecure) throw new Refused(`${server} has no TLS, which roots:// demands`, 'ConnectionError')
      const login = loginRequest(endpoint.user === '' ? ownName() : endpoint.user, endpoint.token)
      const body = bodyOf(await sendPatiently(channel, login, sending, server), server)
      if (has(SERVER_FLAG.tlsSession) && !isSecure) await secure()
      const connection = { host: endpoint.host, port: endpoint.port, isSecure, seal: null }
      await authenticate(channel, body.subarray(16).toString('latin1'), connection, identity, sending)
      if (answer.length > 8) channel.sign = identity.signer(answer.subarray(8), connection.seal)
      return new Session(endpoint, channel, has(SERVER_FLAG.isManager))
    } catch (error) {
      channel.close()
      throw error
    }
  }

  get isOpen(): boolean {
    return this.#channel.isOpen
  }

  get rttMs(): number {
    return this.#channel.rttMs
  }

  get server(): string {
    return serverName(this.endpoint)
  }

  send(request: Request, sending: Sending): Promise<Answer> {
    return this.#channel.send(request, sending)
  }

  /** A connection on which nothing at all has come for `ms` may be dead without anybody's knowing: networks forget idle ones. */
  leaveIfSilent(ms: number): void {
    if (this.#channel.silentMs >= ms) this.close()
  }

  close(): void {
    this.#channel.close()
  }
}

const GO_NOW = SERVER_FLAG.goToTls | SERVER_FLAG.tlsLogin

/** Throws ConnectionLost where it is no answer to kXR_protocol. */
function flagsOf(answer: Buffer, server: string): number {
  if (answer.length < 8) throw new ConnectionLost(`${server} is no XRootD server`)
  return answer.readUInt32BE(4)
}

function bodyOf(answer: Answer, server: string): Buffer {
  if (answer.kind === 'ok') return answer.body
  throw new ConnectionLost(`${server} does not take logins now (${answer.kind})`)
}

function ownName(): string {
  try {
    return userInfo().username
  } catch {
    return 'nobody'
  }
}
