/** `tnp-pipe view` on the command line: addresses, ends, mistakes. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { test } from 'uvu'
import { equal, is, match, not, ok } from 'uvu/assert'
import type { FitFileModel, PageModel } from '../../lib/page/index.js'
import { type ToyFits, toyFits } from '../page/fits.js'
import { type Scratch, scratch, TNP_PIPE, tnpPipe } from '../support/cli.js'

let files: Scratch
let fits: ToyFits

test.before(async () => {
  files = scratch()
  fits = await toyFits(files)
})
test.after(() => files?.remove())

interface Ended {
  readonly status: number | null
  readonly stderr: string
}

/** Runs until `use`, which gets the address, is done, and ends it with the signal. */
async function served(
  args: readonly string[],
  use: (url: string) => unknown,
  { signal = 'SIGINT' as NodeJS.Signals, env = {} as Record<string, string> } = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [TNP_PIPE, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  let [stdout, stderr] = ['', '']
  const closed = new Promise<number | null>(resolve => child.on('close', resolve))
  const url = new Promise<string>((resolve, reject) => {
    const look = () => {
      const found = /^http:\/\/127\.0\.0\.1:\d+\/\?token=\S+$/m.exec(`${stdout}\n${stderr}`)
      if (found !== null) resolve(found[0])
    }
    child.stdout.on('data', part => {
      stdout += part
      look()
    })
    child.stderr.on('data', part => {
      stderr += part
      look()
    })
    child.on('close', () => reject(new Error(stderr)))
  })
  try {
    await use(await url)
  } finally {
    child.kill(signal)
  }
  return { status: await closed, stderr }
}

async function shownFits(url: string): Promise<FitFileModel> {
  const answer = await fetch(url.replace('/?', '/api/page?'))
  return ((await answer.json()) as PageModel).results!.fits[0]!
}

test('the page is served at a printed address until Ctrl-C or kill, with status 0', async () => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    const { status, stderr } = await served(
      ['view', fits.results, '--no-open'],
      async url => {
        is((await fetch(url)).status, 200)
        is((await fetch(url.replace(/token=.*/, 'token=x'))).status, 403)
      },
      { signal },
    )
    is(status, 0)
    match(stderr, /served until Ctrl-C/)
  }
})

test('no browser is started where there is no screen, and none that is missing is a failure', async () => {
  const quiet = { DISPLAY: '', WAYLAND_DISPLAY: '' }
  is((await served(['view', fits.results], () => {}, { env: quiet })).status, 0)
  is((await served(['view', fits.results], () => {}, { env: { DISPLAY: ':99', PATH: '/nowhere' } })).status, 0)
})

test('mistakes are told before anything is served', async () => {
  const missing = await tnpPipe(['view', files.path('fit.jso'), files.path('nothing-like-it')])
  is(missing.status, 2)
  match(missing.stderr, /fit\.jso: is not there\. Nearest: .*"fit\.json"/)
  match(missing.stderr, /2 problems/)
  const config = await tnpPipe(['view', fits.results, '--fit', files.path('other.json')])
  equal([config.status, /other\.json: no such file/.test(config.stderr)], [2, true])
  const none = await tnpPipe(['view'])
  equal([none.status, /name a folder of outputs/.test(none.stderr)], [2, true])
  is((await tnpPipe(['view', fits.results, '--port', '70000'])).status, 2)
  const taken = createServer()
  await new Promise<void>(resolve => taken.listen(0, '127.0.0.1', resolve))
  const { port } = taken.address() as { port: number }
  const busy = await tnpPipe(['view', fits.results, '--port', String(port)])
  taken.close()
  equal([busy.status, busy.stdout], [2, ''])
  match(busy.stderr, new RegExp(`--port ${port}: is in use`))
})

test('a configuration alone: its results where they are, else they are made', async () => {
  await served(['view', '--fit', fits.config, '--no-open'], async url => {
    const file = await shownFits(url)
    equal([file.path, file.fits.length, file.config.problem], [null, 6, null])
  })
  const named = JSON.parse(readFileSync(fits.config, 'utf8'))
  const config = files.json('named.json', { ...named, output: { results_file: fits.results } })
  await served(['view', '--fit', config, '--no-open'], async url => {
    is((await shownFits(url)).path, fits.results)
  })
})

test('a page in a file is whole or not there', async () => {
  const html = files.path('page.html')
  const made = await tnpPipe(['view', fits.results, '--static', html])
  equal([made.status, made.stdout], [0, ''])
  match(readFileSync(html, 'utf8'), /^<!doctype html>[\s\S]*<\/html>\s*$/)
  const nowhere = await tnpPipe(['view', fits.results, '--static', files.path('no/page.html')])
  is(nowhere.status, 2)
  match(nowhere.stderr, /no\/page\.html: cannot be created/)
})

test('fit --interactive fits, and opens the page of what came of it', async () => {
  const output = files.path('interactive.json')
  const { status, stderr } = await served(
    ['fit', '--config', fits.config, '--output', output, '--interactive', '--allow-failed-bins'],
    async url => {
      const file = await shownFits(url)
      equal([file.path, file.config.problem, file.fits.length], [output, null, 6])
      ok(readFileSync(output, 'utf8').length > 0)
    },
    { env: { DISPLAY: '', WAYLAND_DISPLAY: '' } },
  )
  is(status, 0)
  match(stderr, /6 fits in/)
})

test('results that are text or a table are not saved from the page, which would make them JSON', async () => {
  const output = files.path('interactive.txt')
  await served(
    ['fit', '--config', fits.config, '--output', output, '--interactive', '--allow-failed-bins'],
    async url => {
      equal((await shownFits(url)).path, null)
      match(readFileSync(output, 'utf8'), /^DATA/m)
    },
    { env: { DISPLAY: '', WAYLAND_DISPLAY: '' } },
  )
})

test('"interactive" of the configuration opens the page on a terminal alone', async () => {
  const document = JSON.parse(readFileSync(fits.config, 'utf8'))
  const config = files.json('window.json', { ...document, fit: { ...document.fit, interactive: true } })
  const { status, stderr } = await tnpPipe(['fit', '--config', config, '--allow-failed-bins'])
  is(status, 0)
  match(stderr, /note: interactive: there is no terminal, so no page is opened; --interactive opens one/)
  not.match(
    (await tnpPipe(['fit', '--config', config, '--no-interactive', '--allow-failed-bins'])).stderr,
    /interactive/,
  )
})

test.run()
