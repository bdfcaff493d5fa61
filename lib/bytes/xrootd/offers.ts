/** What a server says behind the login's session: the methods of authentication that it takes, its favourite first. */

export interface Offer {
  readonly name: string
  /** What stands behind the name's comma; '' for nothing. */
  readonly parameters: string
}

/** More are not met, and each may cost a round trip. */
const MAX_OFFERS = 16

/** Of `&P=name,parameters&P=name...`, up to a zero byte. What is not of this form is passed over; a name that comes twice counts
 *  each time, with its own parameters. */
export function parseOffers(text: string): Offer[] {
  const list = text.split('\0', 1)[0]!.slice(0, 64 * 1024)
  const found = list.matchAll(/&P=([A-Za-z0-9]{1,15})(?:,([^&]*))?(?=\s*(?:&|$))/g)
  return Array.from(found, ([, name, parameters]) => ({ name: name!, parameters: (parameters ?? '').trim() })).slice(
    0,
    MAX_OFFERS,
  )
}
