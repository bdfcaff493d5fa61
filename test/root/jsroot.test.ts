/** jsroot as an independent reader of the same branches, entry by entry. */
import { openFile } from 'jsroot/io'
import { TSelector, treeProcess } from 'jsroot/tree'
import { test } from 'uvu'
import { equal, is } from 'uvu/assert'
import type { Column } from '../../lib/core/types.js'
import { openRootFile } from '../../lib/root/index.js'
import { sharedDir, testIf } from '../support/tools.js'

/** What jsroot gives for each entry of each branch: a number, or an array of numbers. */
async function readByJsroot(path: string, tree: string, names: readonly string[]): Promise<Map<string, unknown[]>> {
  const rows = new Map<string, unknown[]>(names.map(name => [name, []]))
  const selector = new TSelector()
  for (const name of names) selector.addBranch(name)
  selector.Process = () => {
    for (const name of names) {
      const value = selector.tgtobj[name]
      rows.get(name)!.push(typeof value === 'object' ? Array.from(value as ArrayLike<number>, Number) : Number(value))
    }
  }
  await treeProcess(await (await openFile(path)).readObject(tree), selector)
  return rows
}

function rowsOf({ values, offsets, width }: Column, entries: number): unknown[] {
  return Array.from({ length: entries }, (_, i) => {
    if (offsets !== undefined) return Array.from(values.slice(offsets[i]!, offsets[i + 1]!), Number)
    return width === undefined ? Number(values[i]) : Array.from(values.slice(i * width, (i + 1) * width), Number)
  })
}

async function compare(path: string, name: string, branches: readonly string[]): Promise<void> {
  const file = await openRootFile(path)
  const tree = await file.tree(name)
  const columns = await tree.read(branches, 0, tree.entries)
  const theirs = await readByJsroot(path, name, branches)
  for (const branch of branches) {
    is(theirs.get(branch)!.length, tree.entries, branch)
    equal(rowsOf(columns.get(branch)!, tree.entries), theirs.get(branch), branch)
  }
  await file.close()
}

test('old-mc.root (ZLIB) and old-data.root (uncompressed) are read as jsroot reads them', async () => {
  for (const path of ['fixtures/root/old-mc.root', 'fixtures/root/old-data.root']) {
    await compare(path, 'Events', ['run', 'Electron_pt', 'Electron_charge', 'Electron_cutBased', 'TrigObj_filterBits'])
  }
})

test('nano-data-2.root (LZ4) and nano-data.root (LZMA) are read as jsroot reads them', async () => {
  for (const path of ['fixtures/root/nano-data-2.root', 'fixtures/root/nano-data.root']) {
    await compare(path, 'Events', ['luminosityBlock', 'PV_npvs', 'Electron_eta', 'Electron_cutBased', 'TrigObj_id'])
  }
})

testIf(
  test,
  sharedDir(),
  '../shared',
)('a file by ROOT with unaligned baskets is read as jsroot reads it', async () => {
  await compare(`${sharedDir()}/data/formats/pfnano.root`, 'Events', [
    'nPFCands',
    'PFCands_d0',
    'PFCands_pt',
    'Electron_pt',
  ])
})

test.run()
