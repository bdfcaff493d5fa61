/** The user's own modules (stages, workflows, filters) for workers that do not see the driver's files: with what they import by relative
 *  paths, they are sent with the graph. A worker that has the same files under the same paths uses these. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, extname, join, resolve } from 'node:path'
import { moveModules } from '../core/user-module.js'

export interface SentModules {
  /** Path as given, and in full at the driver. */
  readonly modules: readonly (readonly [given: string, path: string])[]
  readonly files: readonly SentFile[]
}

interface SentFile {
  /** In full, at the driver. */
  readonly path: string
  readonly bytes: Uint8Array
}

/** More than a program that somebody has written: a worker has to see it. */
const MOST_BYTES = 32e6
/** The package: of the joined programs a file of its own. */
declare const TNP_BUNDLED: boolean | undefined
const PACKAGE = new URL(typeof TNP_BUNDLED === 'undefined' ? '../index.js' : './package.js', import.meta.url).href
const NONE: SentModules = { modules: [], files: [] }
const JAVASCRIPT = new Set(['.js', '.mjs', '.cjs', '.ts', '.mts', '.cts'])
/** Of imports, of `require` and of `new URL`: a file too many does no harm. */
const RELATIVE = /\b(?:from|import|require|new URL)\s*\(?\s*(['"])(\.{1,2}\/[^'"\n]+)\1/g
const PYTHON_IMPORT = /^[ \t]*(?:from[ \t]+\.?([\w.]+)[ \t]+import|import[ \t]+([\w., \t]+))/gm

/** Reads the modules, and what they import by relative paths. What is not there is left out: the import says so. Of more than 32 MB
 *  nothing is sent. */
export function collectModules(given: readonly string[]): SentModules {
  const files = new Map<string, Uint8Array>()
  const waiting = given.map(path => resolve(path))
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (files.has(path) || !isFile(path)) continue
    const bytes = readFileSync(path)
    files.set(path, bytes)
    waiting.push(...importsOf(path, bytes))
  }
  let total = 0
  for (const bytes of files.values()) total += bytes.length
  if (total > MOST_BYTES) return NONE
  return {
    modules: given.map(path => [path, resolve(path)]),
    files: [...files].map(([path, bytes]) => ({ path, bytes })),
  }
}

/** Files that the module may import, and what says how it is to be read. */
function importsOf(path: string, bytes: Buffer): string[] {
  const folder = dirname(path)
  const kind = extname(path)
  if (kind === '.py') return pythonImports(folder, bytes.toString())
  if (!JAVASCRIPT.has(kind)) return []
  const found = [...bytes.toString().matchAll(RELATIVE)].map(([, , specifier]) => resolve(folder, specifier!))
  const description = packageJson(folder)
  return description === null ? found : [...found, description]
}

function pythonImports(folder: string, text: string): string[] {
  const names = [...text.matchAll(PYTHON_IMPORT)].flatMap(([, from, imported]) => (from ?? imported)!.split(','))
  return names.map(name => join(folder, `${name.trim().split(/\s/)[0]!.replaceAll('.', '/')}.py`))
}

/** By its "type" Node knows whether a .js file is an ES module. */
function packageJson(folder: string): string | null {
  for (let at = folder; ; at = dirname(at)) {
    const path = join(at, 'package.json')
    if (isFile(path)) return path
    if (at === dirname(at)) return null
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true
}

/** What was placed in this process before: digest -> folder. */
const placed = new Map<string, string>()

/** Has the modules found from now on: where the driver has them if they are there as they are at the driver, else in a folder of
 *  this process, in which they can import "tnp-pipe". */
export function placeModules({ modules, files }: SentModules): void {
  if (modules.length === 0) return
  const folder = files.every(isSame) ? '' : folderFor(files)
  moveModules(new Map(modules.map(([given, path]) => [given, join(folder, path)])))
}

function isSame({ path, bytes }: SentFile): boolean {
  try {
    return readFileSync(path).equals(bytes)
  } catch {
    return false
  }
}

function folderFor(files: readonly SentFile[]): string {
  const digest = createHash('sha256')
  for (const { path, bytes } of files) digest.update(`${path}\0${bytes.length}\0`).update(bytes)
  const key = digest.digest('hex')
  const known = placed.get(key)
  if (known !== undefined) return known
  const given = process.env.TNP_WORKER_FILES ?? ''
  const folder = mkdtempSync(join(existsSync(given) ? given : tmpdir(), 'tnp-pipe-modules-'))
  const write = (path: string, content: string | Uint8Array) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  for (const { path, bytes } of files) write(path, bytes)
  const exports = { '.': './index.js', './*': './index.js' }
  write('node_modules/tnp-pipe/package.json', JSON.stringify({ name: 'tnp-pipe', type: 'module', exports }))
  write('node_modules/tnp-pipe/index.js', `export * from ${JSON.stringify(PACKAGE)}\n`)
  placed.set(key, folder)
  return folder
}
