/** Giving back the memory of typed arrays that are not used any more. */
import { spawnSync } from 'node:child_process'
import { test } from 'uvu'
import { equal, ok } from 'uvu/assert'

const MODULE = new URL('../../lib/run/collect.js', import.meta.url).href

/** In a process of its own: in this one, earlier tests decide where V8 puts new objects. Its memory is given back on a thread of its
 *  own; nothing makes it collect again meanwhile. */
const PROGRAM = `
import { setTimeout as sleep } from 'node:timers/promises'
import { collectYoung } from ${JSON.stringify(MODULE)}
collectYoung()
const before = process.memoryUsage().arrayBuffers
const make = () => new Uint8Array(5e5).fill(1).length
for (let k = 0; k < 6; k++) make()
const made = process.memoryUsage().arrayBuffers - before
if (process.argv[1] === 'collect') collectYoung()
let left = made
for (let k = 0; k < 50 && left > 1e6; k++) {
  await sleep(10)
  left = process.memoryUsage().arrayBuffers - before
}
process.stdout.write(JSON.stringify([made >= 3e6, left <= 1e6]))
`

function run(...args: string[]): unknown {
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', PROGRAM, '--', ...args], {
    encoding: 'utf8',
  })
  return stdout === '' ? stderr : JSON.parse(stdout)
}

/** V8 may collect of its own accord while the arrays are made; then it is tried again. */
function runUndisturbed(...args: string[]): unknown {
  let result = run(...args)
  for (let k = 0; k < 5 && Array.isArray(result) && result[0] === false; k++) result = run(...args)
  return result
}

test('the memory of typed arrays that are young and not used any more is given back, and is not otherwise', () => {
  equal(runUndisturbed('collect'), [true, true])
  equal(runUndisturbed('no'), [true, false])
})

/** Objects that have become old, of which few are kept, here and there: MB of the room for old ones in use and committed, before and
 *  after. */
const OLD_PROGRAM = `
import { getHeapSpaceStatistics } from 'node:v8'
import { collectOld } from ${JSON.stringify(MODULE)}
const size = () => {
  const { space_used_size, space_size } = getHeapSpaceStatistics().find(space => space.space_name === 'old_space')
  return [space_used_size, space_size].map(bytes => bytes / 1e6)
}
let made = Array.from({ length: 1e6 }, (_, k) => ({ k, inner: { k } }))
const before = size()
made = made.filter((_, k) => k % 100 === 0)
collectOld()
process.stdout.write(JSON.stringify({ before, after: size(), kept: made.length }))
`

test('what is old and not used any more is collected, and what is left is moved together', () => {
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', OLD_PROGRAM], {
    encoding: 'utf8',
  })
  if (stdout === '') throw new Error(stderr)
  const { before, after, kept } = JSON.parse(stdout) as { before: number[]; after: number[]; kept: number }
  equal(kept, 10_000)
  const told = JSON.stringify({ before, after })
  ok(before[0]! > 50, told)
  ok(after[0]! < 20, `collected: ${told}`)
  // Each page of 256 kB held some of the kept.
  ok(after[1]! < 0.3 * before[1]!, `moved together: ${told}`)
})

test.run()
