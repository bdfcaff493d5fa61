/** Names in the folder of local copies. One file has one lock, one whole copy, and beside it what is being downloaded:
 *
 *    <URL>.lock    <URL>.<version>    <URL>.<version>.<bytes>.<random>.tnp-tmp
 *
 *  URL and version are hashes: the folder tells nobody what is read. */
import { createHash, randomBytes } from 'node:crypto'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { RemoteAddress } from '../address.js'
import { remoteSettings } from '../settings.js'

export interface Entry {
  readonly folder: string
  /** Of the URL. */
  readonly key: string
  /** Name of the whole copy. */
  readonly name: string
  /** Length of the file. */
  readonly bytes: number
}

/** What is there besides locks. */
export interface Stored {
  readonly name: string
  readonly key: string
  /** What it takes, or will take when it is whole. */
  readonly bytes: number
  readonly isWhole: boolean
}

const WHOLE = /^([0-9a-f]{32})\.[0-9a-f]{16}$/
const TEMPORARY = /^([0-9a-f]{32})\.[0-9a-f]{16}\.(\d+)\.[0-9a-f]{8}\.tnp-tmp$/

/** The user's folder for caches: XDG Base Directory Specification. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  return remoteSettings().cacheFolder ?? join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'tnp-pipe', 'files')
}

/** identity: changes when the file does. CGI does not count: it is often another one each time, as tokens are. */
export function entryOf({ kind, user, host, port, path }: RemoteAddress, identity: string, bytes: number): Entry {
  const key = hash([kind, user, host, port, path].join('\n')).slice(0, 32)
  return { folder: cacheFolder(), key, name: `${key}.${hash(identity).slice(0, 16)}`, bytes }
}

export function lockPath({ folder, key }: Pick<Entry, 'folder' | 'key'>): string {
  return join(folder, `${key}.lock`)
}

export function copyPath({ folder, name }: Entry): string {
  return join(folder, name)
}

export function newTemporaryPath({ folder, name, bytes }: Entry): string {
  return join(folder, `${name}.${bytes}.${randomBytes(4).toString('hex')}.tnp-tmp`)
}

/** null: none of ours. */
export function storedOf(name: string, bytes: number): Stored | null {
  const whole = WHOLE.exec(name)
  if (whole !== null) return { name, key: whole[1]!, bytes, isWhole: true }
  const temporary = TEMPORARY.exec(name)
  if (temporary === null) return null
  return { name, key: temporary[1]!, bytes: Math.max(bytes, Number(temporary[2])), isWhole: false }
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
