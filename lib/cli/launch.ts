/** Starts the two programs that people wait for, `run-analysis` and `tnp-pipe`, out of one file of joined modules, with V8's code
 *  cache of it: compiled functions from the run before, which saves 50 of 110 ms of start-up.
 *
 *  The cache stands beside the file and is written when a run ends well and there is none that fits: its name has V8's tag for
 *  version, flags and processor, the file's name a hash of its content. Where it cannot be written or does not fit, the programs
 *  are compiled as ever. */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cachedDataVersionTag } from 'node:v8'
import { constants, Script } from 'node:vm'
import type * as Programs from './program.js'

/** Name of the file of joined modules, which exports what program.js does; set where it is joined. */
declare const TNP_PROGRAMS: string

export async function launch(name: 'runAnalysisProgram' | 'tnpPipeProgram'): Promise<void> {
  const programs = loadPrograms(join(dirname(fileURLToPath(import.meta.url)), TNP_PROGRAMS))
  await programs.main(programs[name])
}

function loadPrograms(path: string): typeof Programs {
  const require = createRequire(path)
  const loader = constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER
  // Before Node 20.12, what is compiled with a cache cannot import.
  if (loader === undefined) return require(path) as typeof Programs
  const cachePath = `${path}.${process.arch}-${cachedDataVersionTag()}.cache`
  const cachedData = readIfThere(cachePath)
  // The joined file is ASCII.
  const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(path, 'latin1')}\n})`
  const given = cachedData === null ? {} : { cachedData }
  const script = new Script(source, { filename: path, importModuleDynamically: loader, ...given })
  if (cachedData === null || script.cachedDataRejected === true) {
    process.once('exit', status => {
      if (status === 0) writeQuietly(cachePath, () => script.createCachedData())
    })
  }
  const module = { exports: {} }
  const run = script.runInThisContext() as (...args: unknown[]) => void
  run(module.exports, require, module, path, dirname(path))
  return module.exports as typeof Programs
}

function readIfThere(path: string): Buffer | null {
  try {
    return existsSync(path) ? readFileSync(path) : null
  } catch {
    return null
  }
}

/** Another process may do the same at the same time: each writes its own file and gives it the name. */
function writeQuietly(path: string, make: () => Buffer): void {
  const temporary = `${path}.${process.pid}`
  try {
    writeFileSync(temporary, make(), { flag: 'wx' })
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
