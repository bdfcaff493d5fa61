/** A Dask scheduler with workers of one thread each, each a process of its own: what a facility has, on this machine. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

export interface Dask {
  readonly address: string
  readonly scheduler: number
  readonly workers: readonly number[]
  stop(): Promise<void>
}

export async function startDask(python: string, workers: number): Promise<Dask> {
  const children: ChildProcess[] = []
  const start = (args: readonly string[], ready: RegExp): Promise<{ readonly pid: number; readonly said: string }> => {
    const child = spawn(python, ['-m', ...args, '--host', '127.0.0.1', '--no-dashboard'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    children.push(child)
    let text = ''
    return new Promise((resolve, reject) => {
      child.stderr!.on('data', part => {
        text += part
        const found = ready.exec(text)
        if (found !== null) resolve({ pid: child.pid!, said: found[1]! })
      })
      child.on('error', reject)
      child.on('exit', () => reject(new Error(`${python} -m ${args.join(' ')} ended:\n${text.slice(-2000)}`)))
    })
  }
  const stop = async () => {
    for (const child of children) {
      child.removeAllListeners('exit')
      if (child.exitCode !== null || child.signalCode !== null) continue
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    }
  }
  try {
    const scheduler = await start(['distributed.cli.dask_scheduler', '--port', '0'], /Scheduler at: *(tcp:\/\/\S+)/)
    const worker = ['distributed.cli.dask_worker', scheduler.said, '--nthreads', '1', '--no-nanny']
    const started = await Promise.all(Array.from({ length: workers }, () => start(worker, /(Registered to)/)))
    return { address: scheduler.said, scheduler: scheduler.pid, workers: started.map(one => one.pid), stop }
  } catch (error) {
    await stop()
    throw error
  }
}
