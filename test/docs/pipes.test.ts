/** The examples of docs/pipes.md run as they are printed. */
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { test } from 'uvu'
import { equal, match, ok } from 'uvu/assert'
import { STAGES } from '../../lib/shell/groups.js'
import { filesBelow, scratch } from '../support/cli.js'
import { parquetRows } from '../support/nano-file.js'
import { bash } from '../support/shell.js'
import { pythonPath, testIf } from '../support/tools.js'

const PAGE = readFileSync('docs/pipes.md', 'utf8')
const python = pythonPath()
const hasDuckdb = python !== null && spawnSync(python, ['-c', 'import duckdb']).status === 0

/** A folder from which the examples find what they name, and `python`. */
const out = scratch()
for (const name of ['fixtures', 'examples']) symlinkSync(resolve(name), out.path(name))
mkdirSync(out.path('bin'))
writeFileSync(out.path('bin/python'), `#!/bin/sh\nexec "${python}" "$@"\n`)
chmodSync(out.path('bin/python'), 0o755)

async function example(name: string): Promise<string> {
  const code = new RegExp(`<!-- pipe: ${name} -->\n\`\`\`bash\n([\\s\\S]*?)\`\`\``).exec(PAGE)?.[1]
  ok(code, `no example "${name}"`)
  const { status, stdout, stderr } = await bash(`PATH="$1:$PATH"\n${code}`, [out.path('bin')], { cwd: out.dir })
  equal(status, 0, stderr)
  return stdout
}

for (const name of ['two', 'job', 'flags']) {
  test(`the example "${name}" of pipes.md writes histograms`, async () => {
    equal(await example(name), '')
    const files = [...filesBelow(out.path(`out/${name}`)).keys()]
    ok(files.some(f => f.endsWith('_histos.pkl')))
  })
}

test('the example "job" of pipes.md writes what its "two" writes', () => {
  const two = filesBelow(out.path('out/two'))
  const job = filesBelow(out.path('out/job'))
  ok(job.size > 0)
  for (const [name, bytes] of job) ok(bytes.equals(two.get(name)!), name)
})

test('the example "head" of pipes.md prints one line', async () => {
  match(await example('head'), /^\{"chunk":\{.*\}\n$/)
})

testIf(
  test,
  python,
  'a Python with pyarrow',
)('the example "python" of pipes.md writes its own column', async () => {
  await example('python')
  const rows = await parquetRows(out.path('out/python/Data/get_tnp_arrays_1/NTuples-part0.parquet'))
  ok(rows.length > 0)
  for (const row of rows) equal(row.el_score, Math.fround((row.el_pt as number) / 50))
})

testIf(
  test,
  hasDuckdb,
  'a Python with pyarrow and duckdb',
)('the example "duckdb" of pipes.md prints a table', async () => {
  match(await example('duckdb'), /mass.*pairs.*passing[\s\S]*90\.0/)
})

test("pipes.md has every stage, and the Python stage's code is that of the example", () => {
  for (const stage of [...STAGES, 'merge']) match(PAGE, new RegExp(`^\\| \`${stage}\` \\|`, 'm'))
  const shown = /```python\n([\s\S]*?)```/.exec(PAGE)![1]!
  const lines = readFileSync('examples/score.py', 'utf8')
    .split('\n')
    .map(line => line.trim())
  for (const line of shown.trim().split('\n')) ok(line.trim() === '...' || lines.includes(line.trim()), line)
})

test('every file that pipes.md links to is there', () => {
  const links = [...PAGE.matchAll(/\]\((?!http)([^)]+)\)/g)].map(m => m[1]!)
  ok(links.length > 0)
  for (const path of links) ok(existsSync(resolve('docs', path)), path)
})

test.after(() => out.remove())
test.run()
