/** A run followed from its start to its end in a real browser. */
import type { Page } from 'playwright-core'
import { test } from 'uvu'
import { equal, is, match, ok } from 'uvu/assert'
import { chromiumPath, withChromium } from '../support/chromium.js'
import { type Scratch, scratch } from '../support/cli.js'
import { until } from '../support/cluster-jobs.js'
import { keepEnvironment } from '../support/environment.js'
import { testIf } from '../support/tools.js'
import { askFor, goOnTo, slowJob, withRun } from './follow.js'

const inBrowser = testIf(test, chromiumPath() !== null, 'Chromium')
let files: Scratch
let giveBack: () => void

test.before(() => {
  giveBack = keepEnvironment()
  files = scratch()
  process.env.XDG_CACHE_HOME = files.path('cache')
})
test.after(() => {
  giveBack()
  files.remove()
})

function options(milliseconds: number, output: string): string[] {
  return [
    ...slowJob(files, milliseconds),
    '--workers',
    '2',
    '--dashboard-address',
    ':0',
    '--output',
    files.path(output),
  ]
}

/** A histogram may be asked for just when the server ends with the run. */
function isFault(text: string): boolean {
  return !/net::ERR_(CONNECTION_(REFUSED|RESET)|EMPTY_RESPONSE)/.test(text)
}

async function percent(page: Page): Promise<number> {
  const bar = page.getByRole('progressbar', { name: 'The whole run' })
  return Number(await bar.getAttribute('aria-valuenow'))
}

/** Events of a dataset, as its row says. */
async function eventsOf(page: Page, dataset: string): Promise<number> {
  const row = page.getByRole('region', { name: 'Datasets' }).getByRole('row', { name: new RegExp(`^${dataset} `) })
  return Number(await row.getByRole('cell').nth(4).textContent())
}

async function shownProbes(page: Page, kind: 'passing' | 'failing' = 'passing'): Promise<number> {
  return Number((await page.locator(`.legend .${kind}`).textContent())!.split(' ')[1])
}

async function stageSeconds(page: Page): Promise<string | null> {
  const row = page.getByRole('region', { name: 'Stages' }).getByRole('row', { name: /^decode/ })
  return row.getByRole('cell').nth(3).textContent()
}

inBrowser('a run is followed from its start to its end, with its histograms as they fill', async () => {
  goOnTo(files, 60)
  await withChromium({}, async ({ page, faults }) => {
    const { status, stderr } = await withRun(options(0, 'out'), async ({ url, endedAt }) => {
      await page.goto(url)
      // The token is not left in the address bar, and without it there is no page.
      is(new URL(page.url()).search, '')
      equal((await askFor(url, '/', null))[0], 403)
      await page.getByText('Running', { exact: true }).waitFor()
      await page.getByRole('img', { name: /^Efficiency along El_pt/ }).waitFor()
      await until(async () => (await eventsOf(page, 'Data')) === 60, '60 events')
      const first = { percent: await percent(page), passing: await shownProbes(page) }

      goOnTo(files, 150)
      await until(async () => (await eventsOf(page, 'Data')) === 150, '150 events')
      await until(async () => (await shownProbes(page)) > first.passing, 'the histograms to fill')
      const second = { percent: await percent(page), passing: await shownProbes(page) }
      ok(second.percent > first.percent && second.percent < 60, JSON.stringify([first, second]))
      is(await page.getByRole('region', { name: 'Workers' }).getByRole('row').count(), 3)
      match((await page.getByRole('region', { name: 'Stages' }).textContent())!, /stage:own.*%/)
      await page.getByRole('img', { name: /^Events a second over/ }).waitFor()

      // By keyboard: another filter, the numbers, and a table that scrolls.
      await page.getByRole('combobox', { name: 'Filter' }).focus()
      await page.keyboard.press('ArrowDown')
      is(await page.getByRole('combobox', { name: 'Filter' }).inputValue(), 'loose')
      await until(async () => (await shownProbes(page)) > second.passing, 'the other histogram')
      await page.getByText('Numbers', { exact: true }).focus()
      await page.keyboard.press('Enter')
      await page.getByRole('region', { name: 'Probes along mll' }).waitFor()
      await page.getByRole('region', { name: 'Stages' }).focus()
      await page.keyboard.press('End')
      await until(async () => Number(await page.evaluate('document.activeElement.scrollTop')) > 0, 'it to scroll')

      // What the user has opened, focused and scrolled stays so while the page is drawn anew.
      const seconds = await stageSeconds(page)
      goOnTo(files, 200)
      await until(async () => (await stageSeconds(page)) !== seconds, 'other times of stages')
      is(await page.evaluate('document.activeElement.getAttribute("aria-label")'), 'Stages')
      ok(Number(await page.evaluate('document.activeElement.scrollTop')) > 0)
      await page.getByRole('region', { name: 'Probes along mll' }).waitFor()

      // The dataset that is looked at follows the run.
      is(await page.getByRole('combobox', { name: 'Dataset' }).inputValue(), '0')
      is(endedAt(), null)
      goOnTo(files, null)
      await page.getByText('Done', { exact: true }).waitFor()
      const dataset = page.getByRole('combobox', { name: 'Dataset' })
      await until(async () => (await dataset.inputValue()) === '1', 'the last dataset')
    })
    equal(status, 0, stderr)

    // The run is over and its server gone: the page is complete.
    is(await percent(page), 100)
    equal([await eventsOf(page, 'Data'), await eventsOf(page, 'MC')], [240, 300])
    match((await page.locator('.ended').textContent())!, /540 events of 2 datasets.*tnp-pipe view \S+out$/)
    match((await page.getByRole('region', { name: 'Skipped files' }).textContent())!, /gone\.root.*FileNotFoundError/)
    await page.getByRole('combobox', { name: 'Dataset' }).selectOption('0')
    for (const [filter, counts] of [
      ['tight', /tight +passing (\d+), failing (\d+)/],
      ['loose', /loose +passing (\d+), failing (\d+)/],
    ] as const) {
      await page.getByRole('combobox', { name: 'Filter' }).selectOption(filter)
      const want = counts.exec(stderr)!.slice(1).map(Number)
      await page.getByText(`passing ${want[0]}`, { exact: true }).waitFor()
      equal([await shownProbes(page), await shownProbes(page, 'failing')], want)
      is(await page.locator('.legend .quiet').textContent(), 'complete')
    }
    equal(faults.filter(isFault), [])
  })
})

inBrowser('a page that is closed and opened again, dark and narrow, and a run that is interrupted', async () => {
  goOnTo(files, 100)
  await withChromium({ colorScheme: 'dark', viewport: { width: 360, height: 740 } }, async ({ page, faults }) => {
    const { status } = await withRun(options(100, 'stopped'), async ({ url, kill }) => {
      await page.goto(url)
      await page.getByText('Running', { exact: true }).waitFor()
      await page.goto('about:blank')
      await page.goto(url)
      await page.getByRole('img', { name: /^Efficiency along El_pt/ }).waitFor()
      ok((await eventsOf(page, 'Data')) > 0)
      // Nothing but tables scrolls to the side.
      const [page360, ground] = (await page.evaluate(
        '[document.documentElement.scrollWidth, getComputedStyle(document.body).backgroundColor]',
      )) as [number, string]
      ok(page360 <= 360, String(page360))
      ok(
        /rgb\((\d+)/
          .exec(ground)!
          .slice(1)
          .every(c => Number(c) < 64),
        ground,
      )
      // Another part of the page, and back.
      await page.getByRole('link', { name: 'About' }).click()
      await page.getByRole('heading', { name: 'About this page' }).waitFor()
      await page.getByRole('link', { name: 'Run', exact: true }).click()
      await page.getByText('Running', { exact: true }).waitFor()
      kill('SIGINT')
      await page.getByText('Interrupted', { exact: true }).waitFor()
    })
    equal(status, 130)
    match((await page.locator('.problem').textContent())!, /chunks are done: continue with --resume/)
    equal(faults.filter(isFault), [])
  })
})

inBrowser('a run that is killed is told of as one that does not answer', async () => {
  goOnTo(files, 100)
  await withChromium({}, async ({ page }) => {
    await withRun(options(100, 'killed'), async ({ url, kill }) => {
      await page.goto(url)
      await page.getByText('Running', { exact: true }).waitFor()
      kill('SIGKILL')
      await page.getByText('No answer', { exact: true }).waitFor()
      match((await page.getByRole('alert').textContent())!, /has been killed/)
    })
  })
})

test.run()
