/** Whoever stops an upload waits neither for the server nor for the pause before a new attempt. */
import { test } from 'uvu'
import { equal, match, ok } from 'uvu/assert'
import { uploadFile } from '../../lib/bytes/upload.js'
import { OutputError } from '../../lib/core/errors.js'
import { type Scratch, scratch } from '../support/cli.js'
import { holdsOnce } from '../support/holds-once.js'
import { fail, hang } from '../support/mock-faults.js'
import { type Fault, startMock } from '../support/mock-xrootd.js'

let dir: Scratch
test.before(() => {
  dir = scratch()
})
test.after(() => dir.remove())

/** Stops once the server has been asked for it. */
async function stopAt(at: Fault['at'], action: Fault['do']): Promise<{ readonly ms: number; readonly left: string[] }> {
  const server = await startMock({ faults: [{ at, do: action, times: 1 }] })
  const stop = new AbortController()
  const reason = new Error('stopped')
  try {
    const sending = uploadFile(dir.json('file.json', '[1,2,3]'), `${server.url}/out/file.json`, stop.signal).then(
      () => 'sent',
      error => error,
    )
    while (server.seen(at).length === 0) await new Promise(done => setTimeout(done, 5))
    await new Promise(done => setTimeout(done, 50))
    const began = performance.now()
    stop.abort(reason)
    equal(await sending, reason)
    return { ms: performance.now() - began, left: [...server.store.files.keys()].filter(path => path.includes('file')) }
  } finally {
    await server.stop()
  }
}

for (const at of ['write', 'sync', 'close', 'mv'] as const) {
  test(`a server that does not answer ${at}: the upload ends at once, and nothing is left there`, async () => {
    await holdsOnce(3, async () => {
      const { ms, left } = await stopAt(at, hang)
      equal(left, [])
      ok(ms < 1000, `${ms} ms`)
    })
  })
}

test('a server that answers nothing any more is waited for two seconds', async () => {
  const server = await startMock({ faults: ['write', 'close', 'rm'].map(at => ({ at, do: hang, times: 99 }) as Fault) })
  const stop = new AbortController()
  const sending = uploadFile(dir.json('file.json', '[]1'), `${server.url}/out/file.json`, stop.signal).catch(
    error => error,
  )
  while (server.seen('write').length === 0) await new Promise(done => setTimeout(done, 5))
  const began = performance.now()
  stop.abort(new Error('stopped'))
  equal((await sending).message, 'stopped')
  ok(performance.now() - began < 3500, `${performance.now() - began} ms`)
  await server.stop()
})

test('a pause before the next attempt ends at once', async () => {
  await holdsOnce(3, async () => {
    const { ms } = await stopAt('write', fail(3007))
    ok(ms < 300, `${ms} ms`)
  })
})

test('what is wrong ends with a full stop, since more is said behind it', async () => {
  const server = await startMock({ faults: [{ at: 'open', do: fail(3010, 'no') }] })
  try {
    await uploadFile(dir.json('file.json', '[]'), `${server.url}/out/file.json`)
    ok(false, 'it was sent')
  } catch (error) {
    ok(error instanceof OutputError)
    match(error.message, /\.$/)
  } finally {
    await server.stop()
  }
})

test.run()
