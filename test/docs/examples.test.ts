/** The examples of docs/ run as they are printed, in the order of their page, in one folder a page. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import { ok, throws } from 'uvu/assert'
import { exampleFolder, examplesOf } from '../support/doc-examples.js'

const KINDS = ['run', 'shell', 'python', 'file']
let count = 0

for (const page of readdirSync('docs').filter(name => name.endsWith('.md'))) {
  const examples = examplesOf(readFileSync(join('docs', page), 'utf8'))
  count += examples.length
  if (examples.length === 0) continue
  test(`the ${examples.length} examples of docs/${page} run`, () => {
    const folder = exampleFolder()
    for (const example of examples) {
      ok(KINDS.includes(example.kind), `docs/${page}:${example.line}: no kind of example is called ${example.kind}`)
      if (folder.run(example) === null) process.stderr.write(`skipped: docs/${page}:${example.line} (needs Python)\n`)
    }
    folder.remove()
  })
}

test('there are examples, and one that does not do what it says is told', () => {
  ok(count > 20)
  const folder = exampleFolder()
  const one = (text: string) => examplesOf(text)[0]!
  throws(() => folder.run(one('<!-- example: shell -->\n```sh\nexit 1\n```\n')), /ends with 1/)
  const prints = '<!-- example: shell -->\n```sh\necho one\n```\n<!-- prints -->\n```text\ntwo\n```\n'
  throws(() => folder.run(one(prints)), /does not print "two"/)
  throws(() => examplesOf('<!-- example: shell -->\n\n```sh\n```\n'), /1 comments/)
  folder.remove()
})

test.run()
