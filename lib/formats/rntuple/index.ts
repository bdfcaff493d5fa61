/** RNTuples in ROOT files (binary format 1.0, https://github.com/root-project/root/blob/master/tree/ntuple/doc/BinaryFormatSpecification.md):
 *  layout of a schema, encoding of clusters (in workers) and writing. */
import { loadZstdCompress } from '../../codecs/index.js'
import type { TableFormat } from '../table-format.js'
import { ntupleFiles } from './writer.js'

export const RNTUPLE: TableFormat = { name: 'rntuple', load: loadZstdCompress, files: ntupleFiles }
