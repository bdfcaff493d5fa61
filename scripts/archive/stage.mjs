// The archive as a folder: Node, the program with its packages, launchers, documents, licences.
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { licencesOf } from '../licences.mjs'
import { HOST, TARGETS } from './targets.mjs'

/** Fills `stage`; `work` is for what is needed meanwhile. */
export function stageArchive(target, stage, work) {
  const home = join(stage, 'lib/node_modules/tnp-pipe')
  for (const folder of ['bin', 'node/bin', 'licences', 'lib/node_modules']) {
    mkdirSync(join(stage, folder), { recursive: true })
  }
  const node = unpacked(TARGETS[target].package, work)
  copyFileSync(join(node, 'bin/node'), join(stage, 'node/bin/node'))
  chmodSync(join(stage, 'node/bin/node'), 0o755)
  copyFileSync(join(node, 'LICENSE'), join(stage, 'licences/node.txt'))
  renameSync(unpacked('.', work), home)
  const packages = shippedPackages()
  for (const path of packages) cpSync(path, join(stage, 'lib', path), { recursive: true, dereference: true })
  const names = packages.map(path => path.replace(/^.*node_modules\//, ''))
  writeFileSync(join(stage, 'licences/packages.txt'), licencesOf(names))
  renameSync(join(home, 'dist/THIRD-PARTY-LICENSES.txt'), join(stage, 'licences/joined.txt'))
  for (const name of ['README.md', 'CHANGELOG.md', 'LICENSE']) copyFileSync(name, join(stage, name))
  cpSync('docs', join(stage, 'docs'), { recursive: true })
  // So that an image can be made of the archive alone, on a base of one's own.
  if (target.startsWith('linux-')) cpSync('container', join(stage, 'container'), { recursive: true })
  writeLaunchers(target, stage, home)
  writeFileSync(join(stage, 'lib/complete'), `${target}\n`)
  if (target === HOST) writeCodeCache(stage, work)
}

/** A package by its name and version, or this one, as npm packs it. Gives the folder. */
function unpacked(what, work) {
  const folder = join(work, basename(what).replace(/\W+/g, '-'))
  mkdirSync(folder, { recursive: true })
  const packed = run('npm', [
    'pack',
    what,
    '--json',
    '--ignore-scripts',
    '--prefer-offline',
    '--pack-destination',
    folder,
  ])
  const [{ filename }] = JSON.parse(packed)
  run('tar', ['-xzf', join(folder, filename), '-C', folder])
  rmSync(join(folder, filename))
  return join(folder, 'package')
}

/** Folders of the packages that users get, as the lock file has them. */
export function shippedPackages() {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'))
  return Object.keys(packages).filter(path => {
    const { dev, devOptional, peer, optional } = packages[path]
    return path !== '' && !dev && !devOptional && !peer && !optional
  })
}

function writeLaunchers(target, stage, home) {
  const { bin } = JSON.parse(readFileSync('package.json', 'utf8'))
  const text = readFileSync('scripts/archive/launcher.sh', 'utf8')
    .replaceAll('@LOADER@', TARGETS[target].loader)
    .replaceAll('@OTHER@', TARGETS[target].other)
    .replaceAll('@TARGET@', target)
  for (const [name, path] of Object.entries(bin)) {
    if (!existsSync(join(home, path)) || basename(path) !== `${name}.js` || dirname(path) !== './dist/bin') {
      throw new Error(`package.json: the launcher of ${name} would not find ${path}`)
    }
    writeFileSync(join(stage, 'bin', name), text, { mode: 0o755 })
  }
}

/** V8's code cache, which a program in a folder that it may not write to could not make (lib/cli/launch.ts): it is there after a job. */
function writeCodeCache(stage, work) {
  const job = ['runner', 'settings', 'fileset', 'binning'].flatMap(name => [
    name === 'runner' ? '--config' : `--${name}`,
    `fixtures/config/${name}.json`,
  ])
  run(join(stage, 'bin/run-analysis'), [...job, '--no-progress', '--output', join(work, 'job')])
}

export function run(command, args, options = {}) {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)))
  const made = spawnSync(command, args, { encoding: 'utf8', env, maxBuffer: 1 << 28, ...options })
  if (made.error !== undefined) throw new Error(`${command}: ${made.error.message}. Is it installed?`)
  if (made.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${made.stderr}`)
  return made.stdout
}
