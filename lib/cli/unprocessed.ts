/** `get-unprocessed-partitions --input-json F --output-location OUT`: the part of a preprocessed fileset that a run has left
 *  undone, as a fileset for another run. Looks at every output of a dataset: at part files, and at reports, since partitions
 *  that could not be read leave empty files. */

import { gunzipSync } from 'node:zlib'
import { joinAddress } from '../bytes/address.js'
import { readPlace } from '../bytes/places.js'
import { datasetDir } from '../config/index.js'
import { type Problem, UsageError } from '../core/errors.js'
import { isObject } from '../core/is-object.js'
import { parseOrdered } from '../core/json-text.js'
import { joined, ordered } from '../core/ordered.js'
import { writeAtomic } from '../formats/index.js'
import { type ListedPartition, missingPartitions } from './processed.js'

export interface UnprocessedFlags {
  readonly inputJson: string
  readonly outputLocation: string
  readonly outputJson: string
  /** As the run had it; absent: it had none, or the outputs tell. */
  readonly repartitionNToOne?: number
}

type Json = Readonly<Record<string, unknown>>

/** What the command prints: one line a dataset. Throws UsageError where the fileset has no steps, or outputs are of another
 *  fileset or repartitioned, DataError where a file cannot be read; nothing is written then. */
export async function unprocessedCommand(flags: UnprocessedFlags): Promise<string> {
  const { inputJson, outputLocation, outputJson, repartitionNToOne = null } = flags
  const datasets = await readFileset(inputJson)
  const missing: [string, Json][] = []
  const lines: string[] = []
  const problems: Problem[] = []
  for (const { name, json, partitions } of datasets) {
    const folder = joinAddress(outputLocation, datasetDir(name))
    try {
      const open = await missingPartitions(folder, partitions, repartitionNToOne)
      lines.push(`${name}: ${open.size} of ${partitions.length} partitions unprocessed\n`)
      if (open.size > 0) missing.push([name, reduced(json, open)])
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      problems.push(...error.problems)
    }
  }
  if (problems.length > 0) throw new UsageError(problems)
  await writeAtomic(outputJson, JSON.stringify(ordered(missing), null, 2))
  return lines.join('')
}

interface ListedDataset {
  readonly name: string
  readonly json: Json
  readonly partitions: readonly ListedPartition[]
}

async function readFileset(path: string): Promise<ListedDataset[]> {
  const problems: Problem[] = []
  const datasets = Object.entries(await readJson(path)).flatMap(([name, json]) => {
    if (name === '$schema') return []
    const place = `${path} /${name}`
    if (!isObject(json) || !isObject(json.files)) {
      problems.push({ place, message: 'has no "files". Wanted a preprocessed fileset.' })
      return []
    }
    return [{ name, json, partitions: partitionsOf(json.files, `${place}/files`, problems) }]
  })
  if (problems.length > 0) throw new UsageError(problems)
  return datasets
}

/** Steps are numbered over the files in order, as runs number their outputs. */
function partitionsOf(files: Json, place: string, problems: Problem[]): ListedPartition[] {
  return Object.entries(files).flatMap(([file, about]) => {
    const steps = isObject(about) ? about.steps : undefined
    if (Array.isArray(steps) && steps.every(isStep)) return steps.map(([start, stop]) => ({ file, start, stop }))
    problems.push({
      place: `${place}/${file}`,
      message: 'has no steps [[start, stop], ...]. Preprocess the fileset first.',
    })
    return []
  })
}

function isStep(step: unknown): step is [number, number] {
  return Array.isArray(step) && step.length === 2 && step.every(n => Number.isInteger(n))
}

/** The dataset with the files and steps that are left; everything else stays. open: numbers of partitions. */
function reduced(json: Json, open: ReadonlySet<number>): Json {
  let partition = 0
  const files = Object.entries(json.files as Json).flatMap(([file, about]): [string, Json][] => {
    const { steps } = about as { steps: unknown[] }
    const left = steps.filter(() => open.has(partition++))
    return left.length === 0 ? [] : [[file, joined<unknown>(about as Json, { steps: left })]]
  })
  return joined<unknown>(json, { files: ordered(files) })
}

async function readJson(path: string): Promise<Json> {
  const bytes = await readPlace(path)
  let json: unknown
  try {
    json = parseOrdered((bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString('utf8'))
  } catch (cause) {
    throw new UsageError([{ place: path, message: `is not JSON (${(cause as Error).message}).` }])
  }
  if (isObject(json)) return json
  throw new UsageError([{ place: path, message: 'wanted a JSON object of datasets.' }])
}
