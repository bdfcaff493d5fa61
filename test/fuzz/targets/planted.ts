/** A reader with known faults, for the test of the campaign itself: it must find each of them. */

import { byteTarget } from '../edits.js'
import type { Target } from '../target.js'
import { Wrong } from '../target.js'

const GOOD = Buffer.from('a good input of forty bytes, and no more')

export async function planted(): Promise<Target> {
  return byteTarget([{ name: 'good', bytes: GOOD }], async bytes => {
    if (bytes.length < 10) throw new RangeError('read beyond the end')
    if (bytes[3] === 0xff) throw new Wrong('the third byte is not heeded')
    // For ever, as a loop over a length of the input would.
    while (bytes[7] === 0xff) Math.sqrt(2)
    return 'right'
  }) as Target
}
