/** A server that accepts connections and says nothing: Ctrl-C ends a run at once, and without it the run ends by its timeout. */
import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { test } from 'uvu'
import { equal, match, ok } from 'uvu/assert'
import { filesBelow, runAnalysis, type Scratch, scratch, tnpPipe } from '../support/cli.js'

let server: Server
let port = 0
let out: Scratch
const sockets = new Set<Socket>()

test.before(async () => {
  out = scratch()
  server = createServer(socket => {
    sockets.add(socket)
    socket.on('error', () => {})
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
})
test.after(() => {
  for (const socket of sockets) socket.destroy()
  server.close()
  out.remove()
})

function job(url: string, output = out.path('out')): string[] {
  const paths = url === '' ? ['fixtures/root/nano-data-2.root'] : [0, 1, 2].map(k => `${url}//f${k}.root`)
  const files = Object.fromEntries(paths.map(path => [path, 'Events']))
  return [
    ...['--config', 'fixtures/config/workflows/electron-nanoaod/runner.json'],
    ...['--fileset', out.json('fileset.json', { Data: { files, metadata: { isMC: false } } })],
    ...['--output', output, '--no-progress'],
  ]
}

for (const scheme of ['root', 'http']) {
  test(`Ctrl-C ends a run that waits for a ${scheme} server`, async () => {
    let sent = 0
    const { status } = await runAnalysis(job(`${scheme}://127.0.0.1:${port}`), {
      onStart: kill =>
        setTimeout(() => {
          sent = performance.now()
          kill('SIGINT')
        }, 2000),
    })
    equal(status, 130)
    ok(performance.now() - sent < 3000, `${performance.now() - sent} ms`)
    equal([...filesBelow(out.dir).keys()], ['fileset.json'])
  })

  for (const more of [[], ['--no-journal'], ['--preprocess'], ['--preprocess', '--resume']]) {
    const isInput = more.includes('--preprocess')
    const what = `${isInput ? 'for files' : 'with outputs'} at a ${scheme} server (${more.join(' ') || 'no options'})`
    test(`SIGTERM ends a run ${what} that says nothing, and leaves nothing`, async () => {
      const url = `${scheme}://127.0.0.1:${port}`
      let sent = 0
      const args = isInput ? job(url) : job('', `${url}//out`)
      const { status, stderr } = await runAnalysis([...args, ...more], {
        env: { XDG_STATE_HOME: out.path('state') },
        onStart: kill =>
          setTimeout(() => {
            sent = performance.now()
            kill('SIGTERM')
          }, 2000),
      })
      equal(status, 143, stderr)
      ok(performance.now() - sent < 3000, `${performance.now() - sent} ms`)
      equal([...filesBelow(out.dir).keys()], ['fileset.json'])
    })
  }

  test(`a ${scheme} server that says nothing is an error after the timeout`, async () => {
    const began = performance.now()
    const args = ['inspect', `${scheme}://127.0.0.1:${port}//f.root`, '--timeout', '0.5', '--retries', '1']
    const { status, stderr } = await tnpPipe(args)
    equal(status, 1)
    match(stderr, /no answer from .*127\.0\.0\.1:\d+ within 0\.5 s.*\(TimeoutError\)/)
    // At most five times the timeout, and the start of the program.
    ok(performance.now() - began < 6000, `${performance.now() - began} ms`)
  })
}

test.run()
