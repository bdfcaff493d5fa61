/** Starts the programs out of one file of joined modules, with V8's code cache of it: compiled functions from an earlier run, which
 *  saves half of the 50 ms of loading.
 *
 *  The cache stands beside the file and is written when a job has run and there is none that fits: its name has V8's tag for
 *  version, flags and processor, the file's name a hash of its content. Where it cannot be written or does not fit, the programs
 *  are compiled as ever. */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cachedDataVersionTag } from 'node:v8'
import { Script } from 'node:vm'
import { crc32 } from '../core/crc32.js'
import type * as Programs from './program.js'

/** Name of the file of joined modules, which exports what program.js does; set where it is joined. */
declare const TNP_PROGRAMS: string

const OLDEST_NODE = 20

/** pick: the program, out of all. This module alone is loaded before Node's version is looked at, so it uses what old ones have. */
export async function launch(pick: (programs: typeof Programs) => Parameters<typeof Programs.main>[0]): Promise<void> {
  if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
    process.stderr.write(
      `tnp-pipe: Node ${OLDEST_NODE} or later is needed, and this is ${process.version} (${process.execPath}). ` +
        'Install a later one, or the archive that has its own Node.\n',
    )
    process.exitCode = 1
    return
  }
  const programs = loadPrograms(join(dirname(fileURLToPath(import.meta.url)), TNP_PROGRAMS))
  await programs.main(pick(programs))
}

function loadPrograms(path: string): typeof Programs {
  const require = createRequire(path)
  const cachePath = `${path}.${process.arch}-${cachedDataVersionTag()}.cache`
  const cachedData = readIfThere(cachePath)
  // The joined file is ASCII, one function, and not copied into V8's heap, which would begin to collect garbage 15 ms into a job.
  const script = new Script(readFileSync(path, 'latin1'), {
    filename: path,
    ...(cachedData === null ? {} : { cachedData }),
  })
  if (cachedData === null || script.cachedDataRejected === true) {
    process.once('exit', status => {
      if (status === 0 && ranJob()) writeQuietly(cachePath, () => script.createCachedData())
    })
  }
  const module = { exports: {} }
  // What comes out of a cache cannot import, so this module does it in its place.
  const run = script.runInThisContext() as (...args: unknown[]) => void
  run(module.exports, require, module, path, (specifier: string) => import(specifier))
  return module.exports as typeof Programs
}

/** What --help and --version compile is too little to be worth keeping. */
function ranJob(): boolean {
  return process.argv.some(argument => /^--config(=|$)/.test(argument))
}

const CHECKSUM_BYTES = 4

/** Behind its checksum: V8 takes damaged code for good code and crashes. */
function readIfThere(path: string): Buffer | null {
  try {
    if (!existsSync(path)) return null
    const bytes = readFileSync(path)
    const code = bytes.subarray(CHECKSUM_BYTES)
    return bytes.readUInt32LE(0) === crc32(code) ? code : null
  } catch {
    return null
  }
}

/** Another process may do the same at the same time: each writes its own file and gives it the name. */
function writeQuietly(path: string, make: () => Buffer): void {
  const temporary = `${path}.${process.pid}`
  try {
    const code = make()
    const checksum = Buffer.alloc(CHECKSUM_BYTES)
    checksum.writeUInt32LE(crc32(code))
    writeFileSync(temporary, Buffer.concat([checksum, code]), { flag: 'wx' })
    renameSync(temporary, path)
  } catch {
    // The folder may not be written to, or the disk is full: then it stays as slow as it was.
    try {
      rmSync(temporary, { force: true })
    } catch {
      // Not even that may be done there.
    }
  }
}
