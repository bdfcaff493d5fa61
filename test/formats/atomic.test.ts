import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import { equal, is, ok, unreachable } from 'uvu/assert'
import { TEMPORARY_SUFFIX } from '../../lib/bytes/temporary-name.js'
import { DataError, OutputError, UsageError } from '../../lib/core/errors.js'
import { setAside } from '../../lib/formats/aside.js'
import { openAtomic, writeAtomic } from '../../lib/formats/atomic.js'
import { testIf } from '../support/tools.js'

const test = suite<{ dir: string }>('atomic files', { dir: '' })
test.before.each(context => {
  context.dir = mkdtempSync(join(tmpdir(), 'tnp-atomic-'))
})
test.after.each(({ dir }) => {
  chmodSync(dir, 0o700)
  rmSync(dir, { recursive: true })
})

async function failure(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise
  } catch (error) {
    return error as Error
  }
  unreachable('it should have failed')
  throw new Error()
}

test('bytes that have been written can be replaced; the end stays where it is', async ({ dir }) => {
  const path = join(dir, 'head')
  const file = await openAtomic(path)
  await file.write(Buffer.from('????content'))
  await file.overwrite(0, Buffer.from('head'))
  is(file.size, 11)
  await file.write(Buffer.from(', more'))
  await file.commit()
  is(readFileSync(path, 'utf8'), 'headcontent, more')
})

test('long runs of zeros become holes: the bytes are the same', async ({ dir }) => {
  const path = join(dir, 'sparse')
  const file = await openAtomic(path)
  const expected: Buffer[] = []
  // Each with something else at its beginning, in its middle and at its end.
  for (const filled of [[], [0], [300_000], [999_999], [5, 70_000, 400_000, 400_001], [0, 999_999]]) {
    const bytes = Buffer.alloc(1_000_000)
    for (const at of filled) bytes[at] = 1 + (at % 255)
    expected.push(bytes)
    await file.writeSparse(bytes)
    is(file.size, 1_000_000 * expected.length)
  }
  await file.write(Buffer.from('end'))
  await file.writeSparse(Buffer.alloc(200_000))
  await file.commit()
  ok(readFileSync(path).equals(Buffer.concat([...expected, Buffer.from('end'), Buffer.alloc(200_000)])))
})

test('what an earlier run has left does not show through holes', async ({ dir }) => {
  const building = join(dir, 'building')
  writeFileSync(building, Buffer.alloc(500_000, 7))
  const file = await openAtomic(join(dir, 'continued'), building)
  await file.writeSparse(Buffer.alloc(300_000))
  await file.commit()
  ok(readFileSync(join(dir, 'continued')).equals(Buffer.alloc(300_000)))
})

test('a file has its name only after commit', async ({ dir }) => {
  const file = await openAtomic(join(dir, 'a.txt'))
  await file.write(Buffer.from('one '))
  await file.write(Buffer.from('two'))
  is(file.size, 7)
  const [temporary, ...others] = readdirSync(dir)
  equal(others, [])
  ok(temporary!.startsWith('.a.txt.') && temporary!.endsWith(TEMPORARY_SUFFIX))
  await file.commit({ sync: true })
  equal(readdirSync(dir), ['a.txt'])
  is(readFileSync(join(dir, 'a.txt'), 'utf8'), 'one two')
})

test('discarding leaves nothing, and an older file as it was', async ({ dir }) => {
  writeFileSync(join(dir, 'a.txt'), 'old')
  const file = await openAtomic(join(dir, 'a.txt'))
  await file.write(Buffer.from('new'))
  await file.discard()
  await file.discard()
  equal(readdirSync(dir), ['a.txt'])
  is(readFileSync(join(dir, 'a.txt'), 'utf8'), 'old')
})

test('discarding after commit keeps the file', async ({ dir }) => {
  const file = await openAtomic(join(dir, 'a.txt'))
  await file.commit()
  await file.discard()
  equal(readdirSync(dir), ['a.txt'])
})

test('a whole file is written from text, bytes or pieces, over an older one', async ({ dir }) => {
  const path = join(dir, 'a.txt')
  await writeAtomic(path, 'é')
  equal([...readFileSync(path)], [0xc3, 0xa9])
  await writeAtomic(path, Uint8Array.of(1, 2))
  equal([...readFileSync(path)], [1, 2])
  await writeAtomic(path, [Uint8Array.of(3), new Uint8Array(0), Uint8Array.of(4)])
  equal([...readFileSync(path)], [3, 4])
  equal(readdirSync(dir), ['a.txt'])
})

test('a failure in the middle leaves nothing', async ({ dir }) => {
  async function* pieces() {
    yield Uint8Array.of(1)
    throw new DataError('OSError', 'broken source')
  }
  const error = await failure(writeAtomic(join(dir, 'a.txt'), pieces()))
  is(error.message, 'broken source')
  equal(readdirSync(dir), [])
})

test('two writers of one path do not disturb each other; the last commit wins', async ({ dir }) => {
  const path = join(dir, 'a.txt')
  const [one, two] = [await openAtomic(path), await openAtomic(path)]
  await one.write(Buffer.from('1'))
  await two.write(Buffer.from('2'))
  await two.commit()
  await one.commit()
  is(readFileSync(path, 'utf8'), '1')
  equal(readdirSync(dir), ['a.txt'])
})

test('a name of the greatest length works', async ({ dir }) => {
  const name = 'x'.repeat(255)
  await writeAtomic(join(dir, name), 'x')
  equal(readdirSync(dir), [name])
})

test('a name that is too long is told where an older file is to make room', async ({ dir }) => {
  const path = join(dir, 'x'.repeat(300))
  const error = await failure(setAside(path, []))
  ok(error instanceof OutputError, String(error))
  ok(error.message.startsWith(path), error.message)
})

test('a missing folder, a file in place of a folder and a folder in place of the file are the user’s problem', async ({
  dir,
}) => {
  writeFileSync(join(dir, 'file'), '')
  mkdirSync(join(dir, 'folder'))
  for (const [name, reason] of [
    ['none/a.txt', 'the folder does not exist'],
    ['file/a.txt', 'its folder is a file'],
    ['folder', 'is a folder'],
  ] as const) {
    const path = join(dir, name)
    const error = await failure(openAtomic(path))
    ok(error instanceof UsageError && error.message.startsWith(`${path}: `) && error.message.includes(reason), name)
  }
})

// Root may write everywhere.
const asUser = testIf(test, process.getuid?.() !== 0, 'another user than root')

asUser('a folder that cannot be written to is the user’s problem', async ({ dir }) => {
  chmodSync(dir, 0o500)
  const error = await failure(openAtomic(join(dir, 'a.txt')))
  ok(error instanceof UsageError && error.message.includes('permission denied'))
})

test('a folder removed while writing is a failure of the data, and names the file', async ({ dir }) => {
  mkdirSync(join(dir, 'sub'))
  const path = join(dir, 'sub', 'a.txt')
  const file = await openAtomic(path)
  rmSync(join(dir, 'sub'), { recursive: true })
  const error = await failure(file.commit())
  ok(error instanceof OutputError && error.message.startsWith(`${path}: cannot be written (the folder does not exist)`))
})

test('writing after the end is refused', async ({ dir }) => {
  const file = await openAtomic(join(dir, 'a.txt'))
  await file.commit()
  ok((await failure(file.write(Uint8Array.of(1)))).message.includes('it has been closed'))
})

test('a disk that takes no more bytes is a failure of the output and leaves nothing', ({ dir }) => {
  // A limit on the size of files stands for a full disk, which a test cannot make. Blocks of 512 bytes or 1 kB.
  const script = `
    import { writeAtomic } from ${JSON.stringify(import.meta.resolve('../../lib/formats/atomic.js'))}
    await writeAtomic('big.bin', [new Uint8Array(4096), new Uint8Array(1e6)]).catch(e => console.log(e.name, e.message))`
  const shell = `trap '' XFSZ; ulimit -f 16; exec "$0" --input-type=module -e "$1"`
  const run = spawnSync('sh', ['-c', shell, process.execPath, script], { cwd: dir, encoding: 'utf8' })
  is(run.stderr, '')
  ok(run.stdout.startsWith('OutputError big.bin: cannot be written (EFBIG: file too large, write'), run.stdout)
  equal(readdirSync(dir), [])
})

test('a file that is built under a given name stays there when it is discarded, and is continued', async ({ dir }) => {
  const [path, building] = [join(dir, 'a.txt'), join(dir, 'parts')]
  const first = await openAtomic(path, building)
  await first.write(Buffer.from('abcdef and what was not noted'))
  await first.discard()
  equal(readdirSync(dir), ['parts'])
  const second = await openAtomic(path, building)
  second.skip(3)
  await second.write(Buffer.from('DEF'))
  is(second.size, 6)
  await second.commit()
  equal(readdirSync(dir), ['a.txt'])
  is(readFileSync(path, 'utf8'), 'abcDEF')
})

const MEMORY = '/dev/shm'
const twoSystems = existsSync(MEMORY) && statSync(MEMORY).dev !== statSync(tmpdir()).dev
testIf(
  test as never,
  twoSystems,
  `${MEMORY} on another file system`,
)('a file that is built on another file system is moved by a copy', async () => {
  const [here, there] = [tmpdir(), MEMORY].map(at => mkdtempSync(join(at, 'tnp-atomic-'))) as [string, string]
  const path = join(here, 'a.txt')
  const file = await openAtomic(path, join(there, 'part'))
  await file.write(Buffer.from('content'))
  await file.commit()
  is(readFileSync(path, 'utf8'), 'content')
  equal([...readdirSync(here), ...readdirSync(there)], ['a.txt'])
  for (const folder of [here, there]) rmSync(folder, { recursive: true })
})

test.run()
