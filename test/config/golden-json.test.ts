import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { test } from 'uvu'
import { equal, instance, match, unreachable } from 'uvu/assert'
import { decodeForm, loadGoldenJson, mergeRanges } from '../../lib/config/index.js'
import { DataError, UsageError } from '../../lib/core/errors.js'

const dir = mkdtempSync(join(tmpdir(), 'tnp-golden-'))
const put = (name: string, content: string | Uint8Array) => {
  const path = join(dir, name)
  writeFileSync(path, content)
  return path
}
async function problems(path: string): Promise<string[]> {
  try {
    await loadGoldenJson(path)
  } catch (error) {
    instance(error, UsageError)
    return (error as UsageError).problems.map(p => `${p.place}: ${p.message}`)
  }
  return unreachable('the golden JSON was accepted') as never
}

test('ranges are sorted, and those that overlap or touch become one', () => {
  equal(
    mergeRanges([
      [50, 60],
      [1, 10],
      [11, 20],
      [5, 8],
      [30, 30],
    ]),
    [
      [1, 20],
      [30, 30],
      [50, 60],
    ],
  )
  equal(mergeRanges([]), [])
})

test('a golden JSON becomes runs in ascending order', async () => {
  const text = '{"355374": [[5, 9], [1, 4]], "355100": [[1, 1]], "1": []}'
  for (const path of [put('g.json', text), put('g.json.gz', gzipSync(text))]) {
    const runs = await loadGoldenJson(path)
    equal(
      [...runs],
      [
        [1, []],
        [355100, [[1, 1]]],
        [355374, [[1, 9]]],
      ],
    )
  }
})

test('malformed files are refused with file, run and fault', async () => {
  const path = put('bad.json', '{"355374": [[9, 5], [1]], "run": [], "2": [1], "3": "all", "4": [[1.5, 2]]}')
  equal(await problems(path), [
    `${path} /run: must be a run number, got "run".`,
    `${path} /355374/1: must have 2 elements, got 1: [1].`,
    `${path} /2/0: must be a list, got 1.`,
    `${path} /3: must be a list, got "all".`,
    `${path} /4/0/0: must be a whole number, got 1.5.`,
    `${path} /355374/0: run 355374: the range [9,5] ends before it starts.`,
  ])
  match((await problems(join(dir, 'none.json')))[0]!, /none\.json: no such file \(the golden JSON file; /)
  match(
    (await problems(put('text.json', '{"1": [[1, 2]')))[0]!,
    /invalid JSON at line 1, column 14: expected "," or "\]"/,
  )
})

test('golden JSONs are read from http, and a failure names the URL', async () => {
  const server = createServer((request, response) => {
    if (request.url === '/g.json') response.end('{"7": [[1, 2]]}')
    else response.writeHead(404).end()
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  try {
    equal([...(await loadGoldenJson(`${base}/g.json`))], [[7, [[1, 2]]]])
    equal(await problems(`${base}/x.json`), [`${base}/x.json: cannot be fetched: 404 Not Found.`])
  } finally {
    server.close()
  }
})

test('other remote files need a reader', async () => {
  const readRemote = async (url: string) => new TextEncoder().encode(url.startsWith('root:') ? '{"7": [[3, 4]]}' : '')
  equal([...(await loadGoldenJson('root://host//g.json', { readRemote }))], [[7, [[3, 4]]]])
  equal(await problems('root://host//g.json'), [
    'root://host//g.json: cannot be fetched: only http and https URLs are read here; copy the file.',
  ])
})

test('forms are decoded from JSON text and from compressed text', () => {
  const form = { class: 'RecordArray', fields: ['run'], contents: [{ class: 'NumpyArray', primitive: 'uint32' }] }
  const text = JSON.stringify(form)
  equal(decodeForm(text), form)
  equal(decodeForm(gzipSync(text).toString('base64')), form)
  for (const bad of ['', 'H4sI', 'no form', '{"class"']) {
    try {
      decodeForm(bad)
      unreachable(`${bad} was accepted`)
    } catch (error) {
      instance(error, DataError)
    }
  }
})

test.run()
