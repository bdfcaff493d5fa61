import { execFile } from 'node:child_process'
import type { ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { test } from 'uvu'
import { equal, is, match, not, ok } from 'uvu/assert'
import { httpFiles } from '../../../lib/bytes/http/index.js'
import { setRemoteSettings } from '../../../lib/bytes/settings.js'
import {
  FILE,
  failure,
  type Handler,
  openMock,
  rangesOf,
  same,
  sendRange,
  serve,
  startMock,
  stopMocks,
} from './mock-http.js'

test.before.each(() => setRemoteSettings({ timeoutMs: 2000, deadlineMs: 10_000, retries: 2 }))
test.after(async () => {
  setRemoteSettings({})
  await stopMocks()
})

/** HEAD as it should be, and GET by `get`. */
function got(get: Handler): Handler {
  return (request, response, count) =>
    request.method === 'GET' ? get(request, response, count) : serve(request, response)
}

const range = { position: 1000, length: 5000 }

test('a server that ignores ranges is told from one that obeys them, without reading all it sends', async () => {
  const large = new Uint8Array(50_000_000)
  const mock = await startMock((request, response) => {
    if (request.method === 'HEAD')
      response.writeHead(200, { 'Content-Length': large.length, 'Accept-Ranges': 'none' }).end()
    else response.writeHead(200, { 'Content-Length': large.length }).end(large)
  })
  const source = await openMock(mock)
  const began = process.memoryUsage().arrayBuffers
  const error = await failure(() => source.readAt(1000, 5000))
  is(error.exception, 'OSError')
  match(error.message, /^http:\/\/127.0.0.1:\d+\/file: .* ignores byte ranges, so the file cannot be read in parts\. /)
  ok(process.memoryUsage().arrayBuffers - began < 10_000_000)
  is(mock.seen.filter(one => one.method === 'GET').length, 1)
})

test('a server that ignores ranges gives the whole file, also after a dropped connection', async () => {
  const mock = await startMock(
    got((_, response, count) => {
      response.writeHead(200, { 'Content-Length': FILE.length })
      if (count === 0) response.write(FILE.subarray(0, 70_000), () => response.destroy())
      else response.end(FILE)
    }),
  )
  const source = await openMock(mock)
  same(await source.readAt(0, FILE.length), { position: 0, length: FILE.length })
  is(mock.seen.filter(one => one.method === 'GET').length, 2)
})

test('an answer with other bytes than were asked for is an error that says which', async () => {
  const headers: Record<string, string>[] = [
    { 'Content-Range': `bytes 1001-6000/${FILE.length}` },
    { 'Content-Range': `bytes 1000-5998/${FILE.length}` },
    { 'Content-Range': 'bytes 1000' },
    {},
    { 'Content-Range': `bytes 1000-5999/${FILE.length}`, 'Content-Length': '4000' },
    { 'Content-Range': `bytes 1000-5999/${FILE.length}`, 'Content-Encoding': 'gzip' },
  ]
  for (const one of headers) {
    const mock = await startMock(got((_, response) => void response.writeHead(206, one).end(FILE.subarray(1000, 5000))))
    const error = await failure(async () => (await openMock(mock)).readAt(1000, 5000))
    is(error.exception, 'OSError')
    match(error.message, /(sends other bytes|does not say which bytes|sends 4000 bytes|sends it encoded \(gzip\))/)
    is(mock.seen.length, 2)
    await mock.stop()
  }
})

test('more bytes than were promised are an error', async () => {
  const mock = await startMock(
    got((_, response) => {
      response.writeHead(206, { 'Content-Range': `bytes 1000-5999/${FILE.length}` })
      response.end(FILE.subarray(1000, 6001))
    }),
  )
  const error = await failure(async () => (await openMock(mock)).readAt(1000, 5000))
  match(error.message, /sends more bytes than it promised/)
})

test('after a dropped connection only what is missing is asked for', async () => {
  const mock = await startMock(
    got((request, response, count) => {
      const [asked] = rangesOf(request)
      if (count >= 2) return sendRange(response, asked!)
      response.writeHead(206, {
        'Content-Range': `bytes ${asked!.first}-${asked!.last}/${FILE.length}`,
        'Content-Length': asked!.last - asked!.first + 1,
      })
      response.write(FILE.subarray(asked!.first, asked!.first + 1500), () => setTimeout(() => response.destroy(), 20))
    }),
  )
  const source = await openMock(mock)
  same(await source.readAt(1000, 5000), range)
  equal(
    mock.seen.slice(1).map(one => one.headers.Range),
    ['bytes=1000-5999', 'bytes=2500-5999', 'bytes=4000-5999'],
  )
})

test('a body that ends too early without Content-Length is asked for again from there', async () => {
  const mock = await startMock(
    got((request, response, count) => {
      const [asked] = rangesOf(request)
      response.writeHead(206, { 'Content-Range': `bytes ${asked!.first}-${asked!.last}/${FILE.length}` })
      response.end(FILE.subarray(asked!.first, count === 0 ? 3000 : asked!.last + 1))
    }),
  )
  same(await (await openMock(mock)).readAt(1000, 5000), range)
  equal(
    mock.seen.slice(1).map(one => one.headers.Range),
    ['bytes=1000-5999', 'bytes=3000-5999'],
  )
})

test('connections that drop again and again are a ConnectionError with the number of attempts', async () => {
  const mock = await startMock(got((_, response) => response.destroy()))
  const error = await failure(async () => (await openMock(mock)).readAt(1000, 5000))
  is(error.exception, 'ConnectionError')
  match(error.message, /no connection with http:\/\/127.0.0.1:\d+ \(ECONNRESET\), 3 attempts\. Check the network/)
})

test('an overloaded server is asked again when it says', async () => {
  const mock = await startMock(
    got((request, response, count) => {
      if (count === 0) response.writeHead(503, { 'Retry-After': '1' }).end('busy')
      else if (count === 1) response.writeHead(429).end()
      else serve(request, response)
    }),
  )
  const source = await openMock(mock)
  const began = performance.now()
  same(await source.readAt(1000, 5000), range)
  ok(performance.now() - began > 990)
})

test('a server that wants to be asked after the deadline is not waited for', async () => {
  const mock = await startMock(
    got((_, response) => {
      response.writeHead(503, { 'Retry-After': '3600' }).end('<style>p {}</style><p>closed  today</p>')
    }),
  )
  const source = await openMock(mock)
  const began = performance.now()
  const error = await failure(() => source.readAt(1000, 5000))
  match(error.message, /answered HTTP 503 \(closed today\)\. Check the network and the server, or try later\.$/)
  is(error.exception, 'ConnectionError')
  ok(performance.now() - began < 1000)
})

test('a server that stops answering is a TimeoutError, when it is silent and when it stops in the middle', async () => {
  setRemoteSettings({ timeoutMs: 150, retries: 1 })
  const silent = await startMock(() => {})
  const one = await failure(() => openMock(silent))
  is(one.exception, 'TimeoutError')
  match(
    one.message,
    /no answer from http:\/\/127.0.0.1:\d+ within 0.15 s, 2 attempts\. Raise --timeout or uproot_options.timeout/,
  )
  const middle = await startMock(
    got((request, response, count) => {
      const [asked] = rangesOf(request)
      response.writeHead(206, { 'Content-Range': `bytes ${asked!.first}-${asked!.last}/${FILE.length}` })
      response.flushHeaders()
      if (count === 0) response.write(FILE.subarray(1000, 2000))
    }),
  )
  const source = await openMock(middle)
  is((await failure(() => source.readAt(1000, 5000))).exception, 'TimeoutError')
})

test('slow answers are no timeout as long as bytes come', async () => {
  setRemoteSettings({ timeoutMs: 200, retries: 0 })
  const mock = await startMock(
    got((_, response) => {
      response.writeHead(206, { 'Content-Range': `bytes 1000-5999/${FILE.length}`, 'Content-Length': 5000 })
      let at = 1000
      const timer = setInterval(() => {
        response.write(FILE.subarray(at, (at += 500)))
        if (at === 6000) clearInterval(timer)
      }, 60)
    }),
  )
  same(await (await openMock(mock)).readAt(1000, 5000), range)
})

test('the deadline ends an operation that goes on and on', async () => {
  setRemoteSettings({ timeoutMs: 5000, deadlineMs: 300, retries: 1000 })
  const mock = await startMock((_, response) => void response.writeHead(503, { 'Retry-After': '0' }).end())
  const began = performance.now()
  const error = await failure(() => openMock(mock))
  ok(performance.now() - began < 1000)
  is(error.exception === 'TimeoutError' || error.exception === 'ConnectionError', true)
  const silent = await startMock(() => {})
  const late = await failure(() => openMock(silent))
  is(late.exception, 'TimeoutError')
  match(late.message, /not done within 0.3 s/)
  await new Promise(done => setTimeout(done, 20))
  is(silent.sockets.size, 0)
})

test('a file that changes while it is read is an error', async () => {
  const marks: [Record<string, string>, Record<string, string>][] = [
    [{ ETag: '"a"' }, { ETag: '"b"' }],
    [{ 'Last-Modified': 'Mon, 01 Jan 2024 00:00:00 GMT' }, { 'Last-Modified': 'Tue, 02 Jan 2024 00:00:00 GMT' }],
  ]
  for (const [before, after] of marks) {
    const mock = await startMock((request, response) => {
      for (const [name, value] of Object.entries(request.method === 'HEAD' ? before : after))
        response.setHeader(name, value)
      serve(request, response)
    })
    const error = await failure(async () => (await openMock(mock)).readAt(1000, 5000))
    is(error.exception, 'OSError')
    match(error.message, /file changed while it was read \(its (ETag|Last-Modified) is another/)
  }
})

test('a file that becomes longer or shorter while it is read is an error', async () => {
  const longer = await startMock(
    got(
      (_, response) =>
        void response.writeHead(206, { 'Content-Range': 'bytes 1000-5999/300000' }).end(FILE.subarray(1000, 6000)),
    ),
  )
  match(
    (await failure(async () => (await openMock(longer)).readAt(1000, 5000))).message,
    /file changed .*it has 300000 bytes, had 200000/,
  )
  const shorter = await startMock(
    got((_, response) => void response.writeHead(416, { 'Content-Range': 'bytes */500' }).end()),
  )
  match(
    (await failure(async () => (await openMock(shorter)).readAt(1000, 5000))).message,
    /file changed .*it has 500 bytes, had 200000/,
  )
  const strict = await startMock(got((_, response) => void response.writeHead(416).end()))
  match((await failure(async () => (await openMock(strict)).readAt(1000, 5000))).message, /answered HTTP 416/)
})

test('where HEAD is refused, the size comes from reading one byte', async () => {
  for (const status of [403, 405, 501]) {
    const mock = await startMock((request, response) =>
      request.method === 'HEAD' ? void response.writeHead(status).end() : serve(request, response),
    )
    const source = await openMock(mock)
    is(await source.size(), FILE.length)
    is(mock.seen[1]!.headers.Range, 'bytes=0-0')
    same(await source.readAt(1000, 5000), range)
  }
  const silent = await startMock((request, response) => {
    if (request.method === 'HEAD') response.writeHead(405).end()
    else response.writeHead(206, { 'Content-Range': 'bytes 0-0/*' }).end('x')
  })
  match((await failure(() => openMock(silent))).message, /does not tell the file's size/)
})

test('missing files and refusals are named as Python does, with what to do', async () => {
  const mock = await startMock((request, response) => void response.writeHead(Number(request.url!.slice(1))).end())
  is((await failure(() => openMock(mock, '/404'))).exception, 'FileNotFoundError')
  for (const status of [401, 403]) {
    const error = await failure(() => openMock(mock, `/${status}`))
    is(error.exception, 'PermissionError')
    match(error.message, /Proxies and tokens are sent to https:\/\/ only/)
  }
  is((await failure(() => openMock(mock, '/451'))).exception, 'OSError')
})

test('a fired signal ends reads that are under way or wait for a connection, and closes theirs', async () => {
  const mock = await startMock(got(() => {}))
  const source = await openMock(mock)
  const stop = new AbortController()
  const warnings: string[] = []
  const warned = (warning: Error) => warnings.push(warning.message)
  process.on('warning', warned)
  const reads = Array.from({ length: 30 }, (_, k) => source.readAt(k * 1000, 10, stop.signal))
  setTimeout(() => stop.abort(new Error('enough')), 50)
  const ended = await Promise.allSettled(reads)
  for (const one of ended) is(one.status === 'rejected' && one.reason.message, 'enough')
  await new Promise(done => setTimeout(done, 20))
  is(mock.sockets.size, 0)
  is(mock.seen.filter(one => one.method === 'GET').length, 8)
  let reason = ''
  await source.readAt(0, 1, AbortSignal.abort(new Error('before'))).catch(error => (reason = error.message))
  is(reason, 'before')
  process.off('warning', warned)
  equal(warnings, [])
})

test('a kept connection that the server has closed costs no attempt', async () => {
  setRemoteSettings({ retries: 0 })
  const mock = await startMock((request, response) => serve(request, response))
  const source = await openMock(mock)
  for (let k = 0; k < 3; k++) {
    // The next request finds the connection closed as it is sent.
    for (const socket of mock.sockets) socket.resetAndDestroy()
    same(await source.readAt(1000, 5000), range)
  }
})

test('kept connections do not keep the process from ending', async () => {
  const mock = await startMock((request, response) => serve(request, response))
  const library = (name: string) => JSON.stringify(new URL(`../../../lib/bytes/${name}`, import.meta.url).href)
  const code = `
    import { openHttp } from ${library('http/index.js')}
    import { parseAddress } from ${library('address.js')}
    const source = await openHttp(parseAddress('${mock.origin}/file'))
    await source.readAt(0, 10)
    process.stdout.write('read')
    const read = performance.now()
    process.on('exit', () => process.stdout.write(' ' + (performance.now() - read < 1000)))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code])
  match(stdout, /^read true$/)
})

test('ranges outside of the file, and reads after closing, fail before anything is asked for', async () => {
  const mock = await startMock((request, response) => serve(request, response))
  const source = await openMock(mock)
  for (const [position, length] of [
    [FILE.length, 1],
    [-1, 1],
    [0.5, 1],
    [0, 2 ** 52],
    [0, -1],
  ] as const) {
    let asked = 0
    const error = await failure(() => source.readv([{ position, length }], n => new Uint8Array((asked += n))))
    is(
      error.message,
      `${mock.origin}/file: wanted ${length} bytes at ${position}, the file has 200000. It is truncated or damaged.`,
    )
    is(asked, 0)
  }
  equal(await source.readv([]), [])
  is((await source.readAt(FILE.length, 0)).length, 0)
  await source.close()
  await source.close()
  match((await failure(() => source.readAt(0, 1))).message, /read after the file was closed/)
  is(mock.seen.length, 1)
  not.ok(source.counters.requests)
})

test('pages and lists of nonsense are no work', async () => {
  const long = (piece: string, response: ServerResponse, status: number) =>
    void response.writeHead(status).end(piece.repeat(1_000_000 / piece.length))
  for (const piece of ['<', '<style', '<response>', '<response ', '<response/>', 'root://a:']) {
    const mock = await startMock((request, response) =>
      request.method === 'PROPFIND'
        ? long(piece, response, 207)
        : request.method === 'HEAD'
          ? void response.writeHead(403).end()
          : long(piece, response, 403),
    )
    const began = performance.now()
    await failure(() => openMock(mock))
    await failure(() => httpFiles.list(`${mock.origin}/folder/`))
    ok(performance.now() - began < 1500, `${piece}: ${performance.now() - began} ms`)
    await mock.stop()
  }
})

test.run()
