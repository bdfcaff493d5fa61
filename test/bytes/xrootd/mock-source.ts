/** What the tests of the XRootD client have in common: a mock server with one file, short patience, and what a failure must look
 *  like. */
import { randomBytes } from 'node:crypto'
import { equal, match, not, ok } from 'uvu/assert'
import { openSource } from '../../../lib/bytes/open.js'
import { type RemoteSettings, setRemoteSettings } from '../../../lib/bytes/settings.js'
import type { ByteSource, Range } from '../../../lib/bytes/source.js'
import { closeSessions } from '../../../lib/bytes/xrootd/sessions.js'
import { DataError, type ReadExceptionName } from '../../../lib/core/errors.js'
import {
  type Fault,
  type MockOptions,
  type MockServer,
  type RequestName,
  startMock,
} from '../../support/mock-xrootd.js'

export const PATH = '/store/f.root'
export const CONTENT: Buffer = randomBytes(200_000)
/** Stands in the CGI of all URLs: no message may hold it. */
export const SECRET = 'authz=TOPSECRET'
/** Times of a fault that does not pass. */
export const ALWAYS = 1000

/** The timeout is as long as a busy machine may stop a process for. */
export const PATIENCE: Partial<RemoteSettings> = { timeoutMs: 1000, deadlineMs: 6000, retries: 1 }
/** For what never answers. */
export const HASTE: Partial<RemoteSettings> = { timeoutMs: 150, deadlineMs: 3000, retries: 1 }

/** Far apart, so that none are joined. */
export const RANGES: readonly Range[] = Array.from({ length: 20 }, (_, k) => ({
  position: 10_000 * k,
  length: 500 + k,
}))

export interface Bench {
  readonly server: MockServer
  readonly url: string
  open(): Promise<ByteSource>
}

const done: MockServer[] = []
let running = 0

/** Ports are not given to others while tests run that may remember them. */
async function leave(server: MockServer): Promise<void> {
  server.dropAll()
  done.push(server)
  if (--running > 0) return
  closeSessions()
  await Promise.all(done.splice(0).map(one => one.stop()))
}

/** Runs one test against a fresh server that has the file. No stream number may be used again while a late answer can come. Several may
 *  run at a time, with the same settings. */
export async function withMock(
  options: MockOptions,
  run: (bench: Bench) => Promise<void>,
  settings = PATIENCE,
): Promise<void> {
  const server = await startMock({ files: { [PATH]: CONTENT }, ...options })
  const opened: ByteSource[] = []
  running++
  setRemoteSettings(settings)
  const url = `${server.url}${PATH}?${SECRET}`
  try {
    const open = async () => {
      const source = await openSource(url)
      opened.push(source)
      return source
    }
    await run({ server, url, open })
    equal(server.reused, [], 'stream numbers that were used again too early')
  } finally {
    await Promise.all(opened.map(source => source.close()))
    await leave(server)
  }
}

/** One test a case, all at once: most of their time is spent waiting. */
export async function each<T>(cases: Iterable<T>, run: (one: T) => Promise<void>): Promise<void> {
  const work = [...cases].map(async one => {
    try {
      await run(one)
    } catch (error) {
      const { message } = error as Error
      ;(error as Error).message = `${JSON.stringify(one)}: ${message}`
      throw error
    }
  })
  for (const ended of await Promise.allSettled(work)) if (ended.status === 'rejected') throw ended.reason
}

export function* pairs<A, B>(first: readonly A[], second: readonly B[]): Iterable<readonly [A, B]> {
  for (const a of first) for (const b of second) yield [a, b]
}

/** Faults in the way of opening, of a vector read and of a long one, whose results must be right all the same. */
export async function readsWell(bench: Bench, ...faults: readonly Fault[]): Promise<void> {
  bench.server.fault(...faults)
  const source = await bench.open()
  await checkRanges(source)
  ok(CONTENT.equals(await source.readAt(0, CONTENT.length)))
}

export async function checkRanges(source: ByteSource): Promise<void> {
  const parts = await source.readv(RANGES)
  RANGES.forEach(({ position, length }, k) => {
    ok(CONTENT.subarray(position, position + length).equals(parts[k]!), `range ${k} differs`)
  })
}

/** The work in which the client meets a fault at a request of this name; what is read must be right. */
export async function meet({ server, open }: Bench, fault: Fault): Promise<void> {
  const isRead = fault.at === 'read' || fault.at === 'readv'
  if (!isRead) server.fault(fault)
  const source = await open()
  if (isRead) server.fault(fault)
  if (fault.at === 'readv') await checkRanges(source)
  else ok(CONTENT.subarray(1000, 4000).equals(await source.readAt(1000, 3000)))
}

export const PLACES: readonly RequestName[] = ['protocol', 'login', 'open', 'read', 'readv']

/** The work ends in a DataError of that name, in time, and its text gives nothing away. */
export async function fails(
  work: Promise<unknown>,
  exception: ReadExceptionName,
  text: RegExp,
  withinMs = 6000,
): Promise<void> {
  const before = performance.now()
  const error = await work.then(
    () => new Error('should have failed'),
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof DataError)) throw error
  const { message } = error
  equal(error.exception, exception, `${error.exception}: ${message}`)
  match(message, text)
  match(message, /^roots?:\/\/[^?]*\?\.\.\.: /)
  not.match(message, /TOPSECRET|undefined|\[object|\n/)
  const took = performance.now() - before
  ok(took < withinMs, `took ${took} ms`)
}
