/** RNTuples at stock servers: outputs are those of local files, byte for byte. */
import { copyFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, is, ok } from 'uvu/assert'
import { filesBelow, runAnalysis, scratch } from '../support/cli.js'
import { testIf } from '../support/tools.js'
import { haveXrootd } from '../support/xrootd-recipes.js'
import { startServer, type TestServer } from '../support/xrootd-servers.js'

const FILES = ['nano-data.root', 'nano-mc.root']
const dir = scratch()
const servers: TestServer[] = []
test.after(async () => {
  for (const server of servers) await server.stop()
  dir.remove()
})

async function outputs(name: string, prefix: string, env: Readonly<Record<string, string>>, extra: readonly string[]) {
  const metadata = { goldenJSON: 'fixtures/root/golden.json' }
  const fileset = dir.json(`${name}.json`, {
    Data: { files: { [`${prefix}nano-data.root`]: 'Events' }, metadata },
    MC: { files: { [`${prefix}nano-mc.root`]: 'Events' }, metadata: { pileupJSON: 'fixtures/root/pileup.json' } },
  })
  const config = 'fixtures/config/workflows/electron-nanoaod/runner.json'
  const args = ['--config', config, '--fileset', fileset, '--output', dir.path(name), '--no-progress', ...extra]
  const { status, stderr } = await runAnalysis(args, { env })
  is(status, 0, stderr)
  return new Map([...filesBelow(dir.path(name))].filter(([path]) => !path.endsWith('report.json')))
}

testIf(
  test,
  haveXrootd(),
  'a stock XRootD server',
)('RNTuples are read from servers by XRootD and https as from disk', async () => {
  const data = scratch()
  try {
    for (const name of FILES) copyFileSync(`fixtures/rntuple/${name}`, data.path(name))
    const want = await outputs('local', 'fixtures/rntuple/', {}, [])
    ok(want.size > 5)
    for (const kind of ['plain', 'gsi-voms', 'https'] as const) {
      const server = await startServer(kind, { data: data.dir })
      servers.push(server)
      const prefix = `${kind === 'https' ? server.httpUrl : server.url}/`
      for (const extra of [[], ['--preprocess', '--executor', 'threads', '--workers', '2']]) {
        const got = await outputs(`${kind}-${extra.length}`, prefix, server.env, extra)
        equal([...got.keys()], [...want.keys()])
        for (const [path, bytes] of want) ok(got.get(path)!.equals(bytes), `${kind}: ${path} differs`)
      }
    }
  } finally {
    data.remove()
  }
})

test.run()
