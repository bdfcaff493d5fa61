/** A release: its archive with its own Node, unpacked where it may not be written, with spaces in the path, without HOME, PATH and another
 *  Node; its checksums and its bill of materials. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { test } from 'uvu'
import { equal, is, match, ok } from 'uvu/assert'
import { sameFiles } from '../support/case-runs.js'
import { filesBelow, runAnalysis, scratch } from '../support/cli.js'
import { elfNeeds } from '../support/elf.js'
import { testIf } from '../support/tools.js'

const MAX_BYTES = 45e6
/** That of el8. */
const NEWEST_GLIBC = 28
const TARGET = `${process.platform}-${process.arch}`
const NO_NETWORK = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network/

const { version, bin } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string; bin: object }
const files = scratch()
const made = makeArchive()
const when = testIf(test, made === null, `${made}`)
/** With a space in its path, as an administrator installed it: nobody may write there. */
const root = join(files.path('where users look'), `tnp-pipe-${version}-${TARGET}`)

test.after(() => {
  spawnSync('chmod', ['-R', 'u+w', files.dir])
  files.remove()
})

/** Null, or what is missing. The fastest compression: the archive is within its size with it, too. */
function makeArchive(): string | null {
  if (!['linux-x64', 'linux-arm64'].includes(TARGET)) return 'Linux'
  if (spawnSync('xz', ['--version']).status !== 0) return 'xz'
  const options = ['--no-build', '--allow-changes', '--level', '1', '--targets', TARGET]
  const args = ['scripts/release.mjs', ...options, '--output', files.path('made')]
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (status !== 0 && NO_NETWORK.test(stderr)) return 'the npm registry'
  is(status, 0, stderr)
  mkdirSync(files.path('where users look'))
  const unpacked = spawnSync('tar', ['-xJf', archive(), '-C', files.path('where users look')], { encoding: 'utf8' })
  is(unpacked.status, 0, unpacked.stderr)
  spawnSync('chmod', ['-R', 'a-w', files.path('where users look')])
  return null
}

function archive(): string {
  return files.path(`made/tnp-pipe-${version}-${TARGET}.tar.xz`)
}

/** A command of an archive, with nothing in its environment. */
function call(path: string, args: readonly string[], env: Record<string, string> = {}) {
  return spawnSync(path, args, { env, encoding: 'utf8', timeout: 60_000 })
}

function job(output: string): string[] {
  const documents = ['runner', 'settings', 'fileset', 'binning'].flatMap(name => [
    name === 'runner' ? '--config' : `--${name}`,
    resolve(`fixtures/config/${name}.json`),
  ])
  return [...documents, '--no-progress', '--output', output]
}

when('the archive has at most 45 MB, and the checksums are those of the files', () => {
  const { size } = statSync(archive())
  ok(size <= MAX_BYTES, `${size} bytes`)
  const sums = readFileSync(files.path('made/SHA256SUMS'), 'utf8')
  const names = [`tnp-pipe-${version}-${TARGET}.tar.xz`, `tnp-pipe-${version}.cdx.json`, `tnp-pipe-${version}.tgz`]
  const digest = (name: string) =>
    createHash('sha256')
      .update(readFileSync(files.path(`made/${name}`)))
      .digest('hex')
  is(sums, names.map(name => `${digest(name)}  ${name}\n`).join(''))
})

when('the bill of materials has every package of the archive, all that is joined into it, and its Node', () => {
  const bill = JSON.parse(readFileSync(files.path(`made/tnp-pipe-${version}.cdx.json`), 'utf8'))
  equal([bill.bomFormat, bill.specVersion, bill.metadata.component.version], ['CycloneDX', '1.5', version])
  const parts = bill.components as { name: string; version?: string; properties: { value: string }[] }[]
  const folders = parts
    .filter(({ properties }) => properties[0]!.value === 'installed')
    .map(({ properties }) => properties[1]!.value)
  equal(folders.sort(), installedPackages().sort())
  const joined = JSON.parse(readFileSync('dist/bundled-packages.json', 'utf8')) as { name: string; version: string }[]
  for (const { name, version: wanted } of joined) {
    ok(
      parts.some(part => name.endsWith(part.name) && part.version === wanted),
      name,
    )
  }
  const node = parts.find(({ name }) => name === 'node')!
  is(`v${node.version}\n`, call(join(root, 'node/bin/node'), ['--version']).stdout)
  const refs = (bill.components as { 'bom-ref': string }[]).map(part => part['bom-ref'])
  is(new Set(refs).size, refs.length)
})

test('a release that is not ready is refused with all that is wrong, and leaves nothing', () => {
  const args = [
    'scripts/release.mjs',
    '--no-build',
    '--tag',
    'v0.0.0',
    '--targets',
    'linux-x64,vax',
    '--output',
    files.dir,
  ]
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  is(status, 1)
  match(stderr, /^release: --targets: got vax, wanted linux-x64, /m)
  match(stderr, /^release: --tag: got v0\.0\.0, and package\.json has v/m)
  match(stderr, /^release: --output: \S+ is there already$/m)
})

when('its Node is one with Zstandard, and needs no C library after that of el8', () => {
  const node = join(root, 'node/bin/node')
  const told = call(node, ['-p', 'process.versions.node'])
  const [major, minor] = told.stdout.split('.').map(Number) as [number, number]
  ok(major > 22 || (major === 22 && minor >= 15), told.stdout)
  const { machine, versions } = elfNeeds(node)
  is(machine, process.arch)
  const glibc = versions.filter(name => name.startsWith('GLIBC_2.')).map(name => Number(name.split('.')[1]))
  ok(glibc.length > 5)
  ok(Math.max(...glibc) <= NEWEST_GLIBC, versions.join(' '))
})

when('all commands run by path and by symlink, without environment, and with another Node first on PATH', () => {
  const other = files.path('other')
  mkdirSync(other)
  writeFileSync(join(other, 'node'), '#!/bin/sh\necho the wrong Node\nexit 9\n', { mode: 0o755 })
  for (const name of Object.keys(bin)) {
    const link = files.path(name)
    symlinkSync(join(root, 'bin', name), link)
    symlinkSync(name, `${link}-again`)
    for (const path of [join(root, 'bin', name), link, `${link}-again`]) {
      const { status, stdout, stderr } = call(path, ['--help'], { PATH: `${other}:/usr/bin:/bin` })
      is(status, 0, stderr)
      match(stdout, new RegExp(`^Usage: ${name} `))
    }
  }
  const { stdout } = call(join(root, 'bin/tnp-pipe'), ['--version'])
  ok(stdout.startsWith(version), stdout)
})

when('a job in a folder that may not be written to gives the same bytes as in the repository', async () => {
  const { status, stderr } = call(join(root, 'bin/run-analysis'), job(files.path('far')))
  is(status, 0, stderr)
  is((await runAnalysis(job(files.path('here')))).status, 0)
  sameFiles(filesBelow(files.path('far')), filesBelow(files.path('here')), 'archive')
  const workers = call(join(root, 'bin/run-analysis'), [
    ...job(files.path('two')),
    '--executor',
    'processes',
    '--workers',
    '2',
  ])
  is(workers.status, 0, workers.stderr)
  sameFiles(filesBelow(files.path('two')), filesBelow(files.path('here')), 'two processes')
  // Root may write there all the same.
  const { stdout } = spawnSync('tar', ['-tf', archive()], { encoding: 'utf8' })
  const packed = stdout.split('\n').filter(path => path !== '' && !path.endsWith('/'))
  equal(
    [...filesBelow(files.path('where users look')).keys()],
    packed.sort((a, b) => (a < b ? -1 : 1)),
  )
})

when('the compiled code of the programs comes with the archive, for the machine that made it', () => {
  const programs = [...filesBelow(join(root, 'lib/node_modules/tnp-pipe/dist/bin')).keys()]
  is(programs.filter(name => /^programs-\w+\.cjs\.[\w-]+\.cache$/.test(name)).length, 1, programs.join(' '))
})

when('documents and the licences of Node and of every package are there', () => {
  for (const name of ['README.md', 'LICENSE', 'docs/quick-start.md']) ok(existsSync(join(root, name)), name)
  match(readFileSync(join(root, 'licences/node.txt'), 'utf8'), /Node\.js is licensed for use as follows/)
  match(readFileSync(join(root, 'licences/joined.txt'), 'utf8'), /^jsroot \d/m)
  const packages = readFileSync(join(root, 'licences/packages.txt'), 'utf8')
  equal(
    installedPackages().filter(name => !packages.includes(`${name} `)),
    [],
  )
})

/** Folders of the packages beside the program. */
function installedPackages(): string[] {
  return [...filesBelow(join(root, 'lib/node_modules')).keys()]
    .filter(path => /^(@[^/]+\/)?[^/]+\/package\.json$/.test(path))
    .map(path => path.replace('/package.json', ''))
    .filter(name => name !== 'tnp-pipe')
}

when('half an archive, and one for another processor, say so in one line', () => {
  const half = files.path('half')
  mkdirSync(join(half, 'lib'), { recursive: true })
  cpSync(join(root, 'bin'), join(half, 'bin'), { recursive: true })
  const torn = call(join(half, 'bin/tnp-pipe'), ['--version'])
  is(torn.status, 1)
  is(torn.stderr, `tnp-pipe: the archive in ${half}/bin/.. was not unpacked whole. Unpack it again.\n`)
  const launcher = join(half, 'bin/tnp-pipe')
  chmodSync(launcher, 0o755)
  const text = readFileSync(launcher, 'utf8')
  writeFileSync(launcher, text.replaceAll(/\/lib(64)?\/ld-linux-[\w-]+\.so\.\d/g, '/lib/ld-linux-other.so.1'))
  writeFileSync(join(half, 'lib/complete'), '')
  const { status, stderr } = call(launcher, ['--version'], { PATH: '/usr/bin:/bin' })
  is(status, 1)
  match(
    stderr,
    new RegExp(
      `^tnp-pipe: this archive is for ${TARGET}, and this machine is \\S+ \\S+ without /lib/\\S+\\. Take .*\\n$`,
    ),
  )
})

test.run()
