/** One fit: figures, parameters, and, where the page is served, other settings for it. */
import type { FitDetail, FitFileModel, FitRow, FitSettingsModel } from '../model.js'
import { fitPath, settingsPath } from '../paths.js'
import { badge } from './badge.js'
import { type Child, fill, h } from './dom.js'
import { figure } from './figure.js'
import { fitForm } from './fit-form.js'
import { binName, efficiencyText, perNdof, rangesOf, stateOf } from './fit-texts.js'
import { count, fixed, range, withError } from './format.js'
import { table } from './table.js'
import { addressOf, type PageContext } from './view.js'

const SIDES = ['Passing probes', 'Failing probes']

export async function fitPage(file: FitFileModel, index: number, page: PageContext): Promise<HTMLElement> {
  const canRefit = !page.source.isStatic && file.config.problem === null
  const [saved, settings] = await Promise.all([
    page.source.get<FitDetail>(fitPath(file.id, index)),
    canRefit ? page.source.get<FitSettingsModel>(settingsPath(file.id, index)) : null,
  ])
  const results = h('div', null)
  const values = h('div', null)
  let shown = saved
  const show = (refitted: FitDetail | null) => {
    fill(results, resultsOf(shown, refitted))
    fill(values, parameters(shown, refitted, settings === null))
  }
  show(null)
  const form =
    settings === null
      ? null
      : fitForm(file, index, settings, page, {
          onRefit: show,
          onSaved: detail => {
            shown = detail
            show(null)
          },
        })
  return h(
    'article',
    null,
    h(
      'div',
      { class: 'bar-top' },
      h('a', { href: addressOf('fits', file.id, 'at', String(index)) }, '← All fits'),
      h('span', { class: 'spring' }),
      neighbour(file, index - 1, '← previous bin', 'Previous bin'),
      neighbour(file, index + 1, 'next bin →', 'Next bin'),
    ),
    h('h1', { tabindex: -1 }, titleOf(saved.row)),
    results,
    h('div', { class: 'columns' }, values, form),
    !canRefit && !page.source.isStatic ? h('p', { class: 'quiet' }, file.config.problem) : null,
    spectrum(saved),
  )
}

function neighbour({ id, fits }: FitFileModel, index: number, text: string, name: string): Child {
  if (fits[index] === undefined) return null
  return h('a', { href: addressOf('fits', id, String(index)), 'aria-label': name }, text)
}

function titleOf(row: FitRow): Child {
  const { label, fit } = row
  return [
    `${label}, ${binName(row)}`,
    h('span', { class: 'quiet' }, ` ${[...rangesOf(row), ...(fit === 'nominal' ? [] : [fit])].join(', ')}`),
  ]
}

/** New ones first, with the saved ones beside them. */
function resultsOf(saved: FitDetail, refitted: FitDetail | null): Child {
  const sets =
    refitted === null
      ? [{ name: '', detail: saved }]
      : [
          { name: 'New', detail: refitted },
          { name: 'Saved', detail: saved },
        ]
  return [
    summary(saved, refitted),
    ...problemsOf((refitted ?? saved).row),
    h(
      'div',
      { class: 'figures pairs' },
      // The same side of both fits stand beside each other.
      ...SIDES.flatMap((side, k) =>
        sets.map(({ name, detail }) =>
          figure(detail.figures[k]!, name === '' ? side : `${name}: ${side.toLowerCase()}`),
        ),
      ),
    ),
  ]
}

function problemsOf({ valid, problems }: FitRow): HTMLElement[] {
  return valid ? [] : [h('p', { class: 'problem' }, `The fit failed: ${problems.join('; ')}`)]
}

function summary({ row }: FitDetail, refitted: FitDetail | null): HTMLElement {
  const item = (name: string, of: (row: FitRow) => Child) =>
    h(
      'div',
      null,
      h('dt', null, name),
      h(
        'dd',
        null,
        of(refitted?.row ?? row),
        refitted === null ? null : h('span', { class: 'before' }, 'saved: ', of(row)),
      ),
    )
  return h(
    'dl',
    { class: 'numbers' },
    item('Efficiency', efficiencyText),
    item('q / ndof', row => `${fixed(row.q, 1)} / ${count(row.ndof)} = ${fixed(perNdof(row), 2)}`),
    item('χ²', ({ chi2 }) => fixed(chi2, 1)),
    item('Shapes', ({ shapes }) => shapes),
    item('State', stateOf),
  )
}

/** withSettings: there is no form that shows starts and limits. */
function parameters(saved: FitDetail, refitted: FitDetail | null, withSettings: boolean): HTMLElement {
  const of = refitted ?? saved
  const columns = [
    { title: 'parameter', isText: true },
    ...(refitted === null ? [{ title: 'value' }] : [{ title: 'new value' }, { title: 'saved' }]),
    { title: 'remark', isText: true },
    ...(withSettings ? [{ title: 'start' }, { title: 'limits' }] : []),
  ]
  const fitted = ({ parameters }: FitDetail, name: string) => {
    const found = parameters.find(p => p.name === name)
    return found === undefined ? '–' : withError(found.value, found.error)
  }
  const rows = of.parameters.map(({ name, atLimit, fixed: held, start, limits }) => ({
    state: atLimit === null ? undefined : ('warn' as const),
    cells: [
      name,
      ...(refitted === null ? [fitted(saved, name)] : [fitted(refitted, name), fitted(saved, name)]),
      atLimit !== null ? badge('warn', `at its ${atLimit} limit`) : held ? badge('plain', 'held') : '',
      ...(withSettings
        ? [start === null ? 'from the data' : count(start), limits === null ? 'wide' : range(limits)]
        : []),
    ],
  }))
  return table('Parameters', columns, rows)
}

function spectrum({ spectrum: { edges, sides } }: FitDetail): HTMLElement {
  const columns = [
    { title: 'mass [GeV]' },
    ...sides.flatMap(({ name }) => [{ title: name }, { title: 'fit' }, { title: 'background' }]),
  ]
  const rows = edges.slice(1).map((edge, i) => ({
    cells: [
      range([edges[i]!, edge]),
      ...sides.flatMap(({ values, expected, background }) => [
        count(values[i]!),
        fixed(expected?.[i] ?? null, 1),
        fixed(background?.[i] ?? null, 1),
      ]),
    ],
  }))
  return h('details', null, h('summary', null, 'The spectra as numbers'), table('Spectra', columns, rows))
}
