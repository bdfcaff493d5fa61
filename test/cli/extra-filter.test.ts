/** The user's own event filters, in JavaScript and in Python. */

import { spawnSync } from 'node:child_process'
import zlib from 'node:zlib'
import { test } from 'uvu'
import { equal, match, not, ok } from 'uvu/assert'
import { type Outcome, runAnalysis, scratch } from '../support/cli.js'
import { pythonPath, testIf } from '../support/tools.js'

const FILE = 'fixtures/root/nano-data.root'
const JS = 'fixtures/filters/two-electrons.mjs'
const PYTHON = 'fixtures/filters/two_electrons.py'
const python = pythonPath()
const hasCoffea = python !== null && spawnSync(python, ['-c', 'import coffea']).status === 0

async function run(filter: string, args: object, more: readonly string[] = [], inSettings = true): Promise<Outcome> {
  const dir = scratch()
  const own = { extra_filter: filter, extra_filter_args: args }
  const config = dir.json('runner.json', {
    workflow: 'ElectronTagNProbeFromNanoAOD',
    workflow_args: { filters: { tight: 'cutBased >= 4' }, ...(inSettings ? {} : own) },
    methods: [
      { name: 'get_tnp_arrays', args: { vars: ['el_pt'], uproot_options: { allow_read_errors_with_report: true } } },
    ],
  })
  const fileset = dir.json('fileset.json', {
    Data: {
      files: {
        [FILE]: {
          object_path: 'Events',
          steps: [
            [0, 100],
            [100, 240],
          ],
        },
      },
    },
  })
  const settings = inSettings ? ['--settings', dir.json('settings.json', own)] : []
  const log = ['--debug']
  const result = await runAnalysis([
    ...['--config', config, '--fileset', fileset, '--output', dir.path('out')],
    ...settings,
    ...log,
    ...more,
  ])
  dir.remove()
  return result
}

/** Events that were left after a stage, from the log's last line. */
function left(outcome: Outcome, stage: string): number {
  equal(outcome.status, 0, outcome.stderr)
  const line = outcome.stderr.split('\n').find(l => l.includes('"msg":"done"'))
  ok(line, outcome.stderr)
  const { summary } = JSON.parse(line) as { summary: { datasets: { cutflow: [string, number][] }[] } }
  return new Map(summary.datasets[0]!.cutflow).get(stage)!
}

test('--debug says what decompresses', async () => {
  const { stderr } = await run(`${JS}::asMask`, { min: 2 })
  const line = stderr.split('\n').find(l => l.includes('"msg":"decompressors"'))
  ok(line, stderr)
  const { decompressors } = JSON.parse(line) as { decompressors: Record<string, string> }
  equal(Object.keys(decompressors).sort(), ['LZ4', 'LZMA', 'ZLIB', 'ZSTD'])
  equal(decompressors.ZSTD, 'zstdDecompressSync' in zlib ? 'node:zlib' : 'zstandard-wasm (WebAssembly)')
})

test('a JavaScript filter may return a mask, positions or a batch, from settings or from workflow_args', async () => {
  const want = left(await run(`${JS}::asMask`, { min: 2 }), 'extra-filter')
  ok(want > 0 && want < 240)
  equal(left(await run(`${JS}::asPositions`, { min: 2 }), 'extra-filter'), want)
  equal(left(await run(`${JS}::asBatch`, { min: 2 }, [], false), 'extra-filter'), want)
  ok(left(await run(`${JS}::asMask`, { min: 3 }), 'extra-filter') < want)
})

test('a JavaScript filter runs in workers', async () => {
  const want = left(await run(`${JS}::asMask`, { min: 2 }), 'extra-filter')
  for (const executor of ['threads', 'processes']) {
    const args = ['--executor', executor, '--workers', '2']
    equal(left(await run(`${JS}::asMask`, { min: 2 }, args), 'extra-filter'), want)
  }
})

test('a filter that returns a batch may change columns, and what follows sees the change', async () => {
  const plain = left(await run(`${JS}::scaled`, { factor: 1 }), 'tag')
  const softer = left(await run(`${JS}::scaled`, { factor: 0.5 }), 'tag')
  ok(softer < plain, `${softer} of ${plain}`)
})

test('what is wrong with a filter is said without a trace', async () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ['nowhere.mjs::f', /file "nowhere\.mjs" not found/],
    [`${JS}::nothing`, /exports no function "nothing"\. It exports: .*asMask/],
    [`${JS}::broken`, /failed on .*nano-data\.root from entry 0: division by cucumber/],
    [`${JS}::nonsense`, /returned string, wanted a mask/],
    [`${JS}::shortMask`, /mask of 1 for 100 events/],
    ['no-colons', /path\/to\/file::function/],
  ]
  for (const [filter, text] of cases) {
    const { status, stderr } = await run(filter, {})
    equal(status, 2, stderr)
    match(stderr, text)
    not.match(stderr, /\n\s+at /)
  }
})

testIf(
  test,
  hasCoffea,
  'a Python with coffea',
)('a Python filter keeps the events that it keeps in the reference', async () => {
  const want = left(await run(`${JS}::asMask`, { min: 2 }), 'extra-filter')
  equal(left(await run(`${PYTHON}::at_least`, { min: 2 }), 'extra-filter'), want)
  const three = left(await run(`${JS}::asMask`, { min: 3 }), 'extra-filter')
  equal(left(await run(`${PYTHON}::at_least`, {}, ['--executor', 'threads', '--workers', '2']), 'extra-filter'), three)
})

testIf(
  test,
  hasCoffea,
  'a Python with coffea',
)('what is wrong with a Python filter is said in one line', async () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ['nowhere.py::f', /file "nowhere\.py" not found/],
    [`${PYTHON}::nothing`, /no function "nothing"/],
    [`${PYTHON}::not_events`, /must return events, got int/],
  ]
  for (const [filter, text] of cases) {
    const { status, stderr } = await run(filter, {})
    equal(status, 2, stderr)
    match(stderr, text)
  }
})

test('without a Python that has coffea, a Python filter is refused with what is missing', async () => {
  const before = process.env.TNP_PYTHON
  process.env.TNP_PYTHON = 'no-such-python'
  const { status, stderr } = await run(`${PYTHON}::at_least`, {})
  if (before === undefined) delete process.env.TNP_PYTHON
  else process.env.TNP_PYTHON = before
  equal(status, 2, stderr)
  match(stderr, /cannot start "no-such-python".*TNP_PYTHON/)
})

test.run()
