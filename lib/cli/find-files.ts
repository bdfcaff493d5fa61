/** Local files by a path, a folder or a pattern with * ? [...] and **, sorted by name, as commands take them. */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { UsageError } from '../core/errors.js'

/** A file's own path; the files of a folder with the extension; or what a pattern finds, where a folder that it finds alone
 *  stands for its files. Throws UsageError where nothing is found. `option` names the option that `source` was given by. */
export async function findFiles(source: string, extension: string, option: string): Promise<string[]> {
  const kind = await kindOf(source)
  if (kind === 'file') return [source]
  if (kind === 'folder') return filesIn(source, extension, option)
  if (!/[*?[]/.test(source)) throw notFound(option, `${source}: no such file or folder.`)
  const found = await expand(source)
  const kinds = await Promise.all(found.map(kindOf))
  if (found.length === 1 && kinds[0] === 'folder') return filesIn(found[0]!, extension, option)
  const files = found.filter((_, i) => kinds[i] === 'file').sort()
  if (files.length === 0) throw notFound(option, `no file matches ${source}.`)
  return files
}

async function kindOf(path: string): Promise<'file' | 'folder' | null> {
  const found = await stat(path).catch(() => null)
  if (found === null) return null
  return found.isDirectory() ? 'folder' : 'file'
}

async function filesIn(folder: string, extension: string, option: string): Promise<string[]> {
  const names = (await readdir(folder)).filter(name => name.endsWith(extension) && !name.startsWith('.')).sort()
  if (names.length === 0) throw notFound(option, `${folder} has no ${extension} files.`)
  return names.map(name => join(folder, name))
}

function notFound(option: string, message: string): UsageError {
  return new UsageError([{ place: option, message }])
}

/** Paths that the pattern matches, component by component; `**` stands for any number of folders. */
async function expand(pattern: string): Promise<string[]> {
  const parts = pattern.split('/').filter((part, i) => part !== '' || i === 0)
  let found = [parts[0] === '' ? '/' : '']
  for (const part of parts[0] === '' ? parts.slice(1) : parts) {
    const next = await Promise.all(found.map(folder => step(folder, part)))
    found = [...new Set(next.flat())]
  }
  return found
}

async function step(folder: string, part: string): Promise<string[]> {
  if (part === '**') return foldersBelow(folder)
  if (!/[*?[]/.test(part)) {
    const path = join(folder, part)
    return (await kindOf(path)) === null ? [] : [path]
  }
  const matches = componentPattern(part)
  const names = await readdir(folder || '.').catch((): string[] => [])
  return names
    .filter(name => matches.test(name) && (part.startsWith('.') || !name.startsWith('.')))
    .map(n => join(folder, n))
}

async function foldersBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder || '.', { withFileTypes: true }).catch(() => [])
  const folders = entries.filter(entry => entry.isDirectory() && !entry.name.startsWith('.'))
  const below = await Promise.all(folders.map(entry => foldersBelow(join(folder, entry.name))))
  return [folder, ...below.flat()]
}

function componentPattern(part: string): RegExp {
  const source = part.replace(/\[(!?)([^\]]+)\]|[*?]|[\\^$.|+()[\]{}]/g, (token, not?: string, set?: string) => {
    if (set !== undefined) return `[${not ? '^' : ''}${set.replaceAll('\\', '\\\\').replaceAll('^', '\\^')}]`
    if (token === '*') return '.*'
    return token === '?' ? '.' : `\\${token}`
  })
  return new RegExp(`^${source}$`, 'su')
}
