/** Files by name, through the stock client. */
import { existsSync, mkdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import { equal, ok } from 'uvu/assert'
import { listFolder, makeFolder, removeFile, statusOf } from '../../lib/bytes/places.js'
import { DEFAULT_SETTINGS, setRemoteSettings } from '../../lib/bytes/settings.js'
import { xrdfsFiles } from '../../lib/bytes/xrdfs.js'
import { DataError } from '../../lib/core/errors.js'
import { scratch } from '../support/cli.js'
import { testIf } from '../support/tools.js'
import { haveProgram, haveXrootd, XROOTD_NEEDS } from '../support/xrootd-recipes.js'
import { startServer, type TestServer } from '../support/xrootd-servers.js'

const canRun = haveXrootd() && haveProgram('xrdfs')
let server: TestServer

test.before(async () => {
  setRemoteSettings({ transport: 'xrdcp' })
  if (!canRun) return
  const data = scratch()
  mkdirSync(data.path('folder/inner'), { recursive: true })
  writeFileSync(data.path("folder/it's b"), 'twelve bytes')
  writeFileSync(data.path('folder/a'), '')
  server = await startServer('plain', { data: data.dir })
  utimesSync(join(server.data, 'folder/a'), 1_700_000_000, 1_700_000_000)
  data.remove()
})
test.after(async () => {
  setRemoteSettings(DEFAULT_SETTINGS)
  await server?.stop()
})

const testServer = testIf(test, canRun, `the stock client (package xrootd-client) and ${XROOTD_NEEDS}`)

testServer('a file has its size and time, a folder is one, and what is not there is null', async () => {
  equal(await statusOf(`${server.url}/folder/a`), { size: 0, modified: new Date(1_700_000_000_000), isFolder: false })
  equal((await statusOf(`${server.url}/folder/it's b?authz=x`))?.size, 12)
  equal((await statusOf(`${server.url}/folder`))?.isFolder, true)
  equal(await statusOf(`${server.url}/none`), null)
})

testServer('a folder is listed by name, with sizes and times', async () => {
  const url = `${server.url}/folder`
  const found = await xrdfsFiles.list(url)
  equal(
    found.map(({ name, isFolder }) => [name, isFolder]),
    [
      ['a', false],
      ['inner', true],
      ["it's b", false],
    ],
  )
  equal(found[0]!.modified, new Date(1_700_000_000_000))
  equal(found[2]!.size, statSync(join(server.data, "folder/it's b")).size)
  equal(await listFolder(url), found)
  const failure = await xrdfsFiles.list(`${server.url}/none`).catch(error => error)
  ok(failure instanceof DataError)
  equal(failure.exception, 'FileNotFoundError')
})

testServer('folders are made with their parents, where there are none; files are removed', async () => {
  for (let k = 0; k < 2; k++) await makeFolder(`${server.url}/new/deep`)
  ok(statSync(join(server.data, 'new/deep')).isDirectory())
  writeFileSync(join(server.data, 'new/deep/x'), 'x')
  await removeFile(`${server.url}/new/deep/x`)
  ok(!existsSync(join(server.data, 'new/deep/x')))
  const failure = await removeFile(`${server.url}/new/deep/x`).catch(error => error)
  ok(failure instanceof DataError)
  equal(failure.exception, 'FileNotFoundError')
})

test.run()
