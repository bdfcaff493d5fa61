/** Clusters of baskets into a ROOT file with one TTree. Streams: memory holds one cluster, and where the baskets of all are. */
import { OverFile } from '../over-file.js'
import { RootFileLayout } from '../root-file/layout.js'
import { RootFileWriter } from '../root-file/writer.js'
import type { EncodedGroup, TableWriter } from '../table-format.js'
import { TREE_KEY, TreeAssembly } from './assembly.js'
import type { Branch } from './branches.js'
import type { EncodedBaskets } from './encode.js'

export class TTreeFileWriter extends OverFile<RootFileWriter> implements TableWriter {
  /** Until the file is finished, as its layout. */
  private assembly: TreeAssembly | null

  private constructor(file: RootFileWriter, assembly: TreeAssembly) {
    super(file)
    this.assembly = assembly
  }

  /** compression: ROOT's number of it. Throws as TableFiles.open. */
  static async open(
    path: string,
    branches: readonly Branch[],
    compression: number,
    building?: string,
  ): Promise<TTreeFileWriter> {
    const assembly = new TreeAssembly(branches, compression)
    return new TTreeFileWriter(await RootFileWriter.open(path, assembly.layout, building), assembly)
  }

  async append(group: EncodedGroup, storedAt: number | null = null): Promise<number> {
    const baskets = group as EncodedBaskets
    const start = this.file.end
    if (baskets.rows === 0) return start
    this.assembly!.place(baskets, start)
    return this.file.embed(baskets.bytes, baskets.digest, storedAt)
  }

  /** Throws DataError where the tree is too large. */
  async finish(): Promise<void> {
    const assembly = this.assembly!
    this.assembly = null
    await this.file.record(TREE_KEY, origin => assembly.record(origin))
    await this.file.finish()
  }
}

/** A whole file in pieces, in memory. */
export function assembleTree(
  branches: readonly Branch[],
  compression: number,
  groups: readonly EncodedBaskets[],
): Uint8Array[] {
  const assembly = new TreeAssembly(branches, compression)
  const layout = new RootFileLayout(assembly.layout)
  const pieces: Uint8Array[] = []
  for (const group of groups) {
    if (group.rows === 0) continue
    assembly.place(group, layout.embed(group.bytes.length, group.digest))
    pieces.push(group.bytes)
  }
  pieces.push(...layout.record(TREE_KEY, origin => assembly.record(origin)).content, ...layout.close())
  return [layout.head(), ...pieces]
}
