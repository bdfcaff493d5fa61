/** Batch runs where the batch system is a fake one: what is submitted, what is refused, and what is made of damage. */
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import { equal, match, ok } from 'uvu/assert'
import { outputsBelow } from '../support/batch-runs.js'
import { sameFiles } from '../support/case-runs.js'
import { type CliOptions, type Outcome, runAnalysis, type Scratch, scratch, tnpPipe } from '../support/cli.js'
import { type FakeSlurm, fakeSlurm } from '../support/fake-slurm.js'
import { makeCertificate } from '../support/x509-maker.js'

const JOB = 'fixtures/config/workflows/electron-nanoaod'
const DOCUMENTS = ['--config', `${JOB}/runner.json`, '--fileset', `${JOB}/fileset.json`, '--no-progress']

interface Bench {
  readonly out: string
  readonly files: Scratch
  readonly slurm: FakeSlurm
  run(
    args?: readonly string[],
    env?: Readonly<Record<string, string>>,
    onStart?: CliOptions['onStart'],
  ): Promise<Outcome>
  command(name: string, args?: readonly string[]): Promise<Outcome>
  isAsLocal(args?: readonly string[]): Promise<void>
  /** A file of the run's folder. */
  inside(...names: string[]): string
}

/** Names as people give them to folders. */
async function withBench(work: (bench: Bench) => Promise<void>): Promise<void> {
  const files = scratch()
  const slurm = fakeSlurm(files.dir)
  const out = files.path("it's an output")
  const bench: Bench = {
    out,
    files,
    slurm,
    run: (args = [], env = {}, onStart = () => {}) =>
      runAnalysis([...DOCUMENTS, '--output', out, '--executor', 'batch/slurm', ...args], {
        onStart,
        env: { ...slurm.env, ...env },
      }),
    command: (name, args = []) => tnpPipe([name, out, ...args], { env: slurm.env }),
    async isAsLocal(args = []) {
      const local = files.path('local')
      equal((await runAnalysis([...DOCUMENTS, '--output', local, ...args])).status, 0)
      sameFiles(outputsBelow(out), outputsBelow(local), out)
    },
    inside: (...names) => join(out, '.tnp-batch', ...names),
  }
  try {
    await work(bench)
  } finally {
    files.remove()
  }
}

test('jobs ask for what the options say, print to the folder of logs, and give the outputs of a local run', () =>
  withBench(async bench => {
    const logs = bench.files.path('logs')
    const options = ['--cores', '2', '--memory', '2GB', '--disk', '1GB', '--walltime', '26:30:00', '--queue', 'short']
    const more = ['--scaleout', '5', '--job-option', '--account=cms', '--log-directory', logs]
    const { status, stderr } = await bench.run([...options, ...more])
    equal(status, 0, stderr)
    // Simulation: weights are added up first.
    const [sums, call, ...others] = bench.slurm.submitted()
    equal(others, [])
    ok(sums!.includes('--array=0-0%5'))
    const asked = [
      '--cpus-per-task=2',
      '--mem=1908M',
      '--tmp=954M',
      '--partition=short',
      '--time=1-02:30:00',
      '--account=cms',
    ]
    for (const one of asked) ok(call!.includes(one), `${one} in ${call}`)
    ok(call!.some(one => /^--array=0-\d+%5$/.test(one)))
    ok(readdirSync(logs).length > 0)
    match(readFileSync(join(logs, readdirSync(logs)[0]!), 'utf8'), /done: \d+ chunks in/)
    await bench.isAsLocal()
  }))

test('tables as ROOT files', () =>
  withBench(async bench => {
    const format = ['--ntuple-format', 'rntuple']
    const { status, stderr } = await bench.run(format)
    equal(status, 0, stderr)
    ok([...outputsBelow(bench.out).keys()].some(path => path.endsWith('-part0.root')))
    await bench.isAsLocal(format)
  }))

test('one event a job: as many jobs as chunks, and a run that is left', () =>
  withBench(async bench => {
    const { status, stderr } = await bench.run(['--events-per-job', '1', '--detach'])
    equal(status, 0, stderr)
    const report = JSON.parse((await bench.command('status', ['--json'])).stdout)
    const jobs = report.passes.reduce((sum: number, pass: { jobs: number }) => sum + pass.jobs, 0)
    ok(jobs > 1)
    equal(report.verdict, 'done')
    equal((await bench.command('collect')).status, 0)
    await bench.isAsLocal()
  }))

test('a queue that does not answer is told of, and jobs are not given up', () =>
  withBench(async bench => {
    // Jobs that begin later; the queue answers at the third question.
    bench.slurm.replace(
      'sbatch',
      `for one in "$@"; do script=$list; list=$one; done
      (sleep 4; for index in 0 1 2 3; do SLURM_ARRAY_TASK_ID=$index sh "$script" "$list"; done) >/dev/null 2>&1 &
      echo 1`,
    )
    bench.slurm.replace('squeue', 'echo "slurm_load_jobs error: Unable to contact slurm controller" >&2; exit 1')
    const { status, stderr } = await bench.run()
    equal(status, 0, stderr)
    equal(
      stderr.match(/warning: squeue: slurm_load_jobs error: Unable to contact slurm controller\. It is asked again/g)
        ?.length,
      1,
    )
    await bench.isAsLocal()
    const asked = await bench.command('status')
    equal(asked.status, 0)
  }))

test('whoever waits for a run whose folder is gone hears of it', () =>
  withBench(async bench => {
    bench.slurm.replace('sbatch', 'echo 1')
    bench.slurm.replace('squeue', 'for index in 0 1 2 3; do echo "1|$index|PENDING|Priority"; done')
    const { status, stderr } = await bench.run([], {}, () =>
      setTimeout(() => rmSync(bench.inside(), { recursive: true }), 2500),
    )
    equal(status, 1, stderr)
    match(stderr, /error: the folder of the batch run is gone \(.*\.tnp-batch\): nothing can come of its jobs\./)
  }))

test('a damaged result is told of and made again', () =>
  withBench(async bench => {
    equal((await bench.run(['--detach'])).status, 0)
    const [group] = readdirSync(bench.inside('results'))
    const path = bench.inside('results', group!)
    const bytes = readFileSync(path)
    bytes[bytes.length >> 1]! ^= 255
    writeFileSync(path, bytes)
    const collected = await bench.command('collect')
    equal(collected.status, 1)
    match(collected.stderr, /error: 1 of \d+ jobs have no result: 1 failed/)
    match((await bench.command('status')).stdout, /its result was damaged on the way, and has been removed/)
    equal((await bench.command('resubmit')).stdout, '1 job resubmitted\n')
    equal((await bench.command('collect')).status, 0)
    await bench.isAsLocal()
  }))

test('a driver that died between submitting and writing it down: its jobs are found by their name, or submitted again', () =>
  withBench(async bench => {
    equal((await bench.run(['--detach'])).status, 0)
    const path = bench.inside('submissions', '1.json')
    const known = JSON.parse(readFileSync(path, 'utf8'))
    const result = () => readdirSync(bench.inside('results'))
    equal(result().length > 0, true)
    writeFileSync(path, JSON.stringify({ ...known, array: null }))
    bench.slurm.replace('squeue', `case "$*" in *"--name ${known.tag}"*) echo 1;; esac`)
    equal((await bench.command('status')).status, 0)
    equal(JSON.parse(readFileSync(path, 'utf8')).array, { id: '1' })
    writeFileSync(path, JSON.stringify({ ...known, array: null }))
    bench.slurm.replace('squeue', 'exit 0')
    equal((await bench.command('collect')).status, 0)
    await bench.isAsLocal()
  }))

test('another run in the same folder is refused with what differs; the same one goes on; a cancelled one may be replaced', () =>
  withBench(async bench => {
    equal((await bench.run(['--detach'])).status, 0)
    const other = bench.files.json('settings.json', { tags_pt_cut: 77 })
    const refused = await bench.run(['--settings', other])
    equal(refused.status, 2)
    match(refused.stderr, /a batch run of .* is here that differs from this one/)
    match(refused.stderr, /options \/ tagsPtCut: \d+ in that run, 77 now/)
    const same = await bench.run(['--detach'])
    equal(same.status, 0)
    match(same.stderr, /going on with the batch run of /)
    equal(bench.slurm.submitted().length, 1)
    equal((await bench.command('cancel')).status, 0)
    equal((await bench.run(['--settings', other, '--detach'])).status, 0)
    equal(bench.slurm.submitted().length, 2)
  }))

test('mistakes in the options and folders that cannot be made are told of before anything is submitted', () =>
  withBench(async bench => {
    const file = bench.files.json('file', {})
    for (const [args, words] of [
      [['--walltime', 'long'], /error: --walltime: "long" is no time\. Wanted for instance 02:00:00/],
      [['--memory', 'much'], /error: --memory: "much" is no size/],
      [['--disk', 'much'], /error: --disk: "much" is no size/],
      [['--jobflavour', 'espresso'], /error: --jobflavour: is of HTCondor at lxplus/],
      [['--executor', 'batch/condor', '--queue', 'short'], /error: --queue: HTCondor has no queues/],
      [['--cores', '0'], /error: --cores: 0: wanted 1 or more/],
      [['--resume'], /error: --resume: a batch run is continued by tnp-pipe collect/],
      [['--output', 'root://none.invalid//out'], /error: --batch-folder: the output is at a server/],
      [['--batch-folder', join(file, 'x')], /the folder of the batch run cannot be made \(.*ENOTDIR/],
      [['--log-directory', join(file, 'x')], /error: --log-directory: ".*" cannot be written to/],
      [['--executor', 'batch/slrm'], /unknown executor "batch\/slrm"\. Nearest: "batch\/slurm"/],
    ] as const) {
      const { status, stderr } = await bench.run(args)
      equal(status, 2, stderr)
      match(stderr, words)
      equal(bench.slurm.submitted(), [])
    }
    const none = await bench.command('status')
    equal(none.status, 2)
    match(none.stderr, /there is no batch run here \(no run\.json, no \.tnp-batch\)/)
    bench.slurm.replace('sbatch', 'echo "sbatch: error: invalid partition specified: short" >&2; exit 1')
    const refused = await bench.run()
    equal(refused.status, 2)
    match(
      refused.stderr,
      /error: --executor: Slurm refuses the jobs: sbatch: error: invalid partition specified: short/,
    )
    equal((await bench.command('status')).status, 2)
  }))

test('jobs get a copy of the proxy that nobody else may read; it goes when the run has been collected', () =>
  withBench(async bench => {
    const made = (days: number) => {
      const { certificate, keys } = makeCertificate({ subject: ['CN=somebody'], from: -3, to: days })
      const pem = `${certificate.toString()}${keys.privateKey.export({ type: 'pkcs8', format: 'pem' })}`
      const path = bench.files.path(`proxy${days}`)
      writeFileSync(path, pem, { mode: 0o600 })
      return { path, pem }
    }
    const gone = await bench.run(['--detach', '--voms', made(-1).path])
    equal(gone.status, 2)
    match(gone.stderr, /the grid proxy expired at/)
    const { path, pem } = made(1)
    const { status, stderr } = await bench.run(['--detach', '--voms', path, '--walltime', '48:00:00'])
    equal(status, 0, stderr)
    match(stderr, /warning: .*: the grid proxy ends in 23 h \d+ min: jobs that run later are refused by servers/)
    equal(readFileSync(bench.inside('proxy'), 'utf8'), pem)
    equal(statSync(bench.inside('proxy')).mode & 0o777, 0o600)
    const script = readFileSync(bench.inside('submissions', '1.sh'), 'utf8')
    ok(script.includes(`export X509_USER_PROXY='${bench.inside('proxy').replaceAll("'", "'\\''")}'`))
    equal((await bench.command('collect')).status, 0)
    equal(readdirSync(bench.inside()), ['run.json'])
    equal(readFileSync(bench.inside('run.json'), 'utf8').includes('PRIVATE'), false)
  }))

test.run()
