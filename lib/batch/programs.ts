/** Running the batch system's own programs. */
import { execFile } from 'node:child_process'
import { UsageError } from '../core/errors.js'

export interface Answer {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

/** A controller that is busy may take a minute; longer means that it does not answer. */
const TIMEOUT_MS = 120_000
const MOST_BYTES = 256e6

/** What a program says. Throws UsageError where it is not there. */
export function runProgram(program: string, args: readonly string[]): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      program,
      [...args],
      { timeout: TIMEOUT_MS, maxBuffer: MOST_BYTES },
      (error, stdout, stderr) => {
        const code = (error as NodeJS.ErrnoException | null)?.code
        if (code === 'ENOENT' || code === 'EACCES') {
          const message = `${program} cannot be run here (${code}). Run this where jobs are submitted. tnp-pipe doctor tells what is here.`
          return reject(new UsageError([{ place: '--executor', message }]))
        }
        const status = error === null ? 0 : typeof error.code === 'number' ? error.code : 1
        const said = error?.killed ? `${stderr}no answer within ${TIMEOUT_MS / 1000} s` : stderr
        resolve({ status, stdout, stderr: said })
      },
    )
    child.stdin?.end()
  })
}

/** A program's words on one line. */
export function wordsOf({ stdout, stderr }: Answer): string {
  const text = stderr.trim() === '' ? stdout : stderr
  return text.trim().replaceAll(/\s*\n\s*/g, '; ')
}
