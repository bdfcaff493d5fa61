/** Parquet parts that workers of a cluster write themselves, on a real one: outputs are those of local runs, and neither the driver nor
 *  the output folder gets what belongs to the workers. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { test } from 'uvu'
import { equal, match, not, ok } from 'uvu/assert'
import { clusterOptions } from '../../lib/cluster/options.js'
import { loadJob, runJob } from '../../lib/job/index.js'
import { sameFiles } from '../support/case-runs.js'
import { filesBelow, type Outcome, runAnalysis, type Scratch, scratch } from '../support/cli.js'
import { sharedDir, testIf } from '../support/tools.js'
import { haveXrootd, XROOTD_NEEDS } from '../support/xrootd-recipes.js'
import { startServer } from '../support/xrootd-servers.js'

const PYTHON = process.env.TNP_PYTHON || 'python3'
const hasDask = spawnSync(PYTHON, ['-c', 'import distributed']).status === 0
const hasAll = sharedDir() !== null && hasDask
const when = testIf(test, hasAll, '../shared and a Python with distributed')
const CLUSTER = ['--executor', 'distributed', '--scaleout', '2', '--python', PYTHON, '--debug']

interface JobOptions {
  readonly files?: number
  /** Entries of a step; null: each file is one partition. */
  readonly step?: number | null
  readonly allow?: boolean
}

/** All columns of a thousand events, `files` times. */
function job(out: Scratch, { files = 6, step = null, allow = false }: JobOptions = {}): string[] {
  const uproot = allow ? { uproot_options: { allow_read_errors_with_report: true } } : {}
  const runner = {
    workflow: 'ElectronTagNProbeFromNanoAOD',
    workflow_args: { filters: { 'cutBased >= 4': 'cutBased >= 4' } },
    methods: [
      { name: 'get_tnp_arrays', args: { vars: 'all', flat: true, ...uproot } },
      { name: 'get_passing_and_failing_probes', args: { filter: 'cutBased >= 4', ...uproot } },
      { name: 'get_1d_pt_eta_phi_tnp_histograms', args: { filter: 'cutBased >= 4', ...uproot } },
    ],
  }
  const entry =
    step === null
      ? { object_path: 'Events' }
      : { object_path: 'Events', steps: Array.from({ length: 1000 / step }, (_, k) => [k * step, (k + 1) * step]) }
  const paths = Array.from({ length: files }, (_, k) => out.path(`f${k}.root`))
  for (const path of paths) if (!existsSync(path)) symlinkSync(`${sharedDir()!}/data/DYto2E.root`, path)
  const data = { files: Object.fromEntries(paths.map(path => [path, entry])), metadata: { isMC: false } }
  const fileset = out.json('fileset.json', { Data: data })
  return ['--config', out.json('runner.json', runner), '--fileset', fileset, '--no-progress']
}

/** That have come through the bridge, as the log has it. */
function bridgeBytes({ stderr }: Outcome): number {
  const lines = stderr.split('\n').filter(line => line.includes('results came through the bridge'))
  ok(lines.length > 0, stderr)
  return lines.reduce((sum, line) => sum + (JSON.parse(line) as { bytes: number }).bytes, 0)
}

function tableBytes(files: Map<string, Buffer>): number {
  return [...files].reduce((sum, [path, bytes]) => sum + (/\.(parquet|root)$/.test(path) ? bytes.length : 0), 0)
}

/** As a local run, with rows that went past the driver. */
function sameAndSmall(ran: Outcome, got: Map<string, Buffer>, want: Map<string, Buffer>, name: string): void {
  equal(ran.status, 0, ran.stderr)
  sameFiles(got, want, name)
  const [through, written] = [bridgeBytes(ran), tableBytes(want)]
  ok(written > 1e6, `${written} bytes of Parquet are too few to tell`)
  ok(through < written / 5, `${name}: ${through} bytes came through the bridge, the Parquet files have ${written}`)
}

const MODES = [
  [],
  ['--no-journal'],
  ['--repartition-n-to-one', '4'],
  ['--ntuple-format', 'rntuple', '--repartition-n-to-one', '4'],
  ['--ntuple-format', 'ttree'],
]
for (const mode of MODES) {
  when(`workers write the parts of several files ${mode.join(' ')}`, async () => {
    const out = scratch()
    const args = [...job(out), ...mode]
    equal((await runAnalysis([...args, '--output', out.path('local')])).status, 0)
    const ran = await runAnalysis([...args, '--output', out.path('out'), ...CLUSTER])
    sameAndSmall(ran, filesBelow(out.path('out')), filesBelow(out.path('local')), mode.join(' '))
    out.remove()
  })
}

when('files of many partitions, some of which fit a group and some not', async () => {
  const out = scratch()
  // The last file is short; a group has fifty chunks at most.
  for (const repartition of ['7', '90']) {
    const args = [...job(out, { files: 2, step: 10 }), '--repartition-n-to-one', repartition]
    const local = await runAnalysis([...args, '--output', out.path(`local${repartition}`)])
    equal(local.status, 0, local.stderr)
    const ran = await runAnalysis([...args, '--output', out.path(`out${repartition}`), ...CLUSTER])
    equal(ran.status, 0, ran.stderr)
    sameFiles(filesBelow(out.path(`out${repartition}`)), filesBelow(out.path(`local${repartition}`)), repartition)
  }
  out.remove()
})

when('a file that cannot be read, reported or not', async () => {
  const out = scratch()
  const args = job(out, { allow: true, files: 7 })
  writeFileSync(out.path('broken.root'), 'root, in name')
  const fileset = JSON.parse(readFileSync(out.path('fileset.json'), 'utf8'))
  const { files } = fileset.Data
  const broken = Object.entries(files).toSpliced(3, 0, [out.path('broken.root'), { object_path: 'Events' }])
  out.json('fileset.json', { Data: { ...fileset.Data, files: Object.fromEntries(broken) } })
  for (const more of [[], ['--repartition-n-to-one', '2']]) {
    const name = `tolerated ${more.join(' ')}`
    const local = await runAnalysis([...args, ...more, '--output', out.path(`local ${name}`)])
    const ran = await runAnalysis([...args, ...more, '--output', out.path(`out ${name}`), ...CLUSTER])
    equal(ran.status, local.status, ran.stderr)
    sameFiles(filesBelow(out.path(`out ${name}`)), filesBelow(out.path(`local ${name}`)), name)
  }
  job(out, { files: 7 })
  out.json('fileset.json', { Data: { ...fileset.Data, files: Object.fromEntries(broken) } })
  const strict = [...args, '--output', out.path('strict'), '--no-journal']
  const ran = await runAnalysis([...strict, ...CLUSTER])
  equal(ran.status, 1, ran.stderr)
  equal([...filesBelow(out.path('strict')).keys()], [])
  out.remove()
})

/** Processes below `pid`, those of a bridge included, with their command lines. */
function descendants(pid: number): { readonly pid: number; readonly command: string }[] {
  const processes = readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(name => {
      try {
        const parent = Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${name}/status`, 'utf8'))![1])
        return [{ pid: Number(name), parent, command: readFileSync(`/proc/${name}/cmdline`, 'utf8') }]
      } catch {
        return []
      }
    })
  const below = (of: number): typeof processes =>
    processes.filter(p => p.parent === of).flatMap(p => [p, ...below(p.pid)])
  return below(pid)
}

/** Paths below a folder: files under temporary names, hidden folders included. */
function temporaryBelow(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(path => /\.tnp-tmp$/.test(path))
}

function attemptsBelow(folder: string): string[] {
  return temporaryBelow(folder).filter(path => /\.tnp-[0-9a-f]{8}-/.test(path))
}

/** Calls `act` once as soon as workers have written `count` parts. */
function atParts(folder: string, count: number, act: () => void): void {
  const timer = setInterval(() => {
    if (attemptsBelow(folder).length < count) return
    clearInterval(timer)
    act()
  }, 20)
  setTimeout(() => clearInterval(timer), 60_000).unref()
}

when('a Node worker that is killed has its parts written by another, and leaves none', async () => {
  const out = scratch()
  const args = job(out, { files: 5, step: 20 })
  equal((await runAnalysis([...args, '--output', out.path('local')])).status, 0)
  let killed = 0
  const ran = await runAnalysis([...args, '--output', out.path('out'), '--no-journal', ...CLUSTER], {
    onStart: (_, pid) =>
      atParts(out.path('out'), 10, () => {
        for (const found of descendants(pid).filter(({ command }) => /(cluster|node)-worker\.js/.test(command))) {
          killed++
          process.kill(found.pid, 'SIGKILL')
        }
      }),
  })
  ok(killed > 0)
  sameAndSmall(ran, filesBelow(out.path('out')), filesBelow(out.path('local')), 'killed')
  out.remove()
})

when('Ctrl-C leaves nothing where nothing can be continued', async () => {
  const out = scratch()
  const args = [...job(out, { files: 5, step: 20 }), '--output', out.path('out'), '--no-journal', ...CLUSTER]
  let seen = 0
  const { status } = await runAnalysis(args, {
    onStart: kill =>
      atParts(out.path('out'), 5, () => {
        seen = attemptsBelow(out.path('out')).length
        kill('SIGINT')
      }),
  })
  equal(status, 130)
  ok(seen >= 5)
  equal([...filesBelow(out.path('out')).keys()], [])
  out.remove()
})

for (const [signal, executor] of [
  ['SIGINT', 'threads'],
  ['SIGKILL', 'distributed'],
] as const) {
  when(`a run that ${signal} has stopped is continued on ${executor}, with the parts that are there`, async () => {
    const out = scratch()
    const args = job(out, { files: 5, step: 20 })
    equal((await runAnalysis([...args, '--output', out.path('local')])).status, 0)
    const run = [...args, '--output', out.path('out')]
    const stopped = await runAnalysis([...run, ...CLUSTER], {
      onStart: kill => atParts(out.path('out'), 150, () => kill(signal)),
    })
    equal(stopped.status, signal === 'SIGINT' ? 130 : null)
    const kept = attemptsBelow(out.path('out'))
    ok(kept.length > 20, `${kept.length}`)
    ok(kept.every(path => path.startsWith('.tnp-journal/')))
    // One that is not what it was, and one that is gone: their chunks are done again.
    const [damaged, gone] = kept.map(path => join(out.path('out'), path))
    const bytes = readFileSync(damaged!)
    bytes[100]! ^= 1
    writeFileSync(damaged!, bytes)
    spawnSync('rm', [gone!])
    const more = executor === 'threads' ? ['--executor', 'threads', '--workers', '2', '--debug'] : CLUSTER
    const ran = await runAnalysis([...run, '--resume', ...more])
    equal(ran.status, 0, ran.stderr)
    const chunks = /"chunks":\{"resumed":(\d+),"run":(\d+)\}/.exec(ran.stderr)!.slice(1).map(Number)
    ok(chunks[0]! > 5 && chunks[1]! > 0, chunks.join())
    equal(chunks[0]! + chunks[1]!, 250)
    sameFiles(filesBelow(out.path('out')), filesBelow(out.path('local')), 'resumed')
    out.remove()
  })
}

when('a run that is begun anew removes the parts of a stopped one', async () => {
  const out = scratch()
  const run = [...job(out, { files: 4, step: 20 }), '--output', out.path('out')]
  await runAnalysis([...run, ...CLUSTER], { onStart: kill => atParts(out.path('out'), 10, () => kill('SIGKILL')) })
  ok(attemptsBelow(out.path('out')).length >= 10)
  equal((await runAnalysis(run)).status, 0)
  equal(temporaryBelow(out.path('out')), [])
  out.remove()
})

/** The fixture, with baskets of a branch damaged: all, or the last one. */
function damagedCopy(path: string, branch: string, which: 'all' | 'last'): string {
  const bytes = readFileSync('fixtures/root/nano-mc.root')
  const baskets: number[] = []
  for (let at = bytes.indexOf(branch); at >= 0; at = bytes.indexOf(branch, at + 1)) {
    if (bytes.subarray(at - 8, at - 1).includes('TBasket')) baskets.push(at)
  }
  for (const at of which === 'all' ? baskets : baskets.slice(-1)) bytes.fill(0xa5, at + 40, at + 200)
  writeFileSync(path, bytes)
  return path
}

when(
  'partitions of several chunks, and datasets that are begun again without a file found unreadable late',
  async () => {
    const out = scratch()
    const good = [0, 1, 2].map(k => out.path(`good${k}.root`))
    for (const path of good) symlinkSync(resolve('fixtures/root/nano-mc.root'), path)
    const bad = [
      damagedCopy(out.path('bad0.root'), 'Electron_eta', 'last'),
      damagedCopy(out.path('bad1.root'), 'Electron_pt', 'all'),
    ]
    const uproot_options = { allow_read_errors_with_report: true }
    const jobTo = (output: string, repartition?: number) =>
      loadJob({
        config: {
          workflow: 'ElectronTagNProbeFromNanoAOD',
          workflow_args: { filters: { tight: 'cutBased >= 4' } },
          methods: [
            { name: 'get_tnp_arrays', args: { vars: 'all', flat: true, uproot_options } },
            { name: 'get_nd_tnp_histograms', args: { filter: 'tight', vars: ['el_pt'], uproot_options } },
          ],
        },
        fileset: {
          MC: {
            files: Object.fromEntries([good[0]!, bad[0]!, good[1]!, bad[1]!, good[2]!].map(path => [path, 'Events'])),
            metadata: { isMC: true },
          },
        },
        output: out.path(output),
        ...(repartition === undefined ? {} : { repartition }),
      }).job
    const cluster = clusterOptions('distributed', { scaleout: 2, python: PYTHON })
    const passes: { bytes: number }[] = []
    const lines: string[] = []
    const log = {
      debug: (fields: object, message = '') => {
        if (message.includes('through the bridge')) passes.push(fields as { bytes: number })
        lines.push(message)
      },
      info() {},
      warn: (_: object, message = '') => void lines.push(message),
    }
    for (const [maxChunkEvents, repartition] of [
      [60, undefined],
      [100, 2],
    ] as const) {
      const name = `${maxChunkEvents}-${repartition}`
      const options = { maxChunkEvents, journal: true, log }
      const want = await runJob(jobTo(`local${name}`, repartition), { ...options, executor: 'sync' })
      const got = await runJob(jobTo(`out${name}`, repartition), { ...options, cluster })
      equal(got.datasets[0]!.skipped.length, 2)
      equal(got.datasets[0]!.windows, want.datasets[0]!.windows)
      sameFiles(filesBelow(out.path(`out${name}`)), filesBelow(out.path(`local${name}`)), name)
      ok(lines.some(line => line.includes('restart')))
      // The last of two main passes, each after a sum; files of the first had chunks that failed.
      const through = passes.at(-1)!.bytes
      ok(through < tableBytes(filesBelow(out.path(`local${name}`))) / 4, `${through}`)
    }
    // The sum and the main pass, each more than once.
    ok(passes.length > 4)
    out.remove()
  },
)

interface Server {
  readonly address: string
  stop(): Promise<void>
}

/** A scheduler and a worker that has another file system in the place of `hidden`. */
async function startApart(hidden: string): Promise<Server> {
  const children: ChildProcess[] = []
  const start = (program: string, args: readonly string[], ready: RegExp): Promise<string> => {
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] })
    children.push(child)
    let text = ''
    return new Promise((done, reject) => {
      child.stderr!.on('data', part => {
        text += part
        const found = ready.exec(text)
        if (found !== null) done(found[1]!)
      })
      child.on('exit', () => reject(new Error(text)))
    })
  }
  const common = ['--host', '127.0.0.1', '--no-dashboard']
  const scheduler = ['-m', 'distributed.cli.dask_scheduler', ...common, '--port', '0']
  const address = await start(PYTHON, scheduler, /Scheduler at: *(tcp:\/\/[\d.]+:\d+)/)
  const worker = ['-m', 'distributed.cli.dask_worker', address, ...common, '--nthreads', '1', '--no-nanny']
  const inside = `mount -t tmpfs none "$1" && shift && exec "$@"`
  await start('unshare', ['-rm', 'sh', '-c', inside, 'sh', hidden, PYTHON, ...worker], /(Registered to)/)
  return {
    address,
    async stop() {
      for (const child of children) {
        child.removeAllListeners('exit')
        const ended = child.exitCode === null ? once(child, 'exit') : null
        child.kill('SIGKILL')
        await ended
      }
    },
  }
}

const canHide = spawnSync('unshare', ['-rm', 'true']).status === 0
testIf(
  test,
  hasAll && canHide,
  '../shared, a Python with distributed, and mount namespaces',
)('workers that do not see the output folder send their rows, and the log says so', async () => {
  const out = scratch()
  const args = job(out, { files: 3 })
  equal((await runAnalysis([...args, '--output', out.path('local')])).status, 0)
  mkdirSync(out.path('out'))
  const server = await startApart(out.path('out'))
  try {
    const cluster = ['--executor', server.address, '--python', PYTHON, '--debug']
    const ran = await runAnalysis([...args, '--output', out.path('out'), ...cluster])
    equal(ran.status, 0, ran.stderr)
    match(ran.stderr, /a worker does not see the output folder: its Parquet files are written here/)
    const want = filesBelow(out.path('local'))
    sameFiles(filesBelow(out.path('out')), want, 'apart')
    ok(bridgeBytes(ran) > tableBytes(want) / 2)
  } finally {
    await server.stop()
    out.remove()
  }
})

const atHttp = testIf(test, hasAll && haveXrootd('http'), `a Python with distributed, and ${XROOTD_NEEDS}`)

atHttp('workers send parts to an http server', async () => {
  const out = scratch()
  const server = await startServer('http')
  try {
    const env = { XDG_STATE_HOME: out.path('state'), ...server.env }
    const args = job(out, { files: 4 })
    equal((await runAnalysis([...args, '--output', out.path('local')])).status, 0)
    const ran = await runAnalysis([...args, '--output', `${server.httpUrl}/out`, ...CLUSTER], { env })
    sameAndSmall(ran, filesBelow(join(server.data, 'out')), filesBelow(out.path('local')), 'at an http server')
    not(ran.stderr.includes('written here'))
  } finally {
    await server.stop()
    out.remove()
  }
})

const atServer = testIf(test, hasAll && haveXrootd('plain'), `a Python with distributed, and ${XROOTD_NEEDS}`)

atServer('workers send parts to an XRootD server; what is stopped leaves none, or goes on', async () => {
  const out = scratch()
  const server = await startServer('plain')
  try {
    mkdirSync(out.path('tmp'))
    const env = { XDG_STATE_HOME: out.path('state'), TMPDIR: out.path('tmp'), ...server.env }
    const args = job(out, { files: 8, step: 50 })
    equal((await runAnalysis([...args, '--output', out.path('local')])).status, 0)
    const want = filesBelow(out.path('local'))
    const below = (name: string) => join(server.data, name)
    const to = (name: string) => [...args, '--output', `${server.url}/${name}`, ...CLUSTER]

    const ran = await runAnalysis(to('whole'), { env })
    sameAndSmall(ran, filesBelow(below('whole')), want, 'at a server')
    not(ran.stderr.includes('written here'))

    const stop = {
      env,
      onStart: (kill: (s: NodeJS.Signals) => void) => atParts(below('stopped'), 10, () => kill('SIGINT')),
    }
    equal((await runAnalysis([...to('stopped'), '--no-journal'], stop)).status, 130)
    equal([...filesBelow(below('stopped')).keys()], [])

    const kept = {
      env,
      onStart: (kill: (s: NodeJS.Signals) => void) => atParts(below('kept'), 100, () => kill('SIGINT')),
    }
    equal((await runAnalysis(to('kept'), kept)).status, 130)
    const parts = attemptsBelow(below('kept'))
    ok(parts.length > 20, `${parts.length}`)
    // The server's is another user's file: put there anew.
    spawnSync('rm', [join(below('kept'), parts[0]!)])
    const resumed = await runAnalysis([...to('kept'), '--resume'], { env })
    equal(resumed.status, 0, resumed.stderr)
    sameFiles(filesBelow(below('kept')), want, 'resumed at a server')
    const [, resumedChunks] = /"chunks":\{"resumed":(\d+),/.exec(resumed.stderr)!
    ok(Number(resumedChunks) > 5)

    const again = {
      env,
      onStart: (kill: (s: NodeJS.Signals) => void) => atParts(below('anew'), 10, () => kill('SIGKILL')),
    }
    await runAnalysis(to('anew'), again)
    ok(attemptsBelow(below('anew')).length > 0)
    equal((await runAnalysis([...args, '--output', `${server.url}/anew`], { env })).status, 0)
    sameFiles(filesBelow(below('anew')), want, 'anew at a server')
    // Neither on the workers.
    equal(temporaryBelow(out.path('tmp')), [])
  } finally {
    await server.stop()
    out.remove()
  }
})

test.run()
