/** How patiently remote files are read: the same for a whole run, in each of its threads. */
import { shared } from '../core/shared.js'

export interface RemoteSettings {
  /** Milliseconds without any answer after which a request has failed. */
  readonly timeoutMs: number
  /** Milliseconds that one operation (opening, one read of many ranges) may take with all its redirects, waits and new attempts. */
  readonly deadlineMs: number
  /** New attempts after failures that may pass: dropped connections, requests without an answer, overloaded servers. */
  readonly retries: number
  /** xrdcp: files are copied here with the stock client, whole, and back. */
  readonly transport: 'native' | 'xrdcp'
  /** Folder of local copies; null: `tnp-pipe` in the user's folder for caches. */
  readonly cacheFolder: string | null
  /** Bytes that local copies may take. */
  readonly cacheBytes: number
  /** Names of files -> URLs with the CGI that grants access to them. */
  readonly access: Readonly<Record<string, string>>
}

export const DEFAULT_SETTINGS: RemoteSettings = {
  timeoutMs: 60_000,
  deadlineMs: 300_000,
  retries: 3,
  transport: 'native',
  cacheFolder: null,
  cacheBytes: 20e9,
  access: {},
}

const current = shared('remote settings', () => ({ settings: DEFAULT_SETTINGS }))

export function remoteSettings(): RemoteSettings {
  return current.settings
}

/** Files of that kind of server are copied with the stock client. */
export function isByXrdcp({ kind }: { readonly kind: string }): boolean {
  return kind === 'xrootd' && current.settings.transport === 'xrdcp'
}

/** Of one operation with all its attempts, in timeouts of a request. */
const DEADLINE_TIMES = 5

/** What a timeout that the user gives makes of the settings. */
export function patienceOf(timeoutMs: number): Pick<RemoteSettings, 'timeoutMs' | 'deadlineMs'> {
  return { timeoutMs, deadlineMs: DEADLINE_TIMES * timeoutMs }
}

/** The URL of a file that goes by a name without its CGI; other paths and URLs are their own. */
export function accessible(path: string): string {
  const { access } = current.settings
  return Object.hasOwn(access, path) ? access[path]! : path
}

/** Timers of more than 2^31 - 1 ms (25 days) go off at once: whoever wants to wait for ever waits 12 days. */
const LONGEST_MS = 2 ** 30

/** Holds for what is opened from now on, in this thread. What is left out goes back to its default. */
export function setRemoteSettings(settings: Partial<RemoteSettings>): void {
  const whole = { ...DEFAULT_SETTINGS, ...settings }
  const [timeoutMs, deadlineMs] = [whole.timeoutMs, whole.deadlineMs].map(ms => Math.min(ms, LONGEST_MS))
  current.settings = { ...whole, timeoutMs: timeoutMs!, deadlineMs: deadlineMs! }
}
