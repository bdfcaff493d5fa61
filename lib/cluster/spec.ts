/** What driver and Node workers agree on. */
import type { RemoteSettings } from '../bytes/settings.js'
import type { MakingPlace } from '../core/types.js'

/** What a task's spec holds: how the graph is built, as on threads, and how patiently files are read. */
export interface ClusterSpec {
  /** Exported function of the pipelines that stand beside this program. */
  readonly build: string
  readonly args: unknown
  readonly ahead: number | undefined
  readonly remote: RemoteSettings
  /** Where workers may put files of sinks; null: nowhere. */
  readonly making: MakingPlace | null
}

/** Begins the message of a task that failed since a server did not answer. */
export const UNREADABLE = 'a file cannot be read:'
