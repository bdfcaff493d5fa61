// `npm run image -- [--variants plain,facility] [--base IMAGE] [--digest sha256:...] [--archive PATH] [--output out/image] [--no-build]`:
// the archive of this machine as container images (container/Containerfile), each as an OCI archive. Needs buildah. Prints their paths.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { run } from './archive/stage.mjs'
import { HOST } from './archive/targets.mjs'
import { makeArchive } from './package.mjs'

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))))

export const VARIANTS = ['plain', 'facility']
const PIP_CERT = '/run/pip-cert.crt'

export function hasBuildah() {
  return spawnSync('buildah', ['--version']).status === 0
}

/** Names of the OCI archives. */
export function imageName(version, variant) {
  return `tnp-pipe-${version}-image${variant === 'plain' ? '' : `-${variant}`}-${HOST}.tar`
}

/** Makes the images in `output` out of an archive of this machine. base: null for that of the Containerfile. Gives their paths. */
export function makeImages({ archive, variants, base = null, digest = null, output }) {
  const unknown = variants.filter(name => !VARIANTS.includes(name))
  if (unknown.length > 0) throw new Error(`--variants: got ${unknown.join(', ')}, wanted ${VARIANTS.join(', ')}`)
  if (!HOST.startsWith('linux-')) throw new Error(`images are for Linux, and this machine is ${HOST}`)
  if (!hasBuildah()) throw new Error('buildah is missing. Install it, or build by hand as docs/install.md tells')
  mkdirSync(output, { recursive: true })
  const work = mkdtempSync(join(resolve(output), '.image-'))
  try {
    run('tar', ['-xf', archive, '-C', work])
    const [folder] = readdirSync(work)
    const context = join(work, folder)
    const home = join(context, 'lib/node_modules/tnp-pipe')
    const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))
    const { commit } = JSON.parse(readFileSync(join(home, 'dist/build.json'), 'utf8'))
    return variants.map(variant => {
      const tag = `tnp-pipe:${version}${variant === 'plain' ? '' : `-${variant}`}`
      buildah(work, ['bud', ...options({ variant, base, digest, version, commit, context }), '--tag', tag, context])
      const made = join(work, 'image.tar')
      buildah(work, ['push', '--quiet', tag, `oci-archive:${made}:${tag}`])
      const path = join(output, imageName(version, variant))
      renameSync(made, path)
      return path
    })
  } finally {
    removeStorage(work)
    rmSync(work, { recursive: true, force: true })
  }
}

function options({ variant, base, digest, version, commit, context }) {
  const arguments_ = [
    ...(base === null ? [] : [`BASE=${base}`]),
    ...(digest === null ? [] : [`DIGEST=@${digest}`]),
    ...(process.env.PIP_CERT ? [`PIP_CERT=${PIP_CERT}`] : []),
  ]
  const labels = { title: 'tnp-pipe', version, ...(commit === null ? {} : { revision: commit }), licenses: 'MIT' }
  return [
    ...['--quiet', '--isolation', 'chroot', '--target', variant, '--file', join(context, 'container/Containerfile')],
    ...arguments_.flatMap(text => ['--build-arg', text]),
    ...(process.env.PIP_CERT ? ['--volume', `${process.env.PIP_CERT}:${PIP_CERT}:ro`] : []),
    ...Object.entries(labels).flatMap(([name, text]) => ['--label', `org.opencontainers.image.${name}=${text}`]),
  ]
}

/** Storage of its own, in a mount namespace of its own where root runs it: nothing stays mounted, whatever happens. */
function buildah(work, args) {
  const storage = ['--root', join(work, 'storage'), '--runroot', join(work, 'run')]
  if (process.getuid() !== 0) return run('buildah', [...storage, ...args])
  return run('unshare', ['--mount', '--propagation', 'private', 'buildah', ...storage, ...args])
}

/** Files of the layers belong to other users where buildah is not run by root. */
function removeStorage(work) {
  if (process.getuid() !== 0) spawnSync('buildah', ['unshare', 'rm', '-rf', join(work, 'storage'), join(work, 'run')])
}

function main() {
  const { values } = parseArgs({
    options: {
      variants: { type: 'string', default: VARIANTS.join(',') },
      base: { type: 'string' },
      digest: { type: 'string' },
      archive: { type: 'string' },
      output: { type: 'string', default: 'out/image' },
      'no-build': { type: 'boolean', default: false },
    },
  })
  const { output, archive, variants, ...rest } = values
  if (archive === undefined && !values['no-build']) run(process.execPath, ['scripts/build.mjs'])
  const from = archive ?? makeArchive({ target: HOST, output, level: '1' })
  for (const path of makeImages({ ...rest, archive: from, variants: variants.split(','), output })) {
    process.stdout.write(`${path} (${(statSync(path).size / 1e6).toFixed(1)} MB)\n`)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    main()
  } catch (error) {
    process.stderr.write(`image: ${error.message}\n`)
    process.exitCode = 1
  }
}
