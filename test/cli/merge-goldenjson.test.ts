import { readFileSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { test } from 'uvu'
import { equal, is, match } from 'uvu/assert'
import { loadGoldenJson } from '../../lib/config/index.js'
import { UsageError } from '../../lib/core/errors.js'
import { goldenJsonText, mergeGoldenJsons } from '../../lib/job/merge-goldenjson.js'
import { filesBelow, scratch, tnpPipe } from '../support/cli.js'

const files = scratch()
const a = files.json('a.json', { 355102: [[1, 10]], 99999: [[5, 7]] })
const b = files.json('b.json', {
  355100: [[3, 4]],
  355102: [
    [40, 50],
    [8, 20],
    [21, 25],
    [1, 10],
  ],
})
const c = files.json('c.json', { 355102: [] })

test('ranges of all files are united, sorted and merged where they overlap or touch, runs sorted by number', async () => {
  equal(
    [...(await mergeGoldenJsons([a, b, c]))],
    [
      [99999, [[5, 7]]],
      [355100, [[3, 4]]],
      [
        355102,
        [
          [1, 25],
          [40, 50],
        ],
      ],
    ],
  )
})

test('one file is put in order', async () => {
  equal((await mergeGoldenJsons([b])).get(355102), [
    [1, 25],
    [40, 50],
  ])
})

test('the order of the files does not matter, and what was merged can be merged again', async () => {
  const text = goldenJsonText(await mergeGoldenJsons([a, b, c]))
  is(goldenJsonText(await mergeGoldenJsons([c, b, a])), text)
  is(goldenJsonText(await mergeGoldenJsons([files.json('again.json', text), a])), text)
})

test('the command prints the document, indented by two spaces', async () => {
  const { status, stdout, stderr } = await tnpPipe(['merge-goldenjson', a, c])
  const lines = ['{', '  "99999": [', '    [', '      5,', '      7', '    ]', '  ],', '  "355102": [']
  equal([status, stderr, stdout.split('\n').slice(0, 8)], [0, '', lines])
  is(stdout.endsWith('\n  ]\n}\n'), true)
})

test('--output writes a file that the jobs read, and prints nothing', async () => {
  const out = files.path('merged.json')
  const zipped = files.path('zipped.json.gz')
  writeFileSync(zipped, gzipSync(readFileSync(b)))
  equal(await tnpPipe(['merge-goldenjson', a, zipped, '--output', out]), { status: 0, stdout: '', stderr: '' })
  equal(await loadGoldenJson(out), await mergeGoldenJsons([a, b]))
})

test('the problems of all files are listed, and nothing is written', async () => {
  const wrong = files.json('wrong.json', { 1: [[5, 2]], x: [] })
  const missing = files.path('missing.json')
  const before = filesBelow(files.dir)
  try {
    await mergeGoldenJsons([wrong, a, missing])
    is('accepted', 'refused')
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    match(error.message, /wrong\.json.*run 1: the range \[5,2\] ends before it starts/)
    match(error.message, /missing\.json: no such file/)
  }
  const { status, stdout, stderr } = await tnpPipe(['merge-goldenjson', a, missing, '--output', files.path('o.json')])
  equal([status, stdout], [2, ''])
  match(stderr, /^error: .*missing\.json: no such file \(the golden JSON file;/)
  equal([...filesBelow(files.dir).keys()], [...before.keys()])
})

test('without files, or into a folder that is not there, it says so', async () => {
  const none = await tnpPipe(['merge-goldenjson'])
  is(none.status, 2)
  match(none.stderr, /missing required argument 'files'/)
  const nowhere = await tnpPipe(['merge-goldenjson', a, '--output', files.path('no/where.json')])
  is(nowhere.status, 2)
  match(nowhere.stderr, /no\/where\.json: cannot be created/)
})

test.after(() => files.remove())

test.run()
