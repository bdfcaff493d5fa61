/** The UHI JSON form of a histogram: schema version 1 of scikit-hep's uhi package ("histogram.schema.json"), which Python's
 *  hist and boost-histogram read and write (hist.serialization). Cells nest with the first axis outermost. */
import { DataError } from '../core/errors.js'
import { type Axis, axisExtent, regularAxis, variableAxis } from './axis.js'
import { type Hist, newHist } from './hist.js'

/** JSON text of one histogram. NaN and infinities are written as Python's json module writes them (NaN, Infinity), since JSON
 *  has no form for them; strict parsers then refuse the text. */
export function uhiText(hist: Hist): string {
  const axes = hist.axes.map(axisText).join(',')
  const values = nestedText(hist.value, hist.axes)
  const variances = nestedText(hist.variance, hist.axes)
  return `{"uhi_schema":1,"axes":[${axes}],"storage":{"type":"weighted","values":${values},"variances":${variances}}}`
}

/** JSON text of one histogram in UHI's sparse form: the cells that are not 0, and where they are along each axis, underflow
 *  being 0. NaN and infinities are texts, so that this is JSON for every reader. */
export function uhiSparseText(hist: Hist): string {
  const { axes, value, variance } = hist
  const extents = axes.map(axisExtent)
  const index: string[][] = axes.map(() => [])
  const values: string[] = []
  const variances: string[] = []
  for (let cell = 0; cell < value.length; cell++) {
    if (Object.is(value[cell], 0) && Object.is(variance[cell], 0)) continue
    let rest = cell
    for (let a = 0; a < extents.length; a++) {
      index[a]!.push(String(rest % extents[a]!))
      rest = Math.floor(rest / extents[a]!)
    }
    values.push(jsonNumber(value[cell]!))
    variances.push(jsonNumber(variance[cell]!))
  }
  const positions = index.map(positions => `[${positions.join(',')}]`).join(',')
  const storage = `"index":[${positions}],"values":[${values.join(',')}],"variances":[${variances.join(',')}]`
  return `{"uhi_schema":1,"axes":[${axes.map(axisText).join(',')}],"storage":{"type":"weighted",${storage}}}`
}

function jsonNumber(x: number): string {
  return Number.isFinite(x) ? numberText(x) : `"${x}"`
}

function axisText(axis: Axis): string {
  const binning =
    axis.kind === 'variable'
      ? `"edges":[${Array.from(axis.edges, numberText).join(',')}]`
      : `"lower":${numberText(axis.lower)},"upper":${numberText(axis.upper)},"bins":${axis.bins}`
  const metadata = JSON.stringify({ name: axis.name, label: axis.label })
  return `{"type":"${axis.kind}",${binning},"underflow":true,"overflow":true,"circular":false,"metadata":${metadata}}`
}

function nestedText(cells: Float64Array, axes: readonly Axis[]): string {
  const extents = axes.map(axisExtent)
  const last = extents.length - 1
  // Most rows of a large histogram are empty: their text is made once.
  const zeros = `[${new Array(extents[last] ?? 0).fill('0').join(',')}]`
  const level = (depth: number, first: number, stride: number): string => {
    const extent = extents[depth]!
    if (depth === last) return rowText(cells, first, stride, extent, zeros)
    let text = ''
    for (let i = 0; i < extent; i++) {
      text += `${i === 0 ? '[' : ','}${level(depth + 1, first + i * stride, stride * extent)}`
    }
    return `${text}]`
  }
  return last < 0 ? numberText(cells[0]!) : level(0, 0, 1)
}

/** The `extent` cells from `first` on, `stride` apart. */
function rowText(cells: Float64Array, first: number, stride: number, extent: number, zeros: string): string {
  let i = 0
  while (i < extent && Object.is(cells[first + i * stride]!, 0)) i++
  if (i === extent) return zeros
  let text = ''
  for (i = 0; i < extent; i++) text += `${i === 0 ? '[' : ','}${numberText(cells[first + i * stride]!)}`
  return `${text}]`
}

function numberText(x: number): string {
  if (x === 0) return Object.is(x, -0) ? '-0.0' : '0'
  return String(x)
}

/** Reads one histogram: Regular and Variable axes with underflow and overflow, weighted storage, dense or sparse.
 *  json is what JSON.parse returned; `place` names it in errors. Throws DataError where it is anything else. */
export function parseUhi(json: unknown, place: string): Hist {
  const refuse = (what: string) => new DataError('ValueError', `${place}: ${what}. Give a histogram in UHI schema 1.`)
  const root = record(json)
  if (root?.uhi_schema !== 1) throw refuse(`uhi_schema is ${JSON.stringify(root?.uhi_schema)}, wanted 1`)
  if (!Array.isArray(root.axes)) throw refuse('has no axes')
  const hist = newHist(root.axes.map((axis, i) => parseAxis(record(axis) ?? {}, i, refuse)))
  const storage = record(root.storage)
  if (storage?.type !== 'weighted') throw refuse(`storage is ${JSON.stringify(storage?.type)}, wanted "weighted"`)
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
  return hist
}

function record(json: unknown): Record<string, unknown> | undefined {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
    ? (json as Record<string, unknown>)
    : undefined
}

function parseAxis(axis: Record<string, unknown>, i: number, refuse: (what: string) => DataError): Axis {
  const metadata = record(axis.metadata) ?? {}
  const name = String(metadata.name ?? `axis_${i}`)
  const label = String(metadata.label ?? '')
  if (axis.underflow !== true || axis.overflow !== true || axis.circular === true) {
    throw refuse(`axis ${i} lacks underflow or overflow, or is circular`)
  }
  if (axis.type === 'regular') {
    return regularAxis({ name, label, bins: Number(axis.bins), lower: Number(axis.lower), upper: Number(axis.upper) })
  }
  if (axis.type === 'variable' && Array.isArray(axis.edges)) return variableAxis({ name, label, edges: axis.edges })
  throw refuse(`axis ${i} is ${JSON.stringify(axis.type)}, wanted "regular" or "variable"`)
}

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
  flat.forEach((cell, k) => {
    cells[cell] = Number(numbers[k])
  })
  return true
}
