/** The type that holds the values of several: a field may be stored as float64 in one cluster and as float32 in the next. */
import { byteSize, isFloat } from '../../core/dtype.js'
import type { DType } from '../../core/types.js'

/** As numpy's result_type. */
export function promote(types: readonly DType[]): DType {
  return types.reduce((a, b) => promoteTwo(a, b))
}

function promoteTwo(a: DType, b: DType): DType {
  if (a === b || b === 'bool') return a
  if (a === 'bool') return b
  if (isFloat(a) && isFloat(b)) return 'float64'
  if (isFloat(a) || isFloat(b)) {
    const [float, whole] = isFloat(a) ? [a, b] : [b, a]
    return float === 'float32' && byteSize(whole) <= 2 ? 'float32' : 'float64'
  }
  const isUnsigned = (t: DType) => t.startsWith('u')
  if (isUnsigned(a) === isUnsigned(b)) return byteSize(a) > byteSize(b) ? a : b
  const [unsigned, signed] = isUnsigned(a) ? [a, b] : [b, a]
  if (byteSize(signed) > byteSize(unsigned)) return signed
  return ({ 1: 'int16', 2: 'int32', 4: 'int64', 8: 'float64' } as const)[byteSize(unsigned) as 1 | 2 | 4 | 8]
}
