/** Benchmark files: NanoAOD-like, 10,000 events each, 1,500 branches of which the benchmark's job reads eighteen. The same
 *  file for the same seed. The other branches are there because a real file has them: opening it must cope with their number,
 *  and reading must skip over their bytes. */

import { newValues } from '../lib/core/dtype.js'
import type { DType, Values } from '../lib/core/types.js'
import { type BranchSpec, rootFile } from '../test/support/root-writer.js'
import { Random } from './random.js'
import { type ToyEvent, toyEvent } from './toy-events.js'

export const EVENTS_PER_FILE = 10_000
const BASKETS = 4
const BRANCHES = 1500

/** The bytes of one file; `seed` is its number. */
export async function generateFile(seed: number): Promise<Buffer> {
  const random = new Random(seed)
  const events = Array.from({ length: EVENTS_PER_FILE }, () => toyEvent(random))
  const read = [...eventBranches(events, seed), ...electronBranches(events, random), ...triggerBranches(events)]
  const branches = [...read, ...otherBranches(BRANCHES - read.length, random)]
  const baskets = Array.from({ length: BASKETS }, (_, k) => (k * EVENTS_PER_FILE) / BASKETS)
  const tree = { path: 'Events', entries: EVENTS_PER_FILE, branches: branches.map(branch => ({ ...branch, baskets })) }
  return rootFile([tree], { compression: 'zstd' })
}

function eventBranches(events: readonly ToyEvent[], seed: number): BranchSpec[] {
  const flat = (name: string, dtype: DType, value: (event: ToyEvent, k: number) => number | bigint): BranchSpec => {
    const values = newValues(dtype, events.length)
    for (const [k, event] of events.entries()) values[k] = value(event, k)
    return { name, dtype, values }
  }
  return [
    flat('run', 'uint32', () => 400001),
    flat('luminosityBlock', 'uint32', (_, k) => 1 + Math.floor(k / 100)),
    flat('event', 'uint64', (_, k) => BigInt(seed * EVENTS_PER_FILE + k)),
    flat('HLT_Ele30_WPTight_Gsf', 'bool', event => Number(event.ele30)),
    flat('HLT_Ele32_WPTight_Gsf', 'bool', event => Number(event.ele32)),
  ]
}

function electronBranches(events: readonly ToyEvent[], random: Random): BranchSpec[] {
  const electrons = events.map(event => event.electrons)
  return collection('Electron', electrons, {
    pt: ['float32', e => e.pt],
    eta: ['float32', e => e.eta],
    phi: ['float32', e => e.phi],
    mass: ['float32', () => Math.abs(random.normal(0, 0.004))],
    charge: ['int32', e => e.charge],
    cutBased: ['uint8', e => e.cutBased],
    deltaEtaSC: ['float32', () => random.normal(0, 0.02)],
  })
}

function triggerBranches(events: readonly ToyEvent[]): BranchSpec[] {
  const triggers = events.map(event => event.triggers)
  return collection('TrigObj', triggers, {
    pt: ['float32', t => t.pt],
    eta: ['float32', t => t.eta],
    phi: ['float32', t => t.phi],
    id: ['uint16', t => t.id],
    filterBits: ['uint64', t => BigInt(t.bits)],
  })
}

/** Trigger decisions, most of them never true, and jagged quantities of an object of which an event has four. */
function otherBranches(n: number, random: Random): BranchSpec[] {
  const jets = Array.from({ length: EVENTS_PER_FILE }, () => new Array<null>(random.poisson(4)).fill(null))
  const counted = collection('Jet', jets, {})
  const [counter] = counted
  const offsets = offsetsOf(jets)
  const others = Array.from({ length: n - 1 }, (_, k): BranchSpec => {
    if (k % 20 === 0) {
      const values = fill('float32', offsets.at(-1)!, () => random.exponential(20))
      return { name: `Jet_quantity${k}`, dtype: 'float32', values, counter: counter!.name, offsets }
    }
    if (k % 20 === 1)
      return {
        name: `Quantity_x${k}`,
        dtype: 'float32',
        values: fill('float32', EVENTS_PER_FILE, () => random.normal(0, 1)),
      }
    const rate = k % 40 === 2 ? 0.1 : 0
    return {
      name: `HLT_Path${k}`,
      dtype: 'bool',
      values: fill('bool', EVENTS_PER_FILE, () => (rate > 0 && random.chance(rate) ? 1 : 0)),
    }
  })
  return [...counted, ...others]
}

type Fields<T> = Readonly<Record<string, readonly [dtype: DType, value: (object: T) => number | bigint]>>

/** The counter and one jagged branch a field. */
function collection<T>(name: string, objects: readonly (readonly T[])[], fields: Fields<T>): BranchSpec[] {
  const offsets = offsetsOf(objects)
  const counter = `n${name}`
  const flat = objects.flat()
  const counts = Int32Array.from(objects, list => list.length)
  const branches = Object.entries(fields).map(([field, [dtype, value]]): BranchSpec => {
    const values = newValues(dtype, flat.length)
    for (const [k, object] of flat.entries()) values[k] = value(object)
    return { name: `${name}_${field}`, dtype, values: rounded(values), counter, offsets }
  })
  return [{ name: counter, dtype: 'int32', values: counts }, ...branches]
}

function offsetsOf(objects: readonly (readonly unknown[])[]): Int32Array {
  const offsets = new Int32Array(objects.length + 1)
  for (const [k, list] of objects.entries()) offsets[k + 1] = offsets[k]! + list.length
  return offsets
}

function fill(dtype: 'float32' | 'bool', length: number, value: () => number): Values {
  const values = newValues(dtype, length)
  for (let k = 0; k < length; k++) values[k] = value()
  return rounded(values)
}

/** Mantissas cut to 10 bits, as NanoAOD stores them: else nothing would compress as real files do. */
function rounded(values: Values): Values {
  if (values instanceof Float32Array) {
    const bits = new Uint32Array(values.buffer)
    for (let k = 0; k < bits.length; k++) bits[k]! &= 0xffffe000
  }
  return values
}
