/** `tnp-pipe fileset TOOL`: a fileset in, a smaller one out. */

import { readPlace } from '../bytes/places.js'
import { UsageError } from '../core/errors.js'
import { ordered } from '../core/ordered.js'
import {
  type FilesetJson,
  failedSteps,
  filterFiles,
  maxChunks,
  maxChunksPerFile,
  maxFiles,
  parseSlice,
  type ReportJson,
  sliceChunks,
  sliceFiles,
} from '../preprocess/index.js'
import { jsonText, readFileset } from './preprocess.js'

export interface FilesetFlags {
  readonly perFile?: boolean
  readonly match?: string
  readonly report?: readonly string[]
}

export type FilesetTool = (fileset: FilesetJson) => FilesetJson | Promise<FilesetJson>

/** Name of a tool -> the tool, made of its argument (a number or a slice) and flags. */
export const FILESET_TOOLS = {
  'max-files': n => fileset => maxFiles(fileset, count(n)),
  'max-chunks': n => fileset => maxChunks(fileset, count(n)),
  'max-chunks-per-file': n => fileset => maxChunksPerFile(fileset, count(n)),
  'slice-files': slice => fileset => sliceFiles(fileset, parseSlice(slice)),
  'slice-chunks':
    (slice, { perFile = false }) =>
    fileset =>
      sliceChunks(fileset, parseSlice(slice), { byDataset: !perFile }),
  'filter-files':
    (_, { match }) =>
    fileset => {
      if (match === undefined) return filterFiles(fileset)
      const pattern = regExp(match)
      return filterFiles(fileset, path => pattern.test(path))
    },
  'failed-steps':
    (_, { report = [] }) =>
    async fileset =>
      failedSteps(fileset, await readReports(report)),
} satisfies Record<string, (argument: string, flags: FilesetFlags) => FilesetTool>

/** What the command prints. `path`: '-' or undefined for stdin. Throws UsageError, DataError. */
export async function filesetCommand(path: string | undefined, tool: FilesetTool): Promise<string> {
  const { document } = await readFileset(path)
  return jsonText(withoutEmpty(await tool(document)))
}

/** The functions keep datasets without files, as coffea's do; but neither a run nor the next tool of a pipe takes them. */
function withoutEmpty(fileset: FilesetJson): FilesetJson {
  return ordered(
    Object.entries(fileset).filter(([name, dataset]) => {
      const files = (dataset as { readonly files?: object } | null)?.files
      const isEmpty = files !== undefined && Object.keys(files).length === 0
      if (isEmpty) process.stderr.write(`${name}: no file is left, so the dataset is left out\n`)
      return !isEmpty
    }),
  )
}

function count(text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  throw usage('number', `must be a whole number from 0, got "${text}".`)
}

function regExp(text: string): RegExp {
  try {
    return new RegExp(text)
  } catch (error) {
    throw usage('--match', `${(error as Error).message}.`)
  }
}

/** "dataset=path" -> the report at the path. */
async function readReports(given: readonly string[]): Promise<Record<string, ReportJson>> {
  const reports: [string, ReportJson][] = []
  for (const text of given) {
    const at = text.indexOf('=')
    if (at < 1) throw usage('--report', `"${text}": wanted dataset=report.json.`)
    const path = text.slice(at + 1)
    reports.push([text.slice(0, at), await readReport(path)])
  }
  return ordered(reports)
}

async function readReport(path: string): Promise<ReportJson> {
  const text = (await readPlace(path)).toString('utf8')
  try {
    const report: unknown = JSON.parse(text)
    if (Array.isArray(report)) return report
  } catch {
    // Said below.
  }
  throw usage(path, 'is no report: wanted a list in JSON.')
}

function usage(place: string, message: string): UsageError {
  return new UsageError([{ place, message }])
}
