/** The efficiencies that scale factors are made of, and the two schemes that make uncertainties of them. */
import type { EfficiencyGrid } from './grid.js'

/** Grids of the same bins. */
export interface Inputs {
  readonly data: {
    readonly nominal: EfficiencyGrid
    readonly altSignal?: EfficiencyGrid
    readonly altBackground?: EfficiencyGrid
    readonly altSignalBackground?: EfficiencyGrid
  }
  readonly mc: {
    readonly nominal: EfficiencyGrid
    readonly altMC?: EfficiencyGrid
    readonly altTag?: EfficiencyGrid
  }
}

/** classic: the nominal efficiency, and each difference of an alternative to it. mean-of-four: the mean of the fits of data,
 *  and their spread. */
export type Scheme = 'classic' | 'mean-of-four'

export const SCHEMES: readonly Scheme[] = ['classic', 'mean-of-four']

/** Names of the inputs in the order of the tables, and those of the standard tool's ROOT files. */
export const DEVIATIONS = {
  altBackground: 'altBkgModel',
  altSignal: 'altSignalModel',
  altMC: 'altMCEff',
  altTag: 'altTagSelection',
  altSignalBackground: 'altSigBkgModel',
  nominal: 'nominal',
} as const

export type DeviationName = keyof typeof DEVIATIONS

/** One bin's efficiencies. undefined: there is no such input. */
export interface BinInputs {
  readonly data: number
  readonly dataUp: number
  readonly dataDown: number
  readonly altSignal?: number | undefined
  readonly altBackground?: number | undefined
  readonly altSignalBackground?: number | undefined
  readonly mc: number
  readonly mcUp: number
  readonly mcDown: number
  readonly altMC?: number | undefined
  readonly altTag?: number | undefined
}

/** One bin's efficiency of data, and what each source adds to the uncertainty: absolute differences of efficiencies. */
export interface BinUncertainties {
  readonly data: number
  /** Those that are added in quadrature. */
  readonly systematics: Readonly<Record<string, number>>
  /** What each alternative differs by, with its sign: from the nominal efficiency, or from the mean. */
  readonly deviations: Partial<Readonly<Record<DeviationName, number>>>
}

export const COMBINE: Readonly<Record<Scheme, (bin: BinInputs) => BinUncertainties>> = {
  classic,
  'mean-of-four': meanOfFour,
}

function classic(bin: BinInputs): BinUncertainties {
  const deviations = present({
    altBackground: from(bin.data, bin.altBackground),
    altSignal: from(bin.data, bin.altSignal),
    altMC: from(bin.mc, bin.altMC),
    altTag: from(bin.mc, bin.altTag),
  })
  const systematics = Object.fromEntries(Object.entries(deviations).map(([name, value]) => [name, Math.abs(value)]))
  return { data: bin.data, systematics, deviations }
}

/** The mean of the four fits of data has the uncertainty sqrt(sum (e - mean)^2 / 3) / 2, their standard deviation over the root of
 *  their number. The alternative simulation counts where it differs by more than the simulation's statistical uncertainty. */
function meanOfFour(bin: BinInputs): BinUncertainties {
  const fits = [bin.data, bin.altBackground!, bin.altSignal!, bin.altSignalBackground!]
  const mean = fits.reduce((sum, fit) => sum + fit, 0) / 4
  const spread = Math.sqrt(fits.reduce((sum, fit) => sum + (fit - mean) ** 2, 0) / 3) / 2
  const altMC = from(bin.mc, bin.altMC)
  const deviations = present({
    nominal: bin.data - mean,
    altBackground: from(mean, bin.altBackground),
    altSignal: from(mean, bin.altSignal),
    altSignalBackground: from(mean, bin.altSignalBackground),
    altMC,
  })
  const counts = altMC !== undefined && Math.abs(altMC) > (bin.mcUp + bin.mcDown) / 2
  const extra = altMC === undefined ? {} : { altMC: counts ? Math.abs(altMC) : 0 }
  return { data: mean, systematics: { model: spread, ...extra }, deviations }
}

function from(nominal: number, other: number | undefined): number | undefined {
  return other === undefined ? undefined : other - nominal
}

function present(all: Partial<Record<DeviationName, number | undefined>>): Partial<Record<DeviationName, number>> {
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}
