/** What a job asks of servers: how patiently, and under which names its files are known. */
import { hideAccess } from '../bytes/address.js'
import { patienceOf, type RemoteSettings } from '../bytes/settings.js'
import type { Dataset, Job } from '../config/index.js'

/** The largest `uproot_options.timeout` of the methods, in milliseconds, since a file is read once for all of them; nothing where
 *  there is none. */
export function timeoutOf({ methods }: Job): Pick<Partial<RemoteSettings>, 'timeoutMs' | 'deadlineMs'> {
  const given = methods.flatMap(({ uproot: { timeoutMs } }) => (timeoutMs === null ? [] : [timeoutMs]))
  if (given.length === 0) return {}
  return patienceOf(Math.max(...given))
}

export interface Hidden<J> {
  readonly job: J
  /** Name -> URL with its CGI. */
  readonly access: Readonly<Record<string, string>>
}

/** The job with URLs that are safe to be printed and written down: CGI, which may grant access, is known to readers alone. taken: names
 *  of other runs, which stay theirs. */
export function hideUrls<J extends Job>(job: J, taken: Hidden<J>['access'] = {}): Hidden<J> {
  const access: Record<string, string> = { ...taken }
  const datasets = job.datasets.map(dataset => hideDataset(dataset, access))
  return { job: Object.keys(access).length === 0 ? job : { ...job, datasets }, access }
}

function hideDataset(dataset: Dataset, access: Record<string, string>): Dataset {
  const files = dataset.files.map(file => ({ ...file, path: nameOf(file.path, access) }))
  return { ...dataset, files }
}

/** URLs that differ in their CGI alone get numbers. */
function nameOf(url: string, access: Record<string, string>): string {
  const plain = hideAccess(url)
  if (plain === url) return url
  for (let k = 1; ; k++) {
    const name = k === 1 ? plain : `${plain}${k}`
    access[name] ??= url
    if (access[name] === url) return name
  }
}
