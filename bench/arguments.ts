/** Options of the benchmark programs. */

/** A whole number from 1 on; throws otherwise. */
export function countOption(name: string, text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1) return value
  throw new Error(`--${name}: a whole number from 1 on was expected, got ${text}`)
}

/** A regular expression, case-insensitive; null where it is not given. */
export function patternOption(text: string | undefined): RegExp | null {
  return text === undefined ? null : new RegExp(text, 'i')
}
