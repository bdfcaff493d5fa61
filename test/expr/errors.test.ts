/** Messages: what is wrong, where, and what to write instead. */
import { test } from 'uvu'
import { equal, ok } from 'uvu/assert'
import { DataError } from '../../lib/core/errors.js'
import { checkExpressionText, compileColumn, compileExpression, ExpressionError } from '../../lib/expr/index.js'
import { columnScope, envOf } from './scope.js'

const scope = columnScope({
  pt: { dtype: 'float32', values: Float32Array.of(1, 2) },
  cutBased: { dtype: 'uint8', values: Uint8Array.of(4, 1) },
  charge: { dtype: 'int32', values: Int32Array.of(-1, 1) },
  isTight: { dtype: 'bool', values: Uint8Array.of(1, 0) },
  event: { dtype: 'uint64', values: BigUint64Array.of(1n, 2n) },
  delta: { dtype: 'int64', values: BigInt64Array.of(1n, 2n) },
})

function errorOf(text: string, prefix?: string): ExpressionError {
  try {
    compileExpression(text, scope, { want: 'bool', ...(prefix && { prefix }) })
  } catch (error) {
    if (error instanceof ExpressionError) return error
    throw error
  }
  throw new Error(`no error: ${text}`)
}

function says(text: string, message: string): void {
  equal(errorOf(text).message, message)
}

test('the caret stands under the fault', () => {
  equal(errorOf('x.cutBased >= tight').caret(), '    x.cutBased >= tight\n                  ^')
  equal(errorOf('x.pt >').caret(), '    x.pt >\n          ^')
  equal(errorOf('x.pt\n> y').caret(), '    x.pt > y\n           ^')
})

test('unknown names are shown with the nearest ones', () => {
  says('x.cutbased >= 2', '"x" has no field "cutbased" at column 3. Nearest: "cutBased".')
  says('z.pt > 2', 'unknown name "z" at column 1. Nearest: "x", "ak", "np".')
  says('whatever > 2', 'unknown name "whatever" at column 1. In scope: x, np, ak.')
  says('np.sqroot(x.pt)', 'np.sqroot is unknown or not supported at column 4. Nearest: "sqrt".')
  says('ak.fillnone(x.pt, 0)', 'ak.fillnone is unknown or not supported at column 4. Nearest: "fill_none", "is_none".')
  says('x.pt.eta > 1', 'a column has no field "eta" at column 6')
})

test('builtins of Python and functions without their module get the name to write', () => {
  says('abs(x.pt) > 3', 'unknown name "abs" at column 1. Write np.abs.')
  says('sqrt(x.pt) > 3', 'unknown name "sqrt" at column 1. Write np.sqrt.')
  says('where(x.isTight, 1, 0)', 'unknown name "where" at column 1. Write np.where or ak.where.')
  says('x.isTight == true', 'unknown name "true" at column 14. Write True.')
  says('np.any(x.isTight)', 'np.any is unknown or not supported at column 4. Write ak.any.')
  says('ak.abs(x.pt)', 'ak.abs is unknown or not supported at column 4. Write np.abs.')
})

test('what Python does with single values only gets the way to write it for columns', () => {
  const join = 'Join conditions in parentheses with & or |: (a > 1) & (b > 2).'
  says('x.pt > 1 and x.pt < 3', `"and" does not work on columns at column 10. ${join}`)
  says('x.pt > 1 or x.pt < 3', `"or" does not work on columns at column 10. ${join}`)
  says('not x.isTight', '"not" does not work on columns at column 1. Write ~(...).')
  says('1 < x.pt < 3', `comparisons of columns cannot be chained at column 10. ${join}`)
  says('x.pt > 1 & x.isTight > 0', `comparisons of columns cannot be chained at column 22. ${join}`)
  says('1 if x.isTight else 0', '"if" does not work on columns at column 3. Write ak.where(condition, x, y).')
  says('x.charge in x.pt', '"in" is not supported at column 10. Write (x == 1) | (x == 2).')
  says('x.pt is None', '"is" is not supported at column 6. Write == or !=, or ak.is_none(x, axis=1) to find nulls.')
})

test('signs of other languages get those of Python', () => {
  says(
    '(x.pt > 1) && x.isTight',
    'expected an operator or the end, got "&&" at column 12. Write & between conditions in parentheses.',
  )
  says('!x.isTight', 'expected a value, got "!" at column 1. Write ~ before a condition in parentheses.')
  says('x.charge = 1', 'expected an operator or the end, got "=" at column 10. Write == to compare.')
})

test('operations without a meaning for the types name the types', () => {
  says(
    'x.pt & x.isTight',
    '& does not work on float32 and bool at column 6. Conditions joined with & or | need parentheses: (a > 1) & (b > 2).',
  )
  says(
    'x.pt > 1 & x.pt < 3',
    '& does not work on 1 and float32 at column 10. Conditions joined with & or | need parentheses: (a > 1) & (b > 2).',
  )
  says('x.isTight - x.isTight', '- does not work on bool and bool at column 11. For conditions use & | ^ ~.')
  says('x.event & x.delta', '& does not work on uint64 and int64 at column 9')
  says(
    'x.cutBased ** -1',
    'integers cannot be raised to a negative integer power at column 12. Make the exponent a float: -1.0.',
  )
  says('x.pt + None', '+ does not work on None at column 6')
  says('1 / 0', 'division by zero at column 3')
})

test('wrong arguments are named', () => {
  says('np.sqrt(x.pt, 2)', 'np.sqrt takes 1 argument, got 2 at column 1')
  says('np.maximum(x.pt)', 'np.maximum takes 2 arguments, got 1 at column 1')
  says('1 + np.sqrt(out=x.pt)', 'np.sqrt takes no argument by name here at column 5')
  says('ak.any(x.isTight)', 'ak.any needs axis=1 at column 1. Only over the pairs of an event can it be taken.')
  says('ak.any(x.isTight, axs=1)', 'ak.any has no argument "axs" here at column 1. Nearest: "axis".')
  says('ak.where(x.isTight, 1)', 'ak.where lacks its argument "y" at column 1')
  says('ak.sum(2, axis=1)', 'ak.sum takes a column, not a number at column 1')
  says(
    'ak.any(ak.any(x.isTight, axis=1), axis=1)',
    'ak.any with axis=1 takes a value per pair, not per event at column 1',
  )
  says('np.abs(x)', 'np.abs takes columns and numbers, not an object at column 1. Name one of its fields.')
})

test('an expression must give a value', () => {
  says('x', '"x" is an object at column 1. Name one of its fields.')
  says('np.sqrt', '"np.sqrt" is a function at column 1. Call it: np.sqrt(...).')
  says('np', '"np" is a module at column 1')
  says('x.pt(1)', 'only functions can be called at column 5')
  says('"tight"', 'a selection does not work on text at column 1')
})

test('with a prefix, messages show the text of the user and how it is read', () => {
  const error = errorOf('cutBased >= tight', 'x.')
  equal(error.text, 'cutBased >= tight')
  equal(error.column, 13)
  equal(error.caret(), '    cutBased >= tight\n                ^')
  ok(error.message.endsWith('It is read as x.cutBased >= tight'))
  equal(
    errorOf('pt > 45 & cutBased >= 2', 'x.').message,
    'unknown name "cutBased" at column 11. Write x.cutBased: only the first name may be short. ' +
      'It is read as x.pt > 45 & cutBased >= 2',
  )
  equal(
    errorOf('(pt > 45)', 'x.').message,
    'expected the name of a field after ".", got "(" at column 1. It is read as x.(pt > 45)',
  )
  equal(errorOf('nope', 'x.').column, 1)
})

test('a negative power that only the data show is an error of the data', () => {
  const column = compileColumn('x.cutBased ** x.charge', scope)
  try {
    column.run(envOf(2))
  } catch (error) {
    ok(error instanceof DataError && error.exception === 'ValueError')
    ok(error.message.startsWith('expression "x.cutBased ** x.charge": integers cannot be raised'))
    return
  }
  ok(false, 'no error')
})

test('texts can be checked before the columns are known', () => {
  equal(checkExpressionText('(zcands.tag.pt > 40) & (np.abs(zcands.probe.anything) < 2.0)', 'zcands'), null)
  equal(checkExpressionText('ak.any(zcands.probe.pt > 4, axis=1)', 'zcands'), null)
  equal(checkExpressionText('events.el_pt > 30', 'events'), null)
  equal(checkExpressionText('1 if True else zcands.probe.pt', 'zcands'), null)
  const caretOf = (text: string) => checkExpressionText(text, 'zcands')?.caret
  equal(caretOf('zcands.probe.pt >'), 17)
  equal(caretOf('zcands.probe.pt > pt'), 18)
  equal(caretOf('np.nope(zcands.probe.pt)'), 3)
  equal(caretOf('zcands.probe.pt > 4 and True'), 20)
  equal(caretOf('not zcands.probe.isTight'), 0)
  equal(caretOf('1 < zcands.probe.pt < 3'), 2)
  equal(caretOf('1 if zcands.probe.isTight else 0'), 2)
  equal(checkExpressionText('foo', 'zcands'), {
    message: 'unknown name "foo"',
    advice: 'In scope: zcands, np, ak.',
    caret: 0,
  })
})

test.run()
