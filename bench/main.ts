/** `npm run bench [-- --runs N] [--json FILE]`: opening and reading a file, and the whole job from the command line, each run
 *  in a process of its own; medians of N runs (default 5) with their spread. */
import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { EVENTS_PER_FILE } from './generate.js'
import { BRANCHES, FOLDER, type Job, prepareJob } from './job.js'
import { machine } from './machine.js'
import type { ReadTimes } from './read-file.js'
import { type Row, summarize, table } from './summary.js'
import type { Usage } from './usage.js'

const { values: options } = parseArgs({ options: { runs: { type: 'string', default: '5' }, json: { type: 'string' } } })
const runs = Number(options.runs)
if (!Number.isInteger(runs) || runs < 1)
  throw new Error(`--runs: a whole number from 1 on was expected, got ${options.runs}`)

const here = import.meta.dirname
const OUTPUT = join('.work', 'bench', 'output')

/** Runs a compiled program in a new process; throws with its stderr where it fails. */
function runNode(
  program: string,
  args: readonly string[],
  preload: readonly string[] = [],
): { stdout: string; seconds: number } {
  const start = performance.now()
  const env = { ...process.env, BENCH_USAGE: join(FOLDER, 'usage.json') }
  const run = spawnSync(process.execPath, [...preload, program, ...args], { encoding: 'utf8', env })
  if (run.status !== 0) throw new Error(`${program} ${args.join(' ')}: exit status ${run.status}\n${run.stderr}`)
  return { stdout: run.stdout, seconds: (performance.now() - start) / 1000 }
}

function benchReading(path: string): Row[] {
  const all = Array.from({ length: runs }, () => {
    return JSON.parse(runNode(join(here, 'read-file.js'), [path, ...BRANCHES]).stdout) as ReadTimes
  })
  const row = (what: string, key: keyof ReadTimes, events: number | null): Row => {
    return summarize({ what, seconds: all.map(times => times[key] / 1000), events })
  }
  return [
    row('open, first in the process', 'openColdMs', null),
    row('open, again', 'openHotMs', null),
    row(`read ${BRANCHES.length} branches, first`, 'readColdMs', EVENTS_PER_FILE),
    row(`read ${BRANCHES.length} branches, again`, 'readHotMs', EVENTS_PER_FILE),
  ]
}

function benchJob(job: Job): Row {
  const program = join(here, '..', 'bin', 'run-analysis.js')
  const args = [...job.args, '--output', OUTPUT]
  const seconds: number[] = []
  const usages: Usage[] = []
  for (let run = 0; run < runs; run++) {
    rmSync(OUTPUT, { recursive: true, force: true })
    seconds.push(runNode(program, args, ['--import', join(here, 'usage.js')]).seconds)
    usages.push(JSON.parse(readFileSync(join(FOLDER, 'usage.json'), 'utf8')) as Usage)
  }
  return summarize({
    what: `job, ${job.files.length} x ${EVENTS_PER_FILE} events`,
    seconds,
    events: job.events,
    usages,
  })
}

const say = (text: string): boolean => process.stderr.write(`${text}\n`)
const jobs = [
  await prepareJob(1, path => say(`making ${path} ...`)),
  await prepareJob(10, path => say(`making ${path} ...`)),
]
const facts = machine()
say(
  `${facts.cpu}, ${facts.cores} cores, ${facts.memoryGiB} GiB, ${facts.system}, Node ${facts.node}; ${runs} runs each`,
)
const rows = [...benchReading(jobs[0]!.files[0]!), ...jobs.map(benchJob)]
process.stdout.write(`${table(rows)}\n`)
const json = options.json ?? join('.work', 'bench', 'results.json')
writeFileSync(json, `${JSON.stringify({ machine: facts, runs, rows }, null, 2)}\n`)
say(`as JSON: ${json}`)
