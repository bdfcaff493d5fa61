/** What runs leave for themselves: journals, locks, folders of batch runs. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { serialize } from 'node:v8'
import { RunFolder } from '../../../lib/batch/folder.js'
import { readFailure, readResults } from '../../../lib/batch/results.js'
import { currentGroups, groupStates, openArrays } from '../../../lib/batch/states.js'
import { submissions } from '../../../lib/batch/submissions.js'
import type { Chunk } from '../../../lib/core/types.js'
import { encodeEntry, keyOf } from '../../../lib/journal/entry.js'
import { differences } from '../../../lib/journal/identity.js'
import { takeLock } from '../../../lib/journal/lock.js'
import { readJournal } from '../../../lib/journal/read.js'
import { recordHeader } from '../../../lib/journal/records.js'
import { encodeBody } from '../../../lib/run/body.js'
import { applyEdits, byteTarget, type Edit, randomEdits, shrinkEdits } from '../edits.js'
import { mutateJson, mutateText, shrinkJson, shrinkText } from '../json-edits.js'
import { type Json, pick, type Target, Wrong } from '../target.js'

const IDENTITY = { version: '1', 'options / tagsPtCut': '35' }
const RESULT = {
  chunk: null,
  items: new Map<string, unknown>([['fill', { cells: new Int32Array(300), weights: new Float64Array(3) }]]),
  counts: [],
}

function chunk(partition: number): Chunk {
  return {
    dataset: 'D',
    file: `f${partition}.root`,
    tree: 'Events',
    start: 0,
    stop: 10,
    partition,
    part: 0,
    metadata: {},
  } as unknown as Chunk
}

function record(payload: readonly Uint8Array[]): Buffer {
  return Buffer.concat([recordHeader(...payload), ...payload])
}

/** Records have checksums: what is read is the beginning of what was written. */
export async function journals(): Promise<Target> {
  const entries = Array.from({ length: 5 }, (_, k) => {
    const head = {
      pass: 'run D',
      chunk: chunk(k),
      parts: [{ leaf: 'l', at: 'D/a.parquet', start: 10 * k, length: 10, crc: k }],
      made: [],
    }
    return { key: keyOf('run D', chunk(k)), bytes: record(encodeEntry(head, encodeBody(RESULT))) }
  })
  const bytes = Buffer.concat([record([serialize(IDENTITY)]), ...entries.map(one => one.bytes)])
  const keys = entries.map(one => one.key)
  return byteTarget([{ name: 'journal', bytes }], async (damaged, scratch) => {
    const path = join(scratch, 'journal')
    writeFileSync(path, damaged)
    const found = await readJournal(path)
    if (found === null) return 'none'
    if (differences(found.identity, IDENTITY).length > 0) throw new Wrong('another identity, under its checksum')
    const known = [...found.known.keys()]
    // A record that was copied over another is a whole one.
    if (known.some(key => !keys.includes(key))) throw new Wrong(`a chunk that was not there: ${known.join(', ')}`)
    return known.length === keys.length ? 'all' : 'some'
  }) as Target
}

export async function locks(): Promise<Target> {
  const good: Json = { pid: 1, host: 'elsewhere', began: '123' }
  const target: Target<{ readonly text: string }> = {
    make: random => {
      const text = JSON.stringify(random.chance(0.6) ? mutateJson(good, random) : good)
      return { text: random.chance(0.5) ? mutateText(text, random) : text }
    },
    run: async ({ text }, scratch) => {
      const path = join(scratch, 'lock')
      writeFileSync(path, text)
      const lock = await takeLock(path, scratch)
      await lock.release()
      return lock.wasStale ? 'stale' : 'free'
    },
    *shrink({ text }) {
      for (const shorter of shrinkText(text)) yield { text: shorter }
    },
  }
  return target as Target
}

const RUN: Json = {
  format: 1,
  id: 'abc123',
  version: '0.1.0',
  system: 'slurm',
  created: '2024-01-01T00:00:00.000Z',
  command: ['tnp-pipe', 'run'],
  cwd: '/',
  output: 'out',
  datasets: ['D'],
  resources: { cores: 1, memoryBytes: 1e9, scaleout: null, logFolder: null },
  identity: IDENTITY,
}
const FILES: Readonly<Record<string, Json>> = {
  'run.json': RUN,
  'passes/run.json': {
    pass: 'run',
    dataset: 'D',
    phase: 'run',
    created: '2024-01-01T00:00:01.000Z',
    eventsPerFile: 100,
    groups: [
      { id: 'g1', chunks: 2, events: 20 },
      { id: 'g2', chunks: 2, events: 20 },
      { id: 'g3', chunks: 2, events: 20 },
    ],
  },
  'submissions/1.json': {
    number: 1,
    tag: 'tnp-pipe-abc-1',
    at: '2024-01-01T00:00:02.000Z',
    groups: ['g1', 'g2', 'g3'],
    logs: 'logs/1',
    array: { id: '77' },
  },
  'failed/g2.json': { kind: 'error', message: 'no', host: 'h', error: { name: 'DataError', message: 'x' } },
  'split/g3.json': ['g4', 'g5'],
}

type BatchCase = {
  readonly files: { readonly [name: string]: Json }
  readonly results: readonly Edit[]
  readonly groups: readonly Edit[]
}

export async function batchRuns(): Promise<Target> {
  const facts = record([serialize({ host: 'h', seconds: 1, peakBytes: 1, chunks: 2 })])
  const results = Buffer.concat([
    record(encodeBody({ ...RESULT, chunk: chunk(0) })),
    record(encodeBody({ ...RESULT, chunk: chunk(1) })),
    facts,
  ])
  const groups = serialize([chunk(0), chunk(1)])
  const target: Target<BatchCase> = {
    make: random => {
      const name = pick(random, Object.keys(FILES))
      const value = mutateJson(FILES[name]!, random)
      // As text where it is to be damaged as such.
      const file = random.chance(0.2) ? { text: mutateText(JSON.stringify(FILES[name]), random) } : value
      return {
        files: random.chance(0.8) ? { [name]: file } : {},
        results: random.chance(0.2) ? randomEdits(random, results) : [],
        groups: random.chance(0.1) ? randomEdits(random, groups) : [],
      }
    },
    run: async (one, scratch) => {
      const folder = new RunFolder(join(scratch, 'run'))
      folder.make()
      mkdirSync(join(folder.path, 'specs'), { recursive: true })
      for (const [name, good] of Object.entries(FILES)) {
        const value = Object.hasOwn(one.files, name) ? one.files[name]! : good
        const isText = typeof value === 'object' && value !== null && Object.keys(value).join() === 'text'
        writeFileSync(join(folder.path, name), isText ? (value as { text: string }).text : JSON.stringify(value))
      }
      writeFileSync(folder.file('results', 'g1'), applyEdits(results, one.results))
      writeFileSync(folder.file('groups', 'g2'), applyEdits(groups, one.groups))
      folder.document()
      const all = submissions(folder)
      openArrays(folder, all)
      const states = groupStates(
        folder,
        currentGroups(folder),
        all,
        new Map([['77.0', { state: 'running', reason: '' }]]),
      )
      readFailure(folder, 'g2')
      folder.chunksOf('g2')
      const found = await readResults(folder, 'g1')
      let read = 0
      if (found !== null) for await (const { chunk: of } of found) if (of.file === `f${read}.root`) read++
      if (found !== null && read !== 2) throw new Wrong(`${read} results of 2, under their checksums`)
      return `${states.length} states, ${found === null ? 'damaged results' : 'results'}`
    },
    *shrink(one) {
      for (const files of shrinkJson(one.files)) yield { ...one, files: files as BatchCase['files'] }
      for (const edits of shrinkEdits(one.results)) yield { ...one, results: edits }
      for (const edits of shrinkEdits(one.groups)) yield { ...one, groups: edits }
    },
  }
  return target as Target
}
