/** Branches that are not one leaf of plain numbers: vectors, arrays, leaf lists, shortened reals, split objects, of a tree by ROOT
 *  and of public files. */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { test } from 'uvu'
import { equal, is, match, ok } from 'uvu/assert'
import { type BranchDigest, digestTree, type TreeDigest } from '../../lib/cli/digest.js'
import { DataError } from '../../lib/core/errors.js'
import type { Column, Values } from '../../lib/core/types.js'
import { recordingLayout } from '../../lib/plan/dataset-plan.js'
import { openRootFile, type Tree } from '../../lib/root/index.js'
import { closeTrees, openTree } from '../../lib/stages/open-tree.js'
import { rootFile } from '../support/root-writer.js'
import { sharedDir, testIf } from '../support/tools.js'
import { dataError, memorySource } from './memory-source.js'

const KNOWN: Record<string, Record<string, BranchDigest>> = JSON.parse(readFileSync('fixtures/root/kinds.json', 'utf8'))

async function withTree(path: string, tree: string, work: (tree: Tree) => Promise<void>): Promise<void> {
  const file = await openRootFile(path)
  try {
    await work(await file.tree(tree))
  } finally {
    await file.close()
  }
}

const kinds = (work: (tree: Tree) => Promise<void>) => withTree('fixtures/root/kinds.root', 'kinds', work)
const objects = (work: (tree: Tree) => Promise<void>) => withTree('fixtures/root/objects.root', 'objects', work)

function refusal(tree: Tree, name: string): string {
  try {
    tree.branch(name)
  } catch (error) {
    if (error instanceof DataError && error.exception === 'NotImplementedError') return error.message
    throw error
  }
  throw new Error(`${name} can be read`)
}

/** Entries [from, to) of a column. */
function part({ values, offsets, width = 1 }: Column, from: number, to: number): { values: Values; lengths: number[] } {
  const lengths =
    offsets === undefined ? [] : [...offsets.subarray(from + 1, to + 1)].map((o, i) => o - offsets[from + i]!)
  const [begin, end] = offsets === undefined ? [from, to] : [offsets[from]!, offsets[to]!]
  return { values: values.slice(begin * width, end * width), lengths }
}

/** Every column read in ranges that end within baskets, one after the other and in any order, equals the same part of the whole. */
async function sameInRanges(tree: Tree, names: readonly string[]): Promise<void> {
  const whole = await tree.read(names, 0, tree.entries)
  const ranges = [
    [0, 3],
    [3, 13],
    [13, 17],
    [17, 18],
    [4, 9],
    [16, 17],
    [7, 7],
  ] as const
  for (const [from, to] of ranges) {
    const columns = await tree.read(names, from, to)
    for (const name of names) {
      const got = columns.get(name)!
      is(got.width, whole.get(name)!.width, name)
      equal(part(got, 0, to - from), part(whole.get(name)!, from, to), `${name} [${from}, ${to})`)
    }
  }
}

for (const [tree, file] of [
  ['kinds', 'kinds'],
  ['objects', 'objects'],
  ['Events', 'snapshot'],
] as const) {
  test(`${file}.root: every column has uproot's digest, and its parts are those of the whole`, async () => {
    await withTree(`fixtures/root/${file}.root`, tree, async opened => {
      const { branches } = (await digestTree(opened)) as TreeDigest
      const wanted = KNOWN[file]!
      for (const name of Object.keys(wanted)) equal(branches[name], wanted[name], name)
      await sameInRanges(opened, Object.keys(wanted))
    })
  })
}

test('a real whose range stands behind its dimensions is read to within half a step', async () => {
  await kinds(async tree => {
    const { values, offsets } = (await tree.read(['ranged'], 0, tree.entries)).get('ranged')!
    const counts = (await tree.read(['counts'], 0, tree.entries)).get('counts')!.values
    equal(
      [...counts],
      Array.from({ length: counts.length }, (_, i) => offsets![i + 1]! - offsets![i]!),
    )
    const step = 20 / 2 ** 12
    for (const value of values as Float32Array) {
      const steps = (value + 10) / step
      ok(Math.abs(steps - Math.round(steps)) < 1e-3 && value >= -10 && value < 10, `${value}`)
    }
    ok(new Set(values as Float32Array).size > values.length / 2)
  })
})

test('leaves of a list and members of objects are columns; what they are in is a group', async () => {
  await kinds(async tree => {
    const { names } = tree
    equal(names.slice(0, 7), ['pair', 'pair.x', 'pair.y', 'four', 'four.d', 'four.i', 'four.f'])
    equal([...tree.groups!], ['pair', 'four'])
    match(
      refusal(tree, 'pair'),
      /kinds > pair: a branch of 2 leaves cannot be read\. Its columns are pair\.x, pair\.y\.$/,
    )
    equal(tree.describe('four.i').shape, [2])
    equal(tree.describe('matrix').shape, [2, 3])
    equal(tree.branch('boxes'), { ...tree.branch('boxes')!, dtype: 'float32', counter: 'counts', width: 3 })
    is(tree.branch('vf')!.counter, 'vf')
  })
  await objects(async tree => {
    equal([...tree.groups!], ['e', 'in', 'dotted.', 'dotted.in'])
    equal(tree.branch('vectors.fX')!.counter, 'vectors')
    equal(tree.branch('hits.x')!.counter, 'hits')
    equal(tree.branch('arr')!.counter, 'n')
    // With the branches that they are in, names hold as well.
    equal(tree.branch('e/in/in.q')!.dtype, tree.branch('in.q')!.dtype)
    match(refusal(tree, 'e'), /objects > e: a branch of class Event cannot be read\. Its members are branches/)
  })
})

function texts({ values, offsets, text }: Column): string[] {
  is(text, true)
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength)
  return Array.from({ length: offsets!.length - 1 }, (_, i) => bytes.toString('utf8', offsets![i]!, offsets![i + 1]!))
}

test('texts are read: of C and C++, short and long, at the top and in a class', async () => {
  const count = (n: number, of: (i: number) => string) => Array.from({ length: n }, (_, i) => of(i))
  await kinds(async tree => {
    const columns = await tree.read(['text', 'str'], 0, 24)
    equal(
      texts(columns.get('text')!),
      count(24, i => `text ${i}`),
    )
    equal(
      texts(columns.get('str')!),
      count(24, i => String.fromCharCode(97 + i).repeat(3 * i)),
    )
    equal(
      texts((await tree.read(['str'], 13, 18)).get('str')!),
      count(24, i => String.fromCharCode(97 + i).repeat(3 * i)).slice(13, 18),
    )
    equal(tree.branch('text')!.text, true)
  })
  await objects(async tree => {
    equal(texts((await tree.read(['name'], 3, 18)).get('name')!), count(18, i => 'q'.repeat(i)).slice(3))
  })
  const { branches } = (await digestTree(
    await (await openRootFile('fixtures/root/kinds.root')).tree('kinds'),
  )) as TreeDigest
  const { unsupported, length } = branches.text as { unsupported: string; length: number }
  equal([unsupported, length], ['text', 10 * 6 + 14 * 7])
})

test('vectors in branches as Geant4 writes them', async () => {
  const offsets = Int32Array.of(0, 2, 2, 5)
  const values = Float64Array.of(1, 2, 3, 4, 5)
  const branch = { name: 'v', dtype: 'float64' as const, values, offsets, vector: 'vector<double>' }
  for (const isFirstVersion of [true, false]) {
    const bytes = await rootFile([{ path: 'T', entries: 3, branches: [{ ...branch, isFirstVersion }] }])
    const tree = await (await openRootFile(memorySource(bytes))).tree('T')
    equal((await tree.read(['v'], 0, 3)).get('v'), { dtype: 'float64', values, offsets })
  }
})

test('arrays that a class points to are counted by the number in their own object', async () => {
  await withTree('fixtures/root/twins.root', 'twins', async tree => {
    const columns = await tree.read(['n', 'arr', 'second/n', 'second/arr'], 2, 11)
    for (const [name, modulo, sign] of [
      ['arr', 3, 1],
      ['second/arr', 4, -1],
    ] as const) {
      const { values, offsets } = columns.get(name)!
      const lists = Array.from({ length: 9 }, (_, k) =>
        Array.from((values as Float32Array).slice(offsets![k], offsets![k + 1])),
      )
      equal(
        lists,
        Array.from({ length: 9 }, (_, k) => Array.from({ length: (k + 2) % modulo }, (_, j) => sign * (k + 2 + j / 8))),
      )
    }
    equal([tree.branch('arr')!.counter, tree.branch('second/arr')!.counter], ['n', 'second/n'])
  })
})

test('of baskets in the tree an empty one behind the last is none', async () => {
  const offsets = Int32Array.of(0, 2, 2, 5)
  const values = Float32Array.of(1, 2, 3, 4, 5)
  const branches = [
    { name: 'n', dtype: 'int32' as const, values: Int32Array.of(2, 0, 3), embedLast: true, leavesEmpty: true },
    {
      name: 'x',
      dtype: 'float32' as const,
      values,
      offsets,
      counter: 'n',
      baskets: [0, 2],
      embedLast: true,
      leavesEmpty: true,
    },
  ]
  const bytes = await rootFile([{ path: 'T', entries: 3, branches }])
  const tree = await (await openRootFile(memorySource(bytes))).tree('T')
  equal((await tree.read(['x'], 0, 3)).get('x'), { dtype: 'float32', values, offsets })
})

test('columns of one object list share their offsets', async () => {
  await objects(async tree => {
    const columns = await tree.read(['hits.x', 'hits.id', 'vectors.fX', 'pts'], 2, 15)
    is(columns.get('hits.x')!.offsets, columns.get('hits.id')!.offsets)
    // Vectors that are as long in each entry too: the file was made so.
    is(columns.get('hits.x')!.offsets, columns.get('pts')!.offsets)
  })
})

test('a TNtuple is a tree like others; a tree has the columns of its friends in the same file', async () => {
  await withTree('fixtures/root/relatives.root', 'rows', async tree => {
    equal([...tree.names], ['a', 'b'])
    equal([...(await tree.read(['b'], 1, 5)).get('b')!.values], [-1, -2, -3, -4])
  })
  await withTree('fixtures/root/relatives.root', 'main', async tree => {
    equal([...tree.names], ['x', 'y'])
    const columns = await tree.read(['friend.y', 'x', 'y'], 1, 4)
    equal([...columns.keys()], ['friend.y', 'x', 'y'])
    equal([...columns.get('x')!.values], [0.5, 1, 1.5])
    equal([...columns.get('y')!.values], [1, 4, 9])
    equal([...columns.get('friend.y')!.values], [1, 4, 9])
    equal([tree.has('friend.y'), tree.has('friend.x'), tree.branch('z')], [true, false, undefined])
    equal(tree.branch('friend.y')!.name, 'friend.y')
    equal([...(await tree.compressions(['y', 'x'])).keys()], ['y', 'x'])
    equal((await dataError(() => tree.read(['z'], 0, 1))).exception, 'KeyError')
  })
  const file = await openRootFile('fixtures/root/relatives.root')
  equal(await file.treePaths(), ['rows', 'main', 'friend'])
  await file.close()
})

test('what is no number is refused by its type', async () => {
  await kinds(async tree => {
    for (const [name, what] of [
      ['vvf', 'vector<vector<float> >'],
      ['vstr', 'vector<string>'],
      ['object', 'class TBranchObject'],
    ] as const) {
      is(
        refusal(tree, name),
        `fixtures/root/kinds.root > kinds > ${name}: a branch of ${what} cannot be read. Numbers can be read, arrays and std::vectors of them.`,
      )
    }
  })
  await objects(async tree => {
    match(refusal(tree, 'hits.vi'), /hits\.vi: a branch of lists of vector<int> cannot be read/)
    const error = await dataError(() => tree.read(['run', 'hits.vi'], 0, 1))
    is(error.exception, 'NotImplementedError')
  })
})

/** The first message of each row of the table of what is refused. */
function documented(): string[] {
  const page = readFileSync('docs/formats.md', 'utf8')
  const table = page.slice(page.indexOf('| in the file | error |', page.indexOf('## TTree'))).split('\n\n')[0]!
  return [...table.matchAll(/^\|[^|]+\| `([^`]+)`/gm)].map(match => match[1]!)
}

test('the page on formats has the errors that one gets', async () => {
  const messages: string[] = []
  const told = async (run: () => Promise<unknown>) => messages.push((await dataError(run)).message)
  await kinds(async tree => {
    for (const name of ['vvf', 'object', 'pair']) messages.push(refusal(tree, name))
  })
  await objects(async tree => {
    for (const name of ['e', 'hits.vi']) messages.push(refusal(tree, name))
  })
  const kindsTree = (await openTree('fixtures/root/kinds.root', 'kinds')).tree
  await told(async () => recordingLayout(kindsTree).layout.branch('boxes'))
  await closeTrees()
  const x = { name: 'x', dtype: 'float32' as const, values: new Float32Array(1) }
  const bytes = await rootFile([{ path: 'T', entries: 1, branches: [x] }])
  const at = bytes.indexOf(Buffer.from([0x00, 20, 0x40])) // the version of TTree, and the byte count of its name
  const old = Buffer.from(bytes)
  old[at + 1] = 4
  await told(async () => (await openRootFile(memorySource(old))).tree('T'))
  const lost = Buffer.from(bytes)
  lost.fill(0, lost.readUInt32BE(8) + lost.readUInt32BE(28) + 10, lost.readUInt32BE(8) + lost.readUInt32BE(28) + 14)
  await told(() => openRootFile(memorySource(lost.subarray(0, 300))))
  const page = documented()
  is(page.length, 8)
  for (const message of page)
    ok(
      messages.some(one => one.includes(message)),
      `${message}\n${messages.join('\n')}`,
    )
})

function comparable(digest: TreeDigest): [string, unknown][] {
  return Object.entries(digest.branches).filter(([, one]) => !('unsupported' in one))
}

testIf(
  test,
  sharedDir(),
  '../shared',
)('numeric branches of public files of every kind have the digests of uproot', async () => {
  const folder = `${sharedDir()}/data/trees`
  const expected: Record<string, TreeDigest> = JSON.parse(
    gunzipSync(readFileSync(`${folder}/digests.json.gz`)).toString('utf8'),
  )
  let seen = 0
  for (const [key, wanted] of Object.entries(expected)) {
    const [file, path] = key.split(':') as [string, string]
    await withTree(`${folder}/${file}`, path, async tree => {
      const got = (await digestTree(tree)) as TreeDigest
      is(got.entries, wanted.entries, key)
      for (const [name, one] of comparable(wanted)) {
        equal(got.branches[name], one, `${key} ${name}`)
        seen++
      }
    })
  }
  is(seen, 176)
})

test.run()
