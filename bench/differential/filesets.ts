/** Random filesets of a family's files. */
import type { Source } from './catalog.js'
import type { Draw } from './draw.js'

export interface Dataset {
  readonly name: string
  readonly sources: readonly Source[]
}

/** Of fixtures/root/pileup-data.root. */
const PILEUP_BINS = 100
const NAMES = ['Data', 'DY', '/DYto2E/Run3-v1/NANOAODSIM', 'era/C', 'with blank', 'É', 'a.b', 'x=1']

/** One or two datasets; `document` is the fileset. The first source is `main`. */
export function fileset(
  draw: Draw,
  main: Source,
  all: readonly Source[],
): { document: Record<string, unknown>; datasets: Dataset[] } {
  const alike = all.filter(s => s.family === main.family && s.probes.some(p => main.probes.includes(p)))
  const names = draw.some(NAMES, draw.chance(0.12) ? 2 : 1)
  const datasets = names.map((name, k) => {
    const first = k === 0 ? main : draw.pick(alike)
    const same = alike.filter(s => s.isMC === first.isMC && s.branches.size === first.branches.size && s !== first)
    const more = draw.chance(0.2) ? draw.some(draw.chance(0.95) ? same : alike.filter(s => s !== first), 1) : []
    return { name, sources: [first, ...more] }
  })
  const document = Object.fromEntries(
    datasets.map(({ name, sources }) => {
      const hasSteps = draw.chance(0.4)
      const files: [string, unknown][] = sources.map(source => [
        source.path,
        file(draw, source, draw.chance(0.98) ? hasSteps : !hasSteps),
      ])
      if (draw.chance(0.03)) files.push([`./${sources[0]!.path}`, file(draw, sources[0]!, hasSteps)])
      if (draw.chance(0.04)) files.splice(draw.below(files.length + 1), 0, unreadable(draw, main))
      const listed = draw.chance(0.02)
      const data = listed ? files.map(([path]) => `${path}:${main.tree}`) : Object.fromEntries(files)
      return [
        name,
        {
          files: data,
          ...(draw.chance(0.85) ? { metadata: draw.chance(0.03) ? null : metadata(draw, sources[0]!) } : {}),
        },
      ]
    }),
  )
  return { document, datasets }
}

function unreadable(draw: Draw, { tree }: Source): [string, unknown] {
  return draw.pick([
    ['fixtures/root/missing.root', tree],
    ['fixtures/root/types.root', tree],
    ['fixtures/root/pileup-data.root', { object_path: tree }],
  ])
}

function file(draw: Draw, { tree, entries }: Source, hasSteps: boolean): unknown {
  if (!hasSteps)
    return draw.chance(0.7) ? tree : { object_path: tree, ...(draw.chance(0.4) ? { num_entries: entries } : {}) }
  const edges = draw.weighted<() => number[]>([
    [4, () => [0, ...draw.some(range(1, entries - 1), 1 + draw.below(3)).sort((a, b) => a - b), entries]],
    [1, () => [0, entries]],
    [1, () => draw.some(range(0, entries), 2).sort((a, b) => a - b)],
    [0.4, () => [0, 1, 2, entries]],
  ])()
  const steps = edges.slice(1).map((stop, k) => [edges[k]!, stop])
  if (draw.chance(0.1)) steps.splice(draw.below(steps.length), steps.length > 1 ? 1 : 0)
  if (draw.chance(0.04)) steps.at(-1)![1]! += 7
  if (draw.chance(0.02)) steps.reverse()
  if (draw.chance(0.03)) steps.push([entries, entries])
  return {
    object_path: tree,
    steps,
    ...(draw.chance(0.4) ? { num_entries: entries } : {}),
    ...(draw.chance(0.2) ? { format: 'root', lfn: null } : {}),
  }
}

function range(first: number, last: number): number[] {
  return Array.from({ length: Math.max(1, last - first + 1) }, (_, k) => first + k)
}

function metadata(draw: Draw, { isMC, golden, pileup }: Source): Record<string, unknown> {
  const both = isMC && draw.chance(0.05)
  const alone = draw.chance(0.02)
  return draw.options({
    isMC: [
      0.3,
      () =>
        draw.weighted<unknown>([
          [6, isMC],
          [0.6, !isMC],
          [1, null],
        ]),
    ],
    goldenJSON: [
      0.3,
      () =>
        draw.weighted<unknown>([
          [8, golden],
          [1, null],
          [0.15, 'fixtures/root/nowhere.json'],
        ]),
    ],
    pileupJSON: [isMC ? 0.4 : 0.05, () => draw.pick(pileup)],
    pileupData: [both || alone ? 1 : 0, () => 'fixtures/root/pileup-data.root'],
    pileupMC: [both ? 1 : 0, () => probabilities(draw)],
    era: [0.1, () => '2022C'],
    dataset: [0.02, () => 'other'],
  })
}

/** As many as the pileup histogram of data has bins, with zeros among them; rarely too few. */
function probabilities(draw: Draw): number[] {
  return range(1, draw.chance(0.9) ? PILEUP_BINS : 5).map(x => (x % 7 === 0 ? 0 : x / 5050))
}
