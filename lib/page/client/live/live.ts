/** A run under way. Parts are drawn anew where what they show is new; what can be used by keyboard stays. */
import type { LiveState } from '../../live/state.js'
import { type Child, h } from '../dom.js'
import type { PageContext, View } from '../view.js'
import { Asking } from './ask.js'
import { follow, type Known, knownNow } from './connection.js'
import { datasetsTable, overview, speedChart } from './overview.js'
import { Part } from './part.js'
import { Choice } from './parts.js'
import { histogramCharts, windowsTable } from './results.js'
import { skippedTable, stagesTable, warningsList, workersTable } from './work.js'

export const live: View = {
  id: 'run',
  title: 'Run',
  isThere: ({ live }) => live,
  render: (_place, page) => new RunView(page).element,
}

class RunView {
  readonly element: HTMLElement
  readonly #page: PageContext
  readonly #asking: Asking
  readonly #parts = {
    ...{ overview: new Part(), datasets: new Part(), speed: new Part(), windows: new Part(), charts: new Part() },
    ...{ workers: new Part(), stages: new Part(), skipped: new Part(), warnings: new Part() },
  }
  readonly #choices = {
    dataset: new Choice('Dataset', () => this.#draw()),
    method: new Choice('Method', () => this.#draw()),
    filter: new Choice('Filter', () => this.#draw()),
    name: new Choice('Histogram', () => this.#draw()),
  }
  #said = ''
  #isPlanned = false

  constructor(page: PageContext) {
    this.#page = page
    this.#asking = new Asking(page.source, () => this.#plan())
    const { dataset, method, filter, name } = this.#choices
    const parts = this.#parts
    const section = (title: string, ...children: readonly Child[]) =>
      h('section', null, h('h2', null, title), ...children)
    this.element = h(
      'div',
      { class: 'run' },
      h('h1', { class: 'hidden' }, 'The run'),
      parts.overview.element,
      section('Datasets', parts.datasets.element),
      section('Speed', parts.speed.element),
      section(
        'Results',
        h('div', { class: 'choices' }, dataset.element),
        h('h3', null, 'Efficiencies'),
        parts.windows.element,
        h('h3', null, 'Histograms'),
        h('div', { class: 'choices' }, method.element, filter.element, name.element),
        parts.charts.element,
        h('h3', null, 'Where the time goes'),
        parts.stages.element,
      ),
      section('Workers', parts.workers.element),
      section('Skipped files', parts.skipped.element),
      section('Warnings', parts.warnings.element),
    )
    follow(() => this.#plan())
    // Time goes on between messages.
    const clock = setInterval(() => {
      if (!this.#plan()) clearInterval(clock)
    }, 500)
    queueMicrotask(() => this.#draw())
  }

  #wasShown = false

  /** false: the view is not shown any more. */
  #plan(): boolean {
    if (this.#wasShown && !this.element.isConnected) {
      this.#asking.stop()
      return false
    }
    this.#wasShown ||= this.element.isConnected
    if (!this.#isPlanned) {
      this.#isPlanned = true
      requestAnimationFrame(() => {
        this.#isPlanned = false
        this.#draw()
      })
    }
    return true
  }

  #draw(): void {
    const known = knownNow()
    const { state } = known
    if (state === null) {
      const message = known.isLost ? 'The run does not answer.' : 'Waiting for the run ...'
      this.#parts.overview.show([message], () => h('p', null, message))
      return
    }
    const parts = this.#parts
    const ago = (performance.now() - known.at) / 1000
    // Parts of a second would change it with every look.
    const tick = Math.floor(performance.now() / 500)
    parts.overview.show(
      [state.status, state.rate, state.job, known.end, known.isLost, known.end === null ? tick : 0],
      () => overview({ ...known, state }, ago),
    )
    parts.datasets.show([state.datasets], () => datasetsTable(state))
    const width = Math.min(1240, Math.max(300, this.element.clientWidth))
    parts.speed.show([state.line, width], () => speedChart(state, width))
    parts.workers.show([JSON.stringify(state.workers)], () => workersTable(state))
    parts.skipped.show([state.skipped, state.skipped.length], () => skippedTable(state))
    parts.warnings.show([state.warnings], () => warningsList(state))
    this.#drawDataset(state, known)
    this.#say(known, state)
  }

  #drawDataset(state: LiveState, known: Known): void {
    const { dataset, method, filter, name } = this.#choices
    const parts = this.#parts
    dataset.offer(state.datasets.map((one, k) => [String(k), one.name]))
    // The dataset that is looked at follows the run until one is chosen.
    const atWork = state.datasets.findIndex(one => one.phase === 'sum' || one.phase === 'run')
    if (!dataset.isChosen && atWork >= 0) dataset.value = String(atWork)
    const k = Number(dataset.value)
    parts.stages.show([state.stages[k]], () => stagesTable(state.stages[k] ?? null))
    parts.windows.show([state.windows[k]], () => windowsTable(state.windows[k] ?? []))
    const menus = state.menus[k] ?? []
    method.offer([...new Set(menus.map(one => one.method))].map(id => [id, id]))
    const ofMethod = menus.filter(one => one.method === method.value)
    filter.offer(ofMethod.map(one => [one.filter, one.filter]))
    const menu = ofMethod.find(one => one.filter === filter.value)
    name.offer((menu?.names ?? []).map(one => [one, one]))
    const chosen = state.datasets[k]
    const asked =
      menu === undefined || chosen === undefined
        ? null
        : { dataset: chosen.name, method: menu.method, filter: menu.filter, name: name.value }
    this.#asking.ask(asked)
    const { histogram } = this.#asking
    parts.charts.show([histogram, asked === null, known.end], () => {
      if (histogram !== null) return histogramCharts(histogram)
      if (asked === null) return h('p', { class: 'quiet' }, 'This dataset has no histograms, or none yet.')
      return h(
        'p',
        { class: 'quiet' },
        known.end === null ? 'Waiting ...' : 'Not kept on this page. Open the outputs with tnp-pipe view.',
      )
    })
  }

  /** Also to those who do not see the page: what is not said by every number. */
  #say(known: Known, { status, datasets }: LiveState): void {
    const done = datasets.filter(one => one.phase === 'done').length
    const text =
      known.end !== null
        ? { done: 'The run is complete.', failed: 'The run has failed.', interrupted: 'The run was interrupted.' }[
            status.phase as 'done'
          ]
        : done > 0
          ? `${done} of ${datasets.length} datasets are done.`
          : ''
    if (text === this.#said) return
    this.#said = text
    this.#page.say(text)
  }
}
