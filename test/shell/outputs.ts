/** The same job by one command, by a pipe of stages, and after preprocessing. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { equal, ok } from 'uvu/assert'
import { filesBelow, runAnalysis, scratch } from '../support/cli.js'
import { type Comparing, differingFiles } from '../support/same-outputs.js'
import { bash } from '../support/shell.js'

export interface PipedJob {
  readonly runner: string
  readonly fileset: string
  readonly settings?: string
  readonly binning?: string
  readonly cwd?: string
}

/** The documents of a folder. */
export function jobOf(dir: string, cwd?: string): PipedJob {
  const at = (name: string) => resolve(dir, `${name}.json`)
  return {
    runner: at('runner'),
    fileset: at('fileset'),
    ...(existsSync(at('settings')) ? { settings: at('settings') } : {}),
    ...(existsSync(at('binning')) ? { binning: at('binning') } : {}),
    ...(cwd === undefined ? {} : { cwd }),
  }
}

export function documentOptions({ settings, binning }: PipedJob): string[] {
  return [...(settings ? ['--settings', settings] : []), ...(binning ? ['--binning', binning] : [])]
}

function sameFiles(got: string, want: string, comparing: Comparing, label: string): void {
  ok(filesBelow(want).size > 0)
  equal(differingFiles(got, want, comparing), [], label)
}

const SCRIPT = resolve('examples/whole-run.sh')

/** preprocess: also `preprocess | run`; files that cannot be read stop preprocessing. */
export async function sameByPipe(job: PipedJob, { preprocess = true } = {}): Promise<void> {
  const out = scratch()
  const { cwd } = job
  const one = await runAnalysis(
    ['--config', job.runner, '--fileset', job.fileset, ...documentOptions(job), '--output', out.path('one')],
    cwd === undefined ? {} : { cwd },
  )
  equal(one.status, 0, one.stderr)
  const at = cwd === undefined ? {} : { cwd }
  const piped = await bash(`"$@"`, [SCRIPT, job.runner, job.fileset, out.path('piped'), ...documentOptions(job)], at)
  equal(piped.status, 0, piped.stderr)
  equal(piped.stdout, '')
  sameFiles(out.path('piped'), out.path('one'), { args: true }, 'pipe')

  if (!preprocess) return out.remove()
  const chained = await bash(
    'cat "$1" | tnp-pipe preprocess | { shift; tnp-pipe run --config "$@"; }',
    [job.fileset, job.runner, '--output', out.path('preprocessed'), ...documentOptions(job)],
    at,
  )
  equal(chained.status, 0, chained.stderr)
  // Reports say which steps were read: preprocessing turns whole files into steps.
  sameFiles(out.path('preprocessed'), out.path('one'), { args: false }, 'preprocess | run')
  out.remove()
}
