/** What is odd and stops nothing is said: generator weights that are no numbers, runs that a golden JSON lists twice. */
import { writeFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, match, not } from 'uvu/assert'
import type { Column } from '../../lib/core/types.js'
import { openTree } from '../../lib/stages/open-tree.js'
import { runAnalysis, type Scratch, scratch, tnpPipe } from '../support/cli.js'
import { writeNanoFile } from '../support/nano-file.js'
import { bash } from '../support/shell.js'

const RUNNER = {
  workflow: 'ElectronTagNProbeFromNanoAOD',
  workflow_args: { filters: { loose: 'cutBased >= 2' } },
  methods: [{ name: 'get_nd_tnp_histograms', args: { filter: 'loose', vars: ['el_pt'] } }],
}
const SCALE_AND_SMEARING = {
  workflow: 'ScaleAndSmearingNTuplesFromNanoAOD',
  workflow_args: {},
  methods: [{ name: 'get_ntuples', args: { vars: { Electron: ['pt'] } } }],
}

/** The fixture of simulation with other weights in some events. */
async function withWeights(path: string, weights: Readonly<Record<number, number>>): Promise<void> {
  const { tree } = await openTree('fixtures/root/nano-mc.root', 'Events')
  const names = tree.names.filter(name => !/^n[A-Z]/.test(name))
  const columns = Object.fromEntries(await tree.read(names, 0, tree.entries)) as Record<string, Column>
  const values = Float32Array.from(columns.genWeight!.values as Float32Array)
  for (const [entry, weight] of Object.entries(weights)) values[Number(entry)] = weight
  await writeNanoFile(path, tree.entries, { ...columns, genWeight: { dtype: 'float32', values } })
}

async function inFolder(use: (dir: Scratch) => Promise<void>): Promise<void> {
  const dir = scratch()
  try {
    await use(dir)
  } finally {
    dir.remove()
  }
}

function documents(dir: Scratch, files: readonly string[], metadata: object, runner: object = RUNNER): string[] {
  const listed = Object.fromEntries(files.map(path => [path, 'Events']))
  const fileset = { D: { files: listed, metadata } }
  return ['--config', dir.json('runner.json', runner), '--fileset', dir.json('fileset.json', fileset)]
}

const GOOD = 'fixtures/root/nano-mc.root'

test('genWeight that is NaN or infinite: how many events, and where the first is', async () => {
  await inFolder(async dir => {
    const odd = dir.path('odd.root')
    for (const [weights, told] of [
      [{ 7: Number.NaN }, /in 1 event, first in entry 7 of .*odd\.root\. The sum .* is NaN: all weights .* are NaN/],
      [{ 3: Infinity, 9: Number.NaN, 11: Infinity }, /in 3 events, first in entry 3 of .*is NaN/],
      [{ 2: Infinity, 4: -Infinity }, /in 2 events, first in entry 2 of .* is NaN: all weights/],
      [{ 5: Infinity }, /in 1 event, first in entry 5 of .* is Infinity: all other weights of the dataset are 0/],
    ] as const) {
      await withWeights(odd, weights)
      for (const runner of [RUNNER, SCALE_AND_SMEARING]) {
        const args = documents(dir, [GOOD, odd], { isMC: true }, runner)
        for (const executor of ['sync', 'threads']) {
          const more = ['--output', dir.path('out'), '--executor', executor, '--workers', '2']
          const { status, stderr } = await runAnalysis([...args, ...more])
          equal(status, 0, stderr)
          equal(stderr.match(/warning: dataset "D": genWeight is NaN or infinite/g)?.length, 1, stderr)
          match(stderr, told)
        }
      }
    }
    const fine = await runAnalysis([...documents(dir, [GOOD], { isMC: true }), '--output', dir.path('out')])
    not.match(fine.stderr, 'NaN or infinite')
  })
})

test('the same through a pipe, whose weights are those of the run', async () => {
  await inFolder(async dir => {
    const odd = dir.path('odd.root')
    for (const weight of [Number.NaN, Infinity]) {
      await withWeights(odd, { 7: weight })
      const args = documents(dir, [odd], { isMC: true })
      const script = `set -o pipefail; tnp-pipe chunks ${dir.path('fileset.json')} --config ${dir.path('runner.json')} | tnp-pipe decode | tnp-pipe weight | tnp-pipe pair | tnp-pipe filter --method get_nd_tnp_histograms_1 | tnp-pipe fill | tnp-pipe sink ${dir.path('pipe')}`
      const { status, stderr } = await bash(script)
      equal(status, 0, stderr)
      match(stderr, 'dataset "D": genWeight is NaN or infinite in 1 event, first in entry 7')
      await runAnalysis([...args, '--output', dir.path('run')])
      const diff = await bash(`cd '${dir.dir}' && diff -r pipe/D/get_nd_tnp_histograms_1 run/D/get_nd_tnp_histograms_1`)
      equal([diff.status, diff.stdout], [0, ''])
    }
  })
})

const TWICE = /golden\.json \/.*: (?:the key|run 1) is there twice; the last one counts/

test('a run that a golden JSON lists twice, in runs, pipes and merges', async () => {
  await inFolder(async dir => {
    const golden = dir.path('golden.json')
    for (const text of ['{"1": [[1, 5]], "1": [[1, 9]]}', '{"1": [[1, 5]], "01": [[1, 9]]}']) {
      writeFileSync(golden, text)
      const args = documents(dir, ['fixtures/root/nano-data.root'], { isMC: false, goldenJSON: golden })
      const { status, stderr } = await runAnalysis([...args, '--output', dir.path('out')])
      equal(status, 0, stderr)
      match(stderr, TWICE)
      const files = `${dir.path('fileset.json')} --config ${dir.path('runner.json')}`
      const chunks = await bash(`tnp-pipe chunks ${files} | tnp-pipe decode | tnp-pipe golden > /dev/null`)
      equal(chunks.stderr.match(new RegExp(TWICE, 'g'))?.length, 1, chunks.stderr)
      documents(dir, ['fixtures/root/nano-data.root'], { isMC: false })
      const flag = await bash(
        `tnp-pipe chunks ${files} | tnp-pipe decode | tnp-pipe golden --json ${golden} > /dev/null`,
      )
      equal(flag.stderr.match(new RegExp(TWICE, 'g'))?.length, 1, flag.stderr)
      const merged = await tnpPipe(['merge-goldenjson', golden])
      equal([merged.status, JSON.parse(merged.stdout)], [0, { 1: [[1, 9]] }])
      match(merged.stderr, TWICE)
    }
  })
})

test.run()
