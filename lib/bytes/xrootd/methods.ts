/** The methods of authentication, with the credentials that an environment names. */
import { UsageError } from '../../core/errors.js'
import { authoritiesFolder, GET_AUTHORITIES } from '../../credentials/authorities.js'
import { findProxy, loadProxy } from '../../credentials/proxy.js'
import { findToken } from '../../credentials/tokens.js'
import { gsiAuth } from './auth-gsi.js'
import { hostAuth } from './auth-host.js'
import { krb5Auth } from './auth-krb5.js'
import { unixAuth } from './auth-unix.js'
import { ztnAuth } from './auth-ztn.js'
import { type AuthMethod, CredentialError } from './authenticate.js'

/** All methods, or those that XrdSecPROTOCOL lists (with commas or blanks), as for the stock client. Their order means nothing: the
 *  server's counts. `warn` is told of what could not be checked. Credentials are looked up at each use. */
export function authMethods(
  env: NodeJS.ProcessEnv = process.env,
  warn: (message: string) => void = () => {},
): readonly AuthMethod[] {
  const gsi = gsiAuth({
    loadProxy: () => asCredential(() => loadProxy(findProxy(env))),
    authoritiesFolder: () => gridFolder(env),
    warn,
  })
  const all = [gsi, ztnAuth(() => asCredential(() => findToken(env))), krb5Auth(env), unixAuth(), hostAuth()]
  const wanted = (env.XrdSecPROTOCOL ?? '').split(/[\s,]+/).filter(name => name !== '')
  return wanted.length === 0 ? all : all.filter(({ name }) => wanted.includes(name))
}

function gridFolder(env: NodeJS.ProcessEnv): string {
  const folder = authoritiesFolder(env)
  if (folder !== null) return folder
  throw new CredentialError(
    `no folder with the grid's authorities, the server cannot be checked. Do: ${GET_AUTHORITIES}`,
  )
}

/** What is wrong with a credential is a mistake of the user's where it is asked for by name; here it makes one of several methods
 *  fail. */
function asCredential<T>(find: () => T): T {
  try {
    return find()
  } catch (error) {
    if (error instanceof UsageError) throw new CredentialError(error.message)
    throw error
  }
}
