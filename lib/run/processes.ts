/** The pool over child processes: as the threads, at the price of copying results, for runs that must not share a heap. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { WorkerError } from '../core/errors.js'
import type { Executor } from './executor.js'
import type { Reply } from './messages.js'
import { endedUnexpectedly, type PoolWorker, poolExecutor } from './pool.js'

const NAME = 'processes'

export function processesExecutor(workers: number): Executor {
  return poolExecutor(NAME, workers, startProcess, { own: false })
}

function startProcess(): PoolWorker {
  const path = fileURLToPath(new URL('./worker.js', import.meta.url))
  const child = fork(path, [], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  return {
    post: request => child.send(request),
    onReply: listener => child.on('message', reply => listener(reply as Reply)),
    onDeath: listener => {
      // Of a process that has run, the exit tells more than a message that could not be sent to it any more.
      child.on('error', error => {
        if (child.pid === undefined) listener(endedUnexpectedly(NAME, error.message))
      })
      child.on('exit', (code, signal) =>
        listener(signal === null ? endedUnexpectedly(NAME, `exit code ${code}`) : killed(child.pid, signal)),
      )
    },
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill()
      await ended
    },
  }
}

function killed(pid: number | undefined, signal: NodeJS.Signals): WorkerError {
  const why = signal === 'SIGKILL' ? ' Where memory is short the system does that: use fewer --workers then.' : ''
  return new WorkerError(`a worker process (${pid}) was ended by ${signal}.${why}`)
}
