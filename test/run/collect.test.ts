/** Giving back the memory of typed arrays that are not used any more. */
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from 'uvu'
import { ok } from 'uvu/assert'
import { collectYoung } from '../../lib/run/collect.js'

const BYTES = 4e6

test('the memory of typed arrays that are young and not used any more is given back', async () => {
  collectYoung()
  const before = process.memoryUsage().arrayBuffers
  const make = () => new Uint8Array(BYTES).fill(1).length
  for (let k = 0; k < 6; k++) make()
  ok(process.memoryUsage().arrayBuffers - before >= 6 * BYTES)
  collectYoung()
  // V8 gives it back on a thread of its own. Nothing here makes it collect again.
  let left = Number.POSITIVE_INFINITY
  for (let k = 0; k < 100 && left > 2 * BYTES; k++) {
    await sleep(10)
    left = process.memoryUsage().arrayBuffers - before
  }
  ok(left <= 2 * BYTES, `${left} bytes are left`)
})

test.run()
