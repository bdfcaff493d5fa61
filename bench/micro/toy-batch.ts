/** Toy events as a batch in memory, for stages that are measured without a file. */
import { newValues } from '../../lib/core/dtype.js'
import type { Batch, Column, DType } from '../../lib/core/types.js'
import { chunk } from '../../test/support/batches.js'
import { Random } from '../random.js'
import { toyEvent } from '../toy-events.js'

export function toyBatch(events: number): Batch {
  const random = new Random(1)
  const toys = Array.from({ length: events }, () => toyEvent(random))
  const columns = new Map<string, Column>([['HLT_Ele32_WPTight_Gsf', decisions(toys.map(toy => toy.ele32))]])
  const electrons = lists(
    'Electron',
    toys.map(toy => toy.electrons),
  )
  electrons.add(columns, 'pt', 'float32', e => e.pt)
  electrons.add(columns, 'eta', 'float32', e => e.eta)
  electrons.add(columns, 'phi', 'float32', e => e.phi)
  electrons.add(columns, 'cutBased', 'uint8', e => e.cutBased)
  electrons.add(columns, 'eta_to_use', 'float32', e => e.eta)
  electrons.add(columns, 'phi_to_use', 'float32', e => e.phi)
  const triggers = lists(
    'TrigObj',
    toys.map(toy => toy.triggers),
  )
  triggers.add(columns, 'pt', 'float32', t => t.pt)
  triggers.add(columns, 'eta', 'float32', t => t.eta)
  triggers.add(columns, 'phi', 'float32', t => t.phi)
  triggers.add(columns, 'id', 'uint16', t => t.id)
  triggers.add(columns, 'filterBits', 'uint64', t => BigInt(t.bits))
  return { chunk, length: events, columns, events: null }
}

function decisions(passed: readonly boolean[]): Column {
  return { dtype: 'bool', values: Uint8Array.from(passed, Number) }
}

function lists<T>(collection: string, events: readonly (readonly T[])[]) {
  const offsets = new Int32Array(events.length + 1)
  for (const [k, list] of events.entries()) offsets[k + 1] = offsets[k]! + list.length
  const flat = events.flat()
  return {
    add(columns: Map<string, Column>, field: string, dtype: DType, value: (object: T) => number | bigint): void {
      const values = newValues(dtype, flat.length)
      for (const [k, object] of flat.entries()) values[k] = value(object)
      columns.set(`${collection}_${field}`, { dtype, values, offsets })
    },
  }
}
