/** The classes of leaves for types of values. */
import type { DType } from '../../core/types.js'

export interface LeafType {
  readonly className: string
  /** Of the type in a branch's title. */
  readonly letter: string
  /** Of a value. */
  readonly bytes: number
  readonly unsigned: boolean
}

const leafType = (className: string, letter: string, bytes: number, unsigned = false): LeafType => ({
  className,
  letter,
  bytes,
  unsigned,
})

export const LEAF_TYPES: Readonly<Record<DType, LeafType>> = {
  bool: leafType('TLeafO', 'O', 1),
  int8: leafType('TLeafB', 'B', 1),
  uint8: leafType('TLeafB', 'b', 1, true),
  int16: leafType('TLeafS', 'S', 2),
  uint16: leafType('TLeafS', 's', 2, true),
  int32: leafType('TLeafI', 'I', 4),
  uint32: leafType('TLeafI', 'i', 4, true),
  int64: leafType('TLeafL', 'L', 8),
  uint64: leafType('TLeafL', 'l', 8, true),
  float32: leafType('TLeafF', 'F', 4),
  float64: leafType('TLeafD', 'D', 8),
}
