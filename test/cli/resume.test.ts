/** A run that is killed and continued writes what an uninterrupted one writes, and does nothing twice but what was in flight. */
import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { deserialize, serialize } from 'node:v8'
import { test } from 'uvu'
import { equal, match, ok } from 'uvu/assert'
import { readJournal } from '../../lib/journal/read.js'
import { recordHeader, scanRecords } from '../../lib/journal/records.js'
import { filesBelow, jobOptions, type Outcome, runAnalysis, type Scratch, scratch } from '../support/cli.js'

const STEP = 10
const FILES = {
  Data: [
    ['nano-data', 240],
    ['nano-data-2', 100],
  ],
  MC: [['nano-mc', 300]],
} as const
/** Two datasets, and a pass of its own for the sum of weights. */
const CHUNKS = 240 / STEP + 100 / STEP + (2 * 300) / STEP
const MC_FILE = 'fixtures/root/nano-mc.root'
const METADATA = {
  Data: { isMC: false, goldenJSON: 'fixtures/root/golden.json' },
  MC: { isMC: true, pileupJSON: 'fixtures/root/pileup.json' },
}

function steps(entries: number): [number, number][] {
  return Array.from({ length: entries / STEP }, (_, i) => [i * STEP, (i + 1) * STEP])
}

function options(out: Scratch): string[] {
  const datasets = Object.entries(FILES).map(([name, files]) => [
    name,
    {
      files: Object.fromEntries(
        files.map(([file, n]) => [`fixtures/root/${file}.root`, { object_path: 'Events', steps: steps(n) }]),
      ),
      metadata: METADATA[name as keyof typeof METADATA],
    },
  ])
  return [...jobOptions('fixtures/config'), '--fileset', out.json('fileset.json', Object.fromEntries(datasets))]
}

/** Everything but the times in reports. */
function comparable(dir: string): Map<string, string> {
  return new Map(
    [...filesBelow(dir)].map(([name, bytes]) => {
      if (!name.endsWith('report.json')) return [name, bytes.toString('latin1')]
      const entries = JSON.parse(bytes.toString()) as { args: unknown; exception: unknown }[]
      return [name, JSON.stringify(entries.map(({ args, exception }) => [args, exception]))]
    }),
  )
}

function journalOf(dir: string): string {
  return join(dir, '.tnp-journal/journal')
}

/** Chunks in a folder's journal. */
async function done(dir: string): Promise<number> {
  return (await readJournal(journalOf(dir)))?.known.size ?? 0
}

/** Stops the run once so many chunks are in its journal. */
function stopAt(dir: string, chunks: number, args: readonly string[], signal: NodeJS.Signals): Promise<Outcome> {
  let ended = false
  const onStart = async (kill: (signal: NodeJS.Signals) => void) => {
    while (!ended && (await done(dir)) < chunks) await sleep(1)
    kill(signal)
  }
  return runAnalysis([...args, '--output', dir], { onStart }).finally(() => {
    ended = true
  })
}

function resumedCount({ stderr }: Outcome): number {
  const found = /resumed: (\d+) of (\d+) chunks/.exec(stderr)
  if (found !== null) equal(Number(found[2]), CHUNKS)
  return found === null ? 0 : Number(found[1])
}

let seed = 20
function random(): number {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
  return seed / 2 ** 32
}

const EXECUTORS = [
  ['--executor', 'sync'],
  ['--executor', 'threads', '--workers', '2'],
  ['--executor', 'processes', '--workers', '2'],
]

test('kill -9 at ten random moments, each followed by --resume: equal outputs, nothing done twice', async () => {
  const out = scratch()
  const args = options(out)
  const began = performance.now()
  equal((await runAnalysis([...args, '--output', out.path('want')])).status, 0)
  const duration = performance.now() - began
  const want = comparable(out.path('want'))
  ok(want.size > 20)
  let midway = 0
  for (let k = 0; k < 10; k++) {
    const dir = out.path(`got${k}`)
    const executor = EXECUTORS[k % EXECUTORS.length]!
    const delay = duration * (0.2 + 0.8 * random())
    const onStart = (kill: (signal: NodeJS.Signals) => void) => setTimeout(() => kill('SIGKILL'), delay)
    await runAnalysis([...args, ...executor, '--output', dir], { onStart })
    const kept = await done(dir)
    if (kept > 0) midway++
    const other = EXECUTORS[(k + 1) % EXECUTORS.length]!
    const resumed = await runAnalysis([...args, ...other, '--resume', '--output', dir])
    equal(resumed.status, 0, resumed.stderr)
    equal(resumedCount(resumed), kept, `kill ${k} after ${delay} ms`)
    const got = comparable(dir)
    equal([...got.keys()], [...want.keys()], `kill ${k} after ${delay} ms`)
    for (const [name, bytes] of want) ok(got.get(name) === bytes, `kill ${k} after ${delay} ms: ${name} differs`)
  }
  ok(midway > 2, `${midway} of 10 kills found a run midway`)
  out.remove()
})

test('one run killed again and again gets done', async () => {
  const out = scratch()
  const args = options(out)
  equal((await runAnalysis([...args, '--output', out.path('want')])).status, 0)
  const dir = out.path('got')
  let before = 0
  let kills = 0
  let isDone = false
  for (const chunks of [5, 20, 40, 60]) {
    const { status } = await stopAt(dir, chunks, [...args, ...(before > 0 ? ['--resume'] : [])], 'SIGKILL')
    // What is left takes milliseconds, and the signal may come too late for it.
    isDone = status === 0
    if (isDone) break
    kills++
    const kept = await done(dir)
    ok(kept >= before && kept > 0, `${kept} chunks, before ${before}`)
    before = kept
  }
  ok(kills > 1, `${kills} kills found a run midway`)
  if (!isDone) {
    const last = await runAnalysis([...args, '--resume', '--output', dir])
    equal(last.status, 0, last.stderr)
    equal(resumedCount(last), before)
  }
  equal(comparable(dir), comparable(out.path('want')))
  out.remove()
})

test('Ctrl-C keeps the journal and says how to go on; another job or a changed input is refused by name', async () => {
  const out = scratch()
  const args = options(out)
  const dir = out.path('got')
  const stopped = await stopAt(dir, 20, args, 'SIGINT')
  equal(stopped.status, 130, stopped.stderr)
  match(stopped.stderr, /\d+ chunks are done: continue with --resume/)
  const journal = readFileSync(journalOf(dir))

  const settings = JSON.parse(readFileSync('fixtures/config/settings.json', 'utf8')) as object
  const changed = out.json('settings.json', { ...settings, tags_pt_cut: 31 })
  const other = await runAnalysis([...args, '--settings', changed, '--resume', '--output', dir])
  equal(other.status, 2)
  match(other.stderr, /options \/ tagsPtCut: \S+ in the journal, 31 now/)
  ok(readFileSync(journalOf(dir)).equals(journal), 'a refused journal is left as it is')

  const damaged = Buffer.from(journal)
  damaged[damaged.length >> 1]! ^= 1
  writeFileSync(journalOf(dir), damaged)
  const broken = await runAnalysis([...args, '--resume', '--output', dir])
  equal(broken.status, 2)
  match(broken.stderr, /record at byte \d+ is damaged/)
  writeFileSync(journalOf(dir), journal)

  const anew = await runAnalysis([...args, '--output', dir])
  equal(anew.status, 0, anew.stderr)
  match(anew.stderr, /a stopped run had done \d+ chunks/)
  ok(!existsSync(join(dir, '.tnp-journal')), 'the journal is removed at the end')
  out.remove()
})

test('an input file that has changed since is named', async () => {
  const out = scratch()
  const file = out.path('data.root')
  writeFileSync(file, readFileSync('fixtures/root/nano-data.root'))
  const fileset = { Data: { files: { [file]: { object_path: 'Events', steps: steps(240) } }, metadata: METADATA.Data } }
  const args = [...jobOptions('fixtures/config'), '--fileset', out.json('fileset.json', fileset)]
  const dir = out.path('got')
  await stopAt(dir, 5, args, 'SIGKILL')
  ok((await done(dir)) > 0)
  utimesSync(file, 1000, 1000)
  const { status, stderr } = await runAnalysis([...args, '--resume', '--output', dir])
  equal(status, 2)
  match(stderr, /dataset "Data", input file 1, \S*data\.root: .*size.* in the journal, .*1970.* now/)
  out.remove()
})

test('--preprocess --resume takes the fileset of the stopped run, unless a file has changed', async () => {
  const out = scratch()
  const file = out.path('data.root')
  writeFileSync(file, readFileSync('fixtures/root/nano-data.root'))
  const files = { [file]: 'Events', 'fixtures/root/nano-data-2.root': 'Events' }
  const fileset = {
    Data: { files, metadata: METADATA.Data },
    MC: { files: { [MC_FILE]: 'Events' }, metadata: METADATA.MC },
  }
  const args = [
    ...[...jobOptions('fixtures/config'), '--fileset', out.json('fileset.json', fileset)],
    ...['--preprocess', '--executor', 'sync'],
  ]
  equal((await runAnalysis([...args, '--output', out.path('want')])).status, 0)
  const dir = out.path('got')
  await stopAt(dir, 1, args, 'SIGKILL')
  const kept = await done(dir)
  ok(kept > 0)
  const resumed = await runAnalysis([...args, '--resume', '--output', dir])
  equal(resumed.status, 0, resumed.stderr)
  match(resumed.stderr, /the preprocessed fileset of the stopped run is used again/)
  match(resumed.stderr, new RegExp(`resumed: ${kept} of 4 chunks`))
  equal(comparable(dir), comparable(out.path('want')))

  await stopAt(dir, 1, args, 'SIGKILL')
  utimesSync(file, 1000, 1000)
  const changed = await runAnalysis([...args, '--resume', '--output', dir])
  equal(changed.status, 2, changed.stderr)
  ok(!changed.stderr.includes('is used again'))
  match(changed.stderr, /data\.root: .* in the journal, .*1970.* now/)
  out.remove()
})

test('another version of the program is named', async () => {
  const out = scratch()
  const args = options(out)
  const dir = out.path('got')
  await stopAt(dir, 5, args, 'SIGKILL')
  // The record of the identity is made again as another version would have written it.
  const path = journalOf(dir)
  const { end, places } = await scanRecords(path)
  const bytes = readFileSync(path)
  const identity = deserialize(bytes.subarray(places[0]!.start, places[0]!.start + places[0]!.length)) as object
  const other = serialize({ ...identity, 'tnp-pipe version': '"0.0.1"' })
  writeFileSync(
    path,
    Buffer.concat([recordHeader(other), other, bytes.subarray(places[0]!.start + places[0]!.length, end)]),
  )
  const { status, stderr } = await runAnalysis([...args, '--resume', '--output', dir])
  equal(status, 2)
  match(stderr, /tnp-pipe version: "0\.0\.1" in the journal, "\d+\.\d+\.\d+\S*" now/)
  out.remove()
})

test('two runs at once in one folder: the second is refused; without a journal --resume starts at the beginning', async () => {
  const out = scratch()
  const args = options(out)
  const dir = out.path('got')
  let second: Promise<Outcome> | undefined
  const onStart = (kill: (signal: NodeJS.Signals) => void) => {
    const timer = setInterval(() => {
      if (!existsSync(journalOf(dir))) return
      clearInterval(timer)
      kill('SIGSTOP')
      second = runAnalysis([...args, '--output', dir]).finally(() => kill('SIGCONT'))
    }, 1)
  }
  const first = await runAnalysis([...args, '--resume', '--output', dir], { onStart })
  equal(first.status, 0, first.stderr)
  match(first.stderr, /no journal of a stopped run: running from the beginning/)
  const refused = await second!
  equal(refused.status, 2)
  match(refused.stderr, /process \d+ on .* is writing to this folder/)
  out.remove()
})

test.run()
