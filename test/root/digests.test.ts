/** Every numeric branch of real files of every kind equals what uproot reads: whole, and put together from entry ranges. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { test } from 'uvu'
import { equal, is } from 'uvu/assert'
import { digestTree, type TreeDigest } from '../../lib/cli/digest.js'
import { viewValues } from '../../lib/core/dtype.js'
import type { Column } from '../../lib/core/types.js'
import { openRootFile, type Tree } from '../../lib/root/index.js'
import { sharedDir, testIf } from '../support/tools.js'

const data = `${sharedDir()}/data`

function expectedDigests(): [string, TreeDigest][] {
  return Object.entries(JSON.parse(gunzipSync(readFileSync(`${data}/formats/digests.json.gz`)).toString('utf8')))
}

async function openExpected(key: string): Promise<Tree> {
  const [name, path] = key.split(':') as [string, string]
  const here = `${data}/formats/${name}`
  return (await openRootFile(existsSync(here) ? here : `${data}/${name}`)).tree(path)
}

/** Names of what cannot be read differ between the readers; which branches those are must not. */
function comparable(branches: TreeDigest['branches']): TreeDigest['branches'] {
  const entries = Object.entries(branches)
  return Object.fromEntries(entries.map(([name, one]) => [name, 'unsupported' in one ? { unsupported: '' } : one]))
}

testIf(
  test,
  sharedDir(),
  '../shared',
)('whole branches have the digests of uproot', async () => {
  const expected = expectedDigests()
  is(expected.length, 24)
  for (const [key, wanted] of expected) {
    const got = (await digestTree(await openExpected(key))) as TreeDigest
    is(got.entries, wanted.entries, key)
    equal(Object.keys(got.branches), Object.keys(wanted.branches), key)
    const [ours, theirs] = [comparable(got.branches), comparable(wanted.branches)]
    for (const name of Object.keys(theirs)) equal(ours[name], theirs[name], `${key} ${name}`)
  }
})

/** Cuts [0, entries) in up to five ranges, the same in every run. */
function ranges(entries: number, seed: number): [number, number][] {
  let state = seed
  const random = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32
  const cuts = Array.from({ length: 4 }, () => Math.floor(random() * (entries + 1)))
  const edges = [0, ...cuts.sort((a, b) => a - b), entries]
  return edges.slice(1).map((stop, k) => [edges[k]!, stop])
}

function joined(parts: readonly Column[]): Column {
  const { dtype, width } = parts[0]!
  const bytes = Buffer.concat(parts.map(({ values: v }) => new Uint8Array(v.buffer, v.byteOffset, v.byteLength)))
  const fresh = Uint8Array.from(bytes)
  const length = parts.reduce((sum, part) => sum + part.values.length, 0)
  const values = viewValues(dtype, fresh.buffer, 0, length)
  if (parts[0]!.offsets === undefined) return width === undefined ? { dtype, values } : { dtype, values, width }
  const offsets = [0]
  for (const part of parts) {
    const base = offsets.at(-1)!
    for (const offset of part.offsets!.subarray(1)) offsets.push(base + offset)
  }
  return { dtype, values, offsets: Int32Array.from(offsets) }
}

function sha1({ buffer, byteOffset, byteLength }: ArrayBufferView): string {
  return createHash('sha1')
    .update(new Uint8Array(buffer, byteOffset, byteLength))
    .digest('hex')
}

testIf(
  test,
  sharedDir(),
  '../shared',
)('branches put together from entry ranges have the digests of uproot', async () => {
  for (const [k, [key, wanted]] of expectedDigests().entries()) {
    const tree = await openExpected(key)
    const names = tree.names.filter(name => !('unsupported' in wanted.branches[name]!))
    const parts: Map<string, Column>[] = []
    for (const [start, stop] of ranges(tree.entries, k)) parts.push(await tree.read(names, start, stop))
    for (const name of names) {
      const column = joined(parts.map(part => part.get(name)!))
      const branch = wanted.branches[name]!
      if ('unsupported' in branch) continue
      is(sha1(column.values), branch.sha1, `${key} ${name}`)
      if (column.offsets === undefined) is(branch.offsets, undefined, `${key} ${name}`)
      else is(sha1(BigInt64Array.from(column.offsets, BigInt)), branch.offsets, `${key} ${name}`)
    }
  }
})

test.run()
