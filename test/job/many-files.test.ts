/** What a run keeps of each file and dataset that it has done: little, since campaigns have thousands and hundreds of them. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import { ok } from 'uvu/assert'
import { openTree } from '../../lib/stages/open-tree.js'
import { type Scratch, scratch } from '../support/cli.js'
import { writeNanoFile } from '../support/nano-file.js'

const FEW = 200
const MANY = 2000
/** Bytes of V8's heap that may be live for a file: the path, the partition, how it was read, and the table that waits for its name. */
const MOST_BYTES = 2300
const FEW_DATASETS = 20
const MANY_DATASETS = 120
/** The same for a dataset: its plan, with the types of the branches that are read, and its summary. */
const MOST_BYTES_DATASET = 50_000
const ENTRIES = 4

const RUNNER = {
  workflow: 'ElectronTagNProbeFromNanoAOD',
  workflow_args: { filters: { tight: 'cutBased >= 4' }, trigger_pt: { tight: null }, filterbit: { tight: null } },
  methods: [
    {
      name: 'get_tnp_arrays',
      args: { vars: 'all', flat: true, uproot_options: { allow_read_errors_with_report: true } },
    },
  ],
}

/** Runs the job on the first so many files, in one dataset or one each, and tells what is live in the heap when the last of them arrives:
 *  for each of the counts. */
const PROGRAM = `
import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { loadJob, runJob } from ${JSON.stringify(new URL('../../lib/job/index.js', import.meta.url).href)}
setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc')
const { config, files, output, executor, counts, isOneDataset } = JSON.parse(process.argv[2])
const live = []
for (const [k, count] of counts.entries()) {
  const datasets = isOneDataset ? [files.slice(0, count)] : files.slice(0, count).map(path => [path])
  const fileset = Object.fromEntries(datasets.map((paths, d) => {
    const chosen = Object.fromEntries(paths.map(path => [path, 'Events']))
    return ['D' + d, { files: chosen, metadata: { isMC: false } }]
  }))
  const { job } = loadJob({ config, fileset, output: output + k })
  const onProgress = ({ dataset, partitionsDone, partitions }) => {
    if (partitionsDone < partitions || dataset !== 'D' + (datasets.length - 1)) return
    collect()
    live.push(getHeapStatistics().used_heap_size)
  }
  await runJob(job, { executor, workers: executor === 'sync' ? 1 : 2, journal: true, duplicateFiles: 'keep', onProgress })
}
process.stdout.write(JSON.stringify(live))
`

/** Links to a file with the first events of a fixture: duplicates, which are wanted. */
async function manyFiles(dir: Scratch): Promise<string[]> {
  const { tree } = await openTree('fixtures/root/nano-data.root', 'Events')
  const wanted = /^(run|luminosityBlock|event|HLT_Ele3.*|Electron_.*|TrigObj_.*)$/
  const names = tree.names.filter(name => wanted.test(name))
  const file = dir.path('small.root')
  await writeNanoFile(file, ENTRIES, Object.fromEntries(await tree.read(names, 0, ENTRIES)))
  const folder = dir.path('files')
  mkdirSync(folder)
  return Array.from({ length: MANY }, (_, k) => {
    const path = join(folder, `${k}.root`)
    symlinkSync(file, path)
    return path
  })
}

interface Question {
  readonly executor: 'sync' | 'threads'
  readonly isOneDataset: boolean
  readonly counts: readonly [few: number, many: number]
  readonly most: number
}

/** Fails where more than `most` bytes are kept of each of the files beyond the few. */
async function keepsLittle({ counts: [few, many], most, ...question }: Question): Promise<void> {
  const dir = scratch()
  try {
    const files = await manyFiles(dir)
    const config = dir.json('runner.json', RUNNER)
    const program = dir.path('program.mjs')
    writeFileSync(program, PROGRAM)
    const input = { config, files, output: dir.path('out'), counts: [few, few, many], ...question }
    const { stdout, stderr } = spawnSync(process.execPath, [program, JSON.stringify(input)], { encoding: 'utf8' })
    if (stdout === '') throw new Error(stderr)
    // The first one compiles.
    const [, less, more] = JSON.parse(stdout) as [number, number, number]
    const bytes = (more - less) / (many - few)
    if (process.env.TNP_SHOW) console.log(question, bytes)
    ok(bytes <= most, `${bytes.toFixed(0)} bytes each (${less} bytes live with ${few}, ${more} with ${many})`)
  } finally {
    dir.remove()
  }
}

for (const executor of ['sync', 'threads'] as const) {
  test(`${executor}: a file that is done keeps at most ${MOST_BYTES} bytes`, () =>
    keepsLittle({ executor, isOneDataset: true, counts: [FEW, MANY], most: MOST_BYTES }))
}

test(`a dataset that is done keeps at most ${MOST_BYTES_DATASET} bytes`, () =>
  keepsLittle({
    executor: 'sync',
    isOneDataset: false,
    counts: [FEW_DATASETS, MANY_DATASETS],
    most: MOST_BYTES_DATASET,
  }))

test.run()
