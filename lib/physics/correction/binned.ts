/** Evaluation of a correctionlib file (JSON schema, version 2) for one real input and, perhaps, one string input: what
 *  pileup weights need. Node types: constants, binning, category. Parsed once into a flat table per string value, so that
 *  evaluating is one search in the edges. */
import { DataError, nearestHint } from '../../core/errors.js'

/** The document as parsed from JSON; its shape is checked while it is compiled. */
export interface CorrectionFile {
  readonly schema_version: number
  readonly corrections: readonly CorrectionJson[]
}
interface CorrectionJson {
  readonly name: string
  readonly inputs: readonly { readonly name: string; readonly type: string }[]
  readonly data: unknown
}

/** Weight as a function of the real input: edges (ascending) and one content a bin. Outside: `flow`. */
export interface BinnedWeight {
  readonly edges: Float64Array
  readonly contents: Float64Array
  readonly flow: 'clamp' | 'error' | 'wrap' | number
}

/** Compiles the alphabetically first correction of the file for the given value of its string input (if it has one).
 *  file: name for messages. Throws DataError where the document is not such a correction. */
export function compileCorrection(document: unknown, file: string, variation: string): BinnedWeight {
  const fail = (what: string) => new DataError('ValueError', `${file}: ${what}`)
  const { schema_version, corrections } = (document ?? {}) as Partial<CorrectionFile>
  if (schema_version !== 2) throw fail(`schema_version is ${JSON.stringify(schema_version)}, wanted 2 (correctionlib)`)
  const first = [...(corrections ?? [])].sort((a, b) => (a.name < b.name ? -1 : 1))[0]
  if (first === undefined) throw fail('no corrections in this file')
  const place = `${file} > ${first.name}`
  const types = first.inputs.map(i => i.type)
  const real = types.findIndex(t => t === 'real' || t === 'int')
  if (real < 0 || types.length > 2 || (types.length === 2 && types[1 - real] !== 'string')) {
    throw fail(`correction "${first.name}" has inputs (${types.join(', ')}), wanted (real) or (real, string)`)
  }
  return compileNode(first.data, { place, variation, realInput: first.inputs[real]!.name })
}

interface Scope {
  readonly place: string
  readonly variation: string
  readonly realInput: string
}

interface Node {
  readonly nodetype?: string
  readonly input?: string
  readonly content?: readonly unknown[]
  readonly edges?: unknown
  readonly flow?: unknown
  readonly default?: unknown
}

function compileNode(data: unknown, scope: Scope): BinnedWeight {
  if (typeof data === 'number') {
    return { edges: Float64Array.of(-Infinity, Infinity), contents: Float64Array.of(data), flow: 'clamp' }
  }
  const node = data as Node
  if (node.nodetype === 'category') return compileNode(chooseCategory(node, scope), scope)
  if (node.nodetype === 'binning') return compileBinning(node, scope)
  throw new DataError(
    'ValueError',
    `${scope.place}: node type ${JSON.stringify(node.nodetype)} is not supported here, wanted binning, category or a number`,
  )
}

function chooseCategory(node: Node, scope: Scope): unknown {
  const entries = (node.content ?? []) as readonly { key: unknown; value: unknown }[]
  const entry = entries.find(e => e.key === scope.variation)
  if (entry !== undefined) return entry.value
  if (node.default !== undefined && node.default !== null) return node.default
  const keys = entries.map(e => String(e.key))
  throw new DataError(
    'ValueError',
    `${scope.place}: no category ${JSON.stringify(scope.variation)}.${nearestHint(scope.variation, keys)} All: ${keys.join(', ')}.`,
  )
}

function compileBinning(node: Node, scope: Scope): BinnedWeight {
  const edges = binningEdges(node.edges, scope)
  const contents = node.content ?? []
  if (contents.length !== edges.length - 1) {
    throw new DataError('ValueError', `${scope.place}: ${contents.length} contents for ${edges.length - 1} bins`)
  }
  // A category below the bins is resolved bin by bin: the string is the same for all events.
  const values = contents.map(c => {
    const node = compileNode(c, scope)
    if (node.contents.length !== 1) throw new DataError('ValueError', `${scope.place}: binning within a binning`)
    return node.contents[0]!
  })
  return { edges, contents: Float64Array.from(values), flow: binningFlow(node.flow, scope) }
}

function binningEdges(edges: unknown, scope: Scope): Float64Array {
  if (Array.isArray(edges)) {
    return Float64Array.from(edges, e =>
      e === 'inf' || e === '+inf' ? Infinity : e === '-inf' ? -Infinity : Number(e),
    )
  }
  const uniform = edges as { n: number; low: number; high: number }
  if (typeof uniform?.n !== 'number') throw new DataError('ValueError', `${scope.place}: a binning without edges`)
  return Float64Array.from(
    { length: uniform.n + 1 },
    (_, i) => uniform.low + (i * (uniform.high - uniform.low)) / uniform.n,
  )
}

function binningFlow(flow: unknown, scope: Scope): BinnedWeight['flow'] {
  if (flow === 'clamp' || flow === 'error' || flow === 'wrap' || typeof flow === 'number') return flow
  throw new DataError(
    'ValueError',
    `${scope.place}: flow is ${JSON.stringify(flow)}, wanted clamp, error, wrap or a number`,
  )
}

/** Weight of each value: bin i for edges[i] <= x < edges[i + 1]. x: one number an event. Returns Float64Array[n].
 *  Throws DataError where a value is outside and the flow is `error`. clamp: first or last bin, NaN the last one. */
export function evaluateWeight(weight: BinnedWeight, x: ArrayLike<number>, place: string): Float64Array {
  const { edges, contents, flow } = weight
  const low = edges[0]!
  const high = edges[edges.length - 1]!
  const out = new Float64Array(x.length)
  for (let i = 0; i < x.length; i++) {
    let value = x[i]!
    if (!(value >= low && value < high)) {
      if (flow === 'error') {
        throw new DataError('ValueError', `${place}: ${value} is outside the correction's range [${low}, ${high})`)
      }
      if (typeof flow === 'number') {
        out[i] = flow
        continue
      }
      if (flow === 'clamp') {
        out[i] = value < low ? contents[0]! : contents[contents.length - 1]!
        continue
      }
      value = low + modulo(value - low, high - low)
    }
    out[i] = contents[findBin(edges, value)]!
  }
  return out
}

function modulo(a: number, b: number): number {
  const m = a % b
  return m < 0 ? m + b : m
}

/** i with edges[i] <= x < edges[i + 1]; x is inside. */
function findBin(edges: Float64Array, x: number): number {
  let low = 0
  let high = edges.length - 1
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (x < edges[middle]!) high = middle
    else low = middle
  }
  return low
}
