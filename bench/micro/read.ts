/** Opening a file and reading branches of it, the first time in the process and again. */

import { openRootFile } from '../../lib/root/index.js'
import { collectYoung } from '../../lib/run/collect.js'
import { middle, type Times } from './times.js'

interface Input {
  readonly path: string
  /** Those that the file lacks are left out. */
  readonly branches: readonly string[]
  readonly repeats: number
}

export async function run({ path, branches, repeats }: Input): Promise<Times> {
  // The joined programs have it loaded.
  await import('../../lib/root/rntuple/open.js')
  const cold = await once(path, branches)
  const hot: Awaited<ReturnType<typeof once>>[] = []
  for (let k = 0; k < repeats; k++) hot.push(await once(path, branches))
  return {
    openFirst: cold.open,
    openAgain: middle(hot.map(times => times.open)),
    readFirst: cold.read,
    readAgain: middle(hot.map(times => times.read)),
    entries: cold.entries,
  }
}

async function once(
  path: string,
  branches: readonly string[],
): Promise<{ open: number; read: number; entries: number }> {
  const start = performance.now()
  const file = await openRootFile(path)
  const tree = await file.tree('Events')
  const opened = performance.now()
  const there = branches.filter(name => tree.has(name))
  const begin = performance.now()
  await tree.read(there, 0, tree.entries)
  // As executors do after each chunk; it is part of what reading costs.
  collectYoung()
  const read = performance.now()
  await file.close()
  return { open: opened - start, read: read - begin, entries: tree.entries }
}
