/** Files that the benchmarks read: generated where they are not there yet and kept, or given by the user. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { type FileShape, generateFile } from './generate.js'

/** Generated files and outputs; ignored by git. */
export const WORK = process.env.BENCH_WORK ?? join('.work', 'bench')
/** The number changes with the generator. */
const FOLDER = join(WORK, 'files-2')
/** Generated event files that differ; more files than these are links to them. */
const DISTINCT_FILES = 10

export interface Size {
  readonly eventsPerFile: number
  readonly branches: number
  readonly electronFields: number
}

export const FULL: Size = { eventsPerFile: 10_000, branches: 1600, electronFields: 66 }
export const QUICK: Size = { eventsPerFile: 200, branches: 500, electronFields: 66 }

/** The path of a generated file of this shape. */
export async function generated(seed: number, shape: FileShape): Promise<string> {
  const { events, branches, electronFields, compression } = shape
  const path = join(FOLDER, `${compression}-${events}x${branches}-${electronFields}-${seed}.root`)
  if (existsSync(path)) return path
  mkdirSync(FOLDER, { recursive: true })
  process.stderr.write(`making ${path} ...\n`)
  await writeFile(`${path}.part`, await generateFile(seed, shape))
  await rename(`${path}.part`, path)
  return path
}

/** `n` event files for the job: the given ones or generated ones, and links to them where there are fewer than n. */
export async function eventFiles(n: number, size: Size, given: readonly string[]): Promise<string[]> {
  const { eventsPerFile: events, branches, electronFields } = size
  const real = [...given]
  for (let k = 0; given.length === 0 && k < Math.min(n, DISTINCT_FILES); k++) {
    real.push(await generated(k, { events, branches, electronFields, compression: 'zstd' }))
  }
  return Array.from({ length: n }, (_, k) => {
    const path = real[k % real.length]!
    return k < real.length ? path : link(path, Math.floor(k / real.length))
  })
}

function link(path: string, round: number): string {
  const folder = join(FOLDER, `copy-${round}`)
  mkdirSync(folder, { recursive: true })
  // The folder of the original is part of the name: two given files may share theirs.
  const made = join(
    folder,
    resolve(path)
      .replaceAll(/[\\/:]/g, '-')
      .slice(-120),
  )
  if (existsSync(made)) return made
  try {
    symlinkSync(resolve(path), made)
  } catch {
    // Where links need rights that the user does not have.
    copyFileSync(path, made)
  }
  return made
}

/** The ROOT files of a path: itself, or those in the folder, by name. Throws where there are none. */
export function rootFilesIn(path: string): string[] {
  if (!existsSync(path)) throw new Error(`${path}: no such file or folder`)
  if (!statSync(path).isDirectory()) return [path]
  const names = readdirSync(path).filter(name => name.endsWith('.root'))
  if (names.length === 0) throw new Error(`${path}: a folder without .root files`)
  return names.sort().map(name => join(path, name))
}

export function writeJson(name: string, value: unknown): string {
  mkdirSync(WORK, { recursive: true })
  const path = join(WORK, basename(name))
  writeFileSync(path, JSON.stringify(value, null, 2))
  return path
}
