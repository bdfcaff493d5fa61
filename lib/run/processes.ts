/** The pool over child processes: as the threads, at the price of copying results, for runs that must not share a heap. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Executor } from './executor.js'
import type { Reply } from './messages.js'
import { type PoolWorker, poolExecutor } from './pool.js'

export function processesExecutor(workers: number): Executor {
  return poolExecutor('processes', workers, startProcess, { own: false })
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
        if (child.pid === undefined) listener(error.message)
      })
      child.on('exit', (code, signal) => listener(signal ?? `exit code ${code}`))
    },
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill()
      await ended
    },
  }
}
