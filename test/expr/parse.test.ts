/** Python's grammar: how texts are grouped, and what is not an expression. Precedence is also covered by cases.test.ts. */
import { test } from 'uvu'
import { equal, throws } from 'uvu/assert'
import type { Expr } from '../../lib/expr/ast.js'
import { ExpressionError, parseExpression } from '../../lib/expr/index.js'

/** The tree with all its parentheses. */
function show(node: Expr): string {
  switch (node.kind) {
    case 'constant':
      return typeof node.value === 'string' ? JSON.stringify(node.value) : String(node.value)
    case 'name':
      return node.name
    case 'attribute':
      return `${show(node.object)}.${node.name}`
    case 'call':
      return `${show(node.callee)}(${[...node.args.map(show), ...node.keywords.map(k => `${k.name}=${show(k.value)}`)].join(', ')})`
    case 'unary':
      return `(${node.op} ${show(node.operand)})`
    case 'binary':
    case 'logic':
      return `(${show(node.left)} ${node.op} ${show(node.right)})`
    case 'compare':
      return `(${show(node.first)}${node.links.map(l => ` ${l.op} ${show(l.right)}`).join('')})`
    case 'conditional':
      return `(${show(node.yes)} if ${show(node.test)} else ${show(node.no)})`
  }
}

function grouped(text: string, want: string): void {
  equal(show(parseExpression(text)), want, text)
}

test('operators bind as tightly as in Python', () => {
  grouped('a & 7 == 4', '((a & 7) == 4)')
  grouped('x > 40 & y > 40', '(x > (40 & y) > 40)')
  grouped('a | b ^ c & d << e + f * g', '(a | (b ^ (c & (d << (e + (f * g))))))')
  grouped('not a == b and c or d', '(((not (a == b)) and c) or d)')
  grouped('~a & b', '((~ a) & b)')
  grouped('-a * b', '((- a) * b)')
})

test('operators of one level are taken from the left, ** from the right', () => {
  grouped('a - b - c', '((a - b) - c)')
  grouped('a / b * c // d % e', '((((a / b) * c) // d) % e)')
  grouped('a << b >> c', '((a << b) >> c)')
  grouped('a ** b ** c', '(a ** (b ** c))')
})

test('** binds tighter than a sign on its left and looser than one on its right', () => {
  grouped('-a ** b', '(- (a ** b))')
  grouped('a ** -b ** c', '(a ** (- (b ** c)))')
  grouped('~a.b ** c', '(~ (a.b ** c))')
})

test('conditional expressions and chains group as in Python', () => {
  grouped('a if b else c if d else e', '(a if b else (c if d else e))')
  grouped('a < b <= c != d', '(a < b <= c != d)')
  grouped('a not in b', '(a not in b)')
  grouped('a is not b', '(a is not b)')
  grouped('a is (not b)', '(a is (not b))')
})

test('calls, fields and quoted fields follow one another', () => {
  grouped('np.abs(a.b) + c["d e"].f', '(np.abs(a.b) + c.d e.f)')
  grouped('ak.any(a > 1, axis=-1,)', 'ak.any((a > 1), axis=(- 1))')
  grouped('(a + b).mass', '(a + b).mass')
  grouped('f(x=1 if a else 2)', 'f(x=(1 if a else 2))')
})

test('numbers are read in all of the notations of Python', () => {
  grouped('0xFF + 0b11 + 0o17 + 1_000 + 00', '((((255 + 3) + 15) + 1000) + 0)')
  grouped('1e3 + 1. + .5 + 1.5E-2 + 1_0.0_1', '((((1000 + 1) + 0.5) + 0.015) + 10.01)')
  equal((parseExpression('9007199254740993') as { value: unknown }).value, 9007199254740993n)
  equal((parseExpression('1.0') as { value: unknown }).value, 1)
})

test('blanks, line breaks and comments separate tokens', () => {
  grouped('  a\t>\n 1 # higher', '(a > 1)')
  grouped("'it\\'s' == \"\\\\\"", '("it\'s" == "\\\\")')
})

test('a text that is no expression is refused where it stops making sense', () => {
  const cases: [text: string, column: number][] = [
    ['', 1],
    ['pt >', 5],
    ['(pt > 3', 8],
    ['pt > 3)', 7],
    ['pt mass', 4],
    ['pt = 3', 4],
    ['pt > 3,', 7],
    ['a.(pt)', 3],
    ['a[0]', 3],
    ['a["b"', 6],
    ['1__0', 1],
    ['0777', 1],
    ['3 + 2j', 5],
    ['"abc', 1],
    ['pt > £3', 6],
    ['f(a=1, b)', 8],
    ['lambda: 1', 1],
    ['[1, 2]', 1],
    ['1 if 2', 7],
  ]
  for (const [text, column] of cases) {
    throws(
      () => parseExpression(text),
      (e: unknown) => e instanceof ExpressionError && e.column === column && e.text === text,
      text,
    )
  }
})

test('a text that is nested or long beyond reason is refused rather than exhausting the stack', () => {
  throws(() => parseExpression('1' + ' + 1'.repeat(50_000)), /too long/)
  throws(() => parseExpression('a' + '.b'.repeat(50_000)), /too long/)
  throws(() => parseExpression('('.repeat(50_000)), /nested too deep/)
  throws(() => parseExpression(`${'('.repeat(2000)}1${')'.repeat(2000)}`), /nested too deep/)
  throws(() => parseExpression(`${'-'.repeat(2000)}1`), /nested too deep/)
  throws(() => parseExpression('2**'.repeat(2000) + '2'), /nested too deep/)
  throws(() => parseExpression('not '.repeat(2000) + '1'), /nested too deep/)
  throws(() => parseExpression('1 if 1 else '.repeat(2000) + '1'), /nested too deep/)
  grouped('(((((((((1)))))))))', '1')
})

test.run()
