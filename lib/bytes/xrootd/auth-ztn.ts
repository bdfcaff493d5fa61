/** ztn: a bearer token, which grants access to whoever holds it. */
import { type AuthMethod, CredentialError } from './authenticate.js'

/** `findToken`: null where there is none; asked at every connection, since tokens are renewed during a run. Sends `ztn\0`, version 0,
 *  'T', two zero bytes, the token's length with its closing zero (two bytes), the token and the zero (XrdSecztn). */
export function ztnAuth(findToken: () => { readonly text: string } | null): AuthMethod {
  return {
    name: 'ztn',
    async *begin(parameters, connection) {
      connection.seal = null
      if (!connection.isSecure) {
        throw new CredentialError(
          'tokens are sent over TLS only, and this connection has none. Use roots:// in the URL',
        )
      }
      const found = findToken()
      if (found === null) throw new CredentialError(`no bearer token (BEARER_TOKEN, BEARER_TOKEN_FILE). ${GET_TOKEN}`)
      const token = Buffer.from(found.text)
      const limit = Math.min(serverLimit(parameters), 0xfffe)
      if (token.length > limit) {
        throw new CredentialError(
          `the token has ${token.length} bytes, more than the server takes (${limit}). ${GET_TOKEN}`,
        )
      }
      const head = Buffer.from('ztn\0\0T\0\0\0\0', 'latin1')
      head.writeUInt16BE(token.length + 1, 8)
      yield Buffer.concat([head, token, Buffer.of(0)])
    },
  }
}

const GET_TOKEN = 'Get one: htgettoken, oidc-token'

/** Parameters are `version:largest token:`. */
function serverLimit(parameters: string): number {
  const bytes = Number(parameters.split(':')[1])
  return bytes > 0 ? bytes : Number.POSITIVE_INFINITY
}
