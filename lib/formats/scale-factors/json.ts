/** Scale factors with everything that they were made of, as JSON and as CSV: a bin an element or a row. What is not there is
 *  null, and an empty field. */
import { csvField } from '../../core/csv.js'
import { binRanges, type EfficiencyGrid, type ScaleFactors } from '../../scale-factors/index.js'

/** What was measured, for people. */
export interface Measured {
  readonly name: string
  readonly year: string
  readonly workingPoint: string
}

export function scaleFactorsJson(factors: ScaleFactors, measured: Measured): string {
  const { axes, scheme, treatment } = factors
  const head = {
    format: 'tnp-pipe scale factors',
    version: 1,
    name: measured.name,
    year: measured.year,
    working_point: measured.workingPoint,
    scheme,
    ...(treatment.length === 0 ? {} : { treatment }),
  }
  const lines = factors.status.map((_, bin) => JSON.stringify(binOf(factors, bin)))
  const edges = axes.map(axis => JSON.stringify(axis))
  return `${JSON.stringify(head, null, 1).slice(0, -2)},\n "axes": [\n  ${edges.join(',\n  ')}\n ],\n "bins": [\n  ${lines.join(',\n  ')}\n ]\n}\n`
}

function binOf(factors: ScaleFactors, bin: number) {
  const { axes, status, failure, inputs } = factors
  const pair = ({ up, down }: { up: Float64Array; down: Float64Array }) => ({ up: up[bin], down: down[bin] })
  return {
    bin: positions(axes, bin),
    ranges: binRanges(axes, bin),
    status: status[bin],
    ...(failure[bin] === null ? {} : { reason: failure[bin] }),
    scale_factor: factors.scaleFactor[bin],
    ...pair(factors.total),
    statistical: pair(factors.statistical),
    systematic: pair(factors.systematic),
    sources: Object.fromEntries(factors.sources.map(source => [source.name, pair(source)])),
    deviations: Object.fromEntries(Object.entries(factors.deviations).map(([name, values]) => [name, values[bin]])),
    data_efficiency: factors.dataEfficiency[bin],
    mc_efficiency: factors.mcEfficiency[bin],
    data: inputsOf(inputs.data, bin),
    mc: inputsOf(inputs.mc, bin),
  }
}

function inputsOf(grids: Readonly<Record<string, EfficiencyGrid | undefined>>, bin: number) {
  const given = Object.entries(grids).flatMap(([name, grid]) => (grid === undefined ? [] : [[name, grid] as const]))
  return Object.fromEntries(
    given.map(([name, { efficiency, up, down, failure, warning, origin }]) => [
      name,
      {
        efficiency: efficiency[bin],
        up: up[bin],
        down: down[bin],
        ...(failure[bin] === null ? {} : { reason: failure[bin] }),
        ...(warning?.[bin] == null ? {} : { warning: warning[bin] }),
        origin: origin[bin],
      },
    ]),
  )
}

export function positions([, y]: EfficiencyGrid['axes'], bin: number): readonly [number, number] {
  const m = y.edges.length - 1
  return [Math.floor(bin / m), bin % m]
}

type Cell = string | number | null | undefined

/** Uncertainties in columns `<name>_up` and `<name>_down`, differences in `<name>_difference`. */
export function scaleFactorsCsv(factors: ScaleFactors): string {
  const { axes, sources, deviations, inputs } = factors
  const columns: (readonly [string, (bin: number) => Cell])[] = [
    ...axes.flatMap(({ name }, a) => [
      [`${name}_low`, (bin: number) => binRanges(axes, bin)[a]![0]] as const,
      [`${name}_high`, (bin: number) => binRanges(axes, bin)[a]![1]] as const,
    ]),
    ['status', bin => factors.status[bin]],
    ['reason', bin => factors.failure[bin]],
    ['scale_factor', bin => factors.scaleFactor[bin]],
    ...[
      { name: 'total', ...factors.total },
      { name: 'statistical', ...factors.statistical },
      { name: 'systematic', ...factors.systematic },
      ...sources,
    ].flatMap(({ name, up, down }) => [
      [`${name}_up`, (bin: number) => up[bin]] as const,
      [`${name}_down`, (bin: number) => down[bin]] as const,
    ]),
    ...Object.entries(deviations).map(
      ([name, values]) => [`${name}_difference`, (bin: number) => values[bin]] as const,
    ),
    ['data_efficiency', bin => factors.dataEfficiency[bin]],
    ['mc_efficiency', bin => factors.mcEfficiency[bin]],
    ...inputColumns('data', inputs.data),
    ...inputColumns('mc', inputs.mc),
  ]
  const rows = factors.status.map((_, bin) => columns.map(([, of]) => csvField(of(bin))))
  return [columns.map(([name]) => name), ...rows].map(row => `${row.join(',')}\n`).join('')
}

function inputColumns(kind: string, grids: Readonly<Record<string, EfficiencyGrid | undefined>>) {
  return Object.entries(grids).flatMap(([name, grid]) =>
    grid === undefined
      ? []
      : [
          [`${kind}_${name}`, (bin: number) => grid.efficiency[bin]] as const,
          [`${kind}_${name}_up`, (bin: number) => grid.up[bin]] as const,
          [`${kind}_${name}_down`, (bin: number) => grid.down[bin]] as const,
        ],
  )
}
