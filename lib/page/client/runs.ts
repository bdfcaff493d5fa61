/** Runs: datasets, cut flow, efficiencies of each mass window, tables, and what could not be read. */
import type { DatasetModel, FilterModel, RunModel } from '../model.js'
import { badge } from './badge.js'
import { type Child, h } from './dom.js'
import { bytes, count, percent, seconds, withSides } from './format.js'
import { isSilent, makesPairs, stageName } from './stages.js'
import { table } from './table.js'
import { addressOf, type View } from './view.js'

export const runs: View = {
  id: 'runs',
  title: 'Runs',
  isThere: model => (model.results?.runs.length ?? 0) > 0,
  render: (_place, { model }) => h('article', null, ...model.results!.runs.map(runSection)),
}

function runSection(run: RunModel): HTMLElement {
  return h(
    'section',
    null,
    h('h1', null, run.name),
    h('p', { class: 'quiet' }, run.path, recordText(run)),
    run.datasets.length > 1 ? datasetsTable(run) : null,
    ...run.datasets.map(dataset => datasetSection(dataset)),
  )
}

function recordText({ record, datasets }: RunModel): Child {
  if (record === null) {
    return datasets.some(d => d.methods.some(m => m.name !== 'histograms'))
      ? '. What this run counted is not known here: it was made elsewhere, or by another program.'
      : ''
  }
  const when = new Date(record.finished).toLocaleString()
  const workers = `${record.workers} ${record.workers === 1 ? 'worker' : 'workers'}`
  return [
    `. Finished ${when}, in ${seconds(record.seconds)} (${record.executor}, ${workers}).`,
    record.isOld ? [' ', badge('warn', 'the outputs have been changed since')] : null,
  ]
}

function datasetsTable({ datasets }: RunModel): HTMLElement {
  const text = { isText: true }
  return table(
    'Datasets',
    [
      { title: 'dataset', ...text },
      { title: 'kind', ...text },
      { title: 'files' },
      { title: 'events' },
      { title: 'sum of genWeight' },
      { title: 'size of tables' },
      { title: 'reading', ...text },
    ],
    datasets.map(({ name, counts, methods }) => {
      const failed = Math.max(counts?.skipped.length ?? 0, ...methods.flatMap(m => m.reports.map(r => r.failed.length)))
      const size = methods.flatMap(m => m.tables.map(t => t.bytes)).reduce((a, b) => a + b, 0)
      return {
        state: failed > 0 ? 'warn' : undefined,
        cells: [
          name,
          counts === null ? '' : counts.isMC ? 'simulation' : 'data',
          count(counts?.files ?? null),
          count(counts?.events ?? null),
          count(counts?.sumGenWeight ?? null),
          size === 0 ? '–' : bytes(size),
          failed > 0 ? badge('warn', `${failed} not read`) : badge('good', 'all read'),
        ],
      }
    }),
  )
}

function datasetSection(dataset: DatasetModel): HTMLElement {
  const { name, counts } = dataset
  return h(
    'section',
    { class: 'dataset' },
    h('h2', null, name, counts === null ? null : h('span', { class: 'quiet' }, counts.isMC ? ' simulation' : ' data')),
    h(
      'div',
      { class: 'columns' },
      counts === null ? null : cutFlow(dataset),
      counts === null ? null : windows(dataset),
      outputs(dataset),
    ),
    failures(dataset),
  )
}

function cutFlow({ counts }: DatasetModel): HTMLElement {
  const stages = counts!.cutflow.filter(([stage]) => !isSilent(stage))
  let main = stages[0]?.[1] ?? 0
  const rows = stages.map(([stage, left], k) => {
    // Windows of the mass stand beside each other: each is a part of what came before all of them.
    const isWindow = stage.startsWith('mass[')
    const before = k === 0 ? null : main
    if (!isWindow) main = left
    return {
      cells: [
        stageName(stage),
        count(left),
        before === null || before === 0 || makesPairs(stage) ? '' : percent(left / before),
        k === 0 ? '' : bar(before === null || makesPairs(stage) ? null : left / before),
      ],
    }
  })
  const columns = [
    { title: 'after', isText: true },
    { title: 'left' },
    { title: 'of those before' },
    { title: h('span', { class: 'hidden' }, 'as a bar'), isText: true },
  ]
  return table('Cut flow', columns, rows)
}

function bar(part: number | null): Child {
  if (part === null || !Number.isFinite(part)) return ''
  const inner = h('span', null)
  inner.style.width = `${Math.min(100, 100 * part)}%`
  return h('span', { class: 'bar', 'aria-hidden': 'true' }, inner)
}

function windows({ counts }: DatasetModel): HTMLElement {
  const rows = counts!.windows.flatMap(({ window, pairs, weight, filters }) =>
    filters.map((filter, k) => ({
      state: filter.problem === null ? undefined : ('warn' as const),
      cells: [
        k === 0
          ? [window, h('span', { class: 'quiet' }, ` ${count(pairs)} pairs${weight === null ? '' : `, by ${weight}`}`)]
          : '',
        filter.filter,
        count(filter.passing),
        count(filter.failing),
        filter.problem ?? efficiencyOf(filter),
      ],
    })),
  )
  const columns = [
    { title: 'mass window', isText: true },
    { title: 'filter', isText: true },
    { title: 'passing' },
    { title: 'failing' },
    { title: 'efficiency', hint: 'with its interval of 68.27 %' },
  ]
  return table('Probes', columns, rows)
}

export function efficiencyOf({ efficiency, low, high }: FilterModel): string {
  const distance = (end: number | null) => (end === null || efficiency === null ? null : Math.abs(end - efficiency))
  return withSides(efficiency, distance(low), distance(high))
}

function outputs({ methods, counts }: DatasetModel): HTMLElement {
  const rows = methods.flatMap(({ name, tables, filters }) => [
    ...tables.map(one => ({
      cells: [
        name,
        one.name,
        count(counts?.tables.find(t => t.id === rowsId(name, one.name))?.rows ?? null),
        `${one.parts} ${one.parts === 1 ? 'file' : 'files'}`,
        bytes(one.bytes),
      ],
    })),
    ...filters.map(filter => ({
      cells: [name, h('a', { href: addressOf('efficiencies', name, filter) }, filter), '', 'histograms', ''],
    })),
  ])
  const text = { isText: true }
  return table(
    'Outputs',
    [
      { title: 'method', ...text },
      { title: 'table or filter', ...text },
      { title: 'rows' },
      { title: 'files', ...text },
      { title: 'size' },
    ],
    rows,
  )
}

/** As the run counts them: get_tnp_arrays_1, get_passing_and_failing_probes_1/FILTER/passing. */
function rowsId(method: string, name: string): string {
  const side = /^(passing|failing)_(.*)_NTuples$/.exec(name)
  return side === null ? method : `${method}/${side[2]}/${side[1]}`
}

function failures({ counts, methods }: DatasetModel): Child {
  const found = new Map<string, { exception: string; message: string }>()
  const all = [...(counts?.skipped ?? []), ...methods.flatMap(({ reports }) => reports.flatMap(({ failed }) => failed))]
  for (const { file, exception, message } of all) found.set(file, { exception, message })
  if (found.size === 0) return null
  const text = { isText: true }
  return table(
    `Could not be read: ${found.size} ${found.size === 1 ? 'partition' : 'partitions'}`,
    [
      { title: 'file', ...text },
      { title: 'why', ...text },
      { title: 'message', ...text },
    ],
    [...found].map(([file, { exception, message }]) => ({ state: 'warn' as const, cells: [file, exception, message] })),
  )
}
