/** Locks that name their holder. */
import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, ok } from 'uvu/assert'
import { isHeld, takeLock } from '../../../lib/bytes/cache/lock.js'
import { type Scratch, scratch } from '../../support/cli.js'

const never = async () => false
const pause = (ms: number) => new Promise(done => setTimeout(done, ms))

let dir: Scratch
let path: string

test.before.each(() => {
  dir = scratch()
  path = dir.path('x.lock')
})
test.after.each(() => dir.remove())

test('one at a time has the lock', async () => {
  let inside = 0
  let most = 0
  const once = async () => {
    const lock = await takeLock(path)
    most = Math.max(most, ++inside)
    await pause(20)
    inside--
    await lock!.release()
  }
  await Promise.all([once(), once(), once()])
  equal(most, 1)
  ok(!existsSync(path))
})

test('who waits goes on without the lock when there is nothing to be done any more', async () => {
  const lock = await takeLock(path)
  equal(await takeLock(path, async () => true), null)
  ok(await isHeld(path))
  await lock!.release()
  ok(!(await isHeld(path)))
})

for (const [whose, text] of [
  ['of another machine', JSON.stringify({ pid: 1, host: 'another', token: 'x' })],
  ['of a thread that was ended', null],
  ['that was never written', ''],
] as const) {
  test(`a lock ${whose} is taken when its holder has shown no life for long`, async () => {
    const lost = text === null ? await takeLock(path) : writeFileSync(path, text)
    const began = performance.now()
    const lock = await takeLock(path, never, 200)
    ok(performance.now() - began > 190)
    // The first holder, if it lives after all, leaves it alone.
    await lost?.release()
    ok(await isHeld(path))
    await lock!.release()
    ok(!existsSync(path))
  })
}

test('a lock is left to a holder that shows life, whatever its clock says', async () => {
  writeFileSync(path, JSON.stringify({ pid: 1, host: 'another', token: 'x' }))
  let beats = 0
  const beat = setInterval(() => utimesSync(path, 1000 + beats, 1000 + beats++), 50)
  const taken = takeLock(path, never, 300)
  await pause(700)
  equal(JSON.parse(readFileSync(path, 'utf8')).host, 'another')
  clearInterval(beat)
  await (await taken)!.release()
})

test.run()
