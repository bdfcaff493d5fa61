/** Shapes of signal and background by name. */
import { bpoly } from './bpoly.js'
import { bwcb } from './bwcb.js'
import { cbExGauss } from './cbexgauss.js'
import { cbg } from './cbg.js'
import { cheb } from './cheb.js'
import { cms, rooCmsShape } from './cms.js'
import { dcb } from './dcb.js'
import { dv } from './dv.js'
import { exp, rooExponential } from './exp.js'
import { g } from './g.js'
import { lin } from './lin.js'
import { ps } from './ps.js'
import type { Shape } from './shape.js'
import { voigtian } from './voigtian.js'

export { cbExGauss, type TailSide, templateCbExGauss } from './cbexgauss.js'
export { type CustomShape, customShape } from './custom.js'
export { type Range, type Resonance, referenceLimits, referenceStart, type ShapeStart } from './reference-limits.js'
export { type BinnedShape, normalise, type Shape, type SpectrumFacts } from './shape.js'
export { type Template, template } from './template.js'

const SHAPES: readonly Shape[] = [
  dcb,
  g,
  dv,
  cbg,
  ps,
  lin,
  exp,
  cms,
  bpoly,
  cheb,
  voigtian,
  bwcb,
  rooCmsShape,
  rooExponential,
  cbExGauss('left'),
  cbExGauss('right'),
]

/** All shapes that need nothing but their name. Those of a template are made by `template` and `templateCbExGauss`. */
export const shapes: ReadonlyMap<string, Shape> = new Map(SHAPES.map(shape => [shape.name, shape]))
