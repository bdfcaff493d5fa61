/** A server on 127.0.0.1 that speaks as CMS's DBS does: `files` of an instance as JSON, to users with a certificate. */
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { TLSSocket } from 'node:tls'

export interface DbsServer {
  readonly url: string
  /** Requests so far: path with query, and the names in the client's chain of certificates. */
  readonly asked: { readonly path: string; readonly chain: readonly string[] }[]
  close(): Promise<void>
}

export interface Reply {
  readonly status?: number
  readonly body?: string
  /** Begins to answer and goes no further. */
  readonly silent?: boolean
  /** Ends the connection within the answer. */
  readonly cut?: boolean
}

/** `reply` gets the dataset and how often it has been asked for, from 1. */
export async function dbsServer(
  tls: { readonly cert: string; readonly key: string; readonly ca?: string; readonly rejectUnauthorized?: boolean },
  reply: (dataset: string, time: number) => Reply,
): Promise<DbsServer> {
  const asked: DbsServer['asked'] = []
  const times = new Map<string, number>()
  const server = createServer({ requestCert: true, rejectUnauthorized: false, ...tls }, (request, response) => {
    asked.push({ path: request.url!, chain: chainOf(request.socket as TLSSocket) })
    const dataset = new URL(request.url!, 'https://x').searchParams.get('dataset') ?? ''
    const time = (times.get(dataset) ?? 0) + 1
    times.set(dataset, time)
    const { status = 200, body = '[]', silent, cut } = reply(dataset, time)
    if (silent) {
      response.writeHead(200)
      response.write('[')
      return
    }
    if (cut) {
      response.writeHead(200, { 'content-length': 1000 })
      response.write('[{')
      setTimeout(() => request.socket.destroy(), 10)
      return
    }
    response.writeHead(status, { 'content-type': 'application/json' }).end(body)
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/dbs`,
    asked,
    close: () =>
      new Promise(done => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

function chainOf(socket: TLSSocket): string[] {
  const names: string[] = []
  let certificate = socket.getPeerCertificate(true)
  while (certificate?.subject && names.length < 5) {
    names.push([certificate.subject.CN].flat().join('/'))
    if (certificate.issuerCertificate === certificate) break
    certificate = certificate.issuerCertificate
  }
  return names
}

/** The answer of DBS for files. */
export function filesBody(...names: string[]): string {
  return JSON.stringify(names.map(name => ({ logical_file_name: name })))
}
