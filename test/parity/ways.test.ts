/** A slice of `npm run ways`: random configurations, run in every way that there is. */
import { spawnSync } from 'node:child_process'
import { test } from 'uvu'
import { is, match } from 'uvu/assert'
import { scratch } from '../support/cli.js'

test('random configurations give the same bytes by threads, processes, pipes, after preprocess and from RNTuples', () => {
  const kept = scratch()
  const args = ['--seed', '3', '--count', '12', '--fixtures', '--keep', kept.dir]
  const { status, stdout } = spawnSync(process.execPath, ['dist/bench/ways/main.js', ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  is(status, 0, stdout)
  match(stdout, /seed 3, 12 configurations in \d+ s, 0 of them with differences/)
  match(stdout, /12 {2}two threads equal/)
  kept.remove()
})

test.run()
