/** Loads what a dataset's metadata names: the certified lumi sections and the pileup correction. */
import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { type Dataset, loadGoldenJson } from '../config/index.js'
import { DataError, type Problem, UsageError } from '../core/errors.js'
import { choosePileup, type PileupCorrection, pileupFromHistograms } from '../physics/correction/index.js'
import { type LumiRanges, lumiRanges } from '../physics/lumi-mask.js'

/** null where the metadata names none. Throws UsageError where the file is missing or malformed. */
export async function loadLumi(dataset: Dataset): Promise<LumiRanges | null> {
  if (dataset.goldenJSON === null) return null
  return lumiRanges(await loadGoldenJson(dataset.goldenJSON))
}

/** The dataset's pileup correction. pileupJSON takes precedence over pileupData
 *  and pileupMC. Throws UsageError where a file is missing or not such a correction. */
export async function loadPileup(dataset: Dataset): Promise<PileupCorrection | null> {
  const { pileupJSON, pileupData, pileupMC } = dataset
  const place = `fileset, dataset "${dataset.name}", metadata`
  try {
    if (pileupJSON !== null) return choosePileup(await readJson(pileupJSON), pileupJSON)
    if (pileupData === null || pileupMC === null) return null
    const { readHistogram } = await import('../root/index.js')
    return pileupFromHistograms(await readHistogram(pileupData, 'pileup'), pileupMC, pileupData)
  } catch (error) {
    if (!(error instanceof DataError)) throw error
    throw new UsageError([{ place, message: error.message } satisfies Problem])
  }
}

async function readJson(path: string): Promise<unknown> {
  let bytes: Buffer
  try {
    bytes = await readFile(path)
    if (path.endsWith('.gz')) bytes = gunzipSync(bytes)
  } catch (error) {
    throw new DataError('OSError', `${path}: cannot be read (${(error as Error).message})`, { cause: error })
  }
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch (error) {
    throw new DataError('ValueError', `${path}: not valid JSON (${(error as Error).message})`, { cause: error })
  }
}
