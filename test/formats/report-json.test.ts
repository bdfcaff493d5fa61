import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import { equal, is, ok } from 'uvu/assert'
import { pythonRepr } from '../../lib/formats/python-text.js'
import { failedEntry, type ReportEntry, readEntry, reportJson } from '../../lib/formats/report-json.js'
import { sharedDir, testIf } from '../support/tools.js'

const whole = { file: 'nano-data.root', tree: 'Events', start: 0, stop: 1258, isStep: false }

test('an entry of a file that was read', () => {
  const read = readEntry({ ...whole, durationSeconds: 0.5, bytes: 345702, requests: 4, chunks: 66 })
  is(
    reportJson([read]),
    `[
    {
        "call_time": null, 
        "duration": 0.5, 
        "performance_counters": {
            "num_requested_bytes": 345702, 
            "num_requests": 4, 
            "num_requested_chunks": 66
        }, 
        "args": [
            "'nano-data.root'", 
            "'Events'", 
            "0", 
            "1", 
            "False"
        ], 
        "kwargs": [], 
        "exception": null, 
        "message": null, 
        "fqdn": null, 
        "hostname": null
    }
]`,
  )
})

test('an entry of a step that could not be read', () => {
  const step = { file: "it's.root", tree: 'fitter_tree', start: 500, stop: 1000, isStep: true }
  const failure = { exception: 'OSError', message: 'expected "4" bytes,\nreceived é', host: 'node7' }
  const [entry] = JSON.parse(reportJson([failedEntry({ ...step, ...failure, timeNs: 1795405404773358724n })]))
  equal(entry.args, [`"it's.root"`, "'fitter_tree'", '500', '1000', 'True'])
  is(entry.message, failure.message)
  is(entry.exception, 'OSError')
  is(entry.hostname, 'node7')
  is(entry.fqdn, 'node7')
  is(entry.duration, null)
  is(entry.performance_counters, null)
})

test('times keep all their digits, and nothing leaves ASCII', () => {
  const failure = { exception: 'OSError', message: 'é 😀 \u007f', timeNs: 1795405404773358724n, host: 'h' }
  const text = reportJson([failedEntry({ ...whole, ...failure })])
  ok(text.includes('"call_time": 1795405404773358724, \n'))
  ok(text.includes('"message": "\\u00e9 \\ud83d\\ude00 \\u007f", \n'))
})

test('without a time and host, those of now and here are taken', () => {
  const before = BigInt(Date.now()) * 1_000_000n
  const entry = failedEntry({ ...whole, exception: 'OSError', message: '' })
  ok(entry.call_time! >= before && entry.call_time! < before + 60_000_000_000n)
  ok(entry.hostname!.length > 0)
})

test('a step to the end of its file has no stop', () => {
  const entry = readEntry({ ...whole, isStep: true, stop: null, durationSeconds: 2, bytes: 0, requests: 0, chunks: 0 })
  equal(entry.args.slice(2), ['0', 'None', 'True'])
  ok(reportJson([entry]).includes('"duration": 2.0, \n'))
})

test('a report of nothing is an empty list', () => {
  is(reportJson([]), '[]')
})

test('strings are quoted and escaped as by repr in Python', () => {
  is(pythonRepr('a.root'), "'a.root'")
  is(pythonRepr("it's"), `"it's"`)
  is(pythonRepr(`both ' and "`), `'both \\' and "'`)
  is(pythonRepr('say "x"'), `'say "x"'`)
  is(pythonRepr('back\\slash\ttab\nline\r'), "'back\\\\slash\\ttab\\nline\\r'")
  is(pythonRepr('\u0000\u001b\u007f\u0085\u00a0\u00ad'), "'\\x00\\x1b\\x7f\\x85\\xa0\\xad'")
  is(pythonRepr('é ü 漢 😀'), "'é ü 漢 😀'")
  is(pythonRepr('\u2028\ud800\u{e0001}'), "'\\u2028\\ud800\\U000e0001'")
})

testIf(
  test,
  sharedDir(),
  'the shared reference cases',
)('a report of the reference is reproduced byte for byte', () => {
  const path = join(sharedDir()!, 'cases/13-unreadable-files/expected/Data/get_tnp_arrays_1/report.json')
  const text = readFileSync(path, 'utf8')
  // JSON.parse would round the times.
  const entries: ReportEntry[] = JSON.parse(text.replace(/("call_time": )(\d+)/g, '$1"$2"'))
  const restored = entries.map(e => ({ ...e, call_time: e.call_time === null ? null : BigInt(e.call_time) }))
  is(reportJson(restored), text)
})

test.run()
