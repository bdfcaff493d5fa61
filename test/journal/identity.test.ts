/** What a journal belongs to is compared value by value. */
import { test } from 'uvu'
import { equal } from 'uvu/assert'
import { differences, flatten } from '../../lib/journal/identity.js'

test('values are named by their path, lists of plain values are one', () => {
  equal(flatten({ options: { cut: 35, id: null, filters: [{ name: 'a' }] }, edges: [1, 2], none: [] }), {
    'options / cut': '35',
    'options / id': 'null',
    'options / filters / 0 / name': '"a"',
    edges: '[1,2]',
    none: '[]',
  })
})

test('changed, new and missing values are told, equal ones are not', () => {
  equal(differences({ a: '1', b: '2', c: '3' }, { a: '1', b: '5', d: '4' }), [
    { place: 'b', message: '2 in the journal, 5 now.' },
    { place: 'c', message: '3 in the journal, nothing now.' },
    { place: 'd', message: 'nothing in the journal, 4 now.' },
  ])
  equal(differences({ a: '1' }, { a: '1' }), [])
})

test('of very many differences the first are told and the others counted', () => {
  const many = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`x${i}`, '1']))
  const told = differences(many, {})
  equal(told.length, 21)
  equal(told.at(-1)?.message, '10 more differences.')
})

test.run()
