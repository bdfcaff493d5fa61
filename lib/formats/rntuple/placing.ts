/** The parts of a file with an RNTuple, in their order: header envelope, clusters, page lists, footer envelope, anchor. Gives records
 *  and knows where they stand; writes none. */
import { packRecord, placeKeys } from '../root-file/index.js'
import { TREE_NAME } from '../table-format.js'
import { anchorRecord } from './anchor.js'
import { BLOB, type Cluster, KEY_BYTES, PACKING } from './cluster.js'
import {
  type ClusterGroup,
  type Envelope,
  type EnvelopeLink,
  footerEnvelope,
  headerEnvelope,
  type PlacedCluster,
  pageListEnvelope,
} from './envelopes.js'
import type { Layout } from './layout.js'

/** A record to be put at the end of the file. */
export interface PendingRecord {
  readonly name: { readonly className: string; readonly name: string; readonly title: string }
  readonly object: Uint8Array
  readonly listed: boolean
}

/** Where a record came to be: its first byte, and its bytes with the key. */
export interface At {
  readonly seek: number
  readonly bytes: number
}

/** An envelope as it is stored. */
export interface PackedEnvelope {
  readonly object: Uint8Array
  readonly expandedLength: number
  readonly checksum: bigint
}

export function packedHeader(layout: Layout): PackedEnvelope {
  return packed(headerEnvelope(layout, TREE_NAME))
}

function packed({ bytes, checksum }: Envelope): PackedEnvelope {
  // No view: the buffer behind it is larger.
  return { object: new Uint8Array(packRecord(bytes, PACKING)), expandedLength: bytes.length, checksum }
}

/** Pages that one envelope lists, about. */
const LISTED_PAGES = 2 ** 16

export class Placing {
  readonly #header: PackedEnvelope
  #headerLink: EnvelopeLink | null = null
  #clusters: PlacedCluster[] = []
  #entries = 0
  readonly #elements: Float64Array

  /** header: of all files of the layout, see packedHeader. */
  constructor(layout: Layout, header: PackedEnvelope) {
    this.#header = header
    this.#elements = new Float64Array(layout.columns.length)
  }

  /** What comes first. */
  *begin(): Generator<PendingRecord, void, At> {
    this.#headerLink = yield* this.#blob(this.#header)
  }

  /** Tells the cluster where it stands, `start` being its first byte. */
  place({ bytes, ...facts }: Cluster, start: number): void {
    placeKeys(bytes, [0], start)
    const firstElements = this.#elements.slice()
    this.#clusters.push({ ...facts, pagesAt: start + KEY_BYTES, firstEntry: this.#entries, firstElements })
    this.#entries += facts.rows
    let page = 0
    for (let column = 0; column < facts.pageCounts.length; column++) {
      for (let k = 0; k < facts.pageCounts[column]!; k++) this.#elements[column]! += facts.elements[page++]!
    }
  }

  /** What comes last. */
  *end(): Generator<PendingRecord, void, At> {
    const groups: ClusterGroup[] = []
    for (const clusters of grouped(this.#clusters)) {
      const pageList = yield* this.#blob(packed(pageListEnvelope(clusters, this.#header.checksum)))
      const { firstEntry } = clusters[0]!
      const entries = clusters.reduce((sum, { rows }) => sum + rows, 0)
      groups.push({ firstEntry, entries, clusters: clusters.length, pageList })
    }
    const footer = yield* this.#blob(packed(footerEnvelope(groups, this.#header.checksum)))
    const name = { className: 'ROOT::RNTuple', name: TREE_NAME, title: '' }
    yield { name, object: anchorRecord(this.#headerLink!, footer), listed: true }
  }

  *#blob({ object, expandedLength }: PackedEnvelope): Generator<PendingRecord, EnvelopeLink, At> {
    const { seek, bytes } = yield { name: BLOB, object, listed: false }
    return { position: seek + bytes - object.length, length: object.length, expandedLength }
  }
}

/** Consecutive clusters with about LISTED_PAGES pages. */
function grouped(clusters: readonly PlacedCluster[]): PlacedCluster[][] {
  const groups: PlacedCluster[][] = []
  let pages = Infinity
  for (const cluster of clusters) {
    if (pages >= LISTED_PAGES) {
      groups.push([])
      pages = 0
    }
    groups.at(-1)!.push(cluster)
    pages += cluster.sizes.length
  }
  return groups
}
