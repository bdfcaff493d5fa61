import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import { equal, is, ok } from 'uvu/assert'
import { findTicket, readKlist } from '../../lib/credentials/tickets.js'
import { scratch } from '../support/cli.js'
import { sharedDir, testIf } from '../support/tools.js'

const files = scratch()

const MIT = `Ticket cache: FILE:/tmp/krb5cc_1000
Default principal: alice@CERN.CH

Valid starting     Expires            Service principal
11/30/26 09:26:42  12/01/26 10:26:42  krbtgt/CERN.CH@CERN.CH
	renew until 12/05/26 09:26:42
11/30/26 09:30:00  12/01/26 08:00:00  xrootd/eoscms.cern.ch@CERN.CH
`

const HEIMDAL = `Credentials cache: API:1234
        Principal: alice@CERN.CH

  Issued                Expires               Principal
Nov 30 09:26:42 2026  Dec  1 10:26:42 2026  krbtgt/CERN.CH@CERN.CH
`

test('principal and end are read from what MIT Kerberos prints, and Heimdal', () => {
  const expires = new Date('2026-12-01T10:26:42Z')
  for (const text of [MIT, HEIMDAL, MIT.replaceAll('/26 ', '/2026 ')]) {
    equal(readKlist(text), { principal: 'alice@CERN.CH', expires })
  }
  const old = HEIMDAL.replace('Dec  1 10:26:42 2026', '>>>Expired<<<       ')
  equal(readKlist(old), { principal: 'alice@CERN.CH', expires: new Date(0) })
})

test('what is not understood is not known', () => {
  is(readKlist(''), null)
  is(readKlist('no tickets here'), null)
  equal(readKlist('Default principal: bob@X\n'), { principal: 'bob@X', expires: null })
  equal(readKlist('Default principal: bob@X\n77/77/77 99:99:99  77/77/77 99:99:99  krbtgt/X@X'), {
    principal: 'bob@X',
    expires: null,
  })
})

/** A folder with a klist of our own, for PATH. */
function withKlist(name: string, script: string): NodeJS.ProcessEnv {
  mkdirSync(files.path(name))
  writeFileSync(join(files.path(name), 'klist'), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  return { PATH: files.path(name) }
}

test('without klist, or where it finds no cache, there is no ticket', () => {
  is(findTicket({ PATH: files.path('nothing') }), null)
  is(findTicket(withKlist('failing', 'echo "klist: No credentials cache found" >&2; exit 1')), null)
})

test('klist is asked for times in UTC and plain words', () => {
  const env = withKlist('asked', `[ "$LC_ALL $TZ $KRB5CCNAME" = "C UTC x" ] || exit 1\ncat <<'END'\n${MIT}END`)
  is(
    findTicket({ ...env, PATH: `${env.PATH}:/usr/bin:/bin`, TZ: 'Asia/Tokyo', KRB5CCNAME: 'x' })?.principal,
    'alice@CERN.CH',
  )
})

const recipe = join(sharedDir() ?? '', 'recipes/xrootd/krb5-up.sh')
const PATH = `${process.env.PATH}:/usr/sbin:/sbin`
const hasKerberos =
  sharedDir() !== null && spawnSync('sh', ['-c', 'command -v krb5kdc kinit klist'], { env: { PATH } }).status === 0

testIf(
  test,
  hasKerberos,
  'a Kerberos server, and ../shared',
)('a real ticket is found', () => {
  const kdc = files.path('kdc')
  const port = String(20_000 + (process.pid % 10_000))
  const env = { ...process.env, PATH }
  const { status } = spawnSync('sh', [recipe, kdc, port], { env, stdio: 'ignore' })
  try {
    is(status, 0)
    const ticket = findTicket({ ...env, KRB5CCNAME: `FILE:${kdc}/ccache` })!
    is(ticket.principal, 'tester@TEST.REALM')
    const hours = (ticket.expires!.getTime() - Date.now()) / 3600e3
    ok(hours > 9 && hours <= 24.01, `${hours} h`)
    is(findTicket({ ...env, KRB5CCNAME: `FILE:${kdc}/none` }), null)
  } finally {
    spawnSync('sh', ['-c', `kill "$(cat ${kdc}/kdc.pid)"`])
  }
})

test.after(() => files.remove())

test.run()
