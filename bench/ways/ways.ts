/** Every way in which one job can be run here. Each gives the bytes that the plain one gives, or refuses where that one refuses. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { preprocess } from '../../lib/preprocess/index.js'
import type { Comparing } from '../../test/support/same-outputs.js'
import { bash } from '../../test/support/shell.js'
import type { Source } from '../differential/catalog.js'
import type { Configuration } from '../differential/generate.js'
import { type Documents, type Outcome, runHere } from '../differential/ours.js'

export interface Way {
  readonly name: string
  /** Whether it can do what the configuration asks for. */
  readonly fits: (c: Configuration) => boolean
  readonly run: (documents: Documents, output: string, c: Configuration, folder: string) => Promise<Outcome>
  readonly comparing: Comparing
  /** Texts of reports that stand for others there. */
  readonly renamed?: ReadonlyMap<string, string>
}

const ALL: Comparing = { args: true }
const WHOLE_RUN = resolve('examples/whole-run.sh')

const threads: Way = {
  name: 'two threads',
  fits: () => true,
  run: (documents, output, c) => runHere(documents, output, c.options, { executor: 'threads', workers: 2 }),
  comparing: ALL,
}

const processes: Way = {
  name: 'two processes',
  fits: () => true,
  run: (documents, output, c) => runHere(documents, output, c.options, { executor: 'processes', workers: 2 }),
  comparing: ALL,
}

const journal: Way = {
  name: 'a journal',
  fits: () => true,
  run: (documents, output, c) => runHere(documents, output, c.options, { executor: 'sync', journal: true }),
  comparing: ALL,
}

const pipe: Way = {
  name: 'a pipe of stages',
  fits: ({ options }) => Object.keys(options).length === 0,
  run: async ({ config, fileset, settings, binning }, output) => {
    const args = [WHOLE_RUN, config, fileset, output]
    if (settings !== null) args.push('--settings', settings)
    if (binning !== null) args.push('--binning', binning)
    const { status, stderr } = await bash('"$@"', args)
    return {
      status: status === 0 ? 'done' : stderr.includes('    at ') ? 'crashed' : 'refused',
      message: stderr,
      warnings: [],
    }
  },
  comparing: ALL,
}

/** Whole files become steps, so that reports name other ranges. Steps without the file's UUID would be made anew, as by coffea. */
const preprocessed: Way = {
  name: 'preprocess, then run',
  fits: c => !toleratesFailures(c) && !listsTwice(c) && !JSON.stringify(c.fileset).includes('"steps"'),
  run: async (documents, output, c, folder) => {
    const given = join(folder, 'preprocessed.json')
    try {
      const { available } = await preprocess(documents.fileset)
      writeFileSync(given, JSON.stringify(available))
    } catch (error) {
      return { status: 'refused', message: String(error), warnings: [] }
    }
    return runHere({ ...documents, fileset: given }, output, c.options)
  },
  comparing: { args: false },
}

function toleratesFailures({ runner }: Configuration): boolean {
  return runner.methods.some(({ args }) => {
    const { uproot_options: options } = args as { uproot_options?: { allow_read_errors_with_report?: unknown } }
    return Boolean(options?.allow_read_errors_with_report)
  })
}

/** Under another name: preprocess takes a file once. */
function listsTwice({ fileset }: Configuration): boolean {
  return JSON.stringify(fileset).includes('"./')
}

/** paths: file -> its RNTuple, where there is one. sources: all files. */
function onNtuples(paths: ReadonlyMap<string, string>, sources: readonly Source[]): Way {
  const others = sources.map(({ path }) => path).filter(path => !paths.has(path))
  const inText = (text: string) => {
    let out = text
    for (const [path, made] of paths) out = out.replaceAll(JSON.stringify(path), JSON.stringify(made))
    return out.replaceAll(/"(\.\/)?([^":]+):(\w+)"/g, (whole, dot, path, tree) =>
      paths.has(path) ? `"${dot ?? ''}${paths.get(path)}:${tree}"` : whole,
    )
  }
  return {
    name: 'RNTuples',
    fits: c => !listsTwice(c) && !others.some(path => JSON.stringify(c.fileset).includes(path)),
    run: async (documents, output, c, folder) => {
      const given = join(folder, 'ntuples.json')
      writeFileSync(given, inText(readFileSync(documents.fileset, 'utf8')))
      return runHere({ ...documents, fileset: given }, output, c.options)
    },
    comparing: ALL,
    renamed: new Map([...paths].map(([path, made]) => [made, path])),
  }
}

export function ways(ntuples: ReadonlyMap<string, string> | null, sources: readonly Source[]): Way[] {
  return [threads, processes, journal, pipe, preprocessed, ...(ntuples === null ? [] : [onNtuples(ntuples, sources)])]
}
