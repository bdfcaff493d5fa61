/** How the messages of docs/errors.md that are about remote data are provoked, without a server. */
import { writeFileSync } from 'node:fs'
import type { Scratch } from '../support/cli.js'
import { makeCertificate } from '../support/x509-maker.js'
import { type Provoke, run } from './provocation.js'

/** Nobody listens on this port (tcpmux). */
const NOWHERE = 'root://127.0.0.1:1//store/x.root'
const AT_ONCE = ['--retries', '0']

const read =
  (url: string, ...args: readonly string[]): Provoke =>
  dir =>
    run(dir, { files: { [url]: 'Events' }, args })

/** A user's certificate with its key is taken for a proxy, and needs nothing but Node to be made. */
function expired(dir: Scratch): string {
  const { certificate, keys } = makeCertificate({ subject: ['CN=somebody'], from: -3, to: -1 })
  const key = keys.privateKey.export({ type: 'pkcs8', format: 'pem' })
  writeFileSync(dir.path('x509up'), `${certificate.toString()}${key}`, { mode: 0o600 })
  return dir.path('x509up')
}

/** Message as the page quotes it -> how it is provoked. */
export const REMOTE: Readonly<Record<string, Provoke>> = {
  'no grid proxy here (X509_USER_PROXY, else /tmp/x509up_u<uid>). Make one: …': dir =>
    read(NOWHERE, '--voms', dir.path('none'))(dir),
  'the grid proxy expired at …': dir => read(NOWHERE, '--voms', expired(dir))(dir),
  '--redirector: "…" is no server.': read(NOWHERE, '--redirector', '/eos/cms'),
  "option '--transport <name>' argument '…' is invalid.": read(NOWHERE, '--transport', 'xrootd'),
  "option '--timeout <seconds>' argument '…' is invalid.": read(NOWHERE, '--timeout', '0'),
  '--transport xrdcp: the program … is not on PATH.': dir => ({
    ...read(NOWHERE, '--transport', 'xrdcp')(dir),
    env: { PATH: dir.dir },
  }),
  'the output folder cannot be made (root://…: no connection to …': dir =>
    run(dir, { args: ['--output', 'root://127.0.0.1:1//out', ...AT_ONCE] }),
  'files cannot be read from …:// (known: …).': read('s3://bucket/x.root'),
  'the URL has no host, wanted …': read('root:///store/x.root'),
  'the URL\'s port is "…", wanted …': read('root://localhost:store/x.root'),
  'no connection to … (ECONNREFUSED)': read(NOWHERE, ...AT_ONCE),
  'no connection with … (ECONNREFUSED)': read('http://127.0.0.1:1/x.root', ...AT_ONCE),
}
