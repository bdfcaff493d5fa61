/** Who works, where the time goes, and what went wrong. */
import type { LiveStages, LiveState } from '../../live/state.js'
import { type Child, h } from '../dom.js'
import { bytesText, countText, fileName, percentText, timeText } from './format.js'
import { bar, table } from './parts.js'

export function workersTable({ workers, status, job }: LiveState): HTMLElement {
  if (workers === null) return h('p', { class: 'quiet' }, 'None has begun yet.')
  const seconds = Math.max(status.seconds, 1e-3)
  const rows = workers.map(({ at, chunks, events }, k) => [
    job.executor === 'threads' && k === 0 ? `${k + 1} (main thread)` : k + 1,
    at === null ? h('span', { class: 'quiet' }, 'nothing') : at.dataset,
    at === null ? '' : h('span', { title: at.file }, `${fileName(at.file)} [${at.start}, ${at.stop ?? 'end'})`),
    chunks.toLocaleString('en'),
    events.toLocaleString('en'),
    countText(events / seconds),
  ])
  return table(
    'Workers',
    [
      { title: 'Worker' },
      { title: 'At work on' },
      { title: 'File, entries' },
      { title: 'Chunks', isNumber: true },
      { title: 'Events', isNumber: true },
      { title: 'Events/s', isNumber: true },
    ],
    rows,
  )
}

/** Seconds are those of all workers together. */
export function stagesTable(stages: LiveStages | null): Child {
  if (stages === null) return h('p', { class: 'quiet' }, 'It has not begun yet.')
  const total = stages.nodes.reduce((sum, one) => sum + (one.isBeside ? 0 : one.seconds), 0)
  const shown = stages.nodes.filter(one => one.seconds > 0 || one.in !== null)
  const number = (n: number | null) => (n === null ? '' : n.toLocaleString('en'))
  const { bytes, requests, waiting, decompressing, placing } = stages.read
  return [
    table(
      'Stages',
      [
        { title: 'Stage' },
        { title: 'Share' },
        { title: '', isNumber: true },
        { title: 'Seconds', isNumber: true },
        { title: 'In', isNumber: true },
        { title: 'Out', isNumber: true },
      ],
      shown.map(one => [
        h('span', { class: 'path' }, one.id),
        one.isBeside
          ? h('span', { class: 'quiet' }, 'beside others')
          : bar(one.id, total > 0 ? one.seconds / total : 0, 'share'),
        one.isBeside ? '' : percentText(total > 0 ? one.seconds / total : 0, 1),
        one.seconds.toFixed(3),
        number(one.in),
        number(one.out),
      ]),
    ),
    h(
      'p',
      { class: 'quiet' },
      `Reading: ${bytesText(bytes)} in ${requests.toLocaleString('en')} requests; waited ${timeText(waiting)}, decompressed ${timeText(decompressing)}, put into columns ${timeText(placing)}.`,
    ),
  ]
}

export function skippedTable({ skipped, datasets }: LiveState): Child {
  const all = datasets.reduce((sum, one) => sum + one.skipped, 0)
  if (all === 0) return h('p', { class: 'quiet' }, 'None: every file could be read.')
  return [
    table(
      'Skipped files',
      [{ title: 'Dataset' }, { title: 'File' }, { title: 'Entries' }, { title: 'Why' }],
      skipped.map(one => [
        one.dataset,
        h('span', { class: 'path' }, one.file),
        h('span', { class: 'whole' }, `[${one.start}, ${one.stop ?? 'end'})`),
        `${one.exception}: ${one.message}`,
      ]),
    ),
    skipped.length < all ? h('p', { class: 'quiet' }, `and ${all - skipped.length} more: see the reports`) : null,
  ]
}

export function warningsList({ warnings }: LiveState): Child {
  if (warnings.length === 0) return h('p', { class: 'quiet' }, 'None.')
  return h('ul', { class: 'warnings' }, ...warnings.map(text => h('li', null, text)))
}
