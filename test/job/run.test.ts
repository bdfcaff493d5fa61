/** Jobs in code: chunks of large partitions, sums of weights with unreadable partitions, progress, cutflow. */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, instance, match, ok } from 'uvu/assert'
import { DataError } from '../../lib/core/errors.js'
import { loadJob, type Progress, runJob } from '../../lib/job/index.js'
import { filesBelow, type Scratch, scratch } from '../support/cli.js'
import { close } from '../support/columns.js'

const MC = 'fixtures/root/nano-mc.root'
const EVENTS = 300

function job(dir: Scratch, files: Readonly<Record<string, unknown>>, allow: boolean = true) {
  const uproot_options = { allow_read_errors_with_report: allow }
  return loadJob({
    config: {
      workflow: 'ElectronTagNProbeFromNanoAOD',
      workflow_args: { filters: { tight: 'cutBased >= 4' } },
      methods: [
        { name: 'get_tnp_arrays', args: { vars: 'all', flat: true, uproot_options } },
        { name: 'get_nd_tnp_histograms', args: { filter: 'tight', vars: ['el_pt'], uproot_options } },
      ],
    },
    fileset: { MC: { files, metadata: { isMC: true } } },
    output: dir.path('out'),
  }).job
}

/** The output files but for the times in reports. */
function outputs(dir: Scratch): Map<string, string> {
  const files = [...filesBelow(dir.path('out'))].filter(([name]) => !name.endsWith('report.json'))
  return new Map(files.map(([name, bytes]) => [name, bytes.toString('latin1')]))
}

test('a partition that is read in several chunks gives the same histograms and rows', async () => {
  const dir = scratch()
  const whole = await runJob(job(dir, { [MC]: 'Events' }))
  const want = outputs(dir)
  const split = await runJob(job(dir, { [MC]: 'Events' }), { maxChunkEvents: 70 })
  const got = outputs(dir)
  equal(split.datasets[0]!.events, EVENTS)
  equal(split.datasets[0]!.cutflow, whole.datasets[0]!.cutflow)
  equal(split.datasets[0]!.windows, whole.datasets[0]!.windows)
  equal([...got.keys()], [...want.keys()])
  for (const [name, bytes] of want) if (!name.endsWith('.parquet')) ok(got.get(name) === bytes, name)
  const rows = await parquetRows(dir.path('out/MC/get_tnp_arrays_1/NTuples-part0.parquet'))
  await runJob(job(dir, { [MC]: 'Events' }))
  equal(rows, await parquetRows(dir.path('out/MC/get_tnp_arrays_1/NTuples-part0.parquet')))
  dir.remove()
})

async function parquetRows(path: string): Promise<unknown[]> {
  const { asyncBufferFromFile, parquetReadObjects } = await import('hyparquet')
  const { compressors } = await import('hyparquet-compressors')
  return parquetReadObjects({ file: await asyncBufferFromFile(path), compressors })
}

/** A copy whose Electron_pt cannot be read, while its genWeight can. */
function damagedCopy(dir: Scratch, name: string, branch: string): string {
  const path = dir.path(name)
  const bytes = readFileSync(MC)
  const original = Buffer.from(bytes)
  // Baskets carry the branch's name in their key; the bytes after the key are the compressed block.
  for (let at = bytes.indexOf(branch); at >= 0; at = bytes.indexOf(branch, at + 1)) {
    const isKey = bytes.subarray(at - 8, at - 1).includes('TBasket')
    if (isKey) bytes.fill(0xa5, at + 40, at + 200)
  }
  ok(!bytes.equals(original), `no basket of ${branch} found`)
  writeFileSync(path, bytes)
  return path
}

test('a partition that only the main pass cannot read is left out of the sum of weights', async () => {
  const dir = scratch()
  copyFileSync(MC, dir.path('good.root'))
  const bad = damagedCopy(dir, 'bad.root', 'Electron_pt')
  const alone = await runJob(job(dir, { [dir.path('good.root')]: 'Events' }))
  const both = await runJob(job(dir, { [dir.path('good.root')]: 'Events', [bad]: 'Events' }))
  equal(both.datasets[0]!.skipped.length, 1)
  equal(both.datasets[0]!.events, EVENTS)
  close(both.datasets[0]!.sumGenWeight!, alone.datasets[0]!.sumGenWeight!)
  const report = JSON.parse(readFileSync(dir.path('out/MC/get_tnp_arrays_1/report.json'), 'utf8')) as {
    exception: string
  }[]
  equal(
    report.map(r => r.exception === null),
    [true, false],
  )
  dir.remove()
})

test('a partition that fails in its second chunk is left out as a whole', async () => {
  const dir = scratch()
  copyFileSync(MC, dir.path('good.root'))
  const bytes = readFileSync(MC)
  // Damage the last basket of Electron_eta only.
  let last = -1
  for (let at = bytes.indexOf('Electron_eta'); at >= 0; at = bytes.indexOf('Electron_eta', at + 1)) {
    if (bytes.subarray(at - 8, at - 1).includes('TBasket')) last = at
  }
  ok(last > 0)
  bytes.fill(0xa5, last + 40, last + 200)
  writeFileSync(dir.path('bad.root'), bytes)
  const files = { [dir.path('bad.root')]: 'Events', [dir.path('good.root')]: 'Events' }
  const { datasets } = await runJob(job(dir, files), { maxChunkEvents: 60 })
  equal(
    datasets[0]!.skipped.map(s => s.chunk.file),
    [dir.path('bad.root')],
  )
  equal(datasets[0]!.events, EVENTS)
  equal((await parquetRows(dir.path('out/MC/get_tnp_arrays_1/NTuples-part0.parquet'))).length, 0)
  dir.remove()
})

test('a failure that is not tolerated is a DataError that names the file, and leaves no file', async () => {
  const dir = scratch()
  const bad = damagedCopy(dir, 'bad.root', 'Electron_pt')
  let failure: unknown
  await runJob(job(dir, { [MC]: 'Events', [bad]: 'Events' }, false)).catch(e => {
    failure = e
  })
  instance(failure, DataError)
  match((failure as Error).message, /bad\.root.*Electron_pt/)
  equal([...filesBelow(dir.path('out')).keys()], [])
  dir.remove()
})

test('progress counts partitions and events up to the end', async () => {
  const dir = scratch()
  const seen: Progress[] = []
  const files = {
    [MC]: {
      object_path: 'Events',
      steps: [
        [0, 100],
        [100, 200],
        [200, EVENTS],
      ],
    },
  }
  await runJob(job(dir, files), { onProgress: p => seen.push(p) })
  equal(
    seen.map(p => [p.phase, p.partitionsDone, p.partitions]),
    [...[1, 2, 3].map(n => ['sum', n, 3]), ...[1, 2, 3].map(n => ['run', n, 3])],
  )
  equal(seen.at(-1)!.events, EVENTS)
  dir.remove()
})

test('the cutflow only ever falls, stage by stage', async () => {
  const dir = scratch()
  const { datasets } = await runJob(job(dir, { [MC]: 'Events' }))
  const cutflow = new Map(datasets[0]!.cutflow)
  equal(cutflow.get('decode'), EVENTS)
  ok(cutflow.get('hlt')! < EVENTS)
  const pairs = ['pair', 'tag', 'probe', 'tag-trigger', 'gen', 'pair-kinematics'].map(id => cutflow.get(id)!)
  for (let i = 1; i < pairs.length; i++) ok(pairs[i]! <= pairs[i - 1]!, `${pairs}`)
  ok(pairs.at(-1)! > 0)
  dir.remove()
})

test.run()
