/** Stock XRootD servers on loopback, one function call each, from the shared recipes as they are. */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { copyHostCertificate, testPki, testRealm, testSharedKey, testTokens } from './xrootd-credentials.js'
import { giveToServer, startProcess } from './xrootd-process.js'
import { makeWorkFolder, recipe, type ServerKind } from './xrootd-recipes.js'

export interface ServerOptions {
  /** A folder whose files are copied into the server's data folder. */
  readonly data?: string
  /** host:port that a `redirect` server sends everybody to. */
  readonly target?: string
  /** Further environment of the server. */
  readonly env?: NodeJS.ProcessEnv
  /** Files of the server's own folder, in place of the usual ones: `hostcert.pem`, `authdb` ... */
  readonly files?: Readonly<Record<string, string | Uint8Array>>
}

export interface TestServer {
  readonly port: number
  /** 127.0.0.1:port, for the target of a redirect. */
  readonly address: string
  /** `root://localhost:port/`; a path with its slash comes behind it. Certificates are for this name. */
  readonly url: string
  /** `http://localhost:port` or `https://...`; '' where the kind has none. */
  readonly httpUrl: string
  /** The folder that is served: of another user where tests run as root. */
  readonly data: string
  /** What a client needs in its environment. */
  readonly env: Readonly<Record<string, string>>
  log(): string
  /** SIGSTOP: connections are accepted still, by the kernel, and nothing is answered. */
  pause(): void
  resume(): void
  /** SIGKILL: connections are reset, new ones refused. The data stay. */
  kill(): Promise<void>
  /** On the same port, with the same data. */
  restart(): Promise<void>
  /** Ends the server and removes its folder. May be called twice. */
  stop(): Promise<void>
}

/** Where a kind's server wants files of its own, and what it needs in its environment. */
interface Kind {
  readonly config: string
  readonly http?: 'http' | 'https'
  prepare?(folder: string): Promise<{ server?: NodeJS.ProcessEnv; client?: Record<string, string> }>
}

const KINDS: Readonly<Record<ServerKind, Kind>> = {
  plain: { config: 'plain.cfg' },
  redirect: { config: 'redirect.cfg' },
  'redirect-http': { config: 'redirect-http.cfg', http: 'http' },
  unix: { config: 'unix.cfg' },
  gsi: { config: 'gsi.cfg', prepare: prepareGsi },
  'gsi-signed': { config: 'gsi-signed.cfg', prepare: prepareGsi },
  'gsi-voms': { config: 'gsi-voms.cfg', prepare: prepareVoms },
  ztn: { config: 'tls-ztn.cfg', prepare: prepareTokens },
  http: { config: 'http.cfg', http: 'http' },
  https: { config: 'https.cfg', http: 'https', prepare: prepareHttps },
  krb5: { config: 'krb5.cfg', prepare: prepareKrb5 },
  sss: { config: 'sss.cfg', prepare: prepareSss },
}

/** Starts a server that listens on 127.0.0.1 only, in about 100 ms (the first one that needs certificates: 2 s more). Stop it in
 *  `test.after`. See `haveXrootd`. */
export async function startServer(kind: ServerKind, options: ServerOptions = {}): Promise<TestServer> {
  const { config, http, prepare } = KINDS[kind]
  const folder = makeWorkFolder(kind)
  const data = join(folder, 'data')
  for (const name of ['data', 'admin']) mkdirSync(join(folder, name))
  if (options.data !== undefined) cpSync(options.data, data, { recursive: true, dereference: true })
  const { server = {}, client = {} } = (await prepare?.(folder)) ?? {}
  for (const [name, content] of Object.entries(options.files ?? {})) writeFileSync(join(folder, name), content)
  giveToServer(folder)

  const target = options.target === undefined ? {} : { TARGET: options.target }
  const setup = { config: recipe(config), folder, env: { ...server, ...target, ...options.env } }
  let running = await startProcess({ ...setup, ports: http === undefined ? [0] : [0, 0] })
  const ports = running.ports
  return {
    port: ports[0]!,
    address: `127.0.0.1:${ports[0]}`,
    url: `root://localhost:${ports[0]}/`,
    httpUrl: http === undefined ? '' : `${http}://localhost:${ports[1]}`,
    data,
    env: client,
    log: () => readFileSync(join(folder, 'log'), 'latin1'),
    pause: () => running.pause(),
    resume: () => running.resume(),
    kill: () => running.kill(),
    restart: async () => {
      await running.kill()
      running = await startProcess({ ...setup, ports })
    },
    stop: async () => {
      await running.kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function prepareGsi(folder: string) {
  const pki = await testPki()
  copyHostCertificate(pki, folder)
  return { server: { PKI: pki.folder }, client: { X509_CERT_DIR: pki.certs, X509_USER_PROXY: pki.proxy } }
}

async function prepareVoms(folder: string) {
  const { server, client } = await prepareGsi(folder)
  const { vomsDir, vomsProxy } = await testPki()
  if (vomsProxy === null) throw new Error('voms-proxy-fake is missing (package voms-clients)')
  // The plugin for VOMS does not know the configuration's folder of authorities.
  const checks = { X509_VOMS_DIR: vomsDir, X509_CERT_DIR: client.X509_CERT_DIR }
  return { server: { ...server, ...checks }, client: { ...client, X509_USER_PROXY: vomsProxy } }
}

async function prepareTokens(folder: string) {
  const [pki, tokens] = await Promise.all([testPki(), testTokens()])
  copyHostCertificate(pki, folder)
  cpSync(recipe('scitokens.ini'), join(folder, 'scitokens.ini'))
  cpSync(tokens.cache, join(folder, 'cache'), { recursive: true })
  const server = { PKI: pki.folder, XDG_CACHE_HOME: join(folder, 'cache') }
  return { server, client: { X509_CERT_DIR: pki.certs, BEARER_TOKEN_FILE: tokens.write } }
}

async function prepareHttps(folder: string) {
  const { server, client } = await prepareTokens(folder)
  // The first is the hash of the user certificate's name.
  writeFileSync(join(folder, 'authdb'), 'u 5f7b531c.0 / a\nu * /none lr\n')
  return { server, client: { ...client, X509_USER_PROXY: (await testPki()).proxy } }
}

async function prepareKrb5(folder: string) {
  const realm = await testRealm()
  cpSync(realm.serverKeys, join(folder, 'server.keytab'))
  const server = { KRB5_CONFIG: realm.config }
  return { server, client: { ...server, KRB5CCNAME: realm.tickets } }
}

async function prepareSss(folder: string) {
  const key = await testSharedKey()
  cpSync(key, join(folder, 'sss.keytab'))
  return { client: { XrdSecSSSKT: key } }
}
