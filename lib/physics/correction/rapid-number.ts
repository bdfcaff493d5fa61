/** Decimal numbers as correctionlib reads them: RapidJSON's ParseNumber without full precision, which leaves numbers of more than
 *  15 digits, or with large exponents, up to a few units of the last place beside the nearest one. */

/** 2^53 - 1: up to here digits of the fraction are added as integers. */
const EXACT = 9007199254740991n
/** Digits after the first one that count, once numbers are added up as floats. */
const MAX_DIGITS = 17
/** The largest 64-bit integer, divided by ten, for numbers with a minus and without, and its last digit. */
const LAST_I64 = [922337203685477580n, 8] as const
const LAST_U64 = [1844674407370955161n, 5] as const

/** text: a JSON number with a point or an exponent. */
export function rapidNumber(text: string): number {
  const [, minus, whole, fraction = '', exponent = '0'] = PARTS.exec(text)!
  const { significand, places } = digitsOf(whole!, fraction, minus === '-')
  const size = scaled(significand, Number(exponent) - places)
  return minus === '-' ? -size : size
}

const PARTS = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/

/** The digits as one number, and how many of them are behind the point. */
function digitsOf(whole: string, fraction: string, isNegative: boolean): { significand: number; places: number } {
  const [last, lastDigit] = isNegative ? LAST_I64 : LAST_U64
  let integer = 0n
  let at = 0
  for (; at < whole.length; at++) {
    if (integer > last || (integer === last && Number(whole[at]) > lastDigit)) break
    integer = 10n * integer + BigInt(whole[at]!)
  }
  let significand = Number(integer)
  let digits = whole === '0' ? 0 : at - 1
  let places = 0
  let next = 0
  if (at < whole.length) {
    for (; at < whole.length; at++) significand = significand * 10 + Number(whole[at])
  } else {
    for (; next < fraction.length && integer <= EXACT; next++) {
      integer = 10n * integer + BigInt(fraction[next]!)
      places++
      if (integer !== 0n) digits++
    }
    significand = Number(integer)
  }
  for (; next < fraction.length && digits < MAX_DIGITS; next++) {
    significand = significand * 10 + Number(fraction[next])
    places++
    if (significand > 0) digits++
  }
  return { significand, places }
}

/** significand times ten to the power, by powers of ten that are themselves rounded. */
function scaled(significand: number, power: number): number {
  if (power < -308) return power + 308 < -308 ? 0 : significand / 1e308 / tenTo(-(power + 308))
  return power < 0 ? significand / tenTo(-power) : significand * tenTo(power)
}

/** The double nearest to the power: ten to the power by multiplying is another one from 23 on. */
function tenTo(power: number): number {
  return Number(`1e${power}`)
}
