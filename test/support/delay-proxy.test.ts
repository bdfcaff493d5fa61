import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { test } from 'uvu'
import { equal, ok } from 'uvu/assert'
import { type DelayProxy, startDelayProcess, startDelayProxy } from './delay-proxy.js'

let echo: Server
let echoPort = 0
const proxies: DelayProxy[] = []

test.before(async () => {
  echo = createServer({ allowHalfOpen: true }, socket => socket.on('error', () => {}).pipe(socket)).listen(
    0,
    '127.0.0.1',
  )
  await once(echo, 'listening')
  echoPort = (echo.address() as AddressInfo).port
})
test.after(async () => {
  await Promise.all(proxies.map(proxy => proxy.stop()))
  echo.close()
})

async function start(oneWayMs: number, bytesPerSecond = Number.MAX_VALUE, make = startDelayProxy): Promise<DelayProxy> {
  const proxy = await make({ targetPort: echoPort, oneWayMs, bytesPerSecond })
  proxies.push(proxy)
  return proxy
}

async function open(port: number): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true }).on('error', () => {})
  await once(socket, 'connect')
  return socket
}

/** `once` would throw the error that comes before. */
function closed(socket: Socket): Promise<void> {
  return new Promise(done => socket.once('close', () => done()))
}

/** Sends bytes and waits for as many. Returns these and the milliseconds it took. */
async function exchange(socket: Socket, bytes: Buffer): Promise<{ back: Buffer; ms: number }> {
  const before = performance.now()
  const parts: Buffer[] = []
  let length = 0
  const all = new Promise<void>(done => {
    socket.on('data', function take(part) {
      parts.push(part)
      length += part.length
      if (length < bytes.length) return
      socket.off('data', take)
      done()
    })
  })
  socket.write(bytes)
  await all
  return { back: Buffer.concat(parts), ms: performance.now() - before }
}

for (const [where, make] of [
  ['in the process', startDelayProxy],
  ['in one of its own', startDelayProcess],
] as const) {
  test(`${where}: the first answer takes two round trips, the next ones one`, async () => {
    const proxy = await start(20, Number.MAX_VALUE, make)
    const socket = await open(proxy.port)
    const [first, second] = [await exchange(socket, Buffer.from('a')), await exchange(socket, Buffer.from('b'))]
    ok(first.ms > 78, `${first.ms} ms`)
    ok(second.ms > 38 && second.ms < first.ms, `${second.ms} ms`)
    equal(await proxy.counts(), { made: 1, open: 1, up: 2, down: 2 })
    socket.destroy()
  })
}

test('bytes keep their order, many at a time, and requests under way share the delay', async () => {
  const proxy = await start(10)
  const socket = await open(proxy.port)
  const bytes = randomBytes(40_000_000)
  const { back } = await exchange(socket, bytes)
  ok(back.equals(bytes))
  socket.end('last words')
  const parts: Buffer[] = []
  for await (const part of socket) parts.push(part as Buffer)
  equal(Buffer.concat(parts).toString(), 'last words')
  equal(await proxy.counts().then(({ up, down }) => [up, down]), [40_000_010, 40_000_010])
})

test('the width of the link holds for all its connections together', async () => {
  const proxy = await start(0, 10e6)
  const sockets = [await open(proxy.port), await open(proxy.port)]
  const times = await Promise.all(sockets.map(socket => exchange(socket, randomBytes(1_000_000))))
  const longest = Math.max(...times.map(time => time.ms))
  ok(longest > 195, `${longest} ms`)
  for (const socket of sockets) socket.destroy()
})

test('a cut ends every connection, and new ones can be made', async () => {
  const proxy = await start(1)
  const socket = await open(proxy.port)
  await exchange(socket, Buffer.from('a'))
  const gone = closed(socket)
  await proxy.cut()
  await gone
  equal((await proxy.counts()).open, 0)
  const again = await open(proxy.port)
  await exchange(again, Buffer.from('b'))
  equal((await proxy.counts()).made, 2)
  again.destroy()
})

test('nothing arrives in a stall, and everything after it', async () => {
  const proxy = await start(1)
  const socket = await open(proxy.port)
  await exchange(socket, Buffer.from('a'))
  await proxy.stall()
  const answer = exchange(socket, Buffer.from('b'))
  const first = await Promise.race([answer, new Promise(done => setTimeout(done, 100, 'nothing'))])
  equal(first, 'nothing')
  await proxy.resume()
  equal((await answer).back.toString(), 'b')
  socket.destroy()
})

test('a target that is gone ends the connection', async () => {
  const proxy = await startDelayProxy({ targetPort: 1, oneWayMs: 1 })
  proxies.push(proxy)
  const socket = await open(proxy.port)
  await closed(socket)
})

test.run()
