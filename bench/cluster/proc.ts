/** What processes have used, as Linux says. */

import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

const TICKS = Number(spawnSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }).stdout) || 100

export interface ProcessUse {
  readonly cpuSeconds: number
  /** Largest resident memory so far (VmHWM), MB. */
  readonly peakMB: number
}

const NONE: ProcessUse = { cpuSeconds: 0, peakMB: 0 }

export function useOf(pid: number): ProcessUse {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // Fields after the name, which may have spaces: utime and stime are the 14th and 15th of all.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const peak = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return { cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS, peakMB: Number(peak?.[1] ?? 0) / 1024 }
  } catch {
    return NONE
  }
}

/** Peaks are added: they need not have been at the same time, so the sum is an upper bound. */
export function useOfAll(pids: Iterable<number>): ProcessUse {
  let sum = NONE
  for (const pid of pids) {
    const { cpuSeconds, peakMB } = useOf(pid)
    sum = { cpuSeconds: sum.cpuSeconds + cpuSeconds, peakMB: sum.peakMB + peakMB }
  }
  return sum
}

/** Processes below `pid`, without it. */
export function descendants(pid: number): number[] {
  const children = new Map<number, number[]>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
      children.set(parent, [...(children.get(parent) ?? []), Number(name)])
    } catch {
      // It has ended meanwhile.
    }
  }
  const below = (of: number): number[] => (children.get(of) ?? []).flatMap(child => [child, ...below(child)])
  return below(pid)
}
