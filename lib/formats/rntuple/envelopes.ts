/** Header, page lists and footer of an RNTuple: the envelopes that describe it (binary format 1.0). */
import { xxh3 } from '../../codecs/index.js'
import { CHECKSUM_BYTES, type Cluster, PACKING } from './cluster.js'
import { FrameWriter } from './frame-writer.js'
import type { Layout } from './layout.js'

const HEADER = 1
const FOOTER = 2
const PAGE_LIST = 3
const REPETITIVE = 1
const WRITER = 'tnp-pipe'

export interface Envelope {
  /** With its head and its checksum. */
  readonly bytes: Uint8Array
  readonly checksum: bigint
}

/** Where an envelope is stored. */
export interface EnvelopeLink {
  readonly position: number
  readonly length: number
  readonly expandedLength: number
}

/** A cluster without its bytes: where the first page is, the first entry, and of each column the first element. */
export interface PlacedCluster extends Omit<Cluster, 'bytes'> {
  readonly pagesAt: number
  readonly firstEntry: number
  readonly firstElements: Float64Array
}

/** Consecutive clusters whose pages are listed in one envelope. */
export interface ClusterGroup {
  readonly firstEntry: number
  readonly entries: number
  readonly clusters: number
  readonly pageList: EnvelopeLink
}

export function headerEnvelope({ fields, columns }: Layout, name: string): Envelope {
  return envelope(HEADER, out => {
    out.u64(0) // features that readers must know: none
    for (const text of [name, '', WRITER]) out.string(text)
    out.list(fields, ({ name, typeName, parent, role, arrayLength }) =>
      out.record(() => {
        out.uint32(0) // versions of field and type
        out.uint32(0)
        out.uint32(parent)
        out.u16(role)
        out.u16(arrayLength > 0 ? REPETITIVE : 0)
        for (const text of [name, typeName, '', '']) out.string(text)
        if (arrayLength > 0) out.u64(arrayLength)
      }),
    )
    out.list(columns, ({ field, type }) =>
      out.record(() => {
        out.u16(type.number)
        out.u16(type.bits)
        out.uint32(field)
        out.u16(0) // flags
        out.u16(0) // the only way in which its values are stored
      }),
    )
    out.list([], () => {}) // aliases
    out.list([], () => {}) // what streamers need
  })
}

export function pageListEnvelope(clusters: readonly PlacedCluster[], headerChecksum: bigint): Envelope {
  return envelope(PAGE_LIST, out => {
    out.bits64(headerChecksum)
    out.list(clusters, ({ firstEntry, rows }) =>
      out.record(() => {
        out.u64(firstEntry)
        out.u64(rows) // the highest byte has flags: none
      }),
    )
    out.list(clusters, cluster => writePages(out, cluster))
  })
}

function writePages(out: FrameWriter, { pageCounts, elements, sizes, pagesAt, firstElements }: PlacedCluster): void {
  let page = 0
  let at = pagesAt
  out.list(pageCounts, (pages, column) =>
    out.list(
      { length: pages },
      () => {
        out.int32(-elements[page]!) // negative: with a checksum
        out.locator(sizes[page]!, at)
        at += sizes[page]! + CHECKSUM_BYTES
        page++
      },
      () => {
        out.u64(firstElements[column]!)
        out.uint32(PACKING.setting)
      },
    ),
  )
}

export function footerEnvelope(groups: readonly ClusterGroup[], headerChecksum: bigint): Envelope {
  return envelope(FOOTER, out => {
    out.u64(0)
    out.bits64(headerChecksum)
    // What was added to the schema: nothing.
    out.record(() => {
      for (let k = 0; k < 4; k++) out.list([], () => {})
    })
    out.list(groups, ({ firstEntry, entries, clusters, pageList }) =>
      out.record(() => {
        out.u64(firstEntry)
        out.u64(entries)
        out.uint32(clusters)
        out.u64(pageList.expandedLength)
        out.locator(pageList.length, pageList.position)
      }),
    )
  })
}

function envelope(kind: number, body: (out: FrameWriter) => void): Envelope {
  const out = new FrameWriter()
  out.u64(0)
  body(out)
  out.patch64(0, (BigInt(out.length + CHECKSUM_BYTES) << 16n) | BigInt(kind))
  const checksum = xxh3(out.view())
  out.bits64(checksum)
  return { bytes: out.view(), checksum }
}
