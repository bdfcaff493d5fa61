/** Forms of trees and their unions; what awkward makes of the same forms is written out by hand. */
import { test } from 'uvu'
import { equal, is, throws } from 'uvu/assert'
import type { DType } from '../../lib/core/types.js'
import {
  type Form,
  formHash,
  formOfTree,
  formText,
  list,
  numpy,
  type RecordForm,
  record,
  regular,
} from '../../lib/preprocess/form.js'
import { unionOfForms } from '../../lib/preprocess/union-forms.js'
import { openRootFile } from '../../lib/root/index.js'

const flat = (dtype: DType, doc = 'd'): Form => numpy(dtype, { __doc__: doc, typename: 't' })
const form = (fields: Record<string, Form>, doc = 'A'): RecordForm =>
  record(Object.keys(fields), Object.values(fields), { __doc__: doc })
const union = (...forms: RecordForm[]) => unionOfForms(forms, 'dataset "x"')
const dtypeOf = (a: DType, b: DType): unknown => union(form({ x: flat(a) }), form({ x: flat(b) })).contents[0]

test('flat, fixed and counted branches have the forms, titles and type names that uproot gives them', async () => {
  const file = await openRootFile('fixtures/root/types.root')
  const { fields, contents } = formOfTree(await file.tree('types'))
  await file.close()
  is(fields.length, 44)
  equal(fields.slice(0, 4), ['flat_bool', 'fixed_bool', 'njagged_bool', 'jagged_bool'])
  equal(contents[0], numpy('bool', { __doc__: 'flat_bool/O', typename: 'bool' }))
  equal(contents[1], regular(3, numpy('bool', {}), { __doc__: 'fixed_bool[3]/O', typename: 'bool[3]' }))
  equal(contents[2], numpy('int32', { __doc__: 'njagged_bool/I', typename: 'int32_t' }))
  equal(contents[3], list(numpy('bool', {}), { __doc__: 'jagged_bool[njagged_bool]/O', typename: 'bool[]' }))
  equal(contents[fields.indexOf('flat_float64')], numpy('float64', { __doc__: 'flat_float64/D', typename: 'double' }))
})

test('the text is that of Python, so that hashes agree', () => {
  const text = formText(form({ x: flat('float32', 'pT in “GeV”') }))
  is(
    text,
    '{"class": "RecordArray", "fields": ["x"], "contents": [{"class": "NumpyArray", "primitive": "float32", "inner_shape": [], "parameters": {"__doc__": "pT in \\u201cGeV\\u201d", "typename": "t"}, "form_key": null}], "parameters": {"__doc__": "A"}, "form_key": null}',
  )
  is(formHash('{"a": 1}'), '42b7b4f2921788ea14dac5566e6f06d0')
})

test('a union keeps the parameters that agree, and takes the title of the last form', () => {
  equal(
    union(form({ x: flat('int8', 'one') }, 'A'), form({ x: flat('int8', 'two') }, 'B')),
    form({ x: numpy('int8', { typename: 't' }) }, 'B'),
  )
})

test('types are promoted as numpy does', () => {
  for (const [a, b, both] of [
    ['int32', 'int64', 'int64'],
    ['bool', 'uint8', 'uint8'],
    ['uint8', 'int8', 'int16'],
    ['uint32', 'int16', 'int64'],
    ['uint64', 'int64', 'float64'],
    ['int16', 'float32', 'float32'],
    ['int32', 'float32', 'float64'],
    ['float32', 'float64', 'float64'],
  ] as const) {
    equal([dtypeOf(a, b), dtypeOf(b, a)], [flat(both), flat(both)], `${a} and ${b}`)
  }
})

test('flags that some files lack may be missing; new fields go behind the known ones', () => {
  const flag = flat('bool')
  const result = union(
    form({ y: flat('int32'), b: flag }),
    form({ c: flag, y: flat('int32') }),
    form({ y: flat('int32') }),
  )
  equal(result.fields, ['y', 'b', 'c'])
  const optional = {
    class: 'IndexedOptionArray',
    index: 'i64',
    content: flag,
    parameters: flag.parameters,
    form_key: null,
  }
  equal(result.contents, [flat('int32'), optional, optional])
})

test('other branches that some files lack, and lists where others have numbers, are errors that name the branch', () => {
  throws(
    () => union(form({ x: flat('bool'), pt: flat('float32') }), form({ x: flat('bool') })),
    /dataset "x": branch "pt" is not in all files/,
  )
  throws(() => union(form({ b: list(flat('bool'), {}) }), form({})), /branch "b" is not in all files/)
  throws(
    () => union(form({ x: list(flat('int8'), {}) }), form({ x: flat('int8') })),
    /branch "x" holds one value an entry/,
  )
})

test('arrays of different fixed sizes become lists', () => {
  const fixed = (size: number) => form({ x: regular(size, numpy('int8', {}), { typename: 'n' }) })
  equal(union(fixed(3), fixed(3)), fixed(3))
  equal(union(fixed(3), fixed(4)), form({ x: list(numpy('int8', {}), { typename: 'n' }) }))
})

test.run()
