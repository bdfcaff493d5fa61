/** Signals that end a command in order: Ctrl-C, `kill`, a terminal that goes away. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

export type EndingSignal = (typeof SIGNALS)[number]

/** The function that it gives stops listening: the signals end the process at once then. */
export function onInterrupt(interrupt: (signal: EndingSignal) => void): () => void {
  // What is said to a terminal that is gone is lost, and no failure.
  const ignore = () => {}
  process.stderr.on('error', ignore)
  for (const signal of SIGNALS) process.on(signal, interrupt)
  return () => {
    for (const signal of SIGNALS) process.off(signal, interrupt)
    process.stderr.off('error', ignore)
  }
}
