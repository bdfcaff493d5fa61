/** Batches, pairs and tables as Arrow record batches and back. */
import { test } from 'uvu'
import { equal, throws } from 'uvu/assert'
import type { Batch, Chunk, Column, Pairs } from '../../lib/core/types.js'
import type { ArrowBatch, ArrowData, ArrowSchema } from '../../lib/formats/arrow/index.js'
import { tableSchema } from '../../lib/formats/index.js'
import {
  decodeEvents,
  decodePairs,
  type Encoded,
  encodeEvents,
  encodePairs,
  withOrigin,
} from '../../lib/shell/batches.js'
import { factsOf, type StreamFacts } from '../../lib/shell/facts.js'
import { arrowTable, decodeTables, storedSchema } from '../../lib/shell/tables.js'

const FACTS = {
  item: 'pairs',
  dataset: { name: 'D', dir: 'D', metadata: {}, isMC: false },
  pairs: { tags: 'Electron', probes: 'Photon' },
} as unknown as StreamFacts

function chunk(partition: number, start = 0): Chunk {
  const range = {
    partition,
    partitionStart: 0,
    partitionStop: null,
    start,
    stop: null,
    part: 0,
    parts: 1,
    isStep: false,
  }
  return { dataset: 'D', file: 'f.root', tree: 'Events', ...range }
}

/** Four events with 2, 0, 1 and 3 electrons, and 1, 1, 2 and 0 photons. */
function batch(partition: number, events: Int32Array | null = null): Batch {
  const electrons = Int32Array.of(0, 2, 2, 3, 6)
  const photons = Int32Array.of(0, 1, 2, 4, 4)
  const columns: [string, Column][] = [
    ['run', { dtype: 'uint32', values: Uint32Array.of(1, 2, 3, 4) }],
    ['HLT_X', { dtype: 'bool', values: Uint8Array.of(1, 0, 1, 1) }],
    ['Electron_pt', { dtype: 'float32', values: Float32Array.of(1, 2, 3, 4, 5, 6), offsets: electrons }],
    ['Electron_idx', { dtype: 'int64', values: BigInt64Array.of(1n, 2n, 3n, 4n, 5n, 6n), offsets: electrons }],
    ['Photon_pt', { dtype: 'float32', values: Float32Array.of(10, 20, 30, 40), offsets: photons }],
    ['box', { dtype: 'int16', values: Int16Array.of(1, 2, 3, 4, 5, 6, 7, 8), width: 2 }],
  ]
  return withOrigin({ chunk: chunk(partition, 100), length: 4, columns: new Map(columns), events })
}

const schemaOf = ({ fields }: Encoded): ArrowSchema => ({ fields, metadata: new Map() })

/** One record batch of two, as a stage that is none of ours may make it. */
function joined(a: ArrowBatch, b: ArrowBatch): ArrowBatch {
  return { length: a.length + b.length, columns: a.columns.map((column, i) => joinData(column, b.columns[i]!)) }
}

function joinData(a: ArrowData, b: ArrowData): ArrowData {
  const length = a.length + b.length
  const children = a.children.map((child, i) => joinData(child, b.children[i]!))
  if (a.values !== undefined) {
    const values = a.values.slice() as Float64Array
    const all = new (values.constructor as Float64ArrayConstructor)(length)
    all.set(values)
    all.set(b.values as Float64Array, a.length)
    return { length, valid: null, values: all, children }
  }
  if (a.offsets === undefined) return { length, valid: null, children }
  const last = a.offsets.at(-1)!
  return {
    length,
    valid: null,
    offsets: Int32Array.from([...a.offsets, ...b.offsets!.slice(1).map(o => o + last)]),
    children,
  }
}

test('events: those that are still in, with where they come from', () => {
  const encoded = encodeEvents(batch(3, Int32Array.of(0, 2, 3)))
  const [got, ...others] = decodeEvents(schemaOf(encoded), encoded.batch, FACTS)
  equal(others.length, 0)
  equal([got!.length, got!.events, got!.chunk.partition], [3, null, 3])
  const { columns } = got!
  equal([...columns.keys()], [...batch(3).columns.keys()])
  equal(columns.get('tnp_entry')!.values, BigInt64Array.of(100n, 102n, 103n))
  equal(columns.get('tnp_partition')!.values, Int32Array.of(3, 3, 3))
  equal(columns.get('HLT_X'), { dtype: 'bool', values: Uint8Array.of(1, 1, 1) })
  equal(columns.get('Electron_pt')!.values, Float32Array.of(1, 2, 3, 4, 5, 6))
  equal(columns.get('Electron_pt')!.offsets, Int32Array.of(0, 2, 3, 6))
  equal(columns.get('Photon_pt')!.values, Float32Array.of(10, 30, 40))
  equal(columns.get('box'), { dtype: 'int16', values: Int16Array.of(1, 2, 5, 6, 7, 8), width: 2 })
})

test('columns of one collection share their offsets', () => {
  const encoded = encodeEvents(batch(0))
  const [{ columns }] = decodeEvents(schemaOf(encoded), encoded.batch, FACTS) as [Batch]
  equal(columns.get('Electron_pt')!.offsets === columns.get('Electron_idx')!.offsets, true)
  equal(columns.get('Electron_pt')!.offsets === columns.get('Photon_pt')!.offsets, false)
})

const PAIRS: Omit<Pairs, 'batch'> = {
  tags: 'Electron',
  probes: 'Photon',
  event: Int32Array.of(0, 2, 2),
  tag: Int32Array.of(1, 2, 2),
  probe: Int32Array.of(0, 2, 3),
  columns: new Map<string, Column>([
    ['pair_mass', { dtype: 'float32', values: Float32Array.of(90, 91, 92) }],
    ['a filter', { dtype: 'bool', values: Uint8Array.of(1, 0, 1) }],
  ]),
}

test('pairs: events without pairs are gone, positions are those of the events that are left', () => {
  const encoded = encodePairs({ ...PAIRS, batch: batch(1) }, false)
  const [got] = decodePairs(schemaOf(encoded), encoded.batch, FACTS) as [Pairs]
  equal(got.batch.length, 2)
  equal(got.batch.columns.get('run')!.values, Uint32Array.of(1, 3))
  equal([got.event, got.tag, got.probe], [Int32Array.of(0, 1, 1), Int32Array.of(1, 2, 2), Int32Array.of(0, 1, 2)])
  const pick = (name: string, at: Int32Array) => Array.from(at, i => got.batch.columns.get(name)!.values[i])
  equal(pick('Electron_pt', got.tag), [2, 3, 3])
  equal(pick('Photon_pt', got.probe), [10, 30, 40])
  equal(got.columns, PAIRS.columns)
})

test('pairs with all events, as scale and smearing needs them', () => {
  const encoded = encodePairs({ ...PAIRS, batch: batch(1, Int32Array.of(0, 1, 2)) }, true)
  const [got] = decodePairs(schemaOf(encoded), encoded.batch, FACTS) as [Pairs]
  equal(got.batch.length, 3)
  equal(got.batch.events, Int32Array.of(0, 1, 2))
  equal(got.event, Int32Array.of(0, 2, 2))
})

test('rows that are pairs themselves', () => {
  const columns = new Map<string, Column>([['el_pt', { dtype: 'float32', values: Float32Array.of(1, 2, 3) }]])
  const rows = withOrigin({ chunk: chunk(0), length: 3, columns, events: null })
  const at = Int32Array.of(0, 2)
  const mass = new Map<string, Column>([['pair_mass', { dtype: 'float64', values: Float64Array.of(90, 91) }]])
  const encoded = encodePairs(
    { batch: rows, tags: 'tag_Ele', probes: 'el', event: at, tag: at, probe: at, columns: mass },
    false,
  )
  const facts = { ...FACTS, pairs: { tags: 'tag_Ele', probes: 'el' } }
  const [got] = decodePairs(schemaOf(encoded), encoded.batch, facts) as [Pairs]
  const local = encoded.batch.columns.at(-1)!.children[0]!.children[0]!
  equal(local.values, Int32Array.of(0, 0))
  equal([got.event, got.tag, got.probe], [Int32Array.of(0, 1), Int32Array.of(0, 1), Int32Array.of(0, 1)])
  equal(got.batch.columns.get('el_pt')!.values, Float32Array.of(1, 3))
})

test('a record batch with several partitions is taken apart', () => {
  const [a, b] = [1, 2].map(partition => encodePairs({ ...PAIRS, batch: batch(partition) }, false)) as [
    Encoded,
    Encoded,
  ]
  const both = decodePairs(schemaOf(a), joined(a.batch, b.batch), FACTS)
  const alone = [a, b].flatMap(e => decodePairs(schemaOf(e), e.batch, FACTS))
  equal(
    both.map(p => p.batch.chunk.partition),
    [1, 2],
  )
  equal(both, alone)
})

test('what must be there is asked for', () => {
  const encoded = encodeEvents(batch(0))
  const without = (name: string) => {
    const kept = encoded.fields.flatMap((f, i) => (f.name === name ? [] : [i]))
    const fields = kept.map(i => encoded.fields[i]!)
    return [
      { fields, metadata: new Map() },
      { length: 4, columns: kept.map(i => encoded.batch.columns[i]!) },
    ] as const
  }
  throws(() => decodeEvents(...without('tnp_partition'), FACTS), /the column tnp_partition is missing/)
  throws(
    () => decodePairs(schemaOf(encoded), encoded.batch, FACTS),
    /the column "pairs" \(a list of records\) is missing/,
  )
  throws(() => factsOf(new Map()), /no metadata "tnp-pipe"/)
  throws(() => factsOf(new Map([['tnp-pipe', '{']])), /is not JSON/)
  const named = { ...PAIRS, batch: batch(0), columns: new Map([['tag', PAIRS.columns.get('a filter')!]]) }
  throws(() => encodePairs(named, false), /a filter may not be called "tag"/)
})

test('tables: flat, nullable, lists, fixed lists and records', () => {
  const offsets = Int32Array.of(0, 2, 2, 3)
  const schema = tableSchema([
    { name: 'x', dtype: 'float32' },
    { name: 'maybe', dtype: 'int32', nullable: true },
    { name: 'lists', dtype: 'float64', list: true },
    { name: 'fixed', dtype: 'int16', width: 2 },
    { name: 'MET', members: [{ name: 'pt', dtype: 'float32', column: 'MET.pt' }] },
    {
      name: 'Jet',
      list: true,
      members: [
        { name: 'pt', dtype: 'float32', column: 'Jet.pt' },
        { name: 'id', dtype: 'bool', column: 'Jet.id' },
      ],
    },
  ])
  const columns = new Map<string, Column & { valid?: Uint8Array }>([
    ['x', { dtype: 'float32', values: Float32Array.of(1, 2, 3) }],
    ['maybe', { dtype: 'int32', values: Int32Array.of(1, 0, 3), valid: Uint8Array.of(1, 0, 1) }],
    ['lists', { dtype: 'float64', values: Float64Array.of(1, 2, 3), offsets }],
    ['fixed', { dtype: 'int16', values: Int16Array.of(1, 2, 3, 4, 5, 6), width: 2 }],
    ['MET.pt', { dtype: 'float32', values: Float32Array.of(7, 8, 9) }],
    ['Jet.pt', { dtype: 'float32', values: Float32Array.of(4, 5, 6), offsets }],
    ['Jet.id', { dtype: 'bool', values: Uint8Array.of(1, 0, 1), offsets }],
  ])
  const encoded = arrowTable({ chunk: chunk(2), length: 3, columns }, schema)
  equal(storedSchema(schemaOf(encoded)), schema)
  const [table] = decodeTables(schemaOf(encoded), encoded.batch, 'D')
  equal([table!.length, table!.chunk.partition], [3, 2])
  equal(new Map([...table!.columns].filter(([name]) => name !== 'tnp_partition')), columns)
})

test.run()
