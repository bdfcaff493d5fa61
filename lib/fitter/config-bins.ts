/** Which bins a configuration means: by the reference's names of their histograms, or those that the files have. */
import type { Cursor } from '../config/fitter.js'
import { nearestHint } from '../core/errors.js'
import type { Resonance } from '../fit/index.js'

export type BinRange = readonly [low: number, high: number]

interface Mass {
  readonly resonance: Resonance
  readonly isMuon: boolean
  /** Number of the bin that the first range belongs to. */
  readonly firstBin: number
}

export const MASSES = {
  Z: { resonance: 'Z', isMuon: false, firstBin: 0 },
  Z_muon: { resonance: 'Z', isMuon: true, firstBin: 1 },
  JPsi: { resonance: 'JPsi', isMuon: false, firstBin: 0 },
  JPsi_muon: { resonance: 'JPsi', isMuon: true, firstBin: 0 },
} as const satisfies Readonly<Record<string, Mass>>

export type MassName = keyof typeof MASSES

export interface NamedBin {
  /** bin0, bin1, ... */
  readonly name: string
  /** By variable, where they are known. */
  readonly ranges: Readonly<Record<string, BinRange>>
  readonly passName: string
  readonly failName: string
}

export type BinChoice =
  /** Whose histograms have these names in every file. */
  | { readonly kind: 'named'; readonly bins: readonly NamedBin[] }
  /** Those of the files' histograms: all, or by name (bin03, or all of it). */
  | { readonly kind: 'found'; readonly only: readonly string[] | null; readonly place: Cursor }

/** Named where bin_ranges or names of histograms are given. */
export function binChoice(fit: Cursor, mass: Mass): BinChoice {
  const bin = fit.get('bin')
  const given = bin.or<string | readonly string[] | null>(null)
  const names = given === null ? null : [given].flat()
  if (names?.length === 0) bin.problem('is empty: leave it out for all bins.')
  const ranges = fit.get('bin_ranges').or<readonly BinRange[] | null>(null)
  const pass = fit.get('hist_pass_name').or('')
  const fail = fit.get('hist_fail_name').or('')
  for (const [own, other, key] of [
    [pass, fail, 'hist_fail_name'],
    [fail, pass, 'hist_pass_name'],
  ] as const) {
    if (own !== '' && other === '') fit.get(key).problem('is missing: both histograms need a name, or neither.')
  }
  for (const range of fit.get('bin_ranges').items()) {
    const [low, high] = range.or<BinRange>([0, 1])
    if (!(low < high)) range.problem(`must ascend, got [${low}, ${high}].`)
  }
  const hasNames = pass !== '' && fail !== ''
  if (ranges === null && !hasNames) return { kind: 'found', only: names, place: bin }
  const bins = (names ?? ['bin0']).flatMap((name): NamedBin[] => {
    const number = /^bin(\d+)$/.exec(name)?.[1]
    const range = ranges?.[Number(number) - mass.firstBin]
    if (hasNames) return [{ name, ranges: range === undefined ? {} : { pt: range }, passName: pass, failName: fail }]
    if (number === undefined || range === undefined) {
      const all = ranges?.map((_, k) => `bin${k + mass.firstBin}`) ?? []
      bin.problem(`"${name}" is none of the bins of bin_ranges (${all.join(', ')}).${nearestHint(name, all)}`)
      return []
    }
    const stem = mass.isMuon ? muonStem(fit, Number(number)) : `${name}_pt_${range[0]}p00To${range[1]}p00`
    return [{ name, ranges: { pt: range }, ...histogramNames(stem) }]
  })
  return { kind: 'named', bins }
}

/** Of a bin that is called so in its histograms. */
export function histogramNames(stem: string): Pick<NamedBin, 'passName' | 'failName'> {
  return { passName: `${stem}_Pass`, failName: `${stem}_Fail` }
}

function muonStem(fit: Cursor, number: number): string {
  const of = (key: string, fallback: string | number) => fit.get(key).or(fallback)
  const cut = `NUM_${of('numerator', 'gold')}_DEN_${of('denominator', 'baselineplus')}`
  return `${cut}_abseta_${of('abseta', 1)}_pt_${number}`
}

/** Whether a key of a configuration (bin3, LABEL/bin3) means a bin: by its whole name, or by its number. */
export function meansBin(key: string, label: string, bin: string): boolean {
  const prefix = `${label}/`
  const own = key.startsWith(prefix) ? key.slice(prefix.length) : key
  const number = /^bin0*(\d+)$/.exec(own)?.[1]
  return own === bin || (number !== undefined && number === /^bin0*(\d+)(?=_|$)/.exec(bin)?.[1])
}
