/** Preprocessing against what coffea made of the shared filesets, key by key. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import { equal, is } from 'uvu/assert'
import { scratch, tnpPipe } from '../support/cli.js'
import { sharedDir, testIf } from '../support/tools.js'

const shared = sharedDir()
const folder = shared === null ? null : join(shared, 'cases', 'preprocess')
const withCases = testIf(test, folder !== null && existsSync(folder), 'the shared cases')

withCases('filesets are split as coffea splits them', async () => {
  const files = scratch()
  for (const name of readdirSync(folder!)) {
    const dir = join(folder!, name)
    const { step_size: size, align_clusters: aligned } = JSON.parse(readFileSync(join(dir, 'options.json'), 'utf8'))
    const { status, stdout } = await tnpPipe(
      [
        ...[
          'preprocess',
          join(dir, 'fileset.json'),
          '--skip-bad-files',
          '--no-save-form',
          '--all',
          files.path('all.json'),
        ],
        ...(size === null ? [] : ['--step-size', String(size)]),
        ...(aligned ? ['--align-clusters'] : []),
      ],
      { cwd: join(shared!, 'data') },
    )
    is(status, 0, name)
    const compact = (text: string) => JSON.stringify(JSON.parse(text))
    const expected = (which: string) => compact(readFileSync(join(dir, `${which}.json`), 'utf8'))
    equal(compact(stdout), expected('available'), name)
    equal(compact(readFileSync(files.path('all.json'), 'utf8')), expected('updated'), name)
  }
  files.remove()
})

test.run()
