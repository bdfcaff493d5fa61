/** The end of writing a file: it is checked under its temporary name, and gets its own. */
import { OutputError } from '../../core/errors.js'
import { exchange } from './exchange.js'
import { follow } from './follow.js'
import { type Operation, persist } from './operation.js'
import type { Place } from './place.js'
import { refused } from './refused.js'
import type { Hop } from './target.js'
import { adler32Of, headStatus, request } from './webdav.js'

export interface Expected {
  readonly size: number
  /** Eight hexadecimal digits, or ''. */
  readonly adler32: string
}

/** Throws OutputError where the server has something else than what was sent. */
export async function verify(written: Place, { size, adler32 }: Expected, operation: Operation): Promise<void> {
  const found = await headStatus(written, operation)
  if (found?.size !== size) {
    const got = found === null ? 'no file' : `${found.size} bytes`
    throw damaged(operation, `got ${got}, wanted ${size} bytes`)
  }
  if (adler32 === '') return
  const sum = await adler32Of(written, operation)
  if (sum !== null && sum !== adler32.toLowerCase()) throw damaged(operation, `got Adler-32 ${sum}, wanted ${adler32}`)
}

function damaged({ place }: Operation, what: string): OutputError {
  return new OutputError(`${place}: the server did not keep what was sent (${what}). Try again, or another server.`)
}

/** In place of what had the name. Throws OutputError for servers that cannot. */
export async function rename(from: Place, to: Place, size: number, operation: Operation): Promise<void> {
  let isRepeated = false
  await persist(operation, async () => {
    // The file that an earlier attempt moved is not there any more, though its answer was lost.
    if (isRepeated && (await headStatus(from, operation)) === null) {
      if ((await headStatus(to, operation))?.size === size) return
    }
    isRepeated = true
    const asked = { method: 'MOVE', headers: { Overwrite: 'T' } }
    const answer = await follow(from.target, asked, operation, (hop, { method }) =>
      exchange(hop, { method, headers: { ...asked.headers, Destination: destination(hop, to) } }, operation),
    )
    const { status } = answer
    if (status === 405 || status === 501) {
      answer.discard()
      const message = `${answer.from.origin} cannot rename files (MOVE: HTTP ${status}), so that half a file could not be told from a whole one`
      throw new OutputError(`${operation.place}: ${message}. Write to a local file and copy it there.`)
    }
    if (status < 200 || status >= 300) throw await refused(answer, operation)
    await answer.text()
  })
  if (to.target.path.includes('%')) await checkName(to, size, operation)
}

/** XrdHttp 5.5.3 takes a `%20` in Destination as it is: the file then has a name with a percent sign. */
async function checkName(to: Place, size: number, operation: Operation): Promise<void> {
  if ((await headStatus(to, operation))?.size === size) return
  const target = { ...to.target, path: to.target.path.replace(/^[^?]*/, path => path.replaceAll('%', '%25')) }
  await request({ ...to, target }, { method: 'DELETE', also: [403, 404, 405] }, operation)
  const message =
    'the server does not decode names when it renames files. Choose a name without spaces and other odd characters.'
  throw new OutputError(`${operation.place}: ${message}`)
}

/** On the server that is asked: others are refused. CGI grants access to what is asked for, and is no part of a name. */
function destination(asked: Hop, to: Place): string {
  return asked.origin.replace(/^(http:.*):80$|^(https:.*):443$/, '$1$2') + to.target.path.replace(/\?.*$/s, '')
}
