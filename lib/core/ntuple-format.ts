/** Formats of the files that tables are written to. */

export const NTUPLE_FORMATS = ['parquet', 'rntuple', 'ttree'] as const
export type NtupleFormat = (typeof NTUPLE_FORMATS)[number]

/** How the names of their files end. */
export const NTUPLE_EXTENSIONS: Readonly<Record<NtupleFormat, string>> = {
  parquet: '.parquet',
  rntuple: '.root',
  ttree: '.root',
}
