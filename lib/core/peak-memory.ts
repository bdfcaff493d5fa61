/** The most memory that this process has had. */
import { readFileSync } from 'node:fs'

/** Largest resident set, in bytes. Linux's getrusage, which Node asks, counts what stood in the process before the program was loaded
 *  into it: a copy of whatever started it. /proc/self/status does not. */
export function peakMemory(): number {
  try {
    const status = readFileSync('/proc/self/status', 'latin1')
    const kilobytes = /^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1]
    if (kilobytes !== undefined) return Number(kilobytes) * 1024
  } catch {
    // No Linux.
  }
  return process.resourceUsage().maxRSS * 1024
}
