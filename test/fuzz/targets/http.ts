/** Answers of an HTTP server to requests for ranges: late, cut off, too long, with other headers, parts in disorder. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Random } from '../../../bench/random.js'
import { openSource } from '../../../lib/bytes/open.js'
import { setRemoteSettings } from '../../../lib/bytes/settings.js'
import { FILE, part, partsBody, rangesOf, serve, startMock } from '../../bytes/http/mock-http.js'
import { applyEdits, type Edit, randomEdits, shrinkEdits, shrinkList } from '../edits.js'
import { few, pick, type Target, Wrong } from '../target.js'

const RANGES = Array.from({ length: 6 }, (_, k) => ({ position: 30_000 * k, length: 300 + k }))

/** What happens to one request; those behind the last step are answered truly. */
interface Step {
  readonly [key: string]: string | number | readonly Edit[]
  readonly name: string
  readonly number: number
  readonly text: string
  readonly edits: readonly Edit[]
}
type HttpCase = { readonly head: Step; readonly steps: readonly Step[]; readonly work: string }

const STATUSES = [
  100, 200, 201, 204, 206, 301, 302, 307, 308, 400, 401, 403, 404, 405, 410, 412, 416, 429, 500, 501, 503, 504, 599,
  999,
]
const HEADERS = [
  'content-length: -1',
  'content-length: 0',
  'content-length: 5',
  'content-length: 99999999999',
  'content-length: x',
  'content-range: bytes 0-0/1',
  'content-range: bytes 1-0/9',
  'content-range: bytes */*',
  'content-range: bytes 0-99/*',
  'content-range: bytes 99999999999999999999-99999999999999999999/99999999999999999999',
  'content-range: bytes',
  'content-encoding: gzip',
  'content-type: multipart/byteranges',
  'content-type: multipart/byteranges; boundary=',
  'content-type: multipart/byteranges; boundary="a b"',
  'content-type: multipart/byteranges; boundary=other',
  'transfer-encoding: chunked',
  'location: /file',
  'location: //',
  'location: http://',
  'location: ftp://x/',
  'location: %',
  'retry-after: 0',
  'retry-after: -1',
  'retry-after: x',
  'etag: "other"',
  'last-modified: x',
  'accept-ranges: none',
  'www-authenticate: Bearer',
]

function randomStep(random: Random): Step {
  const name = pick(random, [
    'true',
    'hang',
    'late',
    'cut',
    'extra',
    'status',
    'status',
    'header',
    'header',
    'header',
    'whole',
    'mangle',
    'mangle',
    'raw',
    'reset',
    'swap',
    'drop',
  ])
  return {
    name,
    number: name === 'status' ? pick(random, STATUSES) : pick(random, [0, 1, 5, 100, 350, 3000]),
    text: pick(random, HEADERS),
    edits: name === 'mangle' || name === 'raw' ? randomEdits(random, Buffer.alloc(pick(random, [60, 300, 3000]))) : [],
  }
}

const BOUNDARY = 'here'

/** Body and headers of the true answer to a GET. */
function truth(request: IncomingMessage): { status: number; headers: Record<string, string>; body: Buffer } {
  const ranges = rangesOf(request)
  if (ranges.length === 0) return { status: 200, headers: {}, body: Buffer.from(FILE) }
  if (ranges.length > 1) {
    const body = partsBody(
      ranges.map(range => part(range)),
      BOUNDARY,
    )
    return { status: 206, headers: { 'content-type': `multipart/byteranges; boundary=${BOUNDARY}` }, body }
  }
  const { range, bytes } = part(ranges[0]!)
  return { status: 206, headers: { 'content-range': range }, body: Buffer.from(bytes) }
}

function answer(step: Step, request: IncomingMessage, response: ServerResponse): void {
  const { status, headers, body } = truth(request)
  const send = (bytes: Buffer, length = bytes.length, more: Record<string, string> = {}, code = status) => {
    response.writeHead(code, { 'content-length': length, ...headers, ...more })
    response.end(request.method === 'HEAD' ? undefined : bytes)
  }
  switch (step.name) {
    case 'hang':
      break
    case 'late':
      setTimeout(() => send(body), step.number).unref()
      break
    case 'cut':
      response.writeHead(status, { 'content-length': body.length, ...headers })
      response.write(body.subarray(0, step.number), () => response.destroy())
      break
    case 'extra':
      response.writeHead(status, headers)
      response.end(Buffer.concat([body, Buffer.alloc(step.number, 7)]))
      break
    case 'status':
      send(Buffer.from('no'), 2, step.number === 206 ? headers : { location: '/other' }, step.number)
      break
    case 'header': {
      const [name, value] = step.text.split(': ') as [string, string]
      send(body, body.length, { [name]: value })
      break
    }
    case 'whole':
      response.writeHead(200, { 'content-length': FILE.length })
      response.end(FILE)
      break
    case 'mangle':
      send(applyEdits(body, step.edits))
      break
    case 'raw': {
      const lines = Object.entries({ 'content-length': body.length, ...headers }).map(
        ([name, value]) => `${name}: ${value}\r\n`,
      )
      const whole = Buffer.concat([Buffer.from(`HTTP/1.1 ${status} OK\r\n${lines.join('')}\r\n`), body])
      response.socket!.end(applyEdits(whole, step.edits))
      break
    }
    case 'reset':
      response.socket!.resetAndDestroy()
      break
    case 'swap':
    case 'drop': {
      const ranges = rangesOf(request)
      const list = step.name === 'drop' ? ranges.slice(1) : [...ranges].reverse()
      if (list.length < 2) {
        send(body)
        break
      }
      send(
        partsBody(
          list.map(range => part(range)),
          BOUNDARY,
        ),
      )
      break
    }
    default:
      send(body)
  }
}

function isLie({ name, text }: Step): boolean {
  return name === 'mangle' || name === 'raw' || (name === 'header' && /encoding|length/.test(text))
}

async function run({ head, steps, work }: HttpCase): Promise<string> {
  setRemoteSettings({ timeoutMs: 60, deadlineMs: 600, retries: 1 })
  let count = 0
  const mock = await startMock((request, response) => {
    response.on('error', () => {})
    try {
      if (request.method === 'HEAD') {
        if (head.name === 'true') serve(request, response)
        else answer(head, request, response)
      } else answer(steps[count++] ?? TRUE, request, response)
    } catch {
      // Headers that Node does not send.
      response.destroy()
    }
  })
  try {
    const source = await openSource(`${mock.origin}/file`)
    try {
      const isLied = isLie(head) || steps.some(isLie) || head.name !== 'true'
      const same = (position: number, bytes: Uint8Array, length: number) => {
        if (bytes.length !== length) throw new Wrong(`${bytes.length} bytes at ${position}, wanted ${length}`)
        if (!isLied && Buffer.compare(bytes, FILE.subarray(position, position + length)) !== 0)
          throw new Wrong(`other bytes at ${position}`)
      }
      await source.size()
      if (work !== 'readv') same(1000, await source.readAt(1000, 3000), 3000)
      if (work !== 'read') {
        const parts = await source.readv(RANGES)
        for (const [k, { position, length }] of RANGES.entries()) same(position, parts[k]!, length)
      }
    } finally {
      await source.close()
    }
    return 'right'
  } finally {
    await mock.stop()
  }
}

const TRUE: Step = { name: 'true', number: 0, text: '', edits: [] }

export async function http(): Promise<Target> {
  const target: Target<HttpCase> = {
    make: random => ({
      head: random.chance(0.7) ? TRUE : randomStep(random),
      steps: Array.from({ length: few(random, 6) }, () => randomStep(random)),
      work: pick(random, ['read', 'readv', 'both']),
    }),
    run,
    *shrink({ head, steps, work }) {
      if (head.name !== 'true') yield { head: TRUE, steps, work }
      for (const fewer of shrinkList(steps)) yield { head, steps: fewer, work }
      for (const [k, step] of steps.entries()) {
        if (step.name !== 'true') yield { head, steps: steps.with(k, TRUE), work }
        for (const edits of shrinkEdits(step.edits)) yield { head, steps: steps.with(k, { ...step, edits }), work }
      }
      if (work === 'both') for (const one of ['read', 'readv']) yield { head, steps, work: one }
    },
  }
  return target as unknown as Target
}
