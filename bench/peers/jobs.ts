/** Whole jobs: beside uproot, egamma-tnp and RDataFrame, beside what no program can do without, and with two workers. */
import { join, resolve } from 'node:path'
import { eventFiles, WORK } from '../inputs.js'
import { BRANCHES, type JobKind, jobArguments } from '../job.js'
import { RUN_ANALYSIS, runCommand, runMicro, runTogether } from '../processes.js'
import { median } from '../summary.js'
import { type Bench, bareStart } from './bench.js'
import { egammaCommand, rdataframe } from './peers.js'

export async function jobsBesidePython(bench: Bench): Promise<void> {
  const { uproot, python } = bench
  const wholeJobs: readonly (readonly [what: string, files: number, kind: JobKind, target: number])[] = [
    ['100,000 events in ten files: job / uproot opening and reading the 18 branches', 10, 'main', 0.075],
    ['10,000 events in one file: job / uproot opening and reading the 18 branches', 1, 'main', 0.6],
    ['all columns of 100,000 events to Parquet: job / uproot opening and reading their branches', 10, 'all', 1.2],
  ]
  for (const [what, files, kind, target] of uproot === null ? [] : wholeJobs) {
    await bench.claim(what, '', 'at most', target, async () => {
      const [ours, files_] = [await bench.job(kind, files), await eventFiles(files, bench.size, bench.data)]
      const branches = kind === 'all' ? ours.branches() : BRANCHES
      return bench.ratios(ours.seconds, () => uproot!({ files: files_, branches }).total! / 1000)
    })
  }
  if (uproot !== null) {
    const newer = bench.newerNode()
    if (newer !== null) {
      await bench.claim('the first line on Node 22.15 or later', '', 'at most', 0.06, async () => {
        const [ours, paths] = [await bench.job('main', 10), await eventFiles(10, bench.size, bench.data)]
        ours.seconds(newer)
        return bench.ratios(
          () => ours.seconds(newer),
          () => uproot({ files: paths, branches: BRANCHES }).total! / 1000,
        )
      })
    }
    await bench.claim('importing uproot / 100,000 events: whole job', '', 'at least', null, async () => {
      const [ours, paths] = [await bench.job('main', 10), await eventFiles(1, bench.size, bench.data)]
      return bench.ratios(() => uproot({ files: paths, branches: ['run'] }).import! / 1000, ours.seconds)
    })
  }
  if (python === null) return
  await bench.claim("100,000 events: egamma-tnp's run-analysis / job", '', 'at least', 150, async () => {
    const { given, seconds } = await bench.job('main', 10)
    const output = join(WORK, 'peer-output')
    const theirs = runCommand(egammaCommand(python), [...given, '--output', output, '--executor', 'threads']).seconds
    return [theirs / median(bench.repeat(() => seconds()))]
  })
}

/** Beside the same selection and histograms in RDataFrame. */
export async function jobsBesideRoot(bench: Bench): Promise<void> {
  const { root, quick, data } = bench
  if (root === null) return
  const asked = { golden: data.length === 0 }
  await bench.claim('100,000 events: RDataFrame, whole process / job', '', 'at least', 10, async () => {
    const [ours, files] = [await bench.job('main', 10), await eventFiles(10, bench.size, data)]
    return bench.ratios(() => rdataframe(root, { ...asked, files, threads: 1, passes: 1 }).seconds, ours.seconds)
  })
  const most = quick ? 2 : 1000
  await bench.claim('10 M events, two threads, second pass: RDataFrame / job', '', 'at least', 2, async () => {
    const [ours, files] = [await bench.job('main', most), await eventFiles(most, bench.size, data)]
    const theirs = rdataframe(root, { ...asked, files, threads: 2, passes: 2 }).again
    return [theirs / runMicro('job', { ...documents(ours.given, ours.output), repeats: 1, workers: 2 }).again!]
  })
}

/** Beside starting Node and decompressing by libzstd, on a Node that has it. */
export async function jobsBesideBareNode(bench: Bench): Promise<void> {
  const node = bench.newerNode()
  if (node === null) return
  const native = (paths: readonly string[], repeats: number) =>
    runMicro('decompress', { paths, branches: BRANCHES, repeats }, node)
  const what = '100,000 events, Node 22.15 or later: job / (starting Node + libzstd on the same baskets)'
  await bench.claim(what, '', 'at most', 2.8, async () => {
    const [ours, paths] = [await bench.job('main', 10), await eventFiles(10, bench.size, bench.data)]
    ours.seconds(node)
    return bench.ratios(
      () => ours.seconds(node),
      () => bareStart(node) + native(paths, 0).first! / 1000,
    )
  })
  const many = bench.quick ? 2 : 100
  await bench.claim(
    '1 M events again, Node 22.15 or later: libzstd on the same baskets / job',
    '',
    'at least',
    0.4,
    async () => {
      const [ours, paths] = [await bench.job('main', many), await eventFiles(many, bench.size, bench.data)]
      return bench.ratios(
        () => native(paths, 2).again!,
        () => runMicro('job', { ...documents(ours.given, ours.output), repeats: 1 }, node).again!,
      )
    },
  )
}

export async function jobsByWorkers(bench: Bench): Promise<void> {
  const { quick, size } = bench
  for (const [workers, args, target] of [
    ['one worker', ['--executor', 'sync'], 150],
    ['two workers', ['--workers', '2'], 200],
  ] as const) {
    for (const files of quick ? [2] : [10, 400]) {
      await bench.claim(`peak memory, ${files} files, ${workers}`, 'MB', 'at most', target, async () => {
        const { megabytes } = await bench.job('main', files, ...args)
        return bench.repeat(megabytes)
      })
    }
  }
  const [many, most] = quick ? [2, 2] : [100, 400]
  await bench.claim('1 M events on one worker, second pass of the process', 'events/s', 'at least', null, async () => {
    const { given, output } = await bench.job('main', many)
    const input = { ...documents(given, output), repeats: 1 }
    return bench.repeat(() => (1000 * many * size.eventsPerFile) / runMicro('job', input).again!)
  })
  await bench.claim('4 M events: one worker / two workers', '', 'at least', 1.5, async () => {
    const [one, two] = [
      await bench.job('main', most, '--executor', 'sync'),
      await bench.job('main', most, '--workers', '2'),
    ]
    return bench.ratios(one.seconds, two.seconds)
  })
  await bench.claim('4 M events: two processes on halves of the files / two workers', '', 'at least', 0.9, async () => {
    const files = await eventFiles(most, size, bench.data)
    const two = bench.jobOn('main', files, '--workers', '2')
    const halves = [files.slice(0, most / 2), files.slice(most / 2)].map((half, k) => {
      const output = join(WORK, `output-${k}`)
      return [
        RUN_ANALYSIS,
        ...jobArguments('main', half, bench.data.length === 0, `-${k}`),
        '--executor',
        'sync',
        '--output',
        output,
      ]
    })
    return bench.ratios(() => runTogether(halves), two.seconds)
  })
  for (const [what, files] of quick
    ? []
    : ([
        ['100,000 events', 10],
        ['4 M events', 400],
      ] as const)) {
    await bench.claim(`${what}: default / the faster of one and two workers`, '', 'at most', null, async () => {
      const [given, one, two] = [
        await bench.job('main', files),
        await bench.job('main', files, '--executor', 'sync'),
        await bench.job('main', files, '--workers', '2'),
      ]
      return bench.ratios(given.seconds, () => Math.min(one.seconds(), two.seconds()))
    })
  }
}

/** The example command of the reference's README, with all its methods. */
export async function exampleCommand(bench: Bench): Promise<void> {
  if (bench.shared === null || bench.quick) return
  const example = join(bench.shared, 'cases', '01-cli-example')
  const data = join(bench.shared, 'data')
  await bench.claim('example command (2 x 1,000 events, five methods) / starting Node', '', 'at most', 15, async () => {
    const given = ['config=runner', 'settings=settings', 'fileset=fileset', 'binning=binning'].flatMap(pair => {
      const [option, file] = pair.split('=')
      return [`--${option}`, resolve(example, `${file}.json`)]
    })
    const args = [resolve(RUN_ANALYSIS), ...given, '--output', resolve(WORK, 'output')]
    return bench.ratios(() => runCommand(process.execPath, args, {}, data).seconds, bareStart)
  })
}

function documents(given: readonly string[], output: string) {
  const [, config, , settings, , fileset] = given
  return { config, settings, fileset, output }
}
