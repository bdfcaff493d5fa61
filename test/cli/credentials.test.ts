import { mkdirSync, writeFileSync } from 'node:fs'
import { rootCertificates } from 'node:tls'
import { test } from 'uvu'
import { equal, is, match, not, throws } from 'uvu/assert'
import { credentials } from '../../lib/cli/credentials.js'
import { vomsExtension, vomsLine } from '../credentials/voms-extension.js'
import { certificateMaker, hasOpenssl, makeCertificates, PROXY } from '../support/certificates.js'
import { scratch, tnpPipe } from '../support/cli.js'
import { testIf } from '../support/tools.js'

const files = scratch()
const certificates = hasOpenssl ? makeCertificates(files.dir) : null
const { sign, text, bundle } = certificateMaker(files.dir)
const tlsTest = testIf(test, certificates, 'openssl')
const HOUR = 3600 * 1000

mkdirSync(files.path('grid'))
writeFileSync(files.path('grid/a.pem'), rootCertificates[0]!)
mkdirSync(files.path('programs'))
writeFileSync(
  files.path('programs/klist'),
  `#!/bin/sh
echo 'Default principal: alice@CERN.CH'
echo '11/30/20 00:00:00  01/01/50 00:00:00  krbtgt/CERN.CH@CERN.CH'
`,
  { mode: 0o755 },
)

/** All there is to show: a proxy with a role, a token, a ticket. */
function wealth(): { env: NodeJS.ProcessEnv; now: Date; secrets: readonly string[] } {
  const ends = new Date(Date.now() + 9 * HOUR)
  const extension = vomsExtension(
    'cms://voms:1',
    ['/cms/Role=NULL/Capability=NULL', '/cms/Role=production/Capability=NULL'],
    ends,
  )
  sign('rich', '/CN=Test user/CN=9', 'user', 3, PROXY + vomsLine(extension))
  const proxy = bundle('rich-x509up', text('rich.pem'), text('rich.key'), text('user.pem'))
  const claims = {
    iss: 'https://issuer.test/',
    scope: 'storage.read:/ storage.create:/store',
    exp: ends.getTime() / 1000,
  }
  const token = `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2lnbmF0dXJl`
  const env = {
    X509_USER_PROXY: proxy,
    X509_CERT_DIR: files.path('grid'),
    BEARER_TOKEN: token,
    PATH: files.path('programs'),
    HOME: files.dir,
  }
  const secrets = [
    ...token.split('.').slice(1),
    ...text('rich.key').split('\n').slice(1, -2),
    ...text('rich.pem').split('\n').slice(1, -2),
  ]
  return { env, now: new Date(ends.getTime() - 3 * HOUR - 12.5 * 60_000), secrets }
}

tlsTest('what can be shown to servers is told, and how long it lasts, but no secrets', () => {
  const { env, now, secrets } = wealth()
  const { stdout, stderr, status } = credentials({ format: 'text' }, env, now)
  equal([stderr, status], ['', 0])
  equal(
    stdout
      .replace(/\d+ d \d+ h (?=.until 2050)/, 'YEARS ')
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'DATE')
      .split('\n'),
    [
      `proxy           ${env.X509_USER_PROXY}`,
      '  identity      /CN=Test user',
      '  time left     1 d 18 h (until DATE)',
      '  organization  cms',
      '    role        /cms',
      '    role        /cms/Role=production',
      '    time left   3 h 12 min (until DATE)',
      'token           BEARER_TOKEN',
      '  issuer        https://issuer.test/',
      '  scopes        storage.read:/ storage.create:/store',
      '  time left     3 h 12 min (until DATE)',
      'Kerberos        alice@CERN.CH',
      '  time left     YEARS (until DATE)',
      `authorities     ${env.X509_CERT_DIR}`,
      '  number        1',
      '',
    ],
  )
  const json = credentials({ format: 'json' }, env, now)
  for (const secret of secrets) for (const shown of [stdout, json.stdout]) not.match(shown, secret)
  const { proxy, token, kerberos, authorities, findings } = JSON.parse(json.stdout)
  equal([proxy.identity, proxy.voms[0].vo, proxy.voms[0].fqans.length], ['/CN=Test user', 'cms', 2])
  equal([token.source, token.issuer, token.scopes.length], ['BEARER_TOKEN', 'https://issuer.test/', 2])
  equal(kerberos, { principal: 'alice@CERN.CH', expires: '2050-01-01T00:00:00.000Z' })
  equal([authorities.count, findings], [1, []])
})

test('where there is nothing, that is told, with exit status 1', () => {
  const uid = process.getuid!
  process.getuid = () => 3_998_000_000
  try {
    const env = { X509_CERT_DIR: files.path('grid'), PATH: files.path('none') }
    const { stdout, stderr, status } = credentials({ format: 'text' }, env)
    is(status, 1)
    equal(stdout.split('\n').slice(0, 3), ['proxy           none', 'token           none', 'Kerberos        none'])
    match(stderr, /^warning: \/tmp\/x509up_u3998000000: no grid proxy here .*Make a proxy: voms-proxy-init .*\n$/)
    const json = JSON.parse(credentials({ format: 'json' }, env).stdout)
    equal([json.proxy, json.token, json.kerberos, json.findings.length], [null, null, null, 1])
  } finally {
    process.getuid = uid
  }
})

tlsTest('another proxy is looked at with --voms, and is an error where it is bad', () => {
  const { env, now } = wealth()
  const voms = certificates!.expiredProxy
  const { stdout, stderr, status } = credentials({ format: 'text', voms }, env, now)
  is(status, 2)
  match(stdout, /^proxy {11}none\ntoken {11}BEARER_TOKEN\n/)
  match(stderr, new RegExp(`^error: ${voms}: the grid proxy expired at `))
  const plain = credentials({ format: 'text', voms: certificates!.proxy }, env, new Date())
  is(plain.status, 0)
  match(plain.stdout, /\n {2}organization {2}none\n/)
  match(plain.stderr, /^warning: .*no VOMS extension/)
})

test('a format that is not known is told', () => {
  throws(() => credentials({ format: 'xml' }), '--format: is "xml", wanted text or json.')
})

tlsTest('the program prints it, and ends with its status', async () => {
  const before = { ...process.env }
  process.env.X509_CERT_DIR = files.path('grid')
  delete process.env.BEARER_TOKEN_FILE
  process.env.BEARER_TOKEN = 'not a token'
  try {
    const bad = await tnpPipe(['credentials', '--voms', certificates!.proxy])
    is(bad.status, 2)
    match(bad.stdout, /identity {6}\/CN=Test user\n/)
    match(bad.stderr, /\nerror: BEARER_TOKEN: is no token \(character 0x20 at 3,/)
    not.match(bad.stdout + bad.stderr, 'not a token')
    process.env.BEARER_TOKEN = 'token'
    const good = await tnpPipe(['credentials', '--voms', certificates!.proxy, '--format', 'json'])
    equal([good.status, JSON.parse(good.stdout).token.source], [0, 'BEARER_TOKEN'])
    const wrong = await tnpPipe(['credentials', '--format', 'xml'])
    equal([wrong.status, wrong.stdout, wrong.stderr], [2, '', 'error: --format: is "xml", wanted text or json.\n'])
  } finally {
    for (const name of ['X509_CERT_DIR', 'BEARER_TOKEN', 'BEARER_TOKEN_FILE']) {
      if (before[name] === undefined) delete process.env[name]
      else process.env[name] = before[name]
    }
  }
})

test.after(() => files.remove())

test.run()
