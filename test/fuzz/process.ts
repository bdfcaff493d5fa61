/** Starts a child, and watches over it: a case that takes too long, or memory that runs away, is its end. */
import { type ChildProcess, fork } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, readSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ChildMessage, ChildTask } from './child.js'
import { HANG_MS, MEMORY_BYTES } from './verdict.js'

/** How a child ended: by itself, or in the midst of a case (number in the list of targets, number of the case). */
export interface Ending {
  readonly kind: 'done' | 'hang' | 'memory' | 'crash'
  readonly at: { readonly target: number; readonly index: number } | null
  readonly words: string
}

export interface Child {
  readonly process: ChildProcess
  readonly ended: Promise<Ending>
  kill(): void
}

const LOOK_MS = 200

/** onMessage: of finds and counts. */
export function startChild(
  task: Omit<ChildTask, 'progress'>,
  onMessage: (message: ChildMessage) => void,
  hangMs = HANG_MS,
): Child {
  const folder = mkdtempSync(join(tmpdir(), 'tnp-fuzz-'))
  const progress = join(folder, 'case')
  writeFileSync(progress, Buffer.alloc(16, 0xff))
  const child = fork(fileURLToPath(new URL('child.js', import.meta.url)), [JSON.stringify({ ...task, progress })], {
    execArgv: ['--max-old-space-size=1024'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // Scratch files of a child that is killed go with its folder.
    env: { ...process.env, TMPDIR: folder },
  })
  let said = ''
  child.stderr!.on('data', bytes => {
    said = (said + bytes).slice(-4000)
  })
  child.on('message', message => onMessage(message as ChildMessage))
  const record = openSync(progress, 'r')
  let why: 'hang' | 'memory' | null = null
  const watch = setInterval(() => {
    const { target, began } = noted(record)
    if (target >= 0 && Date.now() - began > hangMs) why = 'hang'
    // What is resident now; the child itself looks at its peak.
    else if (target >= 0 && residentBytes(child.pid!) > 3 * MEMORY_BYTES) why = 'memory'
    if (why !== null) child.kill('SIGKILL')
  }, LOOK_MS)
  const ended = new Promise<Ending>(done => {
    child.on('close', (status, signal) => {
      clearInterval(watch)
      const { target, index } = noted(record)
      closeSync(record)
      rmSync(folder, { recursive: true, force: true })
      const at = target >= 0 ? { target, index } : null
      const words = `${signal ?? `status ${status}`}: ${said.trim().slice(-1000)}`
      if (why !== null) done({ kind: why, at, words: why === 'hang' ? `over ${hangMs / 1000} s` : 'memory ran away' })
      else done({ kind: status === 0 ? 'done' : 'crash', at, words })
    })
  })
  return { process: child, ended, kill: () => void child.kill('SIGKILL') }
}

function noted(record: number): { target: number; index: number; began: number } {
  const bytes = Buffer.alloc(16)
  readSync(record, bytes, 0, 16, 0)
  return { target: bytes.readInt32LE(0), index: bytes.readUInt32LE(4), began: bytes.readDoubleLE(8) }
}

/** 0 where the system does not tell. */
function residentBytes(pid: number): number {
  try {
    return 4096 * Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1])
  } catch {
    return 0
  }
}
