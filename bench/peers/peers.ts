/** The programs that this one is measured beside. Each is installed where it is not there; what cannot be is left out, and stderr
 *  says so. */
import { type SpawnSyncOptionsWithStringEncoding, spawnSync } from 'node:child_process'
import { copyFileSync, cpSync, existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { WORK } from '../inputs.js'
import { runCommand } from '../processes.js'

export type Times = Readonly<Record<string, number>>

export interface Reading {
  readonly files: readonly string[]
  /** Those that a file lacks are left out. */
  readonly branches: readonly string[]
  /** Passes after the first, in the same process. */
  readonly repeats?: number
}

/** Milliseconds: openFirst, readFirst, total (their sum), readAgain. */
export type Reader = (reading: Reading) => Times

const LOOKS: SpawnSyncOptionsWithStringEncoding = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }

/** The Python with the peers: TNP_PYTHON, or one made for them as CI does; null where there is neither. */
export function findPython(): string | null {
  const given = process.env.TNP_PYTHON
  const python = given ?? spawnSync('bash', ['scripts/python.sh'], LOOKS).stdout?.trim() ?? ''
  if (python !== '' && spawnSync(python, ['-c', 'import uproot, egamma_tnp']).status === 0) return python
  const why = given === undefined ? 'python3 with venv and PyPI are needed' : `${given} cannot import them`
  process.stderr.write(`skipped: uproot, egamma-tnp (${why})\n`)
  return null
}

export function uprootReader(python: string): Reader {
  return reading => JSON.parse(runCommand(python, ['bench/peers/uproot-read.py', asInput(reading)]).stdout) as Times
}

/** The reference's run-analysis, beside the Python. */
export function egammaCommand(python: string): string {
  const found = spawnSync(python, ['-c', 'import sys; print(sys.prefix)'], LOOKS).stdout.trim()
  const beside = [dirname(python), join(found, 'bin')].map(folder => join(folder, 'run-analysis')).find(existsSync)
  return beside ?? 'run-analysis'
}

export interface FrameJob {
  readonly files: readonly string[]
  readonly threads: number
  readonly passes: number
  /** With the cut on lumi sections that generated files' golden JSON makes. */
  readonly golden: boolean
}

/** The benchmark's job in RDataFrame. seconds: of the whole process; again: milliseconds of the fastest pass after the first. */
export function rdataframe(python: string, job: FrameJob): { readonly seconds: number; readonly again: number } {
  const files = job.files.map(path => resolve(path))
  const run = runCommand(python, ['-W', 'ignore', 'bench/peers/rdataframe-job.py', JSON.stringify({ ...job, files })])
  return { seconds: run.seconds, again: (JSON.parse(run.stdout) as Times).again! }
}

/** go-hep's groot, compiled; null where there is no Go. */
export function grootReader(): Reader | null {
  const program = resolve(WORK, 'groot-read')
  const build = spawnSync('go', ['build', '-o', program, '.'], {
    cwd: join('bench', 'peers', 'groot'),
    encoding: 'utf8',
  })
  if (build.status !== 0) {
    process.stderr.write(`skipped: groot (${build.error?.message ?? build.stderr.trim().split('\n').at(-1)})\n`)
    return null
  }
  return reading => JSON.parse(runCommand(program, [asInput(reading)]).stdout) as Times
}

/** jsroot with the package that it wants for ZSTD in Node, as npm installs it: the folder with the program that reads RNTuples; null
 *  where the package cannot be had. What this project has installed of jsroot comes without. */
export function stockJsroot(): string | null {
  const folder = resolve(WORK, 'jsroot')
  const modules = join(folder, 'node_modules')
  const package_ = join('node_modules', 'jsroot')
  const { dependencies } = JSON.parse(readFileSync(join(package_, 'package.json'), 'utf8'))
  const zstd = '@oneidentity/zstd-js'
  if (!existsSync(join(modules, zstd))) {
    const args = ['install', '--no-save', '--prefix', folder, `${zstd}@${dependencies[zstd]}`]
    const { status } = spawnSync('npm', args, { stdio: ['ignore', 'ignore', 'inherit'] })
    if (status !== 0) {
      process.stderr.write('skipped: jsroot (npm did not install its ZSTD)\n')
      return null
    }
  }
  cpSync(package_, join(modules, 'jsroot'), { recursive: true })
  copyFileSync('bench/peers/jsroot-read-ntuples.mjs', join(folder, 'read-ntuples.mjs'))
  return join(folder, 'read-ntuples.mjs')
}

function asInput({ files, branches, repeats = 0 }: Reading): string {
  return JSON.stringify({ files: files.map(path => resolve(path)), branches, repeats })
}
