/** Every shared case, killed at some moment and continued: its outputs are those of an uninterrupted run. Needs the shared
 *  cases. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import { equal, ok } from 'uvu/assert'
import { readJournal } from '../../lib/journal/read.js'
import { filesBelow, runAnalysis, type Scratch, scratch } from '../support/cli.js'
import { sharedDir, testIf } from '../support/tools.js'

const shared = sharedDir()
const cases = shared === null ? [] : readdirSync(join(shared, 'cases')).filter(name => /^\d/.test(name))

/** Everything but the times in reports. */
function comparable(dir: string): Map<string, string> {
  return new Map(
    [...filesBelow(dir)].map(([name, bytes]) => {
      if (!name.endsWith('report.json')) return [name, bytes.toString('latin1')]
      const entries = JSON.parse(bytes.toString()) as { args: unknown; exception: unknown }[]
      return [name, JSON.stringify(entries.map(({ args, exception }) => [args, exception]))]
    }),
  )
}

function argsOf(name: string): string[] {
  const dir = join(shared!, 'cases', name)
  const options = ['settings', 'binning'].flatMap(key => {
    const path = join(dir, `${key}.json`)
    return existsSync(path) ? [`--${key}`, path] : []
  })
  return ['--config', join(dir, 'runner.json'), '--fileset', join(dir, 'fileset.json'), ...options, '--no-progress']
}

/** Runs, kills after so many milliseconds, and tells how many chunks were done. */
async function kill(args: readonly string[], output: string, delay: number): Promise<number> {
  const onStart = (send: (signal: NodeJS.Signals) => void) => setTimeout(() => send('SIGKILL'), delay)
  await runAnalysis([...args, '--output', output], { cwd: join(shared!, 'data'), onStart })
  return (await readJournal(join(output, '.tnp-journal/journal')))?.known.size ?? 0
}

let midway = 0

async function survivesKills(out: Scratch, name: string): Promise<void> {
  const args = argsOf(name)
  const cwd = join(shared!, 'data')
  const began = performance.now()
  equal((await runAnalysis([...args, '--output', out.path('want')], { cwd })).status, 0)
  const duration = performance.now() - began
  const want = comparable(out.path('want'))
  const got = out.path('got')
  for (const more of [[], ['--resume']]) {
    const delay = duration * (0.4 + 0.6 * Math.random())
    if ((await kill([...args, ...more], got, delay)) > 0) midway++
  }
  const { status, stderr } = await runAnalysis([...args, '--resume', '--output', got], { cwd })
  equal(status, 0, stderr)
  const found = comparable(got)
  equal([...found.keys()], [...want.keys()])
  for (const [file, bytes] of want) ok(found.get(file) === bytes, `${file} differs`)
}

for (const name of cases) {
  test(`the case ${name}, killed twice and continued`, async () => {
    const out = scratch()
    await survivesKills(out, name)
    out.remove()
  })
}
if (shared === null) testIf(test, false, 'the shared cases')('shared cases killed and continued', () => {})
else test('some of these kills found a run midway', () => ok(midway > 0, `${midway} did`))

test.run()
