import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { rootCertificates } from 'node:tls'
import { test } from 'uvu'
import { equal, is, match, not, ok } from 'uvu/assert'
import { checkCredentials, type Finding, surveyCredentials } from '../../lib/credentials/check.js'
import { certificateMaker, hasOpenssl, makeCertificates, PROXY } from '../support/certificates.js'
import { scratch } from '../support/cli.js'
import { testIf } from '../support/tools.js'
import { vomsExtension, vomsLine } from './voms-extension.js'

const files = scratch()
const certificates = hasOpenssl ? makeCertificates(files.dir) : null
const { sign, text, bundle } = certificateMaker(files.dir)
const tlsTest = testIf(test, certificates, 'openssl')
const HOUR = 3600 * 1000

// A user that nobody is: the usual places are in /tmp, and are those of the user's number.
const realUid = process.getuid!
const UID = 3_999_000_000 + (process.pid % 1_000_000)
const USUAL = `/tmp/x509up_u${UID}`
test.before.each(() => {
  process.getuid = () => UID
})
test.after.each(() => {
  process.getuid = realUid
  rmSync(USUAL, { force: true })
  rmSync(`/tmp/bt_u${UID}`, { force: true })
})

mkdirSync(files.path('grid'))
writeFileSync(files.path('grid/a.pem'), rootCertificates[0]!)
mkdirSync(files.path('no-programs'))

/** Nothing but authorities. */
const BARE = { X509_CERT_DIR: files.path('grid'), PATH: files.path('no-programs'), HOME: files.dir }
const check = (env: NodeJS.ProcessEnv, now?: Date) => checkCredentials({ ...BARE, ...env }, now)

function told(findings: readonly Finding[], ...wanted: readonly (readonly [Finding['level'], string, RegExp])[]) {
  equal(
    findings.map(({ level, place }) => [level, place]),
    wanted.map(([level, place]) => [level, place]),
  )
  for (const [i, [, , message]] of wanted.entries()) match(findings[i]!.message, message)
}

function vomsProxy(name: string, until: Date): string {
  sign(name, '/CN=Test user/CN=9', 'user', 1, PROXY + vomsLine(vomsExtension('cms://voms:1', ['/cms'], until)))
  return bundle(`${name}-x509up`, text(`${name}.pem`), text(`${name}.key`), text('user.pem'))
}

function withKlist(end: string): NodeJS.ProcessEnv {
  mkdirSync(files.path('programs'), { recursive: true })
  const line = `11/30/20 00:00:00  ${end} 00:00:00  krbtgt/CERN.CH@CERN.CH`
  const script = `#!/bin/sh\necho 'Default principal: alice@CERN.CH'\necho '${line}'\n`
  writeFileSync(files.path('programs/klist'), script)
  chmodSync(files.path('programs/klist'), 0o755)
  return { PATH: files.path('programs') }
}

test('whoever has nothing to show is warned, and told how to make a proxy', () => {
  told(check({}), [
    'warning',
    USUAL,
    /^no grid proxy here .*no token and no Kerberos ticket: .*voms-proxy-init --voms cms/,
  ])
})

test('a token, or a ticket that lasts, is enough', () => {
  told(check({ BEARER_TOKEN: 'x' }))
  told(check(withKlist('01/01/50')))
  told(check(withKlist('01/01/21')), ['warning', USUAL, /no Kerberos ticket/])
})

test('klist is run only where nothing else is found', () => {
  is(surveyCredentials({ ...BARE, ...withKlist('01/01/50'), BEARER_TOKEN: 'x' }, new Date(), false).ticket, null)
  is(surveyCredentials({ ...BARE, ...withKlist('01/01/50'), BEARER_TOKEN: 'x' }).ticket?.principal, 'alice@CERN.CH')
})

test('a proxy that X509_USER_PROXY names, and is not there, is an error', () => {
  const path = files.path('none')
  told(check({ X509_USER_PROXY: path }), ['error', path, /no grid proxy here/])
  told(check({ X509_USER_PROXY: path, BEARER_TOKEN: 'x' }), ['error', path, /no grid proxy here/])
})

tlsTest('an expired proxy is an error where it is named, and a warning in the usual place', () => {
  const path = certificates!.expiredProxy
  told(check({ X509_USER_PROXY: path }), ['error', path, /expired at .*voms-proxy-init/])
  writeFileSync(USUAL, text('expired-x509up'), { mode: 0o600 })
  told(check({}), ['warning', USUAL, /expired at .*voms-proxy-init/])
})

tlsTest('a proxy without VOMS attributes, or with old ones, is told, and a good one is not', () => {
  const now = new Date()
  const path = certificates!.proxy
  told(check({ X509_USER_PROXY: path }), [
    'warning',
    path,
    /no VOMS extension.*refuse it, with an empty message\. Make/,
  ])
  const old = vomsProxy('old-voms', new Date(now.getTime() - HOUR))
  told(check({ X509_USER_PROXY: old }), ['warning', old, /membership of cms .* expired at \d{4}-.*: servers refuse it/])
  const until = new Date(now.getTime() + HOUR)
  const ending = vomsProxy('ending-voms', until)
  const later = new Date(until.getTime() - 30.5 * 60_000)
  told(check({ X509_USER_PROXY: ending }, later), ['warning', ending, /membership of cms .* ends in 30 min\. Make/])
  const good = vomsProxy('good-voms', new Date(now.getTime() + 9 * HOUR))
  told(check({ X509_USER_PROXY: good }))
  writeFileSync(USUAL, text('good-voms-x509up'), { mode: 0o600 })
  told(check({}))
})

tlsTest('a proxy that ends within the hour is told once', () => {
  const path = vomsProxy('ends', new Date(Date.now() + 48 * HOUR))
  const { proxy } = surveyCredentials({ ...BARE, X509_USER_PROXY: path })
  const now = new Date(proxy!.expires.getTime() - 34.5 * 60_000)
  told(check({ X509_USER_PROXY: path }, now), [
    'warning',
    path,
    /^the grid proxy ends in 34 min\. Make a new one: voms-/,
  ])
})

test('a bad token is an error where it is named, and a warning in the usual place', () => {
  const expired = `a.${Buffer.from('{"exp":1}').toString('base64url')}.secret`
  told(
    check({ BEARER_TOKEN: expired }),
    ['error', 'BEARER_TOKEN', /^the token expired at 1970/],
    ['warning', USUAL, /no token/],
  )
  const path = files.path('token')
  writeFileSync(path, expired, { mode: 0o600 })
  told(
    check({ BEARER_TOKEN_FILE: path }),
    ['error', path, /^the token expired at 1970/],
    ['warning', USUAL, /no token/],
  )
  writeFileSync(`/tmp/bt_u${UID}`, expired, { mode: 0o600 })
  const found = check({})
  not.match(JSON.stringify(found), 'secret')
  told(found, ['warning', `/tmp/bt_u${UID}`, /^this token belongs to another user/], ['warning', USUAL, /no token/])
})

test('a token in a variable that ends soon, and a file that others may read, are told', () => {
  const exp = Math.floor(Date.now() / 1000) + 150
  const token = `a.${Buffer.from(JSON.stringify({ exp })).toString('base64url')}.c`
  told(check({ BEARER_TOKEN: token }), ['warning', 'BEARER_TOKEN', /^the token ends in 2 min\. Name a file/])
  const path = files.path('open-token')
  writeFileSync(path, token)
  chmodSync(path, 0o644)
  told(check({ BEARER_TOKEN_FILE: path }), ['warning', path, /^others may read this token\. chmod 600 /])
})

test('a folder of authorities that is named and bad is an error, and one that is missing a warning', () => {
  const none = files.path('none')
  const env = { ...BARE, BEARER_TOKEN: 'x' }
  told(checkCredentials({ ...env, X509_CERT_DIR: none }), [
    'error',
    none,
    /no such folder; .* export X509_CERT_DIR=\/cvmfs/,
  ])
  const { authorities, findings } = surveyCredentials({ ...env, X509_CERT_DIR: '' })
  if (authorities === null) told(findings, ['warning', 'X509_CERT_DIR', /^not set, .*export X509_CERT_DIR=\/cvmfs/])
  else ok(authorities.count > 0)
  equal(surveyCredentials(env).authorities, { folder: files.path('grid'), count: 1 })
})

test.after(() => files.remove())

test.run()
