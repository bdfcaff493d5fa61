/** 50 toys of each of three models: wide enough that a right fit passes; the bench of 1,000 is sharper. Fits from bad starts. */
import { test } from 'uvu'
import { equal, ok } from 'uvu/assert'
import { dcbCms, gExp, templateCms } from '../../bench/fit/models.js'
import { badStarts, pulls } from '../../bench/fit/pulls.js'

for (const model of [dcbCms(4000, 0.85), templateCms(4000, 0.85), gExp(3000, 0.9)]) {
  test(`pulls of the efficiency: ${model.name}`, () => {
    const { mean, width, coverage, invalid } = pulls(model, 50, 11)
    equal(invalid, 0)
    // three standard deviations of 50 toys
    ok(Math.abs(mean) < 0.43, `mean ${mean}`)
    ok(Math.abs(width - 1) < 0.3, `width ${width}`)
    ok(Math.abs(coverage - 0.68) < 0.2, `coverage ${coverage}`)
  })
}

test('bad starts: no valid fit away from the minimum; cut off, none is valid', () => {
  const { wrong, valid, fits } = badStarts(dcbCms(4000, 0.85), 15, 3)
  equal([wrong, valid, fits], [0, 15, 15])
  equal(badStarts(dcbCms(4000, 0.85), 15, 3, { maxIterations: 5 }).valid, 0)
})

test.run()
