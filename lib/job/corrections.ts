/** Loads what a dataset's metadata names: the certified lumi sections and the pileup correction. */
import { readFile } from 'node:fs/promises'
import { isRemote } from '../bytes/address.js'
import { readPlace } from '../bytes/places.js'
import { type Dataset, loadGoldenJson } from '../config/index.js'
import { DataError, type Problem, UsageError } from '../core/errors.js'
import {
  choosePileup,
  type PileupCorrection,
  type PileupVariation,
  parseCorrectionBytes,
  pileupFromHistograms,
} from '../physics/correction/index.js'
import { type LumiRanges, lumiRanges } from '../physics/lumi-mask.js'

/** null where the metadata names none. onWarning: told of a run that is listed twice. Throws UsageError where the file is missing or
 *  malformed. */
export async function loadLumi(
  dataset: Dataset,
  onWarning: (message: string) => void = () => {},
): Promise<LumiRanges | null> {
  if (dataset.goldenJSON === null) return null
  return lumiRanges(await loadGoldenJson(dataset.goldenJSON, { readRemote: readWebPlace, onWarning }))
}

/** The dataset's pileup correction. pileupJSON takes precedence over pileupData and pileupMC. variations: what the workflow
 *  will ask for. Throws UsageError where a file is missing or not such a correction. */
export async function loadPileup(
  dataset: Dataset,
  variations: readonly PileupVariation[],
): Promise<PileupCorrection | null> {
  const { pileupJSON, pileupData, pileupMC } = dataset
  const place = `fileset, dataset "${dataset.name}", metadata`
  try {
    if (pileupJSON !== null) return choosePileup(await readJson(pileupJSON), pileupJSON, variations)
    if (pileupData === null || pileupMC === null) return null
    return await createPileup({ data: pileupData, mc: pileupMC })
  } catch (error) {
    if (!(error instanceof DataError)) throw error
    throw new UsageError([{ place, message: error.message } satisfies Problem])
  }
}

export interface PileupFiles {
  /** A ROOT file with a TH1 "pileup". */
  readonly data: string
  /** Probabilities of the simulation, one a bin. */
  readonly mc: readonly number[]
  /** Scale `mc` to a sum of 1. Default: false. */
  readonly normalizeMc?: boolean
}

/** The pileup correction from the data's histogram and the simulation's probabilities. Throws DataError where the histogram
 *  cannot be read or has another number of bins. */
export async function createPileup({ data, ...rest }: PileupFiles): Promise<PileupCorrection> {
  const { readHistogram } = await import('../root/index.js')
  return pileupFromHistograms({ ...rest, data: await readHistogram(data, 'pileup') }, data)
}

/** Pages of the web as any program gets them; what wants credentials, and what is no page, as files of events. */
export async function readWebPlace(url: string): Promise<Uint8Array> {
  if (!/^https?:/i.test(url)) return readPlace(url)
  const response = await fetch(url).catch(() => null)
  if (response?.ok) return new Uint8Array(await response.arrayBuffer())
  return readPlace(url)
}

async function readJson(path: string): Promise<unknown> {
  let bytes: Uint8Array
  try {
    bytes = await (isRemote(path) ? readPlace(path) : readFile(path))
  } catch (error) {
    throw new DataError('OSError', `${path}: cannot be read (${(error as Error).message})`, { cause: error })
  }
  return parseCorrectionBytes(bytes, path)
}
