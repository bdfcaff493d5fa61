/** kill -9, at random moments and between any two calls of the file system: nothing half-written has a final name, old outputs and new ones are
 *  never mixed, and the run that continues ends with the bytes of an undisturbed one. `npm run soak` does it at length. */
import { existsSync } from 'node:fs'
import { test } from 'uvu'
import { equal, ok } from 'uvu/assert'
import { scratch } from '../support/cli.js'
import { prepareCampaign, runCampaign } from '../support/crash-campaign.js'
import { prepareJob } from '../support/crash-jobs.js'
import { randomOf } from '../support/crash-plan.js'
import type { ExecutorName } from '../support/crash-trials.js'
import { callsOf, killCallTrial, MUTATIONS } from '../support/fault-trials.js'
import { testIf } from '../support/tools.js'

const KILLS = 40
const onLinux = testIf(test, existsSync('/proc/self/task'), '/proc')

onLinux(`${KILLS} kills of runs, of workers and of members of pipes`, async () => {
  const out = scratch()
  const { faults, kills, missed } = await runCampaign(out, await prepareCampaign(out), randomOf(20), KILLS)
  equal(faults, [])
  equal(kills, KILLS)
  ok(missed < KILLS / 2, `${missed} kills came too late`)
  out.remove()
})

for (const [executor, hasOlder, first, stride] of [
  ['sync', true, 5, 41],
  ['processes', false, 3, 61],
] as [ExecutorName, boolean, number, number][]) {
  test(`killed at a call of the file system, with half of a write done (${executor})`, async () => {
    const out = scratch()
    const job = await prepareJob(out, 'calls', { steps: 100, hasOlder })
    const faults = { calls: MUTATIONS, paths: out.dir, error: 'kill', torn: true }
    const calls = await callsOf(out, job, executor, faults)
    ok(calls.length > 200, `${calls.length} calls`)
    for (let at = first; at < calls.length; at += stride) {
      equal(
        await killCallTrial(out, job, executor, { ...faults, at }),
        [],
        `call ${at}: ${JSON.stringify(calls[at - 1])}`,
      )
    }
    out.remove()
  })
}

test.run()
