/** What a campaign takes on a cluster, by simulation of events: deterministic, in simulated seconds.
 *
 *    driver -> bridge -> scheduler -> workers, storage -> scheduler -> bridge -> network -> bridge -> driver, in the order of tasks
 *
 *  Driver, bridge, scheduler and network do one thing at a time, first come first served; each thing costs what was measured. A task
 *  takes a worker for its computing, or until the storage has served its bytes, which it does in the order of asking. Which tasks are
 *  given and which results are asked for is decided by the executor's own rules (lib/cluster/fetch-window.ts). Left out: failures,
 *  slower workers, memory, and others on the same network. */
import { FetchWindow } from '../../lib/cluster/fetch-window.js'
import { Random } from '../random.js'
import { Clock, Station } from './clock.js'

/** Seconds of processor time, by a task and by a byte of its result. */
export interface Cost {
  readonly task: number
  readonly byte: number
}

export interface Costs {
  readonly driver: Cost
  readonly bridge: Cost
  readonly scheduler: Cost
  /** Seconds between the end of a task and the beginning of the next on a worker, and what a result's byte takes there. */
  readonly worker: Cost
}

export interface Campaign {
  readonly workers: number
  readonly tasks: number
  /** Of one task: seconds of computing, bytes to read, bytes of its result as they are sent. */
  readonly task: { readonly seconds: number; readonly inputBytes: number; readonly resultBytes: number }
  /** Tasks take between (1 - spread) and (1 + spread) of `seconds`. */
  readonly spread: number
  /** Of the link to the driver, and of the storage; Infinity: no limit. */
  readonly networkBytesPerSecond: number
  readonly storageBytesPerSecond: number
  /** The first worker comes then, and so many more each second; Infinity: all at once. */
  readonly startSeconds: number
  readonly workersPerSecond: number
}

/** The executor's bounds (lib/cluster/bounds.ts). */
export interface Bounds {
  readonly tasksAThread: number
  readonly leastUnderWay: number
  readonly heldBytes: number
  readonly waitingBytesAThread: number
}

export interface Outcome {
  readonly seconds: number
  /** Busy time of each over the whole time; of workers, over that of all. */
  readonly use: Readonly<Record<'driver' | 'bridge' | 'scheduler' | 'network' | 'storage' | 'workers', number>>
  /** Largest number of bytes that lay on workers, and in the driver before their turn. */
  readonly waitingBytes: number
  readonly heldBytes: number
}

/** Half of what scheduler and bridge do for a task comes before it, half after. */
const HALF = 0.5

export function simulate(campaign: Campaign, costs: Costs, bounds: Bounds): Outcome {
  const { tasks, task, workers, spread } = campaign
  const clock = new Clock()
  const random = new Random(1)
  const driver = new Station(clock)
  const bridge = new Station(clock)
  const scheduler = new Station(clock)
  const network = new Station(clock)
  const storage = new Station(clock)
  const queue: number[] = []
  const here = new Set<number>()
  let [idle, present, given, merged, busy, end] = [0, 0, 0, 0, 0, 0]
  let [waitingBytes, heldBytes] = [0, 0]
  const { byte: driverByte, task: driverTask } = costs.driver

  const window = new FetchWindow(id => {
    network.serve(task.resultBytes / campaign.networkBytesPerSecond, () =>
      bridge.serve(task.resultBytes * costs.bridge.byte, () => {
        here.add(id)
        mergeNext()
      }),
    )
  }, bounds.heldBytes)

  const give = () => {
    const most = Math.max(bounds.leastUnderWay, bounds.tasksAThread * present)
    const mostWaiting = bounds.waitingBytesAThread * Math.max(1, present)
    while (given < tasks && window.running < most && window.elsewhere < mostWaiting) {
      const id = given++
      window.add(id)
      bridge.serve(HALF * costs.bridge.task, () =>
        scheduler.serve(HALF * costs.scheduler.task, () => {
          queue.push(id)
          begin()
        }),
      )
    }
  }
  let next = 0
  const begin = () => {
    while (idle > 0 && next < queue.length) {
      const id = queue[next++]!
      idle--
      const computing = task.seconds * (1 + spread * random.uniform(-1, 1))
      const own = computing + costs.worker.task + task.resultBytes * costs.worker.byte
      const served = storage.reserve(task.inputBytes / campaign.storageBytesPerSecond)
      const took = Math.max(own, served - clock.now)
      busy += took
      clock.after(took, () => {
        idle++
        begin()
        scheduler.serve(HALF * costs.scheduler.task + task.resultBytes * costs.scheduler.byte, () =>
          bridge.serve(HALF * costs.bridge.task, () => {
            window.done(id, task.resultBytes)
            waitingBytes = Math.max(waitingBytes, window.elsewhere)
            heldBytes = Math.max(heldBytes, window.held)
            give()
          }),
        )
      })
    }
  }
  let merging = false
  const mergeNext = () => {
    if (merging || !here.delete(merged)) return
    merging = true
    driver.serve(driverTask + task.resultBytes * driverByte, () => {
      merging = false
      window.remove(merged++)
      end = clock.now
      give()
      mergeNext()
    })
  }
  for (let k = 0; k < workers; k++) {
    clock.after(campaign.startSeconds + k / campaign.workersPerSecond, () => {
      idle++
      present++
      give()
      begin()
    })
  }
  clock.run(() => merged === tasks)
  const use = {
    driver: driver.busy / end,
    bridge: bridge.busy / end,
    scheduler: scheduler.busy / end,
    network: network.busy / end,
    storage: storage.busy / end,
    workers: busy / (end * workers),
  }
  return { seconds: end, use, waitingBytes, heldBytes }
}
