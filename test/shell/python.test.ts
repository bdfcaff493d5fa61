/** Python and DuckDB on a pipe: pyarrow reads what stages write, a Python stage stands in the middle, DuckDB queries. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, match, ok } from 'uvu/assert'
import { filesBelow, scratch } from '../support/cli.js'
import { bash } from '../support/shell.js'
import { pythonPath, testIf } from '../support/tools.js'

const python = pythonPath()
const hasDuckdb = python !== null && spawnSync(python, ['-c', 'import duckdb']).status === 0
const testPython = testIf(test, python, 'a Python with uproot, hist and pyarrow')
const testDuckdb = testIf(test, hasDuckdb, 'a Python with pyarrow and duckdb')

const out = scratch()
const OPTIONS =
  '--config fixtures/config/runner.json --settings fixtures/config/settings.json --binning fixtures/config/binning.json'
const EVENTS = `tnp-pipe chunks fixtures/config/fileset.json ${OPTIONS} | tnp-pipe decode | tnp-pipe weight | tnp-pipe golden`
const NAMED = `tnp-pipe chunks fixtures/config/fileset.json --dataset Data | tnp-pipe decode --branches 'Electron_*,TrigObj_*,HLT_Ele30*'`

testPython('pyarrow reads every kind of stream, with valid data and the facts of the dataset', async () => {
  const script = `
import json, sys, pyarrow as pa
out = []
while sys.stdin.buffer.peek(1):
    reader = pa.ipc.open_stream(sys.stdin.buffer)
    table = reader.read_all()
    table.validate(full=True)
    facts = json.loads(table.schema.metadata[b"tnp-pipe"])
    out.append([facts["dataset"]["name"], facts["item"], table.num_rows, str(table.schema.field(table.num_columns - 1).type), any(f.nullable for f in table.schema)])
print(json.dumps(out))`
  const read = async (pipe: string) => {
    const { status, stdout, stderr } = await bash(`${pipe} | "$1" -c "$2"`, [python!, script])
    equal(status, 0, stderr)
    return JSON.parse(stdout) as [string, string, number, string, boolean][]
  }
  const events = await read(EVENTS)
  equal(
    events.map(([name, item, , , nullable]) => [name, item, nullable]),
    [
      ['Data', 'events', false],
      ['MC', 'events', false],
    ],
  )
  const pairs = await read(`${EVENTS} | tnp-pipe pair`)
  equal(
    pairs.map(([, item, rows, type]) => [item, rows > 0, type]),
    Array.from({ length: 2 }, () => [
      'pairs',
      true,
      'list<item: struct<tag: int32 not null, probe: int32 not null, pair_mass: float not null> not null>',
    ]),
  )
  ok(pairs[0]![2] < events[0]![2])
  const table = await read(`${EVENTS} | tnp-pipe pair | tnp-pipe filter --method get_tnp_arrays_1 | tnp-pipe select`)
  equal(
    table.map(([, item, rows]) => [item, rows > 0]),
    [
      ['table', true],
      ['table', true],
    ],
  )
})

testPython('a stage in Python between two of ours: its column can be filtered on, selected and filled', async () => {
  const stages = (filter: string, middle: string) =>
    `${NAMED} | ${middle} | tnp-pipe pair | tnp-pipe filter '${filter}' --mass-range 60,120 | tnp-pipe fill --vars el_pt | tnp-pipe merge`
  const { status, stdout, stderr } = await bash(stages('score > 0.8', '"$1" examples/score.py'), [python!])
  equal(status, 0, stderr)
  const plain = await bash(stages('pt > 40', 'cat'))
  equal(plain.status, 0, plain.stderr)
  equal(stdout.replaceAll('score > 0.8', 'X'), plain.stdout.replaceAll('pt > 40', 'X'))
  match(stdout, /"values":\[\d/)
  const selected = await bash(
    `${NAMED} | "$1" examples/score.py | tnp-pipe pair | tnp-pipe filter 'score > 0.8' --mass-range 60,120 |
       tnp-pipe select --vars el_pt,tag_Ele_score,el_score --flat | "$1" -c "$2"`,
    [
      python!,
      'import sys, pyarrow as pa; t = pa.ipc.open_stream(sys.stdin.buffer).read_all(); print(all(abs(a / 50 - b) < 1e-6 for a, b in zip(t["el_pt"].to_pylist(), t["el_score"].to_pylist())), t.num_rows > 0)',
    ],
  )
  equal(selected.stdout, 'True True\n', selected.stderr)
})

testPython('a stage in Python after pair may drop events', async () => {
  const stages = (middle: string) =>
    `${EVENTS} | tnp-pipe pair | ${middle} | tnp-pipe filter --method get_nd_tnp_histograms_1 | tnp-pipe fill`
  const same = await bash(stages('"$1" examples/score.py'), [python!])
  const want = await bash(stages('cat'))
  equal(same.status, 0, same.stderr)
  // Every event with a pair has two electrons.
  equal(same.stdout, want.stdout)
})

testPython('what a stage in Python may get wrong is named', async () => {
  const after = 'tnp-pipe pair | tnp-pipe filter --mass-range 60,120 | wc -c'
  const with_ = (body: string) => `
import sys, pyarrow as pa
reader = pa.ipc.open_stream(sys.stdin.buffer)
table = reader.read_all()
${body}
writer = pa.ipc.new_stream(sys.stdout.buffer, table.schema)
writer.write_table(table)
writer.close()`
  for (const [body, message] of [
    ['table = table.replace_schema_metadata(None)', /no metadata "tnp-pipe".*schema\.append\(field\)/],
    ['table = table.drop_columns(["tnp_partition"])', /the column tnp_partition is missing/],
    ['table = table.drop_columns(["Electron_pt"])', /needs the column "Electron_pt", which is not in the stream/],
    [
      'table = table.set_column(table.schema.get_field_index("HLT_Ele30_WPTight_Gsf"), "HLT_Ele30_WPTight_Gsf", pa.array([None] * len(table), pa.bool_()))',
      /has nulls/,
    ],
    [
      'table = table.append_column("note", pa.array(["x"] * len(table)))',
      /column "note" is of text, which cannot be read/,
    ],
    ['sys.exit(3)', /pair: error: stdin is empty/],
    ['sys.stdout.buffer.write(b"progress: 10 %\\n")', /wanted an Arrow IPC stream.*got other bytes/],
  ] as const) {
    const { status, stderr } = await bash(`${NAMED} | "$1" -c "$2" | ${after}`, [python!, with_(body)])
    ok(status !== 0, body)
    match(stderr, message)
    ok(!/\n {4}at /.test(stderr), stderr)
  }
})

testPython('rows of a table in another order are refused: each partition has its file', async () => {
  const reversed = `
import sys, pyarrow as pa
table = pa.ipc.open_stream(sys.stdin.buffer).read_all()
table = table.take(list(range(len(table)))[::-1])
writer = pa.ipc.new_stream(sys.stdout.buffer, table.schema)
writer.write_table(table)
writer.close()`
  const { status, stderr } = await bash(
    `${NAMED} | tnp-pipe pair | tnp-pipe filter 'pt > 5' --mass-range 60,120 | tnp-pipe select --vars el_pt --flat |
       "$1" -c "$2" | tnp-pipe sink ${out.path('reversed')}`,
    [python!, reversed],
  )
  equal(status, 1)
  match(stderr, /sink: error: stdin: rows of partition 0 after 1\./)
  equal(filesBelow(out.path('reversed')).size, 0)
})

testDuckdb('DuckDB queries what a stage writes', async () => {
  const query = `
import sys, duckdb, pyarrow as pa
pairs = pa.ipc.open_stream(sys.stdin.buffer)
print(duckdb.sql('select count(*), sum((p."cutBased >= 4")::int), round(avg(p.pair_mass), 3) from (select unnest(pairs) as p from pairs)').fetchall()[0])`
  const { status, stdout, stderr } = await bash(
    `${NAMED} | tnp-pipe pair | tnp-pipe filter 'cutBased >= 4' --mass-range 60,120 | tee "$3" | "$1" -c "$2"`,
    [python!, query, out.path('pairs.arrow')],
  )
  equal(status, 0, stderr)
  const found = /^\((\d+), (\d+), ([\d.]+)\)\n$/.exec(stdout)
  ok(found, stdout)
  const filled = await bash(`tnp-pipe fill --vars el_pt < ${out.path('pairs.arrow')} > ${out.path('h.jsonl')}`)
  equal(filled.status, 0, filled.stderr)
  const { passing, failing } = JSON.parse(readFileSync(out.path('h.jsonl'), 'utf8').split('\n')[0]!).histograms
  const sum = (hist: { storage: { values: number[] } }) => hist.storage.values.reduce((a, b) => a + b, 0)
  equal([Number(found[1]), Number(found[2])], [sum(passing) + sum(failing), sum(passing)])
})

testPython("Python's uhi reads the histograms of a line", async () => {
  const script = `
import json, sys, uhi.io.json, uhi.io, hist
from boost_histogram.serialization import from_uhi
line = json.loads(sys.stdin.readline())
h = hist.Hist(from_uhi(uhi.io.from_sparse(json.loads(json.dumps(line["histograms"]["passing"]), object_hook=uhi.io.json.object_hook))))
print(h.sum(flow=True).value > 0, [a.name for a in h.axes])`
  const { status, stdout, stderr } = await bash(
    `${NAMED} | tnp-pipe pair | tnp-pipe filter 'pt > 5' --mass-range 60,120 | tnp-pipe fill --vars el_pt,el_eta | "$1" -c "$2"`,
    [python!, script],
  )
  equal(status, 0, stderr)
  equal(stdout, "True ['el_pt', 'el_eta']\n")
})

test.after(() => out.remove())
test.run()
