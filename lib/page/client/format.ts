/** Numbers as people read them. */

const MINUS = '−'
const NONE = '–'

export function signed(text: string): string {
  return text.replace('-', MINUS)
}

/** Whole numbers with thin spaces between thousands, others with six digits. */
export function count(value: number | null): string {
  if (value === null) return NONE
  const text = Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)))
  return signed(
    Math.abs(value) < 1e4 || text.includes('e') ? text : text.replace(/\B(?=(\d{3})+(?!\d))(?<!\..*)/g, '\u202f'),
  )
}

export function fixed(value: number | null, digits: number): string {
  return value === null || !Number.isFinite(value) ? NONE : signed(value.toFixed(digits))
}

/** "0.8502 ± 0.0018": two digits of the error. */
export function withError(value: number | null, error: number | null): string {
  if (value === null) return NONE
  if (error === null || !(error > 0)) return signed(String(Number(value.toPrecision(5))))
  const digits = digitsOf(error)
  return `${fixed(value, digits)} ± ${error.toFixed(digits)}`
}

/** "0.8502 +0.0017 −0.0019". */
export function withSides(value: number | null, down: number | null, up: number | null): string {
  if (value === null) return NONE
  const sides = [down, up].filter(side => side !== null && side > 0) as number[]
  if (sides.length === 0) return signed(String(Number(value.toPrecision(5))))
  const digits = Math.max(...sides.map(digitsOf))
  const side = (sign: string, of: number | null) => (of === null ? '' : ` ${sign}${of.toFixed(digits)}`)
  return `${fixed(value, digits)}${side('+', up)}${side(MINUS, down)}`
}

function digitsOf(error: number): number {
  return Math.min(8, Math.max(0, 1 - Math.floor(Math.log10(error))))
}

export function bytes(value: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let k = 0
  for (; value >= 1000 && k < units.length - 1; k++) value /= 1000
  return `${k === 0 ? value : value.toPrecision(3)} ${units[k]}`
}

export function seconds(value: number): string {
  if (value < 60) return `${value.toPrecision(2)} s`
  return value < 3600 ? `${(value / 60).toFixed(1)} min` : `${(value / 3600).toFixed(1)} h`
}

export function percent(value: number | null): string {
  return value === null || !Number.isFinite(value) ? NONE : `${(100 * value).toFixed(1)} %`
}

/** "20 to 45"; what is null has no end. */
export function range([low, high]: readonly [number | null, number | null]): string {
  if (high === null) return low === null ? 'all' : `from ${edge(low)}`
  return low === null ? `to ${edge(high)}` : `${edge(low)} to ${edge(high)}`
}

function edge(value: number): string {
  return signed(String(Number(value.toFixed(4))))
}
