/** Tables of random configurations as RNTuples and TTrees: uproot reads from them what awkward reads from the Parquet files. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { filesBelow } from '../../test/support/cli.js'
import { differencesInUproot } from '../../test/support/uproot-tables.js'
import type { Configuration } from '../differential/generate.js'
import { documentsIn, runHere } from '../differential/ours.js'

/** Folders that wait to be compared: Python starts once for all of them. */
const WAITING = 30

export class RootTables {
  #waiting: { readonly folder: string; readonly pairs: readonly (readonly [parquet: string, root: string])[] }[] = []

  get isFull(): boolean {
    return this.#waiting.length >= WAITING
  }

  /** Runs the configuration of a folder, whose plain run is done. Says what is wrong, if anything is; the tables are compared later,
   *  and the folder is removed then, unless they differ. */
  async add(
    folder: string,
    c: Configuration,
    format: 'rntuple' | 'ttree',
  ): Promise<'added' | 'no tables' | 'refused' | string> {
    const plain = join(folder, 'plain')
    const tables = [...filesBelow(plain).keys()].filter(name => name.endsWith('.parquet'))
    if (tables.length === 0) return 'no tables'
    const output = join(folder, format)
    const { status, message } = await runHere(documentsIn(folder), output, { ...c.options, ntuple_format: format })
    // Names that are different in Parquet may be one in ROOT.
    if (status === 'refused' && message.includes('would both be')) return 'refused'
    if (status !== 'done') return `${status}: ${message}`
    const rooted = (name: string) => name.replace(/parquet$/, 'root')
    this.#waiting.push({ folder, pairs: tables.map(name => [join(plain, name), join(output, rooted(name))]) })
    return 'added'
  }

  /** Compares the tables that wait. Returns what differs, a line a table. */
  compare(): string[] {
    const done = this.#waiting
    this.#waiting = []
    const { differences } = differencesInUproot(done.flatMap(({ pairs }) => pairs))
    for (const { folder } of done) {
      if (!differences.some(line => line.startsWith(`${folder}/`))) rmSync(folder, { recursive: true, force: true })
    }
    return [...differences]
  }
}
