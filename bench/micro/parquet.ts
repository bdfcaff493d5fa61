/** Writing a Parquet file, ZSTD: flat columns of several types, or lists of float32. */
import { rmSync } from 'node:fs'
import { loadZstdCompress, zstdCompress } from '../../lib/codecs/index.js'
import { newValues } from '../../lib/core/dtype.js'
import type { Column } from '../../lib/core/types.js'
import { encodeRowGroup, ParquetFileWriter, tableSchema } from '../../lib/formats/index.js'
import { Random } from '../random.js'
import { firstAndAgain, type Times } from './times.js'

interface Input {
  readonly kind: 'flat' | 'lists'
  readonly columns: number
  readonly rows: number
  readonly repeats: number
  readonly path: string
}

const LEVEL = 1
const MEAN_LIST_LENGTH = 5

export async function run({ kind, columns: n, rows, repeats, path }: Input): Promise<Times> {
  const random = new Random(1)
  const offsets = kind === 'lists' ? listOffsets(rows, random) : undefined
  const columns = new Map(
    Array.from(
      { length: n },
      (_, k) => [`column${k}`, offsets ? list(offsets, random) : flat(k, rows, random)] as const,
    ),
  )
  const fields = [...columns].map(([name, { dtype }]) => ({ name, dtype, list: kind === 'lists' }))
  const schema = tableSchema(fields)
  await loadZstdCompress()
  let compressing = 0
  const compress = (bytes: Uint8Array): Uint8Array => {
    const start = performance.now()
    const frame = zstdCompress(bytes, LEVEL)
    compressing += performance.now() - start
    return frame
  }
  const times = await firstAndAgain(repeats, async () => {
    compressing = 0
    const writer = await ParquetFileWriter.open(path, schema)
    await writer.append(encodeRowGroup({ length: rows, columns }, schema, compress))
    await writer.close()
  })
  rmSync(path)
  // That of the last pass.
  return { ...times, compressing }
}

/** Of fifteen columns, ten are float32, three uint8 and two bool. */
function flat(k: number, rows: number, random: Random): Column {
  const dtype = k % 15 < 10 ? 'float32' : k % 15 < 13 ? 'uint8' : 'bool'
  const values = newValues(dtype, rows)
  for (let row = 0; row < rows; row++) {
    values[row] = dtype === 'float32' ? random.uniform() : random.below(dtype === 'bool' ? 2 : 16)
  }
  return { dtype, values }
}

function listOffsets(rows: number, random: Random): Int32Array {
  const offsets = new Int32Array(rows + 1)
  for (let row = 0; row < rows; row++) offsets[row + 1] = offsets[row]! + random.poisson(MEAN_LIST_LENGTH)
  return offsets
}

function list(offsets: Int32Array, random: Random): Column {
  return { dtype: 'float32', values: Float32Array.from({ length: offsets.at(-1)! }, () => random.uniform()), offsets }
}
