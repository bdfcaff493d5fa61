/** The option of `run`, `explain` and `sink`. */
import { Option } from 'commander'
import { NTUPLE_FORMATS } from '../core/ntuple-format.js'

export function ntupleFormatOption(): Option {
  const description = 'format of the output tables: parquet (default), or ROOT files with an RNTuple or a TTree'
  return new Option('--ntuple-format <name>', description).choices(NTUPLE_FORMATS)
}
