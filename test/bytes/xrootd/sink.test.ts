/** Files that are written: whatever fails, either the whole file stands under its name, or none, and nothing else is left. */
import { randomBytes } from 'node:crypto'
import { test } from 'uvu'
import { equal, instance, match, not, ok } from 'uvu/assert'
import { type RemoteSettings, setRemoteSettings } from '../../../lib/bytes/settings.js'
import { xrootdFiles } from '../../../lib/bytes/xrootd/files.js'
import { OutputError } from '../../../lib/core/errors.js'
import { answerWith, cutOff, fail, hang, inParts, wait, waitResponse } from '../../support/mock-faults.js'
import { adler32Of } from '../../support/mock-files.js'
import { ok as okay } from '../../support/mock-frames.js'
import type { Action, Fault, RequestName } from '../../support/mock-xrootd.js'
import { ALWAYS, type Bench, each, HASTE, pairs, withMock } from './mock-source.js'

const bytes = randomBytes(300_000)
const NAME = '/out/deep/result.parquet'
const EXPECTED = { size: bytes.length, adler32: adler32Of(bytes) }

function withSink(
  run: (bench: Bench, url: string) => Promise<void>,
  settings?: Partial<RemoteSettings>,
): Promise<void> {
  return withMock({ files: {} }, bench => run(bench, `${bench.server.url}${NAME}?authz=TOPSECRET`), settings)
}

async function put(url: string): Promise<void> {
  const sink = await xrootdFiles.create(url, bytes.length)
  try {
    await Promise.all([
      sink.write(200_000, bytes.subarray(200_000)),
      sink.write(0, bytes.subarray(0, 100_000)),
      sink.write(100_000, bytes.subarray(100_000, 200_000)),
    ])
  } catch (error) {
    await sink.abort()
    throw error
  }
  await sink.commit(EXPECTED)
}

/** Files, without folders, at the server. */
function files({ server }: Bench): string[] {
  return [...server.store.files].filter(([, file]) => !file.isFolder).map(([path]) => path)
}

function isWhole({ server }: Bench): boolean {
  return server.store.files.get(NAME)?.bytes.equals(bytes) === true
}

async function outputError(work: Promise<unknown>, text: RegExp): Promise<void> {
  const error = await work.then(
    () => new Error('should have failed'),
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof OutputError)) throw error
  instance(error, OutputError)
  match(error.message, text)
  match(error.message, /^root:\/\/[^?]*result\.parquet\?\.\.\.: /)
  not.match(error.message, /TOPSECRET|undefined|\n/)
}

test('a file is written in any order, under a temporary name until it is whole, with its folders', () =>
  withSink(async (bench, url) => {
    const sink = await xrootdFiles.create(url, bytes.length)
    await sink.write(100_000, bytes.subarray(100_000))
    await sink.write(0, bytes.subarray(0, 100_000))
    equal([files(bench).length, files(bench).includes(NAME)], [1, false])
    await sink.commit(EXPECTED)
    await sink.abort()
    equal([files(bench), isWhole(bench)], [[NAME], true])
    ok(bench.server.requests.filter(({ name }) => name === 'open').every(({ cgi }) => cgi === 'authz=TOPSECRET'))
  }))

test('a file takes the place of one that had its name', () =>
  withSink(async (bench, url) => {
    bench.server.store.put(NAME, Buffer.from('old'))
    await put(url)
    equal([files(bench), isWhole(bench)], [[NAME], true])
    bench.server.store.put(NAME, Buffer.from('old'))
    bench.server.fault({ at: 'mv', do: fail(3018, 'file exists') })
    await put(url)
    equal([files(bench), isWhole(bench)], [[NAME], true])
  }))

const SLOW: readonly (readonly [string, Action])[] = [
  ['wait', wait(0)],
  ['promise', waitResponse(50)],
  ['parts', inParts(5)],
]
const STEPS: readonly RequestName[] = ['open', 'write', 'sync', 'close', 'stat', 'query', 'mv']

test('a server may take its time at each step', () =>
  each(pairs(SLOW, STEPS), ([[, action], at]) =>
    withSink(async (bench, url) => {
      bench.server.fault({ at, do: action })
      await put(url)
      equal([files(bench), isWhole(bench)], [[NAME], true])
    }),
  ))

test('an error at a step is an error, and nothing is left', () =>
  each(
    pairs([3005, 3007, 3009, 3010, 3012, 3021, 3999], ['open', 'write', 'sync', 'close', 'stat', 'mv'] as const),
    ([code, at]) =>
      withSink(async (bench, url) => {
        bench.server.fault({ at, do: fail(code, 'words') })
        await outputError(put(url), new RegExp(`cannot be written: .*${code}: "words"`))
        equal(files(bench), [])
      }),
  ))

test('an old file stays where the new one cannot be written', () =>
  each(['write', 'sync', 'close', 'stat'] as const, at =>
    withSink(async (bench, url) => {
      bench.server.store.put(NAME, Buffer.from('old'))
      bench.server.fault({ at, do: fail(3009, 'full') })
      await outputError(put(url), /no space left/)
      equal([files(bench), bench.server.store.files.get(NAME)!.bytes.toString()], [[NAME], 'old'])
    }),
  ))

const LOSSES: readonly (readonly [string, Fault, RegExp])[] = [
  [
    'a write that is said to be done and is not',
    { at: 'write', do: answerWith(okay()) },
    /the server has \d+ bytes, sent were 300000|arrived damaged/,
  ],
  [
    'another checksum',
    { at: 'query', do: answerWith(okay('adler32 00000001\0')) },
    /arrived damaged \(Adler-32 00000001/,
  ],
  ['another size', { at: 'stat', do: answerWith(okay('1 299999 16 1700000000\0')) }, /the server has 299999 bytes/],
  ['no status', { at: 'stat', do: answerWith(okay('nonsense\0')) }, /the server has no bytes/],
]
test('what arrived damaged is an error, and nothing is left', () =>
  each(LOSSES, ([, fault, text]) =>
    withSink(async (bench, url) => {
      bench.server.fault(fault)
      await outputError(put(url), text)
      equal(files(bench), [])
    }),
  ))

test('a server without checksums, or with others, is trusted', () =>
  each([fail(3013, 'no checksums'), fail(3011, ''), answerWith(okay('md5 0123\0')), answerWith(okay('\0'))], action =>
    withSink(async (bench, url) => {
      bench.server.fault({ at: 'query', do: action })
      await put(url)
      ok(isWhole(bench))
    }),
  ))

/** The server does what it is asked, and the connection breaks before it has said so. */
const lostAnswer: Action = ({ answer, drop }) => {
  answer()
  drop('reset')
}

test('a connection that breaks before the file is closed is an error, and nothing is left', () =>
  each(pairs(['write', 'sync', 'close'] as const, [cutOff(0, 'reset'), lostAnswer]), ([at, action]) =>
    withSink(async (bench, url) => {
      bench.server.fault({ at, do: action })
      await outputError(put(url), /broke \(ECONNRESET\)/)
      equal(files(bench), [])
    }),
  ))

test('a connection that breaks at a step that may be done twice is made again', () =>
  each(pairs(['open', 'stat', 'query', 'mv'] as const, [cutOff(0, 'reset'), lostAnswer]), ([at, action]) =>
    withSink(async (bench, url) => {
      bench.server.fault({ at, do: action })
      await put(url)
      equal([files(bench), isWhole(bench)], [[NAME], true])
    }),
  ))

test('a step without an answer is an error in its time', () =>
  each(['open', 'write', 'sync', 'close', 'stat', 'mv'] as const, at =>
    withSink(async (bench, url) => {
      bench.server.fault({ at, times: ALWAYS, do: hang })
      const before = performance.now()
      await outputError(put(url), /no answer from|not done in time/)
      ok(performance.now() - before < 8000)
      equal(files(bench).includes(NAME), false)
    }, HASTE),
  ))

test('a file that is given up leaves nothing, however often', () =>
  withSink(async (bench, url) => {
    const sink = await xrootdFiles.create(url, bytes.length)
    await sink.write(0, bytes)
    await sink.abort()
    await sink.abort()
    equal(files(bench), [])
    setRemoteSettings({})
  }))

test('files are told, listed and removed by name; folders are made', () =>
  withSink(async ({ server }) => {
    const at = (path: string) => `${server.url}${path}?authz=TOPSECRET`
    server.store.put('/d/b', bytes)
    server.store.put('/d/a b', bytes.subarray(0, 10))
    server.fault({ at: 'dirlist', do: inParts(3) })
    await xrootdFiles.makeFolder(at('/d/sub/deeper'))
    const listed = await xrootdFiles.list(at('/d'))
    equal(
      listed.map(({ name, size, isFolder }) => [name, size, isFolder]),
      [
        ['a b', 10, false],
        ['b', 300_000, false],
        ['sub', 0, true],
      ],
    )
    equal((await xrootdFiles.status(at('/d/b')))?.size, 300_000)
    await xrootdFiles.remove(at('/d/b'))
    equal(await xrootdFiles.status(at('/d/b')), null)
    equal((await xrootdFiles.status(at('/d')))?.isFolder, true)
  }))

test.run()
