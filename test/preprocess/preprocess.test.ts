import { writeFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, is, match, unreachable } from 'uvu/assert'
import { decodeForm } from '../../lib/config/index.js'
import type { DataError, UsageError } from '../../lib/core/errors.js'
import type { Chunk, Context } from '../../lib/core/types.js'
import { type PreprocessOptions, preprocess } from '../../lib/preprocess/index.js'
import { closeTrees, decodeBranches, partitions } from '../../lib/stages/index.js'
import { scratch } from '../support/cli.js'
import { rootFile } from '../support/root-writer.js'

const files = scratch()
/** A file with one branch, and with baskets that begin at `baskets`. */
async function written(name: string, entries: number, baskets: readonly number[] = [0]): Promise<string> {
  const branch = {
    name: 'x',
    dtype: 'int32' as const,
    values: Int32Array.from({ length: entries }, (_, i) => i),
    baskets,
  }
  const path = files.path(name)
  writeFileSync(path, await rootFile([{ path: 'Events', entries, branches: [branch] }]))
  return path
}
const good = await written('good.root', 1000, [0, 300, 700])
const empty = await written('empty.root', 0, [])
const missing = files.path('missing.root')
const text = files.path('text.root')
writeFileSync(text, 'no ROOT file, though it is called one, and long enough to have had a header: '.repeat(10))
const UUID = '00000000-0000-0000-0000-000000000000'

const fileOf = (steps: unknown, n: number | null, uuid: string | null = UUID) => ({
  object_path: 'Events',
  steps,
  num_entries: n,
  format: 'root',
  lfn: null,
  pfn: null,
  uuid,
  num_selected_entries: n,
})
const dataset = (paths: Record<string, unknown>, form: unknown = null) => ({
  files: paths,
  metadata: { isMC: false },
  format: 'root',
  compressed_form: form,
  did: null,
})
const given = (...paths: string[]) => ({
  DY: { files: Object.fromEntries(paths.map(p => [p, 'Events'])), metadata: { isMC: false } },
})
const HALVES = [
  [0, 500],
  [500, 1000],
]

async function failure(fileset: object, options: PreprocessOptions): Promise<Error> {
  try {
    await preprocess(fileset as Record<string, unknown>, options)
  } catch (error) {
    return error as Error
  }
  return unreachable('did not fail') as never
}

test('both filesets as coffea writes them, key by key: bad files are left out of one and as given in the other', async () => {
  const warnings: string[] = []
  const { available, updated } = await preprocess(given(good, missing, empty), {
    stepSize: 400,
    saveForm: false,
    skipBadFiles: true,
    onWarning: message => warnings.push(message),
  })
  const readable = { [good]: fileOf(HALVES, 1000), [empty]: fileOf([[0, 0]], 0) }
  is(JSON.stringify(available), JSON.stringify({ DY: dataset(readable) }))
  const all = { [good]: readable[good], [missing]: fileOf(null, null, null), [empty]: readable[empty] }
  is(JSON.stringify(updated), JSON.stringify({ DY: dataset(all) }))
  is(warnings.length, 1)
  match(warnings[0]!, `skipped ${missing} (FileNotFoundError`)
})

test('the form of the columns is stored unless told otherwise', async () => {
  const { available } = await preprocess(given(good), {})
  const form = decodeForm(available.DY!.compressed_form!) as { class: string; fields: string[] }
  equal([form.class, form.fields], ['RecordArray', ['x']])
  equal(available.DY!.files[good]!.steps, [[0, 1000]])
})

test('files that differ in branches: the form has what they have alike, and says what it has not; saveForm insists', async () => {
  const values = Int32Array.from({ length: 10 }, (_, i) => i)
  const made = async (name: string, ...branches: string[]) => {
    const path = files.path(name)
    const all = branches.map(branch => ({ name: branch, dtype: 'int32' as const, values, baskets: [0] }))
    writeFileSync(path, await rootFile([{ path: 'Events', entries: 10, branches: all }]))
    return path
  }
  const paths = [await made('v1.root', 'x', 'y', 'old'), await made('v2.root', 'x', 'y', 'new')]
  const warnings: string[] = []
  const { available } = await preprocess(given(...paths), { onWarning: message => warnings.push(message) })
  const form = decodeForm(available.DY!.compressed_form!) as { fields: string[] }
  equal([...form.fields].sort(), ['x', 'y'])
  equal(Object.keys(available.DY!.files).length, 2)
  is(warnings.length, 1)
  match(
    warnings[0]!,
    /^dataset "DY": the form is saved without 2 branches that its files do not have alike: (old, new|new, old)$/,
  )
  try {
    await preprocess(given(...paths), { saveForm: true })
    unreachable()
  } catch (error) {
    match((error as DataError).message, /branch "(old|new)" is not in all files, so the form cannot be saved/)
  }
})

test('aligned steps begin where baskets do, and long ones are warned about', async () => {
  const warnings: string[] = []
  const onWarning = (message: string) => warnings.push(message)
  const { available } = await preprocess(given(good), { stepSize: 400, alignClusters: true, onWarning })
  equal(available.DY!.files[good]!.steps, [
    [0, 700],
    [700, 1000],
  ])
  match(warnings.join(), /the clusters make steps \[0, 700\), over 50 % longer than 400/)
})

test('steps are kept where the UUID is the same, unless they are to be made again', async () => {
  const known = (uuid: string) => ({
    DY: { files: { [good]: { object_path: 'Events', steps: [[0, 100]], num_entries: 1000, uuid } } },
  })
  const stepsOf = async (uuid: string, options: PreprocessOptions) =>
    (await preprocess(known(uuid), { stepSize: 400, ...options })).available.DY!.files[good]!
  const kept = await stepsOf(UUID, {})
  equal([kept.steps, kept.num_selected_entries], [[[0, 100]], 100])
  equal((await stepsOf(UUID, { recalculateSteps: true })).steps, HALVES)
  equal((await stepsOf('another', {})).steps, HALVES)
})

test('the first bad file in the order of the fileset ends it where none may be skipped', async () => {
  const error = await failure(given(good, missing, text), {})
  is((error as DataError).exception, 'FileNotFoundError')
})

test('what is not among the exceptions ends it even where bad files are skipped', async () => {
  const error = await failure(given(good, text), { skipBadFiles: true })
  is((error as DataError).exception, 'ValueError')
  const { available } = await preprocess(given(good, text), { skipBadFiles: true, fileExceptions: ['ValueError'] })
  equal(Object.keys(available.DY!.files), [good])
})

test('a dataset without a readable file is an error, or left out and unprocessed in the other fileset', async () => {
  const fileset = { none: { files: { [missing]: 'Events' } }, ...given(good) }
  match((await failure(fileset, { skipBadFiles: true })).message, 'dataset "none": no file can be read')
  const { available, updated } = await preprocess(fileset, { skipBadFiles: true, allowEmptyDatasets: true })
  equal(Object.keys(available), ['DY'])
  equal(updated.none!.files, { [missing]: fileOf(null, null, null) })
})

test('options that make no sense are told together', async () => {
  const error = await failure(given(good), { stepSize: 0, jobs: 1.5, fileExceptions: ['OSErorr'] })
  is((error as UsageError).problems.length, 3)
  match(error.message, 'Nearest: "OSError"')
})

test('the fileset may list files, and metadata stay as they were given', async () => {
  const { available } = await preprocess({ DY: [`${good}:Events`] }, { saveForm: false })
  equal(available.DY!.metadata, {})
  equal(Object.keys(available.DY!.files), [good])
})

test('progress counts all files, and an abort stops between two of them', async () => {
  const done: number[] = []
  const abort = new AbortController()
  const onProgress = ({ filesDone, files: all }: { filesDone: number; files: number }) => {
    done.push(filesDone, all)
    abort.abort(new Error('stopped'))
  }
  const error = await failure(given(good, empty), { jobs: 1, signal: abort.signal, onProgress })
  equal([done, error.message], [[1, 2], 'stopped'])
})

const CONTEXT = { signal: new AbortController().signal } as Context

async function decode(known: { uuid: string | null; numEntries: number | null }): Promise<string> {
  const [chunk] = partitions('DY', [{ path: good, tree: 'Events', steps: [[0, 10]], ...known }])
  const { map } = decodeBranches({ branches: ['x'], layout: null })
  try {
    return `${(await map(chunk as Chunk, CONTEXT))!.length} events`
  } catch (error) {
    return `${(error as DataError).exception}: ${(error as Error).message}`
  } finally {
    await closeTrees()
  }
}

test('a file that was replaced after preprocessing is not read by its old steps', async () => {
  is(await decode({ uuid: UUID, numEntries: 1000 }), '10 events')
  is(await decode({ uuid: null, numEntries: null }), '10 events')
  const changed = `ValueError: ${good} > Events: file has changed since it was preprocessed`
  is(
    await decode({ uuid: 'other', numEntries: null }),
    `${changed} (got uuid ${UUID}, 1000 entries, the fileset says uuid other). Run preprocess again.`,
  )
  is(
    await decode({ uuid: UUID, numEntries: 999 }),
    `${changed} (got uuid ${UUID}, 1000 entries, the fileset says uuid ${UUID}, 999 entries). Run preprocess again.`,
  )
})

test.after(() => files.remove())
test.run()
