/** Loaded before a measured program (node --import): on exit writes what the process has used to the file BENCH_USAGE. */
import { writeFileSync } from 'node:fs'

export interface Usage {
  readonly cpuSeconds: number
  readonly peakMiB: number
}

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  const usage: Usage = { cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakMiB: maxRSS / 1024 }
  writeFileSync(process.env.BENCH_USAGE!, JSON.stringify(usage))
})
