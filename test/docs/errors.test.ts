/** Every message of docs/errors.md is what the programs say, with the exit status of its section. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, not, ok } from 'uvu/assert'
import { scratch, TNP_PIPE } from '../support/cli.js'
import { PROVOKED } from './error-cases.js'
import { likeQuoted } from './provocation.js'

interface Quoted {
  readonly message: string
  readonly status: number
}

/** The messages in the tables below headings that end in "(exit status N)". */
function quotedMessages(): Quoted[] {
  const sections = readFileSync('docs/errors.md', 'utf8').split(/^## /m)
  return sections.flatMap(section => {
    const status = /^.*\(exit status (\d+)\)\n/.exec(section)?.[1]
    if (status === undefined) return []
    return [...section.matchAll(/^\| `(.+?)` \| ./gm)].map(([, message]) => ({
      message: message!,
      status: Number(status),
    }))
  })
}

const quoted = quotedMessages()

test('the page and the provocations have the same messages', () => {
  equal(quoted.map(q => q.message).sort(), Object.keys(PROVOKED).sort())
  ok(quoted.length > 40)
})

for (const { message, status } of quoted) {
  test(`"${message}" is said, with status ${status}`, () => {
    const dir = scratch()
    const { args, env, before = [] } = PROVOKED[message]!(dir)
    for (const earlier of before) equal(tnpPipe(earlier).status, 0)
    const got = tnpPipe(args, env)
    ok(likeQuoted(message).test(got.stderr), `not said:\n${got.stderr}`)
    equal(got.status, status, got.stderr)
    not.match(got.stderr, /\n\s+at /)
    dir.remove()
  })
}

function tnpPipe(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return spawnSync(process.execPath, [TNP_PIPE, ...args], { encoding: 'utf8', env: { ...process.env, ...env } })
}

test.run()
