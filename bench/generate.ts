/** Benchmark files: NanoAOD-like, with 1,600 branches of which the benchmark's job reads eighteen. The same file for the same
 *  seed and shape. The other branches are there because a real file has them: opening it must cope with their number, and
 *  reading must skip over their bytes. */

import { newValues } from '../lib/core/dtype.js'
import type { DType, Values } from '../lib/core/types.js'
import type { Compression } from '../test/support/root-compress.js'
import { type BranchSpec, rootFile } from '../test/support/root-writer.js'
import { Random } from './random.js'
import { type ToyEvent, toyEvent } from './toy-events.js'

const BASKETS = 4

export interface FileShape {
  readonly events: number
  /** All branches; at least forty and `electronFields`. */
  readonly branches: number
  /** Fields of electrons beside the seven that the job reads: what `"vars": "all"` writes. */
  readonly electronFields: number
  readonly compression: Compression
}

/** The bytes of one file; `seed` is its number. */
export async function generateFile(seed: number, shape: FileShape): Promise<Buffer> {
  const random = new Random(seed)
  const events = Array.from({ length: shape.events }, () => toyEvent(random))
  const read = [...eventBranches(events, seed), ...electronBranches(events, random), ...triggerBranches(events)]
  const fields = moreElectronBranches(events, shape.electronFields, random)
  const others = otherBranches(shape.events, shape.branches - read.length - fields.length, random)
  const branches = [...read, ...fields, ...others]
  const baskets = Array.from({ length: BASKETS }, (_, k) => Math.floor((k * shape.events) / BASKETS))
  const tree = { path: 'Events', entries: shape.events, branches: branches.map(branch => ({ ...branch, baskets })) }
  return rootFile([tree], { compression: shape.compression })
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
    flat('event', 'uint64', (_, k) => BigInt(seed * events.length + k)),
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

/** Of four fields, three are float32 and one is int8, as with real electrons. */
function moreElectronBranches(events: readonly ToyEvent[], n: number, random: Random): BranchSpec[] {
  const electrons = events.map(event => event.electrons)
  const fields = Array.from({ length: n }, (_, k) => {
    const field =
      k % 4 === 3 ? (['int8', () => random.below(20)] as const) : (['float32', () => random.normal(0, 1)] as const)
    return [`quantity${k}`, field] as const
  })
  return collection('Electron', electrons, Object.fromEntries(fields)).slice(1)
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
function otherBranches(events: number, n: number, random: Random): BranchSpec[] {
  const jets = Array.from({ length: events }, () => new Array<null>(random.poisson(4)).fill(null))
  const counted = collection('Jet', jets, {})
  const [counter] = counted
  const offsets = offsetsOf(jets)
  const others = Array.from({ length: Math.max(0, n - 1) }, (_, k): BranchSpec => {
    if (k % 20 === 0) {
      const values = fill('float32', offsets.at(-1)!, () => random.exponential(20))
      return { name: `Jet_quantity${k}`, dtype: 'float32', values, counter: counter!.name, offsets }
    }
    if (k % 20 === 1)
      return {
        name: `Quantity_x${k}`,
        dtype: 'float32',
        values: fill('float32', events, () => random.normal(0, 1)),
      }
    const rate = k % 40 === 2 ? 0.1 : 0
    return {
      name: `HLT_Path${k}`,
      dtype: 'bool',
      values: fill('bool', events, () => (rate > 0 && random.chance(rate) ? 1 : 0)),
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
