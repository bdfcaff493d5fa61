/** Containers of built images, by buildah, in a storage of their own. Every command has a mount namespace of its own, so that nothing stays
 *  mounted; and no network. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { is } from 'uvu/assert'
import type { Outcome } from './cli.js'

export interface ContainerBase {
  /** Debian's smallest, from debootstrap: an OCI archive, and its files. */
  readonly image: string
  readonly files: string
}

/** What scripts/container.sh has made (TNP_CONTAINER); null where it has not, or where the tests are not run by root. */
export function containerBase(): ContainerBase | null {
  const folder = process.env.TNP_CONTAINER
  if (folder === undefined || process.getuid?.() !== 0) return null
  const base = { image: join(folder, 'base.oci.tar'), files: join(folder, 'base.tar') }
  return existsSync(base.image) && existsSync(base.files) ? base : null
}

export interface RunOptions {
  /** Default: the image's. */
  readonly user?: string
  /** Path in the container -> what is there; of folders that are not `writable` nobody can change anything. */
  readonly binds?: Readonly<Record<string, string>>
  readonly writable?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Default: the image's. */
  readonly cwd?: string
}

export class ImageStore {
  readonly #dir = mkdtempSync('/var/tmp/tnp-pipe-images-')
  readonly #empty = join(this.#dir, 'empty')

  constructor() {
    mkdirSync(this.#empty)
  }

  /** A container of an image in an OCI archive. Gives its name. */
  container(archive: string): string {
    return this.#ok(this.#buildah(['from', '--quiet', `oci-archive:${archive}`])).trim()
  }

  /** The name under which an OCI archive's image is loaded. */
  reference(archive: string): string {
    const { stdout } = spawnSync('tar', ['-xOf', archive, 'index.json'], { encoding: 'utf8' })
    const { manifests } = JSON.parse(stdout) as { manifests: { annotations: Record<string, string> }[] }
    return manifests[0]!.annotations['org.opencontainers.image.ref.name']!
  }

  /** User, environment, entry point and command, as the image has them. */
  config(container: string): Record<string, unknown> {
    const told = JSON.parse(this.#ok(this.#buildah(['inspect', container]))) as { OCIv1: { config: object } }
    return told.OCIv1.config as Record<string, unknown>
  }

  /** Runs a command, as `docker run --read-only --network none` does. Folders where everybody may write are empty and read-only, but for
   *  those that are named. */
  run(
    container: string,
    argv: readonly string[],
    { user, binds = {}, writable = [], env = {}, cwd }: RunOptions = {},
  ): Outcome {
    const all = {
      '/tmp': this.#empty,
      '/var/tmp': this.#empty,
      '/run/lock': this.#empty,
      '/dev/shm': this.#empty,
      ...binds,
    }
    const options = [
      ...Object.entries(all).map(([to, from]) => `--volume=${from}:${to}:${writable.includes(to) ? 'rw' : 'ro'}`),
      ...Object.entries(env).map(([name, text]) => `--env=${name}=${text}`),
      ...(user === undefined ? [] : [`--user=${user}`]),
      ...(cwd === undefined ? [] : [`--workingdir=${cwd}`]),
    ]
    const outcome = this.#buildah(['run', '--isolation', 'chroot', ...options, container, '--', ...argv])
    // buildah's own words on a program that fails.
    const stderr = outcome.stderr.replaceAll(/^(subprocess exited with status \d+|Error: exit status \d+)\n/gm, '')
    return { ...outcome, stderr }
  }

  /** Runs a script of bash where $root is the container's root, mounted read-only; root's rights, a mount namespace of its own. */
  mounted(container: string, script: string): Outcome {
    const prelude = `root=$(${this.#command().join(' ')} mount ${container}); mount --bind "$root" "$root"; mount -o remount,bind,ro "$root"`
    return isolated(['bash', '-euc', `${prelude}\n${script}`])
  }

  /** Bytes of all its files. */
  bytes(container: string): number {
    return Number(this.#ok(this.mounted(container, 'du -sbx "$root" | cut -f 1')))
  }

  remove(): void {
    rmSync(this.#dir, { recursive: true, force: true })
  }

  #command(): string[] {
    return ['buildah', '--root', join(this.#dir, 'storage'), '--runroot', join(this.#dir, 'run')]
  }

  #buildah(args: readonly string[]): Outcome {
    return isolated([...this.#command(), ...args])
  }

  #ok({ status, stdout, stderr }: Outcome): string {
    is(status, 0, stderr)
    return stdout
  }
}

/** A command in mount and network namespaces of its own: only the loopback is there. */
export function isolated(argv: readonly string[]): Outcome {
  const spaces = ['--mount', '--propagation', 'private', '--net']
  const args = [...spaces, 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh', ...argv]
  const { status, stdout, stderr } = spawnSync('unshare', args, { encoding: 'utf8', timeout: 180_000 })
  return { status, stdout, stderr }
}
