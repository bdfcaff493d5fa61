/** Secrets of tests, and the forms in which they may show. */
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { ok } from 'uvu/assert'

export const SECRETS = {
  read: 'tokenToRead/7Qx+Rz',
  write: 'tokenToWrite/9Vw+Kd',
  redirected: 'tokenOfRedirect3Hm',
  login: 'loginTokenOfRedirect5Jp',
  password: 'passwordOfUser8Lt',
  golden: 'tokenOfGolden2Bn',
} as const

/** As a URL has it. */
export function cgi(secret: string): string {
  return `?authz=Bearer%20${encodeURIComponent(secret)}`
}

export const JWT = [
  { alg: 'RS256', typ: 'JWT' },
  { sub: 'secretSubject4Gd', scope: 'storage.read:/', exp: Math.floor(Date.now() / 1000) + 36_000 },
]
  .map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
  .concat(Buffer.from('signature that nobody may see'.repeat(4)).toString('base64url'))
  .join('.')

/** Plain, as URLs and JSON have it, in base64 at each of three places, and in hexadecimal. */
export function formsOf(what: string, text: string): [string, Buffer][] {
  const plain = Buffer.from(text)
  const encoded = [0, 1, 2].flatMap(shift => {
    // The first and last digits depend on what stands beside.
    const whole = Buffer.concat([Buffer.alloc(shift), plain]).toString('base64')
    const inner = whole.slice(shift === 0 ? 0 : 4, Math.floor((shift + plain.length) / 3) * 4)
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')]
  })
  const texts = [text, encodeURIComponent(text), text.replaceAll('/', '\\/'), plain.toString('hex'), ...encoded]
  return [...new Set(texts)].map(form => [what, Buffer.from(form)])
}

export function tokenForms(): [string, Buffer][] {
  const [head, payload, signature] = JWT.split('.') as [string, string, string]
  return [
    ...formsOf('token', `${head}.${payload}`),
    ['payload of the token', Buffer.from(payload)],
    ['signature of the token', Buffer.from(signature)],
    ['subject of the token', Buffer.from('secretSubject4Gd')],
  ]
}

/** Lines of PEM, and the bytes of the key. */
export function keyForms(proxy: string): [string, Buffer][] {
  const pem = readFileSync(proxy, 'utf8')
  const block = /-----BEGIN (?:\w+ )?PRIVATE KEY-----\n([\s\S]*?)-----END/.exec(pem)![1]!
  const { d } = createPrivateKey(pem).export({ format: 'jwk' })
  ok(new X509Certificate(pem).subject.length > 0)
  const lines = block.split('\n').filter(line => line.length > 20)
  ok(lines.length > 2)
  return [
    ['PEM of a private key', Buffer.from('PRIVATE KEY')],
    ...lines.map((line): [string, Buffer] => ['key of the proxy', Buffer.from(line)]),
    ['exponent of the key', Buffer.from(d!, 'base64url').subarray(0, 24)],
    ['exponent of the key', Buffer.from(d!.slice(0, 32))],
  ]
}
