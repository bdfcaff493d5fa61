/** The commands take URLs wherever they take paths: each gives what it gives for local paths, to the byte. Here: the other commands. */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { test } from 'uvu'
import { equal, match, ok } from 'uvu/assert'
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
  results,
  same,
  served,
  server,
  startUrlServers,
  stepped,
  stopUrlServers,
  web,
} from '../support/url-servers.js'
import { haveXrootd, XROOTD_NEEDS } from '../support/xrootd-recipes.js'

const when = testIf(test, haveXrootd(), XROOTD_NEEDS)

test.before(startUrlServers)
test.after(stopUrlServers)

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
