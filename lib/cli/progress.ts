/** Progress on stderr: a bar with rate and time left on a terminal, now and then a plain line where there is none. */
import type { Progress } from '../job/index.js'

export interface ProgressMeter {
  update(progress: Progress): void
  /** What is waited for. */
  say(text: string): void
  /** Removes the bar, so that other text can be written. */
  clear(): void
}

const BAR_WIDTH = 24
const REDRAW_MS = 100
const PLAIN_LINE_MS = 10_000

export function progressMeter(stream: NodeJS.WriteStream): ProgressMeter {
  const began = performance.now()
  const interval = stream.isTTY ? REDRAW_MS : PLAIN_LINE_MS
  let drawn = false
  let last = stream.isTTY ? 0 : began
  const isDue = () => {
    const now = performance.now()
    if (now - last < interval) return false
    last = now
    return true
  }
  const draw = (text: string) => {
    stream.write(stream.isTTY ? `\r\x1b[2K${text}` : `${text}\n`)
    drawn = stream.isTTY
  }
  return {
    update(progress) {
      if (!isDue()) return
      const text = describe(progress, (last - began) / 1000)
      draw(stream.isTTY ? `${bar(progress)} ${text}` : text)
    },
    say(text) {
      if (isDue()) draw(text)
    },
    clear() {
      if (drawn) stream.write('\r\x1b[2K')
      drawn = false
    },
  }
}

function bar({ partitionsDone, partitions }: Progress): string {
  const full = Math.round((BAR_WIDTH * partitionsDone) / Math.max(1, partitions))
  return `[${'#'.repeat(full)}${'.'.repeat(BAR_WIDTH - full)}]`
}

function describe(progress: Progress, seconds: number): string {
  const { dataset, phase, partitionsDone, partitions, events, remote, cluster } = progress
  const what = phase === 'sum' ? 'summing weights' : `${humanCount(events / seconds)} events/s`
  const left =
    partitionsDone === 0 ? '' : `, ${humanTime((seconds * (partitions - partitionsDone)) / partitionsDone)} left`
  const bytes =
    remote === null ? '' : `, ${(remote.bytes / seconds / 1e6).toFixed(1)} MB/s in ${remote.requests} requests`
  const workers =
    cluster === null
      ? ''
      : `, ${cluster.workers}/${cluster.expected} workers, ${cluster.running} tasks running, ${cluster.waiting} waiting`
  return `${dataset}: ${partitionsDone}/${partitions} partitions, ${what}${bytes}${workers}${left}`
}

/** 1234567 -> "1.2 M". */
export function humanCount(n: number): string {
  if (!(n >= 1000)) return Math.round(n || 0).toString()
  return n < 999_950 ? `${(n / 1e3).toFixed(1)} k` : `${(n / 1e6).toFixed(1)} M`
}

/** Rounded before it is parted, so that nothing has 60 seconds. */
export function humanTime(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  const minutes = Math.round(seconds / 60)
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
