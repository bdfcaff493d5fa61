/** Logs as JSON lines (pino), where they are asked for: --debug to stderr, --log-file to a file. pino is loaded only then. */

import { openSync } from 'node:fs'
import { hideAccessIn } from '../bytes/address.js'
import { UsageError } from '../core/errors.js'
import type { Logger } from '../core/types.js'

const QUIET: Logger = { debug() {}, info() {}, warn() {} }

export async function openLog(options: { readonly debug: boolean; readonly logFile?: string }): Promise<Logger> {
  const { debug, logFile } = options
  if (!debug && logFile === undefined) return QUIET
  const { pino } = await import('pino')
  const level = debug ? 'debug' : 'info'
  const destination = pino.destination({ dest: logFile === undefined ? 2 : openLogFile(logFile), sync: true })
  const write = (line: string) => destination.write(hideAccessIn(line))
  const log: Logger = pino({ level, base: null }, { write })
  return log
}

function openLogFile(path: string): number {
  try {
    return openSync(path, 'a')
  } catch (error) {
    throw new UsageError([{ place: '--log-file', message: `"${path}" cannot be written: ${(error as Error).message}` }])
  }
}
