/** Loaded into a program by `--import`: its calls of node:fs fail, or the process kills itself, where TNP_TEST_FAULTS says so. What runs is
 *  the program as it is; only the file system below it is another one. See faults.ts for what may be asked for. */
import fs, { type PathLike } from 'node:fs'
import promises, { type FileHandle } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { constants } from 'node:os'
import { basename } from 'node:path'
import { isMainThread } from 'node:worker_threads'
import type { Faults } from './faults.js'

type Call = (this: unknown, ...args: unknown[]) => unknown

const { TNP_TEST_FAULTS: text } = process.env
if (text !== undefined) begin(JSON.parse(text) as Faults)

function begin(faults: Faults): void {
  const isWorker = !isMainThread || /worker/.test(basename(process.argv[1] ?? ''))
  if (isWorker === (faults.where === 'workers')) patch(faults)
}

function patch(faults: Faults): void {
  const calls = new RegExp(`^(${faults.calls})$`)
  const paths = new RegExp(faults.paths)
  const names = new Map<number, string>()
  const { appendFileSync, writeSync } = fs
  let count = 0
  let fired = false
  let isOwn = false

  /** Counts the call where it is one of those; gives what is to become of it. */
  function look(call: string, path: string): 'pass' | 'fail' {
    if (isOwn || !calls.test(call) || !paths.test(path)) return 'pass'
    count++
    note(call, path)
    if (faults.at === undefined || count < faults.at) return 'pass'
    if (count > faults.at && !(faults.ever ?? false)) return 'pass'
    fired = true
    return 'fail'
  }

  /** Node's own functions call one another, by way of what is patched here. */
  function note(call: string, path: string): void {
    if (faults.log === undefined) return
    isOwn = true
    appendFileSync(faults.log, `${count} ${call} ${path}\n`)
    isOwn = false
  }

  /** half: does the half of a write that still goes through. */
  function fail(call: string, path: string, half: () => void): Error {
    if (fired && faults.torn === true) half()
    if (faults.error === 'kill') {
      process.kill(process.pid, 'SIGKILL')
      // The signal comes at once to the calling thread; others go on until the kernel has them.
      for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
    }
    const error = new Error(`${faults.error}: injected, ${call} '${path}'`) as NodeJS.ErrnoException
    error.code = faults.error
    error.syscall = call
    error.errno = -(constants.errno as Readonly<Record<string, number>>)[faults.error]!
    return error
  }

  const halves = (fd: number, data: unknown, position: unknown) => () => {
    const bytes = Array.isArray(data) ? Buffer.concat(data as Uint8Array[]) : data
    if (!(bytes instanceof Uint8Array)) return
    writeSync(fd, bytes, 0, bytes.length >> 1, typeof position === 'number' ? position : null)
  }
  const nothing = () => {}

  // Calls that name a path.
  const named = ['open', 'writeFile', 'mkdir', 'rename', 'rm', 'rmdir', 'unlink', 'copyFile', 'link', 'readdir', 'stat']
  for (const call of named) {
    const lib = promises as unknown as Record<string, Call>
    const original = lib[call]!
    lib[call] = async (path, ...rest) => {
      const name = call === 'open' ? openingCall(rest[0]) : call
      if (look(name, pathText(path)) === 'fail') throw fail(name, pathText(path), nothing)
      const given = await original.call(promises, path, ...rest)
      if (call === 'open') names.set((given as FileHandle).fd, pathText(path))
      return given
    }
    const sync = `${call}Sync`
    const libSync = fs as unknown as Record<string, Call>
    const originalSync = libSync[sync]!
    libSync[sync] = (path, ...rest) => {
      const name = call === 'open' ? openingCall(rest[0]) : call
      if (look(name, pathText(path)) === 'fail') throw fail(name, pathText(path), nothing)
      const given = originalSync.call(fs, path, ...rest)
      if (call === 'open') names.set(given as number, pathText(path))
      return given
    }
  }

  // Calls on an open file.
  for (const call of ['write', 'writev', 'read', 'fsync'] as const) {
    const lib = fs as unknown as Record<string, Call>
    const sync = `${call}Sync`
    const originalSync = lib[sync]!
    lib[sync] = (fd, data, ...rest) => {
      const path = names.get(fd as number) ?? ''
      const position = call === 'writev' ? rest[0] : rest[2]
      if (look(call, path) === 'fail')
        throw fail(call, path, call.startsWith('write') ? halves(fd as number, data, position) : nothing)
      return originalSync.call(fs, fd, data, ...rest)
    }
    const original = lib[call]!
    lib[call] = (fd, ...rest) => {
      const path = names.get(fd as number) ?? ''
      if (look(call, path) !== 'fail') return original.call(fs, fd, ...rest)
      const error = fail(call, path, nothing)
      process.nextTick(rest.at(-1) as (error: Error) => void, error)
    }
  }
  syncBuiltinESMExports()
  void patchHandles()

  async function patchHandles(): Promise<void> {
    const file = await promises.open('/dev/null')
    const prototype = Object.getPrototypeOf(file) as Record<string, Call>
    await file.close()
    for (const [method, call] of Object.entries({ ...HANDLE_CALLS })) {
      const original = prototype[method]!
      prototype[method] = async function (this: unknown, data: unknown, ...rest: unknown[]) {
        const { fd } = this as FileHandle
        const path = names.get(fd) ?? ''
        const position = method === 'writev' ? rest[0] : rest[2]
        if (look(call, path) === 'fail')
          throw fail(call, path, call.startsWith('write') ? halves(fd, data, position) : nothing)
        return original.call(this, data, ...rest)
      }
    }
  }
}

const HANDLE_CALLS = {
  write: 'write',
  writev: 'writev',
  read: 'read',
  sync: 'fsync',
  datasync: 'fsync',
  truncate: 'truncate',
}

function openingCall(flags: unknown): 'open' | 'create' {
  return typeof flags === 'string' && /[wa]/.test(flags) ? 'create' : 'open'
}

function pathText(path: unknown): string {
  return typeof path === 'string' ? path : String(path as PathLike)
}
