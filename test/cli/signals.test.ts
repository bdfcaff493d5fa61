/** Signals end a run in order: what was begun is removed, what was done is kept. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from 'uvu'
import { equal, match, ok } from 'uvu/assert'
import { sameFiles } from '../support/case-runs.js'
import { filesBelow, runAnalysis, scratch } from '../support/cli.js'
import { stageModule } from '../support/cluster-jobs.js'
import { whenDone } from '../support/crash-trials.js'

const STATUS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const

function job(files: ReturnType<typeof scratch>, body: string): string[] {
  const runner = {
    workflow: 'ElectronTagNProbeFromNanoAOD',
    workflow_args: { filters: { 'cutBased >= 4': 'cutBased >= 4' } },
    methods: [{ name: 'get_tnp_arrays', args: { vars: ['el_pt'], flat: true } }],
  }
  const steps = Array.from({ length: 20 }, (_, k) => [k * 10, k * 10 + 10])
  const file = { object_path: 'Events', steps }
  const fileset = { Data: { files: { 'fixtures/root/nano-data.root': file }, metadata: { isMC: false } } }
  const stage = stageModule(files.dir, body)
  const documents = ['--config', files.json('runner.json', runner), '--fileset', files.json('fileset.json', fileset)]
  return [...documents, '--stage', stage, '--no-progress']
}

for (const [signal, expected] of Object.entries(STATUS) as [keyof typeof STATUS, number][]) {
  test(`${signal} ends a run with ${expected}; --resume goes on where it was`, async () => {
    const files = scratch()
    const slow = job(files, 'await sleep(150)')
    const { status, stderr } = await runAnalysis([...slow, '--output', files.path('out'), '--workers', '1'], {
      onStart: kill => void whenDone(files.path('out'), 2, () => kill(signal)),
    })
    equal(status, expected, stderr)
    match(stderr, /interrupted: unfinished outputs were removed/)
    match(stderr, /\d+ chunks are done: continue with --resume/)
    ok([...filesBelow(files.path('out')).keys()].every(path => path.startsWith('.tnp-journal')))
    // The module is part of the job, and its path the same.
    const resumed = await runAnalysis([...job(files, 'await sleep(150)'), '--output', files.path('out'), '--resume'])
    equal(resumed.status, 0, resumed.stderr)
    equal((await runAnalysis([...job(files, ''), '--output', files.path('whole'), '--no-journal'])).status, 0)
    sameFiles(filesBelow(files.path('out')), filesBelow(files.path('whole')), signal)
    files.remove()
  })
}

test('what a stage is at does not keep a run from ending', async () => {
  const files = scratch()
  const stuck = job(files, 'for (const end = Date.now() + 20_000; Date.now() < end; await sleep(10)) {}')
  const began = performance.now()
  const { status, stderr } = await runAnalysis([...stuck, '--output', files.path('out'), '--executor', 'sync'], {
    onStart: kill => void sleep(1500).then(() => kill('SIGINT')),
  })
  equal(status, 130, stderr)
  match(stderr, /interrupted: unfinished outputs were removed/)
  ok(performance.now() - began < 12_000)
  files.remove()
})

/** Hears signals, and never ends in order. */
const STUBBORN = `
import { onInterrupt } from ${JSON.stringify(new URL('../../lib/cli/interrupts.js', import.meta.url).href)}
onInterrupt(signal => process.stdout.write(signal + ' '))
setInterval(() => {}, 1000)
process.stdout.write('ready ')
`

test('Ctrl-C again, more than a second after the first, ends what does not end in order', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', STUBBORN])
  const ended = once(child, 'exit')
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', text => (stdout += text))
  child.stderr.on('data', text => (stderr += text))
  while (!stdout.includes('ready')) await sleep(20)
  // npm sends the terminal's a second time.
  for (const wait of [100, 200, 1200]) {
    child.kill('SIGINT')
    await sleep(wait)
  }
  equal(stdout, 'ready SIGINT SIGINT SIGINT ')
  child.kill('SIGTERM')
  child.kill('SIGINT')
  equal((await ended)[0], 130)
  match(stderr, /ended at once: unfinished files may be left/)
})

test.run()
