/** Expressions against what numpy and awkward make of them; the table is made by make-cases.py. */
import { readFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, ok, throws } from 'uvu/assert'
import { newValues } from '../../lib/core/dtype.js'
import type { DType, Values } from '../../lib/core/types.js'
import { compileColumn, compileExpression, ExpressionError, type Loaded } from '../../lib/expr/index.js'
import { columnScope, envOf, type TestColumn } from './scope.js'

type Plain = number | string | null
type Case = readonly [text: string, result: readonly [dtype: string, values: readonly Plain[]] | null]
type Group = 'exact' | 'rounded' | 'python' | 'byValue' | 'errors' | 'random'
interface Table extends Readonly<Record<Group, readonly Case[]>> {
  readonly event: readonly number[]
  readonly columns: Readonly<Record<string, { dtype: DType; values: readonly Plain[]; valid?: readonly number[] }>>
}

const table = JSON.parse(readFileSync('test/expr/cases.gen.json', 'utf8')) as Table

function toValues(dtype: DType, plain: readonly Plain[]): Values {
  const values = newValues(dtype, plain.length)
  plain.forEach((x, i) => {
    values[i] = (
      values instanceof BigInt64Array || values instanceof BigUint64Array ? BigInt(x!) : toNumber(x)
    ) as never
  })
  return values
}

function toNumber(x: Plain): number {
  return typeof x === 'string' ? Number(x.replace('inf', 'Infinity')) : x!
}

function columnsOf(length: number): Record<string, TestColumn> {
  return Object.fromEntries(
    Object.entries(table.columns).map(([name, { dtype, values, valid }]) => [
      name,
      {
        dtype,
        values: toValues(dtype, values.slice(0, length)),
        ...(valid && { valid: Uint8Array.from(valid.slice(0, length)) }),
      },
    ]),
  )
}

const scope = columnScope(columnsOf(table.event.length))
const env = envOf(table.event.length, table.event)

function plainAt({ values, valid }: Loaded, i: number): number | bigint | null {
  return valid?.[i] === 0 ? null : values[i]!
}

/** Nothing if all is as it should be, else what is wrong with the first value that differs. ulps: allowed difference. */
function difference(got: Loaded, want: readonly Plain[], dtype: string, ulps: number): string | null {
  if (got.values.length !== want.length) return `${got.values.length} values, wanted ${want.length}`
  for (const [i, expected] of want.entries()) {
    const value = plainAt(got, i)
    const same =
      value === null || expected === null
        ? value === expected
        : typeof value === 'bigint'
          ? String(value) === expected
          : sameNumber(value, toNumber(expected), dtype, ulps)
    if (!same) return `[${i}] is ${value}, wanted ${expected}`
  }
  return null
}

function sameNumber(value: number, want: number, dtype: string, ulps: number): boolean {
  if (Object.is(value, want) || value === want) return true
  const digits = dtype === 'float64' ? 52 : dtype === 'float32' ? 23 : 10
  return Math.abs(value - want) <= ulps * 2 ** (Math.floor(Math.log2(Math.abs(want))) - digits)
}

/** Runs all cases of a group and lists the ones that fail. */
function check(group: Group, ulps: number): void {
  const wrong: string[] = []
  for (const [text, result] of table[group]) {
    try {
      const column = compileColumn(text, scope)
      if (result === null) {
        wrong.push(`${text}: wanted an error, got ${column.dtype}`)
        continue
      }
      const [dtype, values] = result
      const wanted = dtype === 'float16' ? 'float32' : dtype
      if (column.dtype !== wanted) wrong.push(`${text}: dtype ${column.dtype}, wanted ${wanted}`)
      const problem = difference(column.run(env), values, dtype, ulps)
      if (problem !== null) wrong.push(`${text} (${dtype}): ${problem}`)
    } catch (error) {
      if (!(error instanceof ExpressionError)) wrong.push(`${text}: ${(error as Error).stack}`)
      else if (result !== null) wrong.push(`${text}: ${error.message}`)
    }
  }
  equal(wrong, [])
  ok(table[group].length > 0)
}

test('operators and exact functions give the values and types of numpy, bit by bit', () => check('exact', 0))
test('functions of the mathematical library agree with numpy to a few units in the last place', () =>
  check('rounded', 4))
test('what holds no column follows the arithmetic of Python', () => check('python', 0))
test('integers beyond the range of a column take part by value', () => check('byValue', 0))
test('random expressions give the values and types of numpy, or an error where numpy gives one', () =>
  check('random', 0))
test('what the reference refuses is refused', () => check('errors', 0))

test('batches without pairs give columns of the same type without values', () => {
  const emptyScope = columnScope(columnsOf(0))
  for (const [text] of [...table.exact, ...table.rounded]) {
    const column = compileColumn(text, emptyScope)
    const { values } = column.run(envOf(0))
    equal(values.length, 0, text)
    equal(values.constructor, newValues(column.dtype, 0).constructor, text)
    equal(compileExpression(text, emptyScope).run(envOf(0)), new Uint8Array(0), text)
  }
})

test('as conditions, numbers count as true unless they are zero, and nulls as false', () => {
  for (const [text, result] of [...table.exact, ...table.random]) {
    if (result === null) continue
    const got = compileExpression(text, scope, { want: 'bool' }).run(env)
    equal(
      [...got],
      result[1].map(x => (x === null || x === 0 || x === '0' ? 0 : 1)),
      text,
    )
  }
})

test('a refused condition says where', () => {
  for (const [text] of table.errors) {
    throws(
      () => compileExpression(text, scope),
      (e: unknown) => e instanceof ExpressionError && e.column >= 1 && e.column <= text.length + 1,
    )
  }
})

test.run()
