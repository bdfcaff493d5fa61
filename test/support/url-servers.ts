/** What the tests of URLs as paths share: two servers with the fixtures, jobs, and what jobs give for local paths. */
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { equal, ok } from 'uvu/assert'
import { filesBelow, type Outcome, type Scratch, scratch } from './cli.js'
import { bash } from './shell.js'
import { haveXrootd } from './xrootd-recipes.js'
import { startServer, type TestServer } from './xrootd-servers.js'

export let dir: Scratch
export let server: TestServer
export let web: TestServer

/** Starts both with the fixtures, where a stock server can be had. */
export async function startUrlServers(): Promise<void> {
  if (!haveXrootd()) return
  dir = scratch()
  const data = dir.path('data')
  mkdirSync(data)
  cpSync('fixtures', join(data, 'fixtures'), { recursive: true })
  ;[server, web] = await Promise.all([startServer('plain', { data }), startServer('http', { data })])
}

export async function stopUrlServers(): Promise<void> {
  await server?.stop()
  await web?.stop()
  dir?.remove()
}

export const NAMES = ['runner', 'fileset', 'settings', 'binning'] as const
export const MAIN = 'fixtures/config'

export interface Json {
  readonly [key: string]: Json
}

/** Every path of the fixtures behind a prefix: files, and those that metadata name. */
export function moved(json: unknown, prefix: string): unknown {
  if (typeof json === 'string') return json.startsWith('fixtures/root/') ? prefix + json : json
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return json
  return Object.fromEntries(
    Object.entries(json).map(([key, value]) => [moved(key, prefix) as string, moved(value, prefix)]),
  )
}

export function readJson(path: string): Json {
  return JSON.parse(readFileSync(path, 'utf8'))
}

/** Puts a document on both servers, and gives its path there. */
export function served(name: string, content: unknown): string {
  for (const one of [server, web]) {
    mkdirSync(join(one.data, 'documents'), { recursive: true })
    writeFileSync(join(one.data, 'documents', name), typeof content === 'string' ? content : JSON.stringify(content))
  }
  return `documents/${name}`
}

export function pipe(args: readonly string[], env: Record<string, string> = {}): Promise<Outcome> {
  return bash('tnp-pipe "$@"', args, { env: { XDG_STATE_HOME: dir.path('state'), ...env } })
}

export async function done(outcome: Promise<Outcome>): Promise<Outcome> {
  const ended = await outcome
  equal(ended.status, 0, ended.stderr)
  return ended
}

/** All bytes; of reports what does not tell of time, transport and place. */
export function comparable(folder: string): Map<string, string> {
  return new Map(
    [...filesBelow(folder)].map(([name, bytes]) => {
      if (!name.endsWith('report.json')) return [name, bytes.toString('latin1')]
      const entries = JSON.parse(bytes.toString()) as { args: string[]; exception: unknown }[]
      const args = entries.map(entry => entry.args.map(arg => arg.replace(/^'\w+:\/\/[^']*?\/+fixtures/, "'fixtures")))
      return [name, JSON.stringify([args, entries.map(entry => entry.exception)])]
    }),
  )
}

export function same(got: Map<string, string>, want: Map<string, string>, label: string): void {
  ok(want.size > 0, label)
  equal([...got.keys()], [...want.keys()], label)
  for (const [name, bytes] of want) ok(got.get(name) === bytes, `${label}: ${name} differs`)
}

/** Options that name the documents of a folder, each behind the prefix. */
export function documents(folder: string, prefix = ''): string[] {
  return NAMES.filter(name => name !== 'fileset' && existsSync(join(folder, `${name}.json`))).flatMap(name => [
    name === 'runner' ? '--config' : `--${name}`,
    `${prefix}${folder}/${name}.json`,
  ])
}

export const references = new Map<string, Promise<Map<string, string>>>()

/** What the job of a folder gives for local paths. */
export function reference(folder: string, ...more: string[]): Promise<Map<string, string>> {
  const key = [folder, ...more].join(' ')
  const make = async () => {
    const out = dir.path(`reference-${references.size}`)
    const fileset = ['--fileset', `${folder}/fileset.json`]
    await done(pipe(['run', ...documents(folder), ...fileset, '--output', out, ...more]))
    return comparable(out)
  }
  const known = references.get(key) ?? make()
  references.set(key, known)
  return known
}

/** Small steps, so that a run can be killed midway. */
export function stepped(prefix: string): string {
  const sizes: Record<string, number> = { 'nano-data': 240, 'nano-data-2': 100, 'nano-mc': 300 }
  const json = readJson(`${MAIN}/fileset.json`)
  const datasets = Object.entries(json).map(([name, { files, metadata }]) => {
    const split = Object.keys(files!).map(path => {
      const entries = sizes[/([^/]+)\.root$/.exec(path)![1]!]!
      const steps = Array.from({ length: entries / 10 }, (_, i) => [i * 10, i * 10 + 10])
      return [path, { object_path: 'Events', steps }]
    })
    return [name, { files: Object.fromEntries(split), metadata }]
  })
  return dir.json(
    `stepped-${prefix === '' ? 'local' : 'remote'}.json`,
    moved(Object.fromEntries(datasets), prefix) as object,
  )
}

/** The job's outputs for local paths, on the servers below `results`. */
export async function results(): Promise<{ readonly local: string; readonly base: string }> {
  const local = dir.path('results')
  if (!existsSync(local)) {
    const args = ['run', ...documents(MAIN), '--fileset', stepped(''), '--output', local]
    await done(pipe(args))
    for (const one of [server, web]) cpSync(local, join(one.data, 'results'), { recursive: true })
  }
  return { local, base: `${server.url}/results` }
}
