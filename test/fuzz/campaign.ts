/** A campaign: cases of all targets in child processes for a while, and what they found, each kind once and as small as can be. */
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ChildMessage } from './child.js'
import { startChild } from './process.js'
import { minimise } from './replay.js'
import { caseRandom, type Json } from './target.js'
import { TARGETS } from './targets/index.js'
import { type Find, HANG_MS, signatureOf } from './verdict.js'

export interface CampaignOptions {
  readonly seed: number
  readonly targets: readonly string[]
  /** Whichever comes first. null: no limit. */
  readonly minutes: number | null
  /** Of each target. */
  readonly cases: number | null
  readonly processes: number
  /** Folder of the finds. */
  readonly finds: string
  readonly log: (line: string) => void
  /** Default: HANG_MS. */
  readonly hangMs?: number
}

export interface TargetCounts {
  cases: number
  ms: number
  readonly outcomes: Record<string, number>
}

/** What a file of a find holds. */
export interface FindFile {
  readonly target: string
  readonly seed: number
  readonly index: number
  readonly kind: Find['kind']
  readonly message: string
  readonly stack: readonly string[]
  readonly case: Json
}

export interface CampaignResult {
  readonly counts: ReadonlyMap<string, TargetCounts>
  readonly finds: readonly { readonly file: string; readonly find: FindFile; readonly times: number }[]
  /** Hangs and memory that did not show again when the case was run alone. */
  readonly unconfirmed: number
}

/** Minimising one find. */
const BUDGET = { ms: 60_000, tries: 2000 }
const REPORT_MS = 15_000

export async function campaign(options: CampaignOptions): Promise<CampaignResult> {
  const { seed, targets, minutes, cases, processes, log, hangMs = HANG_MS } = options
  const began = Date.now()
  const until = minutes === null ? null : began + minutes * 60_000
  const counts = new Map(targets.map(name => [name, { cases: 0, ms: 0, outcomes: {} } as TargetCounts]))
  const book = new FindBook(options)

  const report = () => {
    let [all, found] = [0, book.size]
    for (const one of counts.values()) all += one.cases
    const seconds = (Date.now() - began) / 1000
    log(`${seconds.toFixed(0)} s: ${all} cases, ${(all / seconds).toFixed(0)}/s, ${found} finds`)
  }
  const reporting = setInterval(report, REPORT_MS)

  const lane = async (offset: number) => {
    const next = new Map(targets.map(name => [name, offset]))
    while (until === null || Date.now() < until) {
      const left = targets.filter(name => cases === null || next.get(name)! < cases)
      if (left.length === 0) return
      const list = left.map(name => ({ name, from: next.get(name)! }))
      let isDone = false
      const see = (message: ChildMessage) => {
        if (message.kind === 'counts') {
          addCounts(counts.get(message.target)!, message)
          next.set(message.target, message.next)
        } else if (message.kind === 'find') book.add(message.target, message.index, message.find)
        else if (message.kind === 'full') book.suspect(message.target, message.index, 'memory', 'over 500 MB')
        else if (message.kind === 'done') isDone = true
      }
      const task = { kind: 'run', seed, targets: list, stride: processes, until, cases } as const
      const ending = await startChild(task, see, hangMs).ended
      if (ending.kind !== 'done' || (!isDone && ending.at !== null)) {
        const kind = ending.kind === 'done' ? 'crash' : ending.kind
        if (ending.at === null) throw new Error(`the child ended between cases: ${ending.words}`)
        const { name } = list[ending.at.target]!
        book.suspect(name, ending.at.index, kind, ending.words)
        next.set(name, ending.at.index + processes)
      }
    }
  }
  try {
    await Promise.all(Array.from({ length: processes }, (_, offset) => lane(offset)))
  } finally {
    clearInterval(reporting)
  }
  report()
  return { counts, ...(await book.close()) }
}

function addCounts(into: TargetCounts, { cases, ms, outcomes }: Extract<ChildMessage, { kind: 'counts' }>): void {
  into.cases += cases
  into.ms += ms
  for (const [word, n] of Object.entries(outcomes)) into.outcomes[word] = (into.outcomes[word] ?? 0) + n
}

/** Finds by what they show. */
class FindBook {
  readonly #options: CampaignOptions
  readonly #known = new Map<string, { target: string; index: number; find: Find; times: number }>()
  readonly #suspects: { target: string; index: number; find: Find }[] = []

  constructor(options: CampaignOptions) {
    this.#options = options
  }

  get size(): number {
    return this.#known.size + this.#suspects.length
  }

  add(target: string, index: number, find: Find): void {
    const key = `${target} ${signatureOf(find)}`
    const known = this.#known.get(key)
    if (known !== undefined) known.times++
    else {
      this.#known.set(key, { target, index, find, times: 1 })
      this.#options.log(`found: ${target} ${index}: ${find.kind}: ${find.message.split('\n')[0]!.slice(0, 200)}`)
    }
  }

  /** To be run alone at the end: another process may have taken the time, or other cases the memory. */
  suspect(target: string, index: number, kind: 'hang' | 'memory' | 'crash', words: string): void {
    const alike = this.#suspects.filter(one => one.target === target && one.find.kind === kind)
    this.#options.log(`suspected: ${target} ${index}: ${kind}: ${words.split('\n')[0]!.slice(0, 200)}`)
    if (alike.length < 3) this.#suspects.push({ target, index, find: { kind, message: words, stack: '' } })
  }

  async close(): Promise<Pick<CampaignResult, 'finds' | 'unconfirmed'>> {
    const finds: { file: string; find: FindFile; times: number }[] = []
    let unconfirmed = 0
    for (const { target, index, find, times } of this.#known.values()) {
      finds.push({ ...(await this.#settle(target, index, find, true))!, times })
    }
    for (const { target, index, find } of this.#suspects) {
      const settled = await this.#settle(target, index, find, false)
      if (settled === null) unconfirmed++
      else finds.push({ ...settled, times: 1 })
    }
    return { finds, unconfirmed }
  }

  /** Minimised, and in a file. null: it did not show again, which counts only where it was seen for sure. */
  async #settle(name: string, index: number, find: Find, isSure: boolean) {
    const { seed, finds, log, hangMs = HANG_MS } = this.#options
    const target = await TARGETS[name]!.open()
    try {
      const one = target.make(caseRandom(seed, name, index))
      const budget = isSure ? BUDGET : { ms: 5 * hangMs, tries: 200 }
      const small = await minimise(target, name, one, budget, hangMs)
      if (small === null && !isSure) {
        log(`${name} ${index}: ${find.kind} did not show again when the case was run alone`)
        return null
      }
      const { one: kept, find: seen } = small ?? { one, find }
      const text = JSON.stringify(kept)
      const file = join(finds, `${name}-${createHash('sha256').update(text).digest('hex').slice(0, 8)}.json`)
      const stack = seen.stack
        .split('\n')
        .filter(line => /^\s+at /.test(line))
        .slice(0, 12)
        .map(line => line.trim())
      const document: FindFile = {
        target: name,
        seed,
        index,
        kind: seen.kind,
        message: seen.message,
        stack,
        case: kept,
      }
      mkdirSync(finds, { recursive: true })
      writeFileSync(file, `${JSON.stringify(document, null, 1)}\n`)
      return { file, find: document }
    } finally {
      await target.close?.()
    }
  }
}
