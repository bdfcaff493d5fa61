/** krb5: what a server may ask for, damaged files of tickets, and all kinds of keys against a stock server. */
import { randomInt } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'uvu'
import { equal, match, ok } from 'uvu/assert'
import { krb5Auth } from '../../../lib/bytes/xrootd/auth-krb5.js'
import { type AuthConnection, CredentialError } from '../../../lib/bytes/xrootd/authenticate.js'
import { readTicketFile } from '../../../lib/bytes/xrootd/krb5-cache.js'
import { testRealm } from '../../support/xrootd-credentials.js'
import { haveProgram, runProgram } from '../../support/xrootd-recipes.js'
import { startServer, type TestServer } from '../../support/xrootd-servers.js'
import { failure, statRoot, withServer } from './login.js'

const folder = mkdtempSync(join(tmpdir(), 'tnp-krb5-test-'))
let server: TestServer | undefined
test.after(async () => {
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const connection: AuthConnection = { host: 'localhost', port: 1094, isSecure: false, seal: null }

test('a ticket for another service, which the server could pass on, is not fetched', async () => {
  const env = { PATH: '/nonexistent' }
  for (const asked of [
    'HTTP/web@R',
    'xrootd@R',
    '--out-cache',
    '-k/x@R',
    '',
    'xrootd/-x@R',
    'xrootd/a b@R',
    'xrootd/a@R;x',
  ]) {
    match(await failure(krb5Auth(env).begin(asked, connection).next()), /which is no service of XRootD/)
  }
  for (const asked of ['xrootd/eoscms.cern.ch@CERN.CH', 'host/a.b@R,fwd']) {
    match(await failure(krb5Auth(env).begin(asked, connection).next()), /kvno is missing/)
  }
})

test('a kvno that is too old is told from a missing ticket', async () => {
  const program = join(folder, 'kvno')
  writeFileSync(program, '#!/bin/sh\necho "kvno: invalid option -- -\nusage: kvno [-C] service" >&2\nexit 1\n', {
    mode: 0o700,
  })
  const env = { PATH: `${folder}:${process.env.PATH}` }
  match(await failure(krb5Auth(env).begin('xrootd/a@R', connection).next()), /no --out-cache.*MIT Kerberos 1\.19/)
})

const need = (name: string) => (haveProgram('kvno') ? withServer(test, 'krb5') : test.skip)(name, kinds)

const NAMES = { 17: 'aes128-cts', 18: 'aes256-cts', 19: 'aes128-sha2', 20: 'aes256-sha2' } as const

/** The realm makes session keys of the kind that the service is said to take. */
async function kinds(): Promise<void> {
  server ??= await startServer('krb5')
  const { config, tickets } = await testRealm()
  const env = { PATH: process.env.PATH!, KRB5_CONFIG: config, KRB5CCNAME: tickets }
  const administration = { ...process.env, ...env, KRB5_KDC_PROFILE: join(dirname(config), 'kdc.conf') }
  for (const [kind, name] of Object.entries(NAMES)) {
    const attribute = `setstr xrootd/localhost session_enctypes ${name}`
    await runProgram('kadmin.local', ['-r', 'TEST.REALM', '-q', attribute], { env: administration })
    match(await statRoot(server, env), /^\d/)
    const cache = join(folder, `cache-${kind}`)
    await runProgram('kvno', ['-q', '--out-cache', `FILE:${cache}`, 'xrootd/localhost@TEST.REALM'], { env })
    const [ticket] = readTicketFile(readFileSync(cache)).filter(one => one.service.names[0] === 'xrootd')
    equal([ticket?.keyType, ticket?.client.names, ticket?.service.realm], [Number(kind), ['tester'], 'TEST.REALM'])
    damage(readFileSync(cache))
  }
}

need('a server takes keys of each kind of AES; damaged files of tickets fail with a CredentialError')

function damage(bytes: Buffer): void {
  for (let i = 0; i < 2000; i++) {
    const changed = Buffer.from(bytes)
    changed[randomInt(changed.length)] = randomInt(256)
    try {
      readTicketFile(changed.subarray(0, i % 2 === 0 ? changed.length : randomInt(changed.length)))
    } catch (error) {
      ok(error instanceof CredentialError, (error as Error).stack ?? '')
    }
  }
}

test.run()
