/** The model of one fit as plain data, which any thread makes shapes of. */
import { type PairModel, type Shape, type Sides, shapes } from '../fit/index.js'

/** A shape by its name. */
export interface ShapeSpec {
  readonly shape: string
}

export interface ModelSpec {
  /** What people read: dcb_cms. */
  readonly name: string
  readonly signal: Sides<ShapeSpec>
  readonly background: Sides<ShapeSpec>
  /** Parameters that passing and failing probes share, as the fit names them. */
  readonly shared: readonly string[]
}

export function pairModel({ signal, background, shared }: ModelSpec): PairModel {
  return {
    signal: { pass: shapeOf(signal.pass), fail: shapeOf(signal.fail) },
    background: { pass: shapeOf(background.pass), fail: shapeOf(background.fail) },
    shared,
  }
}

export function shapeOf({ shape }: ShapeSpec): Shape {
  return shapes.get(shape)!
}

/** signal_background with the same shapes on both sides, all parameters of the signal shared: the reference's models. */
export function referenceModel(signal: string, background: string): ModelSpec {
  const [s, b] = [{ shape: signal }, { shape: background }]
  return {
    name: `${signal}_${background}`,
    signal: { pass: s, fail: s },
    background: { pass: b, fail: b },
    shared: shapeOf(s).parameters,
  }
}
