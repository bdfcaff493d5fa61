/** How variables are shown: labels, ranges, logarithmic or not. By the reference's plot types, or by the name of the axis. */
import { own } from '../core/own.js'
import { type Axis, axisEdges, type EfficiencyBin } from '../hist/index.js'
import type { Corner } from './figure.js'

export interface AxisStyle {
  readonly label: string
  /** In texts: "20 < pT < 30 GeV". */
  readonly symbol: string
  readonly unit: string
  readonly range: readonly [number, number]
  readonly log: boolean
  readonly legend: readonly Corner[]
}

/** The `plottype`s of the reference's plot_ratio, with its ranges. */
export const PLOT_TYPES = ['pt_low_threshold', 'pt_high_threshold', 'eta', 'phi'] as const
export type PlotType = (typeof PLOT_TYPES)[number]

const PT_CORNERS: readonly Corner[] = ['lower right', 'upper left', 'lower center', 'lower left', 'upper right']
const ANGLE_CORNERS: readonly Corner[] = ['lower center', 'upper center', 'lower left', 'lower right', 'upper right']

const PT = { symbol: '\\it{p}_{T}', unit: 'GeV', legend: PT_CORNERS }
const ETA = { symbol: 'η', unit: '', legend: ANGLE_CORNERS, log: false }
const PHI = { symbol: 'φ', unit: '', legend: ANGLE_CORNERS, log: false }

const TYPE_STYLES: Readonly<Record<PlotType, AxisStyle>> = {
  pt_low_threshold: { ...PT, label: 'Offline electron \\it{p}_{T} [GeV]', range: [10, 400], log: true },
  pt_high_threshold: { ...PT, label: 'Offline electron \\it{p}_{T} [GeV]', range: [10, 400], log: false },
  eta: { ...ETA, label: 'Offline electron η', range: [-2.5, 2.5] },
  phi: { ...PHI, label: 'Offline electron φ', range: [-3.32, 3.32] },
}

export type Variable = 'pt' | 'eta' | 'phi'

/** What an axis is of, by its name: el_pt, ph_superclusterEta, phi. */
export function variableOf(name: string): Variable | undefined {
  const words = wordsOf(name)
  if (words.includes('pt') || words.includes('et')) return 'pt'
  const last = words.at(-1) ?? ''
  return last.endsWith('eta') ? 'eta' : last.endsWith('phi') ? 'phi' : undefined
}

/** Of which variable a plot type is. */
export function variableOfType(type: PlotType): Variable {
  return type.startsWith('pt') ? 'pt' : (type as Variable)
}

function wordsOf(name: string): string[] {
  return name
    .toLowerCase()
    .split(/[_\W]+/)
    .filter(word => word !== '')
}

/** Beyond it, transverse momenta are shown on a logarithmic axis. */
const LOG_FROM_RATIO = 8

/** plotType: default is what fits the axis's name, with the range of its bins. */
export function axisStyle(axis: Axis, plotType?: PlotType): AxisStyle {
  if (plotType !== undefined) return TYPE_STYLES[plotType]
  const edges = drawnEdges(axis)
  const range = [edges[0]!, edges.at(-1)!] as const
  const words = wordsOf(axis.name)
  const variable = variableOf(axis.name)
  const object = own(OBJECTS, words[0]!) ?? 'Probe'
  if (variable === 'pt') {
    const symbol = words.includes('pt') ? PT.symbol : '\\it{E}_{T}'
    const log = range[0] > 0 && range[1] / range[0] > LOG_FROM_RATIO
    return { ...PT, symbol, label: `${object} ${symbol} [GeV]`, range, log }
  }
  const sc = words.includes('sc') || /supercluster/.test(words.join('')) ? '_{SC}' : ''
  if (variable === 'eta') {
    const symbol = /abs/.test(words.join('')) ? `|η${sc}|` : `η${sc}`
    return { ...ETA, symbol, label: `${object} ${symbol}`, range }
  }
  if (variable === 'phi') return { ...PHI, symbol: `φ${sc}`, label: `${object} φ${sc}`, range }
  const label = axis.label !== '' ? axis.label : (own(KNOWN, axis.name) ?? axis.name)
  return { label, symbol: own(KNOWN, axis.name) ?? axis.name, unit: '', range, log: false, legend: ANGLE_CORNERS }
}

const OBJECTS: Readonly<Record<string, string>> = {
  el: 'Electron',
  ph: 'Photon',
  mu: 'Muon',
  tag: 'Tag',
  probe: 'Probe',
}

const KNOWN: Readonly<Record<string, string>> = {
  PV_npvs: 'Number of primary vertices',
  nPV: 'Number of primary vertices',
  run: 'Run number',
}

/** Edges as they are drawn: one at infinity is as far from its neighbour as the next bin is wide. */
export function drawnEdges(axis: Axis): number[] {
  const edges = Array.from(axisEdges(axis))
  const last = edges.length - 1
  if (edges[last] === Number.POSITIVE_INFINITY)
    edges[last] = 2 * edges[last - 1]! - (edges[last - 2] ?? edges[last - 1]! - 1)
  if (edges[0] === Number.NEGATIVE_INFINITY) edges[0] = 2 * edges[1]! - (edges[2] ?? edges[1]! + 1)
  return edges
}

/** "20 < pT < 30 GeV". */
export function binText({ lower, upper }: EfficiencyBin, { symbol, unit }: AxisStyle): string {
  const after = unit === '' ? '' : ` ${unit}`
  if (upper === Number.POSITIVE_INFINITY) return `${symbol} > ${edgeText(lower)}${after}`
  if (lower === Number.NEGATIVE_INFINITY) return `${symbol} < ${edgeText(upper)}${after}`
  return `${edgeText(lower)} < ${symbol} < ${edgeText(upper)}${after}`
}

/** At most three digits after the point; a minus, not a hyphen. */
export function edgeText(edge: number): string {
  if (!Number.isFinite(edge)) return edge > 0 ? '∞' : '−∞'
  return String(Number(edge.toFixed(3))).replace('-', '−')
}
