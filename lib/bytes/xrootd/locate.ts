/** Which servers of a federation have a file: kXR_locate, for a look at what a redirector would choose from. */

import { remoteSettings } from '../settings.js'
import { Deadline } from './deadline.js'
import { xrootdAddress } from './files.js'
import { ask } from './operation.js'
import { locateRequest, textOf } from './protocol.js'

export interface Location {
  /** host:port. */
  readonly server: string
  /** It knows servers that have the file, rather than having it. */
  readonly isManager: boolean
  /** The file need not be fetched from tape first. */
  readonly isOnline: boolean
  readonly isWritable: boolean
}

/** Throws DataError, FileNotFoundError where no server has it. */
export async function locate(url: string, signal?: AbortSignal): Promise<Location[]> {
  const deadline = new Deadline(remoteSettings().deadlineMs, signal)
  const { value } = await ask(xrootdAddress(url), path => locateRequest(path), textOf, deadline)
  return value.split(/\s+/).flatMap(locationOf)
}

/** "Sr[::127.0.0.1]:1094": S or M, in lower case where the file is not at hand; r or w; the address. */
function locationOf(text: string): Location[] {
  const [, kind = '', access = '', host = ''] = /^([SsMm])([rw])(\S+)$/.exec(text) ?? []
  if (host === '') return []
  return [
    {
      server: host.replace(/^\[::(?:ffff:)?(\d+\.\d+\.\d+\.\d+)\]/i, '$1'),
      isManager: /m/i.test(kind),
      isOnline: /[SM]/.test(kind),
      isWritable: access === 'w',
    },
  ]
}
