/** Memory of a long run, from its first minute to its last. */
import { spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { eventFiles, FULL, WORK } from './inputs.js'
import { jobArguments } from './job.js'
import { RUN_ANALYSIS } from './processes.js'

export interface MemoryCourse {
  readonly seconds: number
  /** Mean resident memory of each minute, in MiB, from WARM_MS on; the last one ends with the run. */
  readonly means: readonly number[]
}

const SAMPLE_MS = 500
/** Code is loaded and compiled, and caches are filled. */
const WARM_MS = 10_000
const MINUTE_MS = 60_000

/** The benchmark's job, with histograms and a report, on two workers: so many events, of ten files that are listed again and again. */
export async function memoryCourse(events: number, say: (text: string) => void): Promise<MemoryCourse> {
  const files = await eventFiles(Math.ceil(events / FULL.eventsPerFile), FULL, [])
  const output = join(WORK, 'soak')
  rmSync(output, { recursive: true, force: true })
  const args = [...jobArguments('main', files, true), '--workers', '2', '--output', output, '--no-progress']
  args.push('--duplicate-files', 'keep')
  const began = performance.now()
  const samples: { readonly at: number; readonly mib: number }[] = []
  const child = spawn(process.execPath, [RUN_ANALYSIS, ...args], { stdio: ['ignore', 'ignore', 'inherit'] })
  const timer = setInterval(() => {
    const mib = residentMiB(child.pid!)
    if (mib !== null) samples.push({ at: performance.now() - began, mib })
    if (samples.length % 120 === 0) say(`${(samples.length / 120).toFixed(0)} min: ${mib?.toFixed(0)} MiB`)
  }, SAMPLE_MS)
  const status = await new Promise(done => child.on('close', done))
  clearInterval(timer)
  if (status !== 0) throw new Error(`the run ended with ${status}`)
  rmSync(output, { recursive: true, force: true })
  const total = performance.now() - began
  const parts = Math.floor((total - WARM_MS) / MINUTE_MS)
  if (parts < 2) throw new Error('the run took less than two minutes, which does not tell: give more events')
  const means = Array.from({ length: parts }, (_, k) => {
    const end = k === parts - 1 ? total : WARM_MS + (k + 1) * MINUTE_MS
    const inside = samples.filter(({ at }) => at > end - MINUTE_MS && at <= end)
    return inside.reduce((sum, { mib }) => sum + mib, 0) / inside.length
  })
  return { seconds: total / 1000, means }
}

function residentMiB(pid: number): number | null {
  try {
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024
  } catch {
    return null
  }
}
