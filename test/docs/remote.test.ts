/** What docs/remote.md quotes of servers' answers is what users see: each message is provoked with a server that answers so. */
import { readFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, not, ok } from 'uvu/assert'
import { hasOpenssl, makeCertificates } from '../support/certificates.js'
import { type Scratch, scratch, tnpPipe } from '../support/cli.js'
import { testIf } from '../support/tools.js'
import { likeQuoted } from './provocation.js'
import { ANSWERS, DATA_PATH, type Served, serve } from './remote-answers.js'

const page = readFileSync('docs/remote.md', 'utf8')
const section = page.slice(page.indexOf('## What servers answer'))
const quoted = [...section.matchAll(/^\| `(.+?)` \| ./gm)].map(([, message]) => message!)
/** A variable that is empty counts as none. */
const NOTHING = { X509_USER_PROXY: '', X509_CERT_DIR: '', BEARER_TOKEN: '', BEARER_TOKEN_FILE: '', XrdSecPROTOCOL: '' }

test('the page and the provocations have the same messages', () => {
  equal(quoted.toSorted(), Object.keys(ANSWERS).sort())
})

for (const message of quoted) {
  const { needsOpenssl = false, isWarning = false, ...answer } = ANSWERS[message]!
  testIf(
    test,
    !needsOpenssl || hasOpenssl,
    'openssl',
  )(`"${message}" is said`, async () => {
    const dir = scratch()
    const server = await serve(answer, needsOpenssl ? makeCertificates(dir.dir).server : undefined)
    try {
      const { status, stderr } = await tnpPipe(jobOf(dir, server), { env: { ...NOTHING, XDG_STATE_HOME: dir.dir } })
      ok(likeQuoted(message).test(stderr), `not said:\n${stderr}`)
      equal(status, isWarning ? 0 : 1, stderr)
      not.match(stderr, /\n\s+at |SECRET/)
    } finally {
      await server.stop()
      dir.remove()
    }
  })
}

function jobOf(dir: Scratch, { url, output, args }: Served): string[] {
  const runner = {
    workflow: 'ElectronTagNProbeFromNanoAOD',
    workflow_args: { filters: { tight: 'cutBased >= 4' } },
    methods: [{ name: 'get_nd_tnp_histograms', args: { filter: 'tight' } }],
  }
  const fileset = { Data: { files: { [`${url}${DATA_PATH}?authz=SECRET`]: 'Events' }, metadata: { isMC: false } } }
  return [
    'run',
    ...['--config', dir.json('runner.json', runner), '--fileset', dir.json('fileset.json', fileset)],
    ...['--output', output ?? dir.path('out'), '--cache-folder', dir.path('cache')],
    ...['--executor', 'sync', '--no-progress', '--retries', '1', ...args],
  ]
}

test.run()
