/** The three ways of README to the program: each command runs as it is printed, on what a release has made. `podman` is buildah here. */
import { spawnSync } from 'node:child_process'
import { chownSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { test } from 'uvu'
import { equal, is, match, ok } from 'uvu/assert'
import { scratch } from '../support/cli.js'
import { ImageStore } from '../support/image-store.js'
import { npm } from '../support/installed-package.js'
import { madeRelease, type Release } from '../support/release.js'
import { testIf } from '../support/tools.js'

const release = madeRelease()
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
const ways = new Map(
  [...readFileSync('README.md', 'utf8').matchAll(/^\| (npm|archive|image) \| .* \| `(.*)` \|$/gm)].map(m => [
    m[1]!,
    m[2]!,
  ]),
)

test('README names three ways, with files of this version', () => {
  equal([...ways.keys()], ['npm', 'archive', 'image'])
  for (const command of [ways.get('archive')!, ways.get('image')!]) ok(command.includes(`-${version}-`), command)
})

/** Whose folder it is. */
const USER = 4242
const HELP = /^Usage: run-analysis /

testIf(
  test,
  typeof release !== 'string',
  `${release}`,
)('archive', () => {
  const files = scratch()
  try {
    const { archive } = release as Release
    copyFileSync(archive, files.path(basename(archive)))
    const command = ways.get('archive')!.replaceAll('linux-x64', `${process.platform}-${process.arch}`)
    const { status, stdout, stderr } = spawnSync('sh', ['-c', command], { cwd: files.dir, encoding: 'utf8' })
    is(status, 0, stderr)
    match(stdout, HELP)
  } finally {
    files.remove()
  }
})

testIf(
  test,
  typeof release !== 'string',
  `${release}`,
)('npm, of the package of the release in place of the registry', () => {
  const files = scratch()
  try {
    mkdirSync(files.path('user'))
    writeFileSync(files.path('user/package.json'), '{}\n')
    const [install, use] = ways.get('npm')!.split(' && ') as [string, string]
    is(install, 'npm i tnp-pipe')
    const tarball = `${(release as Release).folder}/tnp-pipe-${version}.tgz`
    const installed = npm(['i', tarball, '--prefer-offline', '--no-audit', '--no-fund'], files.path('user'))
    is(installed.status, 0, installed.stderr)
    const [program, ...args] = use.split(' ') as [string, ...string[]]
    const { status, stdout, stderr } = spawnSync(program, args, { cwd: files.path('user'), encoding: 'utf8' })
    is(status, 0, stderr)
    match(stdout, HELP)
  } finally {
    files.remove()
  }
})

const images = typeof release === 'string' ? null : release.images

testIf(
  test,
  images !== null,
  'buildah and the base image of scripts/container.sh, as root',
)('image', () => {
  const files = scratch()
  const store = new ImageStore()
  try {
    const [load, run] = ways
      .get('image')!
      .replaceAll('linux-x64', `${process.platform}-${process.arch}`)
      .split(' && ') as [string, string]
    is(load, `podman load -i ${basename(images!.plain)}`)
    const [, name, rest] = /^podman run --rm --userns keep-id -v "\$PWD:\/work" (\S+) (.*)$/.exec(run)!
    is(store.reference(images!.plain), name)
    const container = store.container(images!.plain)
    chownSync(files.dir, USER, USER)
    const { status, stdout, stderr } = store.run(container, rest!.split(' '), {
      user: `${USER}:${USER}`,
      binds: { '/work': files.dir },
    })
    is(status, 0, stderr)
    match(stdout, HELP)
  } finally {
    store.remove()
    files.remove()
  }
})

test.run()
