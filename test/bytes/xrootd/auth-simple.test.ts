/** What unix, host and ztn send, and when they send nothing. */
import { userInfo } from 'node:os'
import { test } from 'uvu'
import { equal, match, not } from 'uvu/assert'
import { hostAuth } from '../../../lib/bytes/xrootd/auth-host.js'
import { unixAuth } from '../../../lib/bytes/xrootd/auth-unix.js'
import { ztnAuth } from '../../../lib/bytes/xrootd/auth-ztn.js'
import type { AuthConnection, AuthMethod } from '../../../lib/bytes/xrootd/authenticate.js'
import { authMethods } from '../../../lib/bytes/xrootd/methods.js'
import { failure } from './login.js'

const TOKEN = { text: 'eyJhbGciOiJ.secret' }

function to(isSecure: boolean): AuthConnection {
  return { host: 'a.example', port: 1094, isSecure, seal: hash => hash }
}

async function sent(method: AuthMethod, parameters = '', isSecure = true): Promise<string> {
  const connection = to(isSecure)
  const steps = method.begin(parameters, connection)
  const { value } = await steps.next()
  equal(connection.seal, null, 'no key of an earlier method is kept')
  equal((await steps.next(Buffer.from('more'))).done, true, 'there is one message')
  return Buffer.from(value as Uint8Array).toString('latin1')
}

test('unix sends the name of the user, and the group where it has a name', async () => {
  const text = await sent(unixAuth())
  equal(text.startsWith(`unix\0${userInfo().username}`), true)
  match(text.slice(5), /^[^\0 ]+( [^\0 ]+)?\0$/)
})

test('host sends its name', async () => {
  equal(await sent(hostAuth()), 'host\0')
})

test('ztn sends the token with its length', async () => {
  equal(await sent(ztnAuth(() => TOKEN)), 'ztn\0\0T\0\0\0\x13eyJhbGciOiJ.secret\0')
  equal(
    await sent(
      ztnAuth(() => TOKEN),
      '0:4096:',
    ),
    'ztn\0\0T\0\0\0\x13eyJhbGciOiJ.secret\0',
  )
})

test('ztn never sends a token in the clear, and does not even look for one', async () => {
  let asked = 0
  const method = ztnAuth(() => {
    asked++
    return TOKEN
  })
  match(await failure(method.begin('', to(false)).next()), /over TLS only.*roots:\/\//)
  equal(asked, 0)
})

test('ztn says what is missing: a token, or a smaller one', async () => {
  match(
    await failure(
      ztnAuth(() => null)
        .begin('', to(true))
        .next(),
    ),
    /no bearer token .*htgettoken/,
  )
  const message = await failure(
    ztnAuth(() => TOKEN)
      .begin('0:10:', to(true))
      .next(),
  )
  match(message, /the token has 18 bytes, more than the server takes \(10\)/)
  not.match(message, 'secret')
})

test('what is wrong with a credential is told as the method fails, not as a mistake of its own', async () => {
  const gsi = authMethods({ X509_USER_PROXY: '/nonexistent/proxy' }).find(({ name }) => name === 'gsi')!
  match(await failure(gsi.begin('v:10600,c:ssl', to(false)).next()), /\/nonexistent\/proxy: no grid proxy here/)
})

test.run()
