/** ROOT files with a TTree as a format of tables: for programs that read no RNTuple. branches.ts says what becomes of columns. */
import { loadZstdCompress, zstdCompress } from '../../codecs/index.js'
import { type Packing, zstdPacking } from '../root-file/blocks.js'
import type { EncodedGroup, TableFormat } from '../table-format.js'
import { branchesOf } from './branches.js'
import { type EncodedBaskets, encodeBaskets } from './encode.js'
import { assembleTree, TTreeFileWriter } from './writer.js'

/** As the Parquet files are compressed. */
const ZSTD_LEVEL = 1
const ZSTD = zstdPacking(bytes => zstdCompress(bytes, ZSTD_LEVEL), ZSTD_LEVEL)
const UNCOMPRESSED = 0

/** The format with another compression. null: none. */
export function treeFormat(packing: Packing | null): TableFormat {
  const compression = packing?.setting ?? UNCOMPRESSED
  return {
    name: 'ttree',
    load: loadZstdCompress,
    files: schema => {
      const branches = branchesOf(schema)
      return {
        encodeGroup: rows => encodeBaskets(rows, branches, packing),
        open: (path, building) => TTreeFileWriter.open(path, branches, compression, building),
        assembleFile: (groups: readonly EncodedGroup[]) =>
          assembleTree(branches, compression, groups as readonly EncodedBaskets[]),
      }
    },
  }
}

export const TTREE: TableFormat = treeFormat(ZSTD)
