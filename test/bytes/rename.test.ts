/** Files of stock servers get other names there, and tell their checksums, whichever way they are asked. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import { equal, is, ok } from 'uvu/assert'
import { Adler32 } from '../../lib/bytes/adler32.js'
import { adler32Of, renameFile, statusOf } from '../../lib/bytes/places.js'
import { DEFAULT_SETTINGS, type RemoteSettings, setRemoteSettings } from '../../lib/bytes/settings.js'
import { uploadFile } from '../../lib/bytes/upload.js'
import { scratch } from '../support/cli.js'
import { testIf } from '../support/tools.js'
import { haveProgram, haveXrootd, XROOTD_NEEDS } from '../support/xrootd-recipes.js'
import { startServer } from '../support/xrootd-servers.js'

test.after(() => setRemoteSettings(DEFAULT_SETTINGS))

const WAYS: readonly (readonly [string, 'plain' | 'http', RemoteSettings['transport'], boolean])[] = [
  ['xrootd', 'plain', 'native', haveXrootd('plain')],
  ['xrdfs', 'plain', 'xrdcp', haveXrootd('plain') && haveProgram('xrdfs') && haveProgram('xrdcp')],
  ['http', 'http', 'native', haveXrootd('http')],
]

for (const [name, kind, transport, canRun] of WAYS) {
  testIf(
    test,
    canRun,
    XROOTD_NEEDS,
  )(`${name}: a file is renamed in place of another, and its checksum is right`, async () => {
    setRemoteSettings({ transport, timeoutMs: 5000, deadlineMs: 20_000 })
    const out = scratch()
    const server = await startServer(kind)
    try {
      const base = kind === 'http' ? server.httpUrl : `${server.url}/`
      const text = 'rows '.repeat(1000)
      out.json('first', text)
      out.json('second', 'of an earlier run')
      await uploadFile(out.path('first'), `${base}/D/.made`)
      await uploadFile(out.path('second'), `${base}/D/part0`)
      is(await adler32Of(`${base}/D/.made`), new Adler32().update(Buffer.from(text)).digest())
      await renameFile(`${base}/D/.made`, `${base}/D/part0`, text.length)
      is(readFileSync(join(server.data, 'D/part0'), 'utf8'), text)
      is(existsSync(join(server.data, 'D/.made')), false)
      equal(await statusOf(`${base}/D/.made`), null)
      const missing = await renameFile(`${base}/D/.none`, `${base}/D/part1`, 3).catch(error => error)
      ok(missing instanceof Error)
      is(existsSync(join(server.data, 'D/part1')), false)
    } finally {
      await server.stop()
      out.remove()
    }
  })
}

test.run()
