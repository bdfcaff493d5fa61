import { test } from 'uvu'
import { deltaPhi, deltaR2 } from '../../lib/physics/angles.js'
import { close } from '../support/columns.js'

test('deltaPhi wraps to [-pi, pi)', () => {
  close(deltaPhi(3, -3), 6 - 2 * Math.PI, 1e-14)
  close(deltaPhi(-3, 3), 2 * Math.PI - 6, 1e-14)
  close(deltaPhi(Math.PI, 0), -Math.PI)
  close(deltaPhi(0.5, 0.2), 0.3, 1e-14)
  close(deltaPhi(Number.NaN, 0), Number.NaN)
})

test('deltaR2 adds the squares', () => {
  close(deltaR2(1, 3, 0.5, -3), 0.25 + (6 - 2 * Math.PI) ** 2, 1e-14)
})

test.run()
