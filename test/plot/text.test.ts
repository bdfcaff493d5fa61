import { test } from 'uvu'
import { equal, is, ok } from 'uvu/assert'
import { fontOf } from '../../lib/plot/font.js'
import { fittingSize, glyphPath, missingCharacters, plainText, setText, textWidth } from '../../lib/plot/text.js'
import { close } from '../support/columns.js'

test('widths are those of Helvetica, with which the font is compatible', () => {
  // Adobe's metrics, in thousandths: digits 556, A 667, space 278, bold A 722.
  close(textWidth('0123456789', 10), 55.6, 1e-3)
  close(textWidth('A A', 100), 66.7 + 27.8 + 66.7, 1e-3)
  close(textWidth('\\bf{A}', 100), 72.2, 1e-3)
})

test('marks become runs of another face, size and height', () => {
  const { runs, width } = setText('Electron \\it{p}_{T} [GeV]', 20)
  equal(
    runs.map(({ text, face, size }) => [text, face, size]),
    [
      ['Electron ', 'Regular', 20],
      ['p', 'Italic', 20],
      ['T', 'Regular', 14],
      [' [GeV]', 'Regular', 20],
    ],
  )
  ok(runs[2]!.rise < 0 && runs[0]!.rise === 0)
  for (const [k, run] of runs.slice(1).entries()) {
    close(run.x, runs[k]!.x + textWidth(k === 1 ? '\\it{p}' : runs[k]!.text, runs[k]!.size), 1e-12)
  }
  close(width, runs[3]!.x + textWidth(' [GeV]', 20), 1e-12)
})

test('a subscript and a superscript stand above each other, and what follows behind both', () => {
  const { runs, width } = setText('x^{12}_{1}y', 10)
  equal(
    runs.map(run => run.text),
    ['x', '12', '1', 'y'],
  )
  is(runs[1]!.x, runs[2]!.x)
  ok(runs[1]!.rise > 0 && runs[2]!.rise < 0)
  close(runs[3]!.x, runs[1]!.x + textWidth('12', 7), 1e-12)
  close(width, runs[3]!.x + textWidth('y', 10), 1e-12)
})

test('names with underscores and braces of no mark stay as they are', () => {
  is(plainText('HLT_Ele30_WPTight_Gsf {a} x_{'), 'HLT_Ele30_WPTight_Gsf {a} x_{')
  is(plainText('fb^{-1}, a-1'), 'fb−1, a-1')
})

test('characters without a glyph are told', () => {
  equal(missingCharacters('Daten: p_{T} ≥ 30 GeV, |η|, χ², É, −, ×, ±, √, ε'), [])
  equal(missingCharacters('efficiency 効率 ☃'), ['効', '率', '☃'])
})

test('outlines are closed paths of the right extent', () => {
  const extent = (character: string) => {
    const path = glyphPath('Regular', fontOf('Regular').glyphOf(character))
    is(path.match(/M/g)!.length, path.match(/Z/g)!.length)
    const numbers = path.match(/-?\d+/g)!.map(Number)
    const [xs, ys] = [numbers.filter((_, k) => k % 2 === 0), numbers.filter((_, k) => k % 2 === 1)]
    return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
  }
  const [left, top, right, bottom] = extent('H')
  is(bottom, 0)
  ok(top! > -735 && top! < -680, `an H is ${-top!} high`)
  ok(left! > 50 && right! < 722)
  // A composite: the e and its accent above it.
  const [, accent] = extent('é')
  const [, plain] = extent('e')
  ok(accent! < plain! - 100)
  // Round: control points alone may lie outside, the o is a little below the base line.
  ok(extent('o')[3]! > 0 && extent('o')[3]! < 30)
})

test('a text is made as small as it must be', () => {
  is(fittingSize('x', 20, 1000), 20)
  const size = fittingSize('a long text', 20, 50)
  close(textWidth('a long text', size), 50, 1e-9)
})

test.run()
