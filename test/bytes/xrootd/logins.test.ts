/** Methods of authentication that servers ask for, in the order in which they ask. */
import { test } from 'uvu'
import { equal, ok } from 'uvu/assert'
import { answerWith, fail, wait } from '../../support/mock-faults.js'
import { ALWAYS, checkRanges, each, fails, withMock } from './mock-source.js'

test("the server's first method that works is taken", () =>
  each(['&P=unix', '&P=host&P=unix', '&P=nosuch,parameters&P=unix,x', '\0', '', '&P=unix\0\0junk'], auth =>
    withMock({ auth }, async ({ server, open }) => {
      await checkRanges(await open())
      const wanted = /P=(unix|host)/.exec(auth)?.[1]
      const shown = server
        .seen('auth')
        .map(({ body, payload }) => [body.toString('latin1', 12, 16), payload.toString('latin1').split('\0')[0]])
      equal(shown, wanted === undefined ? [] : [[wanted, wanted]])
    }),
  ))

test('a method that the server refuses is followed by the next', () =>
  withMock({ auth: '&P=host&P=unix' }, async ({ server, open }) => {
    server.fault({ at: 'auth', do: fail(3030, '') })
    await checkRanges(await open())
    equal(
      server.seen('auth').map(({ payload }) => payload.toString('latin1').split('\0')[0]),
      ['host', 'unix'],
    )
  }))

test('when none works the error names each with its reason, and the server is not bothered again', () =>
  withMock({ auth: '&P=nosuch&P=sss&P=host&P=unix' }, async ({ server, open }) => {
    server.fault({ at: 'auth', do: fail(3030, '') }, { at: 'auth', do: fail(3030, 'you are\nunknown') })
    const text =
      /did not accept you.*nosuch: not supported; sss: not supported \(try --transport xrdcp\); host: refused without a reason \(see: tnp-pipe credentials\); unix: refused \("you are unknown"\)/
    await fails(open(), 'PermissionError', text)
    equal(server.connections, 1)
  }))

test('a server that asks for more than a method has is refused', () =>
  withMock({ auth: '&P=unix' }, async ({ server, open }) => {
    server.fault({ at: 'auth', times: ALWAYS, do: answerWith({ status: 4002, body: Buffer.from('more') }) })
    await fails(open(), 'PermissionError', /unix: the server asks for more/)
    ok(server.seen('auth').length <= 2)
  }))

test('a server that wants the login to wait is asked again', () =>
  each(['login', 'auth'] as const, at =>
    withMock({ auth: '&P=unix' }, async ({ server, open }) => {
      server.fault({ at, do: wait(1) })
      await checkRanges(await open())
      const [first, second] = server.seen(at)
      ok(second!.at - first!.at >= 990, `${second!.at - first!.at} ms`)
      equal(server.connections, 1)
    }),
  ))

test('a login that is to wait for longer than the deadline is an error at once', () =>
  withMock({}, async ({ server, open }) => {
    server.fault({ at: 'login', times: ALWAYS, do: wait(3600) })
    await fails(open(), 'TimeoutError', /asks to wait 3600 s with the login/, 1000)
  }))

test('a server that wants to be asked again at once is not asked without end', () =>
  withMock(
    {},
    async ({ server, open }) => {
      server.fault({ at: 'open', times: ALWAYS, do: wait(0) })
      await fails(open(), 'TimeoutError', /127\.0\.0\.1/, 2500)
      ok(server.seen('open').length < 20, `${server.seen('open').length}`)
    },
    { timeoutMs: 500, deadlineMs: 1000, retries: 0 },
  ))

test('one login serves all files of a server, also when they are opened at once', () =>
  withMock({ auth: '&P=unix' }, async ({ server, open }) => {
    const sources = await Promise.all([open(), open(), open()])
    await Promise.all(sources.map(checkRanges))
    equal([server.connections, server.seen('login').length, server.seen('auth').length], [1, 1, 1])
  }))

test.run()
