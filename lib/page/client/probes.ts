/** Numbers of passing and failing probes, and their mass in one bin. */
import { MASS_AXIS } from '../../hist/mass-regions.js'
import type { ProbesModel } from '../model.js'
import { type EfficiencyQuery, spectrumPath } from '../paths.js'
import { h } from './dom.js'
import { figures } from './figure.js'
import { count, range } from './format.js'
import { type Column, table } from './table.js'
import type { PageContext } from './view.js'

export function probeNumbers({ axes, bins, sets }: ProbesModel): HTMLElement {
  const columns: Column[] = [
    ...axes.map(axis => ({ title: axis.name === MASS_AXIS ? 'mass [GeV]' : axis.name })),
    ...sets.flatMap(({ set }) => [{ title: `${set.name}: passing` }, { title: 'failing' }]),
  ]
  const rows = bins.map((ranges, k) => ({
    state: sets.every(({ rows }) => rows[k]!.passing === 0 && rows[k]!.failing === 0) ? ('empty' as const) : undefined,
    cells: [...ranges.map(range), ...sets.flatMap(({ rows }) => [count(rows[k]!.passing), count(rows[k]!.failing)])],
  }))
  return table('The same as numbers', columns, rows)
}

export function spectrumButton(bin: string, open: () => void): HTMLElement {
  return h(
    'button',
    { type: 'button', class: 'small', 'aria-label': `spectrum of the mass in ${bin}`, onclick: open },
    'spectrum',
  )
}

/** In a window of its own, which Escape closes. */
export async function showSpectrum(query: EfficiencyQuery, bin: number, { source, say }: PageContext): Promise<void> {
  let found: ProbesModel
  try {
    found = await source.get<ProbesModel>(spectrumPath(query, bin))
  } catch (error) {
    return say(error instanceof Error ? error.message : String(error))
  }
  const close = h('button', { type: 'button', onclick: () => dialog.close() }, 'Close')
  const dialog: HTMLDialogElement = h(
    'dialog',
    { 'aria-label': 'Mass of the probes in one bin', onclose: () => dialog.remove() },
    figures(found.figures),
    h('details', null, h('summary', null, 'The same as numbers'), probeNumbers(found)),
    h('div', { class: 'buttons' }, close),
  )
  document.body.appendChild(dialog)
  dialog.showModal()
}
