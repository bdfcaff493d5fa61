/** What grants access is shown to servers only: no token, key of a proxy, or CGI of a URL gets into what commands print, log, report,
 *  journal or leave behind. The user's own documents, and the preprocessed fileset that the user asks for, hold what they must. */
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import { test } from 'uvu'
import { equal, match, ok } from 'uvu/assert'
import { readJournal } from '../../lib/journal/journal.js'
import { filesBelow, type Outcome, type Scratch, scratch } from '../support/cli.js'
import { fail, redirect } from '../support/mock-faults.js'
import { frame } from '../support/mock-frames.js'
import { type MockServer, startMock } from '../support/mock-xrootd.js'
import { bash } from '../support/shell.js'
import { testIf } from '../support/tools.js'
import { testPki } from '../support/xrootd-credentials.js'
import { haveXrootd, XROOTD_NEEDS } from '../support/xrootd-recipes.js'
import { startServer, type TestServer } from '../support/xrootd-servers.js'

const when = testIf(test, haveXrootd('gsi'), XROOTD_NEEDS)

const SECRETS = {
  read: 'tokenToRead/7Qx+Rz',
  write: 'tokenToWrite/9Vw+Kd',
  redirected: 'tokenOfRedirect3Hm',
  login: 'loginTokenOfRedirect5Jp',
  password: 'passwordOfUser8Lt',
  golden: 'tokenOfGolden2Bn',
} as const

/** As a URL has it. */
function cgi(secret: string): string {
  return `?authz=Bearer%20${encodeURIComponent(secret)}`
}

const JWT = [
  { alg: 'RS256', typ: 'JWT' },
  { sub: 'secretSubject4Gd', scope: 'storage.read:/', exp: Math.floor(Date.now() / 1000) + 36_000 },
]
  .map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
  .concat(Buffer.from('signature that nobody may see'.repeat(4)).toString('base64url'))
  .join('.')

let dir: Scratch
let server: TestServer
let mock: MockServer
let web: Server
let env: Record<string, string>
/** Texts that must not be found, each with what it is. */
let forbidden: readonly (readonly [what: string, bytes: Buffer])[]
/** What came to the https server with PUT. */
const shown: string[] = []

test.before(async () => {
  if (!haveXrootd('gsi')) return
  dir = scratch()
  for (const name of ['data', 'documents', 'home', 'state', 'cache', 'tmp', 'out']) mkdirSync(dir.path(name))
  cpSync('fixtures', dir.path('data/fixtures'), { recursive: true })
  server = await startServer('plain', { data: dir.path('data') })
  const bytes = readFileSync('fixtures/root/nano-data.root')
  writeFileSync(join(server.data, 'truncated.root'), bytes.subarray(0, 50_000))
  mock = await startMock()
  const pki = await testPki()
  web = createServer(
    { cert: readFileSync(join(pki.folder, 'hostcert.pem')), key: readFileSync(join(pki.folder, 'hostkey.pem')) },
    (asked, answer) => {
      const { authorization = '' } = asked.headers
      shown.push(`${asked.method} ${asked.url} ${authorization}`)
      asked.resume()
      // A server that repeats what it was told.
      answer.writeHead(403).end(`forbidden: ${asked.url} with ${authorization}`)
    },
  ).listen(0, '127.0.0.1')
  await new Promise(done => web.once('listening', done))
  env = {
    HOME: dir.path('home'),
    XDG_STATE_HOME: dir.path('state'),
    XDG_CACHE_HOME: dir.path('cache'),
    TMPDIR: dir.path('tmp'),
    X509_USER_PROXY: pki.proxy,
    X509_CERT_DIR: pki.certs,
    BEARER_TOKEN: JWT,
  }
  forbidden = [
    ...Object.entries(SECRETS).flatMap(([what, text]) => formsOf(what, text)),
    ...tokenForms(),
    ...keyForms(pki.proxy),
  ]
})
test.after(async () => {
  await server?.stop()
  await mock?.stop()
  web?.closeAllConnections()
  web?.close()
  dir?.remove()
})

/** Plain, as URLs and JSON have it, in base64 at each of three places, and in hexadecimal. */
function formsOf(what: string, text: string): [string, Buffer][] {
  const plain = Buffer.from(text)
  const encoded = [0, 1, 2].flatMap(shift => {
    // The first and last digits depend on what stands beside.
    const whole = Buffer.concat([Buffer.alloc(shift), plain]).toString('base64')
    const inner = whole.slice(shift === 0 ? 0 : 4, Math.floor((shift + plain.length) / 3) * 4)
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')]
  })
  const texts = [text, encodeURIComponent(text), text.replaceAll('/', '\\/'), plain.toString('hex'), ...encoded]
  return [...new Set(texts)].map(form => [what, Buffer.from(form)])
}

function tokenForms(): [string, Buffer][] {
  const [head, payload, signature] = JWT.split('.') as [string, string, string]
  return [
    ...formsOf('token', `${head}.${payload}`),
    ['payload of the token', Buffer.from(payload)],
    ['signature of the token', Buffer.from(signature)],
    ['subject of the token', Buffer.from('secretSubject4Gd')],
  ]
}

/** Lines of PEM, and the bytes of the key. */
function keyForms(proxy: string): [string, Buffer][] {
  const pem = readFileSync(proxy, 'utf8')
  const block = /-----BEGIN (?:\w+ )?PRIVATE KEY-----\n([\s\S]*?)-----END/.exec(pem)![1]!
  const { d } = createPrivateKey(pem).export({ format: 'jwk' })
  ok(new X509Certificate(pem).subject.length > 0)
  const lines = block.split('\n').filter(line => line.length > 20)
  ok(lines.length > 2)
  return [
    ['PEM of a private key', Buffer.from('PRIVATE KEY')],
    ...lines.map((line): [string, Buffer] => ['key of the proxy', Buffer.from(line)]),
    ['exponent of the key', Buffer.from(d!, 'base64url').subarray(0, 24)],
    ['exponent of the key', Buffer.from(d!.slice(0, 32))],
  ]
}

/** Fails where any of the secrets is in the bytes, gzipped or not. */
function clean(place: string, bytes: Buffer): void {
  for (const [what, secret] of forbidden) {
    const at = bytes.indexOf(secret)
    if (at === -1) continue
    const around = bytes.subarray(Math.max(0, at - 150), at + secret.length + 20).toString('latin1')
    throw new Error(`${place}: ${what} at byte ${at}: ${JSON.stringify(around)}`)
  }
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) clean(`${place} (unzipped)`, gunzipSync(bytes))
}

/** The fileset that --preprocess makes: its user's own document, for the user alone. */
const OWN = 'tmp/preprocessed_fileset.json.gz'
/** What `preprocess` was to send to a server, in a folder for the user alone. */
const UNSENT = /^tmp\/tnp-pipe-out-\w+\/a\.json$/

/** Everything below the folders that commands write to, and what they put on the server. Names count as well. */
function cleanFolders(label: string): void {
  for (const [root, files] of [
    ['sandbox', filesBelow(dir.dir)],
    ['server', filesBelow(server.data)],
  ] as const) {
    for (const [name, bytes] of files) {
      if (/^(data|documents|fixtures)\//.test(name) || name === OWN) continue
      if (UNSENT.test(name)) {
        equal(statSync(dir.path(name.replace('/a.json', ''))).mode & 0o77, 0)
        continue
      }
      clean(`${label}: name in ${root}`, Buffer.from(name))
      clean(`${label}: ${root} ${name}`, bytes)
    }
  }
}

/** Runs a command; nothing of what it prints or leaves holds a secret. */
async function cleanRun(args: readonly string[], more: Record<string, string> = {}): Promise<Outcome> {
  const outcome = await bash('cd "$IN" && tnp-pipe "$@"', args, { env: { ...env, IN: dir.path('home'), ...more } })
  const label = args.slice(0, 2).join(' ')
  clean(`${label}: stdout`, Buffer.from(outcome.stdout))
  clean(`${label}: stderr`, Buffer.from(outcome.stderr))
  cleanFolders(label)
  return outcome
}

function url(path: string, secret: string = SECRETS.read): string {
  return `${server.url}/${path}${cgi(secret)}`
}

function document(name: string, content: unknown): string {
  return dir.json(`documents/${name}.json`, content)
}

const steps = (entries: number) => Array.from({ length: entries / 10 }, (_, i) => [i * 10, i * 10 + 10])

function fileset(name: string, files: Readonly<Record<string, unknown>>): string {
  const goldenJSON = url('fixtures/root/golden.json', SECRETS.golden)
  return document(name, { Data: { files, metadata: { isMC: false, goldenJSON, contact: `see ${goldenJSON}` } } })
}

function runner(allow: boolean): string {
  const uproot_options = { allow_read_errors_with_report: allow }
  return document(`runner-${allow}`, {
    workflow: 'ElectronTagNProbeFromNanoAOD',
    workflow_args: { filters: { tight: 'cutBased >= 4' } },
    methods: [
      { name: 'get_tnp_arrays', args: { vars: ['el_pt', 'el_eta'], flat: true, uproot_options } },
      { name: 'get_nd_tnp_histograms', args: { filter: 'tight', vars: ['el_pt'], uproot_options } },
    ],
  })
}

/** --debug logs to stderr; --log-file to a file, and --debug --log-file all to it. */
const LOGS = [['--debug'], ['--debug', '--log-file', 'LOG'], ['--log-file', 'LOG']]

function logs(k: number): string[] {
  return LOGS[k % LOGS.length]!.map(word => (word === 'LOG' ? dir.path(`out/log-${k}`) : word))
}

const GOOD = () => ({
  [url('fixtures/root/nano-data.root')]: { object_path: 'Events', steps: steps(240) },
  [`root://user:${SECRETS.password}@${server.url.slice('root://'.length)}/fixtures/root/nano-data-2.root${cgi(SECRETS.read)}`]:
    {
      object_path: 'Events',
      steps: steps(100),
    },
})

when('a run that succeeds: documents, inputs and outputs behind CGI, on each executor', async () => {
  const files = fileset('good', GOOD())
  for (const [k, executor] of [['sync'], ['threads', '--workers', '2'], ['processes', '--workers', '2']].entries()) {
    const output = k === 0 ? dir.path('out/good') : url(`sent-${k}`, SECRETS.write)
    const args = ['run', '--config', runner(true), '--fileset', files, '--output', output, '--executor', ...executor]
    const { status, stderr } = await cleanRun([...args, ...logs(k), '--profile', '--print-necessary-columns'])
    equal(status, 0, stderr)
    match(stderr, '340 events')
  }
  ok(existsSync(join(server.data, 'sent-2/Data/get_tnp_arrays_1/report.json')))
  const documents = ['--config', url('fixtures/config/runner.json'), '--settings', url('fixtures/config/settings.json')]
  const binning = ['--binning', url('fixtures/config/binning.json'), '--output', dir.path('out/documents')]
  const { status, stderr } = await cleanRun(['run', ...documents, ...binning, '--fileset', files, '--debug'])
  equal(status, 0, stderr)
})

when('a journal that kill -9 leaves, the run that is continued, and --preprocess', async () => {
  const files = fileset('good', GOOD())
  for (const [k, more] of [[], ['--preprocess']].entries()) {
    const output = k === 0 ? url('killed', SECRETS.write) : dir.path('out/killed')
    const args = ['run', '--config', runner(true), '--fileset', files, '--output', output, ...more, ...logs(k)]
    await killed(k === 0 ? dir.path('state') : output, k === 0 ? 8 : 1, args)
    cleanFolders('killed')
    const { status, stderr } = await cleanRun([...args, '--resume'])
    equal(status, 0, stderr)
    match(stderr, /resumed: \d+ of/)
  }
  equal(statSync(dir.path(OWN)).mode & 0o77, 0)
  ok(gunzipSync(readFileSync(dir.path(OWN))).includes('authz='), 'the preprocessed fileset can be run')
})

/** SIGKILL once so many chunks are in the journal. */
async function killed(folder: string, chunks: number, args: readonly string[], attempts = 10): Promise<void> {
  let ended = false
  const count = async () => {
    const names = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : []
    const name = names.find(one => one.endsWith('.tnp-journal/journal'))
    return name === undefined ? 0 : ((await readJournal(join(folder, name)).catch(() => null))?.known.size ?? 0)
  }
  const outcome = await bash('tnp-pipe "$@"', args, {
    env,
    onStart: async kill => {
      while (!ended && (await count()) < chunks) await sleep(1)
      if (!ended) kill('SIGKILL')
    },
  })
  ended = true
  // A run that was done before it could be killed is made once more.
  if ((await count()) < chunks && attempts > 1) return killed(folder, chunks, args, attempts - 1)
  ok((await count()) >= chunks, outcome.stderr)
  clean('killed: stdout', Buffer.from(outcome.stdout))
  clean('killed: stderr', Buffer.from(outcome.stderr))
}

/** Files that cannot be had, each for another reason; the mock's words repeat what it was asked. */
function badFiles(): Record<string, string> {
  const mocked = (name: string) => `${mock.url}/${name}${cgi(SECRETS.read)}`
  const said = `Unable to open /x.root${cgi(SECRETS.read)}; authz=${SECRETS.read} refused`
  mock.fault({
    at: 'open',
    times: Number.POSITIVE_INFINITY,
    do: exchange => {
      const { path } = exchange.seen
      if (path.endsWith('refused.root')) return fail(3010, said)(exchange)
      if (path.endsWith('broken.root')) return fail(3012, said)(exchange)
      const target = `127.0.0.1?authz=${SECRETS.redirected}&x=1?${SECRETS.login}`
      if (path.endsWith('moved.root')) return redirect(mock.port, target)(exchange)
      if (path.endsWith('away.root')) return redirect(1, target)(exchange)
      const whole = `root://127.0.0.1:${mock.port}//none.root?authz=${SECRETS.redirected}`
      if (path.endsWith('whole.root')) return redirect(-1, whole)(exchange)
      return exchange.send(frame(exchange.seen.stream, exchange.answer()))
    },
  })
  const names = ['refused', 'broken', 'moved', 'away', 'whole', 'none'].map(name => mocked(`${name}.root`))
  const { port } = web.address() as AddressInfo
  const urls = [
    ...names,
    url('missing.root'),
    url('truncated.root'),
    `root://localhost:1//down.root${cgi(SECRETS.read)}`,
    `https://localhost:${port}/refused.root${cgi(SECRETS.read)}`,
    `root://user:${SECRETS.password}@localhost:1//down.root`,
    `simplecache::${url('missing.root')}`,
  ]
  return Object.fromEntries(urls.map(one => [one, 'Events']))
}

/** Fewer attempts: there is nothing to wait for. */
const IMPATIENT = ['--retries', '1', '--timeout', '5']

when('files that cannot be had: reports, the summary, logs, and the error that ends a run', async () => {
  const bad = badFiles()
  const files = fileset('bad', { ...GOOD(), ...bad })
  for (const [k, executor] of [['sync'], ['threads', '--workers', '2']].entries()) {
    const output = dir.path(`out/bad-${k}`)
    const options = ['--fileset', files, '--output', output, '--executor', ...executor, ...IMPATIENT, ...logs(k)]
    const { status, stderr } = await cleanRun(['run', '--config', runner(true), ...options])
    equal(status, 0, stderr)
    const report = JSON.parse(readFileSync(join(output, 'Data/get_tnp_arrays_1/report.json'), 'utf8')) as {
      exception: string | null
      message: string | null
    }[]
    const failed = report.filter(entry => entry.exception !== null)
    equal(failed.length, Object.keys(bad).length)
    for (const { message } of failed) match(message!, /^(simplecache::)?(root|https):\/\/.*\.root/)
  }
  for (const one of Object.keys(bad).filter(one => /refused|whole|truncated|down/.test(one))) {
    const files = fileset('one-bad', { [one]: 'Events' })
    const options = ['--fileset', files, '--output', dir.path('out/one'), '--executor', 'sync', ...IMPATIENT]
    const { status, stderr } = await cleanRun(['run', '--config', runner(false), ...options, '--debug'])
    equal(status, 1, stderr)
    match(stderr, /error: .*root/)
  }
  const options = ['--fileset', files, '--output', dir.path('out/bad'), '--preprocess', ...IMPATIENT, '--debug']
  const { status, stderr } = await cleanRun(['run', '--config', runner(true), ...options])
  equal(status, 0, stderr)
  match(stderr, 'skipped root://')
})

when('documents that cannot be had, or are wrong', async () => {
  writeFileSync(join(server.data, 'odd.json'), '{"Data": {"files": {"x": 1}, "metadata": 3}}')
  const files = fileset('good', GOOD())
  for (const name of ['none.json', 'odd.json']) {
    for (const args of [
      ['run', '--config', url(name), '--fileset', files],
      ['run', '--config', runner(true), '--fileset', url(name)],
      ['run', '--config', runner(true), '--fileset', files, '--settings', url(name), '--binning', url(name)],
      ['preprocess', url(name)],
      ['fileset', 'max-files', '1', url(name)],
      [
        'merge-goldenjson',
        url(name),
        `https://localhost:${(web.address() as AddressInfo).port}/g.json${cgi(SECRETS.read)}`,
      ],
      ['explain', '--config', url(name)],
      ['efficiency', url(name)],
      ['chunks', url(name)],
      ['get-unprocessed-partitions', '--input-json', url(name), '--output-location', url('none')],
    ]) {
      const { status, stderr } = await cleanRun(args)
      // Settings and binning of another kind are warned of.
      ok(status === 1 || status === 2 || args.includes('--binning'), `${args.join(' ')}: ${status} ${stderr}`)
    }
  }
  for (const metadata of [
    { goldenJSON: url('none.json', SECRETS.golden) },
    { isMC: true, pileupJSON: url('odd.json', SECRETS.golden) },
    { isMC: true, pileupData: url('odd.json', SECRETS.golden), pileupMC: [1] },
  ]) {
    const files = document('bad-metadata', { Data: { files: GOOD(), metadata } })
    const args = ['run', '--config', runner(true), '--fileset', files, '--output', dir.path('out/metadata'), '--debug']
    const { status, stderr } = await cleanRun(args)
    equal(status, 2, stderr)
  }
})

when('outputs that cannot be sent: what is kept here, and what is said', async () => {
  const said = `Unable to write /out${cgi(SECRETS.write)}; authz=${SECRETS.write} expired`
  mock.fault({ at: 'write', times: Number.POSITIVE_INFINITY, do: fail(3005, said) })
  const { port } = web.address() as AddressInfo
  const files = fileset('good', GOOD())
  const targets = [
    `${mock.url}/out`,
    `https://localhost:${port}/out`,
    'root://localhost:1//out',
    `${server.url}/fixtures/root/golden.json`,
  ]
  for (const [k, target] of targets.entries()) {
    const output = target + cgi(SECRETS.write)
    const args = ['run', '--config', runner(true), '--fileset', files, '--output', output, ...IMPATIENT, ...logs(k)]
    const { status, stderr } = await cleanRun(args)
    ok(status === 1 || status === 2, `${target}: ${status} ${stderr}`)
    match(stderr, /error: .*(root|https):\/\//)
  }
  ok(
    shown.some(line => line.includes(JWT)),
    'the server was shown the token',
  )
  const source = dir.path('out/good/Data/get_tnp_arrays_1')
  const hists = dir.path('out/good/Data/get_nd_tnp_histograms_1/tight_histos.pkl')
  for (const target of targets.slice(0, 3)) {
    const to = (name: string) => `${target}/${name}${cgi(SECRETS.write)}`
    for (const args of [
      ['merge-parquet', '--source', source, '--target', to('m.parquet')],
      ['hist-to-root', hists, '--output', to('h.root')],
      ['merge-goldenjson', 'fixtures/root/golden.json', '--output', to('g.json')],
      ['preprocess', files, '--available', to('a.json')],
    ]) {
      const { status, stderr } = await cleanRun([...args, ...IMPATIENT], { IN: process.cwd() })
      ok(status === 1 || status === 2, `${args.join(' ')}: ${status} ${stderr}`)
    }
  }
})

when('the other commands, on places behind CGI', async () => {
  const told = await cleanRun(['credentials'])
  match(told.stdout + told.stderr, 'BEARER_TOKEN')
  const files = fileset('good', GOOD())
  const parquet = url('sent-1/Data/get_tnp_arrays_1')
  const hists = url('sent-1/Data/get_nd_tnp_histograms_1/tight_histos.pkl')
  const report = url('sent-1/Data/get_tnp_arrays_1/report.json')
  for (const args of [
    ['inspect', url('fixtures/root/nano-data.root')],
    ['inspect', '--digest', `simplecache::${url('fixtures/root/ntuple.root')}`],
    ['explain', '--config', runner(true), '--fileset', files, '--open', '--output', url('x', SECRETS.write)],
    ['explain', '--config', runner(true), '--fileset', files, '--mermaid', '--output', url('x', SECRETS.write)],
    ['merge-parquet', '--source', parquet, '--target', url('merged/m.parquet', SECRETS.write)],
    ['efficiency', hists],
    ['efficiency', '--format', 'json', hists],
    ['hist-to-root', hists, '--output', url('merged/h.root', SECRETS.write)],
    ['hist-to-root', hists],
    ['preprocess', files, '--available', url('documents/a.json', SECRETS.write)],
    [
      'get-unprocessed-partitions',
      '--input-json',
      files,
      '--output-location',
      url('sent-1'),
      '--output-json',
      url('documents/u.json'),
    ],
    ['fileset', 'failed-steps', files, '--report', `Data=${report}`],
  ]) {
    // Where nothing is named, the input's folder is written to: it is the server's own.
    const { status, stderr, stdout } = await cleanRun(args)
    equal(status, 0, `${args.join(' ')}: ${stderr}`)
    if (args[0] === 'explain' && args[5] === '--open') match(stdout, `writes ${server.url}/x/Data/get_tnp_arrays_1/`)
    if (args[0] === 'fileset') equal(JSON.parse(stdout), {})
  }
})

when('stages of a pipe: what they report and write', async () => {
  const files = fileset('bad', { ...GOOD(), ...badFiles() })
  const script = `
    tnp-pipe chunks "$1" --config "$2" | tnp-pipe decode --retries 1 --report "$3/reports.jsonl" | tnp-pipe golden | tnp-pipe pair |
    tnp-pipe filter --method get_tnp_arrays_1 | tnp-pipe select | tnp-pipe sink "$3" && tnp-pipe sink "$3" < "$3/reports.jsonl"`
  mkdirSync(dir.path('out/piped'))
  const outcome = await bash(script, [files, runner(true), dir.path('out/piped')], { env })
  equal(outcome.status, 0, outcome.stderr)
  clean('pipe: stderr', Buffer.from(outcome.stderr))
  clean('pipe: stdout', Buffer.from(outcome.stdout))
  cleanFolders('pipe')
})

when('what is looked for would be found', () => {
  const [first] = forbidden.filter(([what]) => what === 'read')
  for (const text of [
    `x${SECRETS.read}`,
    Buffer.from(`ab${SECRETS.read}`).toString('base64'),
    encodeURIComponent(SECRETS.write),
    JWT,
    readFileSync(env.X509_USER_PROXY!, 'latin1'),
  ]) {
    let found = false
    try {
      clean('here', Buffer.from(text))
    } catch {
      found = true
    }
    ok(found, text)
  }
  ok(first !== undefined)
})

test.run()
