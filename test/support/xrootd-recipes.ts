/** What the stock XRootD servers of the tests stand on: their configurations, next to the project, the programs of this machine, and
 *  one temporary folder, gone when the process ends. */
import { execFile } from 'node:child_process'
import { accessSync, chmodSync, constants, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'

/** The configurations of stock servers that tests can start. */
export type ServerKind =
  | 'plain'
  | 'redirect'
  | 'redirect-http'
  | 'unix'
  | 'gsi'
  | 'gsi-signed'
  | 'gsi-voms'
  | 'ztn'
  | 'http'
  | 'https'
  | 'krb5'
  | 'sss'

const PROGRAMS: Readonly<Partial<Record<ServerKind, readonly string[]>>> = {
  gsi: ['openssl'],
  'gsi-signed': ['openssl'],
  'gsi-voms': ['openssl', 'voms-proxy-fake'],
  ztn: ['openssl'],
  https: ['openssl'],
  krb5: ['krb5kdc', 'kadmin.local', 'kdb5_util', 'kinit'],
  sss: ['xrdsssadmin'],
}

/** Plugins that come in packages of their own. */
const PLUGINS: Readonly<Partial<Record<ServerKind, RegExp>>> = {
  'gsi-voms': /^libXrdVoms-/,
  ztn: /^libXrdAccSciTokens-/,
  https: /^libXrdAccSciTokens-/,
}

/** What `haveXrootd` looks for, for `testIf`. */
export const XROOTD_NEEDS = 'an XRootD server and the shared recipes for it (scripts/servers.sh installs it on Debian)'

/** A stock server of this kind can be started here. Sockets are handed to it as systemd does, which it knows on Linux only. */
export function haveXrootd(kind: ServerKind = 'plain'): boolean {
  if (process.platform !== 'linux' || !existsSync(recipe('plain.cfg'))) return false
  if (!['xrootd', 'python3', ...(PROGRAMS[kind] ?? [])].every(haveProgram)) return false
  const plugin = PLUGINS[kind]
  return plugin === undefined || plugins().some(name => plugin.test(name))
}

/** Absolute path of a file of the shared recipes, there or not. Tests run with the project's root as working directory. */
export function recipe(name: string): string {
  return resolve('..', 'shared', 'recipes', 'xrootd', name)
}

/** Debian's daemons are in folders that a user's PATH may lack. */
export const SYSTEM_PATH: string = [process.env.PATH ?? '', '/usr/sbin', '/sbin'].join(delimiter)

/** Absolute path of a program, or null. */
export function programPath(name: string): string | null {
  for (const folder of SYSTEM_PATH.split(delimiter)) {
    try {
      const path = join(folder, name)
      accessSync(path, constants.X_OK)
      return path
    } catch {}
  }
  return null
}

export function haveProgram(name: string): boolean {
  return programPath(name) !== null
}

/** Runs a program to its end; throws with what it wrote to stderr. Returns its stdout. The test's process goes on meanwhile. */
export async function runProgram(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<string> {
  const env = { ...process.env, PATH: SYSTEM_PATH, ...options.env }
  return (await promisify(execFile)(command, args, { ...options, env, maxBuffer: 64e6 })).stdout
}

const endings = new Set<() => void>()

/** What is to be done when the process ends, however it does but by SIGKILL. Returns what takes it back. */
export function atExit(clean: () => void): () => void {
  if (endings.size === 0) process.once('exit', () => runAll(endings))
  endings.add(clean)
  return () => endings.delete(clean)
}

function runAll(functions: Iterable<() => void>): void {
  for (const call of functions) call()
}

let folder: string | undefined

/** A new folder that other users may enter: the server runs as its own user where tests run as root. */
export function makeWorkFolder(name: string): string {
  if (folder === undefined) {
    const made = mkdtempSync(join(tmpdir(), 'tnp-pipe-xrootd-'))
    folder = made
    chmodSync(made, 0o755)
    atExit(() => rmSync(made, { recursive: true, force: true }))
  }
  const made = mkdtempSync(join(folder, `${name}-`))
  chmodSync(made, 0o755)
  return made
}

function plugins(): string[] {
  const program = programPath('xrootd')
  if (program === null) return []
  const lib = resolve(dirname(program), '..', 'lib')
  return [lib, ...folders(lib)].flatMap(entries)
}

function folders(path: string): string[] {
  return entries(path).map(name => join(path, name))
}

function entries(path: string): string[] {
  try {
    return readdirSync(path)
  } catch {
    return []
  }
}
