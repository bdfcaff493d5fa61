/** The page in a real browser: what is shown, by mouse and by keyboard, and a bin fitted again. */
import { spawn } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright-core'
import { test } from 'uvu'
import { equal, is, match, ok } from 'uvu/assert'
import type { FitterResults } from '../../lib/fitter/index.js'
import { chromiumPath, withChromium } from '../support/chromium.js'
import { jobOptions, runAnalysis, type Scratch, scratch, TNP_PIPE, tnpPipe } from '../support/cli.js'
import { keepEnvironment } from '../support/environment.js'
import { testIf } from '../support/tools.js'
import { type ToyFits, toyFits } from './fits.js'

const inBrowser = testIf(test, chromiumPath() !== null, 'Chromium')
let files: Scratch
let fits: ToyFits
let giveBack: () => void

test.before(async () => {
  giveBack = keepEnvironment()
  files = scratch()
  process.env.XDG_CACHE_HOME = files.path('cache')
  if (chromiumPath() === null) return
  const { status, stderr } = await runAnalysis([...jobOptions('fixtures/config'), '--output', files.path('run')])
  is(status, 0, stderr)
  fits = await toyFits(files)
})
test.after(() => {
  giveBack?.()
  files?.remove()
})

const FOCUSED = "(document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '')"

async function perNdof(page: Page): Promise<number> {
  return Number((await page.locator('.numbers dd').nth(1).textContent())!.split('=')[1])
}

/** The page of these places, until `use` is done; then Ctrl-C. */
async function viewing(args: readonly string[], use: (url: string) => Promise<void>): Promise<void> {
  const child = spawn(process.execPath, [TNP_PIPE, 'view', ...args, '--no-open'], { stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = new Promise<number | null>(resolve => child.on('close', resolve))
  let said = ''
  child.stderr.on('data', part => (said += part))
  try {
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout.on('data', part => resolve(String(part).trim()))
      child.on('close', () => reject(new Error(said)))
    })
    await use(url)
  } finally {
    child.kill('SIGINT')
  }
  is(await ended, 0)
}

inBrowser(
  'a bin is opened, fitted again with another limit, saved, and is so when the page is loaded again',
  async () => {
    const before = readFileSync(fits.config, 'utf8')
    await viewing([files.path('run'), fits.results], url =>
      withChromium({}, async ({ page, faults }) => {
        await page.goto(url)
        await page.getByRole('link', { name: 'Fits', exact: true }).click()
        // The token is not left in the address bar.
        equal([new URL(page.url()).search, new URL(page.url()).hash], ['', '#/fits'])
        // A bin without probes has failed: it is marked, and its page says why.
        const failed = page.getByRole('row', { name: /^bin2, .*failed$/ }).first()
        match((await failed.textContent())!, /–✗ failed$/)
        is(await failed.getAttribute('class'), 'bad opens')
        await failed.click()
        await page.getByText(/^The fit failed: .*empty/).waitFor()
        await page.getByRole('link', { name: '← All fits' }).click()

        // The second bin's peak lies beyond the limits of mu.
        const bad = page.getByRole('row', { name: /^bin1, pt 20 to 30/ }).first()
        match((await bad.textContent())!, /at limit: mu|failed/)
        await bad.click()
        await page.getByRole('heading', { name: 'data, bin1' }).waitFor()
        is(await page.getByRole('img', { name: /passing probes/ }).count(), 1)
        is(await page.getByRole('img', { name: /failing probes/ }).count(), 1)
        ok((await perNdof(page)) > 5, 'a bad fit')

        // Limits that exclude the start are told at their fields, in the server's words.
        const [start, upper] = [page.getByLabel('mu, start'), page.getByLabel('mu, upper limit')]
        await start.fill('99')
        await upper.fill('98')
        await upper.press('Enter')
        await page.getByText('99 is outside of the limits 88 to 98').waitFor()
        is(await start.getAttribute('aria-invalid'), 'true')
        is(await page.getByRole('button', { name: 'Save' }).isDisabled(), true)

        await start.fill('96')
        await upper.fill('104')
        await page.getByRole('button', { name: 'Refit' }).click()
        await page.getByText('New: passing probes').waitFor()
        await page.getByText('Saved: passing probes').waitFor()
        is(readFileSync(fits.config, 'utf8'), before)
        await page.getByRole('button', { name: 'Save' }).click()
        await page.getByText(/^Saved: .*fit\.json/).waitFor()

        await page.reload()
        await page.getByRole('heading', { name: 'data, bin1' }).waitFor()
        is(await upper.inputValue(), '104')
        is(await start.inputValue(), '96')
        ok((await perNdof(page)) < 2, 'a good fit')
        match((await page.locator('.numbers dd').first().textContent())!, /^0\.9\d+ \+/)
        equal(faults, [])
      }),
    )
    const own =
      '"bin_parameters": {\n            "data/bin1": {\n                "mu": {"start": 96, "limits": [88, 104]}\n            }\n        }'
    is(readFileSync(fits.config, 'utf8'), before.replace('[88, 93]}}', `[88, 93]}},\n        ${own}`))
    // What is saved is what the fitter makes of it.
    const saved = JSON.parse(readFileSync(fits.results, 'utf8')) as FitterResults & { scale_factors: unknown }
    const again = await tnpPipe([
      'fit',
      '--config',
      fits.config,
      '--output',
      files.path('again.json'),
      '--allow-failed-bins',
    ])
    is(again.status, 0, again.stderr)
    equal(saved, JSON.parse(readFileSync(files.path('again.json'), 'utf8')))
  },
)

inBrowser('other shapes, undone, and everything by keyboard alone', () =>
  viewing([fits.results, '--fit', fits.config], url =>
    withChromium({ reducedMotion: 'reduce' }, async ({ page, faults }) => {
      await page.goto(url)
      await page.getByRole('heading', { name: /fits\.json/ }).waitFor()
      const focused = () => page.evaluate<string>(FOCUSED)
      // To the first bin by Tab, to the next by the arrow, and into it.
      for (let k = 0; k < 12 && !/^bin0/.test(await focused()); k++) await page.keyboard.press('Tab')
      match(await focused(), /^bin0, pt 10 to 20/)
      await page.keyboard.press('ArrowDown')
      match(await focused(), /^bin1, pt 20 to 30/)
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: 'data, bin1' }).waitFor()
      await page.getByLabel('Background', { exact: true }).selectOption('lin')
      await page.getByLabel('bkg_b_pass, start').waitFor()
      await page.getByRole('button', { name: 'Refit' }).press('Enter')
      await page.getByText('New: passing probes').waitFor()
      match((await page.locator('.numbers').textContent())!, /g_linsaved: g_exp/)
      await page.getByRole('button', { name: 'Undo changes' }).press('Enter')
      await page.getByLabel('bkg_C_pass, start').waitFor()
      is(await page.getByText('New: passing probes').count(), 0)
      await page.keyboard.press('Escape')
      await page.getByRole('heading', { name: /fits\.json/ }).waitFor()
      for (let k = 0; k < 100 && !/^bin1/.test(await focused()); k++) await page.waitForTimeout(20)
      match(await focused(), /^bin1/)
      equal(faults, [])
    }),
  ),
)

inBrowser('runs, efficiencies and comparisons are shown, wide and narrow, light and dark', () =>
  viewing([files.path('run'), files.path('run/Data'), fits.results], async url => {
    for (const [colorScheme, width] of [
      ['light', 1280],
      ['dark', 400],
    ] as const) {
      await withChromium({ colorScheme, viewport: { width, height: 800 } }, async ({ page, faults }) => {
        await page.goto(url)
        await page.getByRole('table', { name: 'Cut flow' }).first().waitFor()
        match((await page.getByRole('table', { name: 'Cut flow' }).first().textContent())!, /events read340/)
        match(
          (await page.getByRole('table', { name: 'Probes' }).first().textContent())!,
          /HLT_Ele30_WPTight_Gsf71150\.826/,
        )
        const ground = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor')
        is(ground === 'rgb(255, 255, 255)', colorScheme === 'light')
        // The user's choice goes before the system's, and stays.
        const other = colorScheme === 'light' ? /Dark/ : /Light/
        const colours = page.getByRole('button', { name: /^Colours/ })
        for (let k = 0; k < 3 && !other.test((await colours.textContent())!); k++) await colours.click()
        await page.reload()
        await page.getByRole('table', { name: 'Cut flow' }).first().waitFor()
        const chosen = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor')
        is(chosen === 'rgb(255, 255, 255)', colorScheme === 'dark')
        // Nothing but tables and the navigation is wider than the screen.
        for (const name of ['Runs', 'Efficiencies', 'Fits', 'Compare', 'About']) {
          await page.getByRole('link', { name, exact: true }).click()
          await page.locator(`nav a[aria-current=page]:text-is("${name}")`).waitFor()
          await page.getByRole('heading', { level: 1 }).first().waitFor()
          const room = await page.evaluate<number[]>('[document.documentElement.scrollWidth, innerWidth]')
          ok(room[0]! <= room[1]!, `${name}: ${room}`)
        }
        await page.getByRole('link', { name: 'Efficiencies', exact: true }).click()
        await page.getByLabel('Method', { exact: true }).selectOption('get_nd_tnp_histograms_1')
        await page.getByLabel('Against', { exact: true }).selectOption({ label: 'el_eta and el_pt' })
        await page
          .getByRole('img', { name: /efficiency, run: Data in Electron η/ })
          .first()
          .waitFor()
        equal(faults, [])
      })
    }
  }),
)

inBrowser(
  'bins of two variables are a map for arrow keys; scale factors and efficiencies lead to their fits',
  async () => {
    const config = 'fixtures/config/scale-factors'
    const at = (name: string) => files.path(`sf/${name}`)
    const job = ['--config', `${config}/runner.json`, '--fileset', `${config}/fileset.json`]
    const made = await runAnalysis([...job, '--binning', `${config}/binning.json`, '--output', files.path('sf')])
    is(made.status, 0, made.stderr)
    const paths = (name: string) =>
      files.json(name, readFileSync(`${config}/${name}`, 'utf8').replaceAll('out/demo-sf', files.path('sf')))
    const fitted = await tnpPipe([
      'fit',
      '--config',
      paths('fit.json'),
      '--output',
      at('fits.json'),
      '--allow-failed-bins',
    ])
    is(fitted.status, 0, fitted.stderr)
    const factors = ['scale-factors', '--config', paths('scale-factors.json'), '--output', at('factors')]
    is((await tnpPipe([...factors, '--allow-failed-bins'])).status, 0)
    await viewing([files.path('sf')], url =>
      withChromium({}, async ({ page, faults }) => {
        await page.goto(`${url}#/fits`)
        const map = page.getByRole('table', { name: /el_pt upwards/ }).first()
        await map.getByRole('link').first().focus()
        const focused = () => page.evaluate<string>(FOCUSED)
        match(await focused(), /^bin2, el_superclusterEta −2\.5 to 0, el_pt 40 to 200/)
        await page.keyboard.press('ArrowRight')
        match(await focused(), /^bin3, el_superclusterEta 0 to 2\.5, el_pt 40 to 200/)
        await page.keyboard.press('ArrowDown')
        match(await focused(), /^bin1, el_superclusterEta 0 to 2\.5, el_pt 20 to 40/)
        await page.keyboard.press('Enter')
        await page.getByRole('heading', { name: /^Data, bin1/ }).waitFor()

        await page.getByRole('link', { name: 'Scale factors', exact: true }).click()
        await page
          .getByRole('img', { name: /scale factor in Electron η/ })
          .first()
          .waitFor()
        const row = page.getByRole('row', { name: /^0 to 2\.5 40 to 200/ })
        await row.getByRole('link', { name: 'Data', exact: true }).click()
        await page.getByRole('heading', { name: /^Data, bin3/ }).waitFor()

        await page.getByRole('link', { name: 'Efficiencies', exact: true }).click()
        const against = page.getByLabel('Against', { exact: true })
        await against.focus()
        await against.selectOption({ label: 'el_superclusterEta and el_pt' })
        await page
          .getByRole('row', { name: /^0 to 2\.5 20 to 40/ })
          .getByRole('link', { name: 'Data', exact: true })
          .waitFor()
        // Choices stay in the hand of who makes them.
        match(await focused(), /^Against$/)
        await page.getByRole('button', { name: 'spectrum of the mass in 0 to 2.5, 20 to 40' }).click()
        const spectrum = page.getByRole('dialog')
        await spectrum.getByRole('img', { name: /^Probes: Data/ }).waitFor()
        await page.keyboard.press('Escape')
        is(await spectrum.count(), 0)
        await page.getByLabel('Show', { exact: true }).selectOption({ label: 'numbers of probes' })
        await page.getByLabel('Against', { exact: true }).selectOption({ label: 'mass' })
        await page.getByRole('img', { name: /^Probes: Data/ }).waitFor()
        equal(faults, [])
      }),
    )
  },
)

inBrowser('two runs side by side, with what differs', async () => {
  const settings = JSON.parse(readFileSync('fixtures/config/settings.json', 'utf8'))
  const harder = files.json('harder.json', { ...settings, tags_pt_cut: 45 })
  const options = jobOptions('fixtures/config').map(one => (one.endsWith('settings.json') ? harder : one))
  is((await runAnalysis([...options, '--output', files.path('harder')])).status, 0)
  await viewing([files.path('run'), files.path('harder')], url =>
    withChromium({}, async ({ page, faults }) => {
      await page.goto(`${url}#/compare`)
      const flow = page.getByRole('table', { name: 'Cut flow' }).first()
      const same = flow.getByRole('row', { name: /^events read 340 340 0 100\.0 %/ })
      is(await same.getAttribute('class'), null)
      const differs = flow.getByRole('row', { name: /^cuts on the tag 107 / })
      is(await differs.getAttribute('class'), 'warn')
      match((await differs.textContent())!, /^cuts on the tag107\d+−\d+\d\d\.\d %$/)
      await page.getByRole('link', { name: 'Efficiencies and their ratios, bin by bin' }).first().click()
      await page.getByRole('img', { name: /run: Data, harder: Data/ }).waitFor()
      equal(faults, [])
    }),
  )
})

inBrowser('a page in a file shows the same, and asks for nothing', async () => {
  const html = files.path('page.html')
  const { status, stderr } = await tnpPipe(['view', files.path('run'), fits.results, '--static', html])
  is(status, 0, stderr)
  ok(statSync(html).size < 5e6, `${statSync(html).size} bytes`)
  await withChromium({}, async ({ page, faults }) => {
    const asked: string[] = []
    page.on('request', request => asked.push(request.url()))
    await page.goto(pathToFileURL(html).href)
    await page.getByRole('table', { name: 'Cut flow' }).first().waitFor()
    await page.getByRole('link', { name: 'Efficiencies', exact: true }).click()
    await page.getByRole('img', { name: /Efficiency against/ }).waitFor()
    await page.getByLabel('Method', { exact: true }).selectOption('get_nd_tnp_histograms_1')
    await page.getByLabel('Against', { exact: true }).selectOption({ label: 'el_eta and el_pt' })
    await page.getByRole('img', { name: /Data \/ MC/ }).waitFor()
    await page.getByLabel('Show', { exact: true }).selectOption({ label: 'numbers of probes' })
    await page.getByLabel('Against', { exact: true }).selectOption({ label: 'mass' })
    await page.getByRole('img', { name: /^Probes: Data/ }).waitFor()
    await page.getByRole('link', { name: 'Fits', exact: true }).click()
    await page.getByRole('row', { name: /^bin1/ }).first().click()
    await page.getByRole('img', { name: /passing probes/ }).waitFor()
    is(await page.getByRole('button', { name: 'Refit' }).count(), 0)
    equal(faults, [])
    equal(
      asked.filter(url => !/^(file|data|blob):/.test(url)),
      [],
    )
  })
})

test.run()
