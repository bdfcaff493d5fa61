/** Scale factors as a correction of correctionlib (schema version 2), in the layout of the released files: year, ValType and
 *  WorkingPoint choose a table in eta and pt. */
import type { CorrectionJson } from '../physics/correction/index.js'
import { binText } from './grid.js'
import { type ScaleFactors, tableValue, type Uncertainty } from './scale-factors.js'

export interface CorrectionOptions {
  /** `Electron-ID-SF`. */
  readonly name: string
  readonly year: string
  readonly workingPoint: string
  readonly description?: string
}

/** The outermost edges of eta, and the upper one of pt, are infinite; below the lowest pt there is no value. Where eta begins
 *  at 0 or above, the input is `abseta`. Bins that failed or were left out have 0, as released files have, and the
 *  description names those that failed. */
export function correctionOf(factors: ScaleFactors, options: CorrectionOptions): CorrectionJson {
  const [etaAxis, ptAxis] = factors.axes
  const isAbsolute = etaAxis.edges[0]! >= 0
  const eta = isAbsolute ? 'abseta' : 'eta'
  const edges = [openEdges(etaAxis.edges, !isAbsolute), openEdges(ptAxis.edges, false)]
  const tables = valueTables(factors)
  const categories = tables.map(([key, values]) => ({
    key,
    value: category('WorkingPoint', [
      {
        key: options.workingPoint,
        value: {
          nodetype: 'multibinning',
          inputs: [eta, 'pt'],
          edges,
          content: Array.from(values, x => (Number.isNaN(x) ? 0 : x)),
          flow: 'error',
        },
      },
    ]),
  }))
  return {
    name: options.name,
    description: descriptionOf(factors, options),
    version: 1,
    inputs: [
      { name: 'year', type: 'string', description: `year or scenario: ${options.year}` },
      { name: 'ValType', type: 'string', description: VALUE_TYPES },
      { name: 'WorkingPoint', type: 'string', description: `working point: ${options.workingPoint}` },
      { name: eta, type: 'real', description: isAbsolute ? `absolute value of ${etaAxis.label}` : etaAxis.label },
      { name: 'pt', type: 'real', description: ptAxis.label },
    ],
    output: { name: 'weight', type: 'real', description: 'the scale factor, or what ValType asks for' },
    data: category('year', [{ key: options.year, value: category('ValType', categories) }]),
  }
}

const VALUE_TYPES =
  'sf, sfup and sfdown (the scale factor, with its total uncertainty added and taken away); likewise statup, statdown, ' +
  'systup, systdown, and <source>up, <source>down for each source alone; effdata and effmc, the efficiencies'

/** ValType -> values. */
export function valueTables(factors: ScaleFactors): readonly (readonly [string, Float64Array])[] {
  const { scaleFactor, total, statistical, systematic, sources } = factors
  const pair = (name: string, { up, down }: Uncertainty) =>
    [
      [`${name}up`, scaleFactor.map((sf, bin) => tableValue(sf + up[bin]!))],
      [`${name}down`, scaleFactor.map((sf, bin) => tableValue(sf - down[bin]!))],
    ] as const
  return [
    ['sf', scaleFactor],
    ...pair('sf', total),
    ...pair('stat', statistical),
    ...pair('syst', systematic),
    ...sources.flatMap(source => pair(source.name.toLowerCase(), source)),
    ['effdata', factors.dataEfficiency],
    ['effmc', factors.mcEfficiency],
  ]
}

const FAILED = 'FAILED BINS of'

/** A description without what it says of failed bins of one working point, and that sentence, '' where there is none. */
export function splitDescription(
  text: string,
  year: string,
  workingPoint: string,
): readonly [rest: string, failed: string] {
  const start = text.indexOf(`${FAILED} ${year}, ${workingPoint}, `)
  if (start < 0) return [text, '']
  // Points within the sentence are those of numbers.
  const length = text.slice(start).search(/\.(?=\s|$)/) + 1
  const rest = `${text.slice(0, start)}${text.slice(start + length).trimStart()}`.trimEnd()
  return [rest, text.slice(start, start + length)]
}

function descriptionOf(factors: ScaleFactors, { description, year, workingPoint }: CorrectionOptions): string {
  const text = description ?? `Scale factors for ${workingPoint}, ${year}.`
  const failed = factors.status.flatMap((status, bin) => (status === 'failed' ? [binText(factors.axes, bin)] : []))
  const scheme = ` Uncertainties: ${[factors.scheme, ...factors.treatment].join(', ')}.`
  if (failed.length === 0) return text + scheme
  return `${text}${scheme} ${FAILED} ${year}, ${workingPoint}, whose values are 0 and must not be used: ${failed.join('; ')}.`
}

function openEdges(edges: readonly number[], below: boolean): readonly (number | string)[] {
  return edges.map((edge, i) => (i === edges.length - 1 ? 'inf' : i === 0 && below ? '-inf' : tableValue(edge)))
}

function category(input: string, content: readonly { readonly key: string; readonly value: unknown }[]) {
  return { nodetype: 'category', input, content }
}
