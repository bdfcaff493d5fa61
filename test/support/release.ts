/** What `npm run release` makes for this machine, once for all tests of a process: the npm package, the archive, and the container images
 *  where scripts/container.sh has seen to what they need. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { is } from 'uvu/assert'
import { containerBase } from './image-store.js'

export interface Release {
  /** The folder that was made. */
  readonly folder: string
  readonly archive: string
  /** OCI archives; null where there is no buildah or no base. */
  readonly images: { readonly plain: string; readonly facility: string } | null
  readonly stderr: string
}

export const TARGET = `${process.platform}-${process.arch}`
const NO_NETWORK = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network/

let made: Release | string | undefined

/** The release, or what this machine lacks for one. */
export function madeRelease(): Release | string {
  made ??= makeRelease()
  return made
}

/** The fastest compression: the archive is within its size with it, too. */
function makeRelease(): Release | string {
  if (!['linux-x64', 'linux-arm64'].includes(TARGET)) return 'Linux'
  if (spawnSync('xz', ['--version']).status !== 0) return 'xz'
  const dir = mkdtempSync(join(tmpdir(), 'tnp-pipe-release-'))
  process.once('exit', () => rmSync(dir, { recursive: true, force: true }))
  const folder = join(dir, 'made')
  const base = containerBase()
  const images = base === null ? ['--images', ''] : ['--base', `oci-archive:${base.image}`]
  const options = ['--no-build', '--allow-changes', '--level', '1', '--targets', TARGET, ...images, '--output', folder]
  const { status, stderr } = spawnSync(process.execPath, ['scripts/release.mjs', ...options], { encoding: 'utf8' })
  if (status !== 0 && NO_NETWORK.test(stderr) && base === null) return 'the npm registry'
  is(status, 0, stderr)
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
  const image = (variant: string) => join(folder, `tnp-pipe-${version}-image${variant}-${TARGET}.tar`)
  return {
    folder,
    archive: join(folder, `tnp-pipe-${version}-${TARGET}.tar.xz`),
    images: base === null ? null : { plain: image(''), facility: image('-facility') },
    stderr,
  }
}

/** Unpacks the archive in a folder that is there or is made. Gives the archive's folder. */
export function unpackArchive({ archive }: Release, folder: string): string {
  mkdirSync(folder, { recursive: true })
  const { status, stderr } = spawnSync('tar', ['-xf', archive, '-C', folder], { encoding: 'utf8' })
  is(status, 0, stderr)
  return join(folder, archive.replace(/^.*\/|\.tar\.xz$/g, ''))
}
