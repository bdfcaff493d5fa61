/** Correction documents as correctionlib reads them, from bytes or a file: JSON, gzipped or not, with the bare numbers that
 *  released files have and JSON has not (RapidJSON's kParseNanAndInfFlag: Infinity, Inf and NaN, each with a minus or
 *  without), and with its rounding of long numbers, so that weights are its own to the last bit. */
import { readFileSync } from 'node:fs'
import { parseBareNumbers } from '../../core/bare-numbers.js'
import { DataError } from '../../core/errors.js'
import { unpacked } from '../../core/gzip.js'
import { rapidNumber } from './rapid-number.js'

/** What is in a file on this machine. Throws DataError where it cannot be read. */
export function readCorrectionFile(path: string): unknown {
  let bytes: Uint8Array
  try {
    bytes = readFileSync(path)
  } catch (cause) {
    throw unreadable(path, cause)
  }
  return parseCorrectionBytes(bytes, path)
}

/** bytes: of a file, whatever its name says of compression; place: its name, for messages. Throws DataError. */
export function parseCorrectionBytes(bytes: Uint8Array, place: string): unknown {
  let plain: Uint8Array
  try {
    plain = unpacked(bytes)
  } catch (cause) {
    throw unreadable(place, cause)
  }
  return parseCorrectionText(new TextDecoder().decode(plain), place)
}

function unreadable(place: string, cause: unknown): DataError {
  return new DataError('OSError', `${place}: cannot be read (${(cause as Error).message})`, { cause })
}

/** Strings, which stay; numbers that may be rounded: long ones, and those with an exponent. */
const TOKENS = /"(?:[^"\\]|\\.)*"|-?\d[\d.]{14,}(?:[eE][+-]?\d+)?|-?\d[\d.]*[eE][+-]?\d+/gs

/** The same of text. Throws DataError where it is not JSON but for such numbers. */
export function parseCorrectionText(text: string, place: string): unknown {
  const rounded = text.replace(TOKENS, token =>
    NUMBER.test(token) ? String(rapidNumber(token)).padEnd(token.length) : token,
  )
  try {
    return parseBareNumbers(rounded, plain => JSON.parse(plain))
  } catch (cause) {
    throw new DataError('ValueError', `${place}: not valid JSON (${(cause as Error).message})`, { cause })
  }
}

/** A number of JSON that is no integer: those are read exactly. */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+(?:[eE][+-]?\d+)?|[eE][+-]?\d+)$/
