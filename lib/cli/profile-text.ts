/** Where the time of a run went, as text. */
import type { DatasetSummary, JobSummary } from '../job/index.js'

type Profile = DatasetSummary['profile']

/** For each dataset a table of its stages (seconds on the clock and of the processor, summed over chunks and workers; events, pairs
 *  or rows that came in and left), what reading consists of, and what limits the job. */
export function profileText(summary: JobSummary): string {
  return summary.datasets.map(datasetText).join('')
}

function datasetText({ name, events, profile }: DatasetSummary): string {
  const total = sum(profile.nodes.map(n => (n.isBeside ? 0 : n.wall)))
  const head = `${name}: ${events} events in ${profile.wall.toFixed(3)} s, ${profile.cpu.toFixed(3)} s of processor time`
  const lines = [head, ...table(profile, total), ...readLines(profile.read), limitLine(profile, total)]
  return `${lines.join('\n  ')}\n`
}

function table({ nodes }: Profile, total: number): string[] {
  const width = Math.max('stage'.length, ...nodes.map(n => n.id.length))
  const row = (cells: readonly string[]) =>
    cells
      .map((cell, k) => cell.padStart(WIDTHS[k]!))
      .join('  ')
      .trimEnd()
  const rows = nodes.map(n => {
    const cells = [
      n.wall.toFixed(3),
      n.cpu?.toFixed(3) ?? '',
      n.isBeside ? 'beside' : percent(n.wall, total),
      number(n.in),
      number(n.out),
    ]
    return `${n.id.padEnd(width)}  ${row(cells)}`
  })
  return [`${'stage'.padEnd(width)}  ${row(['clock s', 'cpu s', 'share', 'in', 'out'])}`, ...rows]
}

const WIDTHS = [8, 8, 7, 10, 10]

function readLines({ bytes, requests, waiting, decompressing, placing, unpackedBytes, columnBytes }: Profile['read']) {
  return [
    `reading: ${megabytes(bytes)} in ${requests} requests, waited for ${waiting.toFixed(3)} s`,
    `  decompressed to ${megabytes(unpackedBytes)} in ${decompressing.toFixed(3)} s${rate(unpackedBytes, decompressing)}`,
    `  put into columns, ${megabytes(columnBytes)}, in ${placing.toFixed(3)} s${rate(columnBytes, placing)}`,
  ]
}

const ENCODING: ReadonlySet<string> = new Set(['encodeParquet', 'encodeRNTuple', 'encodeTTree'])
const READING: ReadonlySet<string> = new Set(['decodeBranches', 'decodeLate'])

/** The largest share, in the words of what a user could do something about. */
function limitLine({ nodes, read }: Profile, total: number): string {
  const time = (which: (node: Profile['nodes'][number]) => boolean) =>
    sum(nodes.filter(n => !n.isBeside && which(n)).map(n => n.wall))
  const isOutput = (n: Profile['nodes'][number]) => n.kind === 'sink' || ENCODING.has(n.stage)
  const reading = time(n => READING.has(n.stage))
  const { waiting, decompressing } = read
  const shares: readonly (readonly [what: string, seconds: number])[] = [
    ['the disk or the network', waiting],
    ['decompression', decompressing],
    ['opening files and decoding', Math.max(0, reading - waiting - decompressing)],
    ['selection, filters and filling', time(n => !READING.has(n.stage) && !isOutput(n))],
    ['writing outputs', time(isOutput)],
  ]
  const [first, ...others] = [...shares].sort((a, b) => b[1] - a[1])
  const share = ([what, seconds]: readonly [string, number]) => `${what} ${percent(seconds, total)}`
  return `limited by ${share(first!)}; ${others.map(share).join(', ')}`
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function percent(part: number, whole: number): string {
  return `${(whole === 0 ? 0 : (100 * part) / whole).toFixed(1)} %`
}

function number(value: number | null): string {
  return value === null ? '' : String(value)
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}

function rate(bytes: number, seconds: number): string {
  return seconds === 0 ? '' : ` (${(bytes / 1e6 / seconds).toFixed(0)} MB/s)`
}
