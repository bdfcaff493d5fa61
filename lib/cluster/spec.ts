/** What driver and Node workers agree on. */
import type { MakingPlace } from '../core/types.js'
import type { WorkerSpec } from '../run/worker-spec.js'
import type { SentModules } from './user-modules.js'

/** What a task's spec holds. */
export interface ClusterSpec extends WorkerSpec {
  /** Where workers may put files of sinks; null: nowhere. */
  readonly making: MakingPlace | null
  readonly modules: SentModules
}

/** Begins the message of a task that failed since a server did not answer. */
export const UNREADABLE = 'a file cannot be read:'
