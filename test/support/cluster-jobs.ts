/** Jobs for tests of clusters: long enough to be disturbed, with stages that fail as they are told. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { equal } from 'uvu/assert'
import type { Scratch } from './cli.js'

/** A stage on events, of which `body` does something before it hands them on. */
export function stageModule(dir: string, body: string, name = 'stage.mjs'): string {
  const path = join(dir, name)
  const text = `import { appendFileSync, existsSync, writeFileSync } from 'node:fs'
const sleep = ms => new Promise(done => setTimeout(done, ms))
const state = globalThis.stageState ??= { kept: [], calls: 0 }
export default {
  kind: 'map', on: 'events', name: 'own', reads: [], adds: [], addedTypes: {},
  async map(batch) {
    const { start } = batch.chunk
    ${body}
    return batch
  },
}
`
  writeFileSync(path, text)
  return path
}

/** `chunks` chunks of ten events each of a file of the shared data; tables of the pairs. Names are given in `dir`, whose files the
 *  program must be able to read. */
export function chunkedJob(
  files: Pick<Scratch, 'json'>,
  data: string,
  {
    chunks = 100,
    stage,
    perFile = 20,
  }: { readonly chunks?: number; readonly stage?: string; readonly perFile?: number } = {},
): string[] {
  const runner = {
    workflow: 'ElectronTagNProbeFromNanoAOD',
    workflow_args: { filters: { 'cutBased >= 4': 'cutBased >= 4' } },
    methods: [{ name: 'get_tnp_arrays', args: { vars: ['el_pt', 'el_eta'], flat: true } }],
  }
  const steps = Array.from({ length: chunks }, (_, k) => [k * 10, k * 10 + 10])
  const fileset = {
    Data: { files: { [join(data, 'DYto2E.root')]: { object_path: 'Events', steps } }, metadata: { isMC: false } },
  }
  const own = stage === undefined ? [] : ['--stage', stage]
  const documents = ['--config', files.json('runner.json', runner), '--fileset', files.json('fileset.json', fileset)]
  return [...documents, '--no-progress', '--repartition-n-to-one', String(perFile), ...own]
}

/** Known by it are the processes of these tests, among those of others: they inherit it. */
const MARK = `TNP_TEST_MARK=${process.pid}`
process.env.TNP_TEST_MARK = String(process.pid)

/** Bridges, Dask and Node workers of these tests that run now, by their command lines; also those whose environment has `pool`. */
export function leftovers(pool?: string): string[] {
  const found: string[] = []
  for (const pid of readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      if (!/(cluster-worker|node-worker|batch-worker)\.js|bridge\.py|distributed\.cli\.dask_worker/.test(command))
        continue
      const environment = readFileSync(`/proc/${pid}/environ`, 'utf8')
      if (environment.split('\0').includes(MARK) || (pool !== undefined && environment.includes(pool))) {
        found.push(`${pid} ${command}`)
      }
    } catch {
      // It has ended meanwhile.
    }
  }
  return found
}

/** Nothing of a run is left, within a time. `before`: what was there before it. */
export async function nothingLeft({
  before = [],
  seconds = 10,
  pool,
}: {
  before?: readonly string[]
  seconds?: number
  pool?: string
} = {}): Promise<void> {
  const left = () => leftovers(pool).filter(one => !before.includes(one))
  for (const end = Date.now() + seconds * 1000; left().length > 0 && Date.now() < end; ) {
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  equal(left(), [])
}

/** The process numbers of those whose command line has the text. */
export function processesOf(text: string): number[] {
  return leftovers()
    .filter(command => command.includes(text))
    .map(command => Number(command.split(' ')[0]))
}

/** Waits until it holds. */
export async function until(holds: () => unknown, what: string, seconds = 60): Promise<void> {
  for (const end = Date.now() + seconds * 1000; ; ) {
    if (await holds()) return
    if (Date.now() > end) throw new Error(`waited ${seconds} s for ${what}`)
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}

/** The same for what is done beside a run whose end is looked at: where it never holds that is told, and nothing is done, so that the
 *  test fails by its own words and not the whole suite by a promise that nobody waits for. */
export function once(holds: () => unknown, what: string): Promise<void> {
  return until(holds, what).catch(error => {
    process.stderr.write(`${error.message}\n`)
    return new Promise<void>(() => {})
  })
}
