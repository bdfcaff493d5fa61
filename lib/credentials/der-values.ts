/** Values of DER elements: what a certificate holds at its leaves. */
import { DerError, readTlv, TAG, type Tlv } from './der.js'

/** The value of an element that must be there and have this tag. `what` names it in the error. Throws DerError. */
export function bodyOf(tlv: Tlv | undefined, tag: number, what: string): Buffer {
  if (tlv === undefined) throw new DerError(`no ${what}`)
  if (tlv.tag !== tag) throw new DerError(`${what}: tag 0x${tlv.tag.toString(16)}, wanted 0x${tag.toString(16)}`)
  return tlv.body
}

/** The value of the one element of this tag that `bytes` begin with. Throws DerError. */
export function bodyAt(bytes: Buffer, tag: number, what: string): Buffer {
  return bodyOf(readTlv(bytes), tag, what)
}

const TELETEX = 0x14
const BMP = 0x1e
const TEXTS: ReadonlySet<number> = new Set([TAG.printable, TAG.ia5, TELETEX])

/** Text of a string element. Throws DerError for elements that are none. */
export function derText(tlv: Tlv): string {
  if (tlv.tag === TAG.utf8) return tlv.body.toString('utf8')
  if (TEXTS.has(tlv.tag)) return tlv.body.toString('latin1')
  if (tlv.tag === BMP && tlv.body.length % 2 === 0) return Buffer.from(tlv.body).swap16().toString('utf16le')
  throw new DerError(`tag 0x${tlv.tag.toString(16)} where a string is wanted`)
}

/** UTCTime or GeneralizedTime, to the second and in UTC, as RFC 5280 (4.1.2.5) demands of certificates. Throws DerError. */
export function derTime(tlv: Tlv | undefined): Date {
  const text = tlv?.body.toString('latin1') ?? ''
  const isShort = tlv?.tag === TAG.utcTime
  if (isShort || tlv?.tag === TAG.generalizedTime) {
    const found = /^(\d{2}|\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(text)
    const [year, month, day, hour, minute, second] = found?.slice(1).map(Number) ?? []
    if (found !== null && (found[1]!.length === 2) === isShort) {
      // Two digits: 50 to 99 are years of the last century.
      const full = isShort ? year! + (year! < 50 ? 2000 : 1900) : year!
      const date = new Date(0)
      date.setUTCFullYear(full, month! - 1, day!)
      date.setUTCHours(hour!, minute!, second!)
      // A 13th month would have run over into the next year.
      if (
        date
          .toISOString()
          .replaceAll(/[-:T]|\.000/g, '')
          .endsWith(text)
      )
        return date
    }
  }
  throw new DerError('no time in UTC to the second')
}
