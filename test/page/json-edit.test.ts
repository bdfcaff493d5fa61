/** Changes of one value in JSON text, and nothing else. */
import { test } from 'uvu'
import { equal, is, throws } from 'uvu/assert'
import { type JsonValue, setInJson } from '../../lib/page/json-edit.js'

const BIN = ['fit', 'bin_parameters', 'D/bin3']

test('on one line, as it is written', () => {
  const text = '{"mass": "Z", "fit": {"bin": ["bin0"], "x_min": 70}, "output": {}}\n'
  const set = setInJson(text, BIN, { mu: { start: 90, limits: [85, 95] } })
  is(
    set,
    '{"mass": "Z", "fit": {"bin": ["bin0"], "x_min": 70, "bin_parameters": {"D/bin3": {"mu": {"start": 90, "limits": [85, 95]}}}}, "output": {}}\n',
  )
  is(setInJson(set, BIN, undefined), text)
  is(
    setInJson('{"fit":{"a":1}}', BIN, { mu: { start: 1, fixed: 2 } }),
    '{"fit":{"a":1,"bin_parameters":{"D/bin3":{"mu":{"start":1,"fixed":2}}}}}',
  )
})

test('on lines, with the indentation that is there', () => {
  for (const unit of ['  ', '    ', '\t']) {
    const text = JSON.stringify({ mass: 'Z', fit: { bin: ['bin0'], x_min: 70 }, 2022: { b: 1 } }, null, unit)
    const set = setInJson(text, BIN, { mu: { start: 90, limits: [85, 95] }, sigma: { fixed: 2 } })
    const wanted = [
      ',',
      '"bin_parameters": {',
      `${unit}"D/bin3": {`,
      `${unit.repeat(2)}"mu": {"start": 90, "limits": [85, 95]},`,
      `${unit.repeat(2)}"sigma": {"fixed": 2}`,
      `${unit}}`,
      '}',
    ]
    is(set, text.replace('"x_min": 70', `"x_min": 70${wanted.join(`\n${unit.repeat(2)}`)}`))
    is(setInJson(set, BIN, undefined), text)
    const again = setInJson(set, BIN, { mu: { start: 91 } })
    equal(JSON.parse(again).fit.bin_parameters, { 'D/bin3': { mu: { start: 91 } } })
    is(setInJson(again, BIN, undefined), text)
  }
})

test('objects that are there, empty ones, and line ends of Windows', () => {
  const text = '{\r\n  "fit": {\r\n    "bin_parameters": {},\r\n    "x": 1\r\n  }\r\n}\r\n'
  const set = setInJson(text, BIN, { mu: { start: 1 } })
  equal(JSON.parse(set), { fit: { bin_parameters: { 'D/bin3': { mu: { start: 1 } } }, x: 1 } })
  is(set.replaceAll('\r\n', '').includes('\n'), false)
  const two = setInJson(set, ['fit', 'bin_parameters', 'bin4'], { a: { fixed: 0 } })
  equal(Object.keys(JSON.parse(two).fit.bin_parameters), ['D/bin3', 'bin4'])
  is(setInJson(two, ['fit', 'bin_parameters', 'bin4'], undefined), set)
  equal(JSON.parse(setInJson(two, BIN, undefined)).fit.bin_parameters, { bin4: { a: { fixed: 0 } } })
})

test('whatever stands in texts, and order of keys that are numbers', () => {
  const text =
    '{ "a\\"}{": "],}\\\\", "10": [1, {"b": "}"}], "2": {"c": null} , "fit" : {"bin_fit_type":{"x":"g_exp"}} }'
  const set = setInJson(text, ['fit', 'bin_fit_type', 'D/bin3'], 'dcb_cms')
  is(set, text.replace('"g_exp"', '"g_exp", "D/bin3": "dcb_cms"'))
  is(setInJson(set, ['fit', 'bin_fit_type', 'D/bin3'], undefined), text)
  is(setInJson(text, ['2', 'c'], 5), text.replace('null', '5'))
  is(setInJson(text, ['nothing', 'there'], undefined), text)
  throws(() => setInJson(text, ['10', 'b'], 1), /10 is no object/)
})

test('any change of any document can be undone', () => {
  const documents: JsonValue[] = [{}, { fit: {} }, { a: 1 }, { fit: { x: [{}, []], y: { z: {} } } }]
  for (const document of documents) {
    for (const indent of [0, 1, 3, '\t']) {
      const text = JSON.stringify(document, null, indent)
      const set = setInJson(text, ['fit', 'new', 'b'], { p: { limits: [0, 1] } })
      equal(JSON.parse(set).fit.new, { b: { p: { limits: [0, 1] } } })
      const undone = JSON.parse(setInJson(set, ['fit', 'new', 'b'], undefined))
      // An empty object that was on the way goes with it.
      equal({ fit: {}, ...undone }, { fit: {}, ...(document as object) })
    }
  }
})

test.run()
