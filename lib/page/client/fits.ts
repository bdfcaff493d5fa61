/** Fits: all bins at a glance, those that failed marked; each leads to its own page. */
import type { FitFileModel, FitRow } from '../model.js'
import { badge } from './badge.js'
import { binMap } from './bin-map.js'
import { h } from './dom.js'
import { fitPage } from './fit-page.js'
import { binName, efficiencyText, perNdof, rangesOf, stateOf } from './fit-texts.js'
import { fixed, range } from './format.js'
import { table } from './table.js'
import { addressOf, type PageContext, type View } from './view.js'

export const fits: View = {
  id: 'fits',
  title: 'Fits',
  isThere: model => (model.results?.fits.length ?? 0) > 0,
  up: ([file, index]) => (file === undefined || index === undefined || index === 'at' ? null : [file, 'at', index]),
  render(place, page) {
    const file = page.model.results!.fits.find(({ id }) => id === place[0])
    const index = Number(place[1])
    if (file !== undefined && file.fits[index] !== undefined) return fitPage(file, index, page)
    // Coming back from a fit: "#/fits/0/at/3".
    const from = file !== undefined && place[1] === 'at' ? { file: file.id, index: Number(place[2]) } : null
    const article = h('article', null, ...page.model.results!.fits.map(one => fileSection(one, page, from)))
    if (from !== null) requestAnimationFrame(() => article.querySelector<HTMLElement>('[data-current]')?.focus())
    return article
  },
}

interface From {
  readonly file: string
  readonly index: number
}

function fileSection(file: FitFileModel, page: PageContext, from: From | null): HTMLElement {
  const failed = file.fits.filter(fit => !fit.valid).length
  const atLimits = file.fits.filter(fit => fit.valid && fit.atLimit.length > 0).length
  return h(
    'section',
    null,
    h('h1', null, file.path === null ? `Fits of ${file.name}` : file.name),
    h(
      'p',
      { class: 'marks' },
      badge('plain', `${file.fits.length} fits`),
      failed > 0 ? badge('bad', `${failed} failed`) : badge('good', 'none failed'),
      atLimits > 0 ? badge('plain', `${atLimits} with parameters at limits`) : null,
      file.config.path === null ? null : h('span', { class: 'quiet' }, ` Configuration: ${file.config.path}`),
    ),
    page.source.isStatic || file.config.problem === null ? null : h('p', { class: 'quiet' }, file.config.problem),
    ...groupsOf(file).map(group => groupSection(file, group, page, from)),
  )
}

interface Group {
  readonly name: string
  readonly fits: readonly { readonly row: FitRow; readonly index: number }[]
}

/** Bins of one model, sample and label. */
function groupsOf({ fits }: FitFileModel): Group[] {
  const groups = new Map<string, { row: FitRow; index: number }[]>()
  for (const [index, row] of fits.entries()) {
    const sample = row.sample === 'MC' ? 'simulation' : 'data'
    const name = `${row.label} (${sample}${row.fit === 'nominal' ? '' : `, ${row.fit}`})`
    groups.set(name, [...(groups.get(name) ?? []), { row, index }])
  }
  return [...groups].map(([name, found]) => ({ name, fits: found }))
}

function groupSection(file: FitFileModel, { name, fits }: Group, page: PageContext, from: From | null): HTMLElement {
  const open = (index: number) => () => page.go('fits', file.id, String(index))
  const isCurrent = (index: number) => from?.file === file.id && from.index === index
  const axes = [...new Set(fits.flatMap(({ row }) => Object.keys(row.ranges)))]
  const map =
    axes.length === 2
      ? binMap(
          name,
          axes as [string, string],
          fits.map(({ row, index }) => ({
            ranges: [row.ranges[axes[0]!]!, row.ranges[axes[1]!]!],
            text: fixed(row.efficiency, 3),
            state: row.valid ? (row.atLimit.length > 0 ? 'warn' : 'ok') : 'bad',
            href: addressOf('fits', file.id, String(index)),
            name: nameOf(row),
          })),
        )
      : null
  const text = { isText: true }
  const bins = table(
    `${name}: all bins`,
    [
      { title: 'bin', ...text },
      ...axes.map(title => ({ title })),
      { title: 'shapes', ...text },
      { title: 'efficiency', hint: 'with its profile interval (MINOS)' },
      { title: 'q / ndof', hint: '−2 ln L against the data, over the degrees of freedom' },
      { title: 'fit', ...text },
    ],
    fits.map(({ row, index }) => ({
      state: row.valid ? undefined : ('bad' as const),
      open: open(index),
      isCurrent: isCurrent(index),
      name: nameOf(row),
      cells: [
        h('a', { href: addressOf('fits', file.id, String(index)), tabindex: -1, title: row.bin }, binName(row)),
        ...axes.map(axis => (row.ranges[axis] === undefined ? '' : range(row.ranges[axis]))),
        row.shapes,
        efficiencyText(row),
        fixed(perNdof(row), 2),
        stateOf(row),
      ],
    })),
    true,
  )
  return h('section', null, h('h2', null, name), map, bins)
}

function nameOf(row: FitRow): string {
  return [binName(row), ...rangesOf(row), `efficiency ${fixed(row.efficiency, 3)}`, row.valid ? '' : 'failed']
    .filter(part => part !== '')
    .join(', ')
}
