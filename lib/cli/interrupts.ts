import { constants } from 'node:os'

/** Signals that end a command in order: Ctrl-C, `kill`, a terminal that goes away. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

export type EndingSignal = (typeof SIGNALS)[number]

/** Exit status of a command that the signal ended. */
export function statusOf(signal: EndingSignal): number {
  return 128 + constants.signals[signal]
}

/** Milliseconds after the first signal from which on Ctrl-C ends the process at once. npm and npx send the one of the terminal a second
 *  time. */
const PATIENCE = 1000

/** The function that it gives stops listening: the signals end the process at once then. */
export function onInterrupt(interrupt: (signal: EndingSignal) => void): () => void {
  // What is said to a terminal that is gone is lost, and no failure.
  const ignore = () => {}
  let first: number | null = null
  const heard = (signal: EndingSignal) => {
    first ??= performance.now()
    if (signal === 'SIGINT' && performance.now() - first > PATIENCE) endNow()
    interrupt(signal)
  }
  process.stderr.on('error', ignore)
  for (const signal of SIGNALS) process.on(signal, heard)
  return () => {
    for (const signal of SIGNALS) process.off(signal, heard)
    process.stderr.off('error', ignore)
  }
}

function endNow(): never {
  process.stderr.write('ended at once: unfinished files may be left. tnp-pipe cleanup FOLDER removes them.\n')
  process.exit(statusOf('SIGINT'))
}
