/** What stands above the frames of figures, of every command that draws. */
import type { Problem } from '../core/errors.js'
import { type FigureLabels, missingCharacters } from '../plot/index.js'

export interface LabelFlags {
  readonly experiment: string
  readonly status: string
  readonly lumi?: string
  readonly energy: string
  readonly year?: string
}

/** "138 fb^{-1}, 2023 (13.6 TeV)", as mplhep writes it. */
export function labelsOf(flags: LabelFlags, problems: Problem[]): FigureLabels {
  const { experiment, status, lumi, energy, year } = flags
  const texts = { '--experiment': experiment, '--status': status, '--lumi': lumi, '--energy': energy, '--year': year }
  for (const [place, text] of Object.entries(texts)) checkText(place, text, problems)
  const before = [...(lumi === undefined ? [] : [`${lumi} fb^{−1}`]), ...(year === undefined ? [] : [year])].join(', ')
  const after = energy === '' ? '' : before === '' ? `${energy} TeV` : `(${energy} TeV)`
  return { experiment, status, right: [before, after].filter(text => text !== '').join(' ') }
}

export function checkText(place: string, text: string | undefined, problems: Problem[]): void {
  const missing = text === undefined ? [] : missingCharacters(text)
  if (missing.length === 0) return
  const message = `has characters that the figures' font lacks: ${missing.join(' ')}. It has Latin and Greek letters and common signs.`
  problems.push({ place, message })
}
