/** Which partitions of a dataset the outputs of a run have: by the numbers of part files, and by reports. */
import { hideAccess, joinAddress } from '../bytes/address.js'
import { listFolder, readPlace, statusOf } from '../bytes/places.js'
import { partFileCount } from '../config/index.js'
import { UsageError } from '../core/errors.js'
import { pythonRepr } from '../formats/index.js'

/** Entries [start, stop) of a file; its number is its place in the list. */
export interface ListedPartition {
  readonly file: string
  readonly start: number
  readonly stop: number
}

/** Numbers of the partitions that any output in the dataset's folder lacks or that a report says were not read; all of them
 *  where there is no output. `repartition`: partitions a part file holds (null: 1, unless the outputs contradict). Throws
 *  UsageError where outputs or reports are of other partitions. */
export async function missingPartitions(
  folder: string,
  partitions: readonly ListedPartition[],
  repartition: number | null,
): Promise<Set<number>> {
  const outputs = await foldersIn(folder)
  const missing = new Set<number>()
  let told = false
  for (const output of outputs) {
    const names = (await listFolder(output)).map(entry => entry.name)
    const failed = await reportedFailures(output, names, partitions)
    for (const partition of failed ?? []) missing.add(partition)
    const series = partSeries(names)
    for (const [pattern, parts] of series) {
      const place = joinAddress(output, pattern)
      if (repartition === null) refuseRepartitioned(place, parts, partitions.length, failed?.size === 0)
      for (const partition of absent(place, parts, partitions.length, repartition ?? 1)) missing.add(partition)
    }
    // Folders are made before anything is read: an empty one is that of a method without results.
    if (names.length === 0) addAll(missing, partitions.length)
    told ||= failed !== null || series.size > 0
  }
  if (!told) addAll(missing, partitions.length)
  return missing
}

function addAll(missing: Set<number>, count: number): void {
  for (let i = 0; i < count; i++) missing.add(i)
}

async function foldersIn(folder: string): Promise<string[]> {
  // A server that cannot be asked is not one without outputs.
  const found = await statusOf(folder)
  if (found?.isFolder !== true) return []
  const entries = await listFolder(folder)
  return entries.filter(entry => entry.isFolder).map(entry => joinAddress(folder, entry.name))
}

/** Numbers as they are written, by what stands around them: `NTuples-part*.parquet`, `passing_..._NTuples-part*.root`. */
function partSeries(names: readonly string[]): Map<string, string[]> {
  const series = new Map<string, string[]>()
  for (const name of names) {
    const [, prefix, part, extension] = /^([^.].*part|part)(\d+)(\.parquet|\.root)$/.exec(name) ?? []
    if (part === undefined) continue
    const pattern = `${prefix}*${extension}`
    series.set(pattern, [...(series.get(pattern) ?? []), part])
  }
  return series
}

/** The partitions whose part file is not there. */
function absent(place: string, parts: readonly string[], count: number, repartition: number): number[] {
  const files = partFileCount(count, repartition)
  const digits = String(Math.max(0, files - 1)).length
  const wrong = parts.find(part => part.length !== digits || Number(part) >= files)
  if (wrong !== undefined) {
    const joined = repartition === 1 ? '' : ` (${repartition} in one)`
    throw otherRun(
      place,
      `part "${wrong}" is none of ${count} partitions${joined}, wanted ${'0'.repeat(digits)} to ${files - 1}. Give the --repartition-n-to-one of the run, or the fileset that it had`,
    )
  }
  const present = new Set(parts.map(Number))
  return Array.from({ length: count }, (_, i) => i).filter(i => !present.has(Math.floor(i / repartition)))
}

/** Fewer files than partitions, though the report tells that all were read: such numbers may come of repartitioning. */
function refuseRepartitioned(place: string, parts: readonly string[], count: number, allRead: boolean): void {
  const files = parts.length
  const isRun = new Set(parts.map(Number)).size === files && parts.every(part => Number(part) < files)
  if (!allRead || !isRun || files >= count) return
  const joined = Math.ceil(count / files)
  if (partFileCount(count, joined) !== files) return
  throw otherRun(
    place,
    `${files} files for ${count} partitions that were all read: the run seems to have joined them. Give --repartition-n-to-one ${joined}, or 1 if files were lost`,
  )
}

/** Partitions that the reports of an output say were not read; null where there is no report. */
async function reportedFailures(
  output: string,
  names: readonly string[],
  partitions: readonly ListedPartition[],
): Promise<Set<number> | null> {
  const reports = names.filter(name => /(^|_)report\.json$/.test(name))
  const failed = new Set<number>()
  for (const name of reports) {
    const place = joinAddress(output, name)
    const entries = parseReport((await readPlace(place)).toString('utf8'), place)
    if (entries.length !== partitions.length) {
      const counts = `reports ${entries.length} partitions, the fileset has ${partitions.length}`
      throw otherRun(place, `${counts}. Give the fileset that the run had`)
    }
    for (const [i, { args, exception }] of entries.entries()) {
      const { file, start, stop } = partitions[i]!
      const wanted = [pythonRepr(hideAccess(file)), String(start), String(stop)]
      const reported = withoutCgi(args[0] ?? '')
      if (args.length > 3 && [reported, args[2], args[3]].join() !== wanted.join()) {
        const got = `${reported} ${args[2]}-${args[3]}`
        throw otherRun(
          place,
          `partition ${i} is ${got} there and ${wanted[0]} ${start}-${stop} in the fileset. Give the fileset that the run had`,
        )
      }
      if (exception !== null) failed.add(i)
    }
  }
  return reports.length === 0 ? null : failed
}

/** Reports have URLs without what grants access, and with numbers where they differ in that alone: `'root://host//file?...2'`. */
function withoutCgi(quoted: string): string {
  return /^'[a-z]+:\/\/.*\?/is.test(quoted) ? quoted.replace(/\?.*$/s, "?...'") : quoted
}

interface Reported {
  readonly args: readonly string[]
  readonly exception: string | null
}

function parseReport(text: string, place: string): Reported[] {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw otherRun(place, 'is not JSON. Remove it if it is no report of a run')
  }
  if (!Array.isArray(json)) throw otherRun(place, 'is no list. Remove it if it is no report of a run')
  return json.map((entry: Partial<Reported> | null) => ({
    args: entry?.args ?? [],
    exception: entry?.exception ?? null,
  }))
}

function otherRun(place: string, message: string): UsageError {
  return new UsageError([{ place, message: `${message}.` }])
}
