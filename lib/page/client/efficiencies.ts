/** Efficiencies out of histograms: datasets and runs side by side, against one variable or two, as figures and as numbers. */
import { MASS_AXIS } from '../../hist/mass-regions.js'
import type { EfficiencyCell, EfficiencyModel, HistogramModel, PageModel, ProbesModel, RatioCell } from '../model.js'
import {
  axesChoices,
  defaultAxes,
  type EfficiencyQuery,
  efficiencyPath,
  histogramPath,
  probeAxes,
  probesPath,
  setChoices,
} from '../paths.js'
import { type Child, h } from './dom.js'
import { figures } from './figure.js'
import { count, range, withSides } from './format.js'
import { fitLinks, fitsOfBin } from './links.js'
import { probeNumbers, showSpectrum, spectrumButton } from './probes.js'
import { select } from './select.js'
import { RequestFailure } from './source.js'
import { type Column, type Row, table } from './table.js'
import type { PageContext, View } from './view.js'

export const efficiencies: View = {
  id: 'efficiencies',
  title: 'Efficiencies',
  keepsPlace: true,
  isThere: model => methodsOf(model).size > 0,
  render,
}

/** Method -> filters, of all runs. */
function methodsOf({ results }: PageModel): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const { datasets } of results?.runs ?? []) {
    for (const { methods } of datasets) {
      for (const { name, filters } of methods) {
        if (filters.length === 0) continue
        found.set(name, [...new Set([...(found.get(name) ?? []), ...filters])])
      }
    }
  }
  return found
}

/** Stands in addresses for the histograms of files that have but one pair. */
const ONLY = '-'

async function render(place: readonly string[], page: PageContext): Promise<HTMLElement> {
  const methods = methodsOf(page.model)
  const method = methods.has(place[0] ?? '') ? place[0]! : [...methods.keys()][0]!
  const filters = methods.get(method)!
  const filter = filters.includes(place[1] ?? '') ? place[1]! : filters[0]!
  const found = await page.source.get<HistogramModel>(histogramPath(method, filter))
  const names = found.pairs.map(pair => pair.name)
  const pair = found.pairs.find(one => one.name === (place[2] === ONLY ? '' : place[2])) ?? found.pairs[0]!
  const all = pair.axes.map(axis => axis.name)
  const what = place[5] === 'probes' ? 'probes' : 'efficiency'
  const choices = what === 'probes' ? probeAxes(all) : axesChoices(all)
  const axes = choices.find(one => one.join(',') === place[3]) ?? defaultAxes(all)
  const known = pair.groups.flat()
  const asked = place[4]?.split('|').filter(id => known.includes(id)) ?? []
  const sets = asked.length > 0 ? asked : pair.groups[0]!
  const go = (
    change: Partial<Record<'method' | 'filter' | 'pair' | 'axes' | 'what', string>>,
    chosen: readonly string[] = sets,
  ) => {
    const next = { method, filter, pair: pair.name || ONLY, axes: axes.join(','), what, ...change }
    page.go('efficiencies', next.method, next.filter, next.pair, next.axes, chosen.join('|') || ONLY, next.what)
  }
  const choose = (key: 'method' | 'filter' | 'pair' | 'axes') => (value: string) => go({ [key]: value }, [])
  const same = (text: string) => ({ value: text, text })
  const controls = h(
    'form',
    { class: 'choices', onsubmit: (event: Event) => event.preventDefault() },
    select('Method', [...methods.keys()].map(same), method, choose('method')),
    select('Filter', filters.map(same), filter, choose('filter')),
    names.length > 1 ? select('Histogram', names.map(same), pair.name, choose('pair')) : null,
    choices.length > 1
      ? select(
          'Against',
          choices.map(one => ({ value: one.join(','), text: one.map(axisText).join(' and ') })),
          axes.join(','),
          choose('axes'),
        )
      : null,
    select(
      'Show',
      [
        { value: 'efficiency', text: 'efficiency' },
        { value: 'probes', text: 'numbers of probes' },
      ],
      what,
      value => go({ what: value }),
    ),
    found.sets.length > 1 ? setsChoice(found, pair.groups, sets, page, chosen => go({}, chosen)) : null,
  )
  const query = { method, filter, pair: pair.name, axes, sets }
  const hasMass = all.includes(MASS_AXIS) && !axes.includes(MASS_AXIS)
  return h('article', null, h('h1', null, 'Efficiencies'), controls, ...(await content(query, what, hasMass, page)))
}

function axisText(name: string): string {
  return name === MASS_AXIS ? 'mass' : name
}

/** What cannot be shown is told below the choices, which may be changed then. */
async function content(
  query: EfficiencyQuery,
  what: 'efficiency' | 'probes',
  hasMass: boolean,
  page: PageContext,
): Promise<Child[]> {
  const { source, model } = page
  try {
    if (what === 'probes') {
      const found = await source.get<ProbesModel>(probesPath(query))
      return [figures(found.figures), probeNumbers(found)]
    }
    const found = await source.get<EfficiencyModel>(efficiencyPath(query))
    // A file has no spectra of single bins.
    const spectrum = hasMass && !source.isStatic ? (bin: number) => void showSpectrum(query, bin, page) : null
    return [figures(found.figures), numbers(found, model, spectrum)]
  } catch (error) {
    if (!(error instanceof RequestFailure)) throw error
    return error.problems.map(({ message }) => h('p', { class: 'problem', role: 'alert' }, message))
  }
}

function setsChoice(
  { sets }: HistogramModel,
  groups: readonly (readonly string[])[],
  chosen: readonly string[],
  { source }: PageContext,
  onChoice: (sets: readonly string[]) => void,
): HTMLElement | null {
  const known = groups.flat()
  const nameOf = (id: string) => sets.find(set => set.id === id)!.name
  // A file has the figures of those with the same bins together.
  if (source.isStatic) {
    const choices = setChoices(groups)
    if (choices.length === 1) return null
    const options = choices.map(ids => ({ value: ids.join('|'), text: ids.map(nameOf).join(', ') }))
    return select('Datasets', options, chosen.join('|'), value => onChoice(value.split('|')))
  }
  const boxes = known.map(id => {
    const box: HTMLInputElement = h('input', {
      type: 'checkbox',
      'aria-label': nameOf(id),
      checked: chosen.includes(id),
      onchange: () => {
        const ids = known.filter(one => (one === id ? box.checked : chosen.includes(one)))
        if (ids.length === 0) box.checked = true
        else onChoice(ids)
      },
    })
    return h('label', { class: 'tick' }, box, nameOf(id))
  })
  return h('fieldset', null, h('legend', null, 'Datasets (the first over the others)'), ...boxes)
}

/** spectrum: shows the mass of the probes of a bin; null: it is not known. */
function numbers(
  { axes, bins, sets, ratios }: EfficiencyModel,
  model: PageModel,
  spectrum: ((bin: number) => void) | null,
): HTMLElement {
  const names = axes.map(axis => axis.name)
  const fits = bins.map(ranges => fitsOfBin(model, names, ranges))
  const hasFits = fits.some(found => found.length > 0)
  const columns: Column[] = [
    ...names.map(name => ({ title: name })),
    ...sets.flatMap(({ set }): Column[] => [{ title: `${set.name}: passing of all` }, { title: 'efficiency' }]),
    ...ratios.map(({ set }) => ({ title: `${sets[0]!.set.name} / ${set.name}` })),
    ...(spectrum === null ? [] : [{ title: 'mass', isText: true }]),
    ...(hasFits ? [{ title: 'fits', isText: true }] : []),
  ]
  const rows = bins.map((ranges, k) => ({
    state: stateOf(sets.map(({ rows }) => rows[k]!)),
    cells: [
      ...ranges.map(range),
      ...sets.flatMap(({ rows }): Child[] => [
        `${count(rows[k]!.passing)} of ${count(rows[k]!.total)}`,
        efficiency(rows[k]!),
      ]),
      ...ratios.map(({ rows }) => ratio(rows[k]!)),
      ...(spectrum === null ? [] : [spectrumButton(ranges.map(range).join(', '), () => spectrum(k))]),
      ...(hasFits ? [fitLinks(fits[k]!)] : []),
    ],
  }))
  return table('The same as numbers', columns, rows)
}

function stateOf(cells: readonly EfficiencyCell[]): Row['state'] {
  if (cells.some(cell => cell.problem !== null)) return 'warn'
  return cells.every(cell => cell.total === 0) ? 'empty' : undefined
}

function efficiency({ value, low, high, problem }: EfficiencyCell): Child {
  if (problem === null) return withSides(value, low, high)
  return value === null ? problem : `${withSides(value, null, null)} (${problem})`
}

function ratio({ value, low, high }: RatioCell): Child {
  return withSides(value, low, high)
}
