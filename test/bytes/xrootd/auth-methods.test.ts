/** The methods besides gsi, against stock servers, and the choice among them. */
import { readFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { test } from 'uvu'
import { equal, match, not } from 'uvu/assert'
import { authMethods } from '../../../lib/bytes/xrootd/methods.js'
import { testRealm, testTokens } from '../../support/xrootd-credentials.js'
import { haveProgram } from '../../support/xrootd-recipes.js'
import { startServer, type TestServer } from '../../support/xrootd-servers.js'
import { failure, statRoot, withServer } from './login.js'

const started: TestServer[] = []
test.after(async () => {
  for (const server of started) await server.stop()
})

async function start(kind: 'unix' | 'ztn' | 'krb5' | 'sss'): Promise<TestServer> {
  const server = await startServer(kind)
  started.push(server)
  return server
}

withServer(test, 'unix')('unix: the server gets the name of the user', async () => {
  const server = await start('unix')
  match(await statRoot(server, {}), /^\d/)
  match(server.log(), new RegExp(`login as ${userInfo().username}`))
})

withServer(test, 'ztn')('ztn: a token opens the server over TLS', async () => {
  const server = await start('ztn')
  match(await statRoot(server, server.env, { isSecure: true }), /^\d/)
  // The server goes on to TLS by itself where root:// is asked for.
  match(await statRoot(server, server.env), /^\d/)
})

withServer(test, 'ztn')('ztn: without a token, or with an old one, it is said where one comes from', async () => {
  const server = await start('ztn')
  const { expired } = await testTokens()
  const { X509_CERT_DIR } = server.env
  const none = { X509_CERT_DIR: X509_CERT_DIR!, BEARER_TOKEN_FILE: '/nonexistent' }
  match(await failure(statRoot(server, none)), /ztn: .*\/nonexistent/)
  const old = await failure(statRoot(server, { ...server.env, BEARER_TOKEN_FILE: expired }))
  match(old, /ztn: .*expired/)
  not.match(old, readFileSync(expired, 'utf8').slice(0, 20))
})

const krb5 = haveProgram('kvno') ? withServer(test, 'krb5') : test.skip

krb5('krb5: a ticket opens the server', async () => {
  const server = await start('krb5')
  match(await statRoot(server, { ...process.env, ...server.env } as Record<string, string>), /^\d/)
})

krb5('krb5: without a ticket, kinit is named; without the realm, the realm; without kvno, its package', async () => {
  const server = await start('krb5')
  const { config } = await testRealm()
  const PATH = process.env.PATH!
  const noTicket = { PATH, KRB5_CONFIG: config, KRB5CCNAME: 'FILE:/nonexistent' }
  match(await failure(statRoot(server, noTicket)), /krb5: no Kerberos ticket that is valid .*Get one: kinit/)
  match(await failure(statRoot(server, { ...noTicket, PATH: '/nonexistent' })), /kvno is missing. Install MIT Kerberos/)
})

withServer(test, 'sss')('a method that is not there is told by name, with the way around', async () => {
  match(await failure(statRoot(await start('sss'), {})), /sss: not supported \(try --transport xrdcp\)/)
})

withServer(test, 'unix')('XrdSecPROTOCOL restricts the choice', async () => {
  match(await failure(statRoot(await start('unix'), { XrdSecPROTOCOL: 'gsi,ztn' })), /unix: not supported/)
})

test('the methods are those that XrdSecPROTOCOL lists, by commas or blanks; all without it', () => {
  const names = (env: NodeJS.ProcessEnv) => authMethods(env).map(({ name }) => name)
  equal(names({}), ['gsi', 'ztn', 'krb5', 'unix', 'host'])
  equal(names({ XrdSecPROTOCOL: '' }), ['gsi', 'ztn', 'krb5', 'unix', 'host'])
  equal(names({ XrdSecPROTOCOL: 'unix, gsi' }), ['gsi', 'unix'])
  equal(names({ XrdSecPROTOCOL: 'ztn host sss' }), ['ztn', 'host'])
})

test.run()
