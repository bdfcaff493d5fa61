/** What can go wrong with a request to an XRootD server, by what is to be done about it. */
import { DataError, type ReadExceptionName } from '../../core/errors.js'
import { hideWords } from '../address.js'
import { ERROR } from './protocol.js'

/** The server answered kXR_error. */
export class ServerError extends Error {
  override readonly name = 'ServerError'
  readonly code: number
  constructor(code: number, text: string) {
    super(text)
    this.code = code
  }
}

/** There is no connection, or it broke: another attempt may succeed. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost'
}

/** No answer in time: another attempt may succeed. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
}

/** The server cannot be talked to, however often: it does not accept the user, or the user must not accept it. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly exception: ReadExceptionName
  constructor(message: string, exception: ReadExceptionName = 'PermissionError', options?: ErrorOptions) {
    super(message, options)
    this.exception = exception
  }
}

const NAMES: Readonly<Record<number, readonly [exception: ReadExceptionName, text: string]>> = {
  [ERROR.notFound]: ['FileNotFoundError', 'No such file or directory'],
  [ERROR.notAuthorized]: ['PermissionError', 'permission denied'],
  [ERROR.authFailed]: ['PermissionError', 'authentication failed'],
  [ERROR.isDirectory]: ['IsADirectoryError', 'is a directory'],
  [ERROR.noSpace]: ['OSError', 'no space left'],
  [ERROR.overQuota]: ['OSError', 'the quota is used up'],
  [ERROR.inputOutput]: ['OSError', 'input/output error'],
  [ERROR.fileSystem]: ['OSError', 'file system error'],
  [ERROR.server]: ['OSError', 'internal error of the server'],
  [ERROR.overloaded]: ['OSError', 'the server is overloaded'],
  [ERROR.noServer]: ['OSError', 'no server has the file'],
  [ERROR.noReplicas]: ['OSError', 'no server has the file'],
  [ERROR.tlsRequired]: ['PermissionError', 'the server wants TLS, which roots:// in the URL asks for'],
  [ERROR.timedOut]: ['TimeoutError', 'the server gave up'],
  [ERROR.timeExpired]: ['TimeoutError', 'the server gave up'],
}

/** Failures after which the manager that sent the user there is asked for another server, and the reason that it is told. */
const OTHER_SERVER: Readonly<Record<number, string>> = {
  [ERROR.notFound]: 'enoent',
  [ERROR.inputOutput]: 'ioerr',
  [ERROR.fileSystem]: 'fserr',
  [ERROR.server]: 'srverr',
  [ERROR.overloaded]: 'srverr',
  [ERROR.noServer]: 'srverr',
  [ERROR.noReplicas]: 'srverr',
}

/** null where another server would answer the same. */
export function reasonForAnother(failure: unknown): string | null {
  if (failure instanceof ServerError) return OTHER_SERVER[failure.code] ?? null
  if (failure instanceof ConnectionLost || failure instanceof NoAnswer || failure instanceof Refused) return 'srverr'
  return null
}

/** Another attempt at the same server may succeed. */
export function mayPass(failure: unknown): boolean {
  if (failure instanceof ConnectionLost || failure instanceof NoAnswer) return true
  return failure instanceof ServerError && (failure.code === ERROR.overloaded || failure.code === ERROR.fileNotOpen)
}

/** The failure as users see it. `place`: the file's URL, as it may be printed; `attempts`: that were made in all; `cgis`: what the
 *  server was given, and may repeat. */
export function dataErrorOf(
  failure: unknown,
  place: string,
  attempts: number,
  server: string,
  ...cgis: readonly string[]
): unknown {
  const after = attempts > 1 ? ` after ${attempts} attempts` : ''
  if (failure instanceof ServerError) {
    const [exception, text] = NAMES[failure.code] ?? ['OSError', 'the server refused']
    const words = failure.message === '' ? '' : `: ${JSON.stringify(hideWords(failure.message, ...cgis))}`
    const advice = exception === 'PermissionError' ? ' Look at your credentials: tnp-pipe credentials' : ''
    const message = `${place}: ${text} (${server}, error ${failure.code}${words})${after}.${advice}`
    return new DataError(exception, message, { cause: failure })
  }
  if (failure instanceof NoAnswer) {
    const advice = 'Raise --timeout or uproot_options.timeout, or choose another redirector.'
    return new DataError('TimeoutError', `${place}: ${failure.message}${after}. ${advice}`, { cause: failure })
  }
  if (failure instanceof ConnectionLost) {
    const advice = 'Check the host and the network, or choose another redirector.'
    return new DataError('ConnectionError', `${place}: ${failure.message}${after}. ${advice}`, { cause: failure })
  }
  if (failure instanceof Refused) {
    return new DataError(failure.exception, `${place}: ${failure.message}`, { cause: failure })
  }
  return failure
}
