/** Sockets to servers, in clear text and under TLS. */
import { connect, isIP, type Socket } from 'node:net'
import { connect as connectTls, type SecureContext } from 'node:tls'
import { UsageError } from '../../core/errors.js'
import { type Endpoint, serverName } from './endpoint.js'
import { ConnectionLost, NoAnswer, Refused } from './failures.js'
import type { Identity } from './identity.js'

/** Throws NoAnswer and ConnectionLost. */
export function connected(endpoint: Endpoint, timeoutMs: number): Promise<Socket> {
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

/** TLS over the socket, with the server's certificate checked. Throws NoAnswer and ConnectionLost, Refused where the certificate is not
 *  the server's or not trusted. */
export function secured(socket: Socket, endpoint: Endpoint, identity: Identity, timeoutMs: number): Promise<Socket> {
  const { host } = endpoint
  const server = serverName(endpoint)
  return new Promise((resolve, reject) => {
    const name = isIP(host) === 0 ? { servername: host } : {}
    const tls = connectTls({ socket, host, secureContext: trustOf(identity), ...name })
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

/** Throws Refused where the authorities cannot be read. */
function trustOf(identity: Identity): SecureContext {
  try {
    return identity.trust()
  } catch (cause) {
    throw cause instanceof UsageError ? new Refused(cause.message, 'ConnectionError', { cause }) : cause
  }
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
