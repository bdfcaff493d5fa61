/** Read reports: what became of each partition, in the JSON that the reference writes (dask-awkward's report of uproot, put
 *  out by awkward with four spaces). Python's json module lays it out with ", " before each line's end. */
import { hostname } from 'node:os'
import { asciiJsonString, floatJson, pythonRepr } from './python-text.js'

/** One partition. Names are those of the file. */
export interface ReportEntry {
  /** Time of the failure in ns since 1970; null where the partition was read. */
  readonly call_time: bigint | null
  /** Seconds that reading took. */
  readonly duration: number | null
  readonly performance_counters: {
    readonly num_requested_bytes: number
    readonly num_requests: number
    readonly num_requested_chunks: number
  } | null
  /** Python's repr of path, tree, start, stop and whether start and stop are entries. */
  readonly args: readonly string[]
  /** Class name of a Python exception, and its text. */
  readonly exception: string | null
  readonly message: string | null
  readonly fqdn: string | null
  readonly hostname: string | null
}

/** Which entries of which file. Where isStep is false the partition is the whole file, and the report says "step 0 of 1". */
export interface ReportedRange {
  readonly file: string
  readonly tree: string
  readonly start: number
  readonly stop: number | null
  readonly isStep: boolean
}

export function readEntry(
  read: ReportedRange & {
    readonly durationSeconds: number
    readonly bytes: number
    readonly requests: number
    /** Byte ranges that were asked for, before neighbours were joined into requests. */
    readonly chunks: number
  },
): ReportEntry {
  return {
    call_time: null,
    duration: read.durationSeconds,
    performance_counters: {
      num_requested_bytes: read.bytes,
      num_requests: read.requests,
      num_requested_chunks: read.chunks,
    },
    args: argsOf(read),
    exception: null,
    message: null,
    fqdn: null,
    hostname: null,
  }
}

/** timeNs and host: now and this machine where absent. */
export function failedEntry(
  failed: ReportedRange & {
    readonly exception: string
    readonly message: string
    readonly timeNs?: bigint
    readonly host?: string
  },
): ReportEntry {
  const host = failed.host ?? hostname()
  return {
    call_time: failed.timeNs ?? BigInt(Date.now()) * 1_000_000n,
    duration: null,
    performance_counters: null,
    args: argsOf(failed),
    exception: failed.exception,
    message: failed.message,
    fqdn: host,
    hostname: host,
  }
}

function argsOf({ file, tree, start, stop, isStep }: ReportedRange): string[] {
  const range = isStep ? [String(start), stop === null ? 'None' : String(stop), 'True'] : ['0', '1', 'False']
  return [pythonRepr(file), pythonRepr(tree), ...range]
}

/** The text of a report file: one entry a partition, in partition order. */
export function reportJson(entries: Iterable<ReportEntry>): string {
  return Buffer.concat([...reportPieces(entries)]).toString('utf8')
}

/** Entries that are written together. */
const ENTRIES_A_PIECE = 100

/** The same in pieces: those of thousands of partitions would take 40 MB at once. */
export function* reportPieces(entries: Iterable<ReportEntry>): Iterable<Uint8Array> {
  let count = 0
  let piece: string[] = []
  for (const entry of entries) {
    piece.push(`${count++ === 0 ? '[\n' : ', \n'}${INDENT}${entryJson(entry)}`)
    if (piece.length < ENTRIES_A_PIECE) continue
    yield Buffer.from(piece.join(''))
    piece = []
  }
  piece.push(count === 0 ? '[]' : '\n]')
  yield Buffer.from(piece.join(''))
}

const INDENT = '    '

function entryJson(entry: ReportEntry): string {
  const counters = entry.performance_counters
  const fields = [
    ['call_time', entry.call_time === null ? 'null' : String(entry.call_time)],
    ['duration', entry.duration === null ? 'null' : floatJson(entry.duration)],
    ['performance_counters', counters === null ? 'null' : objectJson(Object.entries(counters), INDENT + INDENT)],
    ['args', listJson(entry.args.map(asciiJsonString), INDENT + INDENT)],
    ['kwargs', '[]'],
    ['exception', textJson(entry.exception)],
    ['message', textJson(entry.message)],
    ['fqdn', textJson(entry.fqdn)],
    ['hostname', textJson(entry.hostname)],
  ] as const
  return objectJson(fields, INDENT)
}

function textJson(text: string | null): string {
  return text === null ? 'null' : asciiJsonString(text)
}

/** indent: that of the line on which the value begins. */
function objectJson(fields: readonly (readonly [string, string | number])[], indent: string): string {
  return bracketed(
    '{',
    fields.map(([key, value]) => `"${key}": ${value}`),
    '}',
    indent,
  )
}

function listJson(items: readonly string[], indent: string): string {
  return bracketed('[', items, ']', indent)
}

function bracketed(open: string, items: readonly string[], close: string, indent: string): string {
  if (items.length === 0) return open + close
  return `${open}\n${items.map(item => indent + INDENT + item).join(', \n')}\n${indent}${close}`
}
