/** `tnp-pipe fetch-datasets` and `fetch-datasets`: a list of datasets in, a fileset with their files out. */
import { accessSync, constants } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import {
  askDasClient,
  checkSuffix,
  DAS_CLIENTS,
  type DatasetList,
  DBS_URL,
  type DbsService,
  type FetchOptions,
  fetchFileset,
  listFolder,
  type Missing,
  oddDatasetNames,
  openDbs,
  PATIENCE,
  parseDatasetList,
} from '../catalog/index.js'
import { formatProblem, type Problem, UsageError } from '../core/errors.js'
import { writeAtomic } from '../formats/index.js'
import { type FetchFlags, REDIRECTORS } from './fetch-options.js'

/** Catalogs are shared by all of CMS: a few questions at a time. */
const AT_ONCE = 4

/** Writes the fileset; progress and warnings go to stderr. Throws before anything is written. */
export async function fetchDatasets(flags: FetchFlags): Promise<void> {
  const output = outputOf(flags)
  const list = await readList(flags)
  for (const warning of list.warnings) warn(warning)
  const catalog = flags.mode === 'local' ? localCatalog(flags) : gridCatalog(flags)
  try {
    const fileset = await fetchFileset(list.entries, {
      lookUp: catalog.lookUp,
      atOnce: AT_ONCE,
      limit: flags.limit,
      onFound: (name, path, count) => tell(`${name}: ${count} ${count === 1 ? 'file' : 'files'} in ${path}`),
      onWarning: warn,
    })
    await writeAtomic(output, `${JSON.stringify(fileset, null, 4)}\n`)
  } finally {
    catalog.close()
  }
  tell(`fileset in ${resolve(output)}`)
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`)
}

function warn(problem: Problem): void {
  tell(`warning: ${formatProblem(problem)}`)
}

function outputOf({ input, output }: FetchFlags): string {
  checkSuffix(input)
  const path = output ?? input.replace(/\.[^.]*$/, '.json')
  if (resolve(path) === resolve(input)) {
    throw new UsageError([{ place: '--output', message: `${path} is the input. Give another name.` }])
  }
  const folder = dirname(resolve(path))
  try {
    // Now, and not after the catalogs have been asked.
    accessSync(folder, constants.W_OK)
  } catch {
    throw new UsageError([
      { place: path, message: `the folder ${folder} is missing or read-only. Give another --output.` },
    ])
  }
  return path
}

async function readList({ input, mode }: FetchFlags): Promise<DatasetList> {
  const text = await readFile(input, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'no such file' : `cannot be read (${error.message})`
    throw new UsageError([{ place: input, message: `${why}. Check --input.` }])
  })
  const list = parseDatasetList(text, input)
  const odd = mode === 'grid' ? oddDatasetNames(list.entries) : []
  if (odd.length > 0) throw new UsageError([...odd, ...list.warnings])
  return list
}

interface Catalog {
  readonly lookUp: FetchOptions['lookUp']
  close(): void
}

function localCatalog({ recursive, fileExtension }: FetchFlags): Catalog {
  const suffixes = Array.isArray(fileExtension) ? fileExtension : null
  return {
    lookUp: async folder => {
      try {
        const files = await listFolder(folder, { recursive, suffixes })
        if (files === null) return missingFolder('no such folder. Correct the path.')
        if (files.length > 0) return files
        const which = suffixes === null ? 'files' : `files with ${suffixes.join(', ')}`
        return missingFolder(`no ${which} in this folder. ${recursive ? 'Check --file-extension' : 'Try --recursive'}.`)
      } catch (error) {
        return missingFolder(`cannot be listed (${(error as Error).message}). Check its permissions.`)
      }
    },
    close: () => {},
  }
}

const missingFolder = (missing: string): Missing => ({ missing, tolerable: true })

function gridCatalog(flags: FetchFlags): Catalog {
  const prefix = flags.xrootd || REDIRECTORS[flags.where]
  if (/^root:\/\/.*[^/]$/.test(prefix)) {
    warn({
      place: '--xrootd',
      message: `${prefix} does not end with "/", as XRootD wants it before "/store/". Add one.`,
    })
  }
  const common = { instance: flags.dbsInstance, patience: { ...PATIENCE, timeoutMs: flags.timeout * 1000 } }
  const clients = flags.dbsUrl === undefined ? DAS_CLIENTS : []
  let dbs: DbsService | null = null
  return {
    lookUp: async dataset => {
      let files = await askDasClient(dataset, { ...common, clients })
      if (files === null) {
        dbs ??= openDbs({ ...common, url: flags.dbsUrl ?? DBS_URL })
        files = await dbs.files(dataset)
      }
      if (files.length > 0) return files.map(file => prefix + file)
      const missing = `unknown, or without valid files, in ${flags.dbsInstance}. Check the name and --dbs-instance.`
      return { missing, tolerable: false }
    },
    close: () => dbs?.close(),
  }
}
