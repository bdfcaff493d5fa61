/** Where servers send users, and back to the manager when the server that it named fails. */
import { test } from 'uvu'
import { equal, match, not, ok } from 'uvu/assert'
import { cutOff, fail, hang, redirect } from '../../support/mock-faults.js'
import { type Action, type MockServer, startMock } from '../../support/mock-xrootd.js'
import {
  ALWAYS,
  type Bench,
  CONTENT,
  checkRanges,
  each,
  fails,
  HASTE,
  PATH,
  PATIENCE,
  SECRET,
  withMock,
} from './mock-source.js'

/** A manager (`bench.server`) and a server that has the file. */
function withTwo(run: (bench: Bench, target: MockServer) => Promise<void>, settings = PATIENCE): Promise<void> {
  const work = async (bench: Bench) => {
    const target = await startMock({ files: { [PATH]: CONTENT, '/other/f': CONTENT.subarray(5) } })
    try {
      await run(bench, target)
      equal(target.reused, [])
    } finally {
      await target.stop()
    }
  }
  return withMock({ files: {}, flags: 2 }, work, settings)
}

test('the file is read where the manager sends to, with the CGI of both, verbatim', () =>
  withTwo(async ({ server, open }, target) => {
    server.fault({ at: 'open', do: redirect(target.port, '127.0.0.1?org.dcache.uuid=a%2Fb&x=[1]|2') })
    await checkRanges(await open())
    const seen = target.seen('open')[0]!
    equal([seen.path, seen.cgi], [PATH, `${SECRET}&org.dcache.uuid=a%2Fb&x=[1]|2`])
    equal(server.seen('readv').length, 0)
  }))

const FORMS: readonly (readonly [place: string, cgi: string])[] = [
  ['127.0.0.1', ''],
  ['[::127.0.0.1]', ''],
  ['::127.0.0.1', ''],
  ['[::ffff:127.0.0.1]', ''],
  ['localhost', ''],
  ['127.0.0.1?', ''],
  ['127.0.0.1?&a=1', '&a=1'],
  ['127.0.0.1??a=1', '&a=1'],
  ['127.0.0.1?a=1?token', '&a=1'],
  ['127.0.0.1\0', ''],
]
test('redirects are understood in all the forms that are seen', () =>
  each(FORMS, ([place, cgi]) =>
    withTwo(async ({ server, open }, target) => {
      server.fault({ at: 'open', do: redirect(target.port, place) })
      await checkRanges(await open())
      equal(target.seen('open')[0]!.cgi, SECRET + cgi)
    }),
  ))

test('what a redirect wants to be said at the login is said there', () =>
  withTwo(async ({ server, open }, target) => {
    server.fault({ at: 'open', do: redirect(target.port, '127.0.0.1?a=1?loginToken') })
    await checkRanges(await open())
    equal(target.seen('login')[0]!.payload.toString(), 'loginToken')
  }))

test('a redirect with a negative port is a URL, with its own path', () =>
  withTwo(async ({ server, open }, target) => {
    server.fault({ at: 'open', do: redirect(-1, `root://127.0.0.1:${target.port}//other/f?b=2`) })
    const source = await open()
    equal(await source.size(), CONTENT.length - 5)
    equal([target.seen('open')[0]!.path, target.seen('open')[0]!.cgi], ['/other/f', 'b=2'])
  }))

test('an IPv6 address without brackets is understood, and named with them', () =>
  withTwo(async ({ server, open }, target) => {
    server.fault({ at: 'open', times: ALWAYS, do: redirect(target.port, '::1') })
    await fails(open(), 'ConnectionError', new RegExp(`\\[::1\\]:${target.port}`))
  }))

test('a redirect to nowhere is an error', () =>
  each(
    [
      [0, '127.0.0.1'],
      [70_000, '127.0.0.1'],
      [1094, ''],
      [-1, 'nonsense'],
      [-1, 'https://x/y'],
    ] as const,
    ([port, place]) =>
      withTwo(async ({ server, open }) => {
        server.fault({ at: 'open', times: ALWAYS, do: redirect(port, place) })
        await fails(open(), 'ConnectionError', /redirect to/)
      }),
  ))

test('a loop of redirects is an error that names its servers', () =>
  withTwo(async ({ server, open }, target) => {
    server.fault({ at: 'open', times: ALWAYS, do: redirect(target.port, `127.0.0.1?${SECRET}`) })
    target.fault({ at: 'open', times: ALWAYS, do: redirect(server.port) })
    await fails(open(), 'OSError', new RegExp(`more than 16 redirects.*:${target.port}`))
    ok(server.seen('open').length <= 10, `${server.seen('open').length}`)
  }))

const BAD: readonly (readonly [what: string, reason: string, action: Action])[] = [
  ['has no such file', 'enoent', fail(3011)],
  ['cannot read it', 'ioerr', fail(3007)],
  ['has a bad file system', 'fserr', fail(3005)],
  ['has an error of its own', 'srverr', fail(3012)],
  ['is overloaded', 'srverr', fail(3024)],
  ['does not answer', 'srverr', hang],
  ['drops the connection', 'srverr', cutOff(0, 'reset')],
]
test('the manager is asked for another server when the one that it named fails', () =>
  each(BAD, ([, reason, action]) =>
    withTwo(async ({ server, open }, target) => {
      const bad = await startMock({ faults: [{ at: 'open', times: ALWAYS, do: action }] })
      try {
        server.fault({ at: 'open', do: redirect(bad.port, 'localhost') }, { at: 'open', do: redirect(target.port) })
        await checkRanges(await open())
        const [first, second] = server.seen('open')
        not.match(first!.cgi, /tried/)
        match(second!.cgi, new RegExp(`^${SECRET}&tried=localhost&triedrc=${reason}$`))
        ok((second!.body.readUInt16BE(2) & 0x80) !== 0, 'kXR_refresh')
      } finally {
        await bad.stop()
      }
    }, HASTE),
  ))

test('a dead server that a manager names is left for one that lives', () =>
  withTwo(async ({ server, open }, target) => {
    const dead = await startMock({})
    await dead.stop()
    server.fault({ at: 'open', do: redirect(dead.port) }, { at: 'open', do: redirect(target.port) })
    await checkRanges(await open())
    match(server.seen('open')[1]!.cgi, /tried=127\.0\.0\.1&triedrc=srverr/)
  }))

test('a server that dies while it is read is replaced by another through the manager', () =>
  withTwo(async ({ server, open }, target) => {
    const first = await startMock({ files: { [PATH]: CONTENT } })
    server.fault({ at: 'open', do: redirect(first.port) }, { at: 'open', times: ALWAYS, do: redirect(target.port) })
    const source = await open()
    await checkRanges(source)
    await first.stop()
    await checkRanges(source)
    ok(target.seen('readv').length >= 1)
  }))

test('a replica may have been written at another time, and must be as long', () =>
  each([0, 1], cut =>
    withTwo(async ({ server, open }, target) => {
      const first = await startMock({ files: { [PATH]: CONTENT } })
      target.store.put(PATH, CONTENT.subarray(cut), 1_600_000_000)
      server.fault({ at: 'open', do: redirect(first.port) }, { at: 'open', times: ALWAYS, do: redirect(target.port) })
      const source = await open()
      await first.stop()
      if (cut > 0) return fails(checkRanges(source), 'OSError', /changed while it was read/)
      await checkRanges(source)
      target.store.put(PATH, CONTENT, 1_600_000_001)
      target.dropAll()
      return fails(checkRanges(source), 'OSError', /changed while it was read/)
    }),
  ))

test('when no server has the file, the first failure is told, not that the manager knows no other', () =>
  withTwo(async ({ server, open }, target) => {
    target.fault({ at: 'open', times: ALWAYS, do: fail(3007, 'disk broken') })
    server.fault({ at: 'open', do: redirect(target.port) }, { at: 'open', times: ALWAYS, do: fail(3011, 'no servers') })
    await fails(open(), 'OSError', /disk broken/)
  }))

test('servers that all fail are asked a few times only', () =>
  withTwo(async ({ server, open }, target) => {
    target.fault({ at: 'open', times: ALWAYS, do: fail(3012, 'broken') })
    server.fault({ at: 'open', times: ALWAYS, do: redirect(target.port) })
    await fails(open(), 'OSError', /broken/)
    ok(server.seen('open').length <= 5)
  }))

test('what a redirect says is passed on in UTF-8, and a host that is none is not printed', async () => {
  await withTwo(async ({ server, open }, target) => {
    server.fault({ at: 'open', do: redirect(target.port, '127.0.0.1?who=Åsa') })
    await checkRanges(await open())
    equal(target.seen('open')[0]!.cgi, `${SECRET}&who=Åsa`)
  })
  await each(
    [
      [1094, '\x1b[2Jx'],
      [-1, 'root://a\x1b[2Jb//f'],
    ] as const,
    ([port, place]) =>
      withTwo(async ({ server, open }) => {
        server.fault({ at: 'open', times: ALWAYS, do: redirect(port, place) })
        await fails(open(), 'ConnectionError', /^\P{Cc}*a redirect to\P{Cc}*$/u)
      }),
  )
})

test.run()
