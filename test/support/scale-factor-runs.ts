/** Runs of `tnp-pipe scale-factors` on tables of random efficiencies, for its tests. */
import { readFileSync, writeFileSync } from 'node:fs'
import { efficienciesJson } from '../../lib/formats/scale-factors/index.js'
import type { EfficiencyGrid } from '../../lib/scale-factors/index.js'
import { type Scratch, scratch, tnpPipe } from './cli.js'

export const ETA = [-2.5, -2, -1.566, -1.4442, -0.8, 0, 0.8, 1.4442, 1.566, 2, 2.5]
export const PT = [10, 20, 35, 50, 100, 200, 500]
export const BINS = 60
const NAMES = ['data', 'data sig', 'data bkg', 'data both', 'mc', 'mc alt', 'mc tag']
export const GAP = [
  [-1.566, -1.4442],
  [1.4442, 1.566],
]

/** The same numbers in every run, with as many digits as doubles have. */
export function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648
    return state / 2147483648
  }
}

/** bins that are null have failed. */
export function randomGrid(seed: number, failed: readonly number[] = []): EfficiencyGrid {
  const random = generator(seed)
  const numbers = (from: number, width: number) =>
    Float64Array.from({ length: BINS }, (_, bin) => (failed.includes(bin) ? NaN : from + width * random()))
  return {
    axes: [
      { name: 'el_eta', label: 'supercluster eta', edges: ETA },
      { name: 'el_pt', label: 'pT [GeV]', edges: PT },
    ],
    efficiency: numbers(0.7, 0.25),
    up: numbers(0.001, 0.02),
    down: numbers(0.001, 0.02),
    failure: Array.from({ length: BINS }, (_, bin) => (failed.includes(bin) ? 'the fit did not converge' : null)),
    origin: Array.from({ length: BINS }, (_, bin) => `fit of bin ${bin}`),
  }
}

export interface Flags {
  readonly failed?: readonly number[]
  readonly config?: Readonly<Record<string, unknown>>
  readonly args?: readonly string[]
}

/** Runs the command on a file with all tables. */
export async function run(dir: Scratch, { failed = [], config = {}, args = [] }: Flags = {}) {
  const tables = NAMES.map((name, i) => ({ name, method: 'random', grid: randomGrid(i + 1, i === 0 ? failed : []) }))
  writeFileSync(dir.path('tables.json'), efficienciesJson(tables))
  const table = (name: string) => ({ file: dir.path('tables.json'), name })
  const document = {
    data: { nominal: table('data'), alt_signal: table('data sig'), alt_background: table('data bkg') },
    mc: { nominal: table('mc'), alt_mc: table('mc alt'), alt_tag: table('mc tag') },
    correction: { year: '2022', working_point: 'Medium' },
    exclude: { el_eta: GAP },
    ...config,
  }
  const outcome = await tnpPipe([
    'scale-factors',
    ...['--config', dir.json('SF.json', document), '--output', dir.path('sf'), ...args],
  ])
  return { ...outcome, file: (name: string) => dir.path(`sf/${name}`) }
}

export async function within<T>(use: (dir: Scratch) => Promise<T>): Promise<T> {
  const dir = scratch()
  try {
    return await use(dir)
  } finally {
    dir.remove()
  }
}

export interface Bin {
  readonly status: string
  readonly reason?: string
  readonly ranges: readonly [readonly [number, number], readonly [number, number]]
  readonly scale_factor: number | null
  readonly up: number
  readonly down: number
  readonly data_efficiency: number
  readonly sources: Readonly<Record<string, { readonly up: number; readonly down: number }>>
  readonly data: Readonly<Record<string, { readonly efficiency: number; readonly origin: string }>>
}

export function binsOf(path: string): readonly Bin[] {
  return JSON.parse(readFileSync(path, 'utf8')).bins
}
