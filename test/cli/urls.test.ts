/** The commands take URLs wherever they take paths: each gives what it gives for local paths, to the byte. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import { test } from 'uvu'
import { equal, match, ok } from 'uvu/assert'
import { readJournal } from '../../lib/journal/journal.js'
import { readHistogram } from '../../lib/root/index.js'
import { filesBelow, type Outcome, type Scratch, scratch } from '../support/cli.js'
import { bash } from '../support/shell.js'
import { testIf } from '../support/tools.js'
import { haveXrootd, XROOTD_NEEDS } from '../support/xrootd-recipes.js'
import { startServer, type TestServer } from '../support/xrootd-servers.js'

const when = testIf(test, haveXrootd(), XROOTD_NEEDS)

let dir: Scratch
let server: TestServer
let web: TestServer

test.before(async () => {
  if (!haveXrootd()) return
  dir = scratch()
  const data = dir.path('data')
  mkdirSync(data)
  cpSync('fixtures', join(data, 'fixtures'), { recursive: true })
  ;[server, web] = await Promise.all([startServer('plain', { data }), startServer('http', { data })])
})
test.after(async () => {
  await server?.stop()
  await web?.stop()
  dir?.remove()
})

const NAMES = ['runner', 'fileset', 'settings', 'binning'] as const
const MAIN = 'fixtures/config'

interface Json {
  readonly [key: string]: Json
}

/** Every path of the fixtures behind a prefix: files, and those that metadata name. */
function moved(json: unknown, prefix: string): unknown {
  if (typeof json === 'string') return json.startsWith('fixtures/root/') ? prefix + json : json
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return json
  return Object.fromEntries(
    Object.entries(json).map(([key, value]) => [moved(key, prefix) as string, moved(value, prefix)]),
  )
}

function readJson(path: string): Json {
  return JSON.parse(readFileSync(path, 'utf8'))
}

/** Puts a document on both servers, and gives its path there. */
function served(name: string, content: unknown): string {
  for (const one of [server, web]) {
    mkdirSync(join(one.data, 'documents'), { recursive: true })
    writeFileSync(join(one.data, 'documents', name), typeof content === 'string' ? content : JSON.stringify(content))
  }
  return `documents/${name}`
}

function pipe(args: readonly string[], env: Record<string, string> = {}): Promise<Outcome> {
  return bash('tnp-pipe "$@"', args, { env: { XDG_STATE_HOME: dir.path('state'), ...env } })
}

async function done(outcome: Promise<Outcome>): Promise<Outcome> {
  const ended = await outcome
  equal(ended.status, 0, ended.stderr)
  return ended
}

/** All bytes; of reports what does not tell of time, transport and place. */
function comparable(folder: string): Map<string, string> {
  return new Map(
    [...filesBelow(folder)].map(([name, bytes]) => {
      if (!name.endsWith('report.json')) return [name, bytes.toString('latin1')]
      const entries = JSON.parse(bytes.toString()) as { args: string[]; exception: unknown }[]
      const args = entries.map(entry => entry.args.map(arg => arg.replace(/^'\w+:\/\/[^']*?\/+fixtures/, "'fixtures")))
      return [name, JSON.stringify([args, entries.map(entry => entry.exception)])]
    }),
  )
}

function same(got: Map<string, string>, want: Map<string, string>, label: string): void {
  ok(want.size > 0, label)
  equal([...got.keys()], [...want.keys()], label)
  for (const [name, bytes] of want) ok(got.get(name) === bytes, `${label}: ${name} differs`)
}

/** Options that name the documents of a folder, each behind the prefix. */
function documents(folder: string, prefix = ''): string[] {
  return NAMES.filter(name => name !== 'fileset' && existsSync(join(folder, `${name}.json`))).flatMap(name => [
    name === 'runner' ? '--config' : `--${name}`,
    `${prefix}${folder}/${name}.json`,
  ])
}

const references = new Map<string, Promise<Map<string, string>>>()

/** What the job of a folder gives for local paths. */
function reference(folder: string, ...more: string[]): Promise<Map<string, string>> {
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

for (const name of ['root', 'http'] as const) {
  when(`run: documents, metadata, inputs and outputs are at a server (${name})`, async () => {
    const base = name === 'root' ? `${server.url}/` : `${web.httpUrl}/`
    const fileset = served(`fileset-${name}.json`, moved(readJson(`${MAIN}/fileset.json`), base))
    const args = [...documents(MAIN, base), '--fileset', base + fileset, '--output', `${base}out/${name}`]
    const { stderr } = await done(pipe(['run', ...args]))
    match(stderr, `outputs in ${base}out/${name}`)
    const at = name === 'root' ? server : web
    same(comparable(join(at.data, 'out', name)), await reference(MAIN), name)
  })
}

when('run: the whole of pileupData and gzipped corrections come from a server', async () => {
  const folder = 'fixtures/config/workflows/scale-smearing'
  const own = readJson(`${folder}/fileset.json`)
  const fileset = (prefix: string) => ({ MC: { ...(moved(own, prefix) as Json).MC } })
  const out = dir.path('scale')
  const run = (name: string, content: unknown) =>
    done(
      pipe(['run', ...documents(folder), '--fileset', dir.json(`${name}.json`, content), '--output', join(out, name)]),
    )
  await run('remote', fileset(`${server.url}/`))
  same(comparable(join(out, 'remote')), await reference(folder), 'corrections')

  const { length } = (await readHistogram('fixtures/root/pileup-data.root', 'pileup')).values
  const pileupMC = Array.from({ length }, (_, i) => (i + 1) / ((length * (length + 1)) / 2))
  const withData = (prefix: string) => {
    const { MC } = readJson('fixtures/config/workflows/electron-nanoaod/fileset.json')
    const metadata = { pileupData: 'fixtures/root/pileup-data.root', pileupMC, isMC: true }
    return moved({ MC: { ...MC, metadata } }, prefix)
  }
  const options = documents('fixtures/config/workflows/electron-nanoaod')
  for (const [name, prefix] of [
    ['data-local', ''],
    ['data-remote', `${server.url}/`],
  ] as const) {
    const fileset = dir.json(`${name}.json`, withData(prefix))
    await done(pipe(['run', ...options, '--fileset', fileset, '--output', join(out, name)]))
  }
  same(comparable(join(out, 'data-remote')), comparable(join(out, 'data-local')), 'pileupData')
})

/** Small steps, so that a run can be killed midway. */
function stepped(prefix: string): string {
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

/** The only journal below a folder. */
function journalBelow(folder: string): string | null {
  if (!existsSync(folder)) return null
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const name = names.find(one => one.endsWith('.tnp-journal/journal'))
  return name === undefined ? null : join(folder, name)
}

async function chunksIn(folder: string): Promise<number> {
  const path = journalBelow(folder)
  return path === null ? 0 : ((await readJournal(path).catch(() => null))?.known.size ?? 0)
}

/** SIGKILL once so many chunks are in the journal below the folder. A run that was done before is made once more. */
async function killAt(
  chunks: number,
  folder: string,
  args: readonly string[],
  env: Record<string, string>,
  attempts = 10,
): Promise<Awaited<ReturnType<typeof bash>>> {
  let ended = false
  const onStart = async (kill: (signal: NodeJS.Signals) => void) => {
    while (!ended && (await chunksIn(folder)) < chunks) await sleep(1)
    if (!ended) kill('SIGKILL')
  }
  const outcome = await bash('tnp-pipe "$@"', args, { env, onStart })
  ended = true
  return outcome.status === 0 && attempts > 1 ? killAt(chunks, folder, args, env, attempts - 1) : outcome
}

for (const place of ['remote', 'local'] as const) {
  when(`run --resume: after kill -9, inputs remote and the output ${place}`, async () => {
    const state = dir.path(`state-${place}`)
    const env = { XDG_STATE_HOME: state }
    const base = `${server.url}/`
    await done(pipe(['run', ...documents(MAIN), '--fileset', stepped(''), '--output', dir.path(`want-${place}`)]))
    const output = place === 'remote' ? `${base}resumed` : dir.path('resumed')
    const kept = place === 'remote' ? state : output
    const args = ['run', ...documents(MAIN), '--fileset', stepped(base), '--output', output]
    const killed = await killAt(50, kept, [...args, '--workers', '2'], env)
    ok(killed.status !== 0, 'it was killed')
    const chunks = await chunksIn(kept)
    ok(chunks >= 50, `${chunks} chunks`)
    const { stderr } = await done(pipe([...args, '--resume'], env))
    match(stderr, `resumed: ${chunks} of`)
    const written = place === 'remote' ? join(server.data, 'resumed') : output
    same(comparable(written), comparable(dir.path(`want-${place}`)), place)
    equal(journalBelow(kept), null)
  })
}

when('run --resume: an input at a server whose size or time has changed is named', async () => {
  const path = join(server.data, 'changing.root')
  writeFileSync(path, readFileSync('fixtures/root/nano-data.root'))
  const steps = Array.from({ length: 24 }, (_, i) => [i * 10, i * 10 + 10])
  const files = { [`${server.url}/changing.root`]: { object_path: 'Events', steps } }
  const fileset = dir.json('changing.json', { Data: { files, metadata: { isMC: false } } })
  const output = dir.path('changing')
  const args = ['run', ...documents(MAIN), '--fileset', fileset, '--output', output]
  await killAt(5, output, args, {})
  ok((await chunksIn(output)) >= 5)
  utimesSync(path, 1000, 1000)
  const later = await pipe([...args, '--resume'])
  equal(later.status, 2, later.stderr)
  match(later.stderr, /input file 1, root:\/\/\S*changing\.root: .*size.* in the journal, .*1970.* now/)
  writeFileSync(path, Buffer.concat([readFileSync(path), Buffer.alloc(100)]))
  const longer = await pipe([...args, '--resume'])
  equal(longer.status, 2, longer.stderr)
  match(longer.stderr, /"size":143912,.* in the journal, .*"size":144012,.* now/)
})

when(
  'run --preprocess, and after kill -9 --preprocess --resume, which takes the fileset of the stopped run',
  async () => {
    const base = `${server.url}/`
    const want = await reference(MAIN, '--preprocess')
    const remote = dir.json('plain.json', moved(readJson(`${MAIN}/fileset.json`), base) as object)
    for (const place of ['remote', 'local'] as const) {
      const state = dir.path(`preprocess-state-${place}`)
      const env = { XDG_STATE_HOME: state, TMPDIR: dir.dir }
      const output = place === 'remote' ? `${base}preprocessed` : dir.path('preprocessed')
      const kept = place === 'remote' ? state : output
      const args = ['run', ...documents(MAIN), '--fileset', remote, '--output', output, '--preprocess']
      await killAt(1, kept, [...args, '--executor', 'sync'], env)
      ok((await chunksIn(kept)) > 0, place)
      const { stderr } = await done(pipe([...args, '--resume'], env))
      match(stderr, 'the preprocessed fileset of the stopped run is used again')
      same(comparable(place === 'remote' ? join(server.data, 'preprocessed') : output), want, place)
    }
  },
)

when('run --repartition-n-to-one: part files that an earlier run left at the server are removed', async () => {
  const base = `${server.url}/`
  const args = ['run', ...documents(MAIN), '--fileset', stepped(base), '--output', `${base}joined`]
  await done(pipe(args))
  const folder = join(server.data, 'joined/Data/get_tnp_arrays_1')
  equal(readdirSync(folder).filter(name => name.endsWith('.parquet')).length, 34)
  await done(pipe([...args, '--repartition-n-to-one', '10']))
  const local = dir.path('joined')
  await done(
    pipe(['run', ...documents(MAIN), '--fileset', stepped(''), '--output', local, '--repartition-n-to-one', '10']),
  )
  same(comparable(join(server.data, 'joined')), comparable(local), 'joined')
  equal(readdirSync(folder).filter(name => name.endsWith('.parquet')).length, 4)
})

when('run --redirector: files are read from another server than the fileset says', async () => {
  for (const one of [server, web]) {
    cpSync('fixtures/root', join(one.data, 'store/data'), { recursive: true })
  }
  const files = {
    'root://nowhere.invalid//store/data/nano-data.root?authz=none': 'Events',
    '/store/data/nano-data-2.root': 'Events',
  }
  const fileset = dir.json('stored.json', {
    Data: { files, metadata: { isMC: false, goldenJSON: 'fixtures/root/golden.json' } },
  })
  const want = new Map(
    [...(await reference(MAIN))].filter(([name]) => name.startsWith('Data/') && !name.endsWith('report.json')),
  )
  for (const redirector of [server.address, server.url, `${web.httpUrl}/`]) {
    const output = dir.path(`redirected-${redirector.length}`)
    await done(
      pipe([
        'run',
        ...documents(MAIN),
        '--fileset',
        fileset,
        '--output',
        output,
        '--redirector',
        redirector,
        '--skip-report',
      ]),
    )
    same(comparable(output), want, redirector)
  }
})

when('preprocess: a fileset at a server, of files there, to a fileset there', async () => {
  const base = `${server.url}/`
  const fileset = served('plain.json', moved(readJson(`${MAIN}/fileset.json`), base))
  const local = dir.path('available.json')
  await done(pipe(['preprocess', `${MAIN}/fileset.json`, '--available', local, '--step-size', '50']))
  const want = moved(readJson(local), base)
  const args = ['preprocess', base + fileset, '--step-size', '50']
  const { stdout } = await done(pipe(args))
  equal(JSON.parse(stdout), want)
  await done(pipe([...args, '--available', `${base}new/available.json.gz`, '--all', `${base}new/all.json`]))
  const gzipped = readFileSync(join(server.data, 'new/available.json.gz'))
  equal(JSON.parse(gunzipSync(gzipped).toString()), want)
  equal(readJson(join(server.data, 'new/all.json')), want)
})

when('inspect: a file, one of its trees, and digests', async () => {
  const path = 'fixtures/root/nano-data.root'
  for (const more of [[], ['--digest']]) {
    for (const tree of ['', ':Events']) {
      const want = await done(pipe(['inspect', path + tree, ...more]))
      for (const base of [`${server.url}/`, `${web.httpUrl}/`]) {
        const got = await done(pipe(['inspect', `${base}${path}${tree}`, ...more]))
        equal(got.stdout.replaceAll(base, ''), want.stdout)
      }
    }
  }
  const missing = await pipe(['inspect', `${server.url}/fixtures/root/none.root`])
  equal(missing.status, 1)
  match(missing.stderr, /none\.root.*FileNotFoundError/)
})

when('explain --open looks into files at a server', async () => {
  const base = `${server.url}/`
  const fileset = served('plain.json', moved(readJson(`${MAIN}/fileset.json`), base))
  const want = await done(pipe(['explain', ...documents(MAIN), '--fileset', `${MAIN}/fileset.json`, '--open']))
  const got = await done(pipe(['explain', ...documents(MAIN, base), '--fileset', base + fileset, '--open']))
  equal(got.stdout.replaceAll(base, ''), want.stdout)
})

/** The job's outputs for local paths, on the servers below `results`. */
async function results(): Promise<{ readonly local: string; readonly base: string }> {
  const local = dir.path('results')
  if (!existsSync(local)) {
    const args = ['run', ...documents(MAIN), '--fileset', stepped(''), '--output', local]
    await done(pipe(args))
    for (const one of [server, web]) cpSync(local, join(one.data, 'results'), { recursive: true })
  }
  return { local, base: `${server.url}/results` }
}

when('merge-parquet: a folder, a pattern and a file at a server, to a file there', async () => {
  const { local, base } = await results()
  const sources = ['Data/get_tnp_arrays_1', 'D*/get_tnp_arrays_[1]/NTuples-part0?.parquet', 'Data/**/passing*.parquet']
  const one = 'MC/get_tnp_arrays_1/NTuples-part03.parquet'
  for (const [k, source] of [...sources, one].entries()) {
    const want = dir.path(`merged-${k}.parquet`)
    const told = await done(pipe(['merge-parquet', '--source', join(local, source), '--target', want]))
    const target = `${server.url}/merged/${k}.parquet`
    const got = await done(pipe(['merge-parquet', '--source', `${base}/${source}`, '--target', target]))
    equal(got.stdout.replace(target, want), told.stdout)
    ok(readFileSync(join(server.data, `merged/${k}.parquet`)).equals(readFileSync(want)), source)
    // To a local file that is there already.
    if (k > 0) continue
    await done(pipe(['merge-parquet', '--source', `${base}/${source}`, '--target', want]))
    ok(readFileSync(join(server.data, `merged/${k}.parquet`)).equals(readFileSync(want)), source)
  }
  const web1 = await done(
    pipe(['merge-parquet', '--source', `${web.httpUrl}/results/${sources[0]}`, '--target', dir.path('web.parquet')]),
  )
  match(web1.stdout, 'from 34 files')
  ok(readFileSync(dir.path('web.parquet')).equals(readFileSync(dir.path('merged-0.parquet'))))
  const itself = await pipe(['merge-parquet', '--source', `${base}/${one}`, '--target', `${base}/${one}`])
  equal(itself.status, 2, itself.stderr)
  match(itself.stderr, 'is one of the files to merge')
  const none = await pipe(['merge-parquet', '--source', `${base}/Data/none*.parquet`, '--target', dir.path('none')])
  equal(none.status, 2)
  match(none.stderr, 'no file matches')
})

when('get-unprocessed-partitions: fileset, outputs and result at a server', async () => {
  const { local } = await results()
  const base = `${server.url}/`
  const missing = ['Data/get_tnp_arrays_1/NTuples-part07.parquet', 'MC/get_tnp_arrays_2/NTuples-part11.parquet']
  cpSync(local, dir.path('unprocessed'), { recursive: true })
  cpSync(local, join(server.data, 'unprocessed'), { recursive: true })
  for (const name of missing) for (const at of [dir.dir, server.data]) rmSync(join(at, 'unprocessed', name))
  const listed = (input: string, output: string, to: string) =>
    pipe(['get-unprocessed-partitions', '--input-json', input, '--output-location', output, '--output-json', to])
  const want = await done(listed(stepped(''), dir.path('unprocessed'), dir.path('left.json')))
  const fileset = served('stepped.json', readJson(stepped('')))
  const got = await done(listed(base + fileset, `${base}unprocessed`, `${base}new/left.json`))
  equal(got.stdout, want.stdout)
  match(got.stdout, 'Data: 1 of 34')
  equal(readJson(join(server.data, 'new/left.json')), readJson(dir.path('left.json')))
})

when('the stages of a pipe: fileset, documents, data and outputs at a server give what one command gives', async () => {
  const base = `${server.url}/`
  const fileset = served('plain.json', moved(readJson(`${MAIN}/fileset.json`), base))
  for (const [method, rest] of [
    ['get_nd_tnp_histograms_1', 'tnp-pipe fill | tnp-pipe merge'],
    ['get_tnp_arrays_1', 'tnp-pipe select'],
  ] as const) {
    const script = `
      tnp-pipe chunks "$1" "\${@:2}" | tnp-pipe decode --report "$REPORTS" | tnp-pipe weight |
      tnp-pipe golden --json "$GOLDEN" | tnp-pipe pair | tnp-pipe filter --method ${method} | ${rest} |
      tnp-pipe sink "$OUT" && tnp-pipe sink "$OUT" < "$REPORTS"`
    const env = {
      OUT: `${base}piped`,
      REPORTS: dir.path('reports.jsonl'),
      GOLDEN: `${base}fixtures/root/golden.json`,
      XDG_STATE_HOME: dir.path('state'),
    }
    await done(bash(script, [base + fileset, ...documents(MAIN, base)], { env }))
  }
  const want = new Map(
    [...(await reference(MAIN))].filter(([name]) =>
      /get_nd_tnp_histograms_1|get_tnp_arrays_1|report\.json$/.test(name),
    ),
  )
  same(comparable(join(server.data, 'piped')), want, 'pipe')
})

/** Flat ntuples of the photon and the electron job as Parquet part files. */
const NTUPLES = 'fixtures/config/workflows/electron-nano-ntuples'

when('Parquet files at URLs, and a folder of part files there, are inputs of ntuple workflows', async () => {
  const first = dir.path('ntuples')
  const runner = dir.json('ntuple-runner.json', {
    ...readJson('fixtures/config/runner.json'),
    methods: [{ name: 'get_tnp_arrays', args: { vars: 'all', flat: true } }],
  })
  const steps = [
    [0, 120],
    [120, 240],
  ]
  const nano = { 'fixtures/root/nano-data.root': { object_path: 'Events', steps } }
  const made = dir.json('ntuple-fileset.json', { Data: { files: nano, metadata: { isMC: false } } })
  await done(pipe(['run', '--config', runner, '--fileset', made, '--output', first]))
  cpSync(first, join(server.data, 'ntuples'), { recursive: true })
  cpSync(first, join(web.data, 'ntuples'), { recursive: true })
  const folder = 'Data/get_tnp_arrays_1'
  const names = readdirSync(join(first, folder)).filter(name => name.endsWith('.parquet'))
  equal(names.length, 2)
  const lists = (base: string) => [
    { [`${base}/${folder}`]: null },
    Object.fromEntries(names.map(name => [`${base}/${folder}/${name}`, null])),
  ]
  const bases = [first, `${server.url}/ntuples`, `${web.httpUrl}/ntuples`]
  const outputs: Map<string, string>[] = []
  let drawn = ''
  for (const [k, base] of bases.entries()) {
    for (const [i, files] of lists(base).entries()) {
      const fileset = dir.json('flat.json', { Data: { files, metadata: { isMC: false } } })
      const output = dir.path(`flat-${k}-${i}`)
      await done(pipe(['run', ...documents(NTUPLES), '--fileset', fileset, '--output', output]))
      outputs.push(comparable(output))
      const explained = await done(pipe(['explain', ...documents(NTUPLES), '--fileset', fileset, '--open']))
      if (k === 0) drawn = explained.stdout
      equal(explained.stdout, drawn)
      if (k !== 1) continue
      const piped = await done(
        bash(
          // biome-ignore lint/suspicious/noTemplateCurlyInString: it is bash's
          'tnp-pipe chunks "$1" "${@:2}" | tnp-pipe decode | tnp-pipe pair | tnp-pipe filter | tnp-pipe fill | tnp-pipe merge | tnp-pipe sink "$OUT"',
          [fileset, ...documents(NTUPLES)],
          { env: { OUT: `${output}-piped` } },
        ),
      )
      equal(piped.stdout, '')
      same(comparable(`${output}-piped`), outputs[0]!, `pipe of ${base}`)
    }
  }
  for (const output of outputs.slice(1)) same(output, outputs[0]!, 'flat')
})

when('efficiency, prepare-histograms and hist-to-root take and make files at a server', async () => {
  const { local, base } = await results()
  const hists = 'Data/get_nd_tnp_histograms_2/cutBased_gte_4_histos'
  for (const suffix of ['.pkl', '.json']) {
    const want = await done(pipe(['efficiency', `${local}/${hists}${suffix}`]))
    const got = await done(pipe(['efficiency', `${base}/${hists}${suffix}`]))
    equal(got.stdout.replaceAll(base, local), want.stdout)
  }
  const wide = 'Data/get_nd_tnp_histograms_1/cutBased_gte_4_histos.pkl'
  const prepare = (from: string, to: string) =>
    pipe(['prepare-histograms', '--source', `${from}/${wide}`, '--target', `${to}/m.root`, '--binning', `${to}/b.pkl`])
  mkdirSync(dir.path('fit'))
  await done(prepare(local, dir.path('fit')))
  await done(prepare(base, `${server.url}/fit`))
  same(comparable(join(server.data, 'fit')), comparable(dir.path('fit')), 'prepare-histograms')

  await done(pipe(['hist-to-root', `${local}/${hists}.pkl`, '--output', dir.path('h.root')]))
  await done(pipe(['hist-to-root', `${base}/${hists}.pkl`, '--output', `${server.url}/h.root`]))
  ok(readFileSync(join(server.data, 'h.root')).equals(readFileSync(dir.path('h.root'))))
  // Beside the input, where nothing is said. The folder must be the server's own.
  const beside = `${server.url}/fit/h.pkl`
  writeFileSync(join(server.data, 'fit/h.pkl'), readFileSync(`${local}/${hists}.pkl`))
  await done(pipe(['hist-to-root', beside]))
  ok(readFileSync(join(server.data, 'fit/h.root')).equals(readFileSync(dir.path('h.root'))))
})

when('the tools for filesets take filesets and reports at a server', async () => {
  const { base } = await results()
  const local = stepped('')
  const remote = `${server.url}/${served('stepped.json', readJson(local))}`
  const { local: folder } = await results()
  const report = (at: string) =>
    ['Data', 'MC'].flatMap(name => ['--report', `${name}=${at}/${name}/get_tnp_arrays_1/report.json`])
  const tools: [string[], string[]][] = [
    [['max-files', '1'], []],
    [['max-chunks', '3'], []],
    [['slice-chunks', '2:5'], ['--per-file']],
    [['filter-files'], ['--match', 'data-2']],
    [['failed-steps'], report('AT')],
  ]
  for (const [words, more] of tools) {
    const at = (place: string) => more.map(word => word.replace('AT', place))
    const want = await done(pipe(['fileset', ...words, local, ...at(folder)]))
    const got = await done(pipe(['fileset', ...words, remote, ...at(base)]))
    equal(got.stdout, want.stdout, words.join(' '))
  }
})

when('merge-goldenjson takes and makes files at a server', async () => {
  const paths = ['fixtures/root/golden.json', 'fixtures/config/mini-ntuples/golden.json']
  const want = await done(pipe(['merge-goldenjson', ...paths]))
  for (const base of [`${server.url}/`, `${web.httpUrl}/`]) {
    const got = await done(pipe(['merge-goldenjson', ...paths.map(path => base + path)]))
    equal(got.stdout, want.stdout)
    await done(pipe(['merge-goldenjson', ...paths.map(path => base + path), '--output', `${base}new/golden.json`]))
  }
  for (const one of [server, web]) equal(readFileSync(join(one.data, 'new/golden.json'), 'utf8'), want.stdout)
})

test.run()
