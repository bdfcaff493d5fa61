/** Local files by a path, a folder or a pattern with * ? [...] and **, sorted by name, as commands take them. */
import { isRemote, joinAddress } from '../bytes/address.js'
import { listFolder, statusOf } from '../bytes/places.js'
import { UsageError } from '../core/errors.js'

/** What to do where a folder has no files of the extension, by the names that it has. */
type Advice = (names: readonly string[]) => string

/** A file's own path; the files of a folder with the extension; or what a pattern finds, where a folder that it finds alone
 *  stands for its files. Throws UsageError where nothing is found. `option` names the option that `source` was given by. */
export async function findFiles(
  source: string,
  extension: string,
  option: string,
  advice: Advice = () => '',
): Promise<string[]> {
  const kind = await kindOf(source)
  if (kind === 'file') return [source]
  if (kind === 'folder') return filesIn(source, extension, option, advice)
  if (!/[*?[]/.test(source)) throw notFound(option, `${source}: no such file or folder.`)
  const found = await expand(source)
  const kinds = await Promise.all(found.map(kindOf))
  if (found.length === 1 && kinds[0] === 'folder') return filesIn(found[0]!, extension, option, advice)
  const files = found.filter((_, i) => kinds[i] === 'file').sort()
  if (files.length === 0) throw notFound(option, `no file matches ${source}.`)
  return files
}

async function kindOf(path: string): Promise<'file' | 'folder' | null> {
  // Of local paths whatever cannot be looked at is not there.
  const found = await statusOf(path).catch(error => {
    if (isRemote(path)) throw error
    return null
  })
  if (found === null) return null
  return found.isFolder ? 'folder' : 'file'
}

async function filesIn(folder: string, extension: string, option: string, advice: Advice): Promise<string[]> {
  const entries = await listFolder(folder)
  const all = entries.map(({ name }) => name)
  const names = all.filter(name => name.endsWith(extension) && !name.startsWith('.'))
  if (names.length === 0) throw notFound(option, `${folder} has no ${extension} files.${advice(all)}`)
  return names.map(name => joinAddress(folder, name))
}

function notFound(option: string, message: string): UsageError {
  return new UsageError([{ place: option, message }])
}

/** Paths that the pattern matches, component by component; `**` stands for any number of folders. */
async function expand(pattern: string): Promise<string[]> {
  const { start, parts } = splitPattern(pattern)
  let found = [start]
  for (const part of parts) {
    const next = await Promise.all(found.map(folder => step(folder, part)))
    found = [...new Set(next.flat())]
  }
  return found
}

/** Where to begin, and the components from there. */
function splitPattern(pattern: string): { readonly start: string; readonly parts: readonly string[] } {
  const host = isRemote(pattern) ? /^[^:]*:?:?[^:]*:\/\/[^/]*\//.exec(pattern)?.[0] : undefined
  if (host !== undefined) {
    return {
      start: host,
      parts: pattern
        .slice(host.length)
        .split('/')
        .filter(part => part !== ''),
    }
  }
  const parts = pattern.split('/').filter((part, i) => part !== '' || i === 0)
  return parts[0] === '' ? { start: '/', parts: parts.slice(1) } : { start: '', parts }
}

/** Local paths as they were; below a server's root there is a slash of its own. */
function below(folder: string, name: string): string {
  if (folder === '' || folder === '/') return folder + name
  return isRemote(folder) && /:\/\/[^/]*\/$/.test(folder) ? `${folder}/${name}` : joinAddress(folder, name)
}

async function step(folder: string, part: string): Promise<string[]> {
  if (part === '**') return foldersBelow(folder)
  if (!/[*?[]/.test(part)) {
    const path = below(folder, part)
    return (await kindOf(path)) === null ? [] : [path]
  }
  const matches = componentPattern(part)
  const names = (await entriesOf(folder)).map(({ name }) => name)
  return names
    .filter(name => matches.test(name) && (part.startsWith('.') || !name.startsWith('.')))
    .map(n => below(folder, n))
}

async function foldersBelow(folder: string): Promise<string[]> {
  const folders = (await entriesOf(folder)).filter(entry => entry.isFolder && !entry.name.startsWith('.'))
  const deeper = await Promise.all(folders.map(entry => foldersBelow(below(folder, entry.name))))
  return [folder, ...deeper.flat()]
}

/** None where it is no folder that can be listed. */
function entriesOf(folder: string): ReturnType<typeof listFolder> {
  return listFolder(folder || '.').catch(error => {
    if (isRemote(folder) && error.exception !== 'FileNotFoundError') throw error
    return []
  })
}

function componentPattern(part: string): RegExp {
  const source = part.replace(/\[(!?)([^\]]+)\]|[*?]|[\\^$.|+()[\]{}]/g, (token, not?: string, set?: string) => {
    if (set !== undefined) return `[${not ? '^' : ''}${set.replaceAll('\\', '\\\\').replaceAll('^', '\\^')}]`
    if (token === '*') return '.*'
    return token === '?' ? '.' : `\\${token}`
  })
  return new RegExp(`^${source}$`, 'su')
}
