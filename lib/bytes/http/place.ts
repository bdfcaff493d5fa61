/** URLs of http servers, as the functions on files and folders get them. */
import { DataError } from '../../core/errors.js'
import { hideAccess, parseAddress } from '../address.js'
import { remoteSettings } from '../settings.js'
import type { FileContext } from './operation.js'
import { type Hop, targetOf } from './target.js'

export interface Place {
  readonly url: string
  readonly target: Hop
  readonly context: FileContext
}

/** With the settings of now. Throws DataError 'ValueError' for another kind of URL. */
export function placeOf(url: string): Place {
  const address = parseAddress(url)
  const place = hideAccess(url)
  if (address.kind !== 'http') throw new DataError('ValueError', `${place}: is no address of an http server.`)
  return {
    url,
    target: targetOf(address),
    context: { place, settings: remoteSettings() },
  }
}

/** Changes the path of a URL, not its CGI. */
export function withPath(url: string, change: (path: string) => string): string {
  const [, before, path, cgi] = /^([a-z][a-z0-9+.-]*:\/\/[^/?]*)([^?]*)(.*)$/is.exec(url)!
  return before + change(path === '' ? '/' : path!) + cgi
}

/** The folder that holds it; null for the topmost one. */
export function parentOf(url: string): string | null {
  let parent: string | null = null
  const changed = withPath(url, path => {
    const bare = path.replace(/\/+$/, '')
    parent = bare === '' ? null : bare
    return bare.slice(0, bare.lastIndexOf('/')).replace(/\/+$/, '') || '/'
  })
  return parent === null ? null : changed
}
