/** What the test-only writer makes is a ROOT file to others: jsroot and, where there is a Python, uproot read it back. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openFile } from 'jsroot/io'
import { TSelector, treeProcess } from 'jsroot/tree'
import { test } from 'uvu'
import { equal, is } from 'uvu/assert'
import { DTYPES, newValues } from '../../lib/core/dtype.js'
import type { DType, Values } from '../../lib/core/types.js'
import { type BranchSpec, type FileOptions, rootFile, type TreeSpec } from './root-writer.js'
import { pythonPath, testIf } from './tools.js'

const folder = mkdtempSync(join(tmpdir(), 'root-writer-'))
test.after(() => rmSync(folder, { recursive: true, force: true }))

const ENTRIES = 7
const COUNTS = [2, 0, 1, 3, 0, 0, 4]
const OFFSETS = Int32Array.of(0, 2, 2, 3, 6, 6, 6, 10)

/** 0, 1, 0, ... for bool; else 1, 2, 3, ... with the sign and the size that the type allows. */
function someValues(dtype: DType, length: number): Values {
  const values = newValues(dtype, length)
  for (let k = 0; k < length; k++) {
    if (dtype === 'bool') values[k] = k % 2
    else if (dtype === 'int64' || dtype === 'uint64')
      values[k] = (BigInt(k + 1) << 33n) * (dtype === 'int64' ? -1n : 1n)
    else
      values[k] =
        (k + 1) *
        (dtype.startsWith('int') || dtype.startsWith('float') ? -1 : 1) *
        (dtype.startsWith('float') ? 0.5 : 1)
  }
  return values
}

function branchesOf(dtype: DType): BranchSpec[] {
  return [
    { name: `flat_${dtype}`, dtype, values: someValues(dtype, ENTRIES), baskets: [0, 3] },
    { name: `fixed_${dtype}`, dtype, values: someValues(dtype, 3 * ENTRIES), width: 3, baskets: [0, 1, 5] },
    {
      name: `jagged_${dtype}`,
      dtype,
      values: someValues(dtype, 10),
      counter: 'n',
      offsets: OFFSETS,
      baskets: [0, 2, 4],
    },
  ]
}

const EVERYTHING: TreeSpec = {
  path: 'Events',
  entries: ENTRIES,
  branches: [
    ...DTYPES.flatMap(branchesOf),
    { name: 'n', dtype: 'int32', values: Int32Array.from(COUNTS), baskets: [0, 6] },
  ],
}

/** Each branch's value in each entry as jsroot gives it, arrays as plain arrays. */
async function readWithJsroot(bytes: Buffer, path: string, names: readonly string[]): Promise<Map<string, unknown[]>> {
  const file = await openFile(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
  const tree = await file.readObject(path)
  const found = new Map<string, unknown[]>(names.map(name => [name, []]))
  const selector = new TSelector()
  // jsroot adds a jagged branch's counter by itself, and refuses to add it a second time.
  for (const name of [...names].sort(name => (name === 'n' ? -1 : 1))) selector.addBranch(name)
  selector.Process = () => {
    for (const name of names) {
      const value = selector.tgtobj[name]
      found.get(name)!.push(typeof value === 'object' ? Array.from(value as ArrayLike<number>) : value)
    }
  }
  await treeProcess(tree, selector)
  return found
}

/** The same from the specification itself. */
function plain(branch: BranchSpec): unknown[] {
  const width = branch.width ?? 1
  return Array.from({ length: ENTRIES }, (_, entry) => {
    const start = branch.offsets?.[entry] ?? entry * width
    const stop = branch.offsets?.[entry + 1] ?? start + width
    const values = Array.from(branch.values.subarray(start, stop) as ArrayLike<number | bigint>)
    return branch.offsets === undefined && width === 1 ? values[0] : values
  })
}

/** Without the differences between readers: numbers for booleans and for 64-bit integers. */
function asNumbers(value: unknown): unknown {
  return Array.isArray(value) ? value.map(asNumbers) : Number(value)
}

async function sameInJsroot(options: FileOptions): Promise<void> {
  // jsroot takes arrays of Char_t for text and is wrong about negative 64-bit integers.
  const branches = EVERYTHING.branches.filter(({ name }) => !/_int(8|64)$/.test(name))
  const bytes = await rootFile([EVERYTHING], options)
  const names = branches.map(branch => branch.name)
  const found = await readWithJsroot(bytes, EVERYTHING.path, names)
  for (const branch of branches) equal(asNumbers(found.get(branch.name)), asNumbers(plain(branch)), branch.name)
}

test('jsroot reads back every type as scalar, array and jagged array', () => sameInJsroot({}))
test('jsroot reads back zlib blocks', () => sameInJsroot({ compression: 'zlib' }))
test('jsroot reads back lz4 blocks', () => sameInJsroot({ compression: 'lz4' }))
test('jsroot reads back records of several blocks', () => sameInJsroot({ compression: 'lz4', blockBytes: 16 }))
test('jsroot reads back a file with 64-bit positions', () => sameInJsroot({ big: true, compression: 'zlib' }))

test('jsroot finds a tree in folders and the newest of two cycles', async () => {
  const branch = (value: number): BranchSpec => ({ name: 'x', dtype: 'int32', values: Int32Array.of(value) })
  const tree = (path: string, value: number): TreeSpec => ({ path, entries: 1, branches: [branch(value)] })
  const bytes = await rootFile([tree('a/b/Events', 1), tree('Events', 2), tree('Events', 3), tree('a/Events', 4)])
  equal((await readWithJsroot(bytes, 'a/b/Events', ['x'])).get('x'), [1])
  equal((await readWithJsroot(bytes, 'a/Events', ['x'])).get('x'), [4])
  equal((await readWithJsroot(bytes, 'Events;1', ['x'])).get('x'), [2])
  equal((await readWithJsroot(bytes, 'Events', ['x'])).get('x'), [3])
})

const READ_BACK = `
import json, sys, uproot, awkward as ak
out = {}
for path in sys.argv[1:]:
    with uproot.open(path) as file:
        trees = [name for name, kind in file.classnames(cycle=False).items() if kind == "TTree"]
        out[path] = {tree: {name: ak.to_list(branch.array()) for name, branch in file[tree].iteritems()} for tree in trees}
print(json.dumps(out))`

type Trees = Record<string, Record<string, unknown[]>>
const COMPRESSIONS = ['none', 'zlib', 'zstd', 'lz4'] as const

/** What uproot reads in each of these files: by file, tree and branch. One Python for all, since it takes seconds to start. */
async function readWithUproot(): Promise<Record<string, Trees>> {
  const files: Record<string, Buffer> = {}
  const deep = { ...EVERYTHING, path: 'deep/er/tree' }
  for (const compression of COMPRESSIONS) {
    files[compression] = await rootFile([EVERYTHING, deep], { compression, blockBytes: 1000 })
    files[`${compression}, big`] = await rootFile([EVERYTHING, deep], { compression, blockBytes: 1000, big: true })
  }
  const branches = EVERYTHING.branches.map(branch => ({ ...branch, embedLast: true }))
  files.embedded = await rootFile([{ ...EVERYTHING, branches }], { compression: 'zstd' })
  const nothing: BranchSpec = { name: 'x', dtype: 'float32', values: new Float32Array(0) }
  files.empty = await rootFile([{ path: 'none', entries: 0, branches: [nothing] }])
  const paths = Object.keys(files).map(name => join(folder, `${name}.root`))
  for (const [k, bytes] of Object.values(files).entries()) writeFileSync(paths[k]!, bytes)
  const run = spawnSync(pythonPath()!, ['-c', READ_BACK, ...paths], { encoding: 'utf8' })
  is(run.status, 0, run.stderr)
  const found = JSON.parse(run.stdout) as Record<string, Trees>
  return Object.fromEntries(Object.keys(files).map((name, k) => [name, found[paths[k]!]!]))
}

let read: Promise<Record<string, Trees>> | undefined
const withPython = testIf(test, pythonPath(), 'a Python with uproot')

withPython('uproot reads back every compression, block and key size', async () => {
  const found = await (read ??= readWithUproot())
  for (const compression of COMPRESSIONS) {
    for (const size of ['', ', big']) {
      for (const path of ['Events', 'deep/er/tree']) sameAsWritten(found[compression + size]![path]!)
    }
  }
})

withPython('uproot reads back baskets that stand in the tree record', async () => {
  const found = await (read ??= readWithUproot())
  sameAsWritten(found.embedded!.Events!)
})

withPython('uproot reads a tree without entries', async () => {
  const found = await (read ??= readWithUproot())
  equal(found.empty, { none: { x: [] } })
})

function sameAsWritten(tree: Record<string, unknown[]>): void {
  for (const branch of EVERYTHING.branches) equal(asNumbers(tree[branch.name]), asNumbers(plain(branch)), branch.name)
}

test.run()
