/** Files that workers made get their names, are looked at by a run that goes on, and are removed where nobody wants them. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import { equal, is, match, unreachable } from 'uvu/assert'
import { Adler32 } from '../../lib/bytes/adler32.js'
import { ANY_RUN, attemptName, isAttempt, TEMPORARY_SUFFIX, temporaryName } from '../../lib/bytes/temporary-name.js'
import { OutputError } from '../../lib/core/errors.js'
import type { MadeFile } from '../../lib/core/types.js'
import { LocalMadeFiles } from '../../lib/job/made-files-local.js'
import { type Scratch, scratch } from '../support/cli.js'

const NONE: ReadonlySet<string> = new Set()

/** As a worker writes it. */
function made(out: Scratch, name: string, text: string, run: string): MadeFile {
  const at = `D/${attemptName(run, name)}`
  writeFileSync(out.path(at), text)
  const adler32 = new Adler32().update(Buffer.from(text)).digest()
  return { path: `D/${name}`, at, bytes: text.length, adler32, chunks: 1 }
}

async function opened(out: Scratch, temporary: string | null = null) {
  mkdirSync(out.path('D'), { recursive: true })
  const files = new LocalMadeFiles(out.dir, [out.path('D/a'), out.path('D/b')], temporary)
  await files.offer()
  return { files, place: files.place! }
}

test('names of attempts tell their run, also as a server takes them for a while', () => {
  const name = attemptName('0123abcd', `${'n'.repeat(60)}.parquet`)
  is(isAttempt(name, ANY_RUN), true)
  is(isAttempt(name, '0123abcd'), true)
  is(isAttempt(name, '99999999'), false)
  is(isAttempt(temporaryName(name), '0123abcd'), true)
  is(isAttempt(temporaryName('a.parquet'), ANY_RUN), false)
  is(isAttempt(`.tnp-0123abcd${TEMPORARY_SUFFIX}`, ANY_RUN), false)
  is(isAttempt('NTuples-part0.parquet', ANY_RUN), false)
})

test('a worker finds the marker; files get their names; what is left of the run goes, what others have does not', async () => {
  const out = scratch()
  const { files, place } = await opened(out)
  is(readFileSync(join(place.target, place.marker!.name), 'utf8'), place.marker!.content)
  const [a, b] = [made(out, 'a', 'rows', place.run), made(out, 'b', 'more', place.run)]
  made(out, 'a', 'ro', place.run)
  const other = made(out, 'a', 'other', '99999999')
  writeFileSync(out.path('D/a'), 'of an earlier run')
  await files.commit(a, out.path('D/a'))
  is(readFileSync(out.path('D/a'), 'utf8'), 'rows')
  await files.discard(b)
  is(existsSync(out.path(b.at)), false)
  await files.close(NONE, NONE)
  equal(readdirSync(out.path('D')).sort(), [other.at.slice(2), 'a'].sort())
  equal(readdirSync(out.dir), ['D'])
  await files.clear(NONE)
  equal(readdirSync(out.path('D')), ['a'])
  out.remove()
})

test('a file that is seen late is waited for; one of another size is not taken', async () => {
  const out = scratch()
  const { files, place } = await opened(out)
  const late = made(out, 'a', 'rows', place.run)
  const text = readFileSync(out.path(late.at))
  rmSync(out.path(late.at))
  setTimeout(() => writeFileSync(out.path(late.at), text), 300)
  await files.commit(late, out.path('D/a'))
  is(readFileSync(out.path('D/a'), 'utf8'), 'rows')
  const short = { ...made(out, 'b', 'ro', place.run), bytes: 4 }
  try {
    await files.commit(short, out.path('D/b'))
    unreachable()
  } catch (error) {
    is(error instanceof OutputError, true)
    match(
      (error as Error).message,
      /D\/b: the file that a worker wrote cannot be taken \(it has 2 bytes, its worker wrote 4\)/,
    )
  }
  is(existsSync(out.path('D/b')), false)
  await files.close(NONE, NONE)
  out.remove()
})

test('a run that goes on takes files as they were made, under either name, and nothing else', async () => {
  const out = scratch()
  mkdirSync(out.path('D'))
  mkdirSync(out.path('keep'))
  const before = made(out, 'a', 'rows', '01234567')
  const files = new LocalMadeFiles(out.dir, [out.path('D/a')], 'keep')
  is(await files.isThere(before), true)
  await files.discard(before)
  is(existsSync(out.path(before.at)), true)
  await files.commit(before, out.path('D/a'))
  // The run before was stopped after it had given names.
  const again = new LocalMadeFiles(out.dir, [out.path('D/a')], 'keep')
  is(await again.isThere(before), true)
  await again.commit(before, out.path('D/a'))
  is(readFileSync(out.path('D/a'), 'utf8'), 'rows')
  writeFileSync(out.path('D/a'), 'sowr')
  is(await new LocalMadeFiles(out.dir, [], 'keep').isThere(before), false)
  writeFileSync(out.path('D/a'), 'row')
  is(await new LocalMadeFiles(out.dir, [], 'keep').isThere(before), false)
  out.remove()
})

test('kept files stay, forgotten ones go, also where no worker may make any', async () => {
  const out = scratch()
  mkdirSync(out.path('D'))
  const [kept, forgotten] = [made(out, 'a', '1', '01234567'), made(out, 'b', '2', '01234567')]
  await new LocalMadeFiles(out.dir, [out.path('D/a')], null).close(new Set([kept.at]), new Set([forgotten.at]))
  equal(readdirSync(out.path('D')), [kept.at.slice(2)])
  out.remove()
})

test.run()
