/** What grants access is shown to servers only: no token, key of a proxy, or CGI of a URL gets into what commands print, log, report,
 *  journal or leave behind. The user's own documents, and the preprocessed fileset that the user asks for, hold what they must.
 *  Here: what goes wrong. */

import { readFileSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { test } from 'uvu'
import { equal, match, ok } from 'uvu/assert'
import { fail } from '../support/mock-faults.js'
import { cgi, JWT, SECRETS } from '../support/secret-forms.js'
import { badFiles, document, fileset, GOOD, IMPATIENT, logs, runner, url } from '../support/secret-jobs.js'
import {
  cleanRun,
  dir,
  mock,
  server,
  shown,
  startSecretServers,
  stopSecretServers,
  web,
} from '../support/secret-servers.js'
import { testIf } from '../support/tools.js'
import { haveXrootd, XROOTD_NEEDS } from '../support/xrootd-recipes.js'

const when = testIf(test, haveXrootd('gsi'), XROOTD_NEEDS)

test.before(startSecretServers)
test.after(stopSecretServers)

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
  await cleanRun(['run', '--config', runner(true), '--fileset', files, '--output', dir.path('out/good')])
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

test.run()
