/** How far the run is, how fast, and how it has ended. */
import type { LiveState } from '../../live/state.js'
import { type Child, h } from '../dom.js'
import { chart } from './chart.js'
import type { Known } from './connection.js'
import { bytesText, countText, percentText, timeText } from './format.js'
import { bar, table } from './parts.js'

const WORDS = { done: 'Done', failed: 'Failed', interrupted: 'Interrupted', running: 'Running', preparing: 'Preparing' }

export function overview({ state, end, isLost }: Known & { state: LiveState }, ago: number): Child[] {
  const { status, rate, job } = state
  const isOver = end !== null
  // Between two messages time goes on.
  const seconds = status.seconds + (isOver || isLost ? 0 : ago)
  const left = status.left === null || isOver ? null : Math.max(0, status.left - ago)
  const workers =
    job.executor === null ? '' : `${job.executor}, ${job.workers} ${job.workers === 1 ? 'worker' : 'workers'}`
  return [
    h(
      'p',
      { class: `state ${isLost ? 'lost' : status.phase}` },
      h('strong', null, isLost ? 'No answer' : WORDS[status.phase]),
      h('span', null, percentText(status.fraction)),
      h('span', null, timeText(seconds)),
      left === null ? null : h('span', null, `about ${timeText(left)} left`),
    ),
    bar('The whole run', status.fraction, status.phase),
    isLost ? lost() : null,
    status.message === null ? null : h('p', { class: 'problem' }, status.message),
    isOver && status.phase === 'done' ? ended(state) : null,
    h(
      'dl',
      { class: 'figures' },
      ...figure(
        'Events',
        countText(rate.events),
        rate.resumed > 0 ? `${countText(rate.resumed)} of a stopped run` : '',
      ),
      ...figure('Events/s', countText(isOver ? rate.mean : rate.now), isOver ? 'of the whole run' : 'of the last 5 s'),
      ...(isOver ? [] : figure('Mean', countText(rate.mean), 'events/s')),
      ...figure('Read', bytesText(rate.bytes), ''),
      ...figure('Workers', workers === '' ? '–' : String(job.workers), job.executor ?? ''),
    ),
  ]
}

function figure(name: string, value: string, note: string): HTMLElement[] {
  return [
    h('div', null, h('dt', null, name), h('dd', null, value), note === '' ? null : h('dd', { class: 'note' }, note)),
  ]
}

function lost(): HTMLElement {
  return h(
    'p',
    { class: 'problem', role: 'alert' },
    'The run does not answer: it has been killed, or its machine cannot be reached. The page shows what it knew last, and goes on asking.',
  )
}

function ended({ status, job, datasets }: LiveState): HTMLElement {
  const events = datasets.reduce((sum, one) => sum + one.events, 0)
  const what = `${events.toLocaleString('en')} events of ${datasets.length === 1 ? 'one dataset' : `${datasets.length} datasets`}`
  return h(
    'p',
    { class: 'ended' },
    `The run is complete: ${what} in ${timeText(status.seconds)}. Outputs are in ${job.output}. To look at them, fit and compare: `,
    h('code', null, `tnp-pipe view ${shellWord(job.output)}`),
  )
}

function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}

export function datasetsTable({ datasets }: LiveState): HTMLElement {
  const phase = { waiting: 'waiting', sum: 'adding up weights', run: 'running', done: 'done' }
  return table(
    'Datasets',
    [
      { title: 'Dataset' },
      { title: '' },
      { title: 'Progress' },
      { title: 'Partitions', isNumber: true },
      { title: 'Events', isNumber: true },
      { title: 'Skipped', isNumber: true },
      { title: 'State' },
    ],
    datasets.map(one => [
      one.name,
      one.isMC ? 'simulation' : 'data',
      bar(one.name, one.fraction, one.phase === 'sum' ? 'sum' : ''),
      `${one.partitionsDone}/${one.partitions}`,
      one.events.toLocaleString('en'),
      one.skipped > 0 ? h('span', { class: 'bad' }, one.skipped) : '0',
      phase[one.phase],
    ]),
  )
}

/** width: in pixels, of the place that it has. */
export function speedChart({ line }: LiveState, width: number): Element {
  const { width: seconds, events } = line
  if (events.length < 2) return h('p', { class: 'quiet' }, 'Not enough has been read yet.')
  // The last interval is not over.
  const rates = events.slice(0, -1).map(n => n / seconds)
  const label = `Events a second over ${timeText(rates.length * seconds)}: at most ${countText(Math.max(...rates))}`
  return chart({
    ...{ label, x: 'seconds', y: 'events/s', width, height: 170 },
    edges: Array.from({ length: rates.length + 1 }, (_, k) => k * seconds),
    series: [{ kind: 'steps', name: 'rate', values: rates }],
  })
}
