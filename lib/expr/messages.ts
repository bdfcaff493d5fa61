/** Messages about what Python does with single values but not with columns; check.ts and precheck.ts give the same ones. */

export const JOIN_ADVICE = 'Join conditions in parentheses with & or |: (a > 1) & (b > 2).'
export const CHAIN = 'comparisons of columns cannot be chained'
export const NOT = { problem: onColumns('not'), advice: 'Write ~(...).' }
export const IF = { problem: onColumns('if'), advice: 'Write ak.where(condition, x, y).' }

export function onColumns(keyword: string): string {
  return `"${keyword}" does not work on columns`
}

export function unknownMember(label: string): string {
  return `${label} is unknown or not supported`
}

export function unknownName(name: string): string {
  return `unknown name "${name}"`
}
