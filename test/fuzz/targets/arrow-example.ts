/** Arrow streams with every kind of column. */
import { DTYPES, newValues } from '../../../lib/core/dtype.js'
import type { DType } from '../../../lib/core/types.js'
import {
  type ArrowData,
  type ArrowField,
  type ArrowType,
  batchMessage,
  END_OF_STREAM,
  schemaMessage,
} from '../../../lib/formats/arrow/index.js'
import type { Seed } from '../edits.js'

const ROWS = 3
const VALID = Uint8Array.of(1, 0, 1)

function column(name: string, type: ArrowType, data: ArrowData, nullable = false): [ArrowField, ArrowData] {
  return [{ name, nullable, type }, data]
}

function flat(dtype: DType, length: number, valid: Uint8Array | null = null): ArrowData {
  return { length, valid, values: newValues(dtype, length), children: [] }
}

function item(dtype: DType): ArrowField {
  return { name: 'item', nullable: false, type: { kind: 'values', dtype } }
}

export function arrowExample(): Seed[] {
  const numbers = DTYPES.map(dtype => column(dtype, { kind: 'values', dtype }, flat(dtype, ROWS)))
  const offsets = Int32Array.of(0, 2, 2, 5)
  const lists = [
    column('nulls', { kind: 'values', dtype: 'float32' }, flat('float32', ROWS, VALID), true),
    column(
      'list',
      { kind: 'list', item: item('float32') },
      { length: ROWS, valid: null, offsets, children: [flat('float32', 5)] },
    ),
    column(
      'fixed',
      { kind: 'fixed', width: 2, item: item('int32') },
      { length: ROWS, valid: null, children: [flat('int32', 6)] },
    ),
    column(
      'pairs',
      {
        kind: 'list',
        item: { name: 'item', nullable: false, type: { kind: 'struct', members: [item('int32'), item('bool')] } },
      },
      {
        length: ROWS,
        valid: null,
        offsets,
        children: [{ length: 5, valid: null, children: [flat('int32', 5), flat('bool', 5)] }],
      },
    ),
  ]
  return [
    { name: 'numbers', bytes: stream(numbers) },
    { name: 'lists', bytes: stream(lists) },
    { name: 'two streams', bytes: Buffer.concat([stream(numbers.slice(0, 3)), stream(lists.slice(0, 2))]) },
  ]
}

function stream(columns: readonly (readonly [ArrowField, ArrowData])[]): Buffer {
  const schema = { fields: columns.map(([field]) => field), metadata: new Map([['key', 'a text']]) }
  const batch = batchMessage(schema, { length: ROWS, columns: columns.map(([, data]) => data) })
  return Buffer.concat([schemaMessage(schema), ...batch, ...batch, END_OF_STREAM])
}
