/** The user's proxy and token on the workers. Facilities whose classes see to it themselves (LPC, coffea-casa) are left to that. */
import { chmodSync, copyFileSync, existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { findProxy, findToken, loadProxy, MAKE_PROXY, proxyForJobs } from '../credentials/index.js'
import type { ClusterOptions } from './options.js'

export interface WorkerCredentials {
  /** Variables of the Node workers; "{folder}" stands for the folder of `files` at the worker. */
  readonly env: Readonly<Record<string, string>>
  /** Names and contents of files that are sent to workers: over encrypted connections only. */
  readonly files: Readonly<Record<string, string>>
  readonly warnings: readonly string[]
}

/** folder: one that workers see, where they share the home folder. Throws UsageError for a proxy that is named and is no good. */
export function workerCredentials(
  { kind, isEncrypted, sharesHome, proxy: named, jobSeconds }: ClusterOptions,
  folder: string,
  env: NodeJS.ProcessEnv = process.env,
  now = new Date(),
): WorkerCredentials {
  const result = { env: {} as Record<string, string>, files: {} as Record<string, string>, warnings: [] as string[] }
  const sends = isEncrypted && kind !== 'casa'
  if (env.X509_CERT_DIR && existsSync(env.X509_CERT_DIR)) result.env.X509_CERT_DIR = env.X509_CERT_DIR
  if (kind === 'local') {
    if (named !== null) result.env.X509_USER_PROXY = loadProxy(resolve(named), now).path
    return result
  }
  const path = named === null ? findProxy(env) : resolve(named)
  const isNamed = named !== null || Boolean(env.X509_USER_PROXY)
  const proxy = named !== null || existsSync(path) ? proxyForJobs(path, isNamed, now) : null
  if (proxy !== null) {
    const left = (proxy.expires.getTime() - now.getTime()) / 1000
    if (jobSeconds !== null && left < jobSeconds) {
      const hours = (seconds: number) => `${(seconds / 3600).toFixed(1)} h`
      result.warnings.push(
        `${path}: the proxy ends in ${hours(left)}, a job may take ${hours(jobSeconds)}. Make a longer one: ${MAKE_PROXY}`,
      )
    }
    if (sends) {
      result.files.x509up = proxy.pem
      result.env.X509_USER_PROXY = '{folder}/x509up'
    } else if (sharesHome) {
      // A copy: /tmp is each machine's own, and the user may renew the proxy meanwhile.
      const copy = join(folder, 'x509up')
      copyFileSync(path, copy)
      chmodSync(copy, 0o600)
      result.env.X509_USER_PROXY = copy
    } else if (named !== null) result.env.X509_USER_PROXY = path
  }
  const token = sends ? findToken(env, now) : null
  if (token !== null) {
    result.files.token = token.text
    result.env.BEARER_TOKEN_FILE = '{folder}/token'
  }
  return result
}
