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

export const PROXY = 'basicConstraints=critical,CA:FALSE\nproxyCertInfo=critical,language:id-ppl-inheritAll\n'

/** Makes certificates in a folder: `name.pem`, `name.key`. */
export interface CertificateMaker {
  /** An authority, signed by itself. */
  authority(name: string, subject: string): void
  /** `name` signed by `issuer` for `days` days, with extensions as openssl's configuration writes them. */
  sign(name: string, subject: string, issuer: string, days: number, extensions: string): void
  /** What is in a file. */
  text(file: string): string
  /** Path of a new file that holds these, for the user alone. */
  bundle(file: string, ...parts: readonly string[]): string
}

export function certificateMaker(dir: string): CertificateMaker {
  const at = (name: string) => join(dir, name)
  const openssl = (...args: string[]) => {
    const { status, stderr } = spawnSync('openssl', args, { encoding: 'utf8' })
    if (status !== 0) throw new Error(`openssl ${args.join(' ')}: ${stderr}`)
  }
  const newKey = (name: string) =>
    openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', at(`${name}.key`))
  return {
    authority(name, subject) {
      newKey(name)
      const what = ['-key', at(`${name}.key`), '-subj', subject, '-days', '2', '-out', at(`${name}.pem`)]
      openssl('req', '-x509', '-new', ...what)
    },
    sign(name, subject, issuer, days, extensions) {
      newKey(name)
      writeFileSync(at(`${name}.ext`), extensions)
      openssl('req', '-new', '-key', at(`${name}.key`), '-subj', subject, '-out', at(`${name}.csr`))
      const from = ['-CA', at(`${issuer}.pem`), '-CAkey', at(`${issuer}.key`), '-CAcreateserial']
      const what = ['-in', at(`${name}.csr`), '-days', String(days), '-extfile', at(`${name}.ext`)]
      openssl('x509', '-req', ...what, ...from, '-out', at(`${name}.pem`))
    },
    text: file => readFileSync(at(file), 'utf8'),
    bundle(file, ...parts) {
      writeFileSync(at(file), parts.join(''), { mode: 0o600 })
      return at(file)
    },
  }
}

export function makeCertificates(dir: string): Certificates {
  const { authority, sign, text, bundle } = certificateMaker(dir)
  const authorities = join(dir, 'authorities')
  mkdirSync(authorities)
  authority('ca', '/CN=Test authority')
  writeFileSync(join(authorities, 'ca.pem'), text('ca.pem'))
  sign('server', '/CN=Test server', 'ca', 2, 'subjectAltName=IP:127.0.0.1\n')
  sign('user', '/CN=Test user', 'ca', 2, 'basicConstraints=CA:FALSE\n')
  sign('proxy', '/CN=Test user/CN=1', 'user', 1, PROXY)
  sign('expired', '/CN=Test user/CN=2', 'user', -1, PROXY)
  const proxyFile = (name: string) =>
    bundle(`${name}-x509up`, text(`${name}.pem`), text(`${name}.key`), text('user.pem'))
  return {
    authorities,
    server: { cert: text('server.pem'), key: text('server.key') },
    proxy: proxyFile('proxy'),
    expiredProxy: proxyFile('expired'),
  }
}
