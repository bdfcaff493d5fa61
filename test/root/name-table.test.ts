/** Names of branches, shared by trees that have the same. */
import { test } from 'uvu'
import { equal, is, ok } from 'uvu/assert'
import { nameTable } from '../../lib/root/name-table.js'

function tableOf(...names: readonly string[]) {
  // Something else stands between them, as in a tree's record.
  const bytes = Buffer.from(names.map(name => `??${name}`).join(''), 'latin1')
  const lengths = Int32Array.from(names, name => name.length)
  const starts = new Int32Array(names.length)
  for (let k = 0, at = 2; k < names.length; k++) {
    starts[k] = at
    at += names[k]!.length + 2
  }
  return nameTable(bytes, starts, lengths)
}

test('trees with the same names in the same order share one table', () => {
  const first = tableOf('run', 'event', 'nElectron')
  is(tableOf('run', 'event', 'nElectron'), first)
  equal(first.names, ['run', 'event', 'nElectron'])
  equal(
    [...first.numbers],
    [
      ['run', 0],
      ['event', 1],
      ['nElectron', 2],
    ],
  )
})

test('others have their own: in another order, of the same length, fewer, more, none', () => {
  for (const names of [['event', 'run'], ['run', 'evens'], ['run'], ['run', 'event', 'x'], [], ['run', 'event', '']]) {
    const first = tableOf('run', 'event')
    const other = tableOf(...names)
    ok(other !== first)
    equal(other.names, names)
    equal(
      [...other.numbers.values()],
      names.map((_, k) => k),
    )
  }
})

test('the first of several branches of one name is the one that it means', () => {
  for (let again = 0; again < 2; again++) {
    const { names, numbers } = tableOf('x', 'y', 'x', 'z')
    equal(names, ['x', 'y', 'z'])
    equal(
      [...numbers],
      [
        ['x', 0],
        ['y', 1],
        ['z', 3],
      ],
    )
  }
})

test.run()
