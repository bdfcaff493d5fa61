/** Trigger paths that some files of a dataset lack: with a form that says so they count as not fired there, as if the files had the
 *  branch with no event in it; without a form they are an error. */
import { readFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, match, ok } from 'uvu/assert'
import { optionalTriggers } from '../../lib/config/index.js'
import type { Column } from '../../lib/core/types.js'
import { loadJob, runJob } from '../../lib/job/index.js'
import { openTree } from '../../lib/stages/open-tree.js'
import { filesBelow, runAnalysis, type Scratch, scratch, tnpPipe } from '../support/cli.js'
import { writeNanoFile } from '../support/nano-file.js'
import { bash } from '../support/shell.js'

const TAG = 'HLT_Ele30_WPTight_Gsf'
const PROBE = 'HLT_Ele32_WPTight_Gsf'
const FILTERS = {
  filters: { [PROBE]: PROBE, loose: 'cutBased >= 2' },
  trigger_pt: { [PROBE]: 32, loose: null },
  filterbit: { [PROBE]: 1, loose: null },
  tags_pt_cut: 20,
  probes_pt_cut: 10,
}
const RUNNER = {
  workflow: 'ElectronTagNProbeFromNanoAOD',
  workflow_args: FILTERS,
  methods: [
    { name: 'get_tnp_arrays', args: { vars: ['el_pt'], flat: true } },
    { name: 'get_nd_tnp_histograms', args: { filter: [PROBE, 'loose'], vars: ['el_pt'] } },
  ],
}

/** Events of a fixture with one branch left out, or all 0. */
async function copies(dir: Scratch, source: string, path: string): Promise<{ lacking: string; silent: string }> {
  const { tree } = await openTree(source, 'Events')
  const names = tree.names.filter(name => !/^n[A-Z]/.test(name))
  const columns = Object.fromEntries(await tree.read(names, 0, tree.entries)) as Record<string, Column>
  const { [path]: decision, ...others } = columns
  const [lacking, silent] = [dir.path(`lacking-${path}.root`), dir.path(`silent-${path}.root`)]
  await writeNanoFile(lacking, tree.entries, others)
  ok(decision!.values.includes(1 as never))
  const none = { ...decision!, values: new Uint8Array(tree.entries) } as Column
  await writeNanoFile(silent, tree.entries, { ...others, [path]: none })
  return { lacking, silent }
}

const GOOD = 'fixtures/root/nano-data.root'
const THIRD = 'fixtures/root/nano-data-2.root'

/** The options of a job on the files, in their order. */
function job(dir: Scratch, files: readonly string[], runner: object = RUNNER): string[] {
  const fileset = { D: { files: Object.fromEntries(files.map(path => [path, 'Events'])), metadata: { isMC: false } } }
  return ['--config', dir.json('runner.json', runner), '--fileset', dir.json('fileset.json', fileset), '--no-summary']
}

function outputs(dir: string): [string, string][] {
  return [...filesBelow(dir)].flatMap(([name, bytes]) =>
    name.includes('report') ? [] : [[name, bytes.toString('latin1')] as [string, string]],
  )
}

function histograms(dir: string): [string, string][] {
  return outputs(dir).filter(([name]) => !name.endsWith('.parquet'))
}

/** A run that is stopped; gives whether it left something to continue. */
async function stopMidway(config: string, fileset: string, output: string): Promise<boolean> {
  const stop = new AbortController()
  let kept = 0
  const { job } = loadJob({ config, fileset, output })
  try {
    await runJob(job, {
      executor: 'sync',
      resume: true,
      signal: stop.signal,
      onProgress: ({ partitionsDone }) => {
        if (partitionsDone === 10) stop.abort()
      },
      onKept: chunks => {
        kept = chunks
      },
    })
  } catch (error) {
    if (!stop.signal.aborted) throw error
  }
  return kept > 0
}

for (const path of [TAG, PROBE]) {
  test(`${path} in runs, in any order, on any executor, and after --resume`, async () => {
    const dir = scratch()
    const env = { TMPDIR: dir.dir }
    try {
      const { lacking, silent } = await copies(dir, 'fixtures/root/nano-data-2.root', path)
      for (const [i, order] of [
        (other: string) => [GOOD, other, THIRD],
        (other: string) => [other, GOOD, THIRD],
      ].entries()) {
        const plain = job(dir, order(silent))
        const wanted = await runAnalysis([...plain, '--executor', 'sync', '--output', dir.path(`want${i}`)], { env })
        equal(wanted.status, 0, wanted.stderr)
        const given = job(dir, order(lacking))
        for (const executor of ['sync', 'threads', 'processes']) {
          const out = dir.path(`${executor}${i}`)
          const args = [...given, '--preprocess', '--executor', executor, '--workers', '2', '--output', out]
          const { status, stderr } = await runAnalysis(args, { env })
          equal(status, 0, stderr)
          match(stderr, `warning: dataset "D": ${path} is missing in 1 of 3 files, where it counts as not fired`)
          equal(outputs(out), outputs(dir.path(`want${i}`)))
        }
        const options = ['--available', dir.path('made.json'), '--step-size', '20']
        const made = await tnpPipe(['preprocess', dir.path('fileset.json'), ...options])
        equal(made.status, 0, made.stderr)
        const out = dir.path(`resumed${i}`)
        ok(await stopMidway(dir.path('runner.json'), dir.path('made.json'), out))
        const args = ['--config', dir.path('runner.json'), '--fileset', dir.path('made.json'), '--resume']
        const { status, stderr } = await runAnalysis([...args, '--output', out], { env })
        equal(status, 0, stderr)
        equal(stderr.match(/is missing in 1 of 3 files/g)?.length, 1)
        // Tables have another number of parts.
        equal(histograms(out), histograms(dir.path(`want${i}`)))
      }
    } finally {
      dir.remove()
    }
  })

  test(`${path} in pipes`, async () => {
    const dir = scratch()
    try {
      const { lacking, silent } = await copies(dir, 'fixtures/root/nano-data-2.root', path)
      for (const order of [(other: string) => [other, GOOD], (other: string) => [GOOD, other]]) {
        const pipe = (fileset: string, out: string) =>
          bash(
            `set -o pipefail; tnp-pipe chunks ${fileset} --config ${dir.path('runner.json')} | tnp-pipe decode | tnp-pipe pair | tnp-pipe filter --method get_nd_tnp_histograms_1 | tnp-pipe fill | tnp-pipe sink ${dir.path(out)}`,
          )
        job(dir, order(silent))
        const wanted = await pipe(dir.path('fileset.json'), 'want')
        equal(wanted.status, 0, wanted.stderr)
        job(dir, order(lacking))
        await tnpPipe(['preprocess', dir.path('fileset.json'), '--available', dir.path('made.json')])
        const got = await pipe(dir.path('made.json'), 'got')
        equal(got.status, 0, got.stderr)
        match(got.stderr, `${path} is missing in 1 of 2 files, where it counts as not fired`)
        ok(outputs(dir.path('got')).length >= 2)
        equal(outputs(dir.path('got')), outputs(dir.path('want')))
        const none = await pipe(dir.path('fileset.json'), 'none')
        ok(none.status !== 0)
        match(none.stderr, '--preprocess')
      }
    } finally {
      dir.remove()
    }
  })

  test(`${path} without a form: an error that says what to do`, async () => {
    const dir = scratch()
    try {
      const { lacking } = await copies(dir, 'fixtures/root/nano-data-2.root', path)
      for (const files of [
        [GOOD, lacking],
        [lacking, GOOD],
      ]) {
        const { status, stderr } = await runAnalysis([...job(dir, files), '--output', dir.path('out')])
        ok(status === 1 || status === 2, stderr)
        match(stderr, `"${path}"`)
        match(stderr, /run with --preprocess, or on a fileset that `tnp-pipe preprocess` has made/)
      }
    } finally {
      dir.remove()
    }
  })
}

test('paths of scale and smearing: those that a file has decide', async () => {
  const dir = scratch()
  const env = { TMPDIR: dir.dir }
  try {
    const runner = {
      workflow: 'ScaleAndSmearingNTuplesFromNanoAOD',
      workflow_args: { trigger_paths: ['HLT_Ele30*', 'HLT_Ele32*'] },
      methods: [{ name: 'get_ntuples', args: { vars: { Electron: ['pt'] } } }],
    }
    const { lacking, silent } = await copies(dir, 'fixtures/root/nano-data-2.root', TAG)
    const wanted = await runAnalysis([...job(dir, [GOOD, silent], runner), '--output', dir.path('want')], { env })
    equal(wanted.status, 0, wanted.stderr)
    const args = [...job(dir, [GOOD, lacking], runner), '--preprocess', '--output', dir.path('got')]
    const { status, stderr } = await runAnalysis(args, { env })
    equal(status, 0, stderr)
    equal(outputs(dir.path('got')), outputs(dir.path('want')))
  } finally {
    dir.remove()
  }
})

test('a form names the paths that may be missing; other texts name none', () => {
  const flag = { class: 'NumpyArray', primitive: 'bool' }
  const option = (content: object) => ({ class: 'IndexedOptionArray', index: 'i64', content })
  const contents = [option(flag), flag, option(flag), option({ class: 'NumpyArray', primitive: 'int32' })]
  const form = { class: 'RecordArray', fields: ['HLT_A', 'HLT_B', 'Flag_C', 'HLT_D'], contents }
  equal(optionalTriggers(JSON.stringify(form)), ['HLT_A'])
  for (const text of ['', 'H4sI', '{', '{"a": "IndexedOptionArray"}', readFileSync('package.json', 'utf8')]) {
    equal(optionalTriggers(text), [])
  }
})

test.run()
