/** Connections that failed, in sentences: for good where one side does not accept the other's certificate. */
import { DataError } from '../../core/errors.js'
import { GET_AUTHORITIES, MAKE_PROXY } from '../../credentials/index.js'
import type { Hop } from './target.js'
import { Transient } from './transient.js'

const MISTRUSTED = /SELF_SIGNED|UNABLE_TO|CERT_UNTRUSTED|CERT_REJECTED|INVALID_CA|CERT_CHAIN_TOO_LONG/
const TLS = /^ERR_SSL_|^EPROTO$|^ERR_OSSL_|^ERR_TLS_/
/** OpenSSL's texts of the alerts with which a server turns a client's certificate down. */
const REFUSED = /alert.*(certificate|unknown ca|access denied|decrypt error)/i

/** Failures of making a connection or of what came over it. Transient where it may pass, else DataError. */
export function brokenConnection(place: string, to: Hop, error: NodeJS.ErrnoException): Error {
  const code = error.code ?? ''
  const sentence = tlsSentence(to, code, error)
  if (sentence !== null) return new DataError('ConnectionError', `${place}: ${sentence}`, { cause: error })
  if (code === 'ENOTFOUND') {
    const message = `${place}: the host ${to.host} is not known. Check the URL and the network.`
    return new DataError('ConnectionError', message, { cause: error })
  }
  if (/^HPE_/.test(code)) return new Transient(`${to.origin} answered no HTTP (${code})`, { cause: error })
  return new Transient(`no connection with ${to.origin} (${code || error.message})`, { cause: error })
}

function tlsSentence(to: Hop, code: string, error: Error): string | null {
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return `the certificate of ${to.origin} belongs to another host (${names(error)}). Use the server's full name in the URL.`
  }
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') {
    const when = code === 'CERT_HAS_EXPIRED' ? 'has expired' : 'is not valid yet'
    return `the certificate of ${to.origin} ${when}. Check this machine's clock, and tell the server's operators.`
  }
  if (MISTRUSTED.test(code)) {
    const advice = `${GET_AUTHORITIES} Authorities of your own: NODE_EXTRA_CA_CERTS=FILE.pem`
    return `the certificate of ${to.origin} is not trusted (${code}). Get the grid's authorities: ${advice}`
  }
  if (!TLS.test(code)) return null
  const why = /SSL routines:[^:]*:([^:]*)/.exec(error.message)?.[1] ?? code
  if (REFUSED.test(`${why} ${error.message}`)) {
    return `${to.origin} refused the grid proxy (${why}). Make a new one: ${MAKE_PROXY}`
  }
  if (/wrong version number|packet length too long|http request/.test(why)) {
    return `${to.origin} does not speak TLS. Check the port, or write http://.`
  }
  return `no TLS connection with ${to.origin} (${why}). Check the URL.`
}

/** Names that the certificate is made out to. */
function names(error: Error): string {
  const found = /.*(?:altnames|CN): (.*)$/s.exec(error.message)?.[1]
  return (found ?? 'it names none').slice(0, 200)
}
