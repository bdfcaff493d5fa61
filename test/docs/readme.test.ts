/** README's example runs as it is printed, and its jobs run. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import { equal, match, ok } from 'uvu/assert'
import { WORKFLOWS } from '../../lib/config/index.js'
import { filesBelow, runAnalysis, scratch } from '../support/cli.js'
import { exampleFolder, examplesOf } from '../support/doc-examples.js'

const README = readFileSync('README.md', 'utf8')

test('README has fewer than 200 lines, and its two commands are scripts', () => {
  ok(README.split('\n').length < 200)
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }
  ok(scripts.demo !== undefined && scripts.test !== undefined)
})

test("README's program runs as it stands and says what it did", () => {
  const [example] = examplesOf(README)
  ok(example, 'no example')
  ok(example.code.trim().split('\n').length <= 14)
  const folder = exampleFolder()
  const output = folder.run(example)!
  match(output, /^Data 340 \[/m)
  match(output, /^MC 300 \[/m)
  ok(existsSync(join(folder.dir, 'out/readme/MC/get_tnp_arrays_1/NTuples-part0.parquet')))
  folder.remove()
})

test("README's program with a stage of its own runs as it stands, and the stage takes part", () => {
  const example = examplesOf(README)[1]
  ok(example, 'no example')
  const folder = exampleFolder()
  const output = folder.run(example)!
  const [, left] = /'stage:two-electrons', (\d+)/.exec(output) ?? []
  const [, all] = /'decode', (\d+)/.exec(output) ?? []
  ok(Number(left) > 0 && Number(left) < Number(all), output)
  folder.remove()
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

test('every folder that README names is there', () => {
  for (const [, path] of README.matchAll(/`((?:lib|pipelines|schemas|fixtures|test|examples|docs)\/[\w/.-]*)`/g)) {
    ok(existsSync(path!), path)
  }
})

test.run()
