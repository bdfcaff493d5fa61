/** The UHI JSON form of a histogram: schema version 1 of scikit-hep's uhi package ("histogram.schema.json"), which Python's
 *  hist and boost-histogram read and write (hist.serialization). Cells nest with the first axis outermost. Written by
 *  uhi-text.ts. */

import { DataError, UsageError } from '../core/errors.js'
import { isObject } from '../core/is-object.js'
import { type Axis, axisExtent, regularAxis, variableAxis } from './axis.js'
import { type Hist, newHist } from './hist.js'

/** Reads one histogram: Regular and Variable axes with underflow and overflow, dense or sparse. Weighted storage, or counts (int,
 *  double), which have no variances: those are then the counts. json is what JSON.parse returned; `place` names it in errors. Throws DataError where it is anything else. */
export function parseUhi(json: unknown, place: string): Hist {
  const refuse = (what: string) => new DataError('ValueError', `${place}: ${what}. Give a histogram in UHI schema 1.`)
  const root = record(json)
  if (root?.uhi_schema !== 1) throw refuse(`uhi_schema is ${JSON.stringify(root?.uhi_schema)}, wanted 1`)
  if (!Array.isArray(root.axes)) throw refuse('has no axes')
  const hist = emptyHist(root.axes, refuse)
  const storage = record(root.storage)
  if (typeof storage?.type !== 'string' || !STORAGES.includes(storage.type)) {
    throw refuse(`storage is ${JSON.stringify(storage?.type)}, wanted "weighted", or "int" or "double" for counts`)
  }
  for (const [key, cells] of [
    ['values', hist.value],
    ['variances', hist.variance],
  ] as const) {
    if (storage[key] === undefined) continue
    const fits = Array.isArray(storage.index)
      ? setSparse(cells, hist.axes, storage.index, storage[key])
      : setNested(cells, hist.axes.map(axisExtent), storage[key])
    if (!fits) throw refuse(`storage/${key} does not fit the axes`)
  }
  if (storage.variances === undefined) hist.variance.set(hist.value)
  return hist
}

const STORAGES = ['weighted', 'int', 'double']

function record(json: unknown): Record<string, unknown> | undefined {
  return isObject(json) ? json : undefined
}

/** Edges that do not ascend, or too many cells, are faults of the file. */
function emptyHist(axes: readonly unknown[], refuse: (what: string) => DataError): Hist {
  try {
    return newHist(axes.map((axis, i) => parseAxis(record(axis) ?? {}, i, refuse)))
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    throw refuse(error.message.replace(/\.$/, ''))
  }
}

function parseAxis(axis: Record<string, unknown>, i: number, refuse: (what: string) => DataError): Axis {
  const metadata = record(axis.metadata) ?? {}
  // hist calls axes without a name so.
  const name = textOf(metadata.name) || `axis_${i}`
  const label = textOf(metadata.label) ?? ''
  if (axis.underflow !== true || axis.overflow !== true || axis.circular === true) {
    throw refuse(`axis ${i} lacks underflow or overflow, or is circular`)
  }
  const { bins, lower, upper, edges } = axis
  if (axis.type === 'regular') {
    if (!areNumbers([bins, lower, upper])) throw refuse(`axis ${i} has bins, lower or upper that are no numbers`)
    return regularAxis({ name, label, bins: bins as number, lower: lower as number, upper: upper as number })
  }
  if (axis.type === 'variable' && Array.isArray(edges)) {
    if (!areNumbers(edges)) throw refuse(`axis ${i} has edges that are no numbers`)
    return variableAxis({ name, label, edges })
  }
  throw refuse(`axis ${i} is ${JSON.stringify(axis.type)}, wanted "regular" or "variable"`)
}

function textOf(json: unknown): string | null {
  return typeof json === 'string' || typeof json === 'number' ? String(json) : null
}

function areNumbers(items: readonly unknown[]): items is readonly number[] {
  return items.every(item => typeof item === 'number')
}

/** What has no form in JSON, as uhiSparseText writes it. */
const NOT_JSON = ['NaN', 'Infinity', '-Infinity']

function setNested(cells: Float64Array, extents: readonly number[], nested: unknown): boolean {
  const level = (json: unknown, depth: number, first: number, stride: number): boolean => {
    if (depth === extents.length) {
      if (typeof json !== 'number') return false
      cells[first] = json
      return true
    }
    const extent = extents[depth]!
    if (!Array.isArray(json) || json.length !== extent) return false
    return json.every((item, i) => level(item, depth + 1, first + i * stride, stride * extent))
  }
  return level(nested, 0, 0, 1)
}

/** index[a][k] is the position along axis a (underflow 0) of the k-th of the given numbers. */
function setSparse(cells: Float64Array, axes: readonly Axis[], index: unknown[], numbers: unknown): boolean {
  if (!Array.isArray(numbers) || index.length !== axes.length) return false
  const flat = new Array<number>(numbers.length).fill(0)
  let stride = 1
  for (const [a, axis] of axes.entries()) {
    const positions = index[a]
    const extent = axisExtent(axis)
    if (!Array.isArray(positions) || positions.length !== numbers.length) return false
    if (!positions.every(p => Number.isInteger(p) && p >= 0 && p < extent)) return false
    for (let k = 0; k < flat.length; k++) flat[k]! += stride * positions[k]
    stride *= extent
  }
  if (!numbers.every(x => typeof x === 'number' || NOT_JSON.includes(x))) return false
  flat.forEach((cell, k) => {
    cells[cell] = Number(numbers[k])
  })
  return true
}
