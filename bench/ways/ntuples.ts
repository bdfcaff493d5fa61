/** The files of random configurations as RNTuples, which ROOT's importer makes of their trees: in small clusters and pages. */
import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Source } from '../differential/catalog.js'

/** Path of a file -> path of its RNTuple, for all of which one can be made. python: one with ROOT. */
export function makeNtuples(python: string, sources: readonly Source[], folder: string): ReadonlyMap<string, string> {
  mkdirSync(folder, { recursive: true })
  const inTopFolder = sources.filter(({ tree }) => !tree.includes('/'))
  const paths = new Map(inTopFolder.map(({ path }, k) => [path, join(folder, `${k}-${basename(path)}`)]))
  const args = inTopFolder.flatMap(({ path, tree }) => [paths.get(path)!, path, tree])
  const printed = execFileSync(python, ['-W', 'ignore', 'bench/import-ntuples.py', '--small', ...args], {
    encoding: 'utf8',
  })
  const made = new Set(printed.split('\n'))
  return new Map([...paths].filter(([, ntuple]) => made.has(ntuple)))
}
