/** The user's bearer token: a text that grants access to whoever shows it. Looked for as "WLCG Bearer Token Discovery"
 *  (WLCG-AuthZ-WG/bearer-token-discovery) says, at each use anew: tokens are renewed on disk while a job runs. */
import { statSync } from 'node:fs'
import { UsageError } from '../core/errors.js'
import { type Claims, claimsOf } from './jwt.js'
import { readSmallFile } from './private-file.js'

export interface Token extends Claims {
  /** BEARER_TOKEN, or the file. */
  readonly source: string
  /** Named by the user, not found in a usual place. */
  readonly isExplicit: boolean
  /** Others may read the file. */
  readonly isOpenToOthers: boolean
  /** The token itself. A secret; not enumerable, so that it is not printed with the rest. */
  readonly text: string
}

interface Found {
  readonly source: string
  readonly isExplicit: boolean
  readonly isOpenToOthers: boolean
  readonly text: string
}

/** Without it, other credentials are used. */
function renew(source: string, isExplicit: boolean): string {
  const remove = isExplicit ? 'unset BEARER_TOKEN BEARER_TOKEN_FILE' : `rm ${source}`
  return `Get a new one (htgettoken, oidc-token), or do without: ${remove}`
}

/** The token, or null where there is none. Throws UsageError where what is there is none, or is not valid at `now`: others are then
 *  not looked for, as the convention demands. */
export function findToken(env: NodeJS.ProcessEnv = process.env, now = new Date()): Token | null {
  const found = fromVariable(env) ?? fromNamedFile(env) ?? fromUsualFiles(env)
  if (found === null) return null
  const { text, ...rest } = found
  check(found)
  const token: Omit<Token, 'text'> = { ...rest, ...claimsOf(text) }
  if (token.expires !== null && token.expires <= now) {
    throw wrong(
      token.source,
      `the token expired at ${token.expires.toISOString()}. ${renew(token.source, token.isExplicit)}`,
    )
  }
  if (token.notBefore !== null && token.notBefore > now) {
    const clock = `the clock of this machine says ${now.toISOString()}`
    throw wrong(
      token.source,
      `the token is valid from ${token.notBefore.toISOString()} only (${clock}). Set the clock right.`,
    )
  }
  return Object.defineProperty(token, 'text', { value: text }) as Token
}

/** Whether the user names a token, which then must be good. */
export function namesToken(env: NodeJS.ProcessEnv = process.env): boolean {
  return Boolean(env.BEARER_TOKEN?.trim() || env.BEARER_TOKEN_FILE)
}

function fromVariable({ BEARER_TOKEN }: NodeJS.ProcessEnv): Found | null {
  const text = BEARER_TOKEN?.trim() ?? ''
  return text === '' ? null : { source: 'BEARER_TOKEN', isExplicit: true, isOpenToOthers: false, text }
}

function fromNamedFile({ BEARER_TOKEN_FILE: path }: NodeJS.ProcessEnv): Found | null {
  if (!path) return null
  try {
    const { text, isOpenToOthers } = readSmallFile(path, 'token')
    return { source: path, isExplicit: true, isOpenToOthers, text: text.trim() }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    throw wrong(path, `no such file (BEARER_TOKEN_FILE). ${renew(path, true)}`)
  }
}

function usualFiles(env: NodeJS.ProcessEnv): string[] {
  const name = `bt_u${process.getuid?.() ?? 0}`
  return [env.XDG_RUNTIME_DIR, '/tmp'].filter(folder => folder).map(folder => `${folder}/${name}`)
}

/** Everybody may make files in /tmp: with the token of a stranger one would write into the stranger's folders. */
function isStrangers(uid: number): boolean {
  return process.getuid !== undefined && uid !== process.getuid()
}

/** Files in the usual places that are not used, as they belong to others. */
export function strangersTokens(env: NodeJS.ProcessEnv = process.env): string[] {
  return usualFiles(env).filter(path => {
    const stats = statSync(path, { throwIfNoEntry: false })
    return stats !== undefined && isStrangers(stats.uid)
  })
}

function fromUsualFiles(env: NodeJS.ProcessEnv): Found | null {
  for (const path of usualFiles(env)) {
    const found = fromUsualFile(path)
    if (found !== null) return found
  }
  return null
}

function fromUsualFile(path: string): Found | null {
  try {
    const { text, isOpenToOthers, uid } = readSmallFile(path, 'token')
    if (isStrangers(uid)) return null
    return { source: path, isExplicit: false, isOpenToOthers, text: text.trim() }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** What may stand in a header of HTTP, all of it. Never quotes the text. */
function check({ source, isExplicit, text }: Found): void {
  const bad = (why: string) => wrong(source, `is no token (${why}). ${renew(source, isExplicit)}`)
  if (text === '') throw bad('it is empty')
  if (/[\r\n]/.test(text)) throw bad('several lines, wanted one')
  const odd = /[^\x21-\x7e]/.exec(text)
  if (odd === null) return
  const code = `0x${odd[0].charCodeAt(0).toString(16).padStart(2, '0')}`
  throw bad(`character ${code} at ${odd.index}, wanted printable ASCII without spaces`)
}

function wrong(place: string, message: string): UsageError {
  return new UsageError([{ place, message }])
}
