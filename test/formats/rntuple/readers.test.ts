/** RNTuples of ours as uproot, ROOT and jsroot read them. */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { internals } from 'jsroot/core'
import { openFile } from 'jsroot/io'
import { readHeaderFooter, rntupleProcess } from 'jsroot/rntuple'
import { TSelector } from 'jsroot/tree'
import { test } from 'uvu'
import { equal, is, match } from 'uvu/assert'
import { frameContentLength } from '../../../lib/codecs/index.js'
import { createZstdDecoder } from '../../../lib/codecs/zstd.js'
import { type TableSchema, tableFiles } from '../../../lib/formats/index.js'
import { scratch } from '../../support/cli.js'
import { pythonPath, rootPythonPath, testIf } from '../../support/tools.js'
import { differencesInUproot } from '../../support/uproot-tables.js'
import { exampleTable } from '../parquet/example.js'
import { type MadeTable, madeSchema, madeTable } from '../tables.js'

const dir = scratch()
test.after(() => dir.remove())

async function write(name: string, schema: TableSchema, tables: readonly MadeTable[]): Promise<[string, string]> {
  const paths: string[] = []
  for (const format of ['parquet', 'rntuple'] as const) {
    const files = await tableFiles(format, schema)
    paths.push(dir.path(`${name}.${format}`))
    writeFileSync(paths.at(-1)!, Buffer.concat(files.assembleFile(tables.map(table => files.encodeGroup(table)))))
  }
  return paths as [string, string]
}

/** Clusters of several pages, of few rows, of none. */
const TABLES = [madeTable(30, 1), madeTable(0), madeTable(7, 2), madeTable(150_000, 3)]

testIf(
  test,
  pythonPath(),
  'uproot',
)(
  'uproot reads every type and shape as awkward reads the Parquet file, nulls and files without rows, too',
  async () => {
    const { schema, table } = exampleTable()
    const pairs = [
      await write('made', madeSchema(), TABLES.slice(0, 3)),
      await write('example', schema, [table as unknown as MadeTable, table as unknown as MadeTable]),
      await write('empty', madeSchema(), []),
    ]
    equal(differencesInUproot(pairs), { differences: [], columns: 40 + 32 + 38 })
  },
)

/** Sums of 64 bits as ROOT has them, of every flat column and list, in columns as RDataFrame calls them. */
const ROOT = `
import ROOT, sys
def silent(path):
    reader = ROOT.RNTupleReader.Open("Events", path)
    return reader.GetNEntries()
path, empty, example = sys.argv[1:]
print(silent(path), silent(empty))
frame = ROOT.RDataFrame("Events", path)
names = ["flat_int32", "flat_uint16", "flat_bool", "list_int16", "Jet.pt", "MET.pt", "three_uint8"]
sums = [frame.Sum(name) for name in names]
texts = frame.Take["std::string"]("word")
print(*[repr(float(s.GetValue())) for s in sums])
print(",".join(str(t) for t in list(texts.GetValue())[:30]))
nulls = ROOT.RDataFrame("Events", example)
print(nulls.Filter("!std::isnan(half)").Sum("half").GetValue(), nulls.Filter("none_valid").Sum("none").GetValue())
ROOT.RNTupleReader.Open("Events", example).Show(1)
file = ROOT.TFile(path)
assert not file.IsZombie() and not file.TestBit(ROOT.TFile.kRecovered) and file.GetEND() == file.GetSize()
`

testIf(
  test,
  rootPythonPath(),
  'ROOT',
)('ROOT reads the same sums, texts and nulls, and says nothing', async () => {
  const { schema, table } = exampleTable()
  const [, path] = await write('root', madeSchema(), TABLES)
  const [, empty] = await write('root-empty', madeSchema(), [])
  const [, example] = await write('root-example', schema, [table as unknown as MadeTable])
  const ran = spawnSync(rootPythonPath()!, ['-u', '-W', 'ignore', '-c', ROOT, path, empty, example], {
    encoding: 'utf8',
  })
  is(ran.stderr, '')
  is(ran.status, 0)
  const [counts, sums, texts, nulls, ...shown] = ran.stdout.split('\n')
  is(counts, '150037 0')
  const sum = (name: string) =>
    TABLES.reduce((all, { columns }) => (columns.get(name)!.values as Float64Array).reduce((a, b) => a + b, all), 0)
  const wanted = ['flat_int32', 'flat_uint16', 'flat_bool', 'list_int16', 'list_float32', 'flat_float64', 'three_uint8']
  for (const [k, name] of wanted.entries()) {
    const [got, want] = [Number(sums!.split(' ')[k]), sum(name)]
    is(Math.abs(got - want) <= 1e-6 * Math.abs(want), true, `${name}: ${got}, wanted ${want}`)
  }
  const { values, offsets } = TABLES[0]!.columns.get('word')!
  const bytes = Buffer.from(values as Uint8Array)
  equal(
    texts!.split(','),
    Array.from({ length: 30 }, (_, i) => bytes.toString('utf8', offsets![i], offsets![i + 1])),
  )
  is(nulls, '4.0 6.0')
  match(
    shown.join('\n'),
    /"half": nan,[\s\S]*"holes": \[\],[\s\S]*"MET": \{\s*"pt": 2,\s*"terms": \[\]\s*\},\s*"Jet": \[\]/,
  )
})

test('jsroot reads numbers, lists and arrays', async () => {
  // In a browser jsroot has ZSTD; in Node it wants a package more.
  const decode = createZstdDecoder()
  internals._ZstdStream = { decompress: frame => decode(frame, frameContentLength(frame)!) }
  const tables = TABLES.slice(0, 3)
  const [, path] = await write('jsroot', madeSchema(), tables)
  const ntuple = await (await openFile(path)).readObject('Events')
  await readHeaderFooter(ntuple)
  for (const kind of ['flat', 'list', 'three']) {
    for (const type of ['bool', 'int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'float32', 'float64']) {
      const name = `${kind}_${type}`
      const selector = new TSelector()
      selector.addBranch(name)
      const got: unknown[] = []
      selector.Process = () => {
        const value = selector.tgtobj[name]
        got.push(Array.isArray(value) ? value.map(Number) : Number(value))
      }
      await rntupleProcess(ntuple, selector)
      equal(
        got,
        tables.flatMap(table => rowsOf(table, name)),
        name,
      )
    }
  }
})

function rowsOf({ length, columns }: MadeTable, name: string): (number | number[])[] {
  const { values, offsets, width } = columns.get(name)!
  const numbers = Array.from(values as Float64Array)
  if (offsets !== undefined) return Array.from({ length }, (_, i) => numbers.slice(offsets[i], offsets[i + 1]))
  if (width !== undefined) return Array.from({ length }, (_, i) => numbers.slice(i * width, (i + 1) * width))
  return numbers
}

test.run()
