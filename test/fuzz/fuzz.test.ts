/** The fuzz campaign: that it finds faults, that a seed gives the same cases, that what it has found stays mended; and, in CI, three
 *  minutes of it. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import { equal, is, not, ok } from 'uvu/assert'
import { scratch } from '../support/cli.js'
import { testIf } from '../support/tools.js'
import { campaign, type FindFile } from './campaign.js'
import { Replayer } from './replay.js'
import { caseRandom, type Json } from './target.js'
import { TARGETS } from './targets/index.js'

/** Without the one that has faults. */
const NAMES = Object.keys(TARGETS).filter(name => name !== 'planted')

test('planted faults are found, each once, made small, and their files show them again', async () => {
  const out = scratch()
  const lines: string[] = []
  const { finds, counts } = await campaign({
    seed: 2,
    targets: ['planted'],
    minutes: null,
    cases: 260,
    processes: 2,
    finds: out.path('finds'),
    hangMs: 1000,
    log: line => lines.push(line),
  })
  ok(counts.get('planted')!.cases > 0)
  const kinds = finds.map(({ find }) => find.kind)
  for (const kind of ['wrong', 'error', 'hang']) ok(kinds.includes(kind as never), `no ${kind}: ${lines.join('\n')}`)
  is(kinds.filter(kind => kind === 'wrong').length, 1)
  const wrong = JSON.parse(readFileSync(finds.find(({ find }) => find.kind === 'wrong')!.file, 'utf8')) as FindFile
  is((wrong.case as { edits: Json[] }).edits.length, 1)
  const replayer = new Replayer('planted', 1000)
  for (const { file } of finds) {
    const found = JSON.parse(readFileSync(file, 'utf8')) as FindFile
    const verdict = await replayer.verdict(found.case)
    is(typeof verdict === 'string' ? verdict : verdict.kind, found.kind)
  }
  replayer.close()
  out.remove()
})

testIf(
  test,
  process.platform === 'linux',
  'Linux',
)('cases in fresh processes leave none of these behind', async () => {
  const children = () => readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').trim()
  const before = children()
  const replayer = new Replayer('planted', 1000)
  for (let k = 0; k < 3; k++) {
    is(await replayer.verdict({ seed: 'good', edits: [] }, true), 'right')
    // Of the one before it is told meanwhile that it has ended.
    await new Promise(done => setTimeout(done, 100))
  }
  replayer.close()
  for (const end = Date.now() + 5000; children() !== before && Date.now() < end; )
    await new Promise(done => setTimeout(done, 50))
  is(children(), before)
})

test('a seed gives the same cases of every target, in whatever order, and another seed others', async () => {
  for (const name of NAMES) {
    const [one, other] = [await TARGETS[name]!.open(), await TARGETS[name]!.open()]
    const texts = (seed: number, indices: readonly number[], target = one) =>
      indices.map(index => JSON.stringify(target.make(caseRandom(seed, name, index))))
    equal(texts(5, [0, 1, 2, 3, 4, 5, 6, 7]), texts(5, [7, 6, 5, 4, 3, 2, 1, 0], other).reverse(), name)
    not.equal(texts(5, [0, 1, 2, 3, 4, 5, 6, 7]), texts(6, [0, 1, 2, 3, 4, 5, 6, 7]), name)
    await one.close?.()
    await other.close?.()
  }
})

test('what was found once is as it must be', async () => {
  const folder = 'fixtures/fuzz'
  let replayed = 0
  for (const name of readdirSync(folder).sort()) {
    ok(NAMES.includes(name), `there is no target ${name}`)
    const replayer = new Replayer(name)
    for (const file of readdirSync(join(folder, name)).sort()) {
      const found = JSON.parse(readFileSync(join(folder, name, file), 'utf8')) as FindFile
      const verdict = await replayer.verdict(found.case)
      is(typeof verdict, 'string', `${folder}/${name}/${file}: ${JSON.stringify(verdict)}`)
      replayed++
    }
    replayer.close()
  }
  ok(replayed > 10)
})

/** Of work, by as many processes. */
const MINUTES = Number(process.env.TNP_FUZZ_MINUTES ?? (process.env.CI === 'true' ? 3 : 0))
const PROCESSES = 2
/** Of each target at most, so that a faster machine tries the same. */
const CASES = 1500

testIf(
  test,
  MINUTES > 0,
  'CI=true or TNP_FUZZ_MINUTES',
)('the campaign finds nothing', async () => {
  const out = scratch()
  const { finds, counts } = await campaign({
    seed: 1,
    targets: NAMES,
    minutes: MINUTES / PROCESSES,
    cases: CASES,
    processes: PROCESSES,
    finds: out.path('finds'),
    log: () => {},
  })
  for (const [name, { cases }] of counts) ok(cases > 0, `no case of ${name}`)
  equal(
    finds.map(({ find }) => find),
    [],
  )
  out.remove()
})

test.run()
