/** Tables of efficiencies as JSON (schemas/efficiencies.schema.json): what fits hand on to scale factors. */
import type { EfficiencyGrid } from '../../scale-factors/index.js'
import { positions } from './json.js'

export interface NamedGrid {
  readonly name: string
  /** How the efficiencies were made, for people. */
  readonly method: string
  readonly grid: EfficiencyGrid
}

/** The document's text, one bin a line. */
export function efficienciesJson(tables: readonly NamedGrid[]): string {
  const texts = tables.map(({ name, method, grid }) => {
    const head = JSON.stringify({ name, method, axes: grid.axes }).slice(0, -1)
    const bins = grid.failure.map((reason, bin) => JSON.stringify(binOf(grid, bin, reason)))
    return `${head},"bins":[\n${bins.join(',\n')}\n]}`
  })
  return `{"format":"tnp-pipe efficiencies","version":1,"tables":[\n${texts.join(',\n')}\n]}\n`
}

/** JSON.stringify makes null of NaN. */
function binOf({ axes, efficiency, up, down, origin }: EfficiencyGrid, bin: number, reason: string | null) {
  return {
    bin: positions(axes, bin),
    efficiency: efficiency[bin],
    up: up[bin],
    down: down[bin],
    ...(reason === null ? { status: 'ok' } : { status: 'failed', reason }),
    origin: origin[bin],
  }
}
