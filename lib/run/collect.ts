/** Giving back the memory of a chunk's columns as soon as it is done.
 *
 *  Columns are typed arrays: their memory stands outside of V8's heap and is freed when their small handles are collected. Left
 *  alone, V8 does so late, by marking the whole heap whenever enough outside memory has come together; collecting the young
 *  handles after each chunk takes 0.3 ms (and 2 ms once, to get at the collector) and leaves it nothing to mark: 400 files of 10,000
 *  events take 121 instead of 132 MB on one worker and 161 instead of 186 MB on two, which are a tenth faster. */
import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

type Collect = (options: { readonly type: 'minor' | 'major' }) => void

let collect: Collect | null | undefined

/** Collects what is young: to be called when a chunk's columns are not needed any more. */
export function collectYoung(): void {
  collect ??= exposedCollector()
  collect({ type: 'minor' })
  collectGrown()
}

/** What the heap may grow by, in bytes, before all of it is collected: with half of this a small job is a twentieth slower. */
const GROWTH = 32e6
/** Its size after that was last done. */
let collected = 0

/** Collects everything where the heap has grown: to be called once a result. V8 lets old garbage come together until the heap has doubled
 *  and more, and thousands of small files leave 25 kB of it each. Asking for the size takes some microseconds. */
export function collectGrown(): void {
  const used = getHeapStatistics().used_heap_size
  if (collected === 0) collected = used
  if (used < collected + GROWTH) return
  collect ??= exposedCollector()
  collect({ type: 'major' })
  collected = getHeapStatistics().used_heap_size
}

/** Collects everything: where large buffers have been passed on that had been held for a while, so that they are not young any more. A
 *  heap of a few MB takes 3 ms. */
export function collectOld(): void {
  collect ??= exposedCollector()
  collect({ type: 'major' })
}

/** V8 gives its collector to contexts that are made after the flag has been set. */
function exposedCollector(): Collect {
  setFlagsFromString('--expose-gc')
  const found = runInNewContext('typeof gc === "function" ? gc : null') as Collect | null
  setFlagsFromString('--no-expose-gc')
  return found ?? (() => {})
}
