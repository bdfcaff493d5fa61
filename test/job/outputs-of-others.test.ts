/** Runs that write to the same place at a server do not touch what belongs to another. */
import { linkSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import { equal, match, not, ok } from 'uvu/assert'
import { filesBelow, type Outcome, runAnalysis, type Scratch, scratch } from '../support/cli.js'
import { testIf } from '../support/tools.js'
import { haveXrootd, XROOTD_NEEDS } from '../support/xrootd-recipes.js'
import { startServer, type TestServer } from '../support/xrootd-servers.js'

const when = testIf(test, haveXrootd(), XROOTD_NEEDS)

const MANY = Array.from({ length: 40 }, (_, k) => `many-${k}.root`)

let dir: Scratch
let server: TestServer

test.before(async () => {
  if (!haveXrootd()) return
  dir = scratch()
  server = await startServer('plain', { data: 'fixtures/root' })
  for (const name of MANY) linkSync(join(server.data, 'nano-data-2.root'), join(server.data, name))
})
test.after(async () => {
  await server?.stop()
  dir?.remove()
})

interface Wanted {
  readonly files?: readonly string[]
  readonly output: string
  readonly more?: readonly string[]
  readonly vars?: readonly string[]
  readonly onStart?: (kill: (signal: NodeJS.Signals) => void) => unknown
}

function run({ files = ['nano-data.root', 'nano-data-2.root'], output, more = [], vars, onStart }: Wanted) {
  const config = dir.json(`${output}-runner.json`, {
    workflow: 'ElectronTagNProbeFromNanoAOD',
    workflow_args: { filters: { tight: 'cutBased >= 4' } },
    methods: [{ name: 'get_tnp_arrays', args: { vars: vars ?? ['el_pt', 'el_eta'], flat: true } }],
  })
  const listed = Object.fromEntries(files.map(name => [`${server.url}/${name}`, 'Events']))
  const fileset = dir.json(`${output}-fileset.json`, { Data: { files: listed, metadata: { isMC: false } } })
  return runAnalysis(
    [
      ...['--config', config, '--fileset', fileset, '--output', `${server.url}/${output}`],
      ...['--no-progress', '--executor', 'sync', ...more],
    ],
    {
      env: { XDG_STATE_HOME: dir.path('state') },
      ...(onStart === undefined ? {} : { onStart }),
    },
  )
}

function staged(): string[] {
  return readdirSync(dir.path('state/tnp-pipe/outputs'))
}

function parts(output: string): string[] {
  return [...filesBelow(join(server.data, output)).keys()].filter(name => name.endsWith('.parquet'))
}

when('of two runs at once one is told to wait, and the other ends well', async () => {
  const ended = await Promise.all([run({ output: 'two' }), run({ output: 'two' })])
  const good = ended.filter(({ status }) => status === 0)
  // They may miss each other: then both end well.
  equal(good.length >= 1, true, ended.map(({ stderr }) => stderr).join('\n'))
  for (const { status, stderr } of ended) ok(status === 0 || stderr.includes('is writing to this folder'), stderr)
  equal(parts('two').length, 2)
  equal(staged(), [])
})

when('two runs at once without journals both end well', async () => {
  const ended = await Promise.all([1, 2].map(() => run({ output: 'free', more: ['--no-journal'] })))
  for (const { status, stderr } of ended) equal(status, 0, stderr)
  equal(parts('free').length, 2)
  equal(staged(), [])
})

const LATE = [...MANY.slice(0, 20), 'late.root']

/** Its last file is not there: others are done, and written down. */
async function stopped(output: string): Promise<Outcome> {
  const outcome = await run({ output, files: LATE })
  equal(outcome.status, 1, outcome.stderr)
  match(outcome.stderr, /\d+ chunks are done: continue with --resume/)
  return outcome
}

when('a run that cannot begin leaves what a stopped one has written down', async () => {
  await stopped('kept')
  const before = [...filesBelow(dir.path('state')).keys()]
  equal(before.length > 0, true)
  const other = await run({
    output: 'kept',
    files: LATE,
    vars: ['el_pt'],
    more: ['--resume'],
  })
  equal(other.status, 2, other.stderr)
  const wrong = await run({
    output: 'kept',
    files: LATE,
    vars: ['no_such'],
    more: ['--resume'],
  })
  not.equal(wrong.status, 0)
  equal([...filesBelow(dir.path('state')).keys()], before)
  const again = await run({ output: 'kept', files: LATE, more: ['--resume'] })
  equal(again.status, 1, again.stderr)
  match(again.stderr, /\d+ chunks are done: continue with --resume/)
})

when('many files that are sent at once are no cause for warnings of Node', async () => {
  const { status, stderr } = await run({
    output: 'many',
    files: MANY,
    more: ['--executor', 'threads', '--workers', '2'],
  })
  equal(status, 0, stderr)
  not.match(stderr, 'Warning')
})

test.run()
