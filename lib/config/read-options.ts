/** `uproot_options` of a method: which read errors are reported, and how long to wait for a remote file. */
import { nearestHint } from '../core/errors.js'
import { type Cursor, show } from './cursor.js'
import { UPROOT_KEYS } from './generated/keys.gen.js'
import type { ReadOptions } from './job.js'
import { builtinBase, PYTHON_EXCEPTIONS } from './python-exceptions.js'

export function resolveReadOptions(options: Cursor): ReadOptions {
  for (const [key, cursor] of options.entries()) {
    if (!(UPROOT_KEYS as readonly string[]).includes(key)) cursor.warn(`ignored.${nearestHint(key, UPROOT_KEYS)}`)
  }
  const timeout = options.get('timeout').or<number | null>(null)
  return {
    allow: resolveAllow(options.get('allow_read_errors_with_report')),
    timeoutMs: timeout === null ? null : timeout * 1000,
  }
}

/** An empty list reports nothing, as in the reference. */
function resolveAllow(allow: Cursor): boolean | readonly string[] {
  for (const item of allow.items()) {
    const name = item.or('')
    if (item.isWrong || PYTHON_EXCEPTIONS.includes(name)) continue
    const base = builtinBase(name)
    const hint = base === undefined ? nearestHint(name, PYTHON_EXCEPTIONS) : ` ${name} is covered by "${base}".`
    item.problem(
      `${show(name)} is no built-in exception of Python.${hint} Useful ones: OSError, ValueError, KeyError, NotImplementedError, Exception.`,
    )
  }
  const given = allow.or<boolean | readonly string[]>(false)
  return Array.isArray(given) && given.length === 0 ? false : given
}
