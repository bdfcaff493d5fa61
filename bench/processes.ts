/** Running compiled programs in processes of their own. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { WORK } from './inputs.js'
import type { Times } from './micro/times.js'
import type { Usage } from './usage.js'

const here = import.meta.dirname
/** The program that is measured: what users run. */
export const RUN_ANALYSIS = join(here, '..', 'bin', 'run-analysis.js')
export const TNP_PIPE = join(here, '..', 'bin', 'tnp-pipe.js')

export interface Finished {
  readonly stdout: string
  readonly stderr: string
  /** Wall time from start to end of the process. */
  readonly seconds: number
}

export interface MeasuredRun extends Finished {
  readonly usage: Usage
}

/** Runs a command to its end; throws with its stderr where it fails. */
export function runCommand(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}, cwd = '.'): Finished {
  const start = performance.now()
  const run = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    cwd,
    maxBuffer: 1 << 28,
  })
  const seconds = (performance.now() - start) / 1000
  if (run.error !== undefined) throw new Error(`${command}: could not be started (${run.error.message})`)
  if (run.status !== 0) {
    const said = (run.stdout + run.stderr).slice(-4000)
    throw new Error(`${command} ${args.join(' ')}: exit status ${run.status}\n${said}`)
  }
  return { stdout: run.stdout, stderr: run.stderr, seconds }
}

/** Runs a compiled program under Node and reports what it and the processes that it has forked have used: of memory, the sum of their
 *  peaks. */
export function runMeasured(
  program: string,
  args: readonly string[],
  node = process.execPath,
  env: NodeJS.ProcessEnv = {},
): MeasuredRun {
  const folder = usageFolder()
  const run = runCommand(node, [...MEASURED, program, ...args], { ...env, BENCH_USAGE: join(folder, '0') })
  return { ...run, usage: usageIn(folder) }
}

/** The same for commands of which each reads what the one before writes, and the last one writes to a file. Needs bash. */
export function runPipe(program: string, commands: readonly (readonly string[])[], target: string): MeasuredRun {
  const folder = usageFolder()
  const parts = commands.map((args, k) => {
    const words = [process.execPath, ...MEASURED, program, ...args].map(quoted)
    return `BENCH_USAGE=${quoted(join(folder, String(k)))} ${words.join(' ')}`
  })
  const run = runCommand('bash', ['-c', `set -o pipefail; ${parts.join(' | ')} > ${quoted(target)}`])
  return { ...run, usage: usageIn(folder) }
}

const MEASURED = ['--import', new URL('usage.js', import.meta.url).href]

function usageFolder(): string {
  const folder = resolve(WORK, 'usage')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  return folder
}

function usageIn(folder: string): Usage {
  const used = readdirSync(folder).map(name => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Usage)
  const sum = (of: (usage: Usage) => number) => used.reduce((total, usage) => total + of(usage), 0)
  return { cpuSeconds: sum(usage => usage.cpuSeconds), peakMiB: sum(usage => usage.peakMiB) }
}

/** Runs compiled programs at the same time: seconds until the last one has ended. Needs sh. */
export function runTogether(commands: readonly (readonly string[])[]): number {
  const started = commands.map(words => `${[process.execPath, ...words].map(quoted).join(' ')} & p="$p $!"`)
  return runCommand('sh', ['-c', `p=; ${started.join('; ')}; for each in $p; do wait "$each" || exit 1; done`]).seconds
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`
}

/** Runs one module of micro/ in a fresh process: milliseconds by key. */
export function runMicro(name: string, input: unknown, node = process.execPath): Times {
  const run = runCommand(node, [join(here, 'micro', 'child.js'), name, JSON.stringify(input)])
  return JSON.parse(run.stdout) as Times
}
