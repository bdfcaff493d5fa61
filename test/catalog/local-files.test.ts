import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import { equal, is } from 'uvu/assert'
import { listFolder } from '../../lib/catalog/index.js'
import { scratch } from '../support/cli.js'

const files = scratch()
const root = realpathSync(files.dir)
mkdirSync(join(root, 'a/sub'), { recursive: true })
mkdirSync(join(root, 'b'))
for (const name of [
  'a/10.root',
  'a/2.root',
  'a/X.ROOT',
  'a/t.txt',
  'a/.root',
  'a/z.tar.gz',
  'a/sub/s.root',
  'b/1.root',
]) {
  writeFileSync(join(root, name), '')
}
symlinkSync('../b/1.root', join(root, 'a/link.root'))
symlinkSync('../b', join(root, 'a/folder.root'))
symlinkSync('nowhere', join(root, 'a/dead.root'))

async function list(folder: string, recursive: boolean, suffixes: string[] | null) {
  const found = await listFolder(join(root, folder), { recursive, suffixes })
  return found?.map(path => path.replace(`${root}/`, ''))
}

test('files come sorted by name, links resolved, without folders and dead links', async () => {
  const all = ['a/.root', 'a/10.root', 'a/2.root', 'a/X.ROOT', 'b/1.root', 'a/t.txt', 'a/z.tar.gz']
  equal(await list('a', false, null), all)
})

test('folders within are listed when asked for; links to folders are not followed', async () => {
  const all = ['a/.root', 'a/10.root', 'a/2.root', 'a/X.ROOT', 'b/1.root', 'a/sub/s.root', 'a/t.txt', 'a/z.tar.gz']
  equal(await list('a', true, null), all)
})

test('suffixes count in any case, with or without their dot, and after a name', async () => {
  const roots = ['a/10.root', 'a/2.root', 'a/X.ROOT', 'b/1.root']
  equal(await list('a', false, ['.root']), roots)
  equal(await list('a', false, ['.ROOT']), roots)
  equal(await list('a', false, ['root']), roots)
  equal(await list('a', false, ['.txt', '.tar.gz']), ['a/t.txt', 'a/z.tar.gz'])
  equal(await list('a', false, ['oot']), [])
})

test('what is no folder has no list', async () => {
  is(await listFolder(join(root, 'none'), { recursive: false, suffixes: null }), null)
  is(await listFolder(join(root, 'a/t.txt'), { recursive: false, suffixes: null }), null)
})

test.after(() => files.remove())

test.run()
