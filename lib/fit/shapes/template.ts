/** `template`: a histogram of simulation (piecewise constant in its own bins), moved by shift and convolved with a Gaussian of
 *  width sigma; the standard tool's nominal signal. Exact: with K(d) = d·Φ(d/σ) + σ·φ(d/σ), the second antiderivative of the
 *  Gaussian, and J_j the jump of the template's density at its edge e_j, the antiderivative at x is Σ J_j K(x - shift - e_j). */
import { erfcAndBell } from '../special/erf.js'
import { latticeStep } from './lattice.js'
import type { Shape } from './shape.js'

/** A histogram to use as a shape: ascending edges and one content for each bin. */
export interface Template {
  readonly edges: ArrayLike<number>
  readonly values: ArrayLike<number>
}

const ONE_OVER_ROOT_TWO_PI = 1 / Math.sqrt(2 * Math.PI)
/** Beyond so many widths a Gaussian is over to the last digit. */
const REACH = 8.5

/** The shape of a template, with parameters shift and sigma (GeV). Contents below 0 count as 0.
 *  @throws RangeError where edges do not ascend, there is not one value for each bin, or all are 0. */
export function template(source: Template, name = 'template'): Shape {
  const { at, jump } = jumps(source)
  return {
    name,
    parameters: ['shift', 'sigma'],
    over: edges => {
      const bins = edges.length - 1
      const count = at.length
      // sums of J and J·e over the first j edges: what lies more than REACH below x enters as a straight line
      const sumJ = new Float64Array(count + 1)
      const sumJe = new Float64Array(count + 1)
      for (let j = 0; j < count; j++) {
        sumJ[j + 1] = sumJ[j]! + jump[j]!
        sumJe[j + 1] = sumJe[j]! + jump[j]! * at[j]!
      }
      const step = latticeStep(edges, at)
      const kernel = new Kernel(step)
      // places on the lattice, if there is one
      const placeOf = (x: number): number => (step === null ? 0 : Math.round((x - edges[0]!) / step))
      const edgePlaces = Int32Array.from(edges, placeOf)
      const jumpPlaces = Int32Array.from(at, placeOf)
      const value = new Float64Array(3)
      const before = new Float64Array(3)
      return (p, contents, slopes) => {
        const shift = p[0]!
        const sigma = Math.max(Math.abs(p[1]!), 1e-6)
        kernel.set(shift, sigma)
        let low = 0
        let high = 0
        for (let i = 0; i <= bins; i++) {
          const x = edges[i]!
          while (low < count && x - shift - at[low]! > REACH * sigma) low++
          while (high < count && x - shift - at[high]! >= -REACH * sigma) high++
          let sum = sumJ[low]! * (x - shift) - sumJe[low]!
          let byShift = -sumJ[low]!
          let bySigma = 0
          const place = edgePlaces[i]! - kernel.origin
          for (let j = low; j < high; j++) {
            const k = step === null ? kernel.single(x - at[j]!) : place - jumpPlaces[j]!
            sum += jump[j]! * kernel.second[k]!
            byShift -= jump[j]! * kernel.first[k]!
            bySigma += jump[j]! * kernel.density[k]!
          }
          value[0] = sum
          value[1] = byShift
          value[2] = bySigma
          if (i > 0) {
            contents[i - 1] = value[0] - before[0]!
            if (slopes !== null) {
              slopes[i - 1] = value[1] - before[1]!
              slopes[bins + i - 1] = value[2] - before[2]!
            }
          }
          before.set(value)
        }
      }
    },
  }
}

const turn = { erfc: 0, bell: 0 }

/** K, Φ and φ of one Gaussian at distances that are asked for: in a table where these lie on a lattice, else at once. */
class Kernel {
  readonly step: number | null
  second = new Float64Array(1)
  first = new Float64Array(1)
  density = new Float64Array(1)
  /** Distance, in steps, at which the table begins. */
  origin = 0
  #shift = 0
  #sigma = 1

  constructor(step: number | null) {
    this.step = step
  }

  set(shift: number, sigma: number): void {
    this.#shift = shift
    this.#sigma = sigma
    if (this.step === null) return
    this.origin = Math.floor((shift - REACH * sigma) / this.step) - 1
    const count = Math.ceil((2 * REACH * sigma) / this.step) + 4
    if (this.second.length < count) {
      this.second = new Float64Array(count)
      this.first = new Float64Array(count)
      this.density = new Float64Array(count)
    }
    for (let k = 0; k < count; k++) this.#fill(k, (this.origin + k) * this.step)
  }

  /** Where the three values at distance d stand, without a lattice. */
  single(d: number): number {
    this.#fill(0, d)
    return 0
  }

  #fill(k: number, d: number): void {
    const z = (d - this.#shift) / this.#sigma
    erfcAndBell(-z * Math.SQRT1_2, turn)
    const density = turn.bell * ONE_OVER_ROOT_TWO_PI
    const first = 0.5 * turn.erfc
    this.first[k] = first
    this.density[k] = density
    this.second[k] = this.#sigma * (z * first + density)
  }
}

/** The template's edges and the jumps of its density there; checked. */
function jumps({ edges, values }: Template): { at: Float64Array; jump: Float64Array } {
  const at = Float64Array.from(edges)
  const bins = at.length - 1
  if (bins < 1 || values.length !== bins) {
    throw new RangeError(`template: ${values.length} values for ${at.length} edges (want one value fewer than edges)`)
  }
  const jump = new Float64Array(bins + 1)
  let total = 0
  for (let i = 0; i < bins; i++) {
    const width = at[i + 1]! - at[i]!
    if (!(width > 0)) throw new RangeError(`template: edge ${i + 1} (${at[i + 1]}) is not above edge ${i} (${at[i]})`)
    const height = Math.max(values[i]!, 0) / width
    total += height * width
    jump[i]! += height
    jump[i + 1]! -= height
  }
  if (!(total > 0 && total < Infinity))
    throw new RangeError(`template: its contents add up to ${total} (want more than 0)`)
  for (let i = 0; i <= bins; i++) jump[i]! /= total
  return { at, jump }
}
