/** Public RNTuples beside what uproot reads in them. */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { test } from 'uvu'
import { equal, is, ok } from 'uvu/assert'
import { digestTree, type NtupleDigest } from '../../../lib/cli/digest.js'
import { openRootFile } from '../../../lib/root/index.js'
import { sameColumn } from '../../support/columns.js'
import { sharedDir, testIf } from '../../support/tools.js'

const MIB = 1024 * 1024

function folder(): string {
  return `${sharedDir()}/data/rntuple`
}

testIf(
  test,
  sharedDir(),
  '../shared',
)('every field of plain numbers has the digest of uproot', async () => {
  const text = gunzipSync(readFileSync(`${folder()}/digests.json.gz`)).toString()
  let compared = 0
  for (const [key, wanted] of Object.entries(JSON.parse(text) as Record<string, NtupleDigest>)) {
    const at = key.indexOf(':')
    const file = await openRootFile(`${folder()}/${key.slice(0, at)}`)
    const got = (await digestTree(await file.tree(key.slice(at + 1)))) as NtupleDigest
    await file.close()
    is(got.entries, wanted.entries, key)
    equal(Object.keys(got.fields), Object.keys(wanted.fields), key)
    for (const [name, digest] of Object.entries(wanted.fields)) {
      if ('unsupported' in digest) continue
      equal(got.fields[name], digest, `${key} ${name}`)
      compared++
    }
  }
  ok(compared > 2000)
})

testIf(
  test,
  sharedDir(),
  '../shared',
)('a published NanoAOD file as RNTuple is equal to its TTree', async () => {
  const [tree, ntuple] = await Promise.all(
    ['nano_dy.root', 'formats/nano_dy_rntuple.root'].map(async name =>
      (await openRootFile(`${sharedDir()}/data/${name}`)).tree('Events'),
    ),
  )
  const names = tree!.names
  is(names.length, 1499)
  const [want, got] = [await tree!.read(names, 0, 40), await ntuple!.read(names, 0, 40)]
  for (const name of names) sameColumn(got.get(name), want.get(name)!, name)
})

testIf(
  test,
  sharedDir(),
  '../shared',
)('slices of a hundred million entries take the memory of the slice', async () => {
  const file = await openRootFile(`${folder()}/test_int_multicluster_rntuple_v1-0-0-0.root`)
  const tree = await file.tree('ntuple')
  is(tree.entries, 100_000_000)
  equal(await tree.clusters(), [0, 100_000_000])
  await tree.read(['one_integers'], 0, 1000)
  const before = process.memoryUsage().rss
  for (let start = 0; start < tree.entries; start += 10_000_000) {
    const column = (await tree.read(['one_integers'], start, start + 1000)).get('one_integers')!
    is(column.values.length, 1000)
  }
  ok(process.memoryUsage().rss - before < 64 * MIB)
  await file.close()
})

test.run()
