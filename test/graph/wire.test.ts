import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import highland from 'highland'
import { test } from 'uvu'
import { equal, ok } from 'uvu/assert'
import type { Context, MapStage } from '../../lib/core/types.js'
import { type Branch, fanOut, toDuplex, toReadable } from '../../lib/graph/wire.js'

const quiet = { debug() {}, info() {}, warn() {} }

function context(signal: AbortSignal = new AbortController().signal): Context {
  return { signal, log: quiet }
}

function numbers(n: number) {
  const state = { given: 0, closed: false }
  async function* give() {
    try {
      for (let i = 0; i < n; i++) {
        state.given++
        yield i
      }
    } finally {
      state.closed = true
    }
  }
  return { state, items: give() }
}

function collect(into: number[], each: (item: number) => Promise<void> | void = () => {}): Branch<number> {
  return {
    select: n => n,
    drain: async (items: AsyncIterable<number>) => {
      for await (const item of items) {
        into.push(item)
        await each(item)
      }
    },
  }
}

test('fanOut gives every result to every branch, in order', async () => {
  const a: number[] = []
  const b: number[] = []
  const even: Branch<number> = { ...collect(b), select: n => (n % 2 === 0 ? n : undefined) }
  await fanOut(numbers(50).items, [collect(a), even], context())
  equal(
    a,
    Array.from({ length: 50 }, (_, i) => i),
  )
  equal(
    b,
    Array.from({ length: 25 }, (_, i) => 2 * i),
  )
})

test('fanOut lets the slowest branch govern: the source runs only a few items ahead', async () => {
  const { state, items } = numbers(200)
  let seen = 0
  let ahead = 0
  const slow = collect([], async () => {
    seen++
    ahead = Math.max(ahead, state.given - seen)
    if (seen % 20 === 0) await sleep(1)
  })
  await fanOut(items, [collect([]), slow], context())
  equal(seen, 200)
  ok(ahead <= 8, `${ahead} items ahead`)
})

test('a failing branch stops the source and its sibling, and its error is thrown', async () => {
  const { state, items } = numbers(1000)
  let siblingEnded = false
  const sibling: Branch<number> = {
    select: n => n,
    drain: async (source: AsyncIterable<number>) => {
      try {
        for await (const _ of source);
      } finally {
        siblingEnded = true
      }
    },
  }
  const bad = collect([], n => {
    if (n === 5) throw new Error('disk full')
  })
  let message = ''
  await fanOut(items, [sibling, bad], context()).catch(e => {
    message = e.message
  })
  equal(message, 'disk full')
  await sleep(5)
  ok(siblingEnded)
  ok(state.closed, 'the source is closed')
  ok(state.given < 30)
})

test('a failing source ends every branch with its error', async () => {
  async function* broken() {
    yield 1
    throw new Error('bad file')
  }
  let ended = 0
  const branch = (): Branch<number> => ({
    select: n => n,
    drain: async (items: AsyncIterable<number>) => {
      try {
        for await (const _ of items);
      } finally {
        ended++
      }
    },
  })
  let message = ''
  await fanOut(broken(), [branch(), branch()], context()).catch(e => {
    message = e.message
  })
  equal(message, 'bad file')
  equal(ended, 2)
})

test('a branch that fails while others wait is the reason that is thrown, however late it says so', async () => {
  const { items } = numbers(100000)
  const full = {
    select: (item: unknown) => item,
    async drain(taken: AsyncIterable<unknown>) {
      try {
        for await (const _ of taken) throw new Error('the disk is full')
      } catch (error) {
        // What it began is removed first.
        await sleep(20)
        throw error
      }
    },
  }
  let message = ''
  await fanOut(items, [collect([], () => sleep(1)), full, collect([], () => sleep(1))] as never, context()).catch(e => {
    message = e.message
  })
  equal(message, 'the disk is full')
})

test('an abort ends a run that waits for a slow branch', async () => {
  const controller = new AbortController()
  const { state, items } = numbers(100000)
  const branch = collect([], () => sleep(2))
  setTimeout(() => controller.abort(new Error('stopped')), 20)
  let message = ''
  await fanOut(items, [branch], context(controller.signal)).catch(e => {
    message = e.message
  })
  equal(message, 'stopped')
  await sleep(5)
  ok(state.closed)
})

test('fanOut without branches still pulls the source through', async () => {
  const { state, items } = numbers(10)
  await fanOut(items, [], context())
  equal(state.given, 10)
})

for (const branches of [0, 2]) {
  test(`fanOut to ${branches} branches lets results go once they have passed`, async () => {
    setFlagsFromString('--expose-gc')
    const gc = runInNewContext('gc') as () => void
    const refs: WeakRef<object>[] = []
    async function* results() {
      for (let i = 0; i < 200; i++) {
        const result = { n: i }
        refs.push(new WeakRef(result))
        yield result
        // A WeakRef keeps its target until the job ends.
        await sleep(0)
      }
      gc()
      const alive = refs.filter(ref => ref.deref() !== undefined).length
      ok(alive < 20, `${alive} of 200 results are kept`)
    }
    const taking = Array.from({ length: branches }, () => ({ ...collect([]), select: (r: { n: number }) => r.n }))
    await fanOut(results(), taking, context())
    equal(refs.length, 200)
  })
}

const double: MapStage<number, number> = { kind: 'map', name: 'double', map: n => (n === 3 ? null : 2 * n) }

test('a stage as a Duplex works in stream.pipeline; null drops the item', async () => {
  const out: number[] = []
  await pipeline(toReadable(numbers(5).items), toDuplex(double, context()), async (items: AsyncIterable<number>) => {
    for await (const n of items) out.push(n)
  })
  equal(out, [0, 2, 4, 8])
})

test("a stage as a Duplex works through highland's through", async () => {
  const out = await highland<number>([1, 2, 3, 4])
    .through<Highland.Stream<number>>(toDuplex(double, context()) as never)
    .collect()
    .toPromise(Promise)
  equal(out, [2, 4, 8])
})

test.run()
