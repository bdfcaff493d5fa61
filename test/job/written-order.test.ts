/** Names that look like whole numbers keep their places: what is read in an order is written in it. (JavaScript puts such names
 *  first.) */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { test } from 'uvu'
import { equal, ok } from 'uvu/assert'
import { openParquet } from '../../lib/formats/parquet/input.js'
import { readHistograms } from '../../lib/formats/read-hists.js'
import { filesBelow, runAnalysis, type Scratch, scratch, tnpPipe } from '../support/cli.js'
import { bash } from '../support/shell.js'
import { pythonPath, testIf } from '../support/tools.js'

const FILTERS = ['b', '10', '2', 'a']
const REGIONS = ['z', '2', '1']
const DATASETS = ['b', '10', '2', 'a']

const RUNNER = `{
  "workflow": "ElectronTagNProbeFromNanoAOD",
  "workflow_args": {
    "filters": {"b": "cutBased >= 1", "10": "cutBased >= 2", "2": "cutBased >= 3", "a": "cutBased >= 4"},
    "tags_pt_cut": 20, "probes_pt_cut": 10
  },
  "methods": [
    {"name": "get_tnp_arrays", "args": {"vars": ["el_pt"], "flat": true}},
    {"name": "get_1d_pt_eta_phi_tnp_histograms", "args": {
      "filter": ["b", "10"], "eta_regions_pt": {"z": [0, 1.4442], "2": [1.566, 2], "1": [2, 2.5]}}}
  ]
}`
const FILE = '"fixtures/root/nano-data.root"'
const FILESET = `{${DATASETS.map(
  name =>
    `"${name}": {"files": {${FILE}: {"object_path": "Events", "steps": [[0, 120], [120, 240]]}}, "metadata": {"z": 1, "3": {"y": 2, "1": 3}}}`,
)}}`

function documents(dir: Scratch): string[] {
  writeFileSync(dir.path('runner.json'), RUNNER)
  writeFileSync(dir.path('fileset.json'), FILESET)
  return ['--config', dir.path('runner.json'), '--fileset', dir.path('fileset.json')]
}

/** The columns of filters in a table, and the regions in the histograms of one dataset. */
async function checkOutputs(folder: string): Promise<void> {
  const names = [...filesBelow(folder).keys()]
  const table = names.find(name => name.endsWith('part0.parquet'))!
  const columns = (await openParquet(`${folder}/${table}`)).names
  equal(
    columns.filter(name => FILTERS.includes(name)),
    FILTERS,
  )
  const hists = names.filter(name => /_hists.*\.(pkl|json)$/.test(name) || name.endsWith('.pkl'))
  ok(hists.length >= 2, names.join())
  for (const name of hists) {
    const tree = await readHistograms(`${folder}/${name}`)
    equal(Object.keys(tree), ['pt', 'eta', 'phi'])
    equal(Object.keys(tree.pt!), REGIONS, name)
  }
}

/** Datasets of the summary, and the filters of its first window. */
function summary(stdout: string) {
  const lines = stdout.split('\n')
  return {
    datasets: lines.flatMap(line => /^(\w+) \(data\)/.exec(line)?.[1] ?? []),
    filters: lines.flatMap(line => /^ {4}(\w+) +passing/.exec(line)?.[1] ?? []).slice(0, FILTERS.length),
  }
}

test('columns of filters, regions of histograms, datasets and filters of the summary, with any executor', async () => {
  const dir = scratch()
  try {
    for (const executor of ['sync', 'threads', 'processes']) {
      const out = dir.path(executor)
      const args = [...documents(dir), '--output', out, '--executor', executor, '--workers', '2']
      const { status, stdout, stderr } = await runAnalysis(args)
      equal(status, 0, stderr)
      for (const dataset of DATASETS) await checkOutputs(`${out}/${dataset}`)
      equal(summary(stdout + stderr), { datasets: DATASETS, filters: FILTERS })
    }
  } finally {
    dir.remove()
  }
})

test('through pipes, whose stages are told of the documents by the first', async () => {
  const dir = scratch()
  try {
    documents(dir)
    const script = (method: string, last: string) =>
      `cd '${dir.dir}' && ln -sfn "$OLDPWD/fixtures" fixtures && tnp-pipe chunks fileset.json --config runner.json --dataset b | tnp-pipe decode | tnp-pipe pair | tnp-pipe filter --method ${method} | ${last} | tnp-pipe sink out`
    for (const [method, last] of [
      ['get_tnp_arrays_1', 'tnp-pipe select'],
      ['get_1d_pt_eta_phi_tnp_histograms_1', 'tnp-pipe fill | tnp-pipe merge'],
    ] as const) {
      const { status, stderr } = await bash(`set -o pipefail; ${script(method, last)}`)
      equal(status, 0, stderr)
    }
    await checkOutputs(dir.path('out/b'))
  } finally {
    dir.remove()
  }
})

/** The document as Python reads it: keys in the order of the text, of all objects. */
const keysOf = (text: string) => [...text.matchAll(/"([^"\\]*)"\s*:/g)].map(found => found[1])

const METADATA = ['z', '3', 'y', '1']
const ofDatasets = (keys: readonly (string | undefined)[]) => keys.filter(key => DATASETS.includes(key!))

test('filesets: preprocess, the tools that cut them down, and what a run has left undone', async () => {
  const dir = scratch()
  try {
    const [, config, , fileset] = documents(dir) as [string, string, string, string]
    const made = await tnpPipe(['preprocess', fileset, '--step-size', '120'])
    equal(made.status, 0, made.stderr)
    const check = (text: string) => {
      equal(ofDatasets(keysOf(text)), DATASETS, text)
      equal(
        keysOf(text).filter(key => METADATA.includes(key!)),
        DATASETS.flatMap(() => METADATA),
      )
    }
    check(made.stdout)
    const tools = [
      ['max-files', '1'],
      ['max-chunks', '1'],
      ['max-chunks-per-file', '1'],
      ['slice-files', '0:1'],
      ['slice-chunks', '0:1'],
    ] as const
    for (const [tool, n] of tools) {
      const { status, stdout, stderr } = await tnpPipe(['fileset', tool, n, fileset])
      equal(status, 0, stderr)
      check(stdout)
    }
    const [undone, out] = [dir.path('undone.json'), dir.path('nothing')]
    const given = ['--input-json', fileset, '--output-location', out, '--output-json', undone]
    const left = await tnpPipe(['get-unprocessed-partitions', ...given])
    equal(left.status, 0, left.stderr)
    check(readFileSync(undone, 'utf8'))
    const env = { TMPDIR: dir.dir }
    const run = ['--config', config, '--fileset', fileset, '--output', dir.path('out'), '--preprocess']
    const ran = await runAnalysis(run, { env })
    equal(ran.status, 0, ran.stderr)
    check(gunzipSync(readFileSync(dir.path('preprocessed_fileset.json.gz'))).toString())
    await checkOutputs(dir.path('out/b'))
  } finally {
    dir.remove()
  }
})

test('histograms that are read from a pickle or from JSON and written as ROOT', async () => {
  const dir = scratch()
  try {
    const ran = await runAnalysis([...documents(dir), '--output', dir.path('out'), '--no-summary'])
    equal(ran.status, 0, ran.stderr)
    const files = [...filesBelow(dir.path('out/b')).keys()].filter(name => /1d.*(?:\.pkl|[^t]\.json)$/.test(name))
    equal(files.length, 4)
    for (const file of files) {
      const shown = await tnpPipe(['efficiency', dir.path(`out/b/${file}`), '--format', 'json'])
      equal(shown.status, 0, shown.stderr)
      const regions = [...shown.stdout.matchAll(/pt\/(\w+)/g)].map(found => found[1])
      equal([...new Set(regions)], REGIONS, shown.stdout.slice(0, 500))
    }
  } finally {
    dir.remove()
  }
})

const ARGS = ['z', '2', '1']

/** The run's error: the filter fails with what it was given. */
async function toldBy(path: string): Promise<string> {
  const dir = scratch()
  try {
    documents(dir)
    const settings = `{"extra_filter": "${dir.path(path)}::keep", "extra_filter_args": {"z": 0, "2": 0, "1": 0}}`
    writeFileSync(dir.path('settings.json'), settings)
    writeFileSync(
      dir.path('keep.mjs'),
      'export const keep = (batch, args, { metadata }) => { throw new Error(JSON.stringify([args, metadata])) }\n',
    )
    writeFileSync(
      dir.path('keep.py'),
      'import json\ndef keep(events, **args):\n    raise ValueError(json.dumps([args, events.metadata]))\n',
    )
    const more = [
      '--settings',
      dir.path('settings.json'),
      '--output',
      dir.path('out'),
      '--executor',
      'threads',
      '--workers',
      '2',
    ]
    const { status, stderr } = await runAnalysis([...documents(dir), ...more])
    equal(status, 2, stderr)
    return stderr
  } finally {
    dir.remove()
  }
}

const python = pythonPath()
const hasCoffea = python !== null && spawnSync(python, ['-c', 'import coffea']).status === 0

for (const file of ['keep.mjs', 'keep.py']) {
  testIf(
    test,
    file === 'keep.mjs' || hasCoffea,
    'coffea',
  )(`arguments of an extra filter and metadata: ${file}`, async () => {
    const keys = keysOf(/\[\{.*\}\]/.exec(await toldBy(file))![0]!)
    equal(keys.slice(0, 3), ARGS)
    equal(keys.filter(key => METADATA.includes(key!)).slice(2), METADATA)
  })
}

test.run()
