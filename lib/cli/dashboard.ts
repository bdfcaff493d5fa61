/** The page of a run on local executors: `--dashboard-address`, which Dask's clusters have for theirs. */
import type { Job } from '../config/index.js'
import { UsageError } from '../core/errors.js'
import type { Logger } from '../core/types.js'
import type { LivePage } from '../page/live/index.js'

const PLACE = '--dashboard-address'

/** The port of PORT, :PORT or HOST:PORT, as Dask takes them. Throws UsageError where it is none, or where others than this machine
 *  could see the page. */
export function dashboardPort(address: string): number {
  const found = /^(?:(.*):)?(\d{1,5})$/.exec(address.trim().replace(/^https?:\/\/([^/]*)\/?$/, '$1'))
  const port = Number(found?.[2])
  if (found === null || port > 65535) {
    const message = `"${address}" is no address: wanted PORT, :PORT or HOST:PORT, for example :8787.`
    throw new UsageError([{ place: PLACE, message }])
  }
  const host = (found[1] ?? '').replace(/^\[(.*)\]$/, '$1')
  if (/^(|localhost|127(\.\d{1,3}){3}|::1)$/i.test(host)) return port
  const message = `the page of a run is for this machine alone, so that it cannot be served at "${host}". Leave the host out, and see it from elsewhere through ssh -L ${port || 'PORT'}:localhost:${port || 'PORT'}.`
  throw new UsageError([{ place: PLACE, message }])
}

/** null: there is none, either since none is wanted or since it could not be made, which is warned of: a run does without. */
export async function openDashboard(
  port: number | null,
  job: Job,
  { warn, log }: { readonly warn: (text: string) => void; readonly log: Logger },
): Promise<LivePage | null> {
  if (port === null) return null
  try {
    const { openLivePage } = await import('../page/live/index.js')
    const onWarning = (message: string) => {
      log.warn({}, message)
      warn(message)
    }
    const page = await openLivePage({ job, port, onWarning })
    process.stderr.write(`page of the run: ${page.url}\n`)
    const { origin, searchParams } = new URL(page.url)
    // Apart, since what follows a "?" is left out of logs.
    log.info({ url: origin, token: searchParams.get('token') }, 'page of the run')
    return page
  } catch (error) {
    warn(`there is no page of the run: ${(error as Error).message}`)
    return null
  }
}
