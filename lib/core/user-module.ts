/** What a module of the user's exports. Programs and workers each import it by its path. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { UsageError } from './errors.js'
import { shared } from './shared.js'

/** `module::export`. */
export interface ModulePlace {
  readonly path: string
  readonly name: string
}

/** `path` or `path::export`; without a name, the default export. */
export function parseModulePlace(text: string): ModulePlace {
  const at = text.lastIndexOf('::')
  return at < 0 ? { path: text, name: 'default' } : { path: text.slice(0, at), name: text.slice(at + 2) }
}

/** Paths as they are given -> where the files lie that were sent to this process in their place. */
const sent = shared('user modules', () => new Map<string, string>())

/** From now on these modules are looked for where they lie now: given path -> path. */
export function moveModules(places: ReadonlyMap<string, string>): void {
  for (const [given, path] of places) sent.set(given, path)
}

/** Where the user's file lies: as given, or where it was sent to. */
export function modulePath(given: string): string {
  return sent.get(given) ?? given
}

export function describePlace({ path, name }: ModulePlace): string {
  return `${path}::${name}`
}

export interface UserExport {
  readonly value: unknown
  /** Names of all exports, for messages. */
  readonly exports: string
  readonly fail: (message: string) => UsageError
}

/** what: `stage` or `workflow`. Throws UsageError where the module cannot be imported. */
export async function importExport(place: ModulePlace, what: string): Promise<UserExport> {
  const { module, fail } = await importUserModule(place, what, 'loaded')
  return { value: module[place.name], exports: Object.keys(module).join(', ') || 'nothing', fail }
}

export interface UserModule {
  readonly module: Readonly<Record<string, unknown>>
  readonly fail: (message: string) => UsageError
}

/** what, done: for messages. Throws UsageError where the file or this Node's support for it is missing, or the import fails. */
export async function importUserModule(
  place: ModulePlace,
  what: string,
  done: 'loaded' | 'imported',
): Promise<UserModule> {
  const path = modulePath(place.path)
  const fail = (message: string) => new UsageError([{ place: `${what} ${describePlace(place)}`, message }])
  if (!existsSync(path)) throw fail(`file "${place.path}" not found. The path is relative to the working directory.`)
  try {
    return { module: (await import(pathToFileURL(resolve(path)).href)) as Record<string, unknown>, fail }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ERR_UNKNOWN_FILE_EXTENSION' && path.endsWith('.ts')) {
      throw fail('TypeScript needs Node 22.18 or later. Compile it to JavaScript.')
    }
    throw fail(`cannot be ${done} (${message}).`)
  }
}
