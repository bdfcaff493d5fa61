/** Answers that are no success, as errors: what may pass is tried again, the rest says what to do. */
import { DataError, type ReadExceptionName } from '../../core/errors.js'
import { MAKE_PROXY } from '../../credentials/index.js'
import type { Answer } from './exchange.js'
import type { Context } from './operation.js'
import { mayKnowUser } from './target.js'
import { retryAfterMs, Transient } from './transient.js'

/** RFC 9110 15 and RFC 6585: too slow, too early, too many requests, and what ails a server or the ones behind it. */
const PASSING: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504])

/** The error for an answer whose status is not what was wanted. Reads the answer's text for the reason. `lasting`: statuses that will
 *  not pass here. */
export async function refused(answer: Answer, context: Context, lasting: readonly number[] = []): Promise<Error> {
  const { status, from, headers } = answer
  const why = shownReason(await answer.text().catch(() => ''), context)
  const said = `${from.origin} answered HTTP ${status}${why}`
  if (PASSING.has(status) && !lasting.includes(status))
    return new Transient(said, { retryAfterMs: retryAfterMs(headers['retry-after']) })
  const make = (exception: ReadExceptionName, message: string) =>
    new DataError(exception, `${context.place}: ${message}`)
  if (status === 404 || status === 410) return make('FileNotFoundError', `no such file: ${said}. Check the path.`)
  if (status === 401 || status === 403)
    return make('PermissionError', `refused: ${said}. ${permission(answer, context)}`)
  return make('OSError', `${said}. Check the URL, and the server.`)
}

function permission({ from }: Answer, { credentials }: Context): string {
  if (!from.isSecure) return 'Proxies and tokens are sent to https:// only: use that, if the server has it.'
  if (!mayKnowUser(from))
    return 'Proxies and tokens are not sent after a redirect over clear text: begin with https://.'
  const { proxy, token, problems } = credentials
  if (problems.length > 0) return problems.join(' ')
  if (proxy === null && token === null) {
    return `No grid proxy or token was found. Make a proxy: ${MAKE_PROXY}, or set BEARER_TOKEN_FILE.`
  }
  const parts: string[] = []
  if (proxy?.voms.length === 0) parts.push(`Your proxy is of no organization. Make a new one: ${MAKE_PROXY}`)
  else if (proxy !== null)
    parts.push('Check that the attributes of your proxy are the right ones: voms-proxy-info --all')
  if (token !== null) parts.push('Check that the scopes of your token hold this path: httokendecode')
  return parts.join('. ')
}

const REASON_LENGTH = 200
/** Of which the reason is made. */
const PAGE_LENGTH = 8192

/** ' (the server's words)'. Servers may repeat the request, and it may hold what grants access. */
export function shownReason(body: string, { credentials }: Context): string {
  const page = body.slice(0, PAGE_LENGTH)
  const bare = page.replace(/<(style|script|title)\b.*?<\/\1>/gis, ' ').replace(/<[^<>]*>/g, ' ')
  const secret = credentials.token === null ? bare : bare.replaceAll(credentials.token, '...')
  const text = secret
    .replace(/\?\S*/g, '?...')
    .replace(/\b(bearer|authz=|access_token=)\s*[^\s&]+/gi, '$1 ...')
    .replace(/[^\P{C}\s]/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
  return text === '' ? '' : ` (${text.slice(0, REASON_LENGTH)})`
}
