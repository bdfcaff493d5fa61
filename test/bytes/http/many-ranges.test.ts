import type { ServerResponse } from 'node:http'
import { test } from 'uvu'
import { equal, is, match, ok } from 'uvu/assert'
import { setRemoteSettings } from '../../../lib/bytes/settings.js'
import type { Range } from '../../../lib/bytes/source.js'
import {
  FILE,
  failure,
  type Mock,
  openMock,
  type Part,
  part,
  partsBody,
  rangesOf,
  same,
  sendParts,
  sendRange,
  serve,
  startMock,
  stopMocks,
} from './mock-http.js'

setRemoteSettings({ timeoutMs: 2000, deadlineMs: 10_000, retries: 2 })
test.after(async () => {
  setRemoteSettings({})
  await stopMocks()
})

/** Far enough from one another to stay single, also at a millisecond's latency. */
const RANGES: readonly Range[] = [
  { position: 190_000, length: 300 },
  { position: 100, length: 20 },
  { position: 90_000, length: 7000 },
]

/** Answers requests for many ranges by `many`, others as they should be. */
function manyBy(many: (parts: Part[], response: ServerResponse, count: number) => void): Promise<Mock> {
  let count = 0
  return startMock((request, response) => {
    const ranges = rangesOf(request)
    if (ranges.length < 2) serve(request, response)
    else
      many(
        ranges.map(range => part(range)),
        response,
        count++,
      )
  })
}

async function read(mock: Mock, ranges = RANGES): Promise<void> {
  const source = await openMock(mock)
  const got = await source.readv(ranges)
  got.forEach((one, k) => {
    same(one, ranges[k]!)
  })
}

const gets = (mock: Mock) => mock.seen.filter(one => one.method === 'GET').map(one => one.headers.Range)
const TOGETHER = 'bytes=100-119,90000-96999,190000-190299'

test('ranges that are not near are read by one request, into one room', async () => {
  const mock = await manyBy((parts, response) => sendParts(response, parts))
  const source = await openMock(mock)
  const asked: number[] = []
  const ranges = [...RANGES, { position: 100, length: 10 }, { position: 5, length: 0 }]
  const reading = source.readv(ranges, length => {
    asked.push(length)
    return new Uint8Array(length)
  })
  equal(source.counters, { requests: 1, bytes: 7320 })
  const got = await reading
  got.forEach((one, k) => {
    same(one, ranges[k]!)
  })
  equal(asked, [7320])
  equal(gets(mock), [TOGETHER])
  ok(source.isSlow)
  ok(source.latencyMs > 0 && source.latencyMs < 1000)
})

test('an answer with many parts is understood in whatever pieces it comes', async () => {
  const mock = await manyBy((parts, response) => {
    const body = partsBody(parts)
    response.writeHead(206, { 'Content-Type': 'multipart/byteranges; charset=x; boundary="here"' })
    let at = 0
    const next = () => {
      // Byte by byte through the parts' headers, larger pieces behind.
      const length = at < 500 ? 1 : 97
      response.write(body.subarray(at, at + length))
      if ((at += length) < body.length) setImmediate(next)
      else response.end()
    }
    next()
  })
  await read(mock)
  equal(gets(mock), [TOGETHER])
})

test('a server whose answer is not what was asked for is asked for single ranges, then and later', async () => {
  const lies: ((parts: Part[], response: ServerResponse) => void)[] = [
    (parts, response) => sendParts(response, parts.slice(0, 2)),
    (parts, response) => sendParts(response, [parts[1]!, parts[0]!, parts[2]!]),
    (parts, response) => sendParts(response, [...parts, parts[0]!]),
    (parts, response) => sendParts(response, parts, 'here', 'there'),
    (parts, response) => sendParts(response, parts, 'hereafter', 'here'),
    (parts, response) => sendParts(response, [{ ...parts[0]!, bytes: parts[0]!.bytes.subarray(5) }, ...parts.slice(1)]),
    (parts, response) => sendParts(response, [{ ...parts[0]!, range: 'bytes 100-118/200000' }, ...parts.slice(1)]),
    (parts, response) => sendParts(response, [{ ...parts[0]!, range: 'none' }, ...parts.slice(1)]),
    (_, response) => sendRange(response, { first: 100, last: 119 }),
    (_, response) => response.writeHead(200, { 'Content-Length': FILE.length }).end(FILE),
    (_, response) => response.writeHead(416).end(),
    (_, response) => response.writeHead(431).end(),
    (_, response) =>
      response.writeHead(206, { 'Content-Type': 'multipart/byteranges; boundary=here' }).end('x'.repeat(9000)),
    (parts, response) => {
      response.writeHead(206, { 'Content-Type': 'multipart/byteranges; boundary=here' })
      response.end(partsBody(parts, 'here', ''))
    },
  ]
  for (const lie of lies) {
    const mock = await manyBy(lie)
    await read(mock)
    await read(mock)
    is(gets(mock).filter(header => header === TOGETHER).length, 1)
    await mock.stop()
  }
})

test('a server that drops connections on which many ranges are asked for is asked for single ones', async () => {
  const mock = await manyBy((_, response) => response.destroy())
  await read(mock)
  is(gets(mock).length > 1, true)
})

test('after a dropped connection the missing parts alone are asked for, and many ranges are still believed in', async () => {
  const mock = await manyBy((parts, response, count) => {
    if (count > 0) return sendParts(response, parts)
    const body = partsBody(parts)
    response.writeHead(206, { 'Content-Type': 'multipart/byteranges; boundary=here', 'Content-Length': body.length })
    const cut = body.indexOf(Buffer.from(parts[1]!.bytes)) + 2000
    response.write(body.subarray(0, cut), () => setTimeout(() => response.destroy(), 20))
  })
  await read(mock)
  await read(mock)
  equal(gets(mock), [TOGETHER, 'bytes=92000-96999,190000-190299', TOGETHER])
})

test('parts of a file that has another size are an error', async () => {
  const mock = await manyBy((parts, response) =>
    sendParts(
      response,
      parts.map(one => ({ ...one, range: one.range.replace('/200000', '/7') })),
    ),
  )
  match((await failure(() => read(mock))).message, /file changed while it was read \(it has 7 bytes, had 200000/)
})

test('a request asks for 500 ranges at most, and its header stays below 12 kB', async () => {
  const large = new Uint8Array(50_000_000).map((_, i) => i % 253)
  const mock = await startMock((request, response) => serve(request, response, large))
  const source = await openMock(mock)
  const ranges = Array.from({ length: 2200 }, (_, k) => ({ position: k * 20_000 + 1_000_000, length: 3 }))
  const got = await source.readv(ranges)
  got.forEach((one, k) => {
    same(one, ranges[k]!, large)
  })
  const headers = gets(mock)
  is(source.counters.requests, headers.length)
  is(headers.length, 5)
  for (const header of headers) {
    ok(header!.split(',').length <= 500)
    ok(header!.length <= 12_010)
  }
})

test('single ranges are asked for eight at once, those nearer than the latency is worth together', async () => {
  let open = 0
  let most = 0
  const mock = await startMock((request, response) => {
    if (rangesOf(request).length > 1) return void response.writeHead(416).end()
    most = Math.max(most, ++open)
    setTimeout(() => {
      open--
      serve(request, response, large)
    }, 20)
  })
  const large = new Uint8Array(60_000_000).map((_, i) => i % 251)
  const source = await openMock(mock)
  // At 20 ms a gap of 1 MB is read along, 2 MB are not.
  const ranges = Array.from({ length: 24 }, (_, k) => ({
    position: k * 2_100_000 + (k % 2) * -1_200_000 + 2_000_000,
    length: 10,
  }))
  const got = await source.readv(ranges)
  got.forEach((one, k) => {
    same(one, ranges[k]!, large)
  })
  is(most, 8)
  ok(gets(mock).length < 20)
})

test.run()
