/** Float16_t and Double32_t: how many bits are stored of them, as the text behind their declaration says: "[min,max,bits]". */
import { NARROWED, type Packing, steppedPacking, truncatedPacking } from './packing.js'

/** Bits of a range whose text names none, and the most there are. */
const MOST_BITS = 32
/** From so many bits on, a real without a range is not cut any more (TStreamerElement::GetRange). */
const UNCUT_BITS = 15
/** Bits of mantissa of a Float16_t of which nothing is said. */
const FLOAT16_BITS = 12

/** text: title of the leaf or of the class's member, in which the range stands. */
export function realPacking(type: 'Float16_t' | 'Double32_t', text: string): Packing {
  const single = type === 'Float16_t'
  const range = rangeIn(text)
  const given = range?.bits ?? MOST_BITS
  const bits = given < 2 || given > MOST_BITS ? MOST_BITS : given
  if (range !== null && range.low < range.high) return steppedPacking(range.low, range.high, bits, single)
  if (range !== null && bits < UNCUT_BITS) return truncatedPacking(bits)
  return single ? truncatedPacking(FLOAT16_BITS) : NARROWED
}

interface Range {
  readonly low: number
  readonly high: number
  readonly bits: number | null
}

/** What the first brackets with a comma in them say: brackets without are dimensions. */
function rangeIn(text: string): Range | null {
  const match = /\[([^[\],]+),([^[\],]+)(?:,([^[\],]+))?\]/.exec(text)
  if (match === null) return null
  const [low, high] = [bound(match[1]!), bound(match[2]!)]
  const bits = match[3] === undefined ? null : Number(match[3])
  return low === null || high === null || Number.isNaN(bits) ? null : { low, high, bits }
}

/** Fractions and multiples of pi, as ROOT knows them. */
const PIS: Readonly<Record<string, number>> = {
  pi: Math.PI,
  '2pi': 2 * Math.PI,
  '2*pi': 2 * Math.PI,
  twopi: 2 * Math.PI,
  'pi/2': Math.PI / 2,
  'pi/4': Math.PI / 4,
}

function bound(text: string): number | null {
  const words = text.trim().toLowerCase()
  const positive = words.replace(/^[-+]\s*/, '')
  const value = Object.hasOwn(PIS, positive) ? PIS[positive]! : Number(positive)
  if (Number.isNaN(value) || positive === '') return null
  return words.startsWith('-') ? -value : value
}
