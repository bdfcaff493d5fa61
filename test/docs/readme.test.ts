/** The examples of the documents run as they are printed. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test } from 'uvu'
import { equal, match, ok } from 'uvu/assert'
import { WORKFLOWS } from '../../lib/config/index.js'
import { filesBelow, runAnalysis, scratch } from '../support/cli.js'

const README = readFileSync('README.md', 'utf8')

test('README has fewer than 200 lines, and its two commands are scripts', () => {
  ok(README.split('\n').length < 200)
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }
  ok(scripts.demo !== undefined && scripts.test !== undefined)
})

test("README's program runs as it stands and says what it did", () => {
  const code = /<!-- example: run -->\n```ts\n([\s\S]*?)```/.exec(README)?.[1]
  ok(code, 'no example')
  ok(code.trim().split('\n').length <= 14)
  // A folder where the package is installed, and from which the fixtures are found.
  const dir = mkdtempSync(join(tmpdir(), 'tnp-pipe-readme-'))
  mkdirSync(join(dir, 'node_modules/tnp-pipe'), { recursive: true })
  const built = fileURLToPath(new URL('../../', import.meta.url))
  writeFileSync(
    join(dir, 'node_modules/tnp-pipe/package.json'),
    JSON.stringify({ name: 'tnp-pipe', type: 'module', exports: './dist/lib/index.js' }),
  )
  symlinkSync(built, join(dir, 'node_modules/tnp-pipe/dist'))
  symlinkSync(resolve('fixtures'), join(dir, 'fixtures'))
  writeFileSync(join(dir, 'example.mjs'), code)
  const { status, stdout, stderr } = spawnSync(process.execPath, ['example.mjs'], {
    cwd: dir,
    encoding: 'utf8',
    env: { ...process.env, FORCE_COLOR: '0' },
  })
  equal(status, 0, stderr)
  match(stdout, /^Data 340 \[/m)
  match(stdout, /^MC 300 \[/m)
  ok(existsSync(join(dir, 'out/readme/MC/get_tnp_arrays_1/NTuples-part0.parquet')))
  rmSync(dir, { recursive: true })
})

const jobs = [...README.matchAll(/^\| `(\w+From\w+)` \|.*\| `([\w-]+)` \|$/gm)].map(m => [m[1]!, m[2]!] as const)

test('README has a job for each of the seven workflows', () => {
  equal(jobs.map(([workflow]) => workflow).sort(), Object.keys(WORKFLOWS).sort())
})

for (const [workflow, name] of jobs) {
  test(`README's job for ${workflow} runs`, async () => {
    const job = `fixtures/config/workflows/${name}`
    const runner = JSON.parse(readFileSync(`${job}/runner.json`, 'utf8')) as { workflow: string }
    equal(runner.workflow, workflow)
    const out = scratch()
    const args = ['--config', `${job}/runner.json`, '--fileset', `${job}/fileset.json`, '--output', out.dir]
    const { status, stderr } = await runAnalysis(args)
    equal(status, 0, stderr)
    match(stderr, /[1-9]\d* (pairs|rows)/)
    ok(filesBelow(out.dir).size > 0)
    out.remove()
  })
}

test('every file and folder that README names is there', () => {
  const links = [...README.matchAll(/\]\((?!http)([^)]+)\)/g)].map(m => m[1]!)
  const folders = [...README.matchAll(/`((?:lib|pipelines|schemas|fixtures|test|examples)\/[\w/.-]*)`/g)].map(
    m => m[1]!,
  )
  for (const path of [...links, ...folders]) ok(existsSync(path), path)
})

test.run()
