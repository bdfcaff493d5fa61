/** The shared cases of the main job, read from stock servers: outputs are those of local files, byte for byte, whatever the protocol and
 *  the credentials; and they arrive intact where they are written to a server. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import { equal, ok } from 'uvu/assert'
import { filesBelow, runAnalysis, type Scratch, scratch } from '../support/cli.js'
import { sharedDir, testIf } from '../support/tools.js'
import { haveXrootd } from '../support/xrootd-recipes.js'
import { startServer, type TestServer } from '../support/xrootd-servers.js'

const shared = sharedDir()
const when = testIf(test, shared !== null && haveXrootd(), '../shared and a stock XRootD server')

/** What the cases read. */
const INPUTS = [
  'DYto2E.root',
  'nano-mc.root',
  'nano-data.root',
  'nano-data-2.root',
  'nano9-mc.root',
  'nano9-data.root',
  'corrupt.root',
]

interface Way {
  readonly name: string
  /** Starts servers; gives what stands before a file's name, and the environment. */
  start(): Promise<{ readonly prefix: string; readonly env: Readonly<Record<string, string>> }>
  readonly cases: readonly string[]
}

const servers: TestServer[] = []
let data: Scratch

async function serve(kind: Parameters<typeof startServer>[0], target?: string): Promise<TestServer> {
  const server = await startServer(kind, { data: data.dir, ...(target === undefined ? {} : { target }) })
  servers.push(server)
  return server
}

async function xrootd(kind: Parameters<typeof startServer>[0]) {
  const { url, env } = await serve(kind)
  return { prefix: `${url}/`, env }
}

const ALL = [
  '01-cli-example',
  '02-electron-nanoaod-mc-weights',
  '03-electron-nanoaod-data-golden',
  '04-electron-nanoaod-old-chunks',
  '05-electron-nanoaod-expressions',
  '13-unreadable-files',
]
const SOME = [ALL[0]!, ALL[2]!]

const WAYS: readonly Way[] = [
  { name: 'root', start: () => xrootd('plain'), cases: ALL },
  {
    name: 'root through a redirector',
    start: async () => ({ prefix: `${(await serve('redirect', (await serve('plain')).address)).url}/`, env: {} }),
    cases: SOME,
  },
  { name: 'unix', start: () => xrootd('unix'), cases: SOME.slice(0, 1) },
  { name: 'gsi with a VOMS proxy', start: () => xrootd('gsi-voms'), cases: SOME },
  { name: 'gsi with signed requests', start: () => xrootd('gsi-signed'), cases: SOME },
  { name: 'ztn over TLS', start: () => xrootd('ztn'), cases: SOME },
  { name: 'krb5', start: () => xrootd('krb5'), cases: SOME.slice(0, 1) },
  {
    name: 'https with a client certificate',
    start: async () => {
      const {
        httpUrl,
        env: { X509_CERT_DIR, X509_USER_PROXY },
      } = await serve('https')
      return { prefix: `${httpUrl}/`, env: { X509_CERT_DIR: X509_CERT_DIR!, X509_USER_PROXY: X509_USER_PROXY! } }
    },
    cases: SOME,
  },
  {
    name: 'https with a token',
    start: async () => {
      const {
        httpUrl,
        env: { X509_CERT_DIR, BEARER_TOKEN_FILE },
      } = await serve('https')
      return {
        prefix: `${httpUrl.replace('https', 'davs')}/`,
        env: { X509_CERT_DIR: X509_CERT_DIR!, BEARER_TOKEN_FILE: BEARER_TOKEN_FILE! },
      }
    },
    cases: SOME.slice(0, 1),
  },
]

/** No credentials but those that a way gives. */
const NOBODY = { X509_USER_PROXY: '', BEARER_TOKEN: '', BEARER_TOKEN_FILE: '', KRB5CCNAME: 'FILE:/none' }

test.before(async () => {
  if (shared === null || !haveXrootd()) return
  data = scratch()
  const { copyFileSync } = await import('node:fs')
  for (const name of INPUTS) copyFileSync(join(shared, 'data', name), data.path(name))
})
test.after(async () => {
  for (const server of servers) await server.stop()
  data?.remove()
})

/** Command line of a case, with `prefix` before the names of its files. */
function caseArguments(name: string, prefix: string, out: Scratch): string[] {
  const folder = join(shared!, 'cases', name)
  const fileset = JSON.parse(readFileSync(join(folder, 'fileset.json'), 'utf8')) as Record<string, { files: object }>
  for (const dataset of Object.values(fileset)) {
    dataset.files = Object.fromEntries(Object.entries(dataset.files).map(([path, tree]) => [`${prefix}${path}`, tree]))
  }
  const optional = ['settings', 'binning'].flatMap(kind => {
    const path = join(folder, `${kind}.json`)
    try {
      readFileSync(path)
      return [`--${kind}`, path]
    } catch {
      return []
    }
  })
  return ['--config', join(folder, 'runner.json'), '--fileset', out.json('fileset.json', fileset), ...optional]
}

const local = new Map<string, Promise<Map<string, Buffer>>>()

async function outputsOf(
  name: string,
  prefix: string,
  env: Readonly<Record<string, string>>,
  extra: readonly string[] = [],
): Promise<Map<string, Buffer>> {
  const out = scratch()
  try {
    const args = [...caseArguments(name, prefix, out), '--output', out.path('out'), '--no-progress', ...extra]
    const { status, stderr } = await runAnalysis(args, { cwd: join(shared!, 'data'), env: { ...NOBODY, ...env } })
    equal(status, 0, stderr)
    return filesBelow(out.path('out'))
  } finally {
    out.remove()
  }
}

function localOutputs(name: string): Promise<Map<string, Buffer>> {
  const known = local.get(name) ?? outputsOf(name, '', {})
  local.set(name, known)
  return known
}

/** Without what must differ: times, bytes and requests, the place of files, and the words of failures. */
function plainReport(bytes: Buffer): unknown {
  const entries = JSON.parse(bytes.toString()) as Record<string, unknown>[]
  return entries.map(entry => ({
    ...entry,
    call_time: null,
    duration: null,
    performance_counters: null,
    message: entry.message === null ? null : 'failed',
    exception: entry.exception === null ? null : 'failed',
    fqdn: null,
    hostname: null,
    args: (entry.args as string[] | undefined)?.map(arg => arg.replace(/'(?:[a-z]+:\/\/[^']*\/)?([^'/]*)'/, "'$1'")),
  }))
}

function sameOutputs(got: Map<string, Buffer>, want: Map<string, Buffer>, name: string): void {
  ok(want.size > 0, name)
  equal([...got.keys()], [...want.keys()], name)
  for (const [path, bytes] of want) {
    if (path.endsWith('report.json')) equal(plainReport(got.get(path)!), plainReport(bytes), `${name}: ${path}`)
    else ok(got.get(path)!.equals(bytes), `${name}: ${path} differs`)
  }
}

for (const { name, start, cases } of WAYS) {
  when(`${name}: outputs are those of local files`, async () => {
    const { prefix, env } = await start()
    for (const one of cases) sameOutputs(await outputsOf(one, prefix, env), await localOutputs(one), `${name}, ${one}`)
  })
}

when('threads and processes read from servers as well', async () => {
  const { prefix, env } = await xrootd('gsi-voms')
  for (const executor of ['threads', 'processes']) {
    const extra = ['--executor', executor, '--workers', '2']
    sameOutputs(await outputsOf(ALL[0]!, prefix, env, extra), await localOutputs(ALL[0]!), executor)
  }
})

for (const kind of ['plain', 'gsi-voms', 'ztn', 'https'] as const) {
  when(`outputs arrive at a server (${kind}), replace what was there, and nothing else is left`, async () => {
    const server = await serve(kind)
    const { env } = server
    const base = kind === 'https' ? `${server.httpUrl}/new/out` : `${server.url}/new/out`
    const out = scratch()
    const state = { XDG_STATE_HOME: out.path('state') }
    try {
      for (const prefix of ['', 'simplecache::']) {
        const args = [...caseArguments(ALL[2]!, '', out), '--output', prefix + base, '--no-progress']
        const { status, stderr } = await runAnalysis(args, {
          cwd: join(shared!, 'data'),
          env: { ...NOBODY, ...env, ...state },
        })
        equal(status, 0, stderr)
        ok(stderr.includes(`outputs in ${prefix}${base}`), stderr)
        sameOutputs(filesBelow(join(server.data, 'new/out')), await localOutputs(ALL[2]!), kind)
        equal([...filesBelow(out.path('state')).keys()], [])
      }
    } finally {
      out.remove()
    }
  })
}

test.run()
