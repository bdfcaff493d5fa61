/** What killed programs have left goes with the next run, or with `tnp-pipe cleanup`. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { test } from 'uvu'
import { equal, match, ok } from 'uvu/assert'
import { filesBelow, scratch, tnpPipe } from '../support/cli.js'
import { jobDocuments } from '../support/crash-jobs.js'
import { start } from '../support/crash-trials.js'
import { failing } from '../support/faults.js'

function unfinished(dir: string): string[] {
  return [...filesBelow(dir).keys()].filter(path => path.endsWith('.tnp-tmp'))
}

test('cleanup with folders removes unfinished files, and nothing else', async () => {
  const out = scratch()
  const dir = out.path('got')
  const args = [...jobDocuments(out, 100), '--executor', 'sync', '--output', dir]
  const kill = { calls: 'rename', paths: 'tnp-tmp', error: 'kill', at: 4 }
  equal((await start([...args, '--no-journal'], { env: failing(kill) })).signal, 'SIGKILL')
  const left = unfinished(dir)
  ok(left.length > 5, `${left.length} files`)
  writeFileSync(out.path('got/.notes.tnp-tmp'), 'somebody else has made it')
  const whole = [...filesBelow(dir).keys()].filter(path => !left.includes(path))

  const dry = await tnpPipe(['cleanup', '--dry-run', dir])
  equal(dry.status, 0, dry.stderr)
  equal(dry.stdout.trimEnd().split('\n').length, left.length)
  match(dry.stdout, /histos\.json\.[0-9a-f]{8}\.tnp-tmp \(\d+ bytes\): would be removed/)
  equal(unfinished(dir).length, left.length + 1)

  // A run that can be continued is at work there.
  mkdirSync(out.path('got/.tnp-journal/parts'), { recursive: true })
  writeFileSync(out.path('got/.tnp-journal/parts/spill-0'), 'rows')
  writeFileSync(out.path('got/.tnp-journal/lock'), JSON.stringify({ pid: process.pid, host: hostname(), began: null }))
  const refused = await tnpPipe(['cleanup', dir])
  equal(refused.status, 2)
  match(refused.stderr, new RegExp(`error: ${dir}: process ${process.pid} on \\S+ is writing to this folder`))
  writeFileSync(out.path('got/.tnp-journal/lock'), JSON.stringify({ pid: process.pid, host: hostname(), began: '1' }))

  const done = await tnpPipe(['cleanup', dir])
  equal(done.status, 0, done.stderr)
  equal(
    [...filesBelow(dir).keys()].filter(path => !path.startsWith('.tnp-journal/')),
    whole,
  )
  ok(existsSync(out.path('got/.tnp-journal/parts/spill-0')), 'journals stay')
  match((await tnpPipe(['cleanup', dir])).stdout, /^no unfinished files are left\n$/)
  equal((await tnpPipe(['cleanup', out.path('nowhere')])).status, 1)
  out.remove()
})

test.run()
