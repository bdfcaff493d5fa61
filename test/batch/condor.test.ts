/** Jobs over HTCondor, the real one: outputs are those of local executors, whatever happens to jobs and driver on the way. */
import { test } from 'uvu'
import { type BatchPool, havePools, POOLS_NEED, startPool } from '../support/batch-pools.js'
import {
  casesAreAsLocal,
  detachedRun,
  disturbedRun,
  fewAtATime,
  heldRun,
  leftRun,
  nodelessRun,
  refusedRun,
} from '../support/batch-scenarios.js'
import { testIf } from '../support/tools.js'

const when = testIf(test, havePools(), POOLS_NEED)
let pool: BatchPool

test.before(async () => {
  if (havePools()) pool = await startPool('condor')
})
test.after(() => pool?.stop())

when('condor: cases give the outputs of local runs', () => casesAreAsLocal(pool))
when('condor: a run is left, looked at and collected, once', () => detachedRun(pool))
when('condor: jobs that were cancelled or killed are told of and mended, and the driver may be killed', () =>
  disturbedRun(pool, job => pool.run('condor_rm', [job])),
)
when('condor: a held job is told of, with the reason, and another takes its place', () =>
  heldRun(pool, [], job => pool.run('condor_hold', ['-reason', 'the disk is full', job]), /the disk is full/),
)
when('condor: only so many jobs at a time, and none is taken for lost', () =>
  fewAtATime(pool, /3 pending: waits for others \(--scaleout\)/),
)
when('condor: Ctrl-C and a lost terminal leave the jobs, cancel takes them back', () => leftRun(pool))
when('condor: what HTCondor refuses is told in its words', () =>
  refusedRun(pool, ['--job-option', 'universe = none'], /error: --executor: HTCondor refuses the jobs: /),
)
when('condor: a host without Node says so', () => nodelessRun(pool))

test.run()
