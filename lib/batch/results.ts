/** What jobs leave behind: the results of a group's chunks, or why there are none.
 *
 *    results/<group>: a record a chunk, as in a journal, then one with the job's facts */

import { closeSync, openSync, renameSync, rmSync, writevSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { deserialize, serialize } from 'node:v8'
import { temporaryName } from '../bytes/temporary-name.js'
import { isObject } from '../core/is-object.js'
import type { ChunkResult } from '../graph/segment.js'
import { readAt, recordHeader, scanRecords } from '../journal/records.js'
import { decodeBody, encodeBody } from '../run/body.js'
import type { WireError } from '../run/messages.js'
import { readJson } from './documents.js'
import { type RunFolder, writeWhole } from './folder.js'

/** Of the job that did a group. */
export interface JobFacts {
  readonly host: string
  readonly seconds: number
  readonly peakBytes: number
  readonly chunks: number
}

export interface Failure {
  /** error: as on any executor, and again each time; read: a file that may not be skipped; memory: more than the job has; killed: by a
   *  signal, or the program broke; place: the job's host lacks something; ended: by the batch system. */
  readonly kind: 'error' | 'read' | 'memory' | 'killed' | 'place' | 'ended'
  readonly message: string
  readonly host: string
  readonly error?: WireError
  /** Of read: Python's name of the exception. */
  readonly exception?: string
}

/** Appends results to a file that gets its name at the end. */
export class ResultWriter {
  readonly #path: string
  readonly #temporary: string
  readonly #file: number
  #chunks = 0
  #isOpen = true

  constructor(folder: RunFolder, group: string) {
    this.#path = folder.file('results', group)
    this.#temporary = folder.file('results', temporaryName(group))
    this.#file = openSync(this.#temporary, 'wx', 0o600)
  }

  add(result: ChunkResult): void {
    this.#append(encodeBody(result))
    this.#chunks++
  }

  commit(facts: Omit<JobFacts, 'chunks'>): void {
    this.#append([serialize({ ...facts, chunks: this.#chunks } satisfies JobFacts)])
    this.#close()
    renameSync(this.#temporary, this.#path)
  }

  discard(): void {
    this.#close()
    rmSync(this.#temporary, { force: true })
  }

  #close(): void {
    if (this.#isOpen) closeSync(this.#file)
    this.#isOpen = false
  }

  #append(payload: readonly Uint8Array[]): void {
    let pieces: readonly Uint8Array[] = [recordHeader(...payload), ...payload]
    for (let left = pieces.reduce((sum, piece) => sum + piece.length, 0); left > 0; ) {
      const written = writevSync(this.#file, pieces)
      left -= written
      if (left > 0) pieces = [Buffer.concat(pieces).subarray(written)]
    }
  }
}

/** null: these bytes are something else, such as a record of a file that was cut between two. */
function factsIn(bytes: Buffer): JobFacts | null {
  try {
    return deserialize(bytes) as JobFacts | null
  } catch {
    return null
  }
}

/** The results of a group, one at a time; null: the file is not what a job wrote (it is damaged). */
export async function readResults(folder: RunFolder, group: string): Promise<AsyncIterable<ChunkResult> | null> {
  const path = folder.file('results', group)
  const found = await scanRecords(path).catch(error => {
    if (error instanceof Error && error.name === 'UsageError') return null
    throw error
  })
  if (found === null || found.end !== found.size || found.places.length === 0) return null
  const chunks = found.places.slice(0, -1)
  const file = await open(path, 'r')
  try {
    const facts = factsIn(await readAt(file, found.places.at(-1)!))
    if (facts?.chunks !== chunks.length) return null
  } finally {
    await file.close()
  }
  return (async function* () {
    const file = await open(path, 'r')
    try {
      for (const place of chunks) yield decodeBody(await readAt(file, place)) as ChunkResult
    } finally {
      await file.close()
    }
  })()
}

export function readFailure(folder: RunFolder, group: string): Failure | null {
  return readJson<Failure>(folder.file('failed', `${group}.json`), isFailure)
}

function isFailure(value: unknown): boolean {
  return isObject(value) && [value.kind, value.message, value.host].every(text => typeof text === 'string')
}

export function writeFailure(folder: RunFolder, group: string, failure: Failure): void {
  writeWhole(folder.file('failed', `${group}.json`), `${JSON.stringify(failure)}\n`)
}

export function forgetFailure(folder: RunFolder, group: string): void {
  rmSync(folder.file('failed', `${group}.json`), { force: true })
}
