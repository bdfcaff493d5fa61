import { execFileSync } from 'node:child_process'
import type { AddressInfo } from 'node:net'
import { connect, createServer, type TLSSocket } from 'node:tls'
import { test } from 'uvu'
import { equal, is, throws } from 'uvu/assert'
import { clientContext } from '../../lib/credentials/client-context.js'
import { type GridProxy, loadProxy } from '../../lib/credentials/proxy.js'
import { certificateMaker, hasOpenssl, makeCertificates } from '../support/certificates.js'
import { scratch } from '../support/cli.js'
import { testIf } from '../support/tools.js'

const files = scratch()
const certificates = hasOpenssl ? makeCertificates(files.dir) : null
const { text, bundle } = certificateMaker(files.dir)
const tlsTest = testIf(test, certificates, 'openssl')
const env = { X509_CERT_DIR: certificates?.authorities, HOME: files.dir }

/** Subjects of what a server is shown, the proxy's own first. */
function shown(proxy: GridProxy | null): Promise<string[]> {
  const options = { ...certificates!.server, requestCert: true, rejectUnauthorized: false }
  return new Promise((done, fail) => {
    const server = createServer(options, (socket: TLSSocket) => {
      const found: string[] = []
      let one = socket.getPeerCertificate(true)
      while (one?.subject !== undefined && found.length < 9) {
        found.push([one.subject.CN].flat().join('/'))
        if (one.issuerCertificate === one) break
        one = one.issuerCertificate
      }
      socket.end()
      server.close()
      done(found)
    })
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      const socket = connect({ port, host: '127.0.0.1', secureContext: clientContext(proxy, env) })
      socket.on('error', error => {
        server.close()
        fail(error)
      })
    })
  })
}

tlsTest('a server of a known authority is trusted, and shown the proxy with the certificate of the user', async () => {
  equal(await shown(loadProxy(certificates!.proxy)), ['Test user/1', 'Test user'])
  equal(await shown(null), [])
})

tlsTest('one context is made for each proxy, and kept', () => {
  const proxy = loadProxy(certificates!.proxy)
  const context = clientContext(proxy, env)
  is(clientContext(loadProxy(certificates!.proxy), env), context)
  is.not(clientContext(null, env), context)
  is(clientContext(proxy, env), context)
})

tlsTest('a proxy with a key that is too short for TLS is told, with the command that makes a longer one', () => {
  const run = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe', cwd: files.dir })
  run('genrsa', '-out', 'short.key', '512')
  run('req', '-x509', '-new', '-sha256', '-key', 'short.key', '-subj', '/CN=short', '-days', '2', '-out', 'short.pem')
  const proxy = loadProxy(bundle('short', text('short.pem'), text('short.key')))
  throws(
    () => clientContext(proxy, env),
    /short: TLS does not take this grid proxy \(ERR_SSL_EE_KEY_TOO_SMALL\)\. Make one: voms-proxy-init .* --bits 2048/,
  )
})

test.after(() => files.remove())

test.run()
