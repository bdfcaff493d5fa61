/** Scale factors: maps and numbers, with the sources of their uncertainties; each bin leads to its fits. */
import type { FigureModel } from '../figure-model.js'
import type { FactorBin, FactorsModel, PageModel } from '../model.js'
import { factorsPath } from '../paths.js'
import { badge } from './badge.js'
import { type Child, h } from './dom.js'
import { figures } from './figure.js'
import { fixed, range, withSides } from './format.js'
import { fitLinks, fitsOfBin } from './links.js'
import { type Column, table } from './table.js'
import type { PageContext, View } from './view.js'

export const factors: View = {
  id: 'factors',
  title: 'Scale factors',
  isThere: model => (model.results?.factors.length ?? 0) > 0,
  render: async (_place, page) =>
    h('article', null, ...(await Promise.all(page.model.results!.factors.map(one => section(one, page))))),
}

async function section(factors: FactorsModel, { source, model }: PageContext): Promise<HTMLElement> {
  const found = await source.get<readonly FigureModel[]>(factorsPath(factors.id))
  const failed = factors.bins.filter(bin => bin.status === 'failed').length
  return h(
    'section',
    null,
    h('h1', null, factors.title || factors.name),
    h(
      'p',
      { class: 'marks' },
      badge('plain', `${factors.bins.length} bins`),
      failed > 0 ? badge('bad', `${failed} failed`) : badge('good', 'none failed'),
      h('span', { class: 'quiet' }, ` ${factors.path}, uncertainties: ${factors.scheme}`),
    ),
    figures(found),
    numbers(factors, model),
  )
}

function numbers({ axes, bins, sources }: FactorsModel, model: PageModel): HTMLElement {
  const names = axes.map(axis => axis.name)
  const fits = bins.map(bin => fitsOfBin(model, names, bin.ranges))
  const hasFits = fits.some(found => found.length > 0)
  const columns: Column[] = [
    ...names.map(title => ({ title })),
    { title: 'scale factor', hint: 'with its total uncertainty' },
    { title: 'data' },
    { title: 'simulation' },
    ...sources.map(title => ({ title, hint: 'uncertainty of the scale factor by this source: upwards, downwards' })),
    { title: 'state', isText: true },
    ...(hasFits ? [{ title: 'fits', isText: true }] : []),
  ]
  const rows = bins.map((bin, k) => ({
    state: bin.status === 'failed' ? ('bad' as const) : undefined,
    cells: [
      ...bin.ranges.map(range),
      withSides(bin.value, bin.down, bin.up),
      fixed(bin.data, 4),
      fixed(bin.mc, 4),
      ...bin.sources.map(({ up, down }) => (up === down ? fixed(up, 4) : `+${fixed(up, 4)} −${fixed(down, 4)}`)),
      stateOf(bin),
      ...(hasFits ? [fitLinks(fits[k]!)] : []),
    ],
  }))
  return table('Scale factors', columns, rows)
}

function stateOf({ status, reason }: FactorBin): Child {
  if (status === 'failed') return badge('bad', 'failed', reason ?? '')
  return status === 'excluded' ? badge('plain', 'excluded') : badge('good', 'ok')
}
