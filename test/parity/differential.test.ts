/** A slice of `npm run differential`: random configurations, run by the reference and here. */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import { equal, is, match, ok } from 'uvu/assert'
import { runAnalysis, scratch } from '../support/cli.js'
import { pythonPath, testIf } from '../support/tools.js'

const python = pythonPath()
const hasReference =
  python !== null &&
  spawnSync(python, ['-c', 'import importlib.util as u; assert u.find_spec("egamma_tnp")']).status === 0
const withReference = testIf(test, hasReference, 'a Python with egamma-tnp')

withReference('random configurations give what the reference gives, or differ for a reason that is known', () => {
  const kept = scratch()
  const args = ['--seed', '2', '--count', '60', '--minutes', '1.2', '--fixtures', '--keep', kept.dir]
  const { status, stdout } = spawnSync(process.execPath, ['dist/bench/differential/main.js', ...args], {
    encoding: 'utf8',
    env: { ...process.env, TNP_PYTHON: python! },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  is(status, 0, stdout)
  match(stdout, /^seed 2, [1-9]\d* configurations in \d+ s: /m)
  kept.remove()
})

/** What compare.py says of two folders. */
function differences(ours: string, theirs: string): string[] {
  const program =
    'import json, sys; sys.path.insert(0, "bench/differential"); import compare; ' +
    'print(json.dumps([d["file"] + ": " + d["kind"] for d in compare.folders(*sys.argv[1:])]))'
  const { stdout, stderr } = spawnSync(python!, ['-c', program, ours, theirs], { encoding: 'utf8' })
  ok(stdout !== '', stderr)
  return JSON.parse(stdout) as string[]
}

testIf(
  test,
  python,
  'a Python with uproot, hist and pyarrow',
)('the comparison sees a value, a cell, a file and a report that differ', async () => {
  const dir = scratch()
  const job = 'fixtures/config/workflows/electron-mini-ntuples'
  const run = async (name: string, settings: object) => {
    const documents = ['--config', join(job, 'runner.json'), '--fileset', join(job, 'fileset.json')]
    const given = ['--settings', dir.json(`${name}.json`, settings), '--output', dir.path(name)]
    const { status, stderr } = await runAnalysis([...documents, ...given, '--no-progress'])
    is(status, 0, stderr)
    return dir.path(name)
  }
  const [one, same, other] = [await run('a', {}), await run('b', {}), await run('c', { tags_pt_cut: 45 })]
  equal(differences(one, same), [])
  const kinds = new Set(differences(one, other).map(text => text.replace(/.*: /, '')))
  ok(kinds.has('cells') || kinds.has('rows'), [...kinds].join())
  const first = readdirSync(one, { recursive: true, encoding: 'utf8' }).find(path => /\.(pkl|parquet)$/.test(path))!
  cpSync(one, dir.path('d'), { recursive: true })
  writeFileSync(dir.path('d/report.json'), '[]')
  equal(differences(one, dir.path('d')), ['report.json: missing'])
  equal(differences(dir.path('d'), one), ['report.json: extra'])
  ok(existsSync(join(one, first)) && readFileSync(join(one, first)).length > 0)
  dir.remove()
})

test.run()
