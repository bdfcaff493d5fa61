import { test } from 'uvu'
import { equal, is, ok } from 'uvu/assert'
import { locate, parseJson } from '../../lib/core/json-text.js'

const fault = (text: string) => {
  const parsed = parseJson(text)
  return 'message' in parsed ? [parsed.message, parsed.at] : parsed
}

test('json-text gives the same value as JSON.parse', () => {
  const text = '\n{"a": [1, -2.5e3, true, false, null, "x\\n\\u00e9\\"", {}, []], "b\\\\": {"c": "é\u0085"}}\r\n'
  equal(parseJson(text), { value: JSON.parse(text), repeated: [] })
})

for (const [text, message, at] of [
  ['', 'the file is empty', 0],
  [' \n', 'the file is empty', 2],
  ['{"a": 1,}', 'expected another key after ",": JSON has no trailing comma', 8],
  ['[1, ]', 'expected another element after ",": JSON has no trailing comma', 4],
  ['{"a": 1 "b": 2}', 'expected "," or "}"', 8],
  ['[1 2]', 'expected "," or "]"', 3],
  ['{"a" 1}', 'expected ":" after the key', 5],
  ['{a: 1}', 'expected a key in double quotes', 1],
  ["{'a': 1}", 'expected a key in double quotes', 1],
  ["['a']", 'strings are written in double quotes', 1],
  ['[True]', "Python's True is true in JSON", 1],
  ['[None]', "Python's None is null in JSON", 1],
  ['[NaN]', 'JSON has no NaN', 1],
  ['[-Infinity]', 'JSON has no Infinity: write a large number', 1],
  ['[01]', 'unknown value 01', 1],
  ['[1.]', 'unknown value 1.', 1],
  ['[+1]', 'unknown value +1', 1],
  ['[truee]', 'unknown value truee', 1],
  ['{"a":', 'the file ends here: expected a value', 5],
  ['[1', 'expected "," or "]"', 2],
  ['"abc', 'unfinished string', 4],
  ['["a\nb"]', 'a string must end on the line it starts on', 3],
  ['["C:\\data"]', 'unknown escape: a backslash itself is written \\\\', 4],
  ['{} {}', 'expected the end of the file', 3],
] as const) {
  test(`json-text says where ${JSON.stringify(text)} is wrong`, () => {
    equal(fault(text), [message, at])
  })
}

test('json-text finds keys that an object has twice, at any depth, and keeps the last value', () => {
  equal(parseJson('{"a": [{"b": 1, "b": 2}], "c": 1, "c": 3}'), {
    value: { a: [{ b: 2 }], c: 3 },
    repeated: [{ path: ['a', 0, 'b'] }, { path: ['c'] }],
  })
})

test('locate counts lines and columns from 1 and gives the line without its end', () => {
  const text = '{\r\n  "a": x\r\n}'
  equal(locate(text, text.indexOf('x')), { line: 2, column: 8, source: '  "a": x' })
  equal(locate('abc', 0), { line: 1, column: 1, source: 'abc' })
  equal(locate('a\n', 2), { line: 2, column: 1, source: '' })
})

test('json-text takes a string of a million characters', () => {
  const text = JSON.stringify({ form: 'A'.repeat(1_000_000) })
  is('value' in parseJson(text), true)
})

test('values that are nested without end are refused by their place, not by running out of stack', () => {
  for (const open of ['[', '{"a":']) {
    const found = parseJson(open.repeat(100_000))
    ok('message' in found && /^values are nested more than 500 deep$/.test(found.message))
    is((found as { at: number }).at, 500 * open.length)
  }
  ok('value' in parseJson(`${'['.repeat(500)}${']'.repeat(500)}`))
})

test.run()
