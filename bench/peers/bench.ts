/** What the groups of lines share: who is there, how often each is run, and the lines that were measured. */
import { spawnSync } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { eventFiles, FULL, QUICK, type Size, WORK } from '../inputs.js'
import { type JobKind, jobArguments } from '../job.js'
import { RUN_ANALYSIS, runCommand, runMeasured } from '../processes.js'
import { median } from '../summary.js'
import type { Claim } from './claims.js'
import { findNewerNode } from './newer-node.js'
import { findPython, grootReader, type Reader, uprootReader } from './peers.js'

export interface BenchOptions {
  readonly runs: number
  readonly only: RegExp | null
  readonly quick: boolean
}

/** A job of this program's, ready to be run again and again. */
export interface ReadyJob {
  /** run-analysis's arguments, without --output. */
  readonly given: readonly string[]
  readonly output: string
  /** Wall time of a whole process, of this Node or another one. */
  seconds(node?: string): number
  megabytes(): number
  /** What the job reads, as it says itself. */
  branches(): string[]
}

export class Bench {
  readonly claims: Claim[] = []
  readonly quick: boolean
  readonly size: Size
  /** ../shared, where it is there. */
  readonly shared: string | null
  /** Event files in place of generated ones. */
  readonly data: readonly string[]
  readonly python: string | null
  readonly uproot: Reader | null
  readonly groot: Reader | null
  /** A Python with ROOT: TNP_ROOT_PYTHON. */
  readonly root: string | null
  readonly #runs: number
  readonly #only: RegExp | null
  #newer: string | null | undefined

  constructor({ runs, only, quick }: BenchOptions) {
    this.quick = quick
    this.size = quick ? QUICK : FULL
    const shared = resolve('..', 'shared')
    this.shared = existsSync(shared) ? shared : null
    const sample = join(shared, 'data', 'bench', 'dy10k_zstd.root')
    this.data = !quick && existsSync(sample) ? [sample] : []
    this.python = findPython()
    this.uproot = this.python === null ? null : uprootReader(this.python)
    this.groot = grootReader()
    this.root = findRoot()
    this.#runs = runs
    this.#only = only
  }

  /** A Node with libzstd; null where there is none. */
  newerNode(): string | null {
    if (this.#newer === undefined) this.#newer = findNewerNode()
    return this.#newer
  }

  /** One line; null as target: nothing is promised. */
  async claim(
    what: string,
    unit: string,
    sense: Claim['sense'],
    target: number | null,
    measure: () => Promise<number[]> | number[],
  ): Promise<void> {
    if (this.#only !== null && !this.#only.test(what)) return
    process.stderr.write(`${what} ...\n`)
    this.claims.push({ what, value: median(await measure()), unit, sense, target })
  }

  repeat<T>(work: () => T): T[] {
    return Array.from({ length: this.#runs }, work)
  }

  /** first / second, whose order changes from one to the next. */
  ratios(first: () => number, second: () => number): number[] {
    return Array.from({ length: this.#runs }, (_, k) => {
      if (k % 2 === 0) return first() / second()
      const below = second()
      return first() / below
    })
  }

  async job(kind: JobKind, files: number, ...args: string[]): Promise<ReadyJob> {
    return this.jobOn(kind, await eventFiles(files, this.size, this.data), ...args)
  }

  jobOn(kind: JobKind, paths: readonly string[], ...args: string[]): ReadyJob {
    const given = jobArguments(kind, paths, this.data.length === 0)
    const output = join(WORK, 'output')
    const run = (node: string | undefined, ...more: string[]) => {
      rmSync(output, { recursive: true, force: true })
      return runMeasured(RUN_ANALYSIS, [...given, ...args, ...more, '--output', output], node)
    }
    return {
      given,
      output,
      // Without what `run` loads beside the program.
      seconds: (node = process.execPath) => {
        rmSync(output, { recursive: true, force: true })
        return runCommand(node, [RUN_ANALYSIS, ...given, ...args, '--output', output]).seconds
      },
      megabytes: () => run(undefined).usage.peakMiB * 1.048576,
      branches: () => [...run(undefined, '--print-necessary-columns').stderr.matchAll(/^ {2}(\w+)$/gm)].map(m => m[1]!),
    }
  }
}

/** Seconds that Node takes to start and to do nothing. */
export function bareStart(node = process.execPath): number {
  return runCommand(node, ['-e', '0']).seconds
}

function findRoot(): string | null {
  const python = process.env.TNP_ROOT_PYTHON
  if (python !== undefined && spawnSync(python, ['-W', 'ignore', '-c', 'import ROOT']).status === 0) return python
  process.stderr.write(
    'skipped: RDataFrame (TNP_ROOT_PYTHON is to name a Python with ROOT: scripts/root.sh makes one)\n',
  )
  return null
}
