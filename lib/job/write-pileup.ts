/** Pileup corrections as files that correctionlib reads, for analyses elsewhere. */
import { gzipSync } from 'node:zlib'
import { UsageError } from '../core/errors.js'
import { writeAtomic } from '../formats/index.js'
import { correctionSetText, type PileupCorrection } from '../physics/correction/index.js'
import { createPileup, type PileupFiles } from './corrections.js'

/** Makes the pileup correction from the data's histogram and the simulation's probabilities and writes it to `path`: .json,
 *  or gzipped as .json.gz. Throws UsageError for any other name, DataError where the histogram does not fit. */
export async function writePileupCorrection(files: PileupFiles, path: string): Promise<PileupCorrection> {
  if (!/\.json(\.gz)?$/.test(path)) {
    throw new UsageError([{ place: path, message: 'unknown kind of file. End its name in .json or .json.gz.' }])
  }
  const pileup = await createPileup(files)
  const text = correctionSetText([pileup.correction], 'Pileup corrections')
  await writeAtomic(path, path.endsWith('.gz') ? gzipSync(text) : text)
  return pileup
}
