/** The reference's fits (its config's meaning: limits, starts, shared signal) on its own histograms, beside independent minima. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openFile } from 'jsroot/io'
import { type FitResult, fitPair, referenceStart, shapes } from '../../lib/fit/index.js'

export interface ReferenceFit {
  readonly key: string
  readonly result: FitResult
  readonly milliseconds: number
  readonly independent: { readonly qmin: number; readonly eff: number; readonly hesse: number; readonly valid: boolean }
  readonly reference: { readonly eff: number; readonly within_1_of_minimum: boolean }
}

interface Th1 {
  readonly fXaxis: { readonly fNbins: number; readonly fXmin: number; readonly fXmax: number }
  readonly fArray: ArrayLike<number>
}

/** Runs the fits that `expected.json` of the folder lists, those whose key matches. */
export async function referenceFits(folder: string, only = /./): Promise<ReferenceFit[]> {
  const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'))
  const config = read('config.json')
  const expected = read('expected.json') as Record<string, Pick<ReferenceFit, 'independent' | 'reference'>>
  const files: Record<string, string> = { ...config.input.root_files_DATA, ...config.input.root_files_MC }
  const opened = new Map<string, Awaited<ReturnType<typeof openFile>>>()
  for (const [label, name] of Object.entries(files)) {
    opened.set(label, await openFile(new Uint8Array(readFileSync(join(folder, name))).buffer))
  }
  const { bin_ranges, x_min, x_max } = config.fit
  const fits: ReferenceFit[] = []
  for (const [key, answer] of Object.entries(expected)) {
    if (!only.test(key)) continue
    const [type, bin, label] = key.split('/') as [string, string, string]
    const [low, high] = bin_ranges[Number(bin.slice(3))]
    const name = `${bin}_pt_${low}p00To${high}p00`
    const [pass, fail] = await Promise.all(
      ['Pass', 'Fail'].map(async side => (await opened.get(label)!.readObject(`${name}_${side}`)) as Th1),
    )
    const begin = performance.now()
    const result = referenceFit(type, cut(pass!, x_min, x_max), cut(fail!, x_min, x_max))
    fits.push({ key, result, milliseconds: performance.now() - begin, ...answer })
  }
  return fits
}

interface Cut {
  readonly edges: number[]
  readonly values: number[]
}

/** Bins whose centre is within the range. */
function cut({ fXaxis: { fNbins, fXmin, fXmax }, fArray }: Th1, low: number, high: number): Cut {
  const width = (fXmax - fXmin) / fNbins
  const values: number[] = []
  const edges: number[] = []
  for (let i = 0; i < fNbins; i++) {
    const from = fXmin + i * width
    if (from + width / 2 < low || from + width / 2 > high) continue
    if (edges.length === 0) edges.push(from)
    edges.push(from + width)
    values.push(fArray[i + 1]!)
  }
  return { edges, values }
}

function referenceFit(type: string, pass: Cut, fail: Cut): FitResult {
  const [signalName, backgroundName] = type.split('_') as [string, string]
  const signal = shapes.get(signalName)!
  const background = shapes.get(backgroundName)!
  const start: Record<string, number> = {}
  const limits: Record<string, readonly [number, number]> = {}
  const fixed: Record<string, number> = {}
  const add = (shape: string, rename: (name: string) => string): void => {
    const given = referenceStart(shape, 'Z')
    for (const [name, value] of Object.entries(given.start)) start[rename(name)] = value
    for (const [name, value] of Object.entries(given.limits)) limits[rename(name)] = value
    for (const [name, value] of Object.entries(given.fixed)) fixed[rename(name)] = value
  }
  add(signalName, name => name)
  for (const side of ['pass', 'fail']) add(backgroundName, name => `bkg_${name}_${side}`)
  return fitPair(
    { edges: pass.edges, pass, fail },
    {
      signal: { pass: signal, fail: signal },
      background: { pass: background, fail: background },
      shared: signal.parameters,
    },
    { start, limits, fixed },
  )
}
