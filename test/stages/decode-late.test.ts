/** Branches that are read of events with pairs only, in whole jobs and as a stage. */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, match, ok, throws } from 'uvu/assert'
import { gatherRows } from '../../lib/columns/index.js'
import type { Batch } from '../../lib/core/types.js'
import { loadJob, prepareDataset, runJob } from '../../lib/job/index.js'
import { openRootFile, type TTree } from '../../lib/root/index.js'
import {
  closeTrees,
  decodeBranches,
  decodeLate,
  defineStage,
  keepEvents,
  openTree,
  withTree,
} from '../../lib/stages/index.js'
import { chunk, ctx, flat, pairsOf } from '../support/batches.js'
import { scratch } from '../support/cli.js'
import { parquetRows } from '../support/nano-file.js'
import { rootFile } from '../support/root-writer.js'

const DATA = 'fixtures/root/nano-data.root'

function job(files: Readonly<Record<string, unknown>>, output: string, vars: readonly string[], options = {}) {
  return loadJob({
    config: {
      workflow: 'ElectronTagNProbeFromNanoAOD',
      workflow_args: { filters: { tight: 'cutBased >= 4' }, ...options },
      methods: [{ name: 'get_tnp_arrays', args: { vars: [...vars], flat: true, mass_range: null } }],
    },
    fileset: { Data: { files, metadata: { isMC: false } } },
    output,
  }).job
}

test('branches that only outputs need are late; those of cuts, and of stages on the way, are not', async () => {
  const made = job({ [DATA]: 'Events' }, 'out', ['el_r9', 'el_pt', 'PV_npvs'], {
    extra_zcands_mask: 'zcands.probe.sieie < 1',
  })
  const plan = await prepareDataset(made, made.datasets[0]!)
  await closeTrees()
  const late = new Set(plan.lateBranches)
  for (const name of ['Electron_r9', 'PV_npvs', 'event']) ok(late.has(name), name)
  for (const name of ['Electron_pt', 'Electron_eta', 'Electron_sieie', 'Electron_cutBased', 'TrigObj_pt', 'nElectron'])
    ok(!late.has(name), name)
  ok([...late].every(name => plan.branches.includes(name)))
})

test("the user's own stage sees every column, also one that it has not asked for, and may give fewer events", async () => {
  const dir = scratch()
  const rows: unknown[] = []
  const halves = defineStage({
    name: 'halves',
    map: batch => {
      ok(batch.columns.has('Electron_r9'))
      const first = Int32Array.from({ length: batch.length >> 1 }, (_, i) => i)
      const columns = [...batch.columns].map(([name, column]) => [name, gatherRows(column, first)] as const)
      // Columns of one collection share their offsets.
      const offsets = new Map<Int32Array, Int32Array>()
      const shared = columns.map(([name, column]) => {
        const before = batch.columns.get(name)!.offsets
        if (before === undefined) return [name, column] as const
        if (!offsets.has(before)) offsets.set(before, column.offsets!)
        return [name, { ...column, offsets: offsets.get(before)! }] as const
      })
      return { ...batch, length: first.length, columns: new Map(shared) }
    },
  })
  const firstHalf = defineStage({
    name: 'first-half',
    map: batch =>
      keepEvents(
        batch,
        Int32Array.from({ length: batch.length >> 1 }, (_, i) => i),
      ),
  })
  for (const stage of [halves, firstHalf]) {
    const made = {
      ...job({ [DATA]: 'Events' }, dir.path('out'), ['el_r9', 'event']),
      stages: [{ path: '', name: stage.name, object: stage }],
    }
    equal((await prepareDataset(made, made.datasets[0]!)).lateBranches, [])
    await runJob(made)
    rows.push(await parquetRows(dir.path('out/Data/get_tnp_arrays_1/NTuples-part0.parquet')))
  }
  ok((rows[0] as unknown[]).length > 0)
  equal(rows[0], rows[1])
  dir.remove()
})

const EVENTS = 200
const BASKETS = [0, 50, 100, 150]
const BYTES_A_LATE_EVENT = 2 * 4 + 4

/** Events of two electrons that make a Z; the trigger has fired in the first half of them. Four baskets a branch. */
async function writeHalf(path: string): Promise<void> {
  const offsetsOf = (n: number) => Int32Array.from({ length: EVENTS + 1 }, (_, i) => n * i)
  const lists = (collection: string, n: number) => (field: string, of: (i: number) => number) => ({
    name: `${collection}_${field}`,
    dtype: 'float32' as const,
    values: Float32Array.from({ length: n * EVENTS }, (_, i) => of(i)),
    counter: `n${collection}`,
    offsets: offsetsOf(n),
    baskets: BASKETS,
  })
  const perEvent = (name: string, of: (i: number) => number) => ({
    name,
    dtype: 'int32' as const,
    values: Int32Array.from({ length: EVENTS }, (_, i) => of(i)),
    baskets: BASKETS,
  })
  const electron = lists('Electron', 2)
  const object = lists('TrigObj', 1)
  const branches = [
    perEvent('nElectron', () => 2),
    perEvent('nTrigObj', () => 1),
    electron('pt', () => 45),
    electron('eta', () => 0.1),
    electron('phi', i => (i % 2 === 0 ? 0 : 3.14)),
    electron('mass', () => 0),
    electron('charge', i => (i % 2 === 0 ? 1 : -1)),
    electron('cutBased', () => 4),
    electron('deltaEtaSC', () => 0),
    electron('r9', i => i / 1000),
    object('pt', () => 45),
    object('eta', () => 0.1),
    object('phi', () => 0),
    object('id', () => 11),
    object('filterBits', () => 2),
    perEvent('HLT_Ele30_WPTight_Gsf', i => (i < EVENTS / 2 ? 1 : 0)),
    perEvent('run', () => 1),
    perEvent('luminosityBlock', () => 1),
    perEvent('event', i => i),
  ]
  writeFileSync(path, await rootFile([{ path: 'Events', entries: EVENTS, branches }], { compression: 'zstd' }))
}

/** A copy whose last basket of the branch cannot be decompressed. */
async function damageLast(from: string, to: string, branch: string): Promise<void> {
  const file = await openRootFile(from)
  const { seek, bytes, count } = ((await file.tree('Events')) as TTree).baskets(branch)
  await file.close()
  const content = readFileSync(from)
  content.fill(0xa5, seek[count - 1]! + 90, seek[count - 1]! + bytes[count - 1]!)
  writeFileSync(to, content)
}

test('baskets of events without pairs are not read: rows are the same, and damage in them goes unnoticed', async () => {
  const dir = scratch()
  await writeHalf(dir.path('half.root'))
  await damageLast(dir.path('half.root'), dir.path('late.root'), 'Electron_r9')
  await damageLast(dir.path('half.root'), dir.path('early.root'), 'Electron_pt')
  const run = async (file: string, maxChunkEvents: number) => {
    const made = job({ [dir.path(file)]: 'Events' }, dir.path('out'), ['el_r9', 'el_pt'])
    const { datasets } = await runJob(made, { maxChunkEvents })
    const rows = await parquetRows(dir.path('out/Data/get_tnp_arrays_1/NTuples-part0.parquet'))
    return { rows, columnBytes: datasets[0]!.profile.read.columnBytes }
  }
  const whole = await run('half.root', EVENTS)
  // Only the electron at phi 0 matches the trigger's object.
  equal(
    whole.rows.map(row => row.event),
    Array.from({ length: EVENTS / 2 }, (_, i) => i),
  )
  const undamaged = await run('late.root', EVENTS)
  equal(undamaged, whole)
  equal((await run('late.root', 70)).rows, whole.rows)
  // Everything but half of what is late, and counters once more for it.
  const early = EVENTS * 4 * (2 + 7 * 2 + 5 + 1)
  ok(whole.columnBytes < early + (EVENTS / 2) * BYTES_A_LATE_EVENT + EVENTS * 4 * 2 + 1, `${whole.columnBytes}`)
  let message = ''
  await run('early.root', EVENTS).catch((error: Error) => {
    message = error.message
  })
  match(message, /early\.root > Events > Electron_pt/)
  dir.remove()
})

test('columns that a stage has made stay, and a batch that has lost events is refused', async () => {
  const decoded = (await decodeBranches({ branches: ['nElectron', 'Electron_pt'], layout: null }).map(
    { ...chunk, file: DATA },
    ctx,
  )) as Batch
  const mine = flat(
    'float32',
    Array.from({ length: decoded.length }, (_, i) => i),
  )
  const batch = { ...decoded, columns: new Map([...decoded.columns, ['PV_npvs', mine] as const]) }
  const pairs = pairsOf({ batch, event: [3], tag: [0], probe: [0] })
  const late = (await decodeLate(['PV_npvs', 'event']).map(pairs, ctx))!
  ok(late.batch.columns.get('PV_npvs') === mine)
  const file = await openRootFile(DATA)
  const events = (await (await file.tree('Events')).read(['event'], 0, decoded.length)).get('event')!
  equal(late.batch.columns.get('event')!.values[3], events.values[3])
  await file.close()
  const fewer = { ...pairs, batch: { ...batch, length: batch.length - 1 } }
  let message = ''
  await Promise.resolve(decodeLate(['event']).map(fewer, ctx)).catch((error: Error) => {
    message = error.message
  })
  match(message, /changed the number of events/)
  await closeTrees()
})

test('a tree stays open while something reads from it, whatever is opened meanwhile', async () => {
  const dir = scratch()
  const paths = [0, 1, 2, 3].map(k => dir.path(`f${k}.root`))
  for (const path of paths) copyFileSync(DATA, path)
  const got = await withTree(paths[0]!, 'Events', async ({ tree }) => {
    for (const path of paths.slice(1)) await openTree(path, 'Events')
    return tree.read(['event'], 0, 5)
  })
  equal(got.get('event')!.values.length, 5)
  // It was the oldest: it is closed now that nothing reads from it and others are opened.
  const { tree } = await openTree(paths[0]!, 'Events')
  for (const path of paths.slice(1)) await openTree(path, 'Events')
  let message = ''
  await tree.read(['event'], 0, 5).catch((error: Error) => {
    message = error.message
  })
  match(message, /read after the file was closed/)
  throws(() => tree.branch('Electron_pt'))
  await closeTrees()
  dir.remove()
})

test.run()
