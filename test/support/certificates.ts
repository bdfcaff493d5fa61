/** Certificates made with openssl at test time: an authority, a server on 127.0.0.1, a user and the user's grid proxies. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export const hasOpenssl = spawnSync('openssl', ['version']).status === 0

export interface Certificates {
  /** A folder as X509_CERT_DIR names it. */
  readonly authorities: string
  readonly server: { readonly cert: string; readonly key: string }
  /** Paths of PEM files with the proxy, its key and the user's certificate. */
  readonly proxy: string
  readonly expiredProxy: string
}

const PROXY = 'basicConstraints=critical,CA:FALSE\nproxyCertInfo=critical,language:id-ppl-inheritAll\n'

export function makeCertificates(dir: string): Certificates {
  const at = (name: string) => join(dir, name)
  const openssl = (...args: string[]) => {
    const { status, stderr } = spawnSync('openssl', args, { encoding: 'utf8' })
    if (status !== 0) throw new Error(`openssl ${args.join(' ')}: ${stderr}`)
  }
  const newKey = (name: string) =>
    openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', at(`${name}.key`))
  /** `name` signed by `issuer` for `days` days, with extensions. */
  const sign = (name: string, subject: string, issuer: string, days: number, extensions: string) => {
    newKey(name)
    writeFileSync(at(`${name}.ext`), extensions)
    openssl('req', '-new', '-key', at(`${name}.key`), '-subj', subject, '-out', at(`${name}.csr`))
    const from = ['-CA', at(`${issuer}.pem`), '-CAkey', at(`${issuer}.key`), '-CAcreateserial']
    const what = ['-in', at(`${name}.csr`), '-days', String(days), '-extfile', at(`${name}.ext`)]
    openssl('x509', '-req', ...what, ...from, '-out', at(`${name}.pem`))
  }
  const text = (name: string) => readFileSync(at(name), 'utf8')
  mkdirSync(at('authorities'))
  newKey('ca')
  const authority = ['-key', at('ca.key'), '-subj', '/CN=Test authority', '-days', '2', '-out', at('ca.pem')]
  openssl('req', '-x509', '-new', ...authority)
  writeFileSync(at('authorities/ca.pem'), text('ca.pem'))
  sign('server', '/CN=Test server', 'ca', 2, 'subjectAltName=IP:127.0.0.1\n')
  sign('user', '/CN=Test user', 'ca', 2, 'basicConstraints=CA:FALSE\n')
  sign('proxy', '/CN=Test user/CN=1', 'user', 1, PROXY)
  sign('expired', '/CN=Test user/CN=2', 'user', -1, PROXY)
  const proxyFile = (name: string) => {
    writeFileSync(at(`${name}-x509up`), text(`${name}.pem`) + text(`${name}.key`) + text('user.pem'), { mode: 0o600 })
    return at(`${name}-x509up`)
  }
  return {
    authorities: at('authorities'),
    server: { cert: text('server.pem'), key: text('server.key') },
    proxy: proxyFile('proxy'),
    expiredProxy: proxyFile('expired'),
  }
}
