/** The user's grid proxy, for jobs on other hosts: a copy in the run's folder, which nobody else may read. */
import { existsSync, rmSync } from 'node:fs'
import { findProxy, MAKE_PROXY, proxyForJobs } from '../credentials/proxy.js'
import { timeLeft } from '../credentials/time-left.js'
import { type RunFolder, writeWhole } from './folder.js'

/** What jobs may wait and take, where no --walltime says so. */
const USUAL_SECONDS = 8 * 3600

/** Copies the proxy, where the user has named one, or has one and files are remote. Throws UsageError where a named one cannot be used. */
export function takeProxy(
  folder: RunFolder,
  isRemote: boolean,
  walltimeSeconds: number | null,
  onWarning: (message: string) => void,
): void {
  const path = findProxy()
  const isNamed = Boolean(process.env.X509_USER_PROXY)
  // A collected run's jobs are named by the copy itself.
  if (path === folder.at('proxy')) return
  if (!isNamed && !(isRemote && existsSync(path))) return
  const now = new Date()
  const proxy = proxyForJobs(path, isNamed, now)
  if (proxy === null) return
  rmSync(folder.at('proxy'), { force: true })
  writeWhole(folder.at('proxy'), Buffer.from(proxy.pem, 'latin1'), 0o600)
  const needed = (walltimeSeconds ?? USUAL_SECONDS) * 1000
  if (proxy.expires.getTime() - now.getTime() < needed) {
    const left = timeLeft(proxy.expires, now)
    onWarning(
      `${path}: the grid proxy ends in ${left}: jobs that run later are refused by servers. Make one that lasts longer (${MAKE_PROXY}); tnp-pipe resubmit takes it over`,
    )
  }
}
