/** Ports of this machine. */
import { createServer } from 'node:net'
import { UsageError } from '../core/errors.js'

/** Throws UsageError where something listens at the port already. */
export async function checkPort(port: number | undefined): Promise<void> {
  if (port === undefined || port === 0 || (await isFree(port))) return
  const next = await freePort(port + 1, port + 100)
  const hint = next === null ? 'Choose another.' : `${next} is free.`
  throw new UsageError([{ place: '--port', message: `${port} is taken on this machine. ${hint}` }])
}

/** The first free one, from `first` to `last`; null: none. */
export async function freePort(first: number, last: number): Promise<number | null> {
  for (let port = first; port <= Math.min(last, 65535); port++) if (await isFree(port)) return port
  return null
}

function isFree(port: number): Promise<boolean> {
  return new Promise(done => {
    const server = createServer()
    server.once('error', () => done(false))
    server.listen({ port, exclusive: true }, () => server.close(() => done(true)))
  })
}
