/** The table that `tnp-pipe inspect` prints of an RNTuple. */
import { DataError } from '../core/errors.js'
import type { RNTuple } from '../root/index.js'
import { branchOf } from './digest.js'
import { aligned, counted, humanBytes, typeText } from './table-text.js'

/** One row a name under which a job may ask for values, then what the names do not lead to. */
export async function describeNtuple(ntuple: RNTuple): Promise<string> {
  const { names } = ntuple
  const storage = await ntuple.storage(names)
  const rows = [['field', 'type', 'C++ type', 'columns', 'pages', 'compression', 'stored', 'expanded']]
  let stored = 0
  let expanded = 0
  for (const name of names) {
    const info = branchOf(ntuple, name)
    const { parts, compression, columns } = storage.get(name)!
    const cells = [ntuple.typeName(name), columns.join(', '), String(parts), compression ?? '']
    if (info instanceof DataError) {
      rows.push([name, 'cannot be read', ...cells, '', ''])
      continue
    }
    stored += info.zipBytes
    expanded += info.totalBytes
    rows.push([name, typeText(info), ...cells, humanBytes(info.zipBytes), humanBytes(info.totalBytes)])
  }
  const clusters = (await ntuple.clusters()).length - 1
  const counts = [
    `${ntuple.entries} entries`,
    counted(names.length, 'field', 'fields'),
    counted(clusters, 'cluster', 'clusters'),
    `${humanBytes(stored)} stored`,
    `${humanBytes(expanded)} expanded`,
  ]
  const format = `RNTuple of version ${ntuple.version} by ${ntuple.writer}`
  return `${ntuple.path};${ntuple.cycle}: ${format}, ${counts.join(', ')}\n${aligned(rows, '  ')}`
}
