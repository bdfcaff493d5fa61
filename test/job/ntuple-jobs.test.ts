/** Whole jobs on RNTuples beside the same jobs on the TTrees that these were made of. */
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, is, ok } from 'uvu/assert'
import { openRootFile } from '../../lib/root/index.js'
import { filesBelow, runAnalysis, scratch, tnpPipe } from '../support/cli.js'
import { parquetRows } from '../support/nano-file.js'

const WORKFLOWS = 'fixtures/config/workflows'

/** Rows with their columns in one order: uproot writes fields by their names. */
async function rowsOf(path: string): Promise<unknown> {
  const rows = await parquetRows(path)
  return rows.map(row => Object.fromEntries(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1))))
}

test('each workflow makes of RNTuples what it makes of the TTrees', async () => {
  const workflows = readdirSync(WORKFLOWS)
  is(workflows.length, 7)
  for (const workflow of workflows) {
    const dir = scratch()
    const fileset = readFileSync(`${WORKFLOWS}/${workflow}/fileset.json`, 'utf8')
    const ntuples = fileset.replaceAll(/fixtures\/root\/([\w-]+\.root)/g, 'fixtures/rntuple/$1')
    ok(ntuples !== fileset)
    for (const [output, files] of [
      ['tree', fileset],
      ['ntuple', ntuples],
    ] as const) {
      const config = [
        '--config',
        `${WORKFLOWS}/${workflow}/runner.json`,
        '--fileset',
        dir.json(`${output}.json`, files),
      ]
      const { status, stderr } = await runAnalysis([...config, '--output', dir.path(output), '--executor', 'sync'])
      is(status, 0, `${workflow}: ${stderr}`)
    }
    const [want, got] = [filesBelow(dir.path('tree')), filesBelow(dir.path('ntuple'))]
    equal([...got.keys()], [...want.keys()], workflow)
    for (const [name, bytes] of want) {
      if (name.endsWith('report.json') || got.get(name)!.equals(bytes)) continue
      // Only of what uproot wrote may columns stand in another order.
      ok(workflow.endsWith('nano-ntuples') && name.endsWith('.parquet'), `${workflow}: ${name} differs`)
      equal(await rowsOf(dir.path(`ntuple/${name}`)), await rowsOf(dir.path(`tree/${name}`)), `${workflow}: ${name}`)
    }
    dir.remove()
  }
})

test('lists of records, and lists beside a number, serve a job; steps follow clusters', async () => {
  const dir = scratch()
  const outputs: Map<string, Buffer>[] = []
  for (const path of [
    'fixtures/root/nano-data-2.root',
    'fixtures/rntuple/nano-data-2-records.root',
    'fixtures/rntuple/nano-data-2-lists.root',
  ]) {
    const fileset = dir.json('fileset.json', { Data: { files: { [path]: 'Events' }, metadata: { isMC: false } } })
    const config = ['--config', `${WORKFLOWS}/electron-nanoaod/runner.json`, '--fileset', fileset]
    const output = dir.path(`out-${outputs.length}`)
    const { status, stderr } = await runAnalysis([...config, '--output', output, '--executor', 'sync'])
    is(status, 0, stderr)
    const files = filesBelow(output)
    outputs.push(new Map([...files].filter(([name]) => name.endsWith('.pkl'))))
  }
  ok(outputs[0]!.size > 0)
  for (const output of outputs.slice(1)) equal(output, outputs[0])

  const file = 'fixtures/rntuple/nano-data.root'
  const files = dir.json('steps.json', { Data: { files: { [file]: 'Events' } } })
  const { status, stdout, stderr } = await tnpPipe(['preprocess', files, '--step-size', '50', '--align-clusters'])
  is(status, 0, stderr)
  const { steps, num_entries } = JSON.parse(stdout).Data.files[file]
  const opened = await openRootFile(file)
  const edges = await (await opened.tree('Events')).clusters()
  await opened.close()
  is(num_entries, 240)
  ok(steps.length > 1)
  equal([steps[0][0], steps.at(-1)[1]], [0, 240])
  for (const [start, stop] of steps)
    ok(edges.includes(start) && edges.includes(stop), `[${start}, ${stop}) of ${edges}`)
  dir.remove()
})

test.run()
