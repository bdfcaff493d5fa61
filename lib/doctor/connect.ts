/** Whether a server answers, and how fast. */
import { hideAccess, hideAccessIn, isRemote } from '../bytes/address.js'
import { statusOf } from '../bytes/places.js'
import { DataError, UsageError } from '../core/errors.js'

export interface Answer {
  /** Without what gives access. */
  readonly url: string
  /** Milliseconds until the first answer, connecting and logging in included; null: there was none. */
  readonly firstMs: number | null
  /** Of a question more, on the same connection. */
  readonly nextMs: number | null
  /** Whether there is something of that name; null: not known. */
  readonly isThere: boolean | null
  readonly error: string | null
}

/** Asks for what lies at the URL, twice. Throws UsageError for what is no URL of a server. */
export async function connect(url: string): Promise<Answer> {
  if (!isRemote(url)) {
    const message = `"${hideAccess(url)}" is no URL of a server. Wanted root://, roots://, https:// or davs://.`
    throw new UsageError([{ place: '--connect', message }])
  }
  const place = /^\w+:\/\/[^/]+\/?$/.test(url) ? `${url.replace(/\/$/, '')}${url.startsWith('root') ? '//' : '/'}` : url
  const began = performance.now()
  const shown = hideAccess(url)
  try {
    const found = await statusOf(place)
    const firstMs = performance.now() - began
    await statusOf(place)
    return { url: shown, firstMs, nextMs: performance.now() - began - firstMs, isThere: found !== null, error: null }
  } catch (error) {
    if (!(error instanceof DataError || error instanceof UsageError)) throw error
    return { url: shown, firstMs: null, nextMs: null, isThere: null, error: hideAccessIn(error.message) }
  }
}
