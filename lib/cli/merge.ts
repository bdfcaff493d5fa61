/** `merge-parquet --source FILE|FOLDER|PATTERN --target T.parquet`: the Parquet files of a run's output as one. */
import { realpath } from 'node:fs/promises'
import { hideAccess, parseAddress } from '../bytes/address.js'
import { UsageError } from '../core/errors.js'
import { fileKind } from '../core/file-kind.js'
import { mergeParquet } from '../formats/index.js'
import { findFiles } from './find-files.js'

export interface MergeFlags {
  readonly source: string
  readonly target: string
}

/** What the command prints. Throws UsageError where no file is found, the target is one of them, or their columns differ. */
export async function mergeParquetCommand({ source, target }: MergeFlags): Promise<string> {
  const files = await findFiles(source, '.parquet', '--source', names => (names.some(isRoot) ? ` ${ROOT_ADVICE}` : ''))
  const root = files.filter(isRoot)
  if (root.length > 0) {
    throw new UsageError(root.map(file => ({ place: hideAccess(file), message: `is a ROOT file. ${ROOT_ADVICE}` })))
  }
  const own = await identityOf(target)
  for (const file of files) {
    if (own === null || (await identityOf(file)) !== own) continue
    const message = `${hideAccess(target)} is one of the files to merge. Write it to another folder, or remove it first.`
    throw new UsageError([{ place: '--target', message }])
  }
  const { rows, rowGroups } = await mergeParquet(files, target)
  return `${hideAccess(target)}: ${rows} rows in ${rowGroups} row groups, from ${files.length} files\n`
}

/** Outputs of a run with --ntuple-format rntuple or ttree. */
const ROOT_ADVICE =
  "Only Parquet files are joined here. ROOT's own `hadd` joins ROOT files; RDataFrame, TChain and uproot take a pattern for all of them."

function isRoot(name: string): boolean {
  return fileKind(name) === 'root'
}

/** What two names of one file have in common; null: it is not there, or cannot be looked at. */
async function identityOf(path: string): Promise<string | null> {
  const address = parseAddress(path)
  if (address.kind === 'local') return realpath(address.path).catch(() => null)
  const { kind, host, port, path: name } = address
  return `${kind}://${host}:${port}/${name.replace(/\/{2,}/g, '/')}`
}
