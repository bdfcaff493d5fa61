/** Names of output folders and files, as the reference spells them. */

/** Folder of a dataset's outputs: one leading slash removed, the others become underscores. */
export function datasetDir(dataset: string): string {
  return dataset.replace(/^\//, '').replaceAll('/', '_')
}

/** A filter's name in the names of Parquet and pickle files: `cutBased >= 2` becomes `cutBased_gte_2`. Slashes, which would make
 *  folders, become underscores (the reference fails on them). */
export function sanitizeFilterName(name: string): string {
  return sanitizeReportName(name).replaceAll('>', 'gt').replaceAll('<', 'lt')
}

/** A filter's name in the name of its report. The reference leaves single `<` and `>` there: `pt<50_report.json`; files of
 *  the same name matter more than consistency. */
export function sanitizeReportName(name: string): string {
  return name.replaceAll(' ', '_').replaceAll('>=', 'gte').replaceAll('<=', 'lte').replaceAll('/', '_')
}

/** Most bytes of a file's name, here and at servers. */
const MOST_NAME_BYTES = 255
/** What stands around a filter's name in the longest name of a file that has it, with room for ten million parts. */
const LONGEST_AROUND = 'passing__NTuples-part1234567.parquet'.length

/** Why a filter's name makes no names of files, or null. */
export function filterNameProblem(name: string): string | null {
  if (name.includes('\0')) return 'has the character NUL, which names of files cannot have. Rename it.'
  const bytes = Buffer.byteLength(sanitizeFilterName(name)) + LONGEST_AROUND
  if (bytes <= MOST_NAME_BYTES) return null
  const most = MOST_NAME_BYTES - LONGEST_AROUND
  return `is too long for names of files (${bytes - LONGEST_AROUND} bytes, at most ${most}; "<" and ">" count as more). Rename it.`
}

/** `NTuples-part07.parquet`: number `part` of `count` files, padded to the digits of the last number. */
export function partFileName(part: number, count: number, prefix = 'NTuples', extension = '.parquet'): string {
  const digits = String(Math.max(0, count - 1)).length
  // Joined: one text, not a reference to its pieces.
  return [prefix, '-part', String(part).padStart(digits, '0'), extension].join('')
}

/** Files that `count` partitions make when `repartition` of them share one (null: one each). */
export function partFileCount(count: number, repartition: number | null): number {
  return repartition === null ? count : Math.ceil(count / repartition)
}

/** A path below a folder, which it does not leave, of names that files can have. */
export function isNameWithin(path: string): boolean {
  return (
    !path.startsWith('/') &&
    !path.includes('\0') &&
    path.split('/').every(name => name !== '..' && Buffer.byteLength(name) <= MOST_NAME_BYTES)
  )
}
