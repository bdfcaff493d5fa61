/** Processor time of one thread. */
import { openSync, readSync } from 'node:fs'

const SPACE = 0x20
/** Of the thread that opens it: the first of its numbers is nanoseconds on a processor (proc(5), kernel document sched-stats). */
const SCHEDULER_FILE = '/proc/thread-self/schedstat'

/** A clock of the calling thread's processor time in seconds, or null where the platform has none: process.threadCpuUsage from
 *  Node 23.9 on, before that Linux's scheduler, which counts in steps of up to 4 ms. A reading takes 6 us. */
export function threadCpuClock(): (() => number) | null {
  const { threadCpuUsage } = process as { threadCpuUsage?: () => NodeJS.CpuUsage }
  if (threadCpuUsage !== undefined) {
    return () => {
      const { user, system } = threadCpuUsage()
      return (user + system) / 1e6
    }
  }
  try {
    const descriptor = openSync(SCHEDULER_FILE, 'r')
    const room = Buffer.alloc(128)
    return () => {
      readSync(descriptor, room, 0, room.length, 0)
      return Number(room.toString('latin1', 0, room.indexOf(SPACE))) / 1e9
    }
  } catch {
    return null
  }
}
