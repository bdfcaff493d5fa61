/** Runs single cases in a child of their own, and makes them as small as they can be while what they show stays. */
import type { ChildMessage } from './child.js'
import { type Child, startChild } from './process.js'
import type { Json, Target } from './target.js'
import { type Find, HANG_MS, signatureOf } from './verdict.js'

/** Cases of one target, one after the other, in a process that is started anew where one ends it. */
export class Replayer {
  readonly #target: string
  #child: Child | null = null
  #answer: ((message: ChildMessage) => void) | null = null

  readonly #hangMs: number

  constructor(target: string, hangMs = HANG_MS) {
    this.#target = target
    this.#hangMs = hangMs
  }

  /** A word where the case is as it must be. fresh: in a process that has run no other. */
  async verdict(one: Json, fresh = false): Promise<string | Find> {
    if (fresh) this.close()
    this.#child ??= startChild(
      { kind: 'replay', seed: 0, targets: [{ name: this.#target, from: 0 }], stride: 1, until: null, cases: null },
      message => this.#answer?.(message),
      this.#hangMs,
    )
    const child = this.#child
    const answered = new Promise<string | Find>(done => {
      this.#answer = message => {
        if (message.kind === 'verdict') done(message.verdict)
      }
    })
    child.process.send({ target: this.#target, one })
    const ended = child.ended.then(({ kind, words }): Find => {
      // Of a child that was killed for a fresh one this is told when that one runs.
      if (this.#child === child) this.#child = null
      return { kind: kind === 'done' ? 'crash' : kind, message: words, stack: '' }
    })
    const verdict = await Promise.race([answered, ended])
    // Its peak stays: the next case needs a new one.
    if (typeof verdict !== 'string' && verdict.kind === 'memory') this.close()
    return verdict
  }

  close(): void {
    this.#child?.kill()
    this.#child = null
  }
}

export interface Minimised {
  readonly one: Json
  readonly find: Find
  readonly tried: number
}

/** The smallest case found that shows the same. null: shown alone, it is no find. */
export async function minimise(
  target: Pick<Target, 'shrink'>,
  name: string,
  one: Json,
  budget: { readonly ms: number; readonly tries: number },
  hangMs = HANG_MS,
): Promise<Minimised | null> {
  const replayer = new Replayer(name, hangMs)
  try {
    const first = await replayer.verdict(one, true)
    if (typeof first === 'string') return null
    const wanted = signatureOf(first)
    const until = Date.now() + budget.ms
    let [best, find, tried] = [one, first, 0]
    for (let isSmaller = true; isSmaller; ) {
      isSmaller = false
      for (const smaller of target.shrink(best)) {
        if (tried >= budget.tries || Date.now() > until) return { one: best, find, tried }
        tried++
        const verdict = await replayer.verdict(smaller, first.kind === 'memory')
        if (typeof verdict === 'string' || signatureOf(verdict) !== wanted) continue
        ;[best, find, isSmaller] = [smaller, verdict, true]
        break
      }
    }
    return { one: best, find, tried }
  } finally {
    replayer.close()
  }
}
