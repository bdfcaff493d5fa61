/** Expressions of filters and masks: made by their grammar, and as damaged texts; on random columns. */
import type { Random } from '../../../bench/random.js'
import { DTYPES, newValues } from '../../../lib/core/dtype.js'
import { DataError } from '../../../lib/core/errors.js'
import type { DType, Values } from '../../../lib/core/types.js'
import { checkExpressionText, compileColumn, compileExpression, type Loaded } from '../../../lib/expr/index.js'
import { memberNames } from '../../../lib/expr/names.js'
import { columnScope, envOf, type TestColumn } from '../../expr/scope.js'
import { mutateText, shrinkText } from '../json-edits.js'
import { caseRandom, few, pick, type Target, Wrong } from '../target.js'

/** Columns of each type, and of each with nulls. */
const NAMES = DTYPES.flatMap(dtype => [dtype, `n_${dtype}`])
const NUMPY = memberNames('np')
const AWKWARD = memberNames('ak')
const BINARY = ['+', '-', '*', '/', '//', '%', '**', '&', '|', '^', '<<', '>>', '<', '<=', '>', '>=', '==', '!=']
const RARE = [' and ', ' or ', ' in ', ' not in ', ' is ', ' is not ', ' @ ', ':=', ' if 1 else ']
const CONSTANTS = [
  '0',
  '1',
  '2',
  '7',
  '-1',
  '0.5',
  '1e5',
  '1e308',
  '1e-320',
  '3.',
  '.5',
  '0x1F',
  '0b101',
  '0o17',
  '1_000',
  '300',
  '65536',
  '4294967296',
  '18446744073709551616',
  '-9223372036854775808',
  'True',
  'False',
  'None',
  '"a"',
  "'pt'",
  'np.pi',
  'np.nan',
  'np.inf',
  '-np.inf',
  '1j',
  '1e999',
  '9'.repeat(400),
]
const PIECES = [
  ...BINARY,
  ...RARE,
  ...CONSTANTS,
  '(',
  ')',
  '[',
  ']',
  ',',
  '.',
  'x.',
  'x',
  'np.',
  'ak.',
  '~',
  'not ',
  ' ',
  '\n',
  '\t',
  '#',
  '"',
  "'",
  '\\',
  '=',
  'axis=1',
  'lambda: ',
  '{',
  '}',
  ':',
  '...',
  'é',
  '\u0000',
  '🙂',
  '__class__',
]

function expression(random: Random, depth: number): string {
  if (depth <= 0 || random.chance(0.1))
    return random.chance(0.75) ? `x.${pick(random, NAMES)}` : pick(random, CONSTANTS)
  const inner = () => expression(random, depth - 1)
  switch (random.below(12)) {
    case 0:
    case 1:
    case 2:
    case 3:
      return `(${inner()}) ${pick(random, BINARY)} (${inner()})`
    case 4:
      return `${inner()} ${pick(random, BINARY)} ${inner()}`
    case 5:
      return `${pick(random, ['-', '+', '~', '~', 'not '])}(${inner()})`
    case 6:
    case 7:
      return `np.${pick(random, NUMPY)}(${Array.from({ length: pick(random, [1, 1, 2, 2, 3]) }, inner).join(', ')})`
    case 8:
      return `ak.${pick(random, ['any', 'all', 'sum', 'max', 'min', 'count', 'count_nonzero', 'num'])}(${inner()}, axis=1)`
    case 9:
      return `ak.where(${inner()}, ${inner()}, ${inner()})`
    case 10:
      return `ak.${pick(random, AWKWARD)}(${Array.from({ length: pick(random, [1, 2, 3]) }, inner).join(', ')}${pick(random, ['', ', axis=1', ', axis=-1', ', axis=0', ', value=0'])})`
    default:
      return `${inner()}${pick(random, RARE)}${inner()}`
  }
}

const EXTREMES: readonly (number | bigint)[] = [
  0,
  1,
  2,
  3,
  -1,
  -2,
  7,
  100,
  127,
  128,
  255,
  256,
  32767,
  65535,
  2 ** 31,
  2 ** 32,
  2 ** 53,
]

function randomColumn(random: Random, dtype: DType, length: number, withNulls: boolean): TestColumn {
  const values = newValues(dtype, length)
  for (let i = 0; i < length; i++) {
    const isFloat = dtype === 'float32' || dtype === 'float64'
    const odd = isFloat && random.chance(0.3)
    const x = odd
      ? pick(random, [NaN, Infinity, -Infinity, -0, 1e300, 1e-320, 0.1, -41.7])
      : Number(pick(random, EXTREMES))
    const isBig = values instanceof BigInt64Array || values instanceof BigUint64Array
    const most = dtype === 'int64' ? 2n ** 63n - 1n : 2n ** 64n - 1n
    values[i] = (isBig ? (random.chance(0.1) ? most : BigInt(x)) : dtype === 'bool' ? x & 1 : x) as never
  }
  const valid = Uint8Array.from({ length }, () => (random.chance(0.7) ? 1 : 0))
  return { dtype, values, ...(withNulls && { valid }) }
}

type ExpressionCase = { readonly text: string; readonly columns: number; readonly counts: readonly number[] }

/** Columns by number: the same for the same number. */
function columnsOf(number: number, length: number): Record<string, TestColumn> {
  const random = caseRandom(number, 'columns', length)
  return Object.fromEntries(
    NAMES.map(name => [name, randomColumn(random, name.replace('n_', '') as DType, length, name.startsWith('n_'))]),
  )
}

function rowsOf({ dtype, values, valid }: TestColumn, from: number, to: number): TestColumn {
  return { dtype, values: values.slice(from, to) as Values, ...(valid && { valid: valid.slice(from, to) }) }
}

/** Conditions and columns agree; events by themselves give what they give among others. */
async function run({ text, columns: number, counts }: ExpressionCase): Promise<string> {
  checkExpressionText(text, 'x')
  const length = counts.reduce((sum, n) => sum + n, 0)
  const events = counts.flatMap((n, event) => Array<number>(n).fill(event))
  const columns = columnsOf(number, length)
  const scope = columnScope(columns)
  const column = compileColumn(text, scope)
  const env = envOf(length, events)
  let whole: Loaded
  try {
    whole = column.run(env)
  } catch (error) {
    // A rule that values break: numpy says so too.
    if (error instanceof DataError) return 'refused values'
    throw error
  }
  check(whole, column, length)
  const condition = compileExpression(text, scope).run(env)
  if (condition.length !== length) throw new Wrong(`a condition of ${condition.length} rows, wanted ${length}`)
  for (let i = 0; i < length; i++) {
    const wanted = whole.valid?.[i] === 0 || whole.values[i] === 0 || whole.values[i] === 0n ? 0 : 1
    if (condition[i] !== wanted) throw new Wrong(`row ${i}: ${whole.values[i]} as a condition is ${condition[i]}`)
  }
  for (let event = 0, from = 0; event < counts.length; from += counts[event]!, event++) {
    const to = from + counts[event]!
    const part = Object.fromEntries(Object.entries(columns).map(([name, one]) => [name, rowsOf(one, from, to)]))
    const alone = compileColumn(text, columnScope(part)).run(envOf(to - from, Array(to - from).fill(event)))
    for (let i = from; i < to; i++) {
      const [a, b] = [valueAt(whole, i), valueAt(alone, i - from)]
      if (!Object.is(a, b)) throw new Wrong(`event ${event}: ${b} by itself, ${a} among others`)
    }
  }
  return 'right'
}

function valueAt({ values, valid }: Loaded, i: number): number | bigint | null {
  return valid?.[i] === 0 ? null : values[i]!
}

function check(
  { values, valid }: Loaded,
  { dtype, nullable }: { dtype: DType; nullable: boolean },
  length: number,
): void {
  const wanted = newValues(dtype, 0).constructor
  if (values.constructor !== wanted) throw new Wrong(`${values.constructor.name} of ${dtype}`)
  if (values.length !== length || (valid !== undefined && valid.length !== length)) {
    throw new Wrong(`${values.length} values and ${valid?.length} marks of ${length} rows`)
  }
  if (valid !== undefined && !nullable) throw new Wrong('nulls where there are none')
  if (dtype === 'bool' && values.some(x => x !== 0 && x !== 1)) throw new Wrong('a boolean that is neither 0 nor 1')
}

export async function expressions(): Promise<Target> {
  const target: Target<ExpressionCase> = {
    make: random => {
      let text = expression(random, few(random, 5))
      if (random.chance(0.3)) for (let k = few(random, 5); k > 0; k--) text = mutateText(text, random, PIECES)
      else if (random.chance(0.003))
        text = pick(random, [
          (t: string) => '('.repeat(5000) + t,
          (t: string) => '-'.repeat(20000) + t,
          (t: string) => `${t}+`.repeat(10000) + t,
          (t: string) => '~('.repeat(400) + t + ')'.repeat(400),
        ])(text)
      return {
        text,
        columns: random.below(1000),
        counts: Array.from({ length: random.below(5) }, () => random.below(4)),
      }
    },
    run,
    *shrink({ text, columns, counts }) {
      for (const shorter of shrinkText(text)) yield { text: shorter, columns, counts }
      for (const [k] of counts.entries()) yield { text, columns, counts: counts.filter((_, i) => i !== k) }
    },
  }
  return target as Target
}
