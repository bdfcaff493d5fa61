import type { IncomingMessage, ServerResponse } from 'node:http'
import { test } from 'uvu'
import { equal, is, match, ok } from 'uvu/assert'
import { httpFiles } from '../../../lib/bytes/http/index.js'
import { setRemoteSettings } from '../../../lib/bytes/settings.js'
import { OutputError } from '../../../lib/core/errors.js'
import { FILE, failure, type Handler, type Mock, startMock, stopMocks } from './mock-http.js'

test.before.each(() => setRemoteSettings({ timeoutMs: 1000, deadlineMs: 5000, retries: 1 }))
test.after(async () => {
  setRemoteSettings({})
  await stopMocks()
})

interface Store {
  readonly mock: Mock
  readonly files: Map<string, Buffer>
}

/** A WebDAV server that keeps files by their path. `fault` may answer in its place, and then returns true. */
async function store(
  fault: (request: IncomingMessage, response: ServerResponse) => boolean = () => false,
): Promise<Store> {
  const files = new Map<string, Buffer>()
  const handler: Handler = (request, response) => {
    if (fault(request, response)) return
    const [path] = request.url!.split('?') as [string]
    const end = (status: number, headers: Record<string, string | number> = {}) =>
      void response.writeHead(status, headers).end()
    const bytes = files.get(path)
    if (request.method === 'PUT') {
      const pieces: Buffer[] = []
      response.writeContinue()
      request.on('data', piece => pieces.push(piece))
      request.on('end', () => {
        files.set(path, Buffer.concat(pieces))
        end(201)
      })
    } else if (bytes === undefined) end(404)
    else if (request.method === 'HEAD') end(200, { 'Content-Length': bytes.length })
    else if (request.method === 'DELETE') end(files.delete(path) ? 204 : 404)
    else if (request.method === 'MOVE') {
      files.set(new URL(request.headers.destination!).pathname, bytes)
      files.delete(path)
      end(201)
    } else end(405)
  }
  return { mock: await startMock(handler), files }
}

async function outputFailure(run: () => Promise<unknown>): Promise<string> {
  try {
    await run()
  } catch (error) {
    if (error instanceof OutputError) return error.message
    throw error
  }
  throw new Error('nothing was thrown')
}

const ADLER = { size: FILE.length, adler32: '' }

test('a file is there under its name when it is whole, and not before', async () => {
  const { mock, files } = await store()
  const sink = await httpFiles.create(`${mock.origin}/a/file.bin?authz=x`, FILE.length)
  is(sink.name, `${mock.origin}/a/file.bin?...`)
  await sink.write(0, FILE.subarray(0, 1000))
  // Later ones may come before earlier ones, and their memory may be used again.
  const late = FILE.slice(50_000)
  await sink.write(50_000, late)
  late.fill(0)
  equal([...files.keys()], [])
  await sink.write(1000, FILE.subarray(1000, 50_000))
  await sink.commit(ADLER)
  equal([...files.keys()], ['/a/file.bin'])
  is(Buffer.compare(files.get('/a/file.bin')!, FILE), 0)
  equal(
    mock.seen.map(one => one.method),
    ['PUT', 'HEAD', 'MOVE'],
  )
  const [put, , move] = mock.seen
  match(put!.path, /^\/a\/\.file\.bin\.[0-9a-f]{12}\.tnp-tmp\?authz=x$/)
  is(put!.headers['Content-Length'], `${FILE.length}`)
  is(put!.headers.Expect, '100-continue')
  is(move!.headers.Destination, `${mock.origin}/a/file.bin`)
  is(move!.headers.Overwrite, 'T')
  await sink.abort()
  is(files.size, 1)
})

test('an empty file is written, and what had the name is replaced', async () => {
  const { mock, files } = await store()
  files.set('/x', Buffer.from('old'))
  const sink = await httpFiles.create(`${mock.origin}/x`, 0)
  await sink.commit({ size: 0, adler32: '' })
  is(files.get('/x')!.length, 0)
})

test('a redirect is followed before the body is sent, with its Destination', async () => {
  const { mock, files } = await store()
  const first = await startMock(
    (request, response) => void response.writeHead(307, { Location: mock.origin + request.url }).end(),
  )
  const sink = await httpFiles.create(`${first.origin}/x`, FILE.length)
  await sink.write(0, FILE)
  await sink.commit(ADLER)
  is(Buffer.compare(files.get('/x')!, FILE), 0)
  is(mock.seen.find(one => one.method === 'MOVE')!.headers.Destination, `${mock.origin}/x`)
})

test('a server that asks for the body and then redirects is told, and does not hold up', async () => {
  const mock = await startMock((request, response) => {
    if (request.method === 'PUT') response.writeContinue()
    response.writeHead(307, { Location: '/other' }).end()
  })
  const sink = await httpFiles.create(`${mock.origin}/x`, 5_000_000)
  match(await outputFailure(() => sink.write(0, new Uint8Array(5_000_000))), /answered HTTP 307|no connection with/)
  await sink.abort()
})

test('nothing is left of a file that is given up or not complete', async () => {
  const { mock, files } = await store()
  const given = await httpFiles.create(`${mock.origin}/x`, 1000)
  await given.write(0, new Uint8Array(10))
  await given.abort()
  await given.abort()
  match(await outputFailure(() => given.write(10, new Uint8Array(10))), /written to after it was aborted/)
  const short = await httpFiles.create(`${mock.origin}/y`, 1000)
  await short.write(0, new Uint8Array(10))
  match(
    await outputFailure(() => short.commit({ size: 1000, adler32: '' })),
    /not complete \(wrote 10 bytes, announced 1000/,
  )
  is(files.size, 0)
  is(mock.seen.filter(one => one.method === 'DELETE').length, 2)
})

test('bytes out of place are refused', async () => {
  const { mock } = await store()
  const sink = await httpFiles.create(`${mock.origin}/x`, 40_000_000)
  await sink.write(0, new Uint8Array(10))
  match(await outputFailure(() => sink.write(5, new Uint8Array(10))), /take files from beginning to end/)
  match(await outputFailure(() => sink.write(39_999_999, new Uint8Array(2))), /take files from beginning to end/)
  await sink.write(1_000_000, new Uint8Array(16_000_000))
  match(
    await outputFailure(() => sink.write(20_000_000, new Uint8Array(1_000_000))),
    /take files from beginning to end/,
  )
  await sink.abort()
})

test('what the server kept is compared with what was sent', async () => {
  const { mock, files } = await store((request, response) => {
    if (request.method !== 'HEAD') return false
    const digest = request.headers['want-digest'] === 'adler32' ? { Digest: 'adler32=1234ABCD' } : {}
    response.writeHead(200, { 'Content-Length': request.url!.includes('half') ? 5 : FILE.length, ...digest }).end()
    return true
  })
  const write = async (name: string, adler32: string) => {
    const sink = await httpFiles.create(mock.origin + name, FILE.length)
    await sink.write(0, FILE)
    await sink.commit({ size: FILE.length, adler32 })
  }
  match(
    await outputFailure(() => write('/half', '')),
    /did not keep what was sent \(got 5 bytes, wanted 200000 bytes\)/,
  )
  match(
    await outputFailure(() => write('/x', '00000001')),
    /did not keep what was sent \(got Adler-32 1234abcd, wanted 00000001\)/,
  )
  is(files.size, 0)
  await write('/x', '1234abcd')
  is(files.size, 1)
})

test('a server without MOVE is told, and nothing is left there', async () => {
  const { mock, files } = await store((request, response) => {
    if (request.method !== 'MOVE') return false
    response.writeHead(405).end()
    return true
  })
  const sink = await httpFiles.create(`${mock.origin}/x`, 3)
  await sink.write(0, new Uint8Array(3))
  match(await outputFailure(() => sink.commit({ size: 3, adler32: '' })), /cannot rename files \(MOVE: HTTP 405\)/)
  is(files.size, 0)
})

test('a MOVE whose answer is lost is not done twice', async () => {
  let lost = false
  const { mock, files } = await store(request => {
    if (request.method !== 'MOVE' || lost) return false
    lost = true
    files.set('/x', files.get(request.url!)!)
    files.delete(request.url!)
    request.socket.destroy()
    return true
  })
  const sink = await httpFiles.create(`${mock.origin}/x`, 3)
  await sink.write(0, new Uint8Array(3))
  await sink.commit({ size: 3, adler32: '' })
  equal([...files.keys()], ['/x'])
  is(mock.seen.filter(one => one.method === 'MOVE').length, 1)
})

test('folders are made where they are missing', async () => {
  const folders = new Set(['/'])
  const { mock, files } = await store((request, response) => {
    const [path] = request.url!.split('?') as [string]
    const parent = path.slice(0, path.lastIndexOf('/')) || '/'
    if (request.method === 'MKCOL') {
      const status = folders.has(path) ? 405 : folders.has(parent) ? 201 : 409
      folders.add(status === 201 ? path : '/')
      response.writeHead(status).end()
      return true
    }
    if (request.method !== 'PUT' || folders.has(parent)) return false
    response.writeHead(409).end()
    return true
  })
  await httpFiles.makeFolder(`${mock.origin}/a/b?authz=x`)
  await httpFiles.makeFolder(`${mock.origin}/a`)
  equal([...folders], ['/', '/a', '/a/b'])
  is(mock.seen[0]!.path, '/a/b?authz=x')
  const sink = await httpFiles.create(`${mock.origin}/p/q/file`, 3)
  await sink.write(0, new Uint8Array(3))
  await sink.commit({ size: 3, adler32: '' })
  ok(files.has('/p/q/file'))
})

test('a refusal in the middle of the body, and a server that stops taking it, are errors of the output', async () => {
  const full = await startMock((request, response) => {
    if (request.method === 'DELETE') return void response.writeHead(404).end()
    response.writeContinue()
    request.once('data', () => {
      response.writeHead(507).end('quota')
      request.resume()
    })
  })
  const write = async (mock: Mock) => {
    const sink = await httpFiles.create(`${mock.origin}/x`, 100_000_000)
    try {
      for (let at = 0; at < 100_000_000; at += 1_000_000) await sink.write(at, new Uint8Array(1_000_000))
    } finally {
      await sink.abort()
    }
  }
  match(await outputFailure(() => write(full)), /answered HTTP 507 \(quota\)/)
  const stuck = await startMock((request, response) => {
    if (request.method === 'DELETE') response.writeHead(404).end()
    else response.writeContinue()
  })
  match(await outputFailure(() => write(stuck)), /no answer from .* within 1 s/)
  const forbidden = await startMock((_, response) => void response.writeHead(403).end('no'))
  match(await outputFailure(() => httpFiles.create(`${forbidden.origin}/x`, 5)), /refused: .* answered HTTP 403 \(no\)/)
})

test('a fired signal ends a write', async () => {
  const mock = await startMock((request, response) => {
    if (request.method === 'DELETE') response.writeHead(404).end()
    else response.writeContinue()
  })
  const sink = await httpFiles.create(`${mock.origin}/x`, 100_000_000)
  const stop = new AbortController()
  setTimeout(() => stop.abort(new Error('enough')), 50)
  let reason = ''
  await sink.write(0, new Uint8Array(100_000_000), stop.signal).catch(error => (reason = error.message))
  is(reason, 'enough')
  await sink.abort()
})

const RESPONSE = (href: string, properties: string) =>
  `<d:response><d:href>${href}</d:href><d:propstat><d:prop>${properties}</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat>
   <d:propstat><d:prop><d:quota/></d:prop><d:status>HTTP/1.1 404 Not Found</d:status></d:propstat></d:response>`
const FOLDER = '<d:resourcetype><d:collection/></d:resourcetype>'
const LIST = `<?xml version="1.0"?><d:multistatus xmlns:d="DAV:">
  ${RESPONSE('/base/', FOLDER)}
  ${RESPONSE('http://h/base/b%20c.root', '<d:resourcetype/><d:getcontentlength>12</d:getcontentlength><d:getlastmodified>Tue, 02 Jan 2024 03:04:05 GMT</d:getlastmodified>')}
  ${RESPONSE('/base/a &amp; d&#233;/', FOLDER)}</d:multistatus>`

test('folders are listed by name, whatever the prefixes and the encoding', async () => {
  const mock = await startMock((request, response) => {
    const xml = request.headers.depth === '1' ? LIST : LIST.replace(/<d:response>.*?<\/d:response>/s, '')
    response.writeHead(207).end(request.url === '/base/b%20c.root' ? xml : LIST)
  })
  equal(await httpFiles.list(`${mock.origin}/base/`), [
    { name: 'a & dé', size: 0, modified: null, isFolder: true },
    { name: 'b c.root', size: 12, modified: new Date('2024-01-02T03:04:05Z'), isFolder: false },
  ])
  equal(await httpFiles.status(`${mock.origin}/base`), { size: 0, modified: null, isFolder: true })
  equal(await httpFiles.status(`${mock.origin}/base/b%20c.root`), {
    size: 12,
    modified: new Date('2024-01-02T03:04:05Z'),
    isFolder: false,
  })
})

test('servers without WebDAV tell what they can', async () => {
  const mock = await startMock((request, response) => {
    const known = request.method === 'HEAD' && request.url === '/file'
    const headers = { 'Content-Length': 7, 'Last-Modified': 'Tue, 02 Jan 2024 03:04:05 GMT' }
    if (known) response.writeHead(200, headers).end()
    else response.writeHead(request.method === 'HEAD' ? 404 : 405).end()
  })
  equal(await httpFiles.status(`${mock.origin}/file`), {
    size: 7,
    modified: new Date('2024-01-02T03:04:05Z'),
    isFolder: false,
  })
  is(await httpFiles.status(`${mock.origin}/none`), null)
  match((await failure(() => httpFiles.list(`${mock.origin}/folder`))).message, /does not list folders \(no WebDAV\)/)
})

test('removing what is not there is a FileNotFoundError', async () => {
  const { mock, files } = await store()
  files.set('/x', Buffer.from('x'))
  await httpFiles.remove(`${mock.origin}/x`)
  is(files.size, 0)
  is((await failure(() => httpFiles.remove(`${mock.origin}/x`))).exception, 'FileNotFoundError')
})

test('a file whose removal was not confirmed, and that is gone when asked again, is removed', async () => {
  let lost = false
  const { mock, files } = await store(request => {
    if (request.method !== 'DELETE' || lost) return false
    lost = true
    files.delete(request.url!)
    request.socket.destroy()
    return true
  })
  files.set('/x', Buffer.from('x'))
  await httpFiles.remove(`${mock.origin}/x`)
  is(mock.seen.filter(one => one.method === 'DELETE').length, 2)
})

test('a list without an end is an error', async () => {
  const piece = Buffer.alloc(4_000_000, ' ')
  const mock = await startMock((_, response) => {
    const more = () => void (response.destroyed || response.write(piece, more))
    response.writeHead(207)
    more()
  })
  const error = await failure(() => httpFiles.list(`${mock.origin}/folder/`))
  is(error.exception, 'OSError')
  match(error.message, /answers with more than \d+ bytes/)
})

test.run()
