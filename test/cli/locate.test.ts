/** Which servers have a file. */
import { test } from 'uvu'
import { equal, match } from 'uvu/assert'
import { type Scratch, scratch, tnpPipe } from '../support/cli.js'
import { changed } from '../support/mock-faults.js'
import { startMock } from '../support/mock-xrootd.js'
import { testIf } from '../support/tools.js'
import { haveXrootd } from '../support/xrootd-recipes.js'
import { startServer, type TestServer } from '../support/xrootd-servers.js'

let server: TestServer | undefined
let data: Scratch

test.before(async () => {
  data = scratch()
  data.json('x.root', 'no ROOT file')
  if (haveXrootd()) server = await startServer('plain', { data: data.dir })
})
test.after(async () => {
  await server?.stop()
  data.remove()
})

testIf(
  test,
  haveXrootd(),
  'a stock XRootD server',
)('a server has its own files, and tells of those that it lacks', async () => {
  const { status, stdout, stderr } = await tnpPipe(['locate', `${server!.url}/x.root`, `${server!.url}/y.root`])
  equal(status, 1)
  match(stdout, new RegExp(`^root://localhost:\\d+//x\\.root  \\S+:${server!.port}  server, online, writable\\n$`))
  match(stderr, /error: root:\/\/localhost:\d+\/\/y\.root: No such file or directory .*\(FileNotFoundError\)/)
})

test('servers and redirectors, at hand and not, are told apart', async () => {
  const mock = await startMock({ files: { '/x.root': Buffer.from('x') } })
  const answer = Buffer.from('Sr[::10.0.0.1]:1094 sw[2001:db8::1]:1095 Mrhost.cern.ch:1096 nonsense\0')
  mock.fault({ at: 'locate', do: changed(() => ({ status: 0, body: answer })) })
  const { status, stdout } = await tnpPipe(['locate', `root://127.0.0.1:${mock.port}//x.root?authz=secret`])
  await mock.stop()
  equal(status, 0)
  equal(
    stdout.split('\n').map(line => line.replace(/^\S+ {2}/, '')),
    [
      '10.0.0.1:1094  server, online, readable',
      '[2001:db8::1]:1095  server, not online, writable',
      'host.cern.ch:1096  redirector, online, readable',
      '',
    ],
  )
  equal(stdout.includes('secret'), false)
})

test('other URLs are mistakes', async () => {
  const { status, stderr } = await tnpPipe(['locate', 'https://host/x.root', 'x.root'])
  equal(status, 2)
  match(stderr, /error: https:\/\/host\/x\.root: is no root:\/\/ URL.*\nerror: x\.root: is no root:\/\/ URL/)
})

test.run()
