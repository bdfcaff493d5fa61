import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'uvu'
import { equal, match, ok } from 'uvu/assert'
import { makeLocalFolder, makeLocalFolderSync } from '../../lib/core/make-folder.js'
import { scratch, tnpPipe } from '../support/cli.js'
import { testIf } from '../support/tools.js'

const isLinux = process.platform === 'linux'

async function failure(make: () => unknown): Promise<string | undefined> {
  try {
    await make()
    return undefined
  } catch (error) {
    return (error as NodeJS.ErrnoException).code
  }
}

const both: readonly (readonly [string, (path: string, options?: { mode?: number }) => unknown])[] = [
  ['makeLocalFolder', makeLocalFolder],
  ['makeLocalFolderSync', makeLocalFolderSync],
]

for (const [name, make] of both) {
  test(`${name}: all that is missing is made; what is there is left`, async () => {
    const dir = mkdtempSync(join(tmpdir(), 'tnp-pipe-test-'))
    await make(join(dir, 'a/b/c'))
    await make(join(dir, 'a/b/c'))
    await make(join(dir, 'p'), { mode: 0o700 })
    ok(statSync(join(dir, 'a/b/c')).isDirectory())
    equal(statSync(join(dir, 'p')).mode & 0o777, 0o700)
    symlinkSync(join(dir, 'a'), join(dir, 'link'))
    await make(join(dir, 'link/d'))
    ok(existsSync(join(dir, 'a/d')))
    rmSync(dir, { recursive: true })
  })

  test(`${name}: many make and remove the same folders at once`, async () => {
    const dir = mkdtempSync(join(tmpdir(), 'tnp-pipe-test-'))
    const code = `import { rmdirSync } from 'node:fs'
      const { ${name}: make } = await import(process.argv[1])
      for (let k = 0; k < 600; k++) {
        await make(process.argv[2] + '/a/b/c')
        for (const path of ['/a/b/c', '/a/b', '/a']) try { rmdirSync(process.argv[2] + path) } catch {}
      }`
    const url = new URL('../../lib/core/make-folder.js', import.meta.url).href
    const run = () =>
      new Promise<string>(done => {
        const child = spawn(process.execPath, ['--input-type=module', '-e', code, url, dir])
        let said = ''
        child.stderr.on('data', part => (said += part))
        child.on('close', () => done(said))
      })
    equal(await Promise.all([run(), run(), run()]), ['', '', ''])
    rmSync(dir, { recursive: true })
  })

  test(`${name}: what cannot be made is told, and never goes on for ever`, async () => {
    const dir = mkdtempSync(join(tmpdir(), 'tnp-pipe-test-'))
    writeFileSync(join(dir, 'file'), '')
    symlinkSync(join(dir, 'nowhere'), join(dir, 'broken'))
    equal(await failure(() => make(join(dir, 'file'))), 'EEXIST')
    equal(await failure(() => make(join(dir, 'file/below'))), 'ENOTDIR')
    ok(['ENOENT', 'EEXIST'].includes((await failure(() => make(join(dir, 'broken/below'))))!))
    if (isLinux) equal(await failure(() => make('/proc/nowhere/out')), 'ENOENT')
    rmSync(dir, { recursive: true })
  })
}

if (isLinux) {
  test('every command that makes a folder ends at once where none can be made', async () => {
    const files = scratch()
    const job = ['--config', 'fixtures/config/runner.json', '--fileset', 'fixtures/config/fileset.json']
    const more = ['--settings', 'fixtures/config/settings.json', '--binning', 'fixtures/config/binning.json']
    for (const args of [
      ['run', ...job, ...more, '--output', '/proc/nowhere/out'],
      ['run', ...job, ...more, '--output', '/proc/nowhere/out', '--no-journal'],
      ['preprocess', 'fixtures/config/fileset.json', '--available', '/proc/nowhere/out.json'],
      ['run', ...job, ...more, '--output', files.path('out'), '--log-file', '/proc/nowhere/log'],
    ]) {
      const began = Date.now()
      const { status, stderr } = await tnpPipe(args, {
        onStart: kill => setTimeout(() => kill('SIGKILL'), 20_000).unref(),
      })
      ok(status === 1 || status === 2, `${args.join(' ')}: ${status}\n${stderr}`)
      match(stderr, /error: .*\/proc\/nowhere/)
      ok(Date.now() - began < 15_000)
    }
    files.remove()
  })

  const canMount = spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', '-o', 'ro', 'none', '/mnt']).status === 0
  testIf(
    test,
    canMount,
    'leave to mount file systems',
  )('a read-only file system is said to be one', () => {
    const script = `mount -t tmpfs -o ro none /mnt && exec "${process.execPath}" -e '
      import("${new URL('../../lib/core/make-folder.js', import.meta.url).href}").then(m => m.makeLocalFolder("/mnt/a/b")).catch(e => console.log(e.code))'`
    equal(spawnSync('unshare', ['-m', 'sh', '-c', script], { encoding: 'utf8' }).stdout, 'EROFS\n')
  })
}

test.run()
