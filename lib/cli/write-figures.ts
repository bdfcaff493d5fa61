/** Figures as files of a folder, for every command that draws. Draw all of them first: what cannot be drawn leaves nothing. */
import { isRemote, joinAddress } from '../bytes/address.js'
import { nearestHint, type Problem, UsageError } from '../core/errors.js'
import { makeLocalFolder } from '../core/make-folder.js'
import { writeTogether } from '../formats/index.js'
import { FIGURE_FORMATS, type Figure, type FigureFormat, renderFigure } from '../plot/index.js'

export interface NamedFigure {
  /** The file's, without its extension; see figureFileName. */
  readonly name: string
  readonly figure: Figure
}

export interface DrawnFile {
  readonly path: string
  readonly content: Buffer
}

/** Letters, digits, dots, hyphens and underscores: what file systems and TeX take. */
export function figureFileName(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '_')
}

/** Each figure in each format, with its path in the folder. A name that is there already gets a number. */
export async function drawFigures(
  figures: readonly NamedFigure[],
  formats: readonly FigureFormat[],
  folder: string,
): Promise<DrawnFile[]> {
  const drawn: DrawnFile[] = []
  const taken = new Set<string>()
  for (const { name, figure } of figures) {
    let own = name
    for (let k = 2; taken.has(own); k++) own = `${name}_${k}`
    taken.add(own)
    for (const format of formats) {
      drawn.push({ path: joinAddress(folder, `${own}.${format}`), content: await renderFigure(figure, format) })
    }
  }
  return drawn
}

/** Makes the folder and writes the files: all are complete under temporary names before the first gets its own. Throws UsageError
 *  where the folder cannot be made, OutputError where a file cannot be written. */
export async function writeFigures(folder: string, files: readonly DrawnFile[]): Promise<void> {
  if (!isRemote(folder)) {
    await makeLocalFolder(folder).catch((cause: NodeJS.ErrnoException) => {
      const message = `cannot be made (${cause.code}). Choose another folder with --output.`
      throw new UsageError([{ place: folder, message }])
    })
  }
  await writeTogether(files)
}

/** Pushes a problem for each value that is not known. */
export function checkChoices(
  place: string,
  values: readonly string[],
  known: readonly string[],
  problems: Problem[],
): void {
  for (const value of values.filter(v => !known.includes(v))) {
    problems.push({ place, message: `is "${value}", wanted ${known.join(', ')}.${nearestHint(value, known)}` })
  }
}

/** The formats of --format, or of another option. */
export function formatsOf(values: readonly string[], problems: Problem[], option = '--format'): FigureFormat[] {
  checkChoices(option, values, FIGURE_FORMATS, problems)
  return [...new Set(values)] as FigureFormat[]
}
