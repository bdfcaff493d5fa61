/** Bins and numbers as JSON has them. */
import { type Axis, axisEdges, type EfficiencyRow } from '../hist/index.js'
import type { AxisModel, EfficiencyCell, Range } from './model.js'

export function axisModel(axis: Axis): AxisModel {
  return { name: axis.name, label: axis.label, edges: [...axisEdges(axis)].map(finite) }
}

export function rangeOf({ lower, upper }: EfficiencyRow['bins'][number]): Range {
  return [finite(lower), finite(upper)]
}

export function cellOf({ passing, total, efficiency, errorLow, errorHigh, problem }: EfficiencyRow): EfficiencyCell {
  return {
    passing,
    total,
    value: finite(efficiency),
    low: finite(errorLow),
    high: finite(errorHigh),
    problem,
  }
}

export function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
