// `npm run package -- [--target linux-x64] [--output out/package] [--level 6] [--no-build]`: the program with its own Node in one
// archive, tnp-pipe-<version>-<target>.tar.xz, and its checksum. Prints the archive's path.
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { run, stageArchive } from './archive/stage.mjs'
import { HOST, TARGETS } from './archive/targets.mjs'

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))))

/** Makes the archive in `output`. Gives its path. level: of xz, 0 to 9. */
export function makeArchive({ target, output, level }) {
  if (!(target in TARGETS)) {
    throw new Error(`--target: got ${target}, wanted one of ${Object.keys(TARGETS).join(', ')}`)
  }
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
  const name = `tnp-pipe-${version}-${target}`
  mkdirSync(output, { recursive: true })
  const work = mkdtempSync(join(resolve(output), '.package-'))
  try {
    stageArchive(target, join(work, name), work)
    const path = join(output, `${name}.tar.xz`)
    compress(work, name, join(work, 'archive.tar'), level)
    renameSync(join(work, 'archive.tar.xz'), path)
    return path
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** The file that says that all is there comes last. */
function compress(work, name, path, level) {
  const last = `${name}/lib/complete`
  const common = [
    '-C',
    work,
    '--owner=0',
    '--group=0',
    '--numeric-owner',
    '--sort=name',
    '--mtime=@0',
    '--mode=u+rw,go+r-w',
  ]
  run('tar', [...common, `--exclude=${last}`, '-cf', path, name])
  run('tar', [...common, '-rf', path, last])
  run('xz', ['-T0', `-${level}`, path])
}

/** The line of a file that sha256sum writes and checks. */
export function checksumLine(path) {
  const digest = createHash('sha256').update(readFileSync(path)).digest('hex')
  return `${digest}  ${basename(path)}\n`
}

function main() {
  const { values } = parseArgs({
    options: {
      target: { type: 'string', default: HOST },
      output: { type: 'string', default: 'out/package' },
      level: { type: 'string', default: '6' },
      'no-build': { type: 'boolean', default: false },
    },
  })
  if (!values['no-build']) run(process.execPath, ['scripts/build.mjs'])
  const path = makeArchive(values)
  writeFileSync(`${path}.sha256`, checksumLine(path))
  process.stdout.write(`${path} (${(statSync(path).size / 1e6).toFixed(1)} MB)\n`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    main()
  } catch (error) {
    process.stderr.write(`package: ${error.message}\n`)
    process.exitCode = 1
  }
}
