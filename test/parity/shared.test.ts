/** Every shared case of a workflow that runs, against what the reference wrote, by the comparison program that comes with the
 *  cases. Needs the shared material and a Python with hist and pyarrow. */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import { equal } from 'uvu/assert'
import { requireWorkflow } from '../../pipelines/index.js'
import { runAnalysis, scratch } from '../support/cli.js'
import { pythonPath, sharedDir, testIf } from '../support/tools.js'

const shared = sharedDir()
const python = pythonPath()
const NEEDS = 'the shared cases and a Python with uproot, hist and pyarrow'

function runs(dir: string): boolean {
  const { workflow } = JSON.parse(readFileSync(join(dir, 'runner.json'), 'utf8')) as { workflow: never }
  try {
    requireWorkflow(workflow)
    return true
  } catch {
    return false
  }
}

const cases = shared === null ? [] : readdirSync(join(shared, 'cases')).filter(name => /^\d/.test(name))
for (const name of cases) {
  const dir = join(shared!, 'cases', name)
  if (!runs(dir)) continue
  testIf(
    test,
    python,
    NEEDS,
  )(`the case ${name} agrees with the reference`, async () => {
    const out = scratch()
    const options = ['settings', 'binning'].flatMap(key => {
      const path = join(dir, `${key}.json`)
      return existsSync(path) ? [`--${key}`, path] : []
    })
    const required = ['--config', join(dir, 'runner.json'), '--fileset', join(dir, 'fileset.json')]
    const { status, stderr } = await runAnalysis([...required, ...options, '--output', out.dir], {
      cwd: join(shared!, 'data'),
    })
    equal(status, 0, stderr)
    const compare = join(shared!, 'tools/compare.py')
    const { stdout } = spawnSync(python!, [compare, out.dir, join(dir, 'expected')], { encoding: 'utf8' })
    equal(
      stdout
        .trim()
        .split('\n')
        .slice(-3)
        .join('\n')
        .replace(/\d+ files/, 'N files'),
      'same: N files',
    )
    out.remove()
  })
}
if (shared === null) testIf(test, false, NEEDS)('the shared cases agree with the reference', () => {})

test.run()
