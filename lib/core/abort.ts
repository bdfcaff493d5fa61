/** Waiting that ends when the run is stopped. */

/** What the work gives, or the signal's reason at once: a server that does not answer holds nobody up who wants to stop. */
export async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) {
    // Nobody will hear of it any more.
    work.catch(() => {})
    throw signal.reason
  }
  let onAbort = () => {}
  // No promise that lives as long as the signal: it would keep every result.
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason as Error)
    signal.addEventListener('abort', onAbort, { once: true })
  })
  try {
    return await Promise.race([work, aborted])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
