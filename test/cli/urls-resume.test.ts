/** The commands take URLs wherever they take paths: each gives what it gives for local paths, to the byte. Here: runs that are
 *  continued, and outputs that are replaced. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from 'uvu'
import { equal, match, ok } from 'uvu/assert'
import { readJournal } from '../../lib/journal/read.js'
import { bash } from '../support/shell.js'
import { testIf } from '../support/tools.js'
import {
  comparable,
  dir,
  documents,
  done,
  MAIN,
  moved,
  pipe,
  readJson,
  reference,
  same,
  server,
  startUrlServers,
  stepped,
  stopUrlServers,
} from '../support/url-servers.js'
import { haveXrootd, XROOTD_NEEDS } from '../support/xrootd-recipes.js'

const when = testIf(test, haveXrootd(), XROOTD_NEEDS)

test.before(startUrlServers)
test.after(stopUrlServers)

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

/** SIGKILL once so many chunks are in the journal below the folder. */
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
  // A run that was done before it could be killed is made once more.
  return outcome.status === 0 && attempts > 1 ? killAt(chunks, folder, args, env, attempts - 1) : outcome
}

/** What a run that is killed while it sends files leaves at the server, and a file of somebody else's. */
function leaveTemporary(method: string): string[] {
  const folder = join(server.data, 'resumed', method)
  mkdirSync(folder, { recursive: true })
  const names = ['.cutBased_gte_4_report.json.89abcdef.tnp-tmp', '.other.0123abcd.tnp-tmp']
  const paths = names.map(name => join(folder, name))
  for (const path of paths) writeFileSync(path, 'half a file')
  return paths
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
    const sending = place === 'remote' ? leaveTemporary('Data/get_nd_tnp_histograms_1') : []
    const { stderr } = await done(pipe([...args, '--resume'], env))
    match(stderr, `resumed: ${chunks} of`)
    const written = place === 'remote' ? join(server.data, 'resumed') : output
    equal(
      sending.map(path => existsSync(path)),
      sending.map(path => path.endsWith('.other.0123abcd.tnp-tmp')),
    )
    for (const path of sending) rmSync(path, { force: true })
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

test.run()
