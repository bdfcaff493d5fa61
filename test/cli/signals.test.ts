/** Signals end a run in order: what was begun is removed, what was done is kept. */
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

test.run()
