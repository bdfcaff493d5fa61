/** Two runs, two results of fits or two sets of scale factors, side by side. */
import type { DatasetModel, FactorsModel, FilterModel, FitFileModel, FitRow, PageModel, RunModel } from '../model.js'
import { type Child, h } from './dom.js'
import { binName, efficiencyText, rangesOf, stateOf } from './fit-texts.js'
import { count, fixed, percent, range, withSides } from './format.js'
import { efficiencyOf } from './runs.js'
import { select } from './select.js'
import { isSilent, stageName } from './stages.js'
import { type Row, table } from './table.js'
import { addressOf, type PageContext, type View } from './view.js'

type Kind = 'runs' | 'fits' | 'factors'

export const compare: View = {
  id: 'compare',
  title: 'Compare',
  keepsPlace: true,
  isThere: model => kindsOf(model).length > 0,
  render,
}

const TITLES: Readonly<Record<Kind, string>> = { runs: 'runs', fits: 'fits', factors: 'scale factors' }

function kindsOf({ results }: PageModel): Kind[] {
  return (['runs', 'fits', 'factors'] as const).filter(kind => (results?.[kind].length ?? 0) > 1)
}

function render(place: readonly string[], page: PageContext): HTMLElement {
  const kinds = kindsOf(page.model)
  const kind = kinds.find(one => one === place[0]) ?? kinds[0]!
  const all: readonly { readonly id: string; readonly name: string }[] = page.model.results![kind]
  const a = all.find(({ id }) => id === place[1]) ?? all[0]!
  const b = all.find(({ id }) => id === place[2]) ?? all[1]!
  const options = all.map(({ id, name }) => ({ value: id, text: name }))
  return h(
    'article',
    null,
    h('h1', null, 'Compare'),
    h(
      'form',
      { class: 'choices', onsubmit: (event: Event) => event.preventDefault() },
      kinds.length > 1
        ? select(
            'What',
            kinds.map(value => ({ value, text: TITLES[value] })),
            kind,
            value => page.go('compare', value),
          )
        : null,
      select('A', options, a.id, value => page.go('compare', kind, value, b.id)),
      select('B', options, b.id, value => page.go('compare', kind, a.id, value)),
    ),
    kind === 'runs' ? comparedRuns(a as RunModel, b as RunModel) : null,
    kind === 'fits' ? comparedFits(a as FitFileModel, b as FitFileModel) : null,
    kind === 'factors' ? comparedFactors(a as FactorsModel, b as FactorsModel) : null,
  )
}

function comparedRuns(a: RunModel, b: RunModel): Child {
  const names = [...new Set([...a.datasets, ...b.datasets].map(one => one.name))]
  const find = (run: RunModel, name: string) => run.datasets.find(one => one.name === name)
  return names.map(name =>
    h(
      'section',
      null,
      h('h2', null, name),
      linkOf(name, [a, b]),
      comparedDataset(find(a, name), find(b, name), [a, b]),
    ),
  )
}

/** To the efficiencies of both, bin by bin. */
function linkOf(name: string, runs: readonly [RunModel, RunModel]): Child {
  const hasHists = ({ datasets }: RunModel) =>
    datasets.some(one => one.name === name && one.methods.some(method => method.filters.length > 0))
  if (!runs.every(hasHists)) return null
  const sets = runs.map(run => `${run.id}/${name}`).join('|')
  return h(
    'p',
    null,
    h('a', { href: addressOf('efficiencies', '-', '-', '-', '-', sets) }, 'Efficiencies and their ratios, bin by bin'),
  )
}

function comparedDataset(
  a: DatasetModel | undefined,
  b: DatasetModel | undefined,
  runs: readonly [RunModel, RunModel],
): Child {
  if (a === undefined || b === undefined)
    return h('p', { class: 'quiet' }, `Only in ${runs[a === undefined ? 1 : 0].name}.`)
  if (a.counts === null || b.counts === null) {
    const without = [a, b].flatMap((one, k) => (one.counts === null ? [runs[k]!.name] : []))
    return h('p', { class: 'quiet' }, `What was counted is not known of ${without.join(' and ')}.`)
  }
  const [ofA, ofB] = [a, b].map(one => new Map(one.counts!.cutflow)) as [Map<string, number>, Map<string, number>]
  const stages = [...new Set([...ofA.keys(), ...ofB.keys()])]
  const columns = [
    { title: 'after', isText: true },
    { title: `A: ${runs[0].name}` },
    { title: `B: ${runs[1].name}` },
    { title: 'B − A' },
    { title: 'B / A' },
  ]
  const cells = (name: string, x: number | null, y: number | null) => ({
    state: x === y ? undefined : ('warn' as const),
    cells: [
      name,
      count(x),
      count(y),
      x === null || y === null ? '–' : count(y - x),
      x === null || y === null || x === 0 ? '–' : percent(y / x),
    ],
  })
  const filters = (one: DatasetModel) =>
    new Map<string, FilterModel>(
      one.counts!.windows.flatMap(w => w.filters.map(f => [`${f.filter}, ${w.window}`, f] as const)),
    )
  const [filtersA, filtersB] = [filters(a), filters(b)]
  const both = [...new Set([...filtersA.keys(), ...filtersB.keys()])]
  const efficiency = (of: ReturnType<typeof filters>, name: string): Child => {
    const found = of.get(name)
    return found === undefined ? '–' : efficiencyOf(found)
  }
  const difference = (name: string) => {
    const [x, y] = [filtersA.get(name)?.efficiency ?? null, filtersB.get(name)?.efficiency ?? null]
    return x === null || y === null ? '–' : fixed(y - x, 5)
  }
  return h(
    'div',
    { class: 'columns' },
    table(
      'Cut flow',
      columns,
      stages
        .filter(stage => !isSilent(stage))
        .map(stage => cells(stageName(stage), ofA.get(stage) ?? null, ofB.get(stage) ?? null)),
    ),
    table(
      'Efficiencies of all probes',
      [{ title: 'filter, mass window', isText: true }, { title: 'A' }, { title: 'B' }, { title: 'B − A' }],
      both.map(name => ({ cells: [name, efficiency(filtersA, name), efficiency(filtersB, name), difference(name)] })),
    ),
  )
}

function comparedFits(a: FitFileModel, b: FitFileModel): Child {
  const key = ({ fit, sample, label, bin }: FitRow) => JSON.stringify([fit, sample, label, bin])
  const [ofA, ofB] = [a, b].map(
    file => new Map(file.fits.map((row, index) => [key(row), { row, index }])),
  ) as unknown as [Rows, Rows]
  const keys = [...new Set([...ofA.keys(), ...ofB.keys()])]
  const link = (file: FitFileModel, found: Found | undefined) =>
    found === undefined
      ? '–'
      : h('a', { href: addressOf('fits', file.id, String(found.index)) }, efficiencyText(found.row))
  const rows = keys.map(one => {
    const [x, y] = [ofA.get(one), ofB.get(one)]
    const row = (x ?? y)!.row
    const isBad = [x, y].some(found => found !== undefined && !found.row.valid)
    const difference = less(y?.row.efficiency, x?.row.efficiency)
    const pull = over(difference, Math.max(x?.row.error ?? 0, y?.row.error ?? 0))
    return {
      state: stateOfBoth(isBad, pull),
      cells: [
        `${row.label}${row.fit === 'nominal' ? '' : `, ${row.fit}`}, ${binName(row)}`,
        rangesOf(row).join(', '),
        link(a, x),
        link(b, y),
        fixed(difference, 5),
        fixed(pull, 2),
        x?.row.shapes === y?.row.shapes ? row.shapes : `${x?.row.shapes ?? '–'}, ${y?.row.shapes ?? '–'}`,
        [x, y].map(found => (found === undefined ? '' : [stateOf(found.row), ' '])),
      ],
    }
  })
  const text = { isText: true }
  return table(
    'Efficiencies of both',
    [
      { title: 'fit', ...text },
      { title: 'bin', ...text },
      { title: `A: ${a.name}` },
      { title: `B: ${b.name}` },
      { title: 'B − A' },
      { title: '(B − A) / error', hint: 'over the larger of the two errors: both are of the same probes, mostly' },
      { title: 'shapes', ...text },
      { title: 'A, B', ...text },
    ],
    rows,
  )
}

function less(y: number | null | undefined, x: number | null | undefined): number | null {
  return typeof x === 'number' && typeof y === 'number' ? y - x : null
}

function over(difference: number | null, error: number): number | null {
  return difference === null || error === 0 ? null : difference / error
}

function stateOfBoth(isBad: boolean, pull: number | null): Row['state'] {
  if (isBad) return 'bad'
  return pull !== null && Math.abs(pull) > 1 ? 'warn' : undefined
}

interface Found {
  readonly row: FitRow
  readonly index: number
}
type Rows = ReadonlyMap<string, Found>

function comparedFactors(a: FactorsModel, b: FactorsModel): Child {
  const key = (ranges: FactorsModel['bins'][number]['ranges']) => JSON.stringify(ranges)
  const [ofA, ofB] = [a, b].map(one => new Map(one.bins.map(bin => [key(bin.ranges), bin] as const)))
  const keys = [...new Set([...ofA!.keys(), ...ofB!.keys()])]
  const rows = keys.map(one => {
    const [x, y] = [ofA!.get(one), ofB!.get(one)]
    const isBad = [x, y].some(bin => bin?.status === 'failed')
    const difference = less(y?.value, x?.value)
    const pull = over(difference, Math.max(x?.up ?? 0, x?.down ?? 0, y?.up ?? 0, y?.down ?? 0))
    return {
      state: stateOfBoth(isBad, pull),
      cells: [
        ...(x ?? y)!.ranges.map(range),
        x === undefined ? '–' : withSides(x.value, x.down, x.up),
        y === undefined ? '–' : withSides(y.value, y.down, y.up),
        fixed(difference, 5),
        fixed(pull, 2),
      ],
    }
  })
  return table(
    'Scale factors of both',
    [
      ...a.axes.map(axis => ({ title: axis.name })),
      { title: `A: ${a.name}` },
      { title: `B: ${b.name}` },
      { title: 'B − A' },
      { title: '(B − A) / error', hint: 'over the largest of the errors' },
    ],
    rows,
  )
}
