/** Efficiencies and histograms as they fill. */
import { estimateEfficiency } from '../../../hist/efficiency.js'
import { MASS_AXIS } from '../../../hist/mass-regions.js'
import type { LiveAxis, LiveHistogram, LiveWindow, Sums } from '../../live/state.js'
import { type Child, h } from '../dom.js'
import { chart, type Points } from './chart.js'
import { sumText, timeText } from './format.js'
import { table } from './parts.js'

const COUNTED = 'Counted, the background is not taken off.'

export function windowsTable(windows: readonly LiveWindow[]): Child {
  if (windows.length === 0) return h('p', { class: 'quiet' }, 'No pairs have been counted yet.')
  return windows.map(({ window, pairs, weight, all, filters }) => [
    h(
      'p',
      null,
      `${window}: ${pairs.toLocaleString('en')} pairs${weight === null ? '' : `, efficiencies by ${weight}`}. ${COUNTED}`,
    ),
    table(
      `Efficiencies, ${window}`,
      [
        { title: 'Filter' },
        { title: 'Passing', isNumber: true },
        { title: 'Failing', isNumber: true },
        { title: 'Efficiency', isNumber: true },
        { title: '', isNumber: true },
      ],
      filters.map(({ filter, passing, sums }) => {
        const failed = { value: all.value - sums.value, variance: all.variance - sums.variance }
        const { efficiency, low, high } = estimateEfficiency(sums, failed)
        return [
          filter,
          passing.toLocaleString('en'),
          (pairs - passing).toLocaleString('en'),
          Number.isFinite(efficiency) ? efficiency.toFixed(4) : '–',
          Number.isFinite(low) ? `+${(high - efficiency).toFixed(4)} −${(efficiency - low).toFixed(4)}` : '',
        ]
      }),
    ),
  ])
}

/** For each axis a chart: the mass spectrum of passing and failing probes, or the efficiency along it. */
export function histogramCharts(histogram: LiveHistogram): Child[] {
  const { axes, seconds, isFinal } = histogram
  const [passing, failing] = (['passing', 'failing'] as const).map(kind => sumOf(axes[0]?.[kind].value ?? []))
  return [
    h(
      'p',
      { class: 'legend' },
      h('span', { class: 'key passing' }, `passing ${sumText(passing!)}`),
      h('span', { class: 'key failing' }, `failing ${sumText(failing!)}`),
      h('span', { class: 'quiet' }, isFinal ? 'complete' : `as of ${timeText(seconds)}`),
    ),
    h('div', { class: 'charts' }, ...axes.flatMap(axis => axisFigures(axis))),
    h('details', null, h('summary', null, 'Numbers'), ...axes.map(axis => numbersTable(axis))),
  ]
}

function numbersTable({ name, edges, passing, failing }: LiveAxis): HTMLElement {
  const edge = (k: number) => String(Number(edges[k]!.toPrecision(6)))
  return table(
    `Probes along ${name}`,
    [
      { title: name },
      { title: 'Passing', isNumber: true },
      { title: 'Failing', isNumber: true },
      { title: 'Efficiency', isNumber: true },
    ],
    passing.value.map((passed, k) => {
      const { efficiency } = estimateEfficiency(sumsAt(passing, k), sumsAt(failing, k))
      const shown = Number.isFinite(efficiency) ? efficiency.toFixed(4) : '–'
      return [`${edge(k)} to ${edge(k + 1)}`, sumText(passed), sumText(failing.value[k]!), shown]
    }),
  )
}

function sumsAt({ value, variance }: LiveAxis['passing'], k: number): Sums {
  return { value: value[k]!, variance: variance[k]! }
}

function axisFigures(axis: LiveAxis): HTMLElement[] {
  const title = axis.label === '' ? axis.name : axis.label
  const spectrum = figure(`Probes along ${title}`, spectrumChart(axis, title))
  if (axis.name === MASS_AXIS) return [spectrum]
  return [figure(`Efficiency along ${title}`, efficiencyChart(axis, title)), spectrum]
}

function figure(title: string, drawing: Element): HTMLElement {
  return h('figure', null, h('figcaption', null, title), drawing)
}

function spectrumChart({ edges, passing, failing }: LiveAxis, x: string): Element {
  const label = `Probes along ${x}: ${sumText(sumOf(passing.value))} passing, ${sumText(sumOf(failing.value))} failing`
  return chart({
    ...{ label, x, y: 'probes a bin', edges },
    series: [
      { kind: 'steps', name: 'failing', values: failing.value },
      { kind: 'steps', name: 'passing', values: passing.value },
    ],
  })
}

function efficiencyChart({ edges, passing, failing }: LiveAxis, x: string): Element {
  const values = passing.value.map((_, k) => {
    const { efficiency, low, high } = estimateEfficiency(sumsAt(passing, k), sumsAt(failing, k))
    return { value: efficiency, low, high }
  })
  const filled = values.filter(({ value }) => Number.isFinite(value)).length
  const label = `Efficiency along ${x}: ${filled} of ${values.length} bins have probes`
  const points: Points = { kind: 'points', name: 'efficiency', values }
  return chart({ ...{ label, x, y: 'efficiency', edges, top: 1.05 }, series: [points] })
}

/** NaN where one of them is no number. */
function sumOf(values: readonly (number | null)[]): number {
  return values.reduce<number>((sum, value) => sum + (value ?? Number.NaN), 0)
}
