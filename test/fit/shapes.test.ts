/** Every shape against plain formulas integrated numerically, and its derivatives against differences. */
import { test } from 'uvu'
import { equal, ok, throws } from 'uvu/assert'
import {
  cbExGauss,
  customShape,
  normalise,
  referenceStart,
  type Shape,
  shapes,
  template,
  templateCbExGauss,
} from '../../lib/fit/index.js'
import { erfc } from '../../lib/fit/special/erf.js'
import { gaussLegendre } from '../../lib/fit/special/gauss-legendre.js'

const Z = Float64Array.from({ length: 61 }, (_, i) => 60 + i)
const UNEVEN = Float64Array.from([
  60, 61, 63, 66.5, 70, 75, 80, 84, 86, 87.3, 88, 89, 90, 90.5, 91, 92, 94, 97, 103, 110, 120,
])
const J_PSI = Float64Array.from({ length: 51 }, (_, i) => 2.6 + i / 50)
const tail = (t: number, a: number, n: number) =>
  t <= a ? Math.exp((-t * t) / 2) : (n / a) ** n * Math.exp((-a * a) / 2) * (n / a - a + t) ** -n
const gauss = (x: number, s: number) => Math.exp((-x * x) / (2 * s * s)) / (s * Math.sqrt(2 * Math.PI))

/** Voigt profile by summing Lorentzians over the Gaussian. */
function voigt(x: number, s: number, g: number): number {
  let sum = 0
  const step = Math.min(s, g) / 6
  for (let y = -9 * s; y <= 9 * s; y += step) sum += (gauss(y, s) * step * g) / Math.PI / ((x - y) ** 2 + g * g)
  return sum
}

/** Contents of bins of a density, in pieces small enough for its kinks. */
function integrate(edges: Float64Array, density: (x: number) => number, pieces = 40): Float64Array {
  const { nodes, weights } = gaussLegendre(5)
  return Float64Array.from({ length: edges.length - 1 }, (_, i) => {
    const half = (edges[i + 1]! - edges[i]!) / pieces / 2
    let sum = 0
    for (let j = 0; j < pieces; j++) {
      for (let k = 0; k < 5; k++) sum += weights[k]! * half * density(edges[i]! + (2 * j + 1 + nodes[k]!) * half)
    }
    return sum
  })
}

interface Check {
  readonly shape: string | Shape
  readonly edges: Float64Array
  readonly parameters: readonly number[]
  readonly density: (x: number, p: readonly number[], edges: Float64Array) => number
  readonly tolerance?: number
  readonly pieces?: number
}

const dcb = (x: number, [mu, s, aL, nL, aR, nR]: readonly number[]) =>
  x < mu! ? tail((mu! - x) / s!, aL!, nL!) : tail((x - mu!) / s!, aR!, nR!)
const cms = (x: number, [a, b, c]: readonly number[]) => erfc((a! - x) * b!) * Math.exp(-(x - 90) * c!)
const of = (x: number, edges: Float64Array) => (x - edges[0]!) / (edges[edges.length - 1]! - edges[0]!)

const CHECKS: readonly Check[] = [
  { shape: 'g', edges: Z, parameters: [90.3, 2.5], density: (x, [m, s]) => gauss(x - m!, s!) },
  { shape: 'g', edges: J_PSI, parameters: [3.09, 0.03], density: (x, [m, s]) => gauss(x - m!, s!) },
  { shape: 'dcb', edges: Z, parameters: [90.4, 2.4, 1.1, 3.5, 1.4, 5], density: dcb },
  { shape: 'dcb', edges: UNEVEN, parameters: [90.4, 2.4, 0.2, 1.05, 5, 60], density: dcb },
  { shape: 'dcb', edges: Z, parameters: [90.4, 3, 1.3, 1.00004, 0.7, 99], density: dcb },
  {
    shape: 'dv',
    edges: Z,
    parameters: [90.5, 2.2, 1.2, 3.2, 0.3],
    density: (x, [m, s, g, t, h]) => voigt(x - m!, s!, g!) + voigt(x - m!, t!, h!),
    tolerance: 1e-7,
    pieces: 3,
  },
  {
    shape: 'voigtian',
    edges: Z,
    parameters: [90.5, 2.4952, 1.5],
    density: (x, [m, w, s]) => voigt(x - m!, s!, w! / 2),
    tolerance: 1e-7,
    pieces: 3,
  },
  { shape: 'exp', edges: UNEVEN, parameters: [0.03], density: (x, [c]) => Math.exp(-c! * x) },
  { shape: 'exp', edges: UNEVEN, parameters: [0], density: () => 1 },
  { shape: 'exp', edges: Z, parameters: [-10], density: (x, [c]) => Math.exp(-c! * (x - 120)) },
  { shape: 'exponential', edges: Z, parameters: [-0.05], density: (x, [a]) => Math.exp(a! * x) },
  { shape: 'cms', edges: Z, parameters: [66, 0.08, 0.06], density: cms, tolerance: 3e-7 },
  { shape: 'cms', edges: UNEVEN, parameters: [62, 0.3, -0.05], density: cms, tolerance: 3e-7 },
  { shape: 'cms', edges: Z, parameters: [95, -0.5, 0], density: cms, tolerance: 3e-7 },
  { shape: 'cms', edges: Z, parameters: [85, 0.01, 0.3], density: cms, tolerance: 3e-7 },
  { shape: 'roocmsshape', edges: Z, parameters: [60, 0.05, 0.1, 90], density: cms, tolerance: 3e-7 },
  { shape: 'lin', edges: Z, parameters: [-0.01, 0.5], density: (x, [b, c]) => Math.max(0, b! * (x - 90) + c!) },
  {
    shape: 'lin',
    edges: Z,
    parameters: [0.11, 0.5],
    density: (x, [b, c]) => Math.max(0, b! * (x - 90) + c!),
    pieces: 4000,
    tolerance: 1e-6,
  },
  {
    shape: 'cheb',
    edges: Z,
    parameters: [1, -0.4, 0.1],
    density: (x, [a, b, c], e) => {
      const s = 2 * of(x, e) - 1
      return a! + b! * s + c! * (2 * s * s - 1)
    },
  },
  {
    shape: 'cheb',
    edges: Z,
    parameters: [0.2, 0.1, 0.9],
    density: (x, [a, b, c], e) => {
      const s = 2 * of(x, e) - 1
      return Math.max(1e-12, a! + b! * s + c! * (2 * s * s - 1))
    },
    pieces: 4000,
    tolerance: 1e-6,
  },
  {
    shape: 'bpoly',
    edges: J_PSI,
    parameters: [1, 0.6, 0.3],
    density: (x, [a, b, c], e) => {
      const v = of(x, e)
      return a! * (1 - v) ** 2 + 2 * b! * v * (1 - v) + c! * v * v
    },
  },
  { shape: 'ps', edges: Z, parameters: [2, 3], density: (x, [a, b]) => (x - 60) ** a! * (120 - x) ** b! },
  {
    shape: 'ps',
    edges: UNEVEN,
    parameters: [0.37, 1.6],
    density: (x, [a, b]) => (x - 60) ** a! * (120 - x) ** b!,
    pieces: 8000,
    tolerance: 1e-6,
  },
  {
    shape: 'cbexgauss',
    edges: Z,
    pieces: 3000,
    tolerance: 1e-8,
    parameters: [90, 2, 1.5, 0.8, 3, 1],
    density: (x, [m, s, a, n, s2, sos]) => {
      const t = (x - m!) / Math.hypot(x < m! ? s! : s2!, sos!)
      return t < -a! ? Math.exp((-a! * a!) / 2 + n! * (t + a!)) : Math.exp((-t * t) / 2)
    },
  },
  {
    shape: cbExGauss('right'),
    edges: Z,
    pieces: 3000,
    tolerance: 1e-8,
    parameters: [90, 2, 1.5, 3, 3, 0.5],
    density: (x, [m, s, a, n, s2, sos]) => {
      const t = (x - m!) / Math.hypot(x < m! ? s! : s2!, sos!)
      return t > 0 ? tail(t, a!, n!) : Math.exp((-t * t) / 2)
    },
  },
]

const cbgDensity = (edges: Float64Array, p: readonly number[]): Float64Array => {
  const [mu, s, a, n, s2] = p as [number, number, number, number, number]
  const ball = integrate(
    edges,
    x => {
      const t = ((x - mu) / s) * Math.sign(a)
      return t > 0 ? tail(t, Math.abs(a), n) : Math.exp((-t * t) / 2)
    },
    400,
  )
  const bell = integrate(edges, x => gauss(x - mu, s2))
  normalise(ball, null)
  normalise(bell, null)
  return ball.map((v, i) => v + bell[i]!)
}

const named = (shape: string | Shape): Shape => (typeof shape === 'string' ? shapes.get(shape)! : shape)

function contentsOf(shape: Shape, edges: Float64Array, p: readonly number[]): Float64Array {
  const contents = new Float64Array(edges.length - 1)
  shape.over(edges)(p, contents, null)
  ok(normalise(contents, null), `${shape.name} can be normalised`)
  return contents
}

function sameContents(got: Float64Array, want: Float64Array, tolerance: number, what: string): void {
  const top = Math.max(...want)
  for (let i = 0; i < got.length; i++) {
    ok(Math.abs(got[i]! - want[i]!) <= tolerance * top, `${what}, bin ${i}: ${got[i]}, want ${want[i]}`)
  }
}

/** Slopes of the normalised contents against central differences. */
function rightSlopes(shape: Shape, edges: Float64Array, p: readonly number[], what: string): void {
  const bins = edges.length - 1
  const contents = new Float64Array(bins)
  const slopes = new Float64Array(bins * p.length)
  shape.over(edges)(p, contents, slopes)
  normalise(contents, slopes)
  for (let k = 0; k < p.length; k++) {
    const step = 1e-5 * Math.max(Math.abs(p[k]!), 0.02)
    const at = (sign: number) =>
      contentsOf(
        shape,
        edges,
        p.map((v, l) => (l === k ? v + sign * step : v)),
      )
    const [high, low] = [at(1), at(-1)]
    const top = Math.max(...contents)
    for (let i = 0; i < bins; i++) {
      const want = (high[i]! - low[i]!) / (2 * step)
      const got = slopes[k * bins + i]!
      ok(
        Math.abs(got - want) <= 2e-5 * Math.abs(want) + ((1e-9 * top) / step) * 1e-3 + 1e-7 * top,
        `${what}, d/d${shape.parameters[k]} in bin ${i}: ${got}, differences give ${want}`,
      )
    }
  }
}

test('bins are integrals of the plain formulas, slopes are their derivatives', () => {
  for (const { shape: given, edges, parameters, density, tolerance = 1e-9, pieces = 40 } of CHECKS) {
    const shape = named(given)
    const what = `${shape.name} at ${parameters.join(', ')}`
    const want = integrate(edges, x => density(x, parameters, edges), pieces)
    normalise(want, null)
    sameContents(contentsOf(shape, edges, parameters), want, tolerance, what)
    const inside = parameters.every((v, k) => !(v === 0 && shape.parameters[k] === 'gamma'))
    if (inside) rightSlopes(shape, edges, parameters, what)
  }
})

test('cbg: both parts of area 1, the tail on the side of alpha', () => {
  for (const p of [
    [90.4, 2.2, -1.2, 3, 4.5],
    [90.4, 3.2, 1.2, 3, 1.6],
  ]) {
    const want = cbgDensity(UNEVEN, p)
    normalise(want, null)
    sameContents(contentsOf(shapes.get('cbg')!, UNEVEN, p), want, 1e-9, `cbg ${p}`)
    rightSlopes(shapes.get('cbg')!, Z, p, 'cbg')
  }
})

test('every shape by name has been checked', () => {
  const checked = new Set([...CHECKS.map(c => named(c.shape).name), 'cbg', 'bwcb'])
  equal(
    [...shapes.keys()].filter(name => !checked.has(name)),
    [],
  )
})

const LINE = {
  edges: Array.from({ length: 81 }, (_, i) => 55 + i),
  values: Array.from({ length: 80 }, (_, i) => 100 / ((55.5 + i - 91) ** 2 + 4) + (i % 3)),
}

/** Convolution of a template with a kernel, bin by bin. */
function convolve(edges: Float64Array, kernel: (d: number) => number): Float64Array {
  const fine = gaussLegendre(6)
  return integrate(
    edges,
    x => {
      let sum = 0
      for (let j = 0; j < LINE.values.length; j++) {
        for (let piece = 0; piece < 2; piece++) {
          for (let k = 0; k < 6; k++) {
            const y = LINE.edges[j]! + (piece + (1 + fine.nodes[k]!) / 2) / 2
            sum += (fine.weights[k]! / 4) * LINE.values[j]! * kernel(x - y)
          }
        }
      }
      return sum
    },
    6,
  )
}

test('template: exact convolution with a Gaussian, on a lattice of bins and off it', () => {
  for (const edges of [Z, UNEVEN]) {
    const p = [-0.4, 1.3]
    const want = convolve(edges, d => gauss(d - p[0]!, p[1]!))
    normalise(want, null)
    sameContents(contentsOf(template(LINE), edges, p), want, 1e-6, 'template')
    rightSlopes(template(LINE), edges, p, 'template')
  }
  // a Gaussian that is narrower than everything leaves the template as it is
  const inside = LINE.values.slice(5, 65)
  const sum = inside.reduce((a, b) => a + b, 0)
  sameContents(
    contentsOf(template(LINE), Z, [0, 1e-5]),
    Float64Array.from(inside, v => v / sum),
    1e-4,
    'narrow',
  )
})

test('template: what is no histogram is refused', () => {
  throws(() => template({ edges: [1, 2, 3], values: [1] }), /1 values for 3 edges \(want one value fewer/)
  throws(() => template({ edges: [1, 1, 3], values: [1, 2] }), /edge 1 \(1\) is not above edge 0/)
  throws(() => template({ edges: [1, 2, 3], values: [0, 0] }), /add up to 0/)
  throws(() => templateCbExGauss({ edges: [1, 2, 3.7], values: [1, 1] }), /not regular/)
})

test('template and generator-level line with CBExGauss', () => {
  const p = [0.3, 1.5, 1.5, 0.8, 2, 0.5]
  const kernel = (d: number): number => {
    const t = (d - p[0]!) / Math.hypot(d < p[0]! ? p[1]! : p[4]!, p[5]!)
    return t < -p[2]! ? Math.exp((-p[2]! * p[2]!) / 2 + p[3]! * (t + p[2]!)) : Math.exp((-t * t) / 2)
  }
  const want = convolve(Z, kernel)
  normalise(want, null)
  sameContents(contentsOf(templateCbExGauss(LINE), Z, p), want, 1e-5, 'template with CBExGauss')
  rightSlopes(templateCbExGauss(LINE), Z, p, 'template with CBExGauss')
})

test('bwcb: the line summed in small steps, and the same for bins that are on no lattice', () => {
  const p = [-0.5, 1.7, 1.3, 3.7]
  const shape = shapes.get('bwcb')!
  const kernel = (d: number): number => {
    const t = (d - p[0]!) / p[1]!
    return Math.abs(d) > 30 ? 0 : t < 0 ? tail(-t, p[2]!, p[3]!) : Math.exp((-t * t) / 2)
  }
  const edges = Z.filter((_, i) => i % 4 === 0)
  const want = integrate(
    edges,
    x => {
      let sum = 0
      for (let y = 40.025; y < 140; y += 0.05) sum += kernel(x - y) / ((y - 91.1876) ** 2 + 1.2476 ** 2)
      return sum
    },
    5,
  )
  normalise(want, null)
  sameContents(contentsOf(shape, edges, p), want, 2e-5, 'bwcb')
  rightSlopes(shape, edges, p, 'bwcb')
  const off = Float64Array.from([60, 71.04, 84.12, 88.78, 91.34, 95.1, 104.78, 120])
  const fine = contentsOf(
    shape,
    Float64Array.from({ length: 3001 }, (_, i) => 60 + i / 50),
    p,
  )
  const merged = Float64Array.from({ length: 7 }, (_, i) => {
    const [a, b] = [off[i]!, off[i + 1]!].map(x => Math.round((x - 60) * 50))
    return fine.slice(a, b).reduce((x, y) => x + y, 0)
  })
  sameContents(contentsOf(shape, off, p), merged, 2e-3, 'bwcb off the lattice')
})

test('a user’s own shape is a density', () => {
  const own = customShape({ name: 'own', parameters: ['mu', 'sigma'], density: (x, p) => gauss(x - p[0]!, p[1]!) })
  sameContents(contentsOf(own, Z, [90.3, 2.5]), contentsOf(shapes.get('g')!, Z, [90.3, 2.5]), 1e-9, 'own')
  rightSlopes(own, Z, [90.3, 2.5], 'own')
  throws(() => customShape({ name: 'own', parameters: ['a', 'a'], density: () => 1 }), /parameter 1 is 'a' again/)
})

test('what has no area cannot be normalised', () => {
  const contents = new Float64Array(60)
  shapes.get('lin')!.over(Z)([0, 0], contents, null)
  equal(normalise(contents, null), false)
})

test('limits and starts are those of the reference; one coefficient is held where only ratios matter', () => {
  equal(referenceStart('dcb', 'Z').limits, {
    ...{ mu: [88, 92], sigma: [1, 6], alphaL: [0, 10], nL: [0, 30], alphaR: [0, 10], nR: [0, 30] },
  })
  equal(referenceStart('cms', 'Z'), {
    start: { alpha: 90, beta: 0.02, gamma: 0.074 },
    limits: { alpha: [50, 150], beta: [-0.5, 0.3], gamma: [0, 0.1] },
    fixed: {},
  })
  equal(referenceStart('cms', 'JPsi').limits.alpha, [-4, 10])
  // of c0, c1, c2 from 0.001 to 3: every ratio
  const { start, limits, fixed } = referenceStart('cheb', 'Z')
  equal([start, fixed, Object.keys(limits)], [{ c1: 1, c2: 1 }, { c0: 1 }, ['c1', 'c2']])
  ok(limits.c1![0] <= 0.001 / 3 && limits.c1![1] === 3000)
})

test.run()
