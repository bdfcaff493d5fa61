/** Clusters into a ROOT file with an RNTuple. Streams: memory holds one cluster, and the sizes of all pages. */
import { OverFile } from '../over-file.js'
import { RNTUPLE, RootFileLayout, RootFileWriter } from '../root-file/index.js'
import type { EncodedGroup, TableFiles, TableWriter } from '../table-format.js'
import type { TableSchema } from '../table-schema.js'
import { type Cluster, encodeCluster, PACKING } from './cluster.js'
import { layoutOf } from './layout.js'
import { type At, type PendingRecord, Placing, packedHeader } from './placing.js'

/** Of every file, which ROOT keeps inside: equal tables have equal files, whatever these are called. */
const FILE = { name: 'ntuple.root', compression: PACKING.setting, classes: RNTUPLE }
/** Envelopes are compressed already, and the anchor is small. */
const AS_IT_IS = null

export function ntupleFiles(schema: TableSchema): TableFiles {
  const layout = layoutOf(schema)
  const header = packedHeader(layout)
  return {
    encodeGroup: rows => encodeCluster(rows, layout),
    open: (path, building) => NtupleWriter.open(path, new Placing(layout, header), building),
    assembleFile: groups => assembled(new Placing(layout, header), groups as readonly Cluster[]),
  }
}

class NtupleWriter extends OverFile<RootFileWriter> implements TableWriter {
  /** Until the file is finished: thousands of files may wait for their names. */
  #placing: Placing | null

  private constructor(file: RootFileWriter, placing: Placing) {
    super(file)
    this.#placing = placing
  }

  static async open(path: string, placing: Placing, building?: string): Promise<NtupleWriter> {
    const writer = new NtupleWriter(await RootFileWriter.open(path, FILE, building), placing)
    try {
      await writer.#write(placing.begin())
    } catch (error) {
      await writer.discard()
      throw error
    }
    return writer
  }

  async append(group: EncodedGroup, storedAt: number | null = null): Promise<number> {
    const cluster = group as Cluster
    const start = this.file.end
    if (cluster.rows === 0) return start
    this.#placing!.place(cluster, start)
    return this.file.embed(cluster.bytes, cluster.digest, storedAt)
  }

  async finish(): Promise<void> {
    const placing = this.#placing!
    this.#placing = null
    await this.#write(placing.end())
    await this.file.finish()
  }

  async #write(records: Generator<PendingRecord, void, At>): Promise<void> {
    for (let next = records.next(); !next.done; ) {
      const { name, object, listed } = next.value
      next = records.next(await this.file.record(name, object, { listed, packing: AS_IT_IS }))
    }
  }
}

function assembled(placing: Placing, clusters: readonly Cluster[]): Uint8Array[] {
  const file = new RootFileLayout(FILE)
  const content: Uint8Array[] = []
  const write = (records: Generator<PendingRecord, void, At>) => {
    for (let next = records.next(); !next.done; ) {
      const { name, object, listed } = next.value
      const placed = file.record(name, object, { listed, packing: AS_IT_IS })
      content.push(...placed.content)
      next = records.next(placed)
    }
  }
  write(placing.begin())
  for (const cluster of clusters) {
    if (cluster.rows === 0) continue
    placing.place(cluster, file.end)
    file.embed(cluster.bytes.length, cluster.digest)
    content.push(cluster.bytes)
  }
  write(placing.end())
  content.push(...file.close())
  return [file.head(), ...content]
}
