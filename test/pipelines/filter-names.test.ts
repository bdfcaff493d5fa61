/** Filters whose names are those of columns, or make no names of files: refused before events are read. */
import { existsSync } from 'node:fs'
import { test } from 'uvu'
import { equal, match, throws } from 'uvu/assert'
import { BugError, type UsageError } from '../../lib/core/errors.js'
import type { Columns } from '../../lib/core/types.js'
import { encodeRowGroup, tableSchema } from '../../lib/formats/index.js'
import { loadJob, runJob } from '../../lib/job/index.js'
import { scratch } from '../support/cli.js'

const ELECTRONS = { workflow: 'ElectronTagNProbeFromNanoAOD', file: 'fixtures/root/nano-mc.root', tree: 'Events' }
const MINI = {
  workflow: 'ElectronTagNProbeFromMiniNTuples',
  file: 'fixtures/root/mini.root',
  tree: 'fitter_tree',
}

interface Given {
  readonly input?: typeof ELECTRONS
  readonly filters: Readonly<Record<string, string>>
  readonly method: string
  readonly args?: object
}

/** The problems that the run ends with, as "place: message". Nothing is written where there are some. */
async function problems({ input = ELECTRONS, filters, method, args = {} }: Given): Promise<string[]> {
  const dir = scratch()
  try {
    const { job } = loadJob({
      config: {
        workflow: input.workflow,
        workflow_args: { filters, tags_pt_cut: 20, probes_pt_cut: 10 },
        methods: [{ name: method, args }],
      } as never,
      fileset: { D: { files: { [input.file]: input.tree }, metadata: { isMC: true } } },
      output: dir.path('out'),
    })
    await runJob(job, { executor: 'sync' })
    return []
  } catch (error) {
    equal((error as Error).name, 'UsageError', (error as Error).stack)
    equal(existsSync(dir.path('out/D')), false)
    return (error as UsageError).problems.map(p => `${p.place}: ${p.message}`)
  } finally {
    dir.remove()
  }
}

test('columns of the pairs, whatever the method', async () => {
  const methods = [
    ['get_tnp_arrays', { vars: ['el_pt'], flat: true }],
    ['get_passing_and_failing_probes', { filter: 'pair_mass', vars: ['el_pt'], flat: true }],
    ['get_nd_tnp_histograms', { filter: 'pair_mass', cut_and_count: false }],
  ] as const
  for (const [method, args] of methods) {
    const [first, ...others] = await problems({ filters: { pair_mass: 'cutBased >= 4' }, method, args })
    match(first!, /^filters \/ pair_mass.*: the filter "pair_mass" has the name of the column "pair_mass" of the pairs/)
    equal(others, [], method)
  }
  const found = await problems({ filters: { weight: 'pt > 30', loose: 'pt > 20' }, method: 'get_tnp_arrays' })
  match(found.join('\n'), /^filters \/ weight.*the column "weight"/)
})

test('columns of tables: identifiers, variables, members of records', async () => {
  for (const [name, vars] of [
    ['event', ['el_pt']],
    ['run', ['el_pt']],
    ['el_pt', ['el_pt', 'el_eta']],
    ['Electron', ['el_pt', 'Electron']],
    ['Electron.pt', ['el_pt', 'Electron']],
  ] as const) {
    for (const method of ['get_tnp_arrays', 'get_passing_and_failing_probes']) {
      const filter = method === 'get_tnp_arrays' ? {} : { filter: [name] }
      const args = { vars, flat: !vars.includes('Electron' as never), ...filter }
      const [first] = await problems({ filters: { [name]: 'cutBased >= 4' }, method, args })
      match(first ?? 'none', `the filter "${name}" has the name of the column "${name}" of ${method}_1`)
    }
  }
  // Where no table has the column, the name is free.
  equal(await problems({ filters: { el_pt: 'pt > 40' }, method: 'get_tnp_arrays', args: { vars: ['el_eta'] } }), [])
  equal(
    await problems({ filters: { el_pt: 'pt > 40' }, method: 'get_nd_tnp_histograms', args: { filter: 'el_pt' } }),
    [],
  )
})

test('the same on ntuples', async () => {
  const input = MINI
  const method = 'get_tnp_arrays'
  const found = await problems({ input, filters: { weight: 'events.el_pt > 40' }, method })
  match(found[0] ?? 'none', /has the name of the column "weight"/)
  const run = await problems({ input, filters: { run: 'events.el_pt > 40' }, method })
  match(run[0] ?? 'none', /has the name of the column "run"/)
})

test('names that make no names of files', () => {
  const load = (name: string, filter = name) =>
    loadJob({
      config: {
        workflow: 'ElectronTagNProbeFromNanoAOD',
        workflow_args: { filters: { [name]: 'pt > 20' } },
        methods: [{ name: 'get_nd_tnp_histograms', args: { filter } }],
      },
      fileset: { D: { files: { 'x.root': 'Events' } } },
      output: 'out',
    })
  const refused = (name: string, wanted: RegExp) =>
    throws(
      () => load(name),
      (e: UsageError) => wanted.test(e.problems.map(p => p.message).join('\n')),
    )
  refused('a\0b', /the filter's name "a\\u0000b" has the character NUL/)
  refused('x'.repeat(300), /is too long for names of files \(300 bytes, at most 219;/)
  // Characters of more than a byte, and those that are written out, count as what they take.
  refused('ü'.repeat(111), /\(222 bytes/)
  refused('>'.repeat(111), /\(222 bytes/)
  equal(load('x'.repeat(219)).job.datasets.length, 1)
})

const VALUES = { length: 2, columns: new Map([['a', { dtype: 'float64', values: Uint8Array.of(0, 1) }]]) as Columns }

test('the Parquet writer refuses other values than the schema says, and columns that come twice', () => {
  throws(
    () => encodeRowGroup(VALUES, tableSchema([{ name: 'a', dtype: 'float64' }]), null),
    (e: Error) => e instanceof BugError && /Parquet column a: has the values of Uint8Array/.test(e.message),
  )
  throws(
    () => encodeRowGroup(VALUES, tableSchema([{ name: 'a', dtype: 'bool' }]), null),
    (e: Error) => e instanceof BugError && /is flat float64/.test(e.message),
  )
  const twice = [
    { name: 'a', dtype: 'bool' as const },
    { name: 'a', dtype: 'float64' as const },
  ]
  throws(() => tableSchema(twice), /two fields of the schema share a name/)
  const path = [
    { name: 'a.b', dtype: 'bool' as const },
    { name: 'a', members: [{ name: 'b', dtype: 'bool' as const }] },
  ]
  throws(() => tableSchema(path), /two columns have one path/)
})

test.run()
