/** What grants access is shown to servers only: no token, key of a proxy, or CGI of a URL gets into what commands print, log, report,
 *  journal or leave behind. The user's own documents, and the preprocessed fileset that the user asks for, hold what they must. */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import { test } from 'uvu'
import { equal, match, ok } from 'uvu/assert'
import { readJournal } from '../../lib/journal/read.js'
import { JWT, SECRETS } from '../support/secret-forms.js'
import { badFiles, fileset, GOOD, logs, runner, url } from '../support/secret-jobs.js'
import {
  clean,
  cleanFolders,
  cleanRun,
  dir,
  env,
  forbidden,
  OWN,
  server,
  startSecretServers,
  stopSecretServers,
} from '../support/secret-servers.js'
import { bash } from '../support/shell.js'
import { testIf } from '../support/tools.js'
import { haveXrootd, XROOTD_NEEDS } from '../support/xrootd-recipes.js'

const when = testIf(test, haveXrootd('gsi'), XROOTD_NEEDS)

test.before(startSecretServers)
test.after(stopSecretServers)

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
