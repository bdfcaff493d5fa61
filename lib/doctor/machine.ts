/** What a machine gives to a process: Node, cores, memory, open files, room for temporary files. */
import { accessSync, constants, readFileSync, statfsSync } from 'node:fs'
import { availableParallelism, cpus, freemem, tmpdir, totalmem } from 'node:os'
import zlib from 'node:zlib'

export interface Machine {
  readonly node: { readonly version: string; readonly path: string; readonly hasZstd: boolean }
  readonly platform: string
  /** Of the C library; null where it is another than glibc. */
  readonly glibc: string | null
  /** there: of the machine; usable: by this process, as affinity has it; limit: of its control group, in cores. */
  readonly cores: { readonly there: number; readonly usable: number; readonly limit: number | null }
  /** In bytes. limit: of the control group; null: there is none. */
  readonly memory: { readonly there: number; readonly free: number; readonly limit: number | null }
  /** Null: not known here. */
  readonly openFiles: { readonly soft: number; readonly hard: number } | null
  readonly temporary: { readonly folder: string; readonly freeBytes: number | null; readonly isWritable: boolean }
}

/** read: the text of a file; null where there is none. */
export function surveyMachine(read: (path: string) => string | null = textOf, folder = tmpdir()): Machine {
  const group = groupFolders(read)
  const report = process.report?.getReport() as { header?: { glibcVersionRuntime?: string } } | undefined
  return {
    node: { version: process.version, path: process.execPath, hasZstd: 'zstdDecompressSync' in zlib },
    platform: `${process.platform}-${process.arch}`,
    glibc: report?.header?.glibcVersionRuntime ?? null,
    cores: {
      there: cpus().length,
      usable: availableParallelism(),
      limit: smallest(group.map(at => coreLimit(at, read))),
    },
    memory: { there: totalmem(), free: freemem(), limit: smallest(group.map(at => memoryLimit(at, read))) },
    openFiles: openFiles(read('/proc/self/limits')),
    temporary: temporaryRoom(folder),
  }
}

/** Of this process and all above it, version 2 and 1: the smallest limit of them counts. */
function groupFolders(read: (path: string) => string | null): string[] {
  const folders: string[] = []
  for (const line of (read('/proc/self/cgroup') ?? '').split('\n')) {
    const [, kinds, path] = /^\d+:([^:]*):(\/.*)$/.exec(line) ?? []
    if (kinds === undefined || path === undefined) continue
    const root = kinds === '' ? '/sys/fs/cgroup' : `/sys/fs/cgroup/${kinds}`
    for (let at = path; ; at = at.slice(0, at.lastIndexOf('/'))) {
      folders.push(`${root}${at === '/' ? '' : at}`)
      if (at === '' || at === '/') break
    }
  }
  return folders
}

function coreLimit(folder: string, read: (path: string) => string | null): number | null {
  const [, quota, period] =
    /^(\d+) (\d+)/.exec(read(`${folder}/cpu.max`) ?? '') ??
    /^(\d+) (\d+)/.exec(`${read(`${folder}/cpu.cfs_quota_us`)} ${read(`${folder}/cpu.cfs_period_us`)}`) ??
    []
  return quota === undefined ? null : Number(quota) / Number(period)
}

function memoryLimit(folder: string, read: (path: string) => string | null): number | null {
  const text = read(`${folder}/memory.max`) ?? read(`${folder}/memory.limit_in_bytes`)
  const bytes = Number(text)
  // Version 1 says "no limit" by a number near 2^63.
  return text === null || !(bytes > 0 && bytes < 2 ** 60) ? null : bytes
}

function smallest(values: readonly (number | null)[]): number | null {
  const known = values.filter(value => value !== null)
  return known.length === 0 ? null : Math.min(...known)
}

function openFiles(limits: string | null): { soft: number; hard: number } | null {
  const [, soft, hard] = /^Max open files\s+(\d+|unlimited)\s+(\d+|unlimited)/m.exec(limits ?? '') ?? []
  const number = (text: string) => (text === 'unlimited' ? Number.MAX_SAFE_INTEGER : Number(text))
  return soft === undefined || hard === undefined ? null : { soft: number(soft), hard: number(hard) }
}

function temporaryRoom(folder: string): Machine['temporary'] {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return { folder, freeBytes: bavail * bsize, isWritable: mayWrite(folder) }
  } catch {
    return { folder, freeBytes: null, isWritable: false }
  }
}

function mayWrite(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return null
  }
}
