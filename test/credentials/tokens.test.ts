import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { inspect } from 'node:util'
import { test } from 'uvu'
import { equal, is, match, not, throws } from 'uvu/assert'
import { findToken, namesToken, strangersTokens } from '../../lib/credentials/tokens.js'
import { scratch } from '../support/cli.js'

const files = scratch()
const NOW = new Date('2026-06-01T12:00:00Z')
const seconds = (offset: number) => NOW.getTime() / 1000 + offset

function jwt(claims: unknown): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'ES256' })}.${part(claims)}.c2lnbmF0dXJl`
}

function file(name: string, content: string): string {
  writeFileSync(files.path(name), content, { mode: 0o600 })
  return files.path(name)
}

const usual = `bt_u${process.getuid!()}`
const find = (env: NodeJS.ProcessEnv) => findToken({ XDG_RUNTIME_DIR: files.path('nowhere'), ...env }, NOW)

test('what a token says of itself is told', () => {
  const claims = { iss: 'https://cms-auth.cern.ch/', scope: 'storage.read:/ storage.modify:/store', sub: 'x' }
  const token = jwt({ ...claims, exp: seconds(60), nbf: seconds(-60) })
  const { text, ...rest } = find({ BEARER_TOKEN: ` ${token}\r\n` })!
  is(text, token)
  equal(rest, {
    source: 'BEARER_TOKEN',
    isExplicit: true,
    isOpenToOthers: false,
    issuer: claims.iss,
    scopes: ['storage.read:/', 'storage.modify:/store'],
    notBefore: new Date(NOW.getTime() - 60_000),
    expires: new Date(NOW.getTime() + 60_000),
  })
})

test('the variable goes before the named file, and that before the usual places', () => {
  mkdirSync(files.path('run'))
  file(`run/${usual}`, 'usual')
  const env = {
    BEARER_TOKEN: 'variable',
    BEARER_TOKEN_FILE: file('named', 'named'),
    XDG_RUNTIME_DIR: files.path('run'),
  }
  const sourceAndText = (given: NodeJS.ProcessEnv) => {
    const { source, text, isExplicit } = find(given)!
    return [source, text, isExplicit]
  }
  equal(sourceAndText(env), ['BEARER_TOKEN', 'variable', true])
  equal(sourceAndText({ ...env, BEARER_TOKEN: ' ' }), [files.path('named'), 'named', true])
  const none = { ...env, BEARER_TOKEN: '', BEARER_TOKEN_FILE: '' }
  equal(sourceAndText(none), [files.path(`run/${usual}`), 'usual', false])
  equal([namesToken(env), namesToken({ BEARER_TOKEN_FILE: 'x' }), namesToken(none)], [true, true, false])
})

test('a token that is renewed on disk is read anew', () => {
  const env = { BEARER_TOKEN_FILE: file('renewed', 'old\n') }
  is(find(env)!.text, 'old')
  file('renewed', 'new\n')
  is(find(env)!.text, 'new')
})

test('tokens of other kinds tell nothing', () => {
  for (const text of [
    'MDAxY2xvY2F0aW9u',
    'a.b.c',
    'a.bnVsbA.c',
    'a.W10.c',
    jwt('text'),
    jwt({ exp: 'soon', scope: 5, iss: [] }),
  ]) {
    const { issuer, scopes, expires, notBefore } = find({ BEARER_TOKEN: text })!
    equal([issuer, scopes, expires, notBefore], [null, [], null, null])
  }
  equal(find({ BEARER_TOKEN: jwt({ scope: ['a', 'b', 7] }) })!.scopes, ['a', 'b'])
})

test('expired tokens, those of the future, and what is none are refused, without quoting them', () => {
  const cases: [string, RegExp][] = [
    [
      jwt({ exp: seconds(0) }),
      /BEARER_TOKEN: the token expired at 2026-06-01T12:00:00.000Z\. Get a new one .*unset BEARER_TOKEN/,
    ],
    [
      jwt({ nbf: seconds(9) }),
      /the token is valid from 2026-06-01T12:00:09.000Z only \(the clock of this machine says 2026-06-01T12:00:00.000Z\)/,
    ],
    ['secret two', /is no token \(character 0x20 at 6, wanted printable ASCII/],
    ['secret\nsecond', /is no token \(several lines, wanted one\)/],
    ['secret\u00e9', /is no token \(character 0xe9 at 6/],
    ['secret\0', /is no token \(character 0x00 at 6/],
  ]
  for (const [text, problem] of cases) {
    try {
      find({ BEARER_TOKEN: text })
    } catch (error) {
      const { name, message } = error as Error
      is(name, 'UsageError')
      match(message, problem)
      not.match(message, /secret|second|c2lnbmF0dXJl/)
      continue
    }
    throw new Error(`taken: ${text}`)
  }
})

test('files that are missing, empty or unreadable are told where they are named', () => {
  const named = (path: string) => () => find({ BEARER_TOKEN_FILE: path })
  throws(named(files.path('none')), /none: no such file \(BEARER_TOKEN_FILE\)\. Get a new one/)
  throws(named(file('empty', ' \n')), /empty: is no token \(it is empty\)/)
  throws(named(files.dir), /the token cannot be read \(EISDIR/)
  throws(named('/dev/zero'), /the token cannot be read \(it is no regular file\)/)
})

test('a bad file in a usual place is told with the command that removes it', () => {
  mkdirSync(files.path('bad'))
  const path = file(`bad/${usual}`, jwt({ exp: 1 }))
  throws(() => find({ XDG_RUNTIME_DIR: files.path('bad') }), `or do without: rm ${path}`)
})

test('a file of a stranger in a usual place is not used', () => {
  const uid = process.getuid!
  mkdirSync(files.path('shared'))
  const path = file(`shared/bt_u${uid() + 1}`, 'token')
  const env = { XDG_RUNTIME_DIR: files.path('shared') }
  process.getuid = () => uid() + 1
  try {
    is(find(env), null)
    equal(strangersTokens(env), [path])
    is(find({ BEARER_TOKEN_FILE: path })!.text, 'token')
  } finally {
    process.getuid = uid
  }
  equal(strangersTokens(env), [])
})

test('a file that others may read is told', () => {
  const path = file('open', 'token')
  is(find({ BEARER_TOKEN_FILE: path })!.isOpenToOthers, false)
  chmodSync(path, 0o644)
  is(find({ BEARER_TOKEN_FILE: path })!.isOpenToOthers, true)
})

test('the text of a token is not printed with what it says', () => {
  const token = find({ BEARER_TOKEN: jwt({ iss: 'x' }) })!
  for (const shown of [JSON.stringify(token), inspect(token), JSON.stringify({ ...token })])
    not.match(shown, /c2lnbmF0/)
})

test('control characters in what a token says do not reach the terminal', () => {
  const { issuer, scopes } = find({ BEARER_TOKEN: jwt({ iss: 'a\u001b[2J', scope: 'b\u0007 c' }) })!
  equal([issuer, scopes], ['a?[2J', ['b?', 'c']])
})

test.after(() => files.remove())

test.run()
