import { test } from 'uvu'
import { equal, match } from 'uvu/assert'
import { havePools, POOLS_NEED, type PoolKind, queueIsEmpty, startPool } from './batch-pools.js'
import { tnpPipe } from './cli.js'
import { testIf } from './tools.js'

for (const kind of ['slurm', 'condor'] as PoolKind[]) {
  testIf(
    test,
    havePools(),
    POOLS_NEED,
  )(`${kind}: a pool of one's own starts, runs the program, and is gone`, async () => {
    const pool = await startPool(kind)
    try {
      equal(await pool.jobs(), [])
      const { status, stdout, stderr } = await tnpPipe(['--version'], pool.options)
      equal(status, 0, stderr)
      match(stdout, /^\d+\.\d+/)
      await queueIsEmpty(pool)
    } finally {
      pool.stop()
    }
  })
}

test.run()
