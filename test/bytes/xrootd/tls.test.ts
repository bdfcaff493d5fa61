/** TLS in front of the login: spoken where it is wanted or demanded, and never left for clear text. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import { equal, ok } from 'uvu/assert'
import { openSource } from '../../../lib/bytes/open.js'
import { keepEnvironment } from '../../support/environment.js'
import { cutOff, redirect } from '../../support/mock-faults.js'
import { frame } from '../../support/mock-frames.js'
import type { MockOptions } from '../../support/mock-xrootd.js'
import { testIf } from '../../support/tools.js'
import { testPki } from '../../support/xrootd-credentials.js'
import { haveProgram, makeWorkFolder, recipe, runProgram } from '../../support/xrootd-recipes.js'
import { ALWAYS, type Bench, checkRanges, each, fails, HASTE, PATH, withMock } from './mock-source.js'

const withPki = testIf(
  test,
  haveProgram('openssl') && existsSync(recipe('pki.sh')),
  'openssl and the shared recipes for certificates',
)
const GO_TO_TLS = 0x40000001
let restore = () => {}
test.before.each(() => {
  restore = keepEnvironment()
})
test.after.each(() => restore())

/** roots:// to the bench's server. */
function secure({ url }: Bench): string {
  return url.replace('root:', 'roots:')
}

async function certificate(): Promise<NonNullable<MockOptions['tls']>> {
  const { folder, certs } = await testPki()
  process.env.X509_CERT_DIR = certs
  const [cert, key] = ['hostcert.pem', 'hostkey.pem'].map(name => readFileSync(join(folder, name), 'utf8'))
  return { cert: cert!, key: key! }
}

/** Signed by the test's authority, for another host or a time that is over. */
async function otherCertificate(san: string, days: string): Promise<NonNullable<MockOptions['tls']>> {
  const { folder, certs } = await testPki()
  process.env.X509_CERT_DIR = certs
  const at = (name: string) => join(work, name)
  const work = makeWorkFolder('certificate')
  writeFileSync(at('ext'), `subjectAltName=${san}\nextendedKeyUsage=serverAuth\n`)
  await runProgram(
    'openssl',
    `req -newkey rsa:2048 -nodes -subj /CN=x -keyout ${at('key')} -out ${at('csr')}`.split(' '),
  )
  const ca = `-CA ${folder}/cacert.pem -CAkey ${folder}/cakey.pem -set_serial 7`
  await runProgram(
    'openssl',
    `x509 -req -in ${at('csr')} ${ca} -days ${days} -extfile ${at('ext')} -out ${at('cert')}`.split(' '),
  )
  return { cert: readFileSync(at('cert'), 'utf8'), key: readFileSync(at('key'), 'utf8') }
}

withPki('where the server goes to TLS, everything from the login on is encrypted', async () =>
  withMock({ tls: await certificate(), auth: '&P=unix' }, async bench => {
    await checkRanges(await bench.open())
    const open = bench.server.requests.filter(request => !request.isSecure).map(request => request.name)
    equal(open, ['protocol'])
    equal(bench.server.seen('auth').length, 1)
  }),
)

withPki('where the server says that a login, a session or data need TLS, it is spoken', async () => {
  const tls = await certificate()
  await each([0x84000001, 0x88000001, 0x81000001, 0x89300001], flags =>
    withMock({ tls, flags }, async bench => {
      await checkRanges(await bench.open())
      equal(bench.server.seen('login')[0]!.isSecure, true)
    }),
  )
})

withPki('a server that has TLS and demands it nowhere is spoken to in clear text', async () =>
  withMock({ tls: await certificate(), flags: 0x80000001 }, async bench => {
    await checkRanges(await bench.open())
    equal(bench.server.seen('login')[0]!.isSecure, false)
  }),
)

withPki('roots:// asks for TLS, and is content with nothing else', async () => {
  await withMock({ tls: await certificate() }, async bench => {
    const source = await openSource(secure(bench))
    await checkRanges(source)
    await source.close()
    const [clear, encrypted] = [bench.server.seen('protocol')[0]!, bench.server.seen('login')[0]!]
    equal([clear.body[4]! & 4, encrypted.isSecure], [4, true])
  })
  await withMock({}, async bench => {
    await fails(openSource(secure(bench)), 'ConnectionError', /has no TLS, which roots:\/\/ demands/)
    equal(bench.server.seen('login').length, 0)
  })
})

withPki('roots:// is not led to clear text by a redirect', async () =>
  withMock({ tls: await certificate() }, bench =>
    withMock({}, async clear => {
      const places = [redirect(clear.server.port), redirect(-1, `root://127.0.0.1:${clear.server.port}/${PATH}`)]
      for (const action of places) bench.server.fault({ at: 'open', times: 2, do: action })
      await fails(openSource(secure(bench)), 'ConnectionError', /has no TLS, which roots:\/\/ demands/)
      equal([clear.server.seen('login').length, clear.server.seen('open').length], [0, 0])
    }),
  ),
)

withPki('a server whose certificate cannot be believed is told nothing', async () => {
  const good = await certificate()
  const elsewhere = await otherCertificate('DNS:elsewhere.test', '10')
  const old = await otherCertificate('DNS:localhost,IP:127.0.0.1', '-1')
  const { otherCerts, certs } = await testPki()
  const cases = [
    [good, otherCerts, /not trusted .*X509_CERT_DIR/],
    [elsewhere, certs, /certificate is for another host .*elsewhere\.test/],
    [old, certs, /has expired/],
  ] as const
  for (const [tls, folder, text] of cases) {
    process.env.X509_CERT_DIR = folder
    await withMock({ tls }, async bench => {
      await fails(bench.open(), 'ConnectionError', text, 1000)
      equal([bench.server.connections, bench.server.seen('login').length], [1, 0])
    })
  }
})

test('a server that announces TLS and does not speak it is an error in its time', async () => {
  const garbage = { at: 'protocol', times: ALWAYS } as const
  await withMock({ flags: GO_TO_TLS }, bench => fails(bench.open(), 'TimeoutError', /no TLS with 127.*within/), HASTE)
  await each([1, 300], bytes =>
    withMock(
      { flags: GO_TO_TLS },
      async bench => {
        bench.server.fault({
          ...garbage,
          do: ({ seen, answer, send }) => {
            const head = Buffer.alloc(8)
            const { status, body } = answer()
            head.writeUInt16BE(seen.stream, 0)
            head.writeUInt16BE(status, 2)
            head.writeInt32BE(body.length, 4)
            send(Buffer.concat([head, body]))
            setTimeout(() => send(Buffer.alloc(bytes, 'x')), 50)
          },
        })
        await fails(bench.open(), bytes === 1 ? 'TimeoutError' : 'ConnectionError', /TLS with 127/)
      },
      HASTE,
    ),
  )
  await withMock({ flags: GO_TO_TLS }, async bench => {
    bench.server.fault({
      ...garbage,
      do: async exchange => {
        await cutOff(1000, 'end')(exchange)
      },
    })
    await fails(bench.open(), 'ConnectionError', /TLS/)
  })
})

withPki('a token goes over TLS, and over nothing else', async () => {
  process.env.BEARER_TOKEN = 'eyTOPSECRET.x.y'
  const tls = await certificate()
  await withMock({ tls, auth: '&P=ztn,0:4096:' }, async bench => {
    await checkRanges(await bench.open())
    ok(bench.server.seen('auth')[0]!.payload.includes('eyTOPSECRET'))
  })
  await withMock({ auth: '&P=ztn,0:4096:' }, async bench => {
    await fails(bench.open(), 'PermissionError', /ztn: tokens are sent over TLS only/)
    ok(!bench.server.requests.some(({ payload }) => payload.includes('eyTOPSECRET')))
  })
})

withPki('authorities that cannot be read are an error of the file', async () =>
  withMock({ tls: await certificate() }, async bench => {
    process.env.X509_CERT_DIR = '/nonexistent'
    await fails(bench.open(), 'ConnectionError', /no such folder.*X509_CERT_DIR/)
  }),
)

withPki('clear text that is left over where TLS begins is not gone on with', async () => {
  const tls = await certificate()
  await each([3, 8, 20], bytes =>
    withMock({ tls }, async bench => {
      // A login's answer without methods of authentication, but for its end.
      const early = frame(2, { status: 0, body: Buffer.alloc(16) }).subarray(0, bytes)
      bench.server.fault({
        at: 'protocol',
        times: ALWAYS,
        do: ({ seen, answer, send }) => send(Buffer.concat([frame(seen.stream, answer()), early])),
      })
      await fails(openSource(secure(bench)), 'ConnectionError', /clear text where TLS begins/)
      equal(bench.server.seen('login').length, 0)
    }),
  )
})

test.run()
