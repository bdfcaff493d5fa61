/** What lies in the places that a user names: outputs of runs, results of fits, scale factors. Told by their content and, of outputs, by
 *  the names that runs give. */
import { open, readdir, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { isRemote } from '../bytes/address.js'
import { nearestHint, type Problem, UsageError } from '../core/errors.js'
import { PICKLE, TEMPORARY_SUFFIX } from '../formats/index.js'

export interface FoundFile {
  readonly path: string
  readonly bytes: number
  readonly modified: number
}

export interface FoundMethod {
  readonly name: string
  /** By their names. */
  readonly files: readonly FoundFile[]
}

export interface FoundDataset {
  readonly name: string
  readonly methods: readonly FoundMethod[]
}

export interface FoundRun {
  readonly path: string
  readonly datasets: readonly FoundDataset[]
}

export interface Found {
  readonly runs: readonly FoundRun[]
  /** Results of fits. */
  readonly fits: readonly string[]
  /** scale-factors.json */
  readonly factors: readonly string[]
}

/** <dataset>/<method>_<k>. */
const METHOD = /^get_[a-z0-9_]+_\d+$/
/** Folders below the one that is named. */
const DEPTH = 4

/** Throws UsageError with every place that is not there or has nothing to show. */
export async function findResults(places: readonly string[]): Promise<Found> {
  const problems: Problem[] = []
  const found = { runs: [] as FoundRun[], fits: [] as string[], factors: [] as string[] }
  for (const place of places) {
    const what = await status(place, problems)
    if (what === null) continue
    const here = { datasets: [] as FoundDataset[], fits: [] as string[], factors: [] as string[] }
    if (what.isFolder) await look(place, DEPTH, here)
    else await lookAt(place, here, problems)
    if (here.datasets.length > 0) found.runs.push({ path: place, datasets: here.datasets })
    found.fits.push(...here.fits)
    found.factors.push(...here.factors)
    if (what.isFolder && here.datasets.length + here.fits.length + here.factors.length === 0) {
      const message = `has no results: no folders of datasets (Data/get_..._1), no results of fits (JSON), no scale-factors.json.${await neighbours(place)}`
      problems.push({ place, message })
    }
  }
  if (problems.length > 0) throw new UsageError(problems)
  return found
}

async function status(place: string, problems: Problem[]): Promise<{ readonly isFolder: boolean } | null> {
  if (isRemote(place)) {
    problems.push({ place, message: 'is at a server. Copy it to this machine, and name the copy.' })
    return null
  }
  try {
    return { isFolder: (await stat(place)).isDirectory() }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const why = code === 'ENOENT' ? `is not there.${await neighbours(place)}` : `cannot be read (${message}).`
    problems.push({ place, message: why })
    return null
  }
}

async function neighbours(place: string): Promise<string> {
  const folder = dirname(resolve(place))
  const names = await readdir(folder).catch(() => [])
  return nearestHint(
    basename(place),
    names.filter(name => name !== basename(place)),
  )
}

interface Here {
  readonly datasets: FoundDataset[]
  readonly fits: string[]
  readonly factors: string[]
}

async function look(folder: string, depth: number, here: Here): Promise<void> {
  // A folder of one method was named.
  if (METHOD.test(basename(resolve(folder)))) {
    const method = { name: basename(resolve(folder)), files: await filesIn(folder) }
    here.datasets.push({ name: basename(dirname(resolve(folder))), methods: [method] })
    return
  }
  const entries = (await readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1))
  const folders = entries.filter(entry => entry.isDirectory() && !/^[._]|^node_modules$/.test(entry.name))
  const methods = folders.filter(({ name }) => METHOD.test(name))
  if (methods.length > 0) {
    const found = methods.map(async ({ name }) => ({ name, files: await filesIn(join(folder, name)) }))
    here.datasets.push({ name: basename(resolve(folder)), methods: await Promise.all(found) })
  }
  for (const entry of entries)
    if (entry.isFile() && entry.name.endsWith('.json')) await sort(join(folder, entry.name), here)
  if (depth === 0) return
  for (const { name } of folders) if (!METHOD.test(name)) await look(join(folder, name), depth - 1, here)
}

async function filesIn(folder: string): Promise<FoundFile[]> {
  const names = (await readdir(folder)).filter(name => !name.endsWith(TEMPORARY_SUFFIX)).sort()
  return Promise.all(
    names.map(async name => {
      const path = join(folder, name)
      const { size, mtimeMs } = await stat(path)
      return { path, bytes: size, modified: mtimeMs }
    }),
  )
}

/** Puts a JSON file where it belongs. Its kind stands at its beginning. */
async function sort(path: string, here: Here): Promise<boolean> {
  const format = /"format"\s*:\s*"tnp-pipe ([a-z ]+)"/.exec((await head(path)).toString('latin1'))?.[1]
  if (format === 'fits') here.fits.push(path)
  else if (format === 'scale factors') here.factors.push(path)
  else return false
  return true
}

/** A file that the user named: also one of histograms. */
async function lookAt(path: string, here: Here, problems: Problem[]): Promise<void> {
  if (await sort(path, here)) return
  const start = await head(path)
  const isHists = start[0] === PICKLE || /^\s*\{\s*"[^"]*"\s*:\s*\{\s*"uhi_schema"/.test(start.toString('latin1'))
  if (!isHists) {
    const message = 'is none of: results of fits, scale-factors.json, histograms of passing and failing probes.'
    problems.push({ place: path, message })
    return
  }
  const { size, mtimeMs } = await stat(path)
  const folder = basename(dirname(resolve(path)))
  const isMethod = METHOD.test(folder)
  const dataset = isMethod ? basename(dirname(dirname(resolve(path)))) : folder
  const files = [{ path, bytes: size, modified: mtimeMs }]
  here.datasets.push({ name: dataset, methods: [{ name: isMethod ? folder : 'histograms', files }] })
}

const HEAD_BYTES = 1024

async function head(path: string): Promise<Buffer> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
