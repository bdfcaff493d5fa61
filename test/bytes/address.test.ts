/** What is shown of URLs: never what grants access. */
import { test } from 'uvu'
import { equal } from 'uvu/assert'
import { hideAccess, hideAccessIn, hideWords, nameOfPlace } from '../../lib/bytes/address.js'

test('of a URL, CGI and a password are not shown', () => {
  equal(hideAccess('root://host:1094//store/x.root?authz=a&b=c'), 'root://host:1094//store/x.root?...')
  equal(hideAccess('simplecache::root://me:secret@host//x'), 'simplecache::root://...@host//x')
  equal(hideAccess('root://me@host//x'), 'root://me@host//x')
  equal(hideAccess('/local/x?.root'), '/local/x?.root')
})

test('in any text, URLs are shown without CGI and passwords, once and again', () => {
  for (const [text, shown] of [
    ['skipped root://h//x.root?authz=a (OSError)', 'skipped root://h//x.root?... (OSError)'],
    ['{"file":"https://h/x?a=b","n":1}', '{"file":"https://h/x?...","n":1}'],
    ["'davs://h/x?a=b', 'root://h//y?...2'", "'davs://h/x?...', 'root://h//y?...2'"],
    ['at root://me:secret@h//x and root://me:secret@h//y?a', 'at root://...@h//x and root://...@h//y?...'],
    ['at root://h//x?authz=Bearer abc.def, twice', 'at root://h//x?... twice'],
    ['why? root://me@[::1]:1094//x', 'why? root://me@[::1]:1094//x'],
  ] as const) {
    equal(hideAccessIn(text), shown)
    equal(hideAccessIn(shown), shown)
  }
})

test("of a server's words, what it repeats of the request is not shown", () => {
  for (const [text, shown] of [
    ['Unable to open /x.root?authz=Bearer%20a; no such file', 'Unable to open /x.root?... no such file'],
    ['authz=Bearer abc.def refused', 'authz=... refused'],
    ['Bearer abc.def is expired', 'Bearer... is expired'],
    ['token eyJh.eyJz.c-_ is expired', 'token ... is expired'],
    ['Unable to open /f000.root; no such file or directory', 'Unable to open /f000.root; no such file or directory'],
  ] as const) {
    equal(hideWords(text), shown)
  }
  const cgi = 'x=1&authz=Bearer%20one%2Ftwo%2Fthree'
  equal(hideWords('one/two/three and Bearer%20one%2Ftwo%2Fthree, 1', cgi), '... and ..., 1')
})

test('the name of a place is its last, without CGI', () => {
  equal(nameOfPlace('root://h//a/b.root?authz=/c'), 'b.root')
  equal(nameOfPlace('a/b?.root'), 'b?.root')
  equal(nameOfPlace('root://h//a/'), '')
})

test.run()
