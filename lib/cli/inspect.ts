/** `tnp-pipe inspect FILE[:TREE]`: what a ROOT file holds, as a table, or as JSON with digests of every branch's values
 *  (`--digest`), by which two readers, or two files, can be compared. */
import { nameOfPlace } from '../bytes/address.js'
import { DataError } from '../core/errors.js'
import { openRootFile, type RNTuple, type RootFile, type Tree } from '../root/index.js'
import { branchOf, digestTree } from './digest.js'
import { describeNtuple } from './inspect-ntuple.js'
import { aligned, counted, humanBytes, typeText } from './table-text.js'

const TREE_CLASSES: ReadonlySet<string> = new Set(['TTree', 'TNtuple', 'TNtupleD', 'ROOT::RNTuple'])

/** The text that the command prints. `target`: a ROOT file, or one tree of it as `file.root:dir/tree`. Throws DataError as
 *  openRootFile and RootFile.tree do. */
export async function inspect(target: string, { digest }: { readonly digest: boolean }): Promise<string> {
  const { path, tree } = splitTarget(target)
  const file = await openRootFile(path)
  try {
    const paths = tree === null ? await file.treePaths() : [tree]
    if (!digest) return await describeFile(file, paths)
    const digests: Record<string, Awaited<ReturnType<typeof digestTree>>> = {}
    for (const one of paths) digests[`${nameOfPlace(path)}:${one}`] = await digestTree(await file.tree(one))
    return `${JSON.stringify(digests, null, 1)}\n`
  } finally {
    await file.close()
  }
}

/** The tree is what follows the last ":" behind ".root"; without ".root", the last ":" that no "/" follows. */
function splitTarget(target: string): { path: string; tree: string | null } {
  const match = /^(.+\.root):([^:]+)$/.exec(target) ?? /^(.+):([^:/\\]+)$/.exec(target)
  return match === null ? { path: target, tree: null } : { path: match[1]!, tree: match[2]! }
}

async function describeFile(file: RootFile, paths: readonly string[]): Promise<string> {
  const size = humanBytes(await file.source.size())
  const sections = [`${file.name}: ${size}, ROOT version ${file.version}, UUID ${file.uuid}\n`]
  for (const path of paths) sections.push(await describeTree(await file.tree(path)))
  const others = (await file.keys()).filter(key => !TREE_CLASSES.has(key.className))
  if (others.length > 0)
    sections.push(
      aligned(
        others.map(key => [`${key.path};${key.cycle}`, key.className]),
        '',
      ),
    )
  return sections.join('\n')
}

async function describeTree(tree: Tree): Promise<string> {
  if (tree.kind === 'RNTuple') return describeNtuple(tree as RNTuple)
  const storage = await tree.storage(tree.names)
  const rows = [['branch', 'type', 'baskets', 'compression', 'stored', 'expanded']]
  let stored = 0
  let expanded = 0
  for (const name of tree.names) {
    const info = branchOf(tree, name)
    const { parts, compression: found } = storage.get(name)!
    const baskets = String(parts)
    const compression = found ?? 'in the tree'
    if (info instanceof DataError) {
      const why = tree.groups?.has(name) ? 'columns below' : 'cannot be read'
      rows.push([name, why, baskets, compression, '', ''])
      continue
    }
    stored += info.zipBytes
    expanded += info.totalBytes
    rows.push([name, typeText(info), baskets, compression, humanBytes(info.zipBytes), humanBytes(info.totalBytes)])
  }
  const sizes = `${humanBytes(stored)} stored, ${humanBytes(expanded)} expanded`
  const counts = `${tree.entries} entries, ${counted(tree.names.length, 'branch', 'branches')}`
  return `${tree.path};${tree.cycle}: ${counts}, ${sizes}\n${aligned(rows, '  ')}`
}
