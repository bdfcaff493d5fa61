import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { test } from 'uvu'
import { equal, is, match } from 'uvu/assert'
import { Findings } from '../../lib/config/cursor.js'
import { loadDocument } from '../../lib/config/load.js'
import { electronDocuments, problemsOf } from './samples.js'

const dir = mkdtempSync(join(tmpdir(), 'tnp-config-'))
const put = (name: string, content: string | Uint8Array): string => {
  const path = join(dir, name)
  writeFileSync(path, content)
  return path
}
function read(path: string) {
  const findings = new Findings()
  return {
    value: loadDocument(path, 'runner', findings).value,
    problems: findings.problems,
    warnings: findings.warnings,
  }
}

test('load reads plain and gzipped JSON, whatever the name says', () => {
  const text = '{"a": 1}'
  for (const path of [
    put('a.json', text),
    put('a.json.gz', gzipSync(text)),
    put('b.json', gzipSync(text)),
    put('b.json.gz', text),
    put('bom.json', `\ufeff${text}`),
  ]) {
    equal(read(path), { value: { a: 1 }, problems: [], warnings: [] })
  }
})

test('load names a missing file, a folder and what the file was for', () => {
  match(read(join(dir, 'none.json')).problems[0]!.message, /^no such file \(the runner file; paths are relative to /)
  is(read(dir).problems[0]!.message, 'is a folder, wanted the runner file.')
})

test('load shows line, column and source line of invalid JSON', () => {
  const path = put('bad.json', '{\n  "workflow": "x",\n  "methods": [1, 2,]\n}\n')
  equal(read(path).problems, [
    {
      place: path,
      message: 'invalid JSON at line 3, column 20: expected another element after ",": JSON has no trailing comma.',
      detail: `      "methods": [1, 2,]\n    ${' '.repeat(19)}^`,
    },
  ])
})

test('load cuts a long source line around the fault', () => {
  const path = put('long.json', `{"form": "${'A'.repeat(5000)}", "b": x}`)
  const [shown, caret] = read(path).problems[0]!.detail!.split('\n')
  is(shown!.length <= 104, true)
  is(shown![caret!.indexOf('^')], 'x')
})

test('load refuses damaged gzip, bytes that are no text, and values that are no object', () => {
  const gz = gzipSync('{"a": 1}'.repeat(100))
  match(
    read(put('cut.json.gz', gz.subarray(0, 20))).problems[0]!.message,
    /^is a damaged gzip file \(.+\); wanted JSON/,
  )
  is(
    read(put('bin.json', Buffer.from([0x7b, 0xff, 0xfe]))).problems[0]!.message,
    'is not text in UTF-8; wanted JSON, plain or gzipped.',
  )
  is(read(put('list.json', '[1]')).problems[0]!.message, 'must be a JSON object {...}, got a list.')
  is(read(put('null.json', 'null')).problems[0]!.message, 'must be a JSON object {...}, got null.')
})

test('load warns of a key that is there twice', () => {
  const path = put('twice.json', '{"Data": {"files": {"a.root": "Events", "a.root": "Events"}}}')
  equal(read(path).warnings, [
    {
      place: `${path} /Data/files/a.root`,
      message: 'the key is there twice; the last one counts. Remove or rename one.',
    },
  ])
})

test('loadConfiguration reports unreadable documents together with the problems of the others', () => {
  const config = put('runner.json', '{"workflow": }')
  const settings = put('settings.json', '{"tags_pt_cut": "35"}')
  const problems = problemsOf({ config, settings, binning: 'none.json', fileset: { D: {} } })
  equal(
    problems.map(text => text.slice(0, text.indexOf(': '))),
    [config, 'none.json', `${settings} /tags_pt_cut`, 'fileset /D'],
  )
})

test('loadConfiguration takes paths and objects alike', () => {
  const documents = electronDocuments()
  const path = put('fileset.json', JSON.stringify(documents.fileset))
  equal(problemsOf({ ...documents, fileset: path, binning: { el_pt_bins: [1] } }), [
    'binning /el_pt_bins: must have 2 or more elements, got 1.',
  ])
})

test.run()
