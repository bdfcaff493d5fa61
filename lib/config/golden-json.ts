/** Certified luminosity sections (golden JSON): run -> ranges, checked, merged and sorted. */
import { formatProblem, type Problem, UsageError } from '../core/errors.js'
import { type Cursor, Findings, show } from './cursor.js'
import { loadDocument, parseDocument } from './load.js'
import { checkSchema } from './schema-check.js'

/** Run number -> [first, last] ranges of luminosity sections, both inclusive, ascending and disjoint. */
export type GoldenRuns = ReadonlyMap<number, readonly (readonly [number, number])[]>

export interface GoldenOptions {
  /** Fetches what is no local file (http, https, root); default: fetch for http and https. */
  readonly readRemote?: (url: string) => Promise<Uint8Array>
  /** Called for what is odd and does not stop the run: a run that is listed twice. */
  readonly onWarning?: (message: string) => void
}

/** Reads a golden JSON from a path or URL, gzipped or not. Throws UsageError that names the file, the run and what is wrong. */
export async function loadGoldenJson(path: string, options: GoldenOptions = {}): Promise<GoldenRuns> {
  const findings = new Findings()
  const document = isUrl(path)
    ? await loadRemote(path, options.readRemote ?? fetchBytes, findings)
    : loadDocument(path, 'golden JSON', findings)
  checkSchema('golden', document)
  const runs = new Map<number, [number, number][]>()
  for (const [run, ranges] of document.entries()) {
    if (runs.has(Number(run)))
      ranges.warn(`run ${Number(run)} is there twice; the last one counts. Remove one, or join their ranges.`)
    runs.set(Number(run), resolveRanges(run, ranges))
  }
  if (findings.problems.length > 0) throw new UsageError(findings.problems)
  for (const warning of findings.warnings) options.onWarning?.(formatProblem(warning))
  return new Map([...runs].sort((a, b) => a[0] - b[0]))
}

function resolveRanges(run: string, ranges: Cursor): [number, number][] {
  const given: [number, number][] = []
  for (const range of ranges.items()) {
    if (range.isWrong) continue
    const [first, last] = range.or<[number, number]>([0, 0])
    if (last < first) range.problem(`run ${run}: the range ${show([first, last])} ends before it starts.`)
    given.push([first, last])
  }
  return mergeRanges(given)
}

/** Ranges in ascending order; those that overlap or touch become one. Both ends are inclusive. */
export function mergeRanges(ranges: readonly (readonly [number, number])[]): [number, number][] {
  const merged: [number, number][] = []
  for (const [first, last] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const before = merged.at(-1)
    if (before !== undefined && first <= before[1] + 1) before[1] = Math.max(before[1], last)
    else merged.push([first, last])
  }
  return merged
}

function isUrl(path: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(path)
}

async function loadRemote(
  url: string,
  read: (url: string) => Promise<Uint8Array>,
  findings: Findings,
): Promise<Cursor> {
  try {
    return parseDocument(await read(url), url, findings)
  } catch (error) {
    const problem: Problem = { place: url, message: `cannot be fetched: ${(error as Error).message}.` }
    throw new UsageError([problem])
  }
}

async function fetchBytes(url: string): Promise<Uint8Array> {
  if (!/^https?:/i.test(url)) throw new Error('only http and https URLs are read here; copy the file')
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`)
  return new Uint8Array(await response.arrayBuffer())
}
