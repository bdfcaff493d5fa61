/** Files of the experiment by another way than the fileset's: all logical names begin with /store/, whatever serves them. */
import { parseAddress } from '../bytes/address.js'
import type { Job } from '../config/index.js'
import { DataError, UsageError } from '../core/errors.js'

/** What jobs at analysis facilities read through, as in the reference: the cache of the site, for `dask/casa` and schedulers at
 *  `tls://`. undefined for other executors. */
export function redirectorOf(executor: string | undefined): string | undefined {
  return executor !== undefined && /^(dask\/casa$|tls:\/\/)/.test(executor) ? 'root://xcache/' : undefined
}

/** The job with `redirector` in front of each file's name from /store/ on: `root://cmsxrootd.fnal.gov/` or a host alone. Files without
 *  /store/ in their names stay. Throws UsageError for what is no server. */
export function readThrough<J extends Job>(job: J, redirector: string): J {
  const prefix = prefixOf(redirector)
  const datasets = job.datasets.map(dataset => ({
    ...dataset,
    files: dataset.files.map(file => ({ ...file, path: throughPrefix(file.path, prefix) })),
  }))
  return { ...job, datasets }
}

function throughPrefix(path: string, prefix: string): string {
  const at = path.indexOf('/store/')
  // CGI is that of the server that it was given for.
  return at === -1 ? path : prefix + path.slice(at).replace(/\?.*$/s, '')
}

function prefixOf(redirector: string): string {
  const url = /^[a-z]+:\/\//i.test(redirector) ? redirector : `root://${redirector}`
  const isPlain = /^[\x21-\x7e]+$/.test(url)
  try {
    const address = parseAddress(url)
    if (isPlain && address.kind !== 'local') return `${url.replace(/\/+$/, '')}/`
  } catch (error) {
    if (!(error instanceof DataError)) throw error
  }
  const message = `"${redirector}" is no server. Give its host, or a URL as root://cmsxrootd.fnal.gov/.`
  throw new UsageError([{ place: '--redirector', message }])
}
