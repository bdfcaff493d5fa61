/** Jobs over Slurm, the real one: outputs are those of local executors, whatever happens to jobs and driver on the way. */
import { test } from 'uvu'
import { type BatchPool, havePools, POOLS_NEED, startPool } from '../support/batch-pools.js'
import {
  casesAreAsLocal,
  detachedRun,
  disturbedRun,
  heldRun,
  leftRun,
  memoryRun,
  nodelessRun,
  refusedRun,
  unreadableRun,
} from '../support/batch-scenarios.js'
import { testIf } from '../support/tools.js'

const when = testIf(test, havePools(), POOLS_NEED)
let pool: BatchPool

test.before(async () => {
  if (havePools()) pool = await startPool('slurm')
})
test.after(() => pool?.stop())

when('slurm: cases give the outputs of local runs', () => casesAreAsLocal(pool))
when('slurm: a run is left, looked at and collected, once', () => detachedRun(pool))
when('slurm: jobs that were cancelled or killed are told of and mended, and the driver may be killed', () =>
  disturbedRun(pool, job => pool.run('scancel', [job])),
)
when('slurm: a held job is told of, with the reason, and another takes its place', () =>
  heldRun(pool, ['--scaleout', '1'], job => pool.run('scontrol', ['hold', job]), /JobHeld(User|Admin)/),
)
when('slurm: Ctrl-C and a lost terminal leave the jobs, cancel takes them back', () => leftRun(pool))
when('slurm: jobs that take too much memory are halved, or get more', () => memoryRun(pool))
when('slurm: a file that cannot be read ends the run as it ends a local one', () => unreadableRun(pool))
when('slurm: an unknown partition and more memory than nodes have are refused in its words', async () => {
  await refusedRun(pool, ['--queue', 'none'], /error: --executor: Slurm refuses the jobs: sbatch: error: .*partition/)
  await refusedRun(pool, ['--memory', '900GB'], /Slurm refuses the jobs: sbatch: error: .*[Mm]emory/)
})
when('slurm: a host without Node says so', () => nodelessRun(pool))

test.run()
