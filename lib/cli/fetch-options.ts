/** Options of `tnp-pipe fetch-datasets` and `fetch-datasets`: the reference's, and ours after them. */
import { type Command, InvalidArgumentError, Option } from 'commander'

/** Where files are read from, by region. */
export const REDIRECTORS = {
  Americas: 'root://cmsxrootd.fnal.gov/',
  Eurasia: 'root://xrootd-cms.infn.it/',
  Yolo: 'root://cms-xrd-global.cern.ch/',
} as const

export interface FetchFlags {
  readonly input: string
  readonly where: keyof typeof REDIRECTORS
  readonly xrootd?: string
  readonly dbsInstance: string
  readonly mode: 'grid' | 'local'
  readonly recursive: boolean
  /** true: the option without a value, which is the same as without the option. */
  readonly fileExtension?: readonly string[] | true
  /** Infinity: all. */
  readonly limit: number
  readonly output?: string
  readonly dbsUrl?: string
  readonly timeout: number
}

const INSTANCES = ['prod/global', 'prod/phys01', 'prod/phys02', 'prod/phys03']

export function addFetchOptions(command: Command): Command {
  return command
    .requiredOption('-i, --input <file>', 'names and datasets or folders: .txt ("name path" a line), .yaml or .yml')
    .addOption(
      new Option('-w, --where <region>', 'region whose redirector goes before the files (grid)')
        .choices(Object.keys(REDIRECTORS))
        .default('Eurasia'),
    )
    .option('-x, --xrootd <prefix>', 'another prefix of the files (grid)')
    .addOption(new Option('--dbs-instance <name>', 'catalog to ask (grid)').choices(INSTANCES).default('prod/global'))
    .addOption(
      new Option('--mode <name>', 'look datasets up on the grid, or list local folders')
        .choices(['grid', 'local'])
        .default('grid'),
    )
    .option('--recursive', 'folders within folders as well (local)', false)
    .option('--file-extension [suffixes...]', 'files with these suffixes alone, in any case: .root (local)')
    .addOption(
      new Option('--limit <n>', 'first n files of each name').argParser(limit).default(Number.POSITIVE_INFINITY, 'all'),
    )
    .option('--output <file>', 'where the fileset goes (default: beside the input, with the suffix .json)')
    .option('--dbs-url <url>', 'ask this DBS service, with the grid proxy, and not dasgoclient (grid)')
    .option('--timeout <seconds>', 'how long one answer may take; asked up to three times (grid)', seconds, 120)
}

/** -1 is the default that the reference documents as "all". */
function limit(text: string): number {
  if (text === '-1') return Number.POSITIVE_INFINITY
  if (!/^\+?\d+$/.test(text) || Number(text) < 1) throw new InvalidArgumentError('Wanted a whole number above 0.')
  return Number(text)
}

function seconds(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !(value > 0 && value < 1e6)) throw new InvalidArgumentError('Wanted seconds above 0.')
  return value
}
