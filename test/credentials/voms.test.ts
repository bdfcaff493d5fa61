import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import { equal, is, ok } from 'uvu/assert'
import { loadProxy } from '../../lib/credentials/proxy.js'
import { readVoms } from '../../lib/credentials/voms.js'
import { certificateMaker, hasOpenssl, makeCertificates, PROXY } from '../support/certificates.js'
import { scratch } from '../support/cli.js'
import { sharedDir, testIf } from '../support/tools.js'
import { vomsExtension, vomsLine } from './voms-extension.js'

const files = scratch()
const END = new Date('2030-01-02T03:04:05Z')
const ROLES = ['/cms/Role=NULL/Capability=NULL', '/cms/Role=production/Capability=NULL']

test('organization, groups and roles, and their end', () => {
  equal(readVoms(vomsExtension('cms://voms.cern.ch:15000', ROLES, END)), [{ vo: 'cms', fqans: ROLES, expires: END }])
})

test('an extension that does not say by whom it is made has the organization in its groups', () => {
  equal(readVoms(vomsExtension('', ['/cms/dcms'], END)), [{ vo: 'cms', fqans: ['/cms/dcms'], expires: END }])
  equal(readVoms(vomsExtension('', [], END)), [{ vo: '', fqans: [], expires: END }])
})

test('control characters of an extension do not reach the terminal', () => {
  equal(readVoms(vomsExtension('', ['/cms/\u001b[31mred\u202e\n'], END))[0]!.fqans, ['/cms/?[31mred??'])
})

testIf(
  test,
  hasOpenssl,
  'openssl',
)('attributes of all proxies of a chain are found, and damaged ones passed over', () => {
  makeCertificates(files.dir)
  const { sign, text, bundle } = certificateMaker(files.dir)
  const attributes = vomsExtension('cms://voms.cern.ch:15000', ROLES, END)
  sign('first', '/CN=Test user/CN=5', 'user', 1, PROXY + vomsLine(attributes))
  sign('second', '/CN=Test user/CN=5/CN=6', 'first', 1, PROXY)
  sign('damaged', '/CN=Test user/CN=7', 'user', 1, PROXY + vomsLine(attributes.subarray(0, -60)))
  const voms = (...names: string[]) => {
    const chain = [...names, 'user'].map(name => text(`${name}.pem`))
    return loadProxy(bundle('chain', ...chain, text(`${names[0]}.key`))).voms
  }
  equal(voms('first'), [{ vo: 'cms', fqans: ROLES, expires: END }])
  equal(voms('second', 'first'), voms('first'))
  equal(voms('damaged'), [])
  equal(voms('proxy'), [])
})

const recipe = join(sharedDir() ?? '', 'recipes/xrootd/pki.sh')
const hasVoms = hasOpenssl && sharedDir() !== null && spawnSync('voms-proxy-fake', ['-version']).error === undefined

testIf(
  test,
  hasVoms,
  'voms-proxy-fake, and ../shared',
)("what VOMS' own program makes is read", () => {
  const dir = files.path('pki')
  mkdirSync(dir)
  const run = (command: string, ...args: string[]) => {
    const { status, stderr } = spawnSync(command, args, { cwd: dir, encoding: 'utf8' })
    is(status, 0, stderr)
  }
  run('sh', recipe, dir)
  const keys = ['-cert', 'usercert.pem', '-key', 'userkey.pem', '-hostcert', 'hostcert.pem', '-hostkey', 'hostkey.pem']
  const roles = ROLES.flatMap(role => ['-fqan', role])
  const what = ['-rfc', '-certdir', 'certs', '-voms', 'cms', '-uri', 'voms.test:15000', ...roles, '-hours', '100']
  run('voms-proxy-fake', ...what, ...keys, '-out', 'vomsproxy.pem')
  const { identity, voms, expires, certificates } = loadProxy(join(dir, 'vomsproxy.pem'))
  is(identity, '/DC=test/OU=Users/CN=Test User')
  is(certificates.length, 2)
  is(voms.length, 1)
  equal([voms[0]!.vo, voms[0]!.fqans], ['cms', ROLES])
  const hours = (voms[0]!.expires.getTime() - Date.now()) / 3600e3
  ok(hours > 99 && hours <= 100.1, `${hours} h`)
  ok(Math.abs(voms[0]!.expires.getTime() - expires.getTime()) < 60_000)
  equal(loadProxy(join(dir, 'proxy.pem')).voms, [])
})

test.after(() => files.remove())

test.run()
