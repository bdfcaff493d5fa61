/** What a pool and its workers say to each other, the same for threads and processes. */
import type { RemoteSettings } from '../bytes/settings.js'
import type { Chunk } from '../core/types.js'
import type { ChunkResult } from '../graph/segment.js'
import type { GraphSpec } from './executor.js'

/** To a worker. `spec` comes before the first chunk of its key. measure: the processor time of stages as well; ahead: as of a
 *  Context; remote: how patiently files are read. */
export type Request =
  | {
      readonly kind: 'spec'
      readonly spec: GraphSpec
      readonly measure: boolean
      readonly ahead: number | undefined
      readonly remote: RemoteSettings
    }
  | { readonly kind: 'chunk'; readonly id: number; readonly key: string; readonly chunk: Chunk }

/** From a worker. */
export type Reply =
  | { readonly kind: 'result'; readonly id: number; readonly result: ChunkResult }
  | { readonly kind: 'error'; readonly id: number; readonly error: WireError }
  | { readonly kind: 'warning'; readonly message: string }

/** An error that survives the way between processes with its class. */
export interface WireError {
  readonly name: string
  readonly message: string
  readonly stack: string | undefined
  readonly problems?: readonly { readonly place: string; readonly message: string; readonly detail?: string }[]
}
