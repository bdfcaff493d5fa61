/** Connections that break and servers that do not answer: each ends in the right bytes or in an error that says so, in time. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { test } from 'uvu'
import { equal, ok } from 'uvu/assert'
import { openSource } from '../../../lib/bytes/open.js'
import { answerWith, cutOff, hang, late } from '../../support/mock-faults.js'
import { frame, OK_SO_FAR } from '../../support/mock-frames.js'
import type { Action } from '../../support/mock-xrootd.js'
import {
  ALWAYS,
  CONTENT,
  checkRanges,
  each,
  fails,
  HASTE,
  meet,
  PATH,
  PLACES,
  pairs,
  readsWell,
  withMock,
} from './mock-source.js'

const ENDS = ['end', 'reset'] as const

test('a connection that ends before, in or behind the head of an answer is made again', () =>
  each(pairs(ENDS, [0, 3, 8, 400]), ([how, bytes]) =>
    withMock({}, async bench => {
      await readsWell(bench, { at: 'readv', do: cutOff(bytes, how) }, { at: 'read', do: cutOff(bytes, how) })
      ok(bench.server.connections >= 2)
    }),
  ))

test('a connection that ends in the handshake, the login or an open is made again', () =>
  each(pairs(ENDS, ['protocol', 'login', 'open'] as const), ([how, at]) =>
    withMock({}, bench => meet(bench, { at, do: cutOff(5, how) })),
  ))

test('what had come before the connection broke is not read again', () =>
  withMock({}, async ({ server, open }) => {
    const source = await open()
    server.fault({ at: 'read', do: cutOff(8 + 150_000, 'end') })
    ok(CONTENT.equals(await source.readAt(0, CONTENT.length)))
    const [again] = server.seen('read')[1]!.ranges
    equal([again!.position, again!.length], [150_000, CONTENT.length - 150_000])
  }))

test('a connection that always breaks is an error', () =>
  each(PLACES, at =>
    withMock({}, async bench => {
      const work = meet(bench, { at, times: ALWAYS, do: cutOff(6, 'reset') })
      await fails(work, 'ConnectionError', /127\.0\.0\.1:\d+ broke \(ECONNRESET\) after 2 attempts/)
      equal(bench.server.seen(at).length, 2)
    }),
  ))

test('a server that is not there is an error', () =>
  withMock({}, async ({ server, url }) => {
    await server.stop()
    await fails(
      openSource(url),
      'ConnectionError',
      /no connection to 127\.0\.0\.1:\d+ \(ECONNREFUSED\) after 2 attempts/,
    )
  }))

test('no answer, and one that stops in its middle, are errors in their time', () =>
  each(pairs(PLACES, [0, 5, 9]), ([at, bytes]) =>
    withMock(
      {},
      bench =>
        fails(
          meet(bench, { at, times: ALWAYS, do: cutOff(bytes, 'hang') }),
          'TimeoutError',
          /no answer from 127.*after 2 attempts/,
        ),
      HASTE,
    ),
  ))

test('a connection that has died in silence is left for another', () =>
  withMock(
    {},
    async ({ server, open }) => {
      const source = await open()
      server.fault({
        at: 'open',
        times: ALWAYS,
        do: ({ seen, answer, send }) => {
          if (seen.connection > 1) send(frame(seen.stream, answer()))
        },
      })
      await checkRanges(await open())
      await checkRanges(source)
      equal(server.connections, 2)
    },
    HASTE,
  ))

test('a server that was given up is asked again a little later', () =>
  withMock(
    {},
    async ({ server, open }) => {
      const source = await open()
      server.dropAll()
      server.fault({ at: 'protocol', times: 2, do: hang })
      await fails(source.readAt(0, 10), 'TimeoutError', /no answer/)
      const asked = server.seen('protocol').length
      // At once it is not: hundreds of files may lie there.
      await fails(open(), 'TimeoutError', /no answer/, 100)
      equal(server.seen('protocol').length, asked)
      await new Promise(done => setTimeout(done, 400))
      server.fault({ at: 'protocol', do: hang })
      await fails(open(), 'TimeoutError', /no answer/)
      await new Promise(done => setTimeout(done, 400))
      await checkRanges(await open())
      await checkRanges(source)
    },
    { timeoutMs: 1200, deadlineMs: 6000, retries: 1 },
  ))

test('one answer that never comes is asked for again, over another connection', () =>
  withMock(
    {},
    async bench => {
      await meet(bench, { at: 'readv', do: hang })
      equal(bench.server.connections, 2)
    },
    HASTE,
  ))

test('a request that is forgotten ends at the deadline, even where the connection has others answered', () =>
  withMock(
    {},
    async ({ server, open }) => {
      const [source, other] = [await open(), await open()]
      server.fault({ at: 'read', do: hang })
      let isOver = false
      const work = fails(source.readAt(0, 100), 'TimeoutError', /not done in time/, 1500).finally(() => {
        isOver = true
      })
      while (!isOver) {
        await new Promise(done => setTimeout(done, 20))
        await checkRanges(other)
      }
      await work
    },
    { timeoutMs: 400, deadlineMs: 1000, retries: 0 },
  ))

test('an answer that comes after it was given up is passed over', () =>
  withMock(
    {},
    async bench => {
      const { server, open } = bench
      const source = await open()
      server.fault({ at: 'readv', do: late(400) })
      await checkRanges(source)
      for (let k = 0; k < 6; k++) {
        await new Promise(done => setTimeout(done, 50))
        await checkRanges(source)
      }
    },
    HASTE,
  ))

test('a promised answer that never comes is an error before the deadline', () =>
  withMock(
    {},
    async ({ server, open }) => {
      server.fault({ at: 'open', times: ALWAYS, do: answerWith({ status: 4006, body: Buffer.alloc(4) }) })
      await fails(open(), 'TimeoutError', /no answer from 127/, 3500)
    },
    HASTE,
  ))

const waitAnswer = (seconds: number) => {
  const body = Buffer.alloc(4)
  body.writeInt32BE(seconds, 0)
  return answerWith({ status: 4005, body })
}

test('a wait beyond the deadline is an error at once', () =>
  each(['open', 'read'] as const, at =>
    withMock({}, bench =>
      fails(meet(bench, { at, times: ALWAYS, do: waitAnswer(3600) }), 'TimeoutError', /wait 3600 s/, 2000),
    ),
  ))

test('waits without end are an error at the deadline', () =>
  withMock(
    {},
    async ({ server, open }) => {
      server.fault({ at: 'open', times: ALWAYS, do: waitAnswer(1) })
      await fails(open(), 'TimeoutError', /wait 1 s/, 2500)
    },
    { ...HASTE, deadlineMs: 1500 },
  ))

test('a file that was replaced while the connection was away is an error, also for all later reads', () =>
  each([0, 1], cut =>
    withMock({}, async ({ server, open }) => {
      const source = await open()
      server.dropAll()
      const other = CONTENT.subarray(cut)
      server.store.put(PATH, other, 1_700_000_001 - cut)
      await fails(checkRanges(source), 'OSError', /changed while it was read .*Run again/)
      await fails(source.readAt(0, 1), 'OSError', /changed/)
      ok(other.equals(await (await open()).readAt(0, other.length)))
    }),
  ))

test('a file that went away while the connection was away is not found', () =>
  withMock({}, async ({ server, open }) => {
    const source = await open()
    server.dropAll()
    server.store.files.delete(PATH)
    await fails(checkRanges(source), 'FileNotFoundError', /No such file/)
  }))

test('something else than an XRootD server is an error', () =>
  withMock({}, async bench => {
    const web = Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')
    const work = meet(bench, { at: 'protocol', times: ALWAYS, do: ({ send }) => send(web) })
    await fails(work, 'ConnectionError', /127\.0\.0\.1:\d+/)
  }))

const drip: Action = async ({ seen, send }) => {
  for (let k = 0; k < 40; k++) {
    send(frame(seen.stream, { status: OK_SO_FAR, body: Buffer.alloc(1) }))
    await new Promise(done => setTimeout(done, 100))
  }
}

test('answers that come on and on without an end are errors at the deadline', () =>
  each(['protocol', 'login', 'open'] as const, at =>
    withMock(
      {},
      async ({ server, open }) => {
        server.fault({ at, times: ALWAYS, do: drip })
        await fails(open(), 'TimeoutError', /not done in time/, 2000)
      },
      { ...HASTE, deadlineMs: 1000 },
    ),
  ))

/** What a program does in a process of its own, and whether that ends when it is done. */
async function endsAfter(url: string, work: string): Promise<void> {
  const library = (name: string) => JSON.stringify(new URL(`../../../lib/bytes/${name}`, import.meta.url).href)
  const code = `
    import { openSource } from ${library('open.js')}
    import { setRemoteSettings } from ${library('settings.js')}
    const url = ${JSON.stringify(url)}
    ${work}
    process.stdout.write('done')
    const done = performance.now()
    process.on('exit', () => process.stdout.write(' ' + (performance.now() - done < 2000)))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code])
  equal(stdout, 'done true')
}

test('a close that is not answered does not keep the process from ending', () =>
  withMock({}, async ({ server, url }) => {
    server.fault({ at: 'close', do: hang })
    await endsAfter(url, 'const source = await openSource(url); await source.readAt(0, 10); await source.close()')
    equal(server.seen('close').length, 1)
  }))

test('a file that is closed while it is opened again does not keep the process from ending', () =>
  withMock({}, async ({ server, url }) => {
    server.fault({ at: 'read', times: ALWAYS, do: cutOff(0, 'reset') })
    server.fault({ at: 'open', skip: 1, times: ALWAYS, do: hang })
    const work = `
      setRemoteSettings({ timeoutMs: 20_000, deadlineMs: 60_000, retries: 3 })
      const source = await openSource(url)
      const signal = AbortSignal.timeout(400)
      const [one, other] = [source.readAt(0, 10, signal), source.readAt(0, 10)]
      await one.catch(() => {})
      await source.close()
      await other.catch(() => {})`
    await endsAfter(url, work)
    equal(server.seen('open').length, 2)
  }))

test('an answer that is given up and goes on does not keep the process from ending', () =>
  each(['login', 'open'] as const, at =>
    withMock({}, async ({ server, url }) => {
      server.fault({ at, times: ALWAYS, do: drip })
      const settings = 'setRemoteSettings({ timeoutMs: 300, deadlineMs: 600, retries: 0 })'
      await endsAfter(url, `${settings}; await openSource(url).catch(() => {})`)
    }),
  ))

test.run()
