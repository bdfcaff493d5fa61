/** The commands take URLs wherever they take paths: each gives what it gives for local paths, to the byte. Here: jobs, in one command
 *  and as pipes. */
import { cpSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import { equal, match } from 'uvu/assert'
import { readHistogram } from '../../lib/root/index.js'
import { bash } from '../support/shell.js'
import { testIf } from '../support/tools.js'
import {
  comparable,
  dir,
  documents,
  done,
  type Json,
  MAIN,
  moved,
  pipe,
  readJson,
  reference,
  same,
  served,
  server,
  startUrlServers,
  stopUrlServers,
  web,
} from '../support/url-servers.js'
import { haveXrootd, XROOTD_NEEDS } from '../support/xrootd-recipes.js'

const when = testIf(test, haveXrootd(), XROOTD_NEEDS)

test.before(startUrlServers)
test.after(stopUrlServers)

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

test.run()
