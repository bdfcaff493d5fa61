/** Node and the program, as workers need them: found where they are the same as here, sent where they are not (program.py). */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The module of the Node worker: beside the joined programs, or among the compiled modules. */
export const WORKER = fileURLToPath(
  new URL(import.meta.url.endsWith('/program-files.js') ? './node-worker.js' : './cluster-worker.js', import.meta.url),
)

/** Packages that the joined worker loads by their names. */
const PACKAGES = ['@foxglove/wasm-zstd', 'zstandard-wasm', 'xz-decompress', 'xxhash-wasm', 'lz4-wasm-nodejs']
/** Libraries that were joined when the program was built, beside its folder (core/places.ts). */
const LIBRARIES = 'lib/root/libraries'

export interface ProgramFiles {
  readonly node: string
  readonly root: string
  /** Paths from root, and names in the archive. */
  readonly names: readonly (readonly [string, string])[]
}

/** What is to be sent to a worker that has nothing. */
export function programFiles(): ProgramFiles {
  const bin = dirname(WORKER)
  const root = packageRoot(bin)
  const names: [string, string][] = [
    [relative(root, bin), 'bin'],
    ['package.json', 'package.json'],
    [relative(root, join(dirname(bin), LIBRARIES)), LIBRARIES],
  ]
  for (const name of PACKAGES) {
    const folder = packageFolder(name, bin)
    if (folder === null) continue
    names.push([relative(root, folder), join('node_modules', name)])
  }
  return { node: process.execPath, root, names }
}

/** By which a worker knows that a program is the driver's: see node_workers.py. */
export function programDigest(worker: string = WORKER): string {
  const digest = createHash('sha256')
  for (const path of [worker, join(dirname(worker), 'pipelines.js')]) {
    if (path === worker || existsSync(path)) digest.update(readFileSync(path))
  }
  return digest.digest('hex')
}

function packageRoot(folder: string): string {
  let root = folder
  while (!existsSync(join(root, 'package.json')) && root !== dirname(root)) root = dirname(root)
  return root
}

/** As Node looks for it. */
function packageFolder(name: string, from: string): string | null {
  for (let at = from; ; at = dirname(at)) {
    if (!at.endsWith(`${sep}node_modules`)) {
      const found = join(at, 'node_modules', name)
      if (existsSync(found)) return found
    }
    if (at === dirname(at)) return null
  }
}
