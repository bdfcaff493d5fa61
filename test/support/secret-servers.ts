/** Servers that are shown secrets, and commands that are looked at for them. */
import { cpSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { equal } from 'uvu/assert'
import { filesBelow, type Outcome, type Scratch, scratch } from './cli.js'
import { type MockServer, startMock } from './mock-xrootd.js'
import { formsOf, JWT, keyForms, SECRETS, tokenForms } from './secret-forms.js'
import { bash } from './shell.js'
import { testPki } from './xrootd-credentials.js'
import { haveXrootd } from './xrootd-recipes.js'
import { startServer, type TestServer } from './xrootd-servers.js'

export let dir: Scratch
export let server: TestServer
export let mock: MockServer
export let web: Server
export let env: Record<string, string>
/** Texts that must not be found, each with what it is. */
export let forbidden: readonly (readonly [what: string, bytes: Buffer])[]
/** What came to the https server with PUT. */
export const shown: string[] = []

/** Starts all, where a stock server can be had. */
export async function startSecretServers(): Promise<void> {
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
}

export async function stopSecretServers(): Promise<void> {
  await server?.stop()
  await mock?.stop()
  web?.closeAllConnections()
  web?.close()
  dir?.remove()
}

/** Fails where any of the secrets is in the bytes, gzipped or not. */
export function clean(place: string, bytes: Buffer): void {
  for (const [what, secret] of forbidden) {
    const at = bytes.indexOf(secret)
    if (at === -1) continue
    const around = bytes.subarray(Math.max(0, at - 150), at + secret.length + 20).toString('latin1')
    throw new Error(`${place}: ${what} at byte ${at}: ${JSON.stringify(around)}`)
  }
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) clean(`${place} (unzipped)`, gunzipSync(bytes))
}

/** The fileset that --preprocess makes: its user's own document, for the user alone. */
export const OWN = 'tmp/preprocessed_fileset.json.gz'
/** What `preprocess` was to send to a server, in a folder for the user alone. */
export const UNSENT = /^tmp\/tnp-pipe-out-\w+\/a\.json$/

/** Everything below the folders that commands write to, and what they put on the server. Names count as well. */
export function cleanFolders(label: string): void {
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
export async function cleanRun(args: readonly string[], more: Record<string, string> = {}): Promise<Outcome> {
  const outcome = await bash('cd "$IN" && tnp-pipe "$@"', args, { env: { ...env, IN: dir.path('home'), ...more } })
  const label = args.slice(0, 2).join(' ')
  clean(`${label}: stdout`, Buffer.from(outcome.stdout))
  clean(`${label}: stderr`, Buffer.from(outcome.stderr))
  cleanFolders(label)
  return outcome
}
