/** Names of columns in ROOT files. */
import { test } from 'uvu'
import { equal, is, throws } from 'uvu/assert'
import { tableSchema } from '../../lib/formats/index.js'
import { renamedColumns, rootName, rootSchema } from '../../lib/formats/root-names.js'

test('names become C++ identifiers, comparisons words', () => {
  for (const [name, want] of [
    ['el_pt', 'el_pt'],
    ['_x', '_x'],
    ['cutBased >= 2', 'cutBased_gte_2'],
    ['a<=b', 'alteb'],
    ['(x == 1) | ~y', '_x_eq_1_____y'],
    ['pt > 30 & x != 2', 'pt_gt_30___x_ne_2'],
    ['HLT/Ele30.v1', 'HLT_Ele30_v1'],
    ['2022 filter', '_2022_filter'],
    ['é\n\\', '___'],
  ] as const) {
    is(rootName(name), want, name)
  }
})

test('tables keep their columns, members of records are renamed with them', () => {
  const schema = tableSchema([
    { name: 'a b', dtype: 'int8' },
    { name: 'tag.x', members: [{ name: 'p t', dtype: 'int8', column: 'tag.x.p t' }] },
    { name: 'plain', dtype: 'int8', nullable: true, neverNull: true },
  ])
  const { fields, leaves } = rootSchema(schema)
  equal(
    fields.map(field => field.name),
    ['a_b', 'tag_x', 'plain'],
  )
  equal(
    leaves.map(({ path, column, nullable }) => [path.join('.'), column, nullable]),
    [
      ['a_b', 'a b', false],
      ['tag_x.p_t', 'tag.x.p t', false],
      ['plain', 'plain', false],
    ],
  )
  equal(renamedColumns(schema), [
    ['a b', 'a_b'],
    ['tag.x', 'tag_x'],
    ['p t', 'p_t'],
  ])
})

test('two names that become one are refused, all at once', () => {
  const fields = ['a b', 'a.b', 'a_b', 'c'].map(name => ({ name, dtype: 'int8' as const }))
  throws(
    () => rootSchema(tableSchema(fields)),
    (error: Error) =>
      error.message.includes('column "a.b": and "a b" would both be called a_b in ROOT files') &&
      error.message.includes('column "a_b": and "a.b" would both'),
  )
})

test.run()
