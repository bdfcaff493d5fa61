/** The model of one fit as plain data, which any thread makes shapes of. */
import type { ModulePlace } from '../core/user-module.js'
import {
  cbExGauss,
  layoutOf,
  type PairModel,
  type Shape,
  type Sides,
  shapes,
  type TailSide,
  type Template,
  template,
  templateCbExGauss,
} from '../fit/index.js'
import { loadUserShape } from './user-shape.js'

/** A shape by its name, with what it is made of. */
export interface ShapeSpec {
  readonly shape: string
  readonly tail?: TailSide
  readonly template?: Template
  /** Of a shape of the user's own. */
  readonly module?: ModulePlace
}

export interface ModelSpec {
  /** What people read: dcb_cms. */
  readonly name: string
  readonly signal: Sides<ShapeSpec>
  readonly background: Sides<ShapeSpec>
  /** Parameters that passing and failing probes share, as the fit names them. */
  readonly shared: readonly string[]
}

/** Of what is not fitted. */
export const NO_SHAPES: Sides<ShapeSpec> = { pass: { shape: 'g' }, fail: { shape: 'g' } }

/** Throws UsageError where a module of the user's does not load, RangeError where a template cannot be one. */
export async function pairModel({ signal, background, shared }: ModelSpec): Promise<PairModel> {
  return {
    signal: { pass: await shapeOf(signal.pass), fail: await shapeOf(signal.fail) },
    background: { pass: await shapeOf(background.pass), fail: await shapeOf(background.fail) },
    shared,
  }
}

export async function shapeOf({ shape, tail = 'left', template: source, module }: ShapeSpec): Promise<Shape> {
  if (module !== undefined) return (await loadUserShape(shape, module)).shape
  if (shape === 'template') return template(source!)
  if (shape === 'templateCbExGauss') return templateCbExGauss(source!, tail)
  if (shape === 'cbexgauss') return cbExGauss(tail)
  return shapes.get(shape)!
}

/** What of `count` is in each bin, by a shape whose parameters are at these places of the fit's. */
export function contentsOf(
  shape: Shape,
  at: Int32Array,
  parameters: readonly number[],
  edges: Float64Array,
  count: number,
): Float64Array {
  const contents = new Float64Array(edges.length - 1)
  const own = Array.from(at, i => parameters[i]!)
  shape.over(edges)(own, contents, null)
  const positive = contents.map(value => Math.max(value, 0))
  const sum = positive.reduce((a, b) => a + b, 0)
  return positive.map(value => (value / sum) * count)
}

/** A parameter of the fit, and where it is in its shape. */
export interface PlacedParameter {
  readonly name: string
  readonly role: 'signal' | 'background'
  readonly side: 'pass' | 'fail'
  /** As the shape names it. */
  readonly parameter: string
}

/** The shapes' parameters as the fit names them; what both sides share comes once, as that of the passing one. */
export function placedParameters(model: PairModel): PlacedParameter[] {
  const { names, ...layout } = layoutOf(model)
  const placed = new Map<string, PlacedParameter>()
  for (const role of ['signal', 'background'] as const) {
    for (const side of ['pass', 'fail'] as const) {
      for (const [k, parameter] of model[role][side].parameters.entries()) {
        const name = names[layout[role][side][k]!]!
        if (!placed.has(name)) placed.set(name, { name, role, side, parameter })
      }
    }
  }
  return [...placed.values()]
}
