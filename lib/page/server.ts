/** The page's server: on this machine's loopback alone, for those who have the token of its address. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { UsageError } from '../core/errors.js'
import { cookieName, hasToken, isLocalHost, isOwnOrigin, newFolder, newToken } from './access.js'
import { HttpFailure, type Routes, readBody, sendFailure, sendJson } from './answer.js'
import { type PageHtml, pageHtml } from './assets.js'
import { EventFeed } from './events.js'

export interface PageOptions {
  /** "GET /api/page" must be among them. */
  readonly routes: Routes
  /** Default: 0, one that is free. */
  readonly port?: number
  /** What is wrong later on, such as no more files that could be opened. The server goes on. */
  readonly onError?: (error: Error) => void
}

export interface PageServer {
  /** With the token. */
  readonly url: string
  readonly port: number
  /** Ends all connections, then resolves. May be called twice. */
  close(): Promise<void>
}

/** Listens when it resolves. Throws UsageError where the port cannot be had. */
export async function servePage({ routes, port = 0, onError = () => {} }: PageOptions): Promise<PageServer> {
  const [token, folder] = [newToken(), newFolder()]
  const html = pageHtml(folder)
  const server = createServer((request, response) => {
    answer(request, response, { routes, token, folder, html, port: portOf(server) }).catch(error =>
      sendFailure(response, error),
    )
  })
  await listen(server, port)
  server.on('error', onError)
  const own = portOf(server)
  return {
    url: `http://127.0.0.1:${own}/?token=${token}`,
    port: own,
    async close() {
      for (const route of Object.values(routes)) if (route instanceof EventFeed) route.close()
      const closed = new Promise<void>(resolve => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo | null)?.port ?? 0
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why =
        error.code === 'EADDRINUSE'
          ? 'is in use. Give another one, or 0 for one that is free.'
          : error.code === 'EACCES'
            ? 'may not be used by you. Give one above 1023, or 0 for one that is free.'
            : `cannot be listened on (${error.message}).`
      reject(new UsageError([{ place: `port ${port}`, message: why }]))
    })
    server.listen(port, '127.0.0.1', resolve)
  })
}

interface Site {
  readonly routes: Routes
  readonly token: string
  /** Everything is there as well. */
  readonly folder: string
  readonly html: PageHtml
  readonly port: number
}

async function answer(request: IncomingMessage, response: ServerResponse, site: Site): Promise<void> {
  for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value)
  response.setHeader('content-security-policy', site.html.policy)
  const { method = '', headers } = request
  const [path = '/', query = ''] = (request.url ?? '/').split('?') as [string?, string?]
  const pathname = path.startsWith(`${site.folder}/`) ? path.slice(site.folder.length) : path
  const searchParams = new URLSearchParams(query)
  const isAllowed = isLocalHost(headers.host) && hasToken(request, searchParams, site.token, site.port)
  if (!isAllowed || !isOwnOrigin(headers)) {
    const message = 'Not allowed: open the address that tnp-pipe has printed, with its token.'
    return sendJson(response, 403, { problems: [{ place: '', message }] })
  }
  if (pathname === '/' && (method === 'GET' || method === 'HEAD')) return sendPage(response, site)
  const route = Object.hasOwn(site.routes, `${method} ${pathname}`) ? site.routes[`${method} ${pathname}`] : undefined
  if (route === undefined) {
    const known = Object.keys(site.routes).some(name => name.endsWith(` ${pathname}`))
    throw new HttpFailure(known ? 405 : 404, known ? `${method} is not for this.` : 'there is nothing of this name.')
  }
  if (route instanceof EventFeed) return route.attach(response)
  const abort = new AbortController()
  response.on('close', () => abort.abort())
  const body = method === 'GET' ? undefined : await readBody(request)
  sendJson(response, 200, await route({ query: searchParams, body, signal: abort.signal }))
}

const HEADERS = {
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}

/** The cookie lets the page take the token out of the address bar, where the folder stands then. */
function sendPage(response: ServerResponse, { html, token, folder, port }: Site): void {
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'set-cookie': `${cookieName(port)}=${token}; HttpOnly; SameSite=Strict; Path=${folder}/`,
  })
  response.end(html.text)
}
