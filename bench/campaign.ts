/** `npm run bench:campaign [-- OPTIONS]`: how long a campaign takes on many workers, and what limits it, by simulation with measured
 *  costs; docs/campaigns.md says what is assumed. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseCommandLine } from './arguments.js'
import { BOUNDS, costsOf, MEASURED, type MeasuredCosts } from './campaign/costs.js'
import { type Campaign, type Costs, type Outcome, simulate } from './campaign/simulate.js'
import { groupEvents, WORKLOADS, type Workload } from './campaign/workloads.js'
import { WORK } from './inputs.js'

const USAGE = `npm run bench:campaign [-- OPTIONS]: simulated campaigns
  --events N        events (default 1e10)
  --workers LIST    numbers of workers (default 50,200,1000)
  --network LIST    Gb/s of the driver's link (default 1,10)
  --storage LIST    GB/s of all storage; inf: no limit (default 5)
  --start S         seconds until the first worker comes (default 60)
  --arrivals N      workers that come each second after it (default 5)
  --costs FILE      what bench:cluster has written (default .work/bench/cluster.json where it is there, else the figures of the page)`

const { values: options } = parseCommandLine(USAGE, {
  options: {
    events: { type: 'string', default: '1e10' },
    workers: { type: 'string', default: '50,200,1000' },
    network: { type: 'string', default: '1,10' },
    storage: { type: 'string', default: '5' },
    start: { type: 'string', default: '60' },
    arrivals: { type: 'string', default: '5' },
    costs: { type: 'string' },
  },
})

function numbers(name: string, text: string): number[] {
  const values = text.split(',').map(one => (one.trim() === 'inf' ? Infinity : Number(one)))
  if (values.every(value => value > 0)) return values
  process.stderr.write(`--${name}: numbers above 0 were expected, got ${text}\n`)
  process.exit(2)
}

const [events, start, arrivals] = (['events', 'start', 'arrivals'] as const).map(
  name => numbers(name, options[name])[0]!,
)
const file = options.costs ?? join(WORK, 'cluster.json')
const measured =
  options.costs !== undefined || existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as MeasuredCosts) : MEASURED
const costs = costsOf(measured)

/** Workers that a station keeps busy: what one worker asks of it a second, against the second. */
function saturations(workload: Workload, { driver, bridge, scheduler }: Costs, network: number, storage: number) {
  const group = groupEvents(workload)
  const seconds = group / workload.eventsPerSecond
  const bytes = group * workload.resultBytes
  const of = (busy: number) => Math.round(seconds / busy)
  return {
    scheduler: of(scheduler.task + bytes * scheduler.byte),
    bridge: of(bridge.task + bytes * bridge.byte),
    driver: of(driver.task + bytes * driver.byte),
    network: of(bytes / network),
    storage: of((group * workload.inputBytes) / storage),
  }
}

/** What is busiest, where it is so most of the time; else the coming of workers, and the last tasks. */
function limit({ use }: Outcome): string {
  const [name, most] = Object.entries(use).reduce((a, b) => (b[1] > a[1] ? b : a))
  return most > 0.7 ? name : 'start-up and last tasks'
}

const count = (n: number) => (n === Infinity ? '-' : n.toLocaleString('en'))
const table: string[][] = []
const stations: string[][] = []
for (const workload of WORKLOADS) {
  const group = groupEvents(workload)
  for (const network of numbers('network', options.network)) {
    const link = network * 125e6
    for (const storage of numbers('storage', options.storage)) {
      const found = saturations(workload, costs, link, storage * 1e9)
      const of = [found.scheduler, found.bridge, found.driver, found.network, found.storage].map(count)
      stations.push([
        workload.name,
        `${network} Gb/s`,
        `${storage === Infinity ? 'no limit' : `${storage} GB/s`}`,
        ...of,
      ])
      for (const workers of numbers('workers', options.workers)) {
        const campaign: Campaign = {
          workers,
          tasks: Math.ceil(events! / group),
          task: {
            seconds: group / workload.eventsPerSecond,
            inputBytes: group * workload.inputBytes,
            resultBytes: group * workload.resultBytes,
          },
          spread: 0.2,
          networkBytesPerSecond: link,
          storageBytesPerSecond: storage * 1e9,
          startSeconds: start!,
          workersPerSecond: arrivals!,
        }
        const outcome = simulate(campaign, costs, BOUNDS)
        const { seconds, use } = outcome
        const where = [
          workload.name,
          count(workers),
          `${network} Gb/s`,
          storage === Infinity ? 'no limit' : `${storage} GB/s`,
        ]
        const time = seconds > 5400 ? `${(seconds / 3600).toFixed(1)} h` : `${(seconds / 60).toFixed(1)} min`
        table.push([...where, count(campaign.tasks), time, `${(100 * use.workers).toFixed(0)} %`, limit(outcome)])
      }
    }
  }
}

function print(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const lines = [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`)
  process.stdout.write(`${lines.join('\n')}\n\n`)
}
print(['workload', 'workers', 'link', 'storage', 'tasks', 'time', 'workers busy', 'limited by'], table)
print(
  ['workload: workers that saturate', 'link', 'storage', 'scheduler', 'bridge', 'driver', 'the link', 'the storage'],
  stations,
)
