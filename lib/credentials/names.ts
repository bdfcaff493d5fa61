/** Names in certificates (X.501): sequences of attributes such as DC, O and CN. */
import { children, oidText, TAG } from './der.js'
import { bodyAt, bodyOf, derText } from './der-values.js'

/** Object identifiers of attributes -> their short names, as OpenSSL prints them (RFC 4519, RFC 2985). */
const SHORT: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.4': 'SN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'street',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.12': 'title',
  '2.5.4.42': 'GN',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'emailAddress',
}

export interface NamePart {
  /** Short name, or the object identifier in dots. */
  readonly type: string
  readonly text: string
}

/** The attributes of a name in its own order. `name`: the SEQUENCE whole, as DER. Throws DerError. */
export function nameParts(name: Buffer): NamePart[] {
  return children(bodyAt(name, TAG.sequence, 'name')).flatMap(set =>
    children(bodyOf(set, TAG.set, 'part of a name')).map(attribute => {
      const [type, value] = children(bodyOf(attribute, TAG.sequence, 'attribute of a name'))
      const oid = oidText(bodyOf(type, TAG.oid, 'type of an attribute'))
      return { type: SHORT[oid] ?? oid, text: value === undefined ? '' : derText(value) }
    }),
  )
}

/** As grid services write it: /DC=ch/DC=cern/OU=Users/CN=somebody. Throws DerError. */
export function nameText(name: Buffer): string {
  return nameParts(name)
    .map(part => `/${part.type}=${printable(part.text)}`)
    .join('')
}

/** Without control characters: what others wrote into certificates and tokens is printed on the user's terminal. */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?')
}
