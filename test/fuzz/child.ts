/** The process that runs cases; campaign.ts starts it, and kills it where a case hangs or takes too much memory. Two kinds:
 *
 *    run     one case of each target after the other, target by target for a while each
 *    replay  the cases that come as messages
 *
 *  Before each case it writes down which one it is. */
import { mkdtempSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { clock } from './clock.js'
import { caseRandom, type Json, type Target } from './target.js'
import { TARGETS } from './targets/index.js'
import { type Find, judge, MEMORY_BYTES } from './verdict.js'

export interface ChildTask {
  readonly kind: 'run' | 'replay'
  readonly seed: number
  /** With the first case of each. */
  readonly targets: readonly { readonly name: string; readonly from: number }[]
  /** Every so many cases: the others are another process's. */
  readonly stride: number
  /** Milliseconds since 1970 when it ends; null: when each target has had its cases. */
  readonly until: number | null
  /** Number of the case of each target at which it ends. */
  readonly cases: number | null
  readonly progress: string
}

/** Sent where something is found, and for a replayed case. */
export type ChildMessage =
  | { readonly kind: 'find'; readonly target: string; readonly index: number; readonly find: Find }
  | { readonly kind: 'verdict'; readonly verdict: string | Find }
  | {
      readonly kind: 'counts'
      readonly target: string
      readonly next: number
      readonly cases: number
      readonly ms: number
      readonly outcomes: Readonly<Record<string, number>>
    }
  /** It has more memory than it should: whose fault that is shows when the case is run alone. */
  | { readonly kind: 'full'; readonly target: string; readonly index: number }
  | { readonly kind: 'done' }

/** Milliseconds that one target has before the next. */
const SLICE_MS = 300

const task = JSON.parse(process.argv[2]!) as ChildTask
const scratch = mkdtempSync(join(tmpdir(), 'tnp-fuzz-'))
const record = openSync(task.progress, 'r+')
const targets = new Map<string, Promise<Target>>()

/** What was thrown where nobody waited for it. */
let late: unknown
let isLate = false
const takeLate = (error: unknown) => {
  late = error
  isLate = true
}
process.on('uncaughtException', takeLate).on('unhandledRejection', takeLate)
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }))
// The parent is gone.
process.on('disconnect', () => process.exit(0))

function targetOf(name: string): Promise<Target> {
  let found = targets.get(name)
  if (found === undefined) targets.set(name, (found = TARGETS[name]!.open()))
  return found
}

function send(message: ChildMessage): Promise<void> {
  return new Promise(done => process.send!(message, undefined, undefined, () => done()))
}

/** Number of the target (-1: none), number of the case, when it began. */
function note(target: number, index: number): void {
  const bytes = Buffer.alloc(16)
  bytes.writeInt32LE(target, 0)
  bytes.writeUInt32LE(index, 4)
  bytes.writeDoubleLE(clock.now(), 8)
  writeSync(record, bytes, 0, 16, 0)
}

async function verdictOf(target: Target, one: Json): Promise<string | Find> {
  isLate = false
  let verdict: string | Find
  try {
    verdict = await target.run(one, scratch)
  } catch (error) {
    verdict = judge(error)
  }
  if (isLate) {
    const found = judge(late)
    verdict =
      typeof found === 'string' ? { kind: 'error', message: `thrown where nobody waits: ${late}`, stack: '' } : found
  }
  for (const name of readdirSync(scratch)) rmSync(join(scratch, name), { recursive: true, force: true })
  return verdict
}

function isFull(): boolean {
  return process.resourceUsage().maxRSS * 1024 > MEMORY_BYTES
}

/** A fault of the campaign, not of a case. */
function broken(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`)
  process.exit(3)
}

async function run(): Promise<void> {
  const next = new Map(task.targets.map(({ name, from }) => [name, from]))
  const left = () => task.until === null || clock.now() < task.until
  while (next.size > 0 && left()) {
    for (const [number, { name }] of task.targets.entries()) {
      if (!next.has(name) || !left()) continue
      await slice(name, number, next)
    }
  }
  await send({ kind: 'done' })
}

async function slice(name: string, number: number, next: Map<string, number>): Promise<void> {
  note(-1, 0)
  const target = await targetOf(name)
  const outcomes: Record<string, number> = {}
  const began = clock.now()
  let index = next.get(name)!
  let cases = 0
  while (clock.now() < began + SLICE_MS) {
    if (task.cases !== null && index >= task.cases) {
      next.delete(name)
      break
    }
    note(number, index)
    const verdict = await verdictOf(target, target.make(caseRandom(task.seed, name, index)))
    if (typeof verdict !== 'string') await send({ kind: 'find', target: name, index, find: verdict })
    const word = typeof verdict === 'string' ? verdict : 'FIND'
    outcomes[word] = (outcomes[word] ?? 0) + 1
    cases++
    index += task.stride
    if (isFull()) {
      note(-1, 0)
      await send({ kind: 'counts', target: name, next: index, cases, ms: clock.now() - began, outcomes })
      await send({ kind: 'full', target: name, index: index - task.stride })
      process.exit(0)
    }
  }
  note(-1, 0)
  if (next.has(name)) next.set(name, index)
  await send({ kind: 'counts', target: name, next: index, cases, ms: clock.now() - began, outcomes })
}

async function replay({ target: name, one }: { readonly target: string; readonly one: Json }): Promise<void> {
  const target = await targetOf(name)
  note(0, 0)
  let verdict = await verdictOf(target, one)
  note(-1, 0)
  if (typeof verdict === 'string' && isFull()) {
    const message = `${Math.round(process.resourceUsage().maxRSS / 1024)} MiB of memory`
    verdict = { kind: 'memory', message, stack: '' }
  }
  await send({ kind: 'verdict', verdict })
}

note(-1, 0)
if (task.kind === 'run') {
  try {
    await run()
    await Promise.all([...targets.values()].map(async target => (await target).close?.()))
    process.exit(0)
  } catch (error) {
    broken(error)
  }
} else {
  let last: Promise<void> = Promise.resolve()
  process.on('message', message => {
    last = last.then(() => replay(message as { target: string; one: Json })).catch(broken)
  })
}
