/** Guards the test suite itself: uvu runs nothing of a file that forgets `test('no test puts another object in place of the environment, which all files share', () => {
  equal(
    files.filter(file => /process\.env = /.test(texts.get(file)!.replaceAll(/^.*texts\.get.*$/gm, ''))),
    [],
  )
})

test.run()`, and reports success. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import { equal, ok } from 'uvu/assert'

const files = readdirSync('test', { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile() && entry.name.endsWith('.ts'))
  .map(entry => join(entry.parentPath, entry.name))
const texts = new Map(files.map(file => [file, readFileSync(file, 'utf8')]))

test('every test file ends by running its tests', () => {
  const tests = files.filter(file => file.endsWith('.test.ts'))
  ok(tests.length > 10, `only ${tests.length} test files found`)
  equal(
    tests.filter(file => !/^\w+\.run\(\)\s*$/m.test(texts.get(file)!)),
    [],
  )
})

test('every file that declares tests is named .test.ts, so that it is run', () => {
  const declaring = files.filter(file => /from 'uvu'/.test(texts.get(file)!))
  equal(
    declaring.filter(file => !file.endsWith('.test.ts')),
    [],
  )
})

test('no test is left marked .only, which would silence its neighbours', () => {
  equal(
    files.filter(file => /^\s*test\.only\(/m.test(texts.get(file)!)),
    [],
  )
})

test('no test puts another object in place of the environment, which all files share', () => {
  equal(
    files.filter(file => /process\.env = /.test(texts.get(file)!.replaceAll(/^.*texts\.get.*$/gm, ''))),
    [],
  )
})

test.run()
