/** The files of a dataset from CMS's Data Bookkeeping Service over HTTPS, where there is no dasgoclient. The user is known by
 *  the grid proxy, shown as TLS client certificate. API: `files` of dmwm/dbs2go. */
import { Agent, type RequestOptions, request } from 'node:https'
import { DataError, UsageError } from '../core/errors.js'
import { clientContext, findProxy, loadProxy } from '../credentials/index.js'
import { type Patience, retry, Transient } from './retry.js'

export const DBS_URL = 'https://cmsweb.cern.ch:8443/dbs'

export interface DbsOptions {
  /** The service up to its instances, as DBS_URL. */
  readonly url: string
  readonly instance: string
  readonly patience: Patience
}

export interface DbsService {
  /** Logical names of the valid files, sorted; empty where the dataset is unknown. Throws DataError where the service cannot
   *  be reached, does not answer in time, or refuses. */
  files(dataset: string): Promise<string[]>
  close(): void
}

/** Connects on the first question. Throws UsageError where the user has no valid proxy, or `url` is no https address. */
export function openDbs(options: DbsOptions): DbsService {
  if (!URL.canParse(options.url) || new URL(options.url).protocol !== 'https:') {
    const message = `is no address of a DBS service: wanted https://, as in ${DBS_URL}. Check --dbs-url.`
    throw new UsageError([{ place: options.url, message }])
  }
  const secureContext = clientContext(loadProxy(findProxy()))
  const agent = new Agent({ keepAlive: true, secureContext })
  return {
    files: dataset => ask(dataset, options, agent),
    close: () => agent.destroy(),
  }
}

async function ask(dataset: string, options: DbsOptions, agent: Agent): Promise<string[]> {
  const { url, patience } = options
  // Datasets of users are kept in an instance of their own.
  const instance = dataset.endsWith('/USER') ? 'prod/phys03' : options.instance
  const target = new URL(`${url.replace(/\/+$/, '')}/${instance}/DBSReader/files`)
  target.search = new URLSearchParams({ dataset, detail: 'false', validFileOnly: '1' }).toString()
  try {
    const answer = await retry(patience, () => get(target, agent, patience.timeoutMs))
    return fileNames(dataset, target, answer)
  } catch (error) {
    if (!(error instanceof Transient)) throw error
    const after = `attempt ${patience.attempts} of ${patience.attempts}`
    const advice = error.isTimeout ? 'Raise --timeout, or try later.' : 'Check the network, or try later.'
    const message = `${dataset}: ${target.origin}: ${error.message}, ${after}. ${advice}`
    throw new DataError(error.isTimeout ? 'TimeoutError' : 'ConnectionError', message, { cause: error })
  }
}

interface Answer {
  readonly status: number
  readonly body: string
}

/** Throws Transient for what may pass: no connection, no answer in time, a server that is overloaded. */
function get(url: URL, agent: Agent, timeoutMs: number): Promise<Answer> {
  const signal = AbortSignal.timeout(timeoutMs)
  const options: RequestOptions = { agent, signal, headers: { accept: 'application/json' } }
  return new Promise((done, fail) => {
    const failed = (error: NodeJS.ErrnoException) =>
      fail(signal.aborted ? timedOut(timeoutMs, error) : broken(url, error))
    const sent = request(url, options, response => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('error', failed)
      response.on('end', () => {
        const status = response.statusCode ?? 0
        const body = Buffer.concat(parts).toString('utf8')
        if (status >= 500 || status === 429) fail(new Transient(`answered HTTP ${status}${reason(body)}`))
        else done({ status, body })
      })
    })
    sent.on('error', failed)
    sent.end()
  })
}

function timedOut(timeoutMs: number, cause: Error): Transient {
  return new Transient(`no answer within ${timeoutMs / 1000} s`, { isTimeout: true, cause })
}

const UNTRUSTED = /CERT|SELF_SIGNED|UNABLE_TO/
const TLS = /^ERR_SSL_|^EPROTO$/
/** OpenSSL's text of the alert with which a server turns a client's certificate down. */
const REFUSED = /alert.*(certificate|unknown ca|access denied|decrypt error)/

/** A connection that failed: for good where one side does not accept the other's certificate. */
function broken(url: URL, error: NodeJS.ErrnoException): Error {
  const code = error.code ?? ''
  if (TLS.test(code)) {
    const why = /SSL routines:[^:]*:([^:]*)/.exec(error.message)?.[1] ?? code
    const message = REFUSED.test(why)
      ? `refused the grid proxy (${why}). Make a new one: voms-proxy-init --voms cms --valid 168:00`
      : `no TLS connection (${why}). Check --dbs-url.`
    return new DataError('ConnectionError', `${url.origin}: ${message}`, { cause: error })
  }
  if (UNTRUSTED.test(code)) {
    const advice =
      'Set X509_CERT_DIR to the folder of the grid certificate authorities, or NODE_EXTRA_CA_CERTS to a PEM file.'
    return new DataError('ConnectionError', `${url.origin}: its certificate is not trusted (${code}). ${advice}`, {
      cause: error,
    })
  }
  return new Transient(`no connection (${code || error.message})`, { cause: error })
}

function fileNames(dataset: string, url: URL, { status, body }: Answer): string[] {
  const place = `${dataset}: ${url.origin}`
  if (status === 401 || status === 403) {
    const advice = 'Check that your proxy has the attributes of CMS: voms-proxy-init --voms cms'
    throw new DataError('PermissionError', `${place}: refused, HTTP ${status}${reason(body)}. ${advice}`)
  }
  if (status !== 200) {
    const advice = 'Check the name of the dataset and --dbs-instance.'
    throw new DataError('OSError', `${place}: answered HTTP ${status}${reason(body)}. ${advice}`)
  }
  const records = parsed(body)
  const names = Array.isArray(records) ? records.map(fileName) : [null]
  if (names.every(name => name !== null)) return [...new Set(names)].sort()
  const shown = JSON.stringify(body.slice(0, 100))
  throw new DataError('ValueError', `${place}: answered ${shown}, wanted a list of files. Check --dbs-url.`)
}

function fileName(record: unknown): string | null {
  const name = (record as { logical_file_name?: unknown } | null)?.logical_file_name
  return typeof name === 'string' ? name : null
}

/** The service's own words for an error: `[{"message": ..., "error": {"reason": ...}}]`. */
function reason(body: string): string {
  const value = parsed(body)
  const record = (Array.isArray(value) ? value[0] : value) as { message?: unknown } | null | undefined
  return typeof record?.message === 'string' ? ` (${record.message.slice(0, 300)})` : ''
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
