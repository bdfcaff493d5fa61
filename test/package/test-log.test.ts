// What `npm test` says again at its end: the tests that failed, and the slowest files.
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

interface TestLog {
  write(chunk: string): void
  slowest(count: number): string[]
  failures(): string[]
  failedFiles(): string[]
}

test('failures and times are read from what uvu prints, however it is cut', async () => {
  const url = pathToFileURL(resolve('scripts/test-log.mjs')).href
  const { TestLog } = (await import(url)) as { TestLog: new (clock: () => number) => TestLog }
  let now = 0
  const log = new TestLog(() => now)
  const print = (text: string, seconds: number) => {
    for (const character of text) log.write(character)
    now += 1000 * seconds
  }
  print('\u001b[1mone.test.js\u001b[22m\n• • ', 3)
  print('  (2 / 2)\n\ncli/two.test.js\n• ✘ ', 5)
  print('  (1 / 2)\n\n   FAIL  "a name"\n    Expected true\n        ++false\n    at somewhere\n\n', 0)
  print('three.test.js\n• ', 1)
  print('  (1 / 1)\n\n  Total:     5\n  Passed:    4\n', 0)
  assert.equal(log.failures(), [
    'cli/two.test.js\n   FAIL  "a name"\n    Expected true\n        ++false\n    at somewhere',
  ])
  assert.equal(log.failedFiles(), ['cli/two.test.js'])
  assert.equal(log.slowest(2), ['    5.0 s  cli/two.test.js', '    3.0 s  one.test.js'])
})

test.run()
