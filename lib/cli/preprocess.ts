/** `tnp-pipe preprocess [FILESET]`: a fileset whose files are split into steps and known to be readable. The result goes to
 *  stdout or to files; progress and what was left out go to stderr. */
import { gzipSync } from 'node:zlib'
import { hideAccess, hideAccessIn, nameOfPlace } from '../bytes/address.js'
import {
  describeDuplicates,
  duplicateFiles,
  type Fileset,
  formatProblems,
  loadFileset,
  parseFileset,
  uuidKey,
} from '../config/index.js'
import { writeAtomic } from '../formats/index.js'
import { type Preprocessed, type PreprocessProgress, preprocessEntries } from '../preprocess/index.js'
import { checkedCredentials } from './remote-options.js'
import { readStdin } from './stdin.js'

export interface PreprocessFlags {
  readonly available?: string
  readonly all?: string
  readonly stepSize?: number
  readonly alignClusters: boolean
  readonly recalculateSteps: boolean
  readonly skipBadFiles: boolean
  readonly fileExceptions?: readonly string[]
  /** Not given: as far as the files of a dataset agree. */
  readonly saveForm?: boolean
  readonly filesPerBatch?: number
  readonly stepSizeSafetyFactor?: number
  readonly allowEmptyDatasets: boolean
  readonly jobs?: number
}

/** What the command prints: the fileset of readable files, or nothing where it goes to a file. `path`: '-' or undefined for
 *  stdin. */
export async function preprocessCommand(path: string | undefined, flags: PreprocessFlags): Promise<string> {
  const { entries, warnings } = await readFileset(path)
  const places = entries.flatMap(({ dataset }) => dataset.files.map(file => file.path))
  for (const message of await checkedCredentials(places)) say(`warning: ${message}`)
  if (warnings.length > 0) say(`warning: ${formatProblems(warnings)}`)
  const meter = fileMeter(process.stderr)
  const { available: availableTo, all, filesPerBatch: _, ...options } = flags
  const result = await preprocessEntries(entries, {
    ...options,
    onWarning: message => {
      meter.clear()
      say(`warning: ${message}`)
    },
    onProgress: meter.update,
  }).finally(meter.clear)
  for (const line of [...duplicates(result), ...summary(result)]) say(line)
  if (all !== undefined) await writeJson(all, result.updated)
  if (availableTo === undefined) return jsonText(result.available)
  await writeJson(availableTo, result.available)
  return ''
}

function say(line: string): void {
  process.stderr.write(`${hideAccessIn(line)}\n`)
}

/** The fileset in a file, or on stdin for '-' and undefined. */
export async function readFileset(path: string | undefined): Promise<Fileset> {
  if (path !== undefined && path !== '-') return loadFileset(path)
  return parseFileset(await readStdin(), 'stdin')
}

export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

/** Gzipped where the name ends in .gz. */
async function writeJson(path: string, value: unknown): Promise<void> {
  const text = jsonText(value)
  await writeAtomic(path, nameOfPlace(path).endsWith('.gz') ? gzipSync(text) : text)
}

/** Files of one UUID in a dataset. */
function duplicates({ available }: Preprocessed): string[] {
  return Object.entries(available).flatMap(([name, { files }]) => {
    const listed = Object.entries(files).map(([path, { object_path: tree, steps, num_entries: numEntries, uuid }]) => ({
      ...{ path: hideAccess(path), tree: tree ?? '', steps, numEntries, uuid },
    }))
    const twice = duplicateFiles(listed, file => uuidKey(file.uuid, file.numEntries))
    if (twice.length === 0) return []
    return [
      `warning: dataset "${name}": files are listed twice, so their events count twice: ${describeDuplicates(twice)}`,
    ]
  })
}

function summary({ available, updated }: Preprocessed): string[] {
  return Object.entries(updated).map(([name, { files: all }]) => {
    const files = Object.values(available[name]?.files ?? {})
    const entries = files.reduce((sum, file) => sum + (file.num_entries ?? 0), 0)
    const steps = files.reduce((sum, file) => sum + (file.steps?.length ?? 0), 0)
    return `${name}: ${files.length} of ${Object.keys(all).length} files, ${entries} entries in ${steps} steps`
  })
}

const REDRAW_MS = 100
const PLAIN_LINE_MS = 10_000

/** Files done: one line that is redrawn on a terminal, now and then a plain line elsewhere. */
function fileMeter(stream: NodeJS.WriteStream) {
  const interval = stream.isTTY ? REDRAW_MS : PLAIN_LINE_MS
  let last = stream.isTTY ? 0 : performance.now()
  let drawn = false
  return {
    update({ filesDone, files, file }: PreprocessProgress) {
      const now = performance.now()
      if (now - last < interval) return
      last = now
      const text = `${filesDone}/${files} files, ${hideAccess(file)}`
      stream.write(stream.isTTY ? `\r\x1b[2K${text}` : `${text}\n`)
      drawn = stream.isTTY
    },
    clear() {
      if (drawn) stream.write('\r\x1b[2K')
      drawn = false
    },
  }
}
