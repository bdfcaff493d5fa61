/** `ulimit -n`: too few files that may be open at a time. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { test } from 'uvu'
import { equal, match, not, ok } from 'uvu/assert'
import { jobOptions, PROGRAMS, scratch } from '../support/cli.js'
import { testIf } from '../support/tools.js'

const hasLimits = process.platform === 'linux' && spawnSync('bash', ['-c', 'ulimit -n 20']).status === 0
const when = testIf(test, hasLimits, 'limits of open files')

when('what ran out is told, with what to set, whatever failed for it; with a few more it works', () => {
  const said = [20, 21, 22, 23, 24, 26, 40].map(limit => {
    const out = scratch()
    const options = [...jobOptions('fixtures/config'), '--no-progress', '--output', out.path('out')]
    const command = `ulimit -n ${limit}; exec "$0" "$@"`
    const argv = ['-c', command, process.execPath, PROGRAMS.runAnalysis, ...options]
    const { status, stderr } = spawnSync('bash', argv, { encoding: 'utf8' })
    if (status !== 0) {
      equal(status, 1, stderr)
      match(
        stderr,
        new RegExp(
          `error: too many files are open: this shell allows too few at a time \\(${limit}\\)\\. Allow more: ulimit -n 1024`,
        ),
      )
      not.match(stderr, /fault of tnp-pipe/)
      ok(!existsSync(out.path('out/Data/report.json')))
    }
    out.remove()
    return status
  })
  equal(said[0], 1)
  equal(said.at(-1), 0)
})

test.run()
