/** An http server of one file that may change, with an ETag and ranges, which counts the bytes that it sends. */
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface MarkedServer {
  readonly url: string
  /** Body bytes that were sent. */
  readonly sent: () => number
  content: Buffer
  /** null: neither ETag nor Last-Modified. */
  mark: string | null
  /** Called before each answer with content; the answer waits for it. */
  before: () => void | Promise<void>
  stop(): Promise<void>
}

export async function markedServer(content: Buffer): Promise<MarkedServer> {
  let sent = 0
  const server = createServer(async (asked, answer) => {
    if (self.mark !== null) answer.setHeader('ETag', self.mark)
    if (asked.method === 'HEAD') return answer.setHeader('Content-Length', self.content.length).end()
    await self.before()
    sent += sendRange(asked.headers.range, self.content, answer)
  })
  const self: MarkedServer = {
    url: '',
    content,
    mark: '"1"',
    before: () => {},
    sent: () => sent,
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return Object.assign(self, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/data/x.root` })
}

/** The first range only: others are asked for one by one then. */
function sendRange(range: string | undefined, content: Buffer, answer: ServerResponse): number {
  const [, first = '0', last = String(content.length - 1)] = /^bytes=(\d+)-(\d+)/.exec(range ?? '') ?? []
  const body = content.subarray(Number(first), Number(last) + 1)
  if (range !== undefined) answer.setHeader('Content-Range', `bytes ${first}-${last}/${content.length}`)
  answer.writeHead(range === undefined ? 200 : 206, { 'Content-Length': body.length }).end(body)
  return body.length
}
