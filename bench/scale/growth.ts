/** How time and memory grow with an amount, and whether that is as promised. */
import type { MeasuredRun } from '../processes.js'
import type { Quantity } from './quantities.js'

export interface Point {
  readonly amount: number
  readonly seconds: number
  readonly cpuSeconds: number
  readonly peakMiB: number
}

export interface Growth {
  readonly what: string
  readonly isConstant: boolean
  readonly points: readonly Point[]
}

/** What doubling an amount may cost: twice as much, and a tenth for what else the machine does. */
const MOST_TIMES = 2.2
/** Of the peak memory at the smallest amount. */
const MOST_MEMORY = 1.5

export async function measureGrowth(
  { what, amounts, isConstant, run }: Quantity,
  runs: number,
  say: (text: string) => void,
): Promise<Growth> {
  const points: Point[] = []
  for (const amount of amounts) {
    const measured: MeasuredRun[] = []
    for (let k = 0; k < runs; k++) measured.push(await run(amount))
    // Whatever else runs on the machine adds to time and never takes from it.
    const least = (of: (one: MeasuredRun) => number) => Math.min(...measured.map(of))
    const point = {
      amount,
      seconds: least(one => one.seconds),
      cpuSeconds: least(one => one.usage.cpuSeconds),
      peakMiB: Math.max(...measured.map(one => one.usage.peakMiB)),
    }
    say(`${what}, ${pointText(point)}`)
    points.push(point)
  }
  return { what, isConstant, points }
}

/** Processor time of the largest amount over that of half of it. */
export function lastDoubling({ points }: Growth): number {
  return points.at(-1)!.cpuSeconds / points.at(-2)!.cpuSeconds
}

/** Peak memory of the largest amount over that of the smallest. */
export function memoryGrowth({ points }: Growth): number {
  return points.at(-1)!.peakMiB / points[0]!.peakMiB
}

export function holds(growth: Growth): boolean {
  return lastDoubling(growth) <= MOST_TIMES && (!growth.isConstant || memoryGrowth(growth) <= MOST_MEMORY)
}

export function growthTable(all: readonly Growth[]): string {
  const head = ['what', 'amounts', 'wall s', 'processor s', 'peak MB', 'last doubling', 'memory', 'holds']
  const rows = all.map(growth => {
    const each = (of: (point: Point) => string) => growth.points.map(of).join(' / ')
    return [
      growth.what,
      each(point => point.amount.toLocaleString('en')),
      each(point => digits(point.seconds)),
      each(point => digits(point.cpuSeconds)),
      each(point => megabytes(point)),
      `${lastDoubling(growth).toFixed(2)}`,
      `${memoryGrowth(growth).toFixed(2)}`,
      holds(growth) ? 'yes' : 'no',
    ]
  })
  return [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n')
}

function pointText(point: Point): string {
  return `${point.amount}: ${digits(point.seconds)} s, processor ${digits(point.cpuSeconds)} s, ${megabytes(point)} MB`
}

function digits(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3)
}

function megabytes({ peakMiB }: Point): string {
  return (peakMiB * 1.048576).toFixed(0)
}
