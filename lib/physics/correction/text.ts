/** Corrections as JSON text that correctionlib reads: it takes edges and bounds only where they are written with a point. */
import type { CorrectionJson } from './document.js'

/** Fields whose numbers are integers. */
const INTEGERS: ReadonlySet<string> = new Set(['schema_version', 'version', 'key', 'index', 'n'])

/** A document with these corrections. Numbers survive the way through the text exactly; they must be finite, but for edges, which
 *  become the words that correctionlib knows. */
export function correctionSetText(corrections: readonly CorrectionJson[], description: string): string {
  return toText({ schema_version: 2, description, corrections }, '')
}

function toText(value: unknown, key: string): string {
  if (typeof value === 'number') return INTEGERS.has(key) ? String(value) : floatText(value)
  if (Array.isArray(value)) return `[${value.map(item => toText(item, key)).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = Object.entries(value).filter(([, item]) => item !== undefined)
  return `{${fields.map(([name, item]) => `${JSON.stringify(name)}:${toText(item, name)}`).join(',')}}`
}

function floatText(x: number): string {
  if (Math.abs(x) === Infinity) return x > 0 ? '"inf"' : '"-inf"'
  const text = String(x)
  return /^-?[0-9]+$/.test(text) ? `${text}.0` : text
}
