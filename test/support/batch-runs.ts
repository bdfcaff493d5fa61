/** Runs over a pool of a batch system, and what they leave. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { equal } from 'uvu/assert'
import type { RunReport } from '../../lib/batch/status.js'
import type { BatchPool } from './batch-pools.js'
import { type CaseRun, caseOptions, sameFiles } from './case-runs.js'
import { type CliOptions, filesBelow, type Outcome, runAnalysis, tnpPipe } from './cli.js'

/** Of the run, without those of the batch run itself. */
export function outputsBelow(folder: string): Map<string, Buffer> {
  if (!existsSync(folder)) return new Map()
  return new Map([...filesBelow(folder)].filter(([path]) => !path.startsWith('.tnp-batch/')))
}

/** A case in a folder of the pool's. */
export async function runPoolCase(pool: BatchPool, name: string, args: readonly string[]): Promise<CaseRun> {
  const out = join(pool.makeFolder('case'), 'out')
  const cases = join(pool.data, '..', 'cases')
  const all = [...caseOptions(name, cases), '--executor', `batch/${pool.kind}`, '--output', out, ...args]
  const outcome = await runAnalysis(all, { ...pool.options, cwd: pool.data })
  return { ...outcome, files: outputsBelow(out) }
}

/** A run of several jobs that wait for a file before they work. */
export interface SlowRun {
  /** The output folder. */
  readonly out: string
  /** Starts `run` with more options. */
  start(args: readonly string[], options?: Partial<CliOptions>): Promise<Outcome>
  /** A command of tnp-pipe on the run. */
  command(name: string, args?: readonly string[], options?: Partial<CliOptions>): Promise<Outcome>
  /** null: the run has not begun. */
  status(): Promise<RunReport | null>
  /** Until the run's jobs are as `wanted` says. Gives that status. */
  until(wanted: (report: RunReport) => boolean, seconds?: number): Promise<RunReport>
  /** Jobs may work from now on. */
  go(): void
  /** Numbers of the workers' processes that run now. */
  workers(): number[]
  /** The outputs are those of a local run. */
  isAsLocal(): Promise<void>
}

const JOBS = 4

/** Two datasets of two jobs each. */
export function slowRun(pool: BatchPool, files: Readonly<Record<string, readonly string[]>> = TWO): SlowRun {
  const folder = pool.makeFolder('run')
  const [out, go, stage] = ['out', 'go', 'wait.mjs'].map(name => join(folder, name)) as [string, string, string]
  const library = pool.options.program === undefined ? resolve('dist') : join(pool.options.program, '..')
  const wait = `while (!fs.existsSync(${JSON.stringify(go)})) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)`
  writeFileSync(
    stage,
    `import fs from 'node:fs'
import { defineStage } from ${JSON.stringify(join(library, 'lib/index.js'))}
export default defineStage({ name: 'wait', reads: [], map: batch => { ${wait}; return batch } })
`,
  )
  const runner = join(folder, 'runner.json')
  writeFileSync(
    runner,
    JSON.stringify({
      workflow: 'ElectronTagNProbeFromNanoAOD',
      workflow_args: { filters: { 'cutBased >= 4': 'cutBased >= 4' } },
      methods: [{ name: 'get_tnp_arrays', args: { vars: ['el_pt', 'el_eta'], flat: true } }],
    }),
  )
  const fileset = join(folder, 'fileset.json')
  const step = { object_path: 'Events', steps: [0, 1].map(k => [k * 300, k * 300 + 300]) }
  const document = Object.fromEntries(
    Object.entries(files).map(([name, paths]) => [
      name,
      { files: Object.fromEntries(paths.map(path => [join(pool.data, path), step])), metadata: { isMC: false } },
    ]),
  )
  writeFileSync(fileset, JSON.stringify(document))
  const job = ['--config', runner, '--fileset', fileset, '--stage', stage, '--no-progress']
  const options = { ...pool.options, cwd: folder }
  const run: SlowRun = {
    out,
    start: (args, more = {}) =>
      runAnalysis(
        [
          ...job,
          '--output',
          out,
          '--executor',
          `batch/${pool.kind}`,
          '--memory',
          '500MB',
          '--events-per-job',
          '300',
          ...args,
        ],
        { ...options, ...more, env: { ...options.env, ...more.env } },
      ),
    command: (name, args = [], more = {}) => tnpPipe([name, out, ...args], { ...options, ...more }),
    async status() {
      const { stdout } = await run.command('status', ['--json'])
      return stdout === '' ? null : (JSON.parse(stdout) as RunReport)
    },
    async until(wanted, seconds = 25) {
      const end = Date.now() + seconds * 1000
      for (;;) {
        const report = await run.status()
        if (report !== null && wanted(report)) return report
        if (Date.now() > end) throw new Error(`not within ${seconds} s: ${JSON.stringify(report)}`)
        await new Promise(resolve => setTimeout(resolve, 200))
      }
    },
    go: () => writeFileSync(go, ''),
    workers: () => processesOf(`${out}/.tnp-batch`),
    async isAsLocal() {
      run.go()
      const local = join(folder, 'local')
      const { status, stderr } = await runAnalysis([...job, '--output', local], { cwd: folder })
      equal(status, 0, stderr)
      sameFiles(outputsBelow(out), outputsBelow(local), out)
    },
  }
  return run
}

const TWO = { A: ['DYto2E.root'], B: ['DYto2E.root'] }

/** Counts over all passes. */
export function countOf(report: RunReport, state: keyof RunReport['passes'][number]['counts']): number {
  return report.passes.reduce((sum, { counts }) => sum + (counts[state] ?? 0), 0)
}

export function allAre(state: Parameters<typeof countOf>[1]): (report: RunReport) => boolean {
  return report => countOf(report, state) === JOBS
}

/** Workers of batch jobs of the run in that folder. */
function processesOf(folder: string): number[] {
  return readdirSync('/proc').flatMap(name => {
    if (!/^\d+$/.test(name)) return []
    try {
      const words = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0')
      return /(batch-worker|batch\/worker)\.js$/.test(words[2] ?? '') && words.includes(folder) ? [Number(name)] : []
    } catch {
      return []
    }
  })
}
