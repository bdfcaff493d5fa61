/** A pipe of stages writes the bytes that one command writes: the shared cases. */
import { join } from 'node:path'
import { test } from 'uvu'
import { jobOf, sameByPipe } from '../shell/outputs.js'
import { sharedDir, testIf } from '../support/tools.js'

const shared = sharedDir()
for (const name of [
  '01-cli-example',
  '06-photon-nanoaod-diphotons-mc',
  '08-electron-miniaod-ntuples',
  '13-unreadable-files',
]) {
  testIf(
    test,
    shared,
    'the shared cases',
  )(`the case ${name} by a pipe of stages, and by preprocess | run`, async () => {
    const job = jobOf(join(shared!, 'cases', name), join(shared!, 'data'))
    await sameByPipe(job, { preprocess: !name.startsWith('13') })
  })
}

test.run()
