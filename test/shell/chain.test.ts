/** A pipe of stages writes the bytes that one command writes. */
import { test } from 'uvu'
import { jobOf, sameByPipe } from './outputs.js'

for (const dir of [
  'fixtures/config',
  'fixtures/config/workflows/photon-nanoaod',
  'fixtures/config/workflows/electron-mini-ntuples',
  'fixtures/config/workflows/photon-nano-ntuples',
  'fixtures/config/workflows/scale-smearing',
]) {
  test(`${dir}: stages on the shell, one command, and preprocess | run give the same files`, async () => {
    await sameByPipe(jobOf(dir))
  })
}

test.run()
