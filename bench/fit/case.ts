/** Fit cases as JSON: histograms, a model and the answer of an independent fit (the form is in docs/fits.md). */
import {
  type FitOptions,
  type FitResult,
  fitPair,
  type PairHistograms,
  type PairModel,
  type Shape,
  type Statistic,
  shapes,
  type Template,
  template,
} from '../../lib/fit/index.js'
import { valueUncertainties } from './second-derivatives.js'

interface ShapeEntry {
  readonly shape: string
  readonly template?: Template
}

export interface FitCase {
  readonly name: string
  readonly edges: readonly number[]
  readonly pass: { readonly values: readonly number[]; readonly variances?: readonly number[] }
  readonly fail: { readonly values: readonly number[]; readonly variances?: readonly number[] }
  readonly model: {
    readonly signal_pass: ShapeEntry
    readonly signal_fail: ShapeEntry
    readonly background_pass: ShapeEntry
    readonly background_fail: ShapeEntry
    readonly shared: readonly string[]
    readonly fixed: Readonly<Record<string, number>>
    readonly limits: Readonly<Record<string, readonly [number, number]>>
    readonly constraints: Readonly<Record<string, { mean: number; sigma: number } | readonly [number, number]>>
  }
  readonly start: Readonly<Record<string, number>>
  readonly statistic: Statistic
  readonly expected: {
    readonly qmin: number
    readonly values: Readonly<Record<string, number>>
    readonly hesse: Readonly<Record<string, number>>
    readonly minos_eff: readonly [number | null, number | null] | null
  }
  readonly check: readonly string[]
  readonly tolerance: Readonly<Record<string, number>>
}

/** Histograms, model and options of a case. @throws Error naming a shape that is not known. */
export function setUpCase(fitCase: FitCase): { histograms: PairHistograms; model: PairModel; options: FitOptions } {
  const { model, edges, pass, fail, start, statistic } = fitCase
  const made = new Map<string, Shape>()
  const shapeOf = (entry: ShapeEntry): Shape => {
    const key = JSON.stringify(entry)
    const shape = made.get(key) ?? makeShape(entry)
    made.set(key, shape)
    return shape
  }
  return {
    histograms: { edges, pass, fail },
    model: {
      signal: { pass: shapeOf(model.signal_pass), fail: shapeOf(model.signal_fail) },
      background: { pass: shapeOf(model.background_pass), fail: shapeOf(model.background_fail) },
      shared: model.shared,
    },
    options: {
      start,
      statistic,
      limits: model.limits,
      fixed: model.fixed,
      constraints: Object.fromEntries(
        Object.entries(model.constraints ?? {}).map(([name, c]) => [
          name,
          Array.isArray(c) ? { mean: c[0] as number, sigma: c[1] as number } : (c as { mean: number; sigma: number }),
        ]),
      ),
      intervals: model.fixed.eff === undefined ? ['eff'] : [],
    },
  }
}

function makeShape({ shape: name, template: source }: ShapeEntry): Shape {
  if (name === 'template') {
    if (source === undefined)
      throw new Error("shape 'template': its histogram is missing (want template: {edges, values})")
    return template(source)
  }
  const found = shapes.get(name)
  if (found === undefined)
    throw new Error(`shape '${name}' is not known; there are template, ${[...shapes.keys()].join(', ')}`)
  return found
}

export interface Verdict {
  readonly result: FitResult
  readonly milliseconds: number
  /** Everything that is off, in words. */
  readonly misses: readonly string[]
  readonly notes: readonly string[]
}

/** Fits a case and compares what its `check` lists. A HESSE uncertainty that differs is a miss, unless second differences of q,
 *  which use nothing of the fit but its end point, agree with ours: then it is the answer that is not a second derivative, and this is
 *  noted; `strict` counts it as a miss all the same. */
export function runCase(fitCase: FitCase, strict = false): Verdict {
  const { histograms, model, options } = setUpCase(fitCase)
  const begin = performance.now()
  const result = fitPair(histograms, model, options)
  const milliseconds = performance.now() - begin
  const misses: string[] = []
  const notes: string[] = []
  const { expected, tolerance } = fitCase
  const checks = new Set(fitCase.check)
  const of = (name: string) => result.parameters.find(p => p.name === name)
  if (!result.valid) notes.push(result.problems.join('; '))
  const above = result.q - expected.qmin
  if (checks.has('qmin') && !(above <= tolerance.qmin!)) misses.push(`q ${above.toFixed(3)} above the minimum`)
  // a lower minimum is another point: values of the higher one say nothing about it
  if (above < -tolerance.qmin!)
    return { result, milliseconds, misses, notes: [...notes, `q ${(-above).toFixed(3)} below the expected`] }
  if (checks.has('eff')) {
    const off = Math.abs(of('eff')!.value - expected.values.eff!) / tolerance.eff!
    if (!(off <= 1)) misses.push(`eff off by ${off.toFixed(2)} of its tolerance`)
  }
  if (checks.has('hesse')) {
    let second: ReadonlyMap<string, number> | null = null
    for (const [name, want] of Object.entries(expected.hesse)) {
      const got = of(name)?.error ?? NaN
      if (agrees(got, want, tolerance.hesse_rel!)) continue
      second ??= valueUncertainties(histograms, model, options, result)
      const opinion = second.get(name) ?? NaN
      const text = `hesse of ${name} ${got.toPrecision(5)} (want ${want.toPrecision(5)}, second differences of q give ${opinion.toPrecision(5)})`
      // the answer itself is not the second derivative that it stands for, where q alone says so
      if (!strict && agrees(got, opinion, tolerance.hesse_rel! / 3)) notes.push(text)
      else misses.push(text)
    }
  }
  if (checks.has('minos_eff') && expected.minos_eff !== null) {
    const interval = of('eff')!.interval
    for (const [i, got] of [interval?.lower ?? null, interval?.upper ?? null].entries()) {
      const want = expected.minos_eff[i]!
      const same = got === null || want === null ? got === want : agrees(got, want, tolerance.minos_rel!)
      if (!same) misses.push(`minos ${i === 0 ? 'lower' : 'upper'} ${got} (want ${want})`)
    }
  }
  return { result, milliseconds, misses, notes }
}

const agrees = (got: number, want: number, part: number): boolean => Math.abs(got / want - 1) <= part
