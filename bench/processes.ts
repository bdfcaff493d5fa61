/** Running compiled programs in processes of their own. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { WORK } from './inputs.js'
import type { Times } from './micro/times.js'
import type { Usage } from './usage.js'

const here = import.meta.dirname
/** The program that is measured: what users run. */
export const RUN_ANALYSIS = join(here, '..', 'bin', 'run-analysis.js')

export interface Finished {
  readonly stdout: string
  readonly stderr: string
  /** Wall time from start to end of the process. */
  readonly seconds: number
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

/** Runs a compiled program under Node and reports what it has used. */
export function runMeasured(
  program: string,
  args: readonly string[],
  node = process.execPath,
): Finished & { readonly usage: Usage } {
  mkdirSync(WORK, { recursive: true })
  const usage = resolve(WORK, 'usage.json')
  const run = runCommand(node, ['--import', new URL('usage.js', import.meta.url).href, program, ...args], {
    BENCH_USAGE: usage,
  })
  return { ...run, usage: JSON.parse(readFileSync(usage, 'utf8')) as Usage }
}

/** Runs compiled programs at the same time: seconds until the last one has ended. Needs sh. */
export function runTogether(commands: readonly (readonly string[])[]): number {
  const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`
  const started = commands.map(words => `${[process.execPath, ...words].map(quoted).join(' ')} & p="$p $!"`)
  return runCommand('sh', ['-c', `p=; ${started.join('; ')}; for each in $p; do wait "$each" || exit 1; done`]).seconds
}

/** Runs one module of micro/ in a fresh process: milliseconds by key. */
export function runMicro(name: string, input: unknown, node = process.execPath): Times {
  const run = runCommand(node, [join(here, 'micro', 'child.js'), name, JSON.stringify(input)])
  return JSON.parse(run.stdout) as Times
}
