/** Answers that are wrong: each ends in an error that says so, and never in wrong bytes. */
import { test } from 'uvu'
import { equal, ok } from 'uvu/assert'
import {
  answerWith,
  changed,
  fail,
  shortBy,
  wrongElement,
  wrongLength,
  wrongStream,
} from '../../support/mock-faults.js'
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
  SECRET,
  withMock,
} from './mock-source.js'

const ANSWERS = [
  [3005, 'OSError', /file system error/],
  [3007, 'OSError', /input\/output error/],
  [3010, 'PermissionError', /permission denied .*tnp-pipe credentials/],
  [3011, 'FileNotFoundError', /No such file or directory/],
  [3012, 'OSError', /internal error of the server/],
  [3014, 'OSError', /no server has the file/],
  [3016, 'IsADirectoryError', /is a directory/],
  [3024, 'OSError', /overloaded.*after 2 attempts/],
  [3028, 'PermissionError', /wants TLS.*roots:/],
  [3029, 'OSError', /no server has the file/],
  [3030, 'PermissionError', /authentication failed/],
  [3034, 'TimeoutError', /the server gave up/],
  [3035, 'TimeoutError', /the server gave up/],
  [3999, 'OSError', /the server refused .*3999/],
] as const

test("errors of servers are told by Python's names, with the server's words on one line", () =>
  each(pairs(ANSWERS, ['open', 'read', 'readv'] as const), ([[code, exception, text], at]) =>
    withMock({}, async bench => {
      await fails(meet(bench, { at, do: fail(code, ''), times: code === 3024 ? ALWAYS : 1 }), exception, text)
      if (code === 3024) return
      await fails(meet(bench, { at, do: fail(code, 'words of\nthe server') }), exception, /"words of the server"/)
    }),
  ))

test('a handle that is always stale is an error', () =>
  withMock({}, async bench => {
    const work = meet(bench, { at: 'readv', times: ALWAYS, do: fail(3004, 'no such handle') })
    await fails(work, 'OSError', /3004.*after 2 attempts/)
  }))

test('a negative length breaks the connection', () =>
  each(pairs(PLACES, [-1, -0x80000000]), ([at, length]) =>
    withMock({}, bench =>
      fails(meet(bench, { at, times: ALWAYS, do: wrongLength(length) }), 'ConnectionError', /announced -\d+ bytes/),
    ),
  ))

test('lengths that are nonsense are errors or leave the bytes right, and take no memory', async () => {
  const before = process.memoryUsage().arrayBuffers
  await each(pairs(PLACES, [0x7fffffff, 100_000_000]), ([at, length]) =>
    withMock(
      {},
      async bench => {
        const work = meet(bench, { at, times: ALWAYS, do: wrongLength(length) })
        // What was asked for has come before the end that never comes.
        if (at === 'read' || at === 'readv') await work
        else await fails(work, 'ConnectionError', /announced an answer of \d+ bytes/)
      },
      HASTE,
    ),
  )
  ok(process.memoryUsage().arrayBuffers - before < 50e6)
})

test('a vector whose elements are others than those asked for is an error', () =>
  each(['handle', 'length', 'position'] as const, field =>
    withMock({}, async bench => {
      const work = meet(bench, { at: 'readv', times: ALWAYS, do: wrongElement(field) })
      await fails(
        work,
        'ConnectionError',
        /other bytes than were asked for: (\d+ bytes at \d+|those of another file), wanted/,
      )
    }),
  ))

test('fewer bytes than were asked for are an error', () =>
  each(pairs(['read', 'readv'] as const, [1, 100, 2999, 1e6]), ([at, bytes]) =>
    withMock({}, bench => fails(meet(bench, { at, do: shortBy(bytes) }), 'OSError', /fewer bytes/)),
  ))

test('more bytes than were asked for end the connection', () =>
  each(['read', 'readv'] as const, at =>
    withMock({}, async bench => {
      const more = changed(({ status, body }) => ({ status, body: Buffer.concat([body, Buffer.alloc(1)]) }))
      const work = meet(bench, { at, times: ALWAYS, do: more })
      // The elements of a vector say what they are, and all have come; of a plain read nothing says which byte is too many.
      if (at === 'read') await fails(work, 'ConnectionError', /more bytes than were asked for/)
      else await work
      equal(bench.server.connections, 2)
    }),
  ))

test('statuses that are not known, or not in their place, are errors', () =>
  each(pairs(PLACES, [4999, 4002, 4007, 1]), ([at, status]) =>
    withMock({}, async bench => {
      const action = answerWith({ status, body: Buffer.alloc(24) })
      await fails(meet(bench, { at, times: ALWAYS, do: action }), 'ConnectionError', /127\.0\.0\.1:\d+/)
    }),
  ))

test('an answer to a request that nobody made is an error', () =>
  each(PLACES, at =>
    withMock({}, bench =>
      fails(meet(bench, { at, times: ALWAYS, do: wrongStream(4321) }), 'ConnectionError', /no request/),
    ),
  ))

test('open answers without handle, and files of which the size is not said, are errors', () =>
  each(
    [
      ['00', 'ConnectionError', /without a handle/],
      ['00000000', 'OSError', /does not say how long/],
      [
        Buffer.concat([Buffer.alloc(12), Buffer.from('1 -5 0 0\0')]).toString('hex'),
        'OSError',
        /does not say how long/,
      ],
      [Buffer.concat([Buffer.alloc(12), Buffer.from('x')]).toString('hex'), 'OSError', /does not say how long/],
    ] as const,
    ([body, exception, text]) =>
      withMock({}, async bench => {
        const action = answerWith({ status: 0, body: Buffer.from(body, 'hex') })
        bench.server.fault({ at: 'stat', times: ALWAYS, do: answerWith({ status: 0, body: Buffer.from('x') }) })
        await fails(meet(bench, { at: 'open', times: ALWAYS, do: action }), exception, text)
      }),
  ))

test('a file whose size is not said with the handle is asked for it, by handle and else by name', () =>
  each(pairs([4, 12], [0, 1]), ([bytes, refusals]) =>
    withMock({}, async bench => {
      bench.server.fault({ at: 'stat', times: refusals, do: fail(3013) })
      await meet(bench, { at: 'open', do: changed(({ status, body }) => ({ status, body: body.subarray(0, bytes) })) })
      equal(
        bench.server.seen('stat').map(one => one.path),
        ['', PATH].slice(0, 1 + refusals),
      )
    }),
  ))

test('ranges outside the file and reads after the end are errors, and nothing is asked', () =>
  withMock({}, async ({ server, open }) => {
    const source = await open()
    await fails(source.readAt(CONTENT.length - 1, 2), 'OSError', /wanted 2 bytes/)
    await fails(source.readAt(-1, 2), 'OSError', /wanted/)
    await checkRanges(source)
    await source.close()
    await source.close()
    await fails(source.readAt(0, 2), 'OSError', /closed/)
    equal([server.seen('read').length, source.name.endsWith('?...'), source.name.includes(SECRET)], [0, true, false])
  }))

test('answers that are texts may not have megabytes, at once or in parts', () =>
  each(pairs(['protocol', 'login', 'open'] as const, [100_000, 1]), ([at, bytes]) =>
    withMock({}, async bench => {
      const parts: Action = ({ seen, send }) => {
        const part = frame(seen.stream, { status: OK_SO_FAR, body: Buffer.alloc(bytes) })
        send(Buffer.concat(new Array<Buffer>(bytes === 1 ? 5000 : 12).fill(part)))
      }
      const work = meet(bench, { at, times: ALWAYS, do: parts })
      await fails(work, 'ConnectionError', /sent an answer of more than 1048576 bytes/)
    }),
  ))

test('an announcement of megabytes is refused where a text is wanted, also within kXR_attn', () =>
  each(pairs(['login', 'open', 'read', 'readv'] as const, [4001, 4003, 4004]), ([at, status]) =>
    withMock({}, async bench => {
      const announce: Action = ({ seen, send }) =>
        send(frame(seen.stream, { status, body: Buffer.alloc(8) }, 1_100_000))
      await fails(meet(bench, { at, times: ALWAYS, do: announce }), 'ConnectionError', /an answer of 1100000 bytes/)
    }),
  ))

test('a file that is longer than all memory is an error where it is read at once', () =>
  withMock({}, async ({ server, open }) => {
    const body = Buffer.concat([Buffer.alloc(12), Buffer.from(`1 ${Number.MAX_SAFE_INTEGER} 0 1\0`)])
    server.fault({ at: 'open', do: answerWith({ status: 0, body }) })
    const source = await open()
    await fails(source.readAt(0, await source.size()), 'OSError', /no memory for \d+ bytes/)
  }))

test('a megabyte of words is no work', () =>
  withMock({}, async bench => {
    const work = meet(bench, { at: 'open', do: fail(3012, `root://${'a:'.repeat(500_000)}`) })
    await fails(work, 'OSError', /internal error of the server/, 1000)
  }))

test.run()
