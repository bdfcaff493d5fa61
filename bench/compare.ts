/** `npm run bench:compare -- COMMIT [COMMIT] [--runs N] [--only PATTERN] [--quick]`: builds each commit (the second: HEAD) in a
 *  temporary git worktree, runs the benchmarks of both in turns and prints the ratio second / first of each line. Below 1 the
 *  second is faster. Lines that only one of them has are left out. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { countOption, parseCommandLine } from './arguments.js'
import { WORK } from './inputs.js'
import { runCommand } from './processes.js'
import { pairedRatio } from './ratio.js'
import type { Row } from './summary.js'

const USAGE = `npm run bench:compare -- COMMIT [COMMIT] [OPTIONS]: the second (default HEAD) / the first, line by line
  --runs N        runs of each (default 5)
  --only PATTERN  benchmarks whose names match
  --quick         small files`

const { values: options, positionals } = parseCommandLine(USAGE, {
  allowPositionals: true,
  options: { runs: { type: 'string' }, only: { type: 'string' }, quick: { type: 'boolean', default: false } },
})
if (positionals.length < 1 || positionals.length > 2) {
  process.stderr.write(`one or two commits were expected, got ${positionals.length}\n${USAGE}\n`)
  process.exit(2)
}
const runs = countOption('runs', options.runs ?? '5')
const commits = [positionals[0]!, positionals[1] ?? 'HEAD'].map(name =>
  runCommand('git', ['rev-parse', '--verify', `${name}^{commit}`]).stdout.trim(),
)
const given = [...(options.only === undefined ? [] : ['--only', options.only]), ...(options.quick ? ['--quick'] : [])]
const folder = mkdtempSync(join(tmpdir(), 'tnp-pipe-compare-'))
const trees = commits.map((_, k) => join(folder, String(k)))
try {
  for (const [k, commit] of commits.entries()) build(commit, trees[k]!)
  const measured = commits.map(() => new Map<string, number[]>())
  for (let run = 0; run < runs; run++) {
    process.stderr.write(`run ${run + 1} of ${runs}\n`)
    // The order changes from run to run: the first of two may find a colder machine.
    for (const k of run % 2 === 0 ? [0, 1] : [1, 0]) addRows(measured[k]!, benchmark(trees[k]!))
  }
  for (const [what, before] of measured[0]!) {
    const after = measured[1]!.get(what)
    if (after === undefined) continue
    const { median, min, max } = pairedRatio(after, before)
    process.stdout.write(`${median.toFixed(2)}  (${min.toFixed(2)} to ${max.toFixed(2)})  ${what}\n`)
  }
} finally {
  for (const tree of trees.filter(path => existsSync(path))) runCommand('git', ['worktree', 'remove', '--force', tree])
  rmSync(folder, { recursive: true, force: true })
}

function build(commit: string, tree: string): void {
  process.stderr.write(`building ${commit.slice(0, 10)} ...\n`)
  runCommand('git', ['worktree', 'add', '--detach', tree, commit])
  // The build installs the commit's own packages: a link to ours would let its npm ci empty them.
  runCommand(process.execPath, ['scripts/build.mjs'], {}, tree)
}

function benchmark(tree: string): Row[] {
  const json = join(folder, 'rows.json')
  const args = ['dist/bench/main.js', '--runs', '1', '--json', json, ...given]
  runCommand(process.execPath, args, { BENCH_WORK: resolve(WORK) }, tree)
  return (JSON.parse(readFileSync(json, 'utf8')) as { rows: Row[] }).rows
}

function addRows(times: Map<string, number[]>, rows: readonly Row[]): void {
  for (const { what, medianMs } of rows) times.set(what, [...(times.get(what) ?? []), medianMs])
}
