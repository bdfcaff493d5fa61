/** A session with one server: connection, handshake, TLS where it is wanted or demanded, login, authentication. */
import { connect, isIP, type Socket } from 'node:net'
import { userInfo } from 'node:os'
import { connect as connectTls, type SecureContext } from 'node:tls'
import type { RemoteSettings } from '../settings.js'
import { type AuthConnection, type AuthMethod, CredentialError } from './authenticate.js'
import { type Answer, Channel, type Sending } from './channel.js'
import { ConnectionLost, NoAnswer, Refused, ServerError } from './failures.js'
import { authRequest, loginRequest, protocolRequest, type Request, SERVER_FLAG } from './protocol.js'

export interface Endpoint {
  readonly host: string
  readonly port: number
  /** Clear text is refused. */
  readonly isSecure: boolean
  /** Name to log in with; '': the user's own. */
  readonly user: string
  /** What a redirect wants to be said at the login; '' for nothing. */
  readonly token: string
}

/** What a session needs of the user. */
export interface Identity {
  readonly methods: readonly AuthMethod[]
  /** Trusts the authorities of the grid and of the system. Throws UsageError where they cannot be read. */
  trust(): SecureContext
  offers(text: string): readonly { readonly name: string; readonly parameters: string }[]
  signer(
    security: Uint8Array,
    seal: AuthConnection['seal'],
  ): ((head: Buffer, payload: Uint8Array) => Buffer | null) | null
}

export function serverName({ host, port }: Pick<Endpoint, 'host' | 'port'>): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`
}

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
    const { timeoutMs } = settings
    const server = serverName(endpoint)
    const channel = new Channel(server, await connected(endpoint, Math.min(timeoutMs, MOST_CONNECT_MS)))
    try {
      const answer = bodyOf(await channel.begin(protocolRequest(endpoint.isSecure), timeoutMs), server)
      if (answer.length < 8) throw new ConnectionLost(`${server} is no XRootD server`)
      const flags = answer.readUInt32BE(4)
      const has = (flag: number) => (flags & flag) !== 0
      let isSecure = false
      const secure = async () => {
        await channel.upgrade(socket => secured(socket, endpoint, identity, timeoutMs))
        isSecure = true
      }
      if (has(SERVER_FLAG.goToTls)) await secure()
      else if (endpoint.isSecure) throw new Refused(`${server} has no TLS, which roots:// demands`, 'ConnectionError')
      const login = loginRequest(endpoint.user === '' ? ownName() : endpoint.user, endpoint.token)
      const body = bodyOf(await channel.send(login, { timeoutMs }), server)
      if (has(SERVER_FLAG.tlsSession) && !isSecure) await secure()
      const connection = { host: endpoint.host, port: endpoint.port, isSecure, seal: null }
      await authenticate(channel, body.subarray(16).toString('latin1'), connection, identity, timeoutMs)
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

  close(): void {
    this.#channel.close()
  }
}

function bodyOf(answer: Answer, server: string): Buffer {
  if (answer.kind === 'ok') return answer.body
  throw new ConnectionLost(`${server} does not take logins now (${answer.kind})`)
}

function connected(endpoint: Endpoint, timeoutMs: number): Promise<Socket> {
  const { host, port } = endpoint
  const server = serverName(endpoint)
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true, keepAlive: true })
    const timer = setTimeout(() => {
      socket.destroy()
      reject(new NoAnswer(`no connection to ${server} within ${timeoutMs / 1000} s`))
    }, timeoutMs)
    socket.once('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer)
      reject(new ConnectionLost(`no connection to ${server} (${error.code ?? error.message})`, { cause: error }))
    })
    socket.once('connect', () => {
      clearTimeout(timer)
      socket.removeAllListeners('error')
      resolve(socket)
    })
  })
}

const UNTRUSTED = /SELF_SIGNED|UNABLE_TO|CERT_(UNTRUSTED|SIGNATURE|REVOKED)/

function secured(socket: Socket, endpoint: Endpoint, identity: Identity, timeoutMs: number): Promise<Socket> {
  const { host } = endpoint
  const server = serverName(endpoint)
  return new Promise((resolve, reject) => {
    const name = isIP(host) === 0 ? { servername: host } : {}
    const tls = connectTls({ socket, host, secureContext: identity.trust(), ...name })
    const done = () => {
      clearTimeout(timer)
      tls.off('error', onError)
      tls.off('close', onClose)
    }
    const failed = (error: Error) => {
      done()
      tls.on('error', () => {})
      tls.destroy()
      reject(error)
    }
    const onError = (error: Error) => failed(tlsFailure(error, server))
    const onClose = () => failed(new ConnectionLost(`${server} closed the connection instead of speaking TLS`))
    const timer = setTimeout(
      () => failed(new NoAnswer(`no TLS with ${server} within ${timeoutMs / 1000} s`)),
      timeoutMs,
    )
    tls.on('error', onError)
    tls.on('close', onClose)
    tls.once('secureConnect', () => {
      done()
      resolve(tls)
    })
  })
}

function tlsFailure(error: NodeJS.ErrnoException, server: string): Error {
  const code = error.code ?? error.message
  const refuse = (message: string) => new Refused(`${server}: ${message}`, 'ConnectionError', { cause: error })
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return refuse(`its certificate is for another host (${altNames(error)})`)
  if (code === 'CERT_HAS_EXPIRED') return refuse('its certificate has expired')
  if (UNTRUSTED.test(code)) {
    return refuse(
      `its certificate is not trusted (${code}). Set X509_CERT_DIR to the folder of the grid certificate authorities`,
    )
  }
  return new ConnectionLost(`no TLS with ${server} (${code})`, { cause: error })
}

function altNames(error: Error): string {
  return (error as { cert?: { subjectaltname?: string } }).cert?.subjectaltname ?? 'it has no names'
}

function ownName(): string {
  try {
    return userInfo().username
  } catch {
    return 'nobody'
  }
}

/** Tries the methods that the server takes, in its order. Throws Refused with what became of each. */
async function authenticate(
  channel: Channel,
  offered: string,
  connection: AuthConnection,
  { methods, offers }: Identity,
  timeoutMs: number,
): Promise<void> {
  const server = serverName(connection)
  const list = offers(offered)
  if (list.length === 0) return
  const reasons: string[] = []
  for (const { name, parameters } of list) {
    const method = methods.find(m => m.name === name)
    if (method === undefined) {
      reasons.push(`${name}: not supported${name === 'sss' ? ' (try --transport xrdcp)' : ''}`)
      continue
    }
    try {
      await converse(channel, method, parameters, connection, timeoutMs)
      return
    } catch (error) {
      if (error instanceof ServerError) reasons.push(`${name}: ${refusal(error)}`)
      else if (error instanceof CredentialError) reasons.push(`${name}: ${error.message}`)
      else throw error
      connection.seal = null
    }
  }
  throw new Refused(`${server} did not accept you. It was tried with ${reasons.join('; ')}`)
}

function refusal({ message }: ServerError): string {
  return message === '' ? 'refused without a reason' : `refused (${JSON.stringify(message)})`
}

async function converse(
  channel: Channel,
  { name, begin }: AuthMethod,
  parameters: string,
  connection: AuthConnection,
  timeoutMs: number,
): Promise<void> {
  const steps = begin(parameters, connection)
  try {
    let step = await steps.next()
    while (!step.done) {
      const answer = await channel.send(authRequest(name, step.value), { timeoutMs })
      if (answer.kind === 'ok') return
      if (answer.kind !== 'more') throw new ConnectionLost(`the server does not take logins now (${answer.kind})`)
      step = await steps.next(answer.body)
    }
    throw new CredentialError('the server asks for more than the method has')
  } finally {
    await steps.return()
  }
}
