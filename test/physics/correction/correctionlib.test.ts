/** Corrections against what correctionlib makes of them; the table is made by make-corrections.py. */
import { readFileSync } from 'node:fs'
import { test } from 'uvu'
import { ok, throws } from 'uvu/assert'
import { DataError } from '../../../lib/core/errors.js'
import type { CorrectionSetJson } from '../../../lib/physics/correction/index.js'
import { type Argument, type Correction, CorrectionSet } from '../../../lib/physics/correction/index.js'
import { ulpsBetween } from '../../support/ulps.js'

type Plain = number | string
interface Case {
  readonly document: CorrectionSetJson
  readonly name: string
  readonly events: readonly (readonly Plain[])[]
  readonly results: readonly (Plain | null)[]
}
interface Table {
  readonly cases: readonly Case[]
  readonly compounds: readonly Case[]
  readonly refusedFormulas: readonly string[]
}

const table = JSON.parse(readFileSync('test/physics/corrections.gen.json', 'utf8')) as Table

function toNumber(x: Plain): number {
  return typeof x === 'string' ? Number(x.replace('inf', 'Infinity')) : x
}

/** Columns of the events, which have the same strings. */
function columns({ inputs }: Correction, events: readonly (readonly Plain[])[]): Argument[] {
  return inputs.map(({ type }, i) => {
    if (type === 'string') return events[0]![i] as string
    const values = events.map(event => event[i]!)
    return type === 'int' ? BigInt64Array.from(values, BigInt) : Float64Array.from(values, toNumber)
  })
}

/** Positions of events by their strings: only numbers differ within a call. */
function groups({ inputs }: Correction, { events, results }: Case): number[][] {
  const found = new Map<string, number[]>()
  for (const [k, event] of events.entries()) {
    if (results[k] === null) continue
    const key = JSON.stringify(event.filter((_, i) => inputs[i]!.type === 'string'))
    found.set(key, [...(found.get(key) ?? []), k])
  }
  return [...found.values()]
}

/** ulps: allowed difference, in units of the last place. */
function agrees(correction: Correction, given: Case, ulps: number): void {
  for (const group of groups(correction, given)) {
    const events = group.map(k => given.events[k]!)
    const got = correction.evaluate(columns(correction, events))
    for (const [j, k] of group.entries()) {
      const want = toNumber(given.results[k]!)
      const message = `${given.name}(${given.events[k]!.join(', ')}) is ${got[j]}, wanted ${want}`
      ok(ulpsBetween(got[j]!, want) <= ulps, message)
    }
  }
  for (const [k, event] of given.events.entries()) {
    if (given.results[k] !== null) continue
    const isData = (e: unknown) => e instanceof DataError && e.message.startsWith(`${given.name}.json > `)
    throws(() => correction.evaluate(columns(correction, [event])), isData, `${given.name}(${event.join(', ')})`)
  }
}

function casesOf(prefix: string): readonly Case[] {
  return table.cases.filter(c => c.name.startsWith(prefix))
}

function check(title: string, prefixes: readonly string[], ulps = 0): void {
  test(title, () => {
    const cases = prefixes.flatMap(casesOf)
    ok(cases.length > 0)
    for (const one of cases) agrees(new CorrectionSet(one.document, `${one.name}.json`).correction(), one, ulps)
  })
}

check('binnings agree with correctionlib at edges, beside them and outside', ['edges', 'uniform', 'infinite', 'int-'])
check('multibinnings agree with correctionlib', ['multi'])
check('categories agree with correctionlib', ['category'])
check('formulas agree with correctionlib', ['formula'], 64)
check('formula references agree with correctionlib', ['formularef'])
check('transforms agree with correctionlib', ['transform'])
check('erf agrees with the C library', ['erf'], 8)
check('flat random numbers are those of correctionlib, bit by bit', ['hash-stdflat'])
check(
  'normal random numbers are those of correctionlib, up to the rounding of the logarithm',
  ['hash-normal', 'hash-stdnormal'],
  2,
)
check('nested scale factors agree with correctionlib', ['scale-factors'])

test('compound corrections agree with correctionlib', () => {
  for (const one of table.compounds)
    agrees(new CorrectionSet(one.document, `${one.name}.json`).compound(one.name), one, 2)
})

test('formulas that correctionlib refuses are refused', () => {
  for (const expression of table.refusedFormulas) {
    const data = { nodetype: 'formula', expression, parser: 'TFormula', variables: ['a', 'b'], parameters: [1] }
    const inputs = ['a', 'b'].map(name => ({ name, type: 'real' as const }))
    const document = { schema_version: 2, corrections: [{ name: 'f', version: 1, inputs, output: inputs[0], data }] }
    const fails = (e: unknown) =>
      e instanceof DataError && /^f\.json > f > \/data: .*, at column \d+:\n/.test(e.message)
    throws(() => new CorrectionSet(document, 'f.json').correction(), fails, JSON.stringify(expression))
  }
})

test.run()
