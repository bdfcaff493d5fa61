/** The reference in a process of its own, which answers one job after the other (reference.py). */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { CommandOptions } from './generate.js'

export interface Difference {
  readonly file: string
  readonly kind: string
  readonly text: string
}

export interface ReferenceJob {
  readonly id: string
  /** Documents of the configuration. */
  readonly folder: string
  readonly out: string
  readonly options: CommandOptions
  /** Mends of the reference: mends.py. */
  readonly mend: readonly ('faults' | 'double-precision')[]
  /** Outputs to compare with. */
  readonly ours: string | null
  readonly seconds: number
}

export interface ReferenceAnswer {
  readonly status: 'done' | 'refused' | 'timeout' | 'crashed'
  readonly error: string | null
  readonly at?: readonly string[]
  readonly mended: readonly string[]
  readonly differences?: readonly Difference[]
  readonly seconds: number
  /** Seconds of the processor. */
  readonly cpu: number
}

/** A Python with the reference (TNP_PYTHON, else one made for it as CI does), or null. */
export function referencePython(): string | null {
  const make = () =>
    spawnSync('bash', ['scripts/python.sh'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
  const python = process.env.TNP_PYTHON ?? make().stdout?.trim() ?? ''
  if (python === '') return null
  const { status } = spawnSync(python, ['-c', 'import importlib.util as u; assert u.find_spec("egamma_tnp")'])
  return status === 0 ? python : null
}

export class Reference {
  private readonly child: ChildProcess
  private readonly lines: AsyncIterator<string>

  constructor(python: string) {
    const env = { ...process.env, OMP_NUM_THREADS: '1', PYTHONWARNINGS: 'ignore' }
    this.child = spawn(python, ['bench/differential/reference.py'], { stdio: ['pipe', 'pipe', 'inherit'], env })
    this.lines = createInterface({ input: this.child.stdout! })[Symbol.asyncIterator]()
  }

  /** Resolves when the reference has been imported. */
  async ready(): Promise<void> {
    await this.line()
  }

  async run(job: ReferenceJob): Promise<ReferenceAnswer> {
    this.child.stdin!.write(`${JSON.stringify(job)}\n`)
    return (await this.line()) as ReferenceAnswer
  }

  close(): void {
    this.child.stdin!.end()
  }

  private async line(): Promise<unknown> {
    const { value, done } = await this.lines.next()
    if (done) throw new Error('the reference has ended: see above')
    return JSON.parse(value)
  }
}
