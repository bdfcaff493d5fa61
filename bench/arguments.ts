/** Options of the benchmark programs. */
import { type ParseArgsConfig, parseArgs } from 'node:util'

/** What the command line says. --help prints `usage`, and anything unknown it with what is wrong; both end the program. */
export function parseCommandLine<T extends ParseArgsConfig>(usage: string, config: T): ReturnType<typeof parseArgs<T>> {
  if (process.argv.includes('--help')) {
    process.stdout.write(`${usage}\n`)
    process.exit(0)
  }
  try {
    return parseArgs(config)
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n${usage}\n`)
    process.exit(2)
  }
}

/** A whole number from 1 on; ends the program otherwise. */
export function countOption(name: string, text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1) return value
  process.stderr.write(`--${name}: a whole number from 1 on was expected, got ${text}\n`)
  process.exit(2)
}

/** A regular expression, case-insensitive; null where it is not given. */
export function patternOption(text: string | undefined): RegExp | null {
  return text === undefined ? null : new RegExp(text, 'i')
}
