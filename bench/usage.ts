/** Loaded before a measured program (node --import): on exit writes what the process has used to the file BENCH_USAGE, and what a process
 *  that the program has forked has used to one of its own, with its number behind the name. */
import { writeFileSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'
import { peakMemory } from '../lib/core/peak-memory.js'

export interface Usage {
  readonly cpuSeconds: number
  readonly peakMiB: number
}

// Worker threads load this as well; what they used is in the main thread's figures.
if (isMainThread) process.on('exit', report)
// A run ends the processes that it has forked by a signal.
if (isForked()) process.once('SIGTERM', () => process.exit(0))

function isForked(): boolean {
  return process.send !== undefined
}

function report(): void {
  const { userCPUTime, systemCPUTime } = process.resourceUsage()
  const usage: Usage = { cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakMiB: peakMemory() / 2 ** 20 }
  writeFileSync(`${process.env.BENCH_USAGE!}${isForked() ? `.${process.pid}` : ''}`, JSON.stringify(usage))
}
