/** Ends a job that takes more memory than it has asked for, before the batch system does so without a word. */
import { Worker } from 'node:worker_threads'

const EVERY_MS = 250
/** Of a job's memory: what the shell takes, and what is taken between two looks. */
const SHARE = 0.95

/** A thread of its own looks: chunks keep the others busy. `path`: where the reason is written. */
export function watchMemory(path: string, host: string, limitBytes: number): Worker {
  const worker = new Worker(WATCH, {
    eval: true,
    workerData: { path, host, limit: SHARE * limitBytes, asked: limitBytes, every: EVERY_MS },
  })
  worker.unref()
  return worker
}

const WATCH = `
const { renameSync, writeFileSync } = require('node:fs')
const { workerData: { path, host, limit, asked, every } } = require('node:worker_threads')
setInterval(() => {
  const rss = process.memoryUsage.rss()
  if (rss <= limit) return
  const mb = bytes => Math.round(bytes / 1e6)
  const message = 'it took ' + mb(rss) + ' MB of the ' + mb(asked) + ' MB that the job has'
  writeFileSync(path + '.tmp', JSON.stringify({ kind: 'memory', message, host }))
  renameSync(path + '.tmp', path)
  process.kill(process.pid, 'SIGKILL')
}, every)
`
