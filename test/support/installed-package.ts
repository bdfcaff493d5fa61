/** The npm package as a user gets it: packed as it is built, and installed in an empty folder. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface InstalledPackage {
  /** Where a user would work: node_modules is in it. */
  readonly folder: string
  /** Paths of all files of the package's tarball. */
  readonly files: readonly string[]
  remove(): void
}

export interface NoPackage {
  readonly missing: string
}

const NO_NETWORK = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED|network/

/** Packs and installs, with development packages beside it. Where the registry cannot be reached, says so. Throws an Error with npm's
 *  message where anything else is wrong. */
export function installPackage(...others: string[]): InstalledPackage | NoPackage {
  const dir = mkdtempSync(join(tmpdir(), 'tnp-pipe-package-'))
  const remove = () => rmSync(dir, { recursive: true, force: true })
  try {
    const packed = npm(['pack', '--json', '--ignore-scripts', '--pack-destination', dir], process.cwd())
    if (packed.status !== 0) throw new Error(`npm pack: ${packed.stderr}`)
    const [made] = JSON.parse(packed.stdout) as [{ filename: string; files: { path: string }[] }]
    const folder = join(dir, 'a folder of its own')
    mkdirSync(folder)
    writeFileSync(join(folder, 'package.json'), '{ "name": "user", "private": true, "type": "module" }\n')
    const common = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel', 'error']
    for (const names of [[join(dir, made.filename)], others]) {
      if (names.length === 0) continue
      const { status, stderr } = npm(['install', ...common, ...names], folder)
      if (status === 0) continue
      if (!NO_NETWORK.test(stderr)) throw new Error(`npm install: ${stderr}`)
      remove()
      return { missing: 'the npm registry' }
    }
    return { folder, files: made.files.map(({ path }) => path), remove }
  } catch (error) {
    remove()
    throw error
  }
}

/** npm, as called from a shell in that folder; stopped after `timeout` ms, with null as status. */
export function npm(
  args: readonly string[],
  cwd: string,
  timeout?: number,
): { status: number | null; stdout: string; stderr: string } {
  // npm tells programs below it of the project that it works on: here it is another one.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)))
  return spawnSync('npm', args, { cwd, env, encoding: 'utf8', timeout, shell: process.platform === 'win32' })
}

/** Sum of the sizes of all files below a folder, in bytes. */
export function sizeBelow(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0)
}
