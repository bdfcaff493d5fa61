/** What goes wrong at a scheduler that is there already, and with its workers: other machines, as far as one machine can be others. */
import { spawnSync } from 'node:child_process'
import { copyFileSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { test } from 'uvu'
import { equal, match, ok } from 'uvu/assert'
import { sameFiles } from '../support/case-runs.js'
import { filesBelow, PROGRAMS, runAnalysis, type Scratch, scratch } from '../support/cli.js'
import { chunkedJob, leftovers, nothingLeft, processesOf, stageModule, until } from '../support/cluster-jobs.js'
import { startScheduler } from '../support/dask-scheduler.js'
import { sharedDir, testIf } from '../support/tools.js'

const PYTHON = process.env.TNP_PYTHON || 'python3'
const hasDask = spawnSync(PYTHON, ['-c', 'import distributed']).status === 0
const when = testIf(test, sharedDir() !== null && hasDask, '../shared and a Python with distributed')
const canHide = spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0
const whenHidden = testIf(
  test,
  sharedDir() !== null && hasDask && canHide,
  '../shared, a Python with distributed, and the right to mount',
)

/** The program and Node in a folder, which workers can be kept from seeing. */
function installed(files: Scratch): { folder: string; node: string; program: string } {
  const folder = files.path('installed')
  mkdirSync(folder)
  copyFileSync(process.execPath, join(folder, 'node'))
  cpSync(dirname(PROGRAMS.runAnalysis), join(folder, 'dist/bin'), { recursive: true })
  copyFileSync('package.json', join(folder, 'package.json'))
  cpSync('dist/lib/root/libraries', join(folder, 'dist/lib/root/libraries'), { recursive: true })
  for (const name of ['@foxglove', 'zstandard-wasm', 'xz-decompress', 'xxhash-wasm', 'lz4-wasm-nodejs']) {
    cpSync(join('node_modules', name), join(folder, 'node_modules', name), { recursive: true, dereference: true })
  }
  return { folder, node: join(folder, 'node'), program: join(folder, 'dist/bin/run-analysis.js') }
}

/** A command that runs another where a folder is empty, and no Node is on the PATH. */
function hiding(folder: string): string[] {
  return ['unshare', '-m', 'sh', '-c', `mount -t tmpfs none "${folder}" && PATH=/nowhere:/bin exec "$@"`, 'sh']
}

whenHidden('workers that have neither Node nor the program get both from the driver', async () => {
  const files = scratch()
  const { folder, node, program } = installed(files)
  const wrapper = hiding(folder)
  // /bin is /usr/bin here, which may have a Node.
  const scheduler = await startScheduler(PYTHON, {
    wrapper,
    workerEnv: { TNP_NODE: join(folder, 'node') },
    workerArgs: ['--no-nanny', '--local-directory', files.path('workers')],
  })
  const before = leftovers()
  try {
    const job = chunkedJob(files, `${sharedDir()!}/data`, { chunks: 20 })
    equal((await runAnalysis([...job, '--output', files.path('local'), '--no-journal'])).status, 0)
    const far = [...job, '--output', files.path('far'), '--no-journal', '--executor', scheduler.address]
    const argv = [program, ...far, '--python', PYTHON]
    const { status, stderr } = spawnSync(node, argv, { encoding: 'utf8', timeout: 120_000 })
    equal(status, 0, stderr)
    match(stderr, /^node is sent to workers that lack it \(\d+\.\d MB\)$/m)
    match(stderr, /^program is sent to workers that lack it \(\d+\.\d MB\)$/m)
    const kept = [...filesBelow(files.path('workers')).keys()]
    equal(kept.filter(path => /tnp-pipe-[\w-]+\/node\/node$/.test(path)).length, 2)
    equal(kept.filter(path => /tnp-pipe-[\w-]+\/program\/bin\/cluster-worker\.js$/.test(path)).length, 2)
    sameFiles(filesBelow(files.path('far')), filesBelow(files.path('local')), 'shipped')
    await nothingLeft({ before })
  } finally {
    await scheduler.stop()
    files.remove()
  }
})

whenHidden('stages and filters that workers do not see are sent to them, with what they import', async () => {
  const files = scratch()
  const { folder, node, program } = installed(files)
  const mine = join(folder, 'mine')
  mkdirSync(join(mine, 'node_modules'), { recursive: true })
  symlinkSync(process.cwd(), join(mine, 'node_modules/tnp-pipe'))
  const put = (name: string, text: string) => writeFileSync(join(mine, name), text)
  put('package.json', '{"type": "module"}')
  put('least.js', 'export const LEAST = 20')
  put(
    'stage.js',
    `import { defineStage, keepEvents, offsetsOf, positions, valuesOf } from 'tnp-pipe'
import { LEAST } from './least.js'
export default defineStage({
  name: 'hard', on: 'events', reads: ['Electron_pt'],
  map(batch) {
    const [offsets, pt] = [offsetsOf(batch, 'Electron_pt'), valuesOf(batch, 'Electron_pt')]
    return keepEvents(batch, positions(Uint8Array.from({ length: batch.length }, (_, i) => (pt[offsets[i]] > LEAST ? 1 : 0))))
  },
})
`,
  )
  put('cuts.py', 'MOST = 3\n')
  put(
    'filter.py',
    'import awkward as ak\nfrom cuts import MOST\n\ndef few(events):\n    return events[ak.num(events.Electron) <= MOST]\n',
  )
  const scheduler = await startScheduler(PYTHON, {
    wrapper: hiding(folder),
    workerEnv: { TNP_NODE: join(folder, 'node'), TNP_PYTHON: PYTHON },
    workerArgs: ['--no-nanny', '--local-directory', files.path('workers')],
  })
  const before = leftovers()
  try {
    const job = [
      ...chunkedJob(files, `${sharedDir()!}/data`, { chunks: 6, stage: 'stage.js' }),
      '--settings',
      files.json('settings.json', { extra_filter: 'filter.py::few' }),
      '--no-journal',
    ]
    const run = (...more: string[]) =>
      spawnSync(node, [program, ...job, ...more], { encoding: 'utf8', timeout: 120_000, cwd: mine })
    const local = run('--output', files.path('local'))
    equal(local.status, 0, local.stderr)
    const far = run('--output', files.path('far'), '--executor', scheduler.address, '--python', PYTHON)
    equal(far.status, 0, far.stderr)
    sameFiles(filesBelow(files.path('far')), filesBelow(files.path('local')), 'sent')
    equal(
      [...filesBelow(files.path('workers')).keys()].filter(path => path.includes('tnp-pipe-modules-')),
      [],
    )
    await nothingLeft({ before })
  } finally {
    await scheduler.stop()
    files.remove()
  }
})

whenHidden('a worker that cannot keep what it is sent says so, before the first task', async () => {
  const files = scratch()
  const { folder, node, program } = installed(files)
  const small = files.path('small')
  mkdirSync(small)
  const wrapper = [
    'unshare',
    '-m',
    'sh',
    '-c',
    `mount -t tmpfs none "${folder}" && mount -t tmpfs -o size=4m none "${small}" && exec "$@"`,
    'sh',
  ]
  const scheduler = await startScheduler(PYTHON, {
    wrapper,
    workers: 1,
    workerEnv: { TNP_NODE: join(folder, 'node') },
    workerArgs: ['--no-nanny', '--local-directory', small],
  })
  try {
    const job = [...chunkedJob(files, `${sharedDir()!}/data`, { chunks: 4 }), '--output', files.path('far')]
    const argv = [program, ...job, '--no-journal', '--executor', scheduler.address, '--python', PYTHON]
    const { status, stderr } = spawnSync(node, argv, { encoding: 'utf8', timeout: 120_000 })
    equal(status, 1, stderr)
    match(stderr, /warning: worker tcp:\S+ cannot be used: .*No space left on device/)
    match(stderr, /error: .*No space left on device/)
  } finally {
    await scheduler.stop()
    files.remove()
  }
})

when('a task that is under way when its run ends does not keep the worker from the next run', async () => {
  const files = scratch()
  const scheduler = await startScheduler(PYTHON, { workers: 1 })
  const before = leftovers()
  try {
    const data = `${sharedDir()!}/data`
    const stuck = stageModule(files.dir, 'await sleep(60_000)', 'stuck.mjs')
    const far = ['--executor', scheduler.address, '--python', PYTHON, '--no-journal', '--output', files.path('far')]
    let interrupted: Promise<void> | null = null
    const first = await runAnalysis([...chunkedJob(files, data, { chunks: 4, stage: stuck }), ...far], {
      onStart: kill => {
        interrupted = until(() => processesOf('cluster-worker').length > 0, 'work').then(() => void kill('SIGINT'))
      },
    })
    await interrupted
    equal(first.status, 130)
    await nothingLeft({ before })
    const began = Date.now()
    const second = await runAnalysis([...chunkedJob(files, data, { chunks: 4 }), ...far])
    equal(second.status, 0, second.stderr)
    ok(Date.now() - began < 30_000)
    await nothingLeft({ before })
  } finally {
    await scheduler.stop()
    files.remove()
  }
})

when('two runs at one scheduler do not meet', async () => {
  const files = scratch()
  const scheduler = await startScheduler(PYTHON)
  const before = leftovers()
  try {
    const job = chunkedJob(files, `${sharedDir()!}/data`, {
      chunks: 30,
      stage: stageModule(files.dir, 'await sleep(100)'),
    })
    equal((await runAnalysis([...job, '--output', files.path('local'), '--no-journal'])).status, 0)
    const far = ['--executor', scheduler.address, '--python', PYTHON, '--no-journal']
    const longer = chunkedJob(
      { json: (name, content) => files.json(`longer-${name}`, content) },
      `${sharedDir()!}/data`,
      {
        chunks: 90,
        stage: stageModule(files.dir, 'await sleep(100)', 'longer.mjs'),
      },
    )
    const [first, second] = await Promise.all([
      runAnalysis([...job, ...far, '--output', files.path('first')]),
      runAnalysis([...longer, ...far, '--output', files.path('second')]),
    ])
    // The one that ends first takes nothing of the other's away.
    equal(first.status, 0, first.stderr)
    equal(second.status, 0, second.stderr)
    sameFiles(filesBelow(files.path('first')), filesBelow(files.path('local')), 'first')
    await nothingLeft({ before })
  } finally {
    await scheduler.stop()
    files.remove()
  }
})

when('a worker that dies with what it held for others, and with results, is done without', async () => {
  const files = scratch()
  const scheduler = await startScheduler(PYTHON, { workers: 3 })
  try {
    const job = chunkedJob(files, `${sharedDir()!}/data`, {
      chunks: 60,
      stage: stageModule(files.dir, 'await sleep(start === 0 ? 4000 : 200)'),
    })
    equal((await runAnalysis([...job, '--output', files.path('local'), '--no-journal'])).status, 0)
    const far = ['--executor', scheduler.address, '--python', PYTHON, '--no-journal', '--output', files.path('far')]
    let killed: Promise<void> | null = null
    const { status, stderr } = await runAnalysis([...job, ...far], {
      onStart: () => {
        // the third may find nothing left to do
        killed = until(() => processesOf('cluster-worker').length >= 2, 'work').then(async () => {
          await new Promise(resolve => setTimeout(resolve, 1500))
          for (const worker of scheduler.workers.slice(0, 2)) worker.kill('SIGKILL')
        })
      },
    })
    await killed
    equal(status, 0, stderr)
    sameFiles(filesBelow(files.path('far')), filesBelow(files.path('local')), 'two of three lost')
  } finally {
    await scheduler.stop()
    files.remove()
  }
})

/** Serves one file by ranges; breaks connections off where it is told to. */
async function fileServer(path: string, breaks: (n: number) => boolean) {
  const bytes = readFileSync(path)
  let requests = 0
  const server = createServer((request, response) => {
    if (breaks(requests++)) return request.socket.destroy()
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? []
    const [first, last] =
      from === undefined ? [0, bytes.length - 1] : [Number(from), Math.min(Number(to), bytes.length - 1)]
    const head = { 'accept-ranges': 'bytes', etag: '"1"', 'content-length': last - first + 1 }
    if (from === undefined) response.writeHead(200, head)
    else response.writeHead(206, { ...head, 'content-range': `bytes ${first}-${last}/${bytes.length}` })
    response.end(request.method === 'HEAD' ? undefined : bytes.subarray(first, last + 1))
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/data.root`, server }
}

for (const [breaks, ends] of [
  [3, 'a server that answers again'],
  [Number.POSITIVE_INFINITY, 'a server that never does'],
] as const) {
  when(`what cannot be read is tried again elsewhere: ${ends}`, async () => {
    const files = scratch()
    let left = 0
    const { url, server } = await fileServer(`${sharedDir()!}/data/DYto2E.root`, () => left-- > 0)
    const scheduler = await startScheduler(PYTHON)
    try {
      const runner = {
        workflow: 'ElectronTagNProbeFromNanoAOD',
        workflow_args: { filters: { 'cutBased >= 4': 'cutBased >= 4' } },
        methods: [{ name: 'get_tnp_arrays', args: { vars: ['el_pt'], flat: true } }],
      }
      const steps = [
        [0, 500],
        [500, 1000],
      ]
      const fileset = { Data: { files: { [url]: { object_path: 'Events', steps } }, metadata: { isMC: false } } }
      const documents = [
        '--config',
        files.json('runner.json', runner),
        '--fileset',
        files.json('fileset.json', fileset),
      ]
      const args = [...documents, '--retries', '0', '--no-journal', '--no-progress', '--log-file', files.path('log')]
      const far = ['--executor', scheduler.address, '--python', PYTHON, '--output', files.path('far')]
      const { status, stderr } = await runAnalysis([...args, ...far], {
        // Files have been opened here; what comes then are the workers.
        onStderr: text => {
          if (text.includes('dashboard') && left <= 0) left = breaks
        },
      })
      if (breaks === 3) {
        equal(status, 0, stderr)
        left = 0
        equal((await runAnalysis([...args, '--output', files.path('local')])).status, 0)
        sameFiles(filesBelow(files.path('far')), filesBelow(files.path('local')), 'read again')
      } else {
        equal(status, 1, stderr)
        match(stderr, /error: .*127\.0\.0\.1.*\((ConnectionError|OSError|TimeoutError)\)/)
        match(stderr, /allow_read_errors_with_report/)
      }
    } finally {
      await scheduler.stop()
      server.close()
      server.closeAllConnections()
      files.remove()
    }
  })
}

test.run()
