/** One file of a fileset, opened: its steps, its UUID, its entries and its columns. */
import type { DatasetFile } from '../config/index.js'
import { fileKind } from '../core/file-kind.js'
import { openParquet } from '../formats/parquet/input.js'
import { openRootFile, type Tree } from '../root/index.js'
import { formOfTree, type RecordForm } from './form.js'
import type { Settings } from './options.js'
import { alignedSteps, evenSteps, type Step } from './steps.js'

export interface InspectedFile {
  readonly file: DatasetFile
  /** null where none is wanted, and for Parquet. */
  readonly form: RecordForm | null
}

/** Throws DataError where it cannot be read. Parquet files have no UUID, and their form is not stored. */
export async function inspectFile(file: DatasetFile, settings: Settings): Promise<InspectedFile> {
  if (fileKind(file.path) === 'parquet') return inspectParquet(file, settings)
  const root = await openRootFile(file.path)
  try {
    const tree = await root.tree(file.tree)
    const keep = file.uuid === root.uuid && !settings.recalculateSteps
    const steps =
      keep && file.steps !== null && tree.entries > 0 ? file.steps : await stepsOf(tree, file.path, settings)
    const found = { ...file, steps, numEntries: tree.entries, uuid: root.uuid }
    return { file: found, form: settings.saveForm === false ? null : formOfTree(tree) }
  } finally {
    await root.close()
  }
}

async function inspectParquet(file: DatasetFile, settings: Settings): Promise<InspectedFile> {
  const { entries, source } = await openParquet(file.path)
  await source.close()
  const steps = evenSteps(entries, settings.stepSize)
  return { file: { ...file, steps, numEntries: entries }, form: null }
}

async function stepsOf(tree: Tree, path: string, { stepSize, alignClusters, ...settings }: Settings): Promise<Step[]> {
  if (!alignClusters) return evenSteps(tree.entries, stepSize)
  const steps = alignedSteps(await tree.clusters(), stepSize)
  const limit = (1 + settings.stepSizeSafetyFactor) * (stepSize ?? tree.entries)
  const long = steps.filter(([start, stop]) => stop - start > limit)
  if (long.length > 0) {
    const shown = long.slice(0, 3).map(([start, stop]) => `[${start}, ${stop})`)
    const more = long.length > shown.length ? ` and ${long.length - shown.length} more` : ''
    const percent = 100 * settings.stepSizeSafetyFactor
    settings.onWarning(
      `${path}: the clusters make steps ${shown.join(', ')}${more}, over ${percent} % longer than ${stepSize}`,
    )
  }
  return steps
}
