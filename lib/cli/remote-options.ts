/** The options of all commands that open files: how remote ones are reached. */
import { type Command, InvalidArgumentError, Option } from 'commander'
import { isRemote } from '../bytes/address.js'
import { fetchDocuments } from '../bytes/fetched.js'
import { patienceOf, type RemoteSettings, remoteSettings, setRemoteSettings } from '../bytes/settings.js'
import { UsageError } from '../core/errors.js'

export interface RemoteFlags {
  readonly voms?: string
  readonly transport?: RemoteSettings['transport']
  readonly timeout?: number
  readonly retries?: number
  readonly cacheFolder?: string
  readonly cacheSize?: number
}

export function addRemoteOptions(command: Command): Command {
  return command
    .option('--voms <path>', 'grid proxy to show to servers (default: X509_USER_PROXY, else /tmp/x509up_u<uid>)')
    .option('--timeout <seconds>', 'without an answer from a server, after which it is tried again', positive)
    .option('--retries <n>', 'new attempts after failures that may pass (default: 3)', count)
    .addOption(
      new Option('--transport <name>', 'xrdcp: copy root:// files with the stock client').choices(['native', 'xrdcp']),
    )
    .option('--cache-folder <path>', 'for local copies of simplecache:: files and of --transport xrdcp')
    .option('--cache-size <GB>', 'that local copies may take (default: 20)', positive)
}

/** Holds for the rest of the process, and for its workers. */
export function applyRemoteFlags(flags: RemoteFlags): void {
  const { voms, transport, timeout, retries, cacheFolder, cacheSize } = flags
  // Workers and child processes get the environment as well.
  if (voms !== undefined) process.env.X509_USER_PROXY = voms
  setRemoteSettings({
    ...remoteSettings(),
    ...(transport === undefined ? {} : { transport }),
    ...patience({ timeout }),
    ...(retries === undefined ? {} : { retries }),
    ...(cacheFolder === undefined ? {} : { cacheFolder }),
    ...(cacheSize === undefined ? {} : { cacheBytes: cacheSize * 1e9 }),
  })
}

/** JSON documents that the command line names by URLs are fetched before the command begins. */
export async function fetchNamedDocuments(command: Command): Promise<void> {
  // What is typed is to be completed, not read.
  if (command.name() === 'complete') return
  const named = [...Object.values(command.opts()), ...command.processedArgs].flat()
  const isDocument = (value: unknown): value is string =>
    typeof value === 'string' && isRemote(value) && /\.json(\.gz)?(\?.*)?$/s.test(value)
  const written = ['available', 'all', 'output', 'outputJson', 'target', 'connect'].map(name => command.opts()[name])
  await fetchDocuments(named.filter(isDocument).filter(url => !written.includes(url)))
}

/** --timeout, where it is given. */
export function patience({ timeout }: { readonly timeout?: number | undefined }): Partial<RemoteSettings> {
  return timeout === undefined ? {} : patienceOf(timeout * 1000)
}

/** What is wrong with the user's credentials, before the first connection is made; nothing where no place is remote. Gives the
 *  warnings. Throws UsageError for what the user has named and cannot be used. */
export async function checkedCredentials(places: Iterable<string>): Promise<readonly string[]> {
  if (![...places].some(isRemote)) return []
  const { checkCredentials } = await import('../credentials/index.js')
  const findings = checkCredentials()
  const problems = findings.filter(finding => finding.level === 'error')
  if (problems.length > 0) throw new UsageError(problems.map(({ place, message }) => ({ place, message })))
  return findings.map(({ place, message }) => `${place}: ${message}`)
}

function positive(text: string): number {
  const value = Number(text)
  if (!(value > 0 && Number.isFinite(value))) throw new InvalidArgumentError('Wanted a number above 0.')
  return value
}

function count(text: string): number {
  if (!/^\d{1,3}$/.test(text)) throw new InvalidArgumentError('Wanted a whole number, 0 or more.')
  return Number(text)
}
