/** Lines of histograms: written, read, added up; and what is refused. */
import { test } from 'uvu'
import { equal, match, ok } from 'uvu/assert'
import { DataError } from '../../lib/core/errors.js'
import { ByteInput } from '../../lib/formats/arrow/index.js'
import type { HistTree } from '../../lib/formats/index.js'
import { addEntries, type Hist, newHist, regularAxis } from '../../lib/hist/index.js'
import { histLine, mergedHistLines } from '../../lib/shell/hist-lines.js'

function hist(cells: readonly number[], weights: readonly number[], bins = 4): Hist {
  const made = newHist([regularAxis({ name: 'x', label: 'x', bins, lower: 0, upper: 4 })])
  addEntries(made, { cells: Int32Array.from(cells), weights: Float64Array.from(weights) })
  return made
}

const tree = (h: Hist): HistTree => ({ pt: { 'a/b': { passing: h, failing: hist([1], [0.1]) } } })
const IDENTITY = { dataset: '/D/x', folder: 'D_x', method: 'm_1', filter: 'pt > 5' }
const END = (n: number) => `{"end":{"histograms":${n}}}\n`

function input(text: string): ByteInput {
  async function* pieces() {
    for (let at = 0; at < text.length; at += 50) yield Buffer.from(text.slice(at, at + 50))
  }
  return new ByteInput(pieces(), 'stdin')
}

async function failure(text: string): Promise<string> {
  try {
    await mergedHistLines(input(text))
  } catch (error) {
    ok(error instanceof DataError, String(error))
    return error.message
  }
  return 'none'
}

const a = tree(hist([1, 2, 5], [0.1, -3, 1e300]))
const b = tree(hist([1, 0], [0.2, 7]))

test('a line is JSON that gives the same histograms back, odd numbers included', async () => {
  const odd = tree(hist([1, 2, 3], [Number.NaN, Number.POSITIVE_INFINITY, 1e-320]))
  for (const want of [a, b, odd]) {
    const text = histLine(IDENTITY, want)
    JSON.parse(text)
    const [line, ...others] = await mergedHistLines(input(text + END(1)))
    equal(others, [])
    equal(line!.identity, IDENTITY)
    equal(histLine(IDENTITY, line!.tree), text)
  }
})

test('names that lead out of the folder of outputs, or that no file can have, are refused', async () => {
  for (const [key, names] of [
    ['folder', ['../x', '/x', 'a/../../x', 'a\0b']],
    ['method', ['..', `m${'x'.repeat(255)}`]],
    ['filter', ['a\0b', 'x'.repeat(256)]],
  ] as const) {
    for (const name of names) {
      const told = await failure(histLine({ ...IDENTITY, [key]: name }, a) + END(1))
      match(told, `got other JSON (/${key} is not of their form)`)
    }
  }
})

test('lines of the same identity are added up in the order in which they came', async () => {
  const other = { ...IDENTITY, filter: 'other' }
  const text = histLine(IDENTITY, a) + histLine(other, b) + END(2) + histLine(IDENTITY, b) + END(1)
  const [first, second] = await mergedHistLines(input(text))
  equal([first!.identity.filter, second!.identity.filter], ['pt > 5', 'other'])
  const sum = ((first!.tree.pt as HistTree)['a/b'] as HistTree).passing as Hist
  equal(Array.from(sum.value), [7, 0.1 + 0.2, -3, 0, 0, 1e300])
  equal(histLine(other, second!.tree), histLine(other, b))
})

test('lines without their end are refused, wherever it is missing', async () => {
  const whole = histLine(IDENTITY, a) + histLine({ ...IDENTITY, filter: 'other' }, b)
  for (const text of [whole, whole + END(3), whole + histLine(IDENTITY, a) + END(2), END(1)]) {
    match(await failure(text), /^stdin ends early: the stage before/)
  }
  match(await failure(''), /^stdin is empty/)
  match(await failure(whole.slice(0, -20)), /a line is not JSON, it may have been cut off/)
  equal(await failure(END(0)), 'none')
})

test('histograms with other axes cannot be added up', async () => {
  const text = histLine(IDENTITY, a) + END(1) + histLine(IDENTITY, tree(hist([1], [1], 5))) + END(1)
  match(await failure(text), /m_1, pt > 5: histograms with different axes cannot be added up/)
  const keys = histLine(IDENTITY, a) + END(1) + histLine(IDENTITY, { passing: hist([1], [1]) }) + END(1)
  match(await failure(keys), /different axes/)
})

test.run()
