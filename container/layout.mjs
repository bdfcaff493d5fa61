// Run in a stage of the image's build, by the archive's own Node: the unpacked archive as it lies in the image. No shell is needed there,
// so commands are started by Node itself, of the one path that it has.
// `node layout.mjs ARCHIVE IMAGE`: moves the folder ARCHIVE into the new folder IMAGE, and adds folders to mount things on.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'

const HOME = '/opt/tnp-pipe'
const PROGRAMS = 'lib/node_modules/tnp-pipe/dist/bin'
/** Apptainer without overlay cannot make them; work is where jobs run. */
const MOUNT_POINTS = ['afs', 'eos', 'cvmfs', 'work']

function layOut(archive, image) {
  if (!existsSync(join(archive, 'lib/complete')))
    throw new Error('the archive is not whole. Unpack it again, or make it again: npm run package')
  for (const name of readdirSync(join(archive, 'bin'))) {
    const program = join(archive, PROGRAMS, `${name}.js`)
    writeFileSync(program, startedBy(`${HOME}/node/bin/node`, readFileSync(program, 'utf8'), program))
    chmodSync(program, 0o755)
    rmSync(join(archive, 'bin', name))
    symlinkSync(join('..', PROGRAMS, `${name}.js`), join(archive, 'bin', name))
  }
  mkdirSync(join(image, 'opt'), { recursive: true })
  renameSync(archive, join(image, HOME))
  for (const name of MOUNT_POINTS) mkdirSync(join(image, name))
}

function startedBy(node, text, path) {
  const [first] = text.split('\n', 1)
  if (!first.startsWith('#!')) throw new Error(`${path}: starts with "${first}", not with #!`)
  return `#!${node}${text.slice(first.length)}`
}

try {
  layOut(process.argv[2], process.argv[3])
} catch (error) {
  process.stderr.write(`layout: ${error.message}\n`)
  process.exitCode = 1
}
