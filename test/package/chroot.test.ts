/** The archive on a bare system: Debian's smallest, without Node, without environment, without network. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { test } from 'uvu'
import { is, match } from 'uvu/assert'
import { caseOptions, runCase, sameFiles } from '../support/case-runs.js'
import { filesBelow, type Outcome } from '../support/cli.js'
import { builtDemo } from '../support/demo.js'
import { containerBase, isolated } from '../support/image-store.js'
import { madeRelease, unpackArchive } from '../support/release.js'
import { sharedDir, testIf } from '../support/tools.js'

const release = madeRelease()
const base = containerBase()
const isReady = base !== null && typeof release !== 'string'
const when = testIf(test, isReady, 'debootstrap (scripts/container.sh), as root')
const root = isReady ? mkdtempSync('/var/tmp/tnp-pipe-chroot-') : ''
const home = isReady ? makeRoot() : ''

test.after(() => {
  if (root !== '') rmSync(root, { recursive: true, force: true })
})

/** Gives the archive's folder as it is called there. */
function makeRoot(): string {
  const { status, stderr } = spawnSync('tar', ['-xf', base!.files, '-C', root], { encoding: 'utf8' })
  is(status, 0, stderr)
  const folder = unpackArchive(release as Exclude<typeof release, string>, join(root, 'opt'))
  cpSync('fixtures', join(root, 'work/fixtures'), { recursive: true })
  cpSync('scripts/demo.mjs', join(root, 'work/demo.mjs'))
  mkdirSync(join(root, 'shared'))
  return folder.slice(root.length)
}

/** A command there, with this environment alone. */
function inside(cwd: string, env: readonly string[], argv: readonly string[]): Outcome {
  const mounts = [`mount -t proc proc "${root}/proc"`, `mount --rbind /dev "${root}/dev"`]
  const shared = sharedDir()
  if (shared !== null) mounts.push(`mount --rbind "${shared}" "${root}/shared"`)
  const script = `${mounts.join('; ')}; exec chroot "${root}" /usr/bin/env -i -C ${cwd} "$@"`
  return isolated(['sh', '-euc', script, 'sh', ...env, ...argv])
}

when('there is no Node', () => {
  const { stdout } = inside('/', [], ['/bin/sh', '-c', 'command -v node nodejs python3; echo none'])
  is(stdout, 'none\n')
})

when('the demo gives what it gives in the repository', () => {
  const { status, stdout, stderr } = inside(
    '/work',
    [`PATH=${home}/bin`],
    [`${home}/node/bin/node`, 'demo.mjs', '--installed'],
  )
  is(status, 0, stderr)
  match(stdout, /and scale factors:/)
  sameFiles(filesBelow(join(root, 'work/out')), builtDemo(), 'demo')
})

testIf(
  test,
  isReady && sharedDir() !== null,
  'debootstrap, and the shared cases',
)('a case gives the bytes that it gives in the repository', async () => {
  const job = caseOptions('01-cli-example').map(text => text.replace(resolve(sharedDir()!), '/shared'))
  const { status, stderr } = inside(
    '/shared/data',
    [],
    [`${home}/bin/run-analysis`, ...job, '--no-progress', '--output', '/case'],
  )
  is(status, 0, stderr)
  sameFiles(filesBelow(join(root, 'case')), (await runCase('01-cli-example', [])).files, 'case 01')
})

test.run()
