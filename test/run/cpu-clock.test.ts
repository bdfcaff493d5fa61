/** The clock of a thread's processor time. */
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from 'uvu'
import { ok } from 'uvu/assert'
import { threadCpuClock } from '../../lib/run/cpu-clock.js'

/** Linux counts in steps of up to 4 ms; there may be several to a clock that runs in a virtual machine. */
const STEP = 0.02

test('it counts what the thread computes, and not what it waits', async () => {
  const clock = threadCpuClock()
  if (clock === null) {
    ok(process.platform !== 'linux')
    return
  }
  const before = clock()
  await sleep(150)
  const waited = clock() - before
  const used = process.cpuUsage()
  for (const began = performance.now(); performance.now() - began < 200; );
  const computed = clock() - before - waited
  const { user, system } = process.cpuUsage(used)
  ok(waited >= 0 && waited < 0.1, `${waited} s while waiting`)
  ok(Math.abs(computed - (user + system) / 1e6) < 0.05 + STEP, `${computed} s, process ${(user + system) / 1e6} s`)
})

test.run()
