/** The branches that the job reads, as RNTuples that this program writes: jsroot reads these, and not what ROOT's importer makes. */
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fieldsOf, tableFiles, tableSchema } from '../../lib/formats/index.js'
import { openRootFile } from '../../lib/root/index.js'
import { WORK } from '../inputs.js'
import { BRANCHES } from '../job.js'

/** Where what is made of a file stands in a folder. Of links to one file it is made once. */
export function madeOf(path: string, folder: string): string {
  return resolve(WORK, folder, `${basename(dirname(path))}-${basename(path)}`)
}

/** A cluster a file, as ROOT's importer makes of files of this size. */
export async function ownNtuples(paths: readonly string[]): Promise<string[]> {
  const made: string[] = []
  for (const path of paths) {
    const out = madeOf(path, 'own-rntuple')
    made.push(out)
    if (!existsSync(out)) await write(path, out)
  }
  return made
}

async function write(path: string, out: string): Promise<void> {
  const file = await openRootFile(path)
  const tree = await file.tree('Events')
  const columns = await tree.read(BRANCHES, 0, tree.entries)
  const files = await tableFiles('rntuple', tableSchema(fieldsOf(columns)))
  mkdirSync(dirname(out), { recursive: true })
  const part = join(dirname(out), `${basename(out)}.part`)
  writeFileSync(part, Buffer.concat(files.assembleFile([files.encodeGroup({ length: tree.entries, columns })])))
  renameSync(part, out)
  await file.close()
}
