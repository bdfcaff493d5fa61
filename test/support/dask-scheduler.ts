/** A Dask scheduler with workers of one thread each, as a facility has it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

export interface Scheduler {
  readonly address: string
  /** Of the workers, in the order in which they were started. */
  readonly workers: readonly ChildProcess[]
  stop(): Promise<void>
}

export interface SchedulerOptions {
  readonly protocol?: 'tcp' | 'tls'
  readonly env?: Readonly<Record<string, string>>
  readonly workers?: number
  /** In front of a worker's command, for instance to hide folders from it. */
  readonly wrapper?: readonly string[]
  readonly workerEnv?: Readonly<Record<string, string>>
  readonly workerArgs?: readonly string[]
}

export async function startScheduler(
  python: string,
  {
    protocol = 'tcp',
    env = {},
    workers = 2,
    wrapper = [],
    workerEnv = {},
    workerArgs = ['--no-nanny'],
  }: SchedulerOptions = {},
): Promise<Scheduler> {
  const children: ChildProcess[] = []
  const start = (argv: readonly string[], ready: RegExp, more: Readonly<Record<string, string>>) => {
    const child = spawn(argv[0]!, argv.slice(1), {
      env: { ...process.env, ...env, ...more },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    children.push(child)
    let text = ''
    return new Promise<{ found: string; child: ChildProcess }>((resolve, reject) => {
      child.stderr!.on('data', part => {
        text += part
        const found = ready.exec(text)
        if (found !== null) resolve({ found: found[1]!, child })
      })
      child.on('exit', () => reject(new Error(text)))
    })
  }
  const common = ['--host', '127.0.0.1', '--no-dashboard']
  const { found: address } = await start(
    [python, '-m', 'distributed.cli.dask_scheduler', ...common, '--port', '0', '--protocol', protocol],
    new RegExp(`Scheduler at: *(${protocol}://[\\d.]+:\\d+)`),
    {},
  )
  const worker = [...wrapper, python, '-m', 'distributed.cli.dask_worker', address, ...common, '--nthreads', '1']
  const begun = await Promise.all(
    Array.from({ length: workers }, () => start([...worker, ...workerArgs], /(Registered to)/, workerEnv)),
  )
  return {
    address,
    workers: begun.map(one => one.child),
    async stop() {
      for (const child of children) {
        child.removeAllListeners('exit')
        if (child.exitCode !== null || child.signalCode !== null) continue
        const ended = once(child, 'exit')
        child.kill('SIGKILL')
        await ended
      }
    },
  }
}
