/** The same events as TTrees and as RNTuples that ROOT's importer makes of them. */
import { existsSync, renameSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { eventFiles, generated, WORK } from '../inputs.js'
import { BRANCHES } from '../job.js'
import { type Finished, runCommand, runMicro } from '../processes.js'
import { type Bench, bareStart } from './bench.js'
import { madeOf, ownNtuples } from './own-ntuples.js'
import { rdataframe, stockJsroot } from './peers.js'

export async function ntuples(bench: Bench): Promise<void> {
  const { root, uproot, data, quick, shared } = bench
  if (root === null) return
  const imported = (paths: readonly string[]): string[] => {
    const made = paths.map(path => madeOf(path, 'rntuple'))
    const missing = made.flatMap((out, k) => (existsSync(out) ? [] : [`${out}.part`, resolve(paths[k]!), 'Events']))
    if (missing.length > 0) {
      runCommand('mkdir', ['-p', join(WORK, 'rntuple')])
      process.stderr.write(`making ${missing.length / 3} RNTuples ...\n`)
      runCommand(root, ['-W', 'ignore', 'bench/import-ntuples.py', ...missing])
      for (const out of missing.filter((_, k) => k % 3 === 0)) renameSync(out, out.slice(0, -'.part'.length))
    }
    return made
  }
  await bench.claim('100,000 events: job on RNTuples / on TTrees', '', 'at most', 1, async () => {
    const trees = await eventFiles(10, bench.size, data)
    const [ours, other] = [bench.jobOn('main', imported(trees)).seconds, bench.jobOn('main', trees).seconds]
    return bench.ratios(
      () => ours(),
      () => other(),
    )
  })
  if (uproot !== null) {
    await bench.claim(
      '100,000 events as RNTuples: uproot opening and reading the 18 branches / job',
      '',
      'at least',
      20,
      async () => {
        const paths = imported(await eventFiles(10, bench.size, data))
        const ours = bench.jobOn('main', paths)
        return bench.ratios(
          () => uproot({ files: paths, branches: BRANCHES }).total! / 1000,
          () => ours.seconds(),
        )
      },
    )
  }
  await bench.claim('100,000 events as RNTuples: RDataFrame, whole process / job', '', 'at least', 4, async () => {
    const files = imported(await eventFiles(10, bench.size, data))
    const ours = bench.jobOn('main', files)
    const theirs = () => rdataframe(root, { files, golden: data.length === 0, threads: 1, passes: 1 }).seconds
    return bench.ratios(theirs, () => ours.seconds())
  })
  const jsroot = stockJsroot()
  if (jsroot !== null) {
    // as jsroot reads what this program writes, and not what ROOT's importer makes
    const paths = await ownNtuples(await eventFiles(10, bench.size, data))
    const args = [BRANCHES.join(','), ...paths.map(path => resolve(path))]
    const theirs = () => runCommand(process.execPath, [jsroot, ...args])
    const here = () => runCommand(process.execPath, [join(import.meta.dirname, 'read-ntuples.js'), ...args])
    const timesOf = ({ stdout }: Finished) => JSON.parse(stdout) as { sum: number; total: number }
    if (Math.abs(timesOf(theirs()).sum / timesOf(here()).sum - 1) > 1e-9) throw new Error('jsroot reads other numbers')
    const what = '100,000 events as RNTuples of this program: jsroot'
    await bench.claim(`${what} opening and reading the 18 branches / here`, '', 'at least', 3, () =>
      bench.ratios(
        () => timesOf(theirs()).total,
        () => timesOf(here()).total,
      ),
    )
    await bench.claim(`${what}, whole process / job`, '', 'at least', 3, () => {
      const ours = bench.jobOn('main', paths)
      return bench.ratios(
        () => theirs().seconds,
        () => ours.seconds(),
      )
    })
  }
  await bench.claim(
    'opening an RNTuple of 2,656 fields, first in the process / starting Node',
    '',
    'at most',
    0.35,
    async () => {
      const real = shared === null ? null : join(shared, 'data', 'nano_tt_v15.root')
      const shape = { events: 100, branches: quick ? 100 : 2656, electronFields: 0, compression: 'zlib' } as const
      const [path] = imported([real !== null && existsSync(real) ? real : await generated(0, shape)])
      return bench.ratios(() => runMicro('read', { path, branches: ['run'], repeats: 1 }).openFirst! / 1000, bareStart)
    },
  )
}
