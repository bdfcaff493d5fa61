/** run-analysis --dashboard-address: the page's server during a run. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { test } from 'uvu'
import { equal, is, match, not, ok, throws } from 'uvu/assert'
import { dashboardPort } from '../../lib/cli/dashboard.js'
import { UsageError } from '../../lib/core/errors.js'
import type { LiveHistogram } from '../../lib/page/live/state.js'
import { sameFiles } from '../support/case-runs.js'
import { filesBelow, jobOptions, runAnalysis, scratch } from '../support/cli.js'
import { until } from '../support/cluster-jobs.js'
import { testIf } from '../support/tools.js'
import { askFor, goOnTo, listenTo, slowJob, withRun } from './follow.js'

const HISTOGRAM = `/api/histogram?${new URLSearchParams({ dataset: 'Data', method: 'get_nd_tnp_histograms_1', filter: 'tight', name: '' })}`

function sumOf({ axes }: LiveHistogram): number {
  return axes[0]!.passing.value.reduce((sum, n) => sum + n, 0)
}

test('addresses are taken as Dask takes them; others than this machine are refused', () => {
  for (const [text, port] of [
    ['8787', 8787],
    [':8787', 8787],
    [':0', 0],
    ['127.0.0.1:8787', 8787],
    ['localhost:8788', 8788],
    ['[::1]:8789', 8789],
    ['::1:8789', 8789],
    ['http://localhost:8787/', 8787],
  ] as const) {
    is(dashboardPort(text), port, text)
  }
  for (const [text, what] of [
    ['0.0.0.0:8787', /for this machine alone.*"0\.0\.0\.0".*ssh -L 8787:localhost:8787/],
    ['node12.cern.ch:8787', /for this machine alone/],
    ['127.0.0.1.evil.org:1', /for this machine alone/],
    ['[::]:0', /for this machine alone.*ssh -L PORT:localhost:PORT/],
    ['', /no address/],
    ['dash', /no address/],
    [':70000', /no address/],
    ['localhost', /no address/],
  ] as const) {
    throws(
      () => dashboardPort(text),
      (error: unknown) => error instanceof UsageError && what.test(error.message),
      text,
    )
  }
})

for (const executor of [
  ['--executor', 'sync'],
  ['--workers', '2'],
  ['--executor', 'processes', '--workers', '2'],
]) {
  test(`a page is told of a run from its beginning to its end, and outputs are as ever (${executor.join(' ')})`, async () => {
    const files = scratch()
    goOnTo(files, 60)
    const job = slowJob(files, 0)
    const histograms: LiveHistogram[] = []
    let page: ReturnType<typeof listenTo> | undefined
    const options = [...job, ...executor, '--dashboard-address', ':0', '--output', files.path('out')]
    const { status, stderr, stdout } = await withRun([...options, '--log-file', files.path('log')], async ({ url }) => {
      page = listenTo(url)
      for (const path of ['/', '/api/page', '/api/events', HISTOGRAM, '/nothing']) {
        for (const token of [null, 'wrong']) is((await askFor(url, path, token))[0], 403, path)
      }
      equal((await askFor(url, '/api/page'))[0], 200)
      for (const entry of [60, 150, 240]) {
        goOnTo(files, entry)
        await until(() => page!.state()?.datasets[0]?.events === entry, `${entry} events`)
        // As it was a moment ago, perhaps.
        await until(async () => {
          const [code, histogram] = await askFor(url, HISTOGRAM)
          equal(code, 200)
          histograms.push(histogram as LiveHistogram)
          return sumOf(histogram as LiveHistogram) > sumOf(histograms[0]!) || entry === 60
        }, 'the histogram to fill')
      }
      const [, none] = await askFor(url, HISTOGRAM.replace('tight', 'unknown'))
      is(none, null)
      goOnTo(files, null)
      await page.closed
    })
    equal(status, 0, stderr)
    is(stdout, '')
    const { told } = page!
    equal([told[0]!.event, told.at(-1)!.event], ['state', 'end'])
    const changes = told.filter(one => one.event === 'changes')
    ok(changes.length >= 3, String(changes.length))
    // At most four a second.
    const span = (told.at(-1)!.at - told[0]!.at) / 1000
    ok(changes.length <= 4 * span + 2, `${changes.length} in ${span} s`)
    const state = page!.state()!
    is(state.status.phase, 'done')
    equal(
      state.datasets.map(one => [one.name, one.phase, one.events, one.skipped, one.partitionsDone]),
      [
        ['Data', 'done', 240, 1, 25],
        ['MC', 'done', 300, 0, 30],
      ],
    )
    match(state.skipped[0]!.message, /gone\.root/)
    ok(state.workers!.every(one => one.at === null))
    is(state.workers!.length, executor.includes('sync') ? 1 : 2)
    // Weights are added up first.
    is(
      state.workers!.reduce((sum, one) => sum + one.events, 0),
      840,
    )
    const sums = histograms.map(sumOf)
    ok(
      sums.every((n, k) => n >= (sums[k - 1] ?? 0)),
      String(sums),
    )
    ok(sums.at(-1)! > sums[0]!, String(sums))
    equal(
      page!.end()!.histograms.map(one => [one.dataset, one.filter, one.isFinal]),
      [
        ['Data', 'tight', true],
        ['Data', 'loose', true],
        ['MC', 'tight', true],
        ['MC', 'loose', true],
      ],
    )
    is(page!.end()!.leftOut, 0)
    match(stderr, /^page of the run: http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{20,}\n/)
    const [logged] = readFileSync(files.path('log'), 'utf8')
      .split('\n')
      .map(line => JSON.parse(line || '{}'))
    equal([`page of the run: ${logged.url}/?token=${logged.token}`], [stderr.split('\n')[0]])
    const plain = await runAnalysis([...job, ...executor, '--output', files.path('plain')])
    equal(plain.status, 0, plain.stderr)
    not.match(plain.stderr, /page of the run/)
    sameFiles(filesBelow(files.path('out')), filesBelow(files.path('plain')), executor.join(' '))
    files.remove()
  })
}

test('a page that is opened again has the whole state, and one that reads nothing holds nobody up', async () => {
  const files = scratch()
  const options = [
    ...slowJob(files, 40),
    '--executor',
    'sync',
    '--dashboard-address',
    ':0',
    '--output',
    files.path('out'),
  ]
  const { status, stderr } = await withRun(options, async ({ url }) => {
    const { port, searchParams } = new URL(url)
    const deaf = connect(Number(port), '127.0.0.1')
    deaf.on('error', () => {})
    deaf.write(`GET /api/events?token=${searchParams.get('token')} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`)
    deaf.pause()
    const first = listenTo(url)
    await until(() => (first.state()?.rate.events ?? 0) >= 50, '50 events')
    first.stop()
    await first.closed
    const events = first.state()!.rate.events
    await new Promise(resolve => setTimeout(resolve, 300))
    const second = listenTo(url)
    await until(() => second.state() !== null, 'the state')
    equal(
      second.told.map(one => one.event),
      ['state'],
    )
    ok(second.state()!.rate.events > events)
    equal(
      second.state()!.menus[0]!.map(one => one.filter),
      ['tight', 'loose'],
    )
    ok(second.state()!.line.events.length > 0)
    await second.closed
    is(second.end()!.histograms.length, 4)
    is(second.state()!.status.phase, 'done')
    deaf.destroy()
  })
  equal(status, 0, stderr)
  files.remove()
})

for (const executor of [
  ['--executor', 'sync'],
  ['--workers', '2'],
]) {
  test(`Ctrl-C with open pages ends the run at once; they are told so (${executor.join(' ')})`, async () => {
    const files = scratch()
    goOnTo(files, 50)
    const options = [...slowJob(files, 0), ...executor, '--dashboard-address', ':0', '--output', files.path('out')]
    let stoppedAt = 0
    let page: ReturnType<typeof listenTo> | undefined
    let ended: () => number | null = () => null
    const { status, stderr } = await withRun(options, async ({ url, kill, endedAt }) => {
      ended = endedAt
      page = listenTo(url)
      await until(() => (page!.state()?.rate.events ?? 0) >= 30, '30 events')
      stoppedAt = performance.now()
      kill('SIGINT')
      await page.closed
    })
    equal(status, 130, stderr)
    ok(ended()! - stoppedAt < 3000, `${ended()! - stoppedAt} ms`)
    is(page!.state()!.status.phase, 'interrupted')
    match(
      page!.state()!.status.message!,
      /interrupted: unfinished outputs were removed\n\d+ chunks are done: continue with --resume/,
    )
    ok(page!.end()!.histograms.some(one => !one.isFinal))
    const kept = Number(/(\d+) chunks are done/.exec(stderr)![1])
    goOnTo(files, null)
    const resumed = await withRun([...options, '--resume'], async ({ url }) => {
      const again = listenTo(url)
      await again.closed
      const { rate, status } = again.state()!
      is(status.phase, 'done')
      equal([rate.resumed, rate.events], [10 * kept, 540])
    })
    equal(resumed.status, 0, resumed.stderr)
    files.remove()
  })
}

test('a run that fails tells the page why', async () => {
  const files = scratch()
  const runner = JSON.parse(readFileSync(slowJob(files, 30)[1]!, 'utf8')) as {
    methods: { args: Record<string, unknown> }[]
  }
  for (const method of runner.methods) delete method.args.uproot_options
  files.json('runner.json', runner)
  const options = [
    '--config',
    files.path('runner.json'),
    '--fileset',
    files.path('fileset.json'),
    '--stage',
    files.path('stage.mjs'),
  ]
  let page: ReturnType<typeof listenTo> | undefined
  const { status, stderr } = await withRun(
    [...options, '--dashboard-address', '0', '--no-journal', '--output', files.path('out')],
    async ({ url }) => {
      page = listenTo(url)
      await page.closed
    },
  )
  equal(status, 1, stderr)
  is(page!.state()!.status.phase, 'failed')
  match(page!.state()!.status.message!, /gone\.root.*\nTo skip and report such files/s)
  files.remove()
})

test('a port that is in use is replaced by another one, with a warning', async () => {
  const files = scratch()
  const other = createServer().listen(0, '127.0.0.1')
  await new Promise(resolve => other.once('listening', resolve))
  const { port } = other.address() as { port: number }
  const options = [...slowJob(files, 10), '--dashboard-address', `:${port}`, '--output', files.path('out')]
  const { status, stderr } = await withRun(options, async ({ url }) => {
    ok(new URL(url).port !== String(port))
    is((await askFor(url, '/api/page'))[0], 200)
  })
  equal(status, 0, stderr)
  match(stderr, new RegExp(`warning: --dashboard-address: port ${port} cannot be had: the page is at port \\d+\n`))
  other.close()
  files.remove()
})

test('an address that cannot be is refused before anything is read', async () => {
  const files = scratch()
  const options = [...slowJob(files, 0), '--output', files.path('out')]
  const refused = await runAnalysis([...options, '--dashboard-address', '0.0.0.0:8787'])
  equal(refused.status, 2)
  match(refused.stderr, /^error: --dashboard-address: the page of a run is for this machine alone/)
  files.remove()
})

const PYTHON = process.env.TNP_PYTHON || 'python3'
const hasDask = spawnSync(PYTHON, ['-c', 'import distributed']).status === 0

testIf(
  test,
  hasDask,
  'a Python with distributed',
)("with Dask the address is that of Dask's own dashboard", async () => {
  const files = scratch()
  const args = [...jobOptions('fixtures/config'), '--output', files.path('out'), '--scaleout', '1', '--python', PYTHON]
  const options = [...args, '--executor', 'distributed', '--dashboard-address', '0.0.0.0:0']
  const { status, stderr } = await runAnalysis(options)
  equal(status, 0, stderr)
  match(stderr, /dashboard of the cluster: http:/)
  not.match(stderr, /page of the run/)
  files.remove()
})

test.run()
