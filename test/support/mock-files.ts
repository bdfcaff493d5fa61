/** The files of a mock XRootD server, in memory, and the true answers to requests about them. */
import { type Answer, failure, ok, readvElement, type Seen } from './mock-frames.js'

export interface MockFile {
  bytes: Buffer
  /** Seconds since 1970. */
  modified: number
  readonly isFolder: boolean
}

const ARGUMENT = 3000
const FILE_NOT_OPEN = 3004
const FILE_SYSTEM = 3005
const NOT_FOUND = 3011
const UNSUPPORTED = 3013
const IS_DIRECTORY = 3016
const EXISTS = 3018

const [DELETE, NEW, UPDATE, MAKE_PATH, RETURN_STATUS] = [0x0002, 0x0008, 0x0020, 0x0100, 0x0400] as const

export class MockFiles {
  /** By path. */
  readonly files = new Map<string, MockFile>([['/', folder()]])
  readonly #open = new Map<number, { readonly path: string; readonly file: MockFile }>()
  #next = 1

  put(path: string, bytes: Uint8Array, modified = 1_700_000_000): void {
    this.#makeParents(path)
    this.files.set(path, { bytes: Buffer.from(bytes), modified, isFolder: false })
  }

  /** Forgets all handles, as a server that was restarted. */
  forget(): void {
    this.#open.clear()
  }

  answer(seen: Seen): Answer {
    switch (seen.name) {
      case 'ping':
      case 'sync':
        return ok()
      case 'open':
        return this.#openFile(seen)
      case 'close':
        return this.#open.delete(seen.body.readUInt32BE(0)) ? ok() : failure(FILE_NOT_OPEN, 'close: no such handle')
      case 'read':
      case 'readv':
        return this.#read(seen)
      case 'write':
        return this.#write(seen)
      case 'stat':
        return this.#stat(seen)
      case 'query':
        return this.#query(seen)
      case 'dirlist':
        return this.#list(seen.path)
      case 'mkdir':
        this.#makeParents(`${seen.path}/x`)
        return ok()
      case 'rm':
      case 'rmdir':
        return this.files.delete(seen.path) ? ok() : failure(NOT_FOUND, `no ${seen.path}`)
      case 'mv':
        return this.#move(seen)
      default:
        return failure(UNSUPPORTED, `request ${seen.id} is not known here`)
    }
  }

  #openFile({ path, body }: Seen): Answer {
    const options = body.readUInt16BE(2)
    const has = (flag: number) => (options & flag) !== 0
    let file = this.files.get(path)
    if (file?.isFolder) return failure(IS_DIRECTORY, `${path} is a folder`)
    if (has(NEW) && !has(DELETE) && file !== undefined) return failure(EXISTS, `${path} exists`)
    if (has(DELETE) || (has(NEW) && file === undefined)) {
      if (!this.files.has(parent(path)) && !has(MAKE_PATH)) return failure(NOT_FOUND, `no ${parent(path)}`)
      this.put(path, Buffer.alloc(0))
      file = this.files.get(path)
    }
    if (file === undefined) return failure(NOT_FOUND, `no ${path}${has(UPDATE) ? ' to write' : ''}`)
    const handle = this.#next++
    this.#open.set(handle, { path, file })
    const bytes = Buffer.alloc(12)
    bytes.writeUInt32BE(handle, 0)
    return has(RETURN_STATUS) ? ok(bytes, status(file)) : ok(bytes.subarray(0, 4))
  }

  #read({ name, ranges }: Seen): Answer {
    const parts: Buffer[] = []
    for (const { handle, position, length } of ranges) {
      const file = this.#open.get(handle)?.file
      if (file === undefined) return failure(FILE_NOT_OPEN, `${name}: no such handle`)
      const bytes = file.bytes.subarray(position, position + length)
      if (name === 'read') return ok(bytes)
      if (bytes.length < length) return failure(FILE_SYSTEM, 'readv: past the end')
      parts.push(readvElement(handle, position, bytes))
    }
    return ok(...parts)
  }

  #write({ ranges, payload }: Seen): Answer {
    const { handle, position } = ranges[0]!
    const file = this.#open.get(handle)?.file
    if (file === undefined) return failure(FILE_NOT_OPEN, 'write: no such handle')
    const grown = Buffer.alloc(Math.max(file.bytes.length, position + payload.length))
    file.bytes.copy(grown)
    payload.copy(grown, position)
    file.bytes = grown
    return ok()
  }

  #stat({ path, body }: Seen): Answer {
    const file = path === '' ? this.#open.get(body.readUInt32BE(12))?.file : this.files.get(trimmed(path))
    if (file === undefined) return path === '' ? failure(FILE_NOT_OPEN) : failure(NOT_FOUND, `no ${path}`)
    return ok(status(file))
  }

  /** Checksums, and the limits of readv: one line for each name that was asked for. */
  #query({ body, payload }: Seen): Answer {
    const text = payload.toString('utf8').replace(/\0+$/, '')
    const what = body.readUInt16BE(0)
    if (what === 3) {
      const file = this.files.get(text.replace(/\?.*$/s, ''))
      return file === undefined ? failure(NOT_FOUND, `no ${text}`) : ok(`adler32 ${adler32(file.bytes)}\0`)
    }
    if (what !== 7) return failure(ARGUMENT, `query ${what}`)
    const known: Readonly<Record<string, string>> = { readv_ior_max: '2097136', readv_iov_max: '1024' }
    return ok(
      text
        .split(/\s+/)
        .map(name => `${known[name] ?? name}\n`)
        .join(''),
    )
  }

  /** With status, as dcksm-less kXR_dstat: a first entry `.` with zeros announces it. */
  #list(path: string): Answer {
    const base = trimmed(path)
    if (!this.files.has(base)) return failure(NOT_FOUND, `no ${path}`)
    const prefix = base === '/' ? '/' : `${base}/`
    const lines = ['.\n0 0 0 0']
    for (const [name, file] of this.files) {
      if (name !== '/' && parent(name) === base)
        lines.push(`${name.slice(prefix.length)}\n${status(file).slice(0, -1)}`)
    }
    return ok(`${lines.join('\n')}\0`)
  }

  #move({ body, payload }: Seen): Answer {
    const text = payload.toString('utf8').replace(/\0+$/, '')
    const length = body.readInt16BE(14)
    const [from, to] = length > 0 ? [text.slice(0, length), text.slice(length + 1)] : text.split(' ')
    const source = from!.replace(/\?.*$/s, '')
    const target = to!.replace(/\?.*$/s, '')
    const file = this.files.get(source)
    if (file === undefined) return failure(NOT_FOUND, `no ${source}`)
    this.files.delete(source)
    this.files.set(target, file)
    return ok()
  }

  #makeParents(path: string): void {
    for (let at = parent(path); at !== '/'; at = parent(at)) {
      if (!this.files.has(at)) this.files.set(at, folder())
    }
  }
}

function folder(): MockFile {
  return { bytes: Buffer.alloc(0), modified: 1_700_000_000, isFolder: true }
}

function status({ bytes, modified, isFolder }: MockFile): string {
  return `4711 ${bytes.length} ${isFolder ? 2 | 16 : 16} ${modified}\0`
}

function parent(path: string): string {
  return path.slice(0, Math.max(1, path.lastIndexOf('/')))
}

function trimmed(path: string): string {
  return path.replace(/(?<=.)\/+$/, '')
}

/** RFC 1950, 8.2; eight hexadecimal digits. */
function adler32(bytes: Uint8Array): string {
  let [a, b] = [1, 0]
  for (const byte of bytes) {
    a = (a + byte) % 65521
    b = (b + a) % 65521
  }
  return (b * 65536 + a).toString(16).padStart(8, '0')
}
