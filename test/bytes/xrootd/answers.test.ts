/** Answers in all the shapes that the protocol allows: each ends in the right bytes. */
import { test } from 'uvu'
import { equal, ok } from 'uvu/assert'
import {
  changed,
  fail,
  inParts,
  inTwo,
  late,
  redirect,
  unsolicited,
  wait,
  waitResponse,
} from '../../support/mock-faults.js'
import { CONTENT, checkRanges, each, HASTE, meet, PATH, PLACES, readsWell, withMock } from './mock-source.js'

test('answers that are written byte by byte, and many at once, are put together', () =>
  each(['bytes', 'merged'] as const, writes =>
    withMock({ writes, files: { [PATH]: CONTENT.subarray(0, 6000) } }, async ({ server, open }) => {
      const source = await open()
      const at = [0, 2500, 5990].map(position => ({ position, length: 10 }))
      const reads = [source.readv(at), source.readv(at.toReversed()), source.readAt(100, 30)]
      const [some, same, one] = await Promise.all(reads)
      const wanted = at.map(({ position }) => CONTENT.subarray(position, position + 10))
      equal((some as Uint8Array[]).map(Buffer.from), wanted)
      equal((same as Uint8Array[]).toReversed().map(Buffer.from), wanted)
      ok(CONTENT.subarray(100, 130).equals(one as Uint8Array))
      equal([server.seen('readv').length, server.connections], [2, 1])
    }),
  ))

test('answers in parts are put together, however small these are', () =>
  each([1, 7, 16, 1000], bytes =>
    withMock({}, bench =>
      readsWell(bench, { at: 'readv', do: inParts(bytes) }, { at: 'read', do: inParts(Math.max(100, bytes)) }),
    ),
  ))

test('an answer may take longer than the timeout as long as it comes on', () =>
  withMock(
    {},
    async bench => {
      await meet(bench, { at: 'readv', do: inParts(2000, 60) })
      equal(bench.server.seen('readv').length, 1)
    },
    HASTE,
  ))

test('a server that does not tell the size with the handle is asked for it', () =>
  withMock({}, async bench => {
    // Handle, and size and type of the compression.
    await meet(bench, { at: 'open', do: changed(({ status, body }) => ({ status, body: body.subarray(0, 12) })) })
    equal(bench.server.seen('stat').length, 1)
  }))

test('many requests under way have their own answers, whatever the order', () =>
  withMock({}, async ({ server, open }) => {
    const source = await open()
    server.fault({ at: 'readv', do: late(120) }, { at: 'readv', do: late(60) }, { at: 'read', do: late(30) })
    const reads = [checkRanges(source), checkRanges(source), checkRanges(source)]
    const one = source.readAt(77, 1000)
    await Promise.all(reads)
    ok(CONTENT.subarray(77, 1077).equals(await one))
    equal([server.connections, server.seen('open').length], [1, 1])
  }))

test('an answer may be promised, and come within kXR_attn, long after the timeout', () =>
  each(['open', 'read', 'readv'] as const, at =>
    withMock(
      {},
      async bench => {
        await meet(bench, { at, do: waitResponse(400) })
        equal(bench.server.seen(at).length, 1)
      },
      HASTE,
    ),
  ))

test('an answer within kXR_attn may come in parts', () =>
  each([16, 333], bytes =>
    withMock({}, bench =>
      readsWell(bench, { at: 'readv', do: waitResponse(20, bytes) }, { at: 'read', do: waitResponse(20, 9999) }),
    ),
  ))

test('kXR_attn with other actions is passed over', () =>
  each([5000, 5001, 5002, 5003, 5006, 5007, 1], action =>
    each(PLACES, at =>
      withMock({}, async bench => {
        await meet(bench, { at, do: unsolicited(action, Buffer.alloc(action % 2 === 0 ? 0 : 30)) })
        equal(bench.server.connections, 1)
      }),
    ),
  ))

test('a wait is obeyed: the request comes again after it', () =>
  withMock({}, async bench => {
    await readsWell(bench, { at: 'open', do: wait(1) })
    const [first, second] = bench.server.seen('open')
    ok(second!.at - first!.at >= 990, `${second!.at - first!.at} ms`)
  }))

test('a wait at a read is obeyed as well', () => withMock({}, bench => meet(bench, { at: 'readv', do: wait(0) })))

test('a stale handle is renewed once for all reads that meet it', () =>
  withMock({}, async ({ server, open }) => {
    const source = await open()
    server.store.forget()
    await Promise.all([checkRanges(source), checkRanges(source), source.readAt(0, 10)])
    equal(server.seen('open').length, 2)
  }))

test('a reader that gives up while the file is opened again does not disturb the others', () =>
  withMock({}, async ({ server, open }) => {
    const source = await open()
    server.store.forget()
    server.fault({ at: 'open', do: late(200) })
    const controller = new AbortController()
    const left = source.readAt(0, 10, controller.signal).then(
      () => 'read',
      error => error,
    )
    const other = checkRanges(source)
    setTimeout(() => controller.abort(new Error('enough')), 100)
    await other
    equal((await left).message, 'enough')
  }))

test('a reader that has given up has its memory for itself', () =>
  withMock({}, async ({ server, open }) => {
    const source = await open()
    server.fault({ at: 'read', do: inTwo(50_000, 200) })
    const room = Buffer.alloc(CONTENT.length)
    const controller = new AbortController()
    setTimeout(() => controller.abort(new Error('enough')), 80)
    const range = { position: 0, length: CONTENT.length }
    try {
      await source.readv([range], () => room, controller.signal)
    } catch {}
    ok(CONTENT.subarray(0, 10_000).equals(room.subarray(0, 10_000)), 'it has begun')
    room.fill(0xaa)
    await new Promise(done => setTimeout(done, 300))
    ok(room.every(byte => byte === 0xaa))
    await checkRanges(source)
    equal([server.connections, server.seen('read').length], [1, 1])
  }))

test('a server without vector reads is read range by range', () =>
  each([3002, 3006, 3008, 3013], code =>
    withMock({}, async bench => {
      await readsWell(bench, { at: 'readv', times: 99, do: fail(code, 'not here') })
      equal(bench.server.seen('readv').length, 1)
      ok(bench.server.seen('read').length >= 20)
    }),
  ))

test('a read that is sent on opens the file anew', () =>
  withMock({}, async bench => {
    await meet(bench, { at: 'readv', do: redirect(bench.server.port) })
    equal(bench.server.seen('open').length, 2)
  }))

test('readers that give up many requests at once leave the connection to the others', () =>
  withMock({}, async ({ server, open }) => {
    const source = await open()
    const warnings: string[] = []
    const warned = (warning: Error) => warnings.push(warning.message)
    process.on('warning', warned)
    server.fault({ at: 'read', times: 20, do: late(300) })
    const controller = new AbortController()
    const reads = Array.from({ length: 20 }, (_, k) => source.readAt(k * 9000, 10, controller.signal))
    setTimeout(() => controller.abort(new Error('enough')), 50)
    for (const one of await Promise.allSettled(reads)) equal(one.status === 'rejected' && one.reason.message, 'enough')
    await checkRanges(source)
    await new Promise(done => setTimeout(done, 400))
    await checkRanges(source)
    process.off('warning', warned)
    equal([server.connections, server.seen('open').length, warnings], [1, 1, []])
  }))

test('a timeout of years is no timeout at all', () =>
  withMock({}, bench => readsWell(bench), { timeoutMs: 1e12, deadlineMs: 5e12, retries: 0 }))

test.run()
