/** Files over a link of 40 ms, which a proxy before a stock server makes: latency is paid once where it can be, and memory is bounded. */
import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test } from 'uvu'
import { equal, ok } from 'uvu/assert'
import { openSource } from '../../lib/bytes/open.js'
import type { Range } from '../../lib/bytes/source.js'
import { openRootFile } from '../../lib/root/index.js'
import { type Scratch, scratch } from '../support/cli.js'
import { type DelayProxy, startDelayProcess } from '../support/delay-proxy.js'
import { sharedDir, testIf } from '../support/tools.js'
import { haveXrootd } from '../support/xrootd-recipes.js'
import { startServer, type TestServer } from '../support/xrootd-servers.js'

const RTT_MS = 40
const shared = sharedDir()
const canServe = shared !== null && haveXrootd()
const when = testIf(test, canServe, '../shared and a stock XRootD server')
/** Debian's Python has the stock client's module. */
const PYTHON = '/usr/bin/python3'
const hasModule = spawnSync(PYTHON, ['-c', 'import XRootD.client']).status === 0

let data: Scratch
let server: TestServer
let proxy: DelayProxy
let url = ''

test.before(async () => {
  if (!canServe) return
  data = scratch()
  for (const name of ['nano_tt_v15.root', 'nano_dy.root']) copyFileSync(join(shared, 'data', name), data.path(name))
  copyFileSync(join(shared, 'data/bench/dy10k_zstd.root'), data.path('dy10k.root'))
  server = await startServer('plain', { data: data.dir })
  proxy = await startDelayProcess({ targetPort: server.port, oneWayMs: RTT_MS / 2 })
  url = `root://localhost:${proxy.port}//`
})
test.after(async () => {
  await proxy?.stop()
  await server?.stop()
  data?.remove()
})

function scattered(size: number, count: number, length: number): Range[] {
  return Array.from({ length: count }, (_, k) => ({ position: Math.floor((k * (size - length)) / count), length }))
}

async function least(times: number, work: () => Promise<void>): Promise<number> {
  let best = Number.POSITIVE_INFINITY
  for (let k = 0; k < times; k++) {
    const began = performance.now()
    await work()
    best = Math.min(best, performance.now() - began)
  }
  return best
}

const VECTOR_READ = `
import sys, time
from XRootD import client
from XRootD.client.flags import OpenFlags
file = client.File()
assert file.open(sys.argv[1], OpenFlags.READ)[0].ok
size = file.stat()[1].size
ranges = [((k * (size - 20000)) // 50, 20000) for k in range(50)]
best = 1e9
for _ in range(10):
    began = time.perf_counter()
    assert file.vector_read(ranges)[0].ok
    best = min(best, time.perf_counter() - began)
print(best * 1000)
`

testIf(
  test,
  canServe && hasModule,
  'a stock XRootD server and python3-xrootd',
)('50 scattered ranges of 20 kB take at most 1.3 times as long as the stock client takes', async () => {
  const source = await openSource(`${url}dy10k.root`)
  const ranges = scattered(await source.size(), 50, 20_000)
  const here = await least(10, async () => {
    equal((await source.readv(ranges)).length, 50)
  })
  await source.close()
  const stock = Number(execFileSync(PYTHON, ['-c', VECTOR_READ, `${url}dy10k.root`], { encoding: 'utf8' }))
  ok(stock >= RTT_MS, `${stock} ms`)
  ok(here <= 1.3 * stock, `here ${here.toFixed(1)} ms, stock client ${stock.toFixed(1)} ms`)
})

when('opening trees of 1,499 and 2,656 branches takes at most six round trips after the login', async () => {
  await (await openSource(`${url}nano_dy.root`)).close()
  for (const [name, branches] of [
    ['nano_dy.root', 1499],
    ['nano_tt_v15.root', 2656],
  ] as const) {
    const ms = await least(3, async () => {
      const file = await openRootFile(url + name)
      equal((await file.tree('Events')).names.length, branches)
      await file.close()
    })
    ok(ms < 6 * RTT_MS, `${name}: ${ms.toFixed(0)} ms`)
  }
})

when('20 files of 2,656 branches are opened at a time, within 8 MB each', async () => {
  const program = fileURLToPath(new URL('./open-many.js', import.meta.url))
  const shown = execFileSync(process.execPath, [program, `${url}nano_tt_v15.root`, '20'], { encoding: 'utf8' })
  const { ms, bytes } = JSON.parse(shown) as { ms: number; bytes: number }
  // One by one they would take 20 times what one takes.
  ok(ms < 20 * 4 * RTT_MS, `${ms} ms`)
  ok(bytes < 20 * 8e6, `${bytes} bytes`)
})

when('a read that is given up leaves the source usable', async () => {
  const source = await openSource(`${url}dy10k.root`)
  const abort = new AbortController()
  const reading = source.readv(scattered(await source.size(), 10, 1000), undefined, abort.signal)
  abort.abort(new Error('no more'))
  equal(await reading.catch(error => (error as Error).message), 'no more')
  equal((await source.readAt(0, 4)).length, 4)
  await source.close()
})

test.run()
