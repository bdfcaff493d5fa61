/** Histograms on standard input: the lines of `fill` or `merge`, or a file of a histogram method. */
import { ByteInput } from '../formats/arrow/index.js'
import { type HistTree, PICKLE, parseUhiTree, unpickleHists } from '../formats/index.js'
import { mergedHistLines } from '../shell/hist-lines.js'
import { readStdin } from './stdin.js'

/** Lines of several datasets, methods and filters lie below these names: dataset/method/filter. Throws DataError. */
export async function histogramsOnStdin(): Promise<HistTree> {
  const bytes = await readStdin()
  if (bytes[0] === PICKLE) return unpickleHists(bytes, 'stdin')
  const begins = bytes.subarray(0, 16).toString('latin1')
  if (bytes.length > 0 && !/^\{"(dataset|end)"/.test(begins)) return parseUhiTree(bytes.toString('utf8'), 'stdin')
  const tree: Record<string, Record<string, Record<string, HistTree>>> = {}
  for (const { identity, tree: histograms } of await mergedHistLines(new ByteInput(piece(bytes), 'stdin'))) {
    const { dataset, method, filter } = identity
    tree[dataset] ??= {}
    tree[dataset][method] ??= {}
    tree[dataset][method][filter] = histograms
  }
  return tree
}

async function* piece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
