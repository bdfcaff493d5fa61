/** The page's server: who gets an answer, and which. */
import { request } from 'node:http'
import { connect } from 'node:net'
import { test } from 'uvu'
import { equal, is, match, not, ok, throws } from 'uvu/assert'
import { DataError, UsageError } from '../../lib/core/errors.js'
import { EventFeed, type PageServer, servePage } from '../../lib/page/index.js'

const feed = new EventFeed(() => [{ event: 'state', data: { chunks: 2 } }])
const ROUTES = {
  'GET /api/page': () => ({ title: 'toy', version: '0', live: false }),
  'GET /api/echo': ({ query }: { query: URLSearchParams }) => ({ q: query.get('q') }),
  'POST /api/echo': ({ body }: { body: unknown }) => ({ body }),
  'GET /api/usage': () => {
    throw new UsageError([{ place: 'mu/limits', message: 'are no range.' }])
  },
  'GET /api/data': () => {
    throw new DataError('OSError', 'cannot be read.')
  },
  'GET /api/bug': () => (undefined as unknown as { x: number }).x,
  'GET /api/events': feed,
}

let server: PageServer
let token: string

test.before(async () => {
  server = await servePage({ routes: ROUTES })
  token = new URL(server.url).searchParams.get('token')!
})
test.after(() => server.close())

interface Asked {
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly body?: string
}

interface Answered {
  readonly status: number
  readonly headers: NodeJS.Dict<string | string[]>
  readonly text: string
}

function ask(path: string, { method = 'GET', headers = {}, body }: Asked = {}): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: server.port, path, method, headers }, response => {
      let text = ''
      response.setEncoding('utf8').on('data', part => (text += part))
      response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, text }))
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

const withToken = () => ({ authorization: `Bearer ${token}` })
const json = { 'content-type': 'application/json' }

test('the token has at least 128 bits and is another one each time', async () => {
  ok(Buffer.from(token, 'base64url').length >= 16)
  const other = await servePage({ routes: ROUTES })
  not.equal(new URL(other.url).searchParams.get('token'), token)
  await other.close()
})

test('without the token everything is refused', async () => {
  const paths = ['/', '/index.html', '/page.html', '/favicon.ico', '/nothing', '/../package.json', '//x/y', '*']
  for (const path of [...paths, ...Object.keys(ROUTES).map(route => route.split(' ')[1]!)]) {
    for (const method of ['GET', 'POST', 'HEAD', 'PUT', 'OPTIONS']) {
      for (const headers of [{}, { authorization: 'Bearer x' }, { cookie: `tnp-pipe-${server.port}=x` }, json]) {
        const { status, text } = await ask(path, { method, headers })
        is(status, 403, `${method} ${path}`)
        not.match(text, /toy|<script/)
      }
    }
  }
  is((await ask(`/?token=${token.slice(1)}`)).status, 403)
  is((await ask('/?token=')).status, 403)
})

test('the token opens the page, whose cookie then is enough', async () => {
  const { status, headers, text } = await ask(new URL(server.url).pathname + new URL(server.url).search)
  is(status, 200)
  match(text, /<div id="app">/)
  const cookie = String(headers['set-cookie'])
  // Cookies know no ports: another server on this machine must not be sent it.
  const folder = /; HttpOnly; SameSite=Strict; Path=(\/[\w-]{32})\/$/.exec(cookie)![1]!
  match(text, new RegExp(`data-folder="${folder}"`))
  not.match(cookie, new RegExp(`=${folder.slice(1)};`))
  const withCookie = { headers: { cookie: cookie.split(';')[0]! } }
  is((await ask(`${folder}/api/page`, withCookie)).text.includes('toy'), true)
  is((await ask(`${folder}/`, withCookie)).status, 200)
  is((await ask(`${folder}/`)).status, 403)
  is((await ask(`${folder}/api/page`)).status, 403)
  is((await ask('/api/page', { headers: { cookie: `a=b; ${cookie.split(';')[0]}` } })).text.includes('toy'), true)
})

test('names that only point at this machine are refused', async () => {
  for (const host of ['evil.example', `evil.example:${server.port}`, '127.0.0.1.evil.example', 'localhost.evil']) {
    is((await ask('/api/page', { headers: { ...withToken(), host } })).status, 403, host)
  }
  for (const host of ['127.0.0.1', `localhost:${server.port}`, 'localhost:9999', '[::1]:1']) {
    is((await ask('/api/page', { headers: { ...withToken(), host } })).status, 200, host)
  }
})

test("other sites' pages are refused, cookie or not", async () => {
  const origin = { ...withToken(), origin: 'https://evil.example' }
  is((await ask('/api/echo', { method: 'POST', headers: { ...json, ...origin }, body: '{}' })).status, 403)
  is((await ask('/api/page', { headers: { ...withToken(), origin: 'null' } })).status, 403)
  is((await ask('/api/page', { headers: { ...withToken(), 'sec-fetch-site': 'cross-site' } })).status, 403)
  const own = { ...withToken(), origin: `http://127.0.0.1:${server.port}` }
  is((await ask('/api/echo', { method: 'POST', headers: { ...json, ...own }, body: '{}' })).status, 200)
})

test('every answer has a strict policy, and the page runs its own script alone', async () => {
  for (const path of ['/', '/api/page', '/nothing']) {
    const { headers } = await ask(path, { headers: withToken() })
    const policy = String(headers['content-security-policy'])
    match(policy, /^default-src 'none'; script-src 'sha256-[^ ]+'; style-src 'sha256-[^ ]+';/)
    match(policy, /connect-src 'self'.*frame-ancestors 'none'/)
    not.match(policy, /unsafe|http|\*/)
    is(headers['x-content-type-options'], 'nosniff')
    is(headers['cache-control'], 'no-store')
    is(headers['referrer-policy'], 'no-referrer')
  }
})

test('files of the disk cannot be had, however the path is written', async () => {
  for (const path of [
    '/package.json',
    '/../package.json',
    '/..%2fpackage.json',
    '/%2e%2e/package.json',
    '//etc/passwd',
  ]) {
    is((await ask(path, { headers: withToken() })).status, 404, path)
  }
  is((await ask('/__proto__', { headers: withToken() })).status, 404)
})

test('requests have queries and JSON, of a bounded size', async () => {
  equal(JSON.parse((await ask('/api/echo?q=a%20b', { headers: withToken() })).text), { q: 'a b' })
  const post = (body: string, type = 'application/json') =>
    ask('/api/echo', { method: 'POST', headers: { ...withToken(), 'content-type': type }, body })
  equal(JSON.parse((await post('{"a":[1]}')).text), { body: { a: [1] } })
  is((await post('{"a":')).status, 400)
  is((await post('a=1', 'application/x-www-form-urlencoded')).status, 415)
  is((await post('{}', 'text/plain')).status, 415)
  is((await ask('/api/page', { method: 'POST', headers: { ...withToken(), ...json }, body: '{}' })).status, 405)
  const big = await post(JSON.stringify('x'.repeat(2 << 20))).catch((error: NodeJS.ErrnoException) => error)
  // The server need not read to the end of it: the answer may be cut off.
  ok(big instanceof Error ? /ECONNRESET|EPIPE/.test(big.code ?? '') : big.status === 413)
})

test('what handlers throw is told, without a stack', async () => {
  const usage = await ask('/api/usage', { headers: withToken() })
  is(usage.status, 422)
  equal(JSON.parse(usage.text), { problems: [{ place: 'mu/limits', message: 'are no range.' }] })
  is((await ask('/api/data', { headers: withToken() })).status, 409)
  const bug = await ask('/api/bug', { headers: withToken() })
  is(bug.status, 500)
  match(bug.text, /fault of tnp-pipe/)
  not.match(bug.text, /at .*\.js/)
})

test('events reach all who listen: the state first, then what comes', async () => {
  const listen = () =>
    new Promise<{ next: () => Promise<string>; end: () => void }>((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port: server.port, path: '/api/events', headers: withToken() })
      asked.on('error', reject)
      asked.on('response', response => {
        is(response.headers['content-type'], 'text/event-stream; charset=utf-8')
        response.setEncoding('utf8')
        const next = () => new Promise<string>(got => response.once('data', got))
        resolve({ next, end: () => asked.destroy() })
      })
      asked.end()
    })
  const one = await listen()
  match(await one.next(), /event: state\ndata: \{"chunks":2\}\n\n$/)
  const coming = one.next()
  feed.send('chunk', { id: 3 })
  is(await coming, 'event: chunk\ndata: {"id":3}\n\n')
  one.end()
  for (let k = 0; k < 100 && feed.size > 0; k++) await new Promise(resolve => setTimeout(resolve, 10))
  is(feed.size, 0)
})

test('a page that does not read what it is sent is left behind', async () => {
  const own = new EventFeed()
  const slow = await servePage({ routes: { 'GET /api/events': own } })
  const socket = connect({ host: '127.0.0.1', port: slow.port })
  socket.on('error', () => {})
  socket.pause()
  socket.write(`GET /api/events${new URL(slow.url).search} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`)
  for (let k = 0; k < 100 && own.size === 0; k++) await new Promise(resolve => setTimeout(resolve, 10))
  is(own.size, 1)
  const data = 'x'.repeat(1 << 20)
  let sent = 0
  for (; sent < 64 && own.size > 0; sent++) {
    own.send('part', data)
    await new Promise(resolve => setImmediate(resolve))
  }
  ok(own.size === 0 && sent > 3, `${own.size} listen after ${sent} MB`)
  socket.destroy()
  await slow.close()
})

test('the server listens on loopback alone', async () => {
  const { networkInterfaces } = await import('node:os')
  const others = Object.values(networkInterfaces())
    .flat()
    .filter(one => one?.family === 'IPv4' && !one.internal)
  for (const { address } of others as { address: string }[]) {
    const code = await new Promise(resolve => {
      const socket = connect({ host: address, port: server.port })
      socket.on('connect', () => resolve('connected')).on('error', (e: NodeJS.ErrnoException) => resolve(e.code))
    })
    is(code, 'ECONNREFUSED', address)
  }
})

test('a port that is in use is told', async () => {
  let said: unknown
  await servePage({ routes: ROUTES, port: server.port }).catch(error => (said = error))
  throws(
    () => {
      throw said
    },
    (error: Error) => error instanceof UsageError && /in use/.test(error.message),
  )
})

test('closing ends all connections, those of events too', async () => {
  const events = new EventFeed()
  const own = await servePage({ routes: { 'GET /api/events': events } })
  const path = `/api/events${new URL(own.url).search}`
  const ended = new Promise<void>(resolve => {
    request({ host: '127.0.0.1', port: own.port, path }, response => {
      response.resume().on('close', () => resolve())
    }).end()
  })
  for (let k = 0; k < 100 && events.size === 0; k++) await new Promise(resolve => setTimeout(resolve, 10))
  is(events.size, 1)
  await own.close()
  await own.close()
  await ended
})

test.run()
