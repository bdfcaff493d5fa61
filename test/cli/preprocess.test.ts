import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { test } from 'uvu'
import { equal, is, match } from 'uvu/assert'
import { scratch, tnpPipe } from '../support/cli.js'

const files = scratch()
const FILE = 'fixtures/root/nano-mc.root'
const GONE = 'fixtures/root/gone.root'
const fileset = files.json('fileset.json', { mc: { files: { [FILE]: 'Events', [GONE]: 'Events' } } })

test('the readable files go to stdout, and what was left out to stderr', async () => {
  const { status, stdout, stderr } = await tnpPipe(['preprocess', fileset, '--skip-bad-files', '--no-save-form'])
  is(status, 0)
  const { mc } = JSON.parse(stdout)
  equal(Object.keys(mc.files), [FILE])
  is(mc.files[FILE].steps.length, 1)
  match(stderr, `skipped ${GONE}`)
  match(stderr, /mc: 1 of 2 files, \d+ entries in 1 steps/)
})

test('both filesets go to files where they are named, gzipped by their names', async () => {
  const [available, all] = [files.path('available.json.gz'), files.path('all.json')]
  const options = ['--skip-bad-files', '--step-size', '50', '--available', available, '--all', all]
  const { status, stdout } = await tnpPipe(['preprocess', fileset, ...options])
  equal([status, stdout], [0, ''])
  const readable = JSON.parse(gunzipSync(readFileSync(available)).toString())
  match(readable.mc.compressed_form, /^H4sI/)
  const updated = JSON.parse(readFileSync(all, 'utf8'))
  equal(updated.mc.files[FILE], readable.mc.files[FILE])
  is(updated.mc.files[GONE].steps, null)
})

test('an unreadable file ends it with status 1, and a wrong fileset with status 2', async () => {
  const stopped = await tnpPipe(['preprocess', fileset])
  equal([stopped.status, stopped.stdout], [1, ''])
  match(stopped.stderr, 'FileNotFoundError')
  const wrong = files.json('wrong.json', { mc: { files: {} } })
  const refused = await tnpPipe(['preprocess', wrong])
  is(refused.status, 2)
  match(refused.stderr, 'has no files')
})

test('filesets are cut down on the shell', async () => {
  const ready = files.json(
    'ready.json',
    (await tnpPipe(['preprocess', fileset, '--skip-bad-files', '--step-size', '50'])).stdout,
  )
  const { stdout, status } = await tnpPipe(['fileset', 'max-chunks', '1', ready])
  is(status, 0)
  is(JSON.parse(stdout).mc.files[FILE].steps.length, 1)
  const cut = await tnpPipe(['fileset', 'filter-files', '--match', 'nano-d', ready])
  equal([JSON.parse(cut.stdout), cut.status], [{}, 0])
  match(cut.stderr, 'mc: no file is left')
  const refused = await tnpPipe(['fileset', 'slice-files', 'x', ready])
  is(refused.status, 2)
  match(refused.stderr, 'is no slice')
})

test('steps that a report says failed are kept', async () => {
  const ready = files.json('ready.json', {
    mc: {
      files: {
        [FILE]: {
          object_path: 'Events',
          steps: [
            [0, 5],
            [5, 9],
          ],
        },
      },
    },
  })
  const args = (start: number, stop: number) => [`'${FILE}'`, "'Events'", `${start}`, `${stop}`, 'True']
  const report = files.json('report.json', [
    { args: args(0, 5), exception: null },
    { args: args(5, 9), exception: 'OSError' },
  ])
  const { stdout } = await tnpPipe(['fileset', 'failed-steps', ready, '--report', `mc=${report}`])
  equal(JSON.parse(stdout).mc.files[FILE].steps, [[5, 9]])
  const refused = await tnpPipe(['fileset', 'failed-steps', ready, '--report', report])
  is(refused.status, 2)
})

test.after(() => files.remove())
test.run()
