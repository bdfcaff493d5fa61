/** Opening trees, reading branches, writing tables. */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Compression } from '../../test/support/root-compress.js'
import { generated, WORK } from '../inputs.js'
import { BRANCHES } from '../job.js'
import { runCommand, runMicro } from '../processes.js'
import { type Bench, bareStart } from './bench.js'
import type { Reading, Times } from './peers.js'

export async function opening(bench: Bench): Promise<void> {
  const real = bench.shared === null ? null : join(bench.shared, 'data', 'nano_tt_v15.root')
  const wideFile = async () =>
    real !== null && existsSync(real)
      ? real
      : generated(0, { events: 100, branches: bench.quick ? 100 : 2656, electronFields: 0, compression: 'zlib' })
  const open = (path: string): number => runMicro('read', { path, branches: ['run'], repeats: 1 }).openFirst!
  await bench.claim(
    'opening a tree of 2,656 branches, first in the process / starting Node',
    '',
    'at most',
    0.35,
    async () => {
      const path = await wideFile()
      return bench.ratios(() => open(path) / 1000, bareStart)
    },
  )
  await bench.claim('opening it: jsroot / here', '', 'at least', 8, async () => {
    const path = await wideFile()
    return bench.ratios(
      () => jsrootTimes(path).openFirst!,
      () => open(path),
    )
  })
}

/** Opening, and reading the 18 branches where `branches` says so. */
export function jsrootTimes(path: string): Times {
  return JSON.parse(runCommand(process.execPath, ['bench/peers/jsroot-open.mjs', resolve(path)]).stdout) as Times
}

export async function readingBranches(bench: Bench): Promise<void> {
  const { size, shared, uproot, groot } = bench
  const lzma = shared === null ? null : join(shared, 'data', 'bench', 'dy20k_lzma.root')
  const codecs: (readonly [name: string, path: () => Promise<string> | string, target: number])[] = (
    ['zstd', 'zlib', 'lz4'] satisfies Compression[]
  ).map(name => [
    name.toUpperCase(),
    () => generated(0, { events: size.eventsPerFile, branches: 40, electronFields: 0, compression: name }),
    1.5,
  ])
  codecs.push([
    'LZMA',
    () => (lzma !== null && existsSync(lzma) ? lzma : join('fixtures', 'root', 'nano-data.root')),
    0.6,
  ])
  const ownRead = ({ files: [path], branches, repeats }: Reading) =>
    runMicro('read', { path, branches, repeats }).readAgain!
  for (const [name, file, target] of codecs) {
    for (const [peer, read, least] of [
      ['uproot', uproot, target],
      ['groot', groot, null],
    ] as const) {
      if (read === null) continue
      await bench.claim(`reading 18 branches again, ${name}: ${peer} / here`, '', 'at least', least, async () => {
        const reading = { files: [await file()], branches: BRANCHES, repeats: 15 }
        return bench.ratios(
          () => read(reading).readAgain!,
          () => ownRead(reading),
        )
      })
    }
  }
}

export async function writingParquet(bench: Bench): Promise<void> {
  const { quick } = bench
  for (const [kind, columns, what] of [
    ['flat', 150, '150 flat columns'],
    ['lists', 20, '20 list columns'],
  ] as const) {
    const rows = quick ? 200 : 200_000
    const input = { kind, columns, rows, repeats: 3, path: join(WORK, 'columns.parquet') }
    await bench.claim(`writing Parquet, ${what}`, 'rows/s', 'at least', null, () =>
      bench.repeat(() => (1000 * rows) / runMicro('parquet', input).again!),
    )
    const newer = bench.newerNode()
    if (newer === null) continue
    await bench.claim(`the same, Node 22.15 or later / libzstd's part of it`, '', 'at most', 2, () =>
      bench.repeat(() => {
        const { again, compressing } = runMicro('parquet', input, newer)
        return again! / compressing!
      }),
    )
  }
}
