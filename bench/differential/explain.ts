/** What a difference is explained by, beyond the reference's faults that mends.py repairs: differences on purpose, each by the sentence
 *  of docs/moving-from-egamma-tnp.md that it stands on. Rules are as narrow as can be, and counted. */
import type { Configuration } from './generate.js'
import type { Outcome } from './ours.js'
import type { Difference, ReferenceAnswer } from './reference.js'

export interface Verdict {
  readonly kind: 'equal' | 'both refuse' | 'explained' | 'unexplained' | 'skipped'
  /** What it is explained by. */
  readonly by: readonly string[]
  readonly text: string
}

interface Case {
  readonly configuration: Configuration
  readonly ours: Outcome
  readonly theirs: ReferenceAnswer
}

interface Rule {
  readonly name: string
  /** Whether the rule explains that the reference alone refuses. */
  readonly refusal?: (c: Case) => boolean
  /** Whether the rule explains a problem that we alone have; each must be explained. */
  readonly problem?: (line: string, c: Configuration) => boolean
  /** Whether the rule explains a difference of outputs. */
  readonly difference?: (d: Difference, c: Case) => boolean
}

/** We refuse, with this message, what the reference takes. */
const refusedHere = (
  name: string,
  message: RegExp,
  where: (found: RegExpExecArray, c: Configuration) => boolean = () => true,
): Rule => ({
  name,
  problem: (line, c) => {
    const found = message.exec(line)
    return found !== null && where(found, c)
  },
})

/** The reference refuses, with this message, what we take. */
const refusedThere = (
  name: string,
  error: RegExp,
  where: (found: RegExpExecArray, c: Configuration) => boolean = () => true,
): Rule => ({
  name,
  refusal: ({ theirs, configuration: c }) => {
    const found = theirs.status === 'refused' ? error.exec(theirs.error!) : null
    return found !== null && where(found, c)
  },
})

const COLUMN = 'filter with the name of a column'
const LISTS = 'lists of other collections in get_ntuples'
const TYPES = 'files of other types in one dataset'

const RULES: readonly Rule[] = [
  refusedHere(
    'windows and regions that hold nothing',
    /with lo < hi, got|nothing is inside|must be more than 0, got 0/,
  ),
  refusedHere('half of a pileup correction', /"pileup(Data|MC)" needs "pileup(MC|Data)" too/),
  refusedHere(COLUMN, /the filter ".*" has the name of/),
  refusedHere('unknown weight', /\/ weight \(dataset .*no (column|weight|variable)/),
  refusedHere('golden JSON that is not there', /no such file \(the golden JSON file/),
  refusedHere('edges that nothing uses', /binning\.json \/(\w+)_bins/, ([, name], c) => !axes(c).includes(name!)),
  refusedHere('list beside values a pair', /a list an event cannot stand next to one value a pair/),
  refusedHere('no filters in a list', /args\/filter: must have 1 or more elements/),
  refusedHere(TYPES, /Put files of different versions into different datasets/),
  refusedThere(TYPES, /size of array .* is less than size of form/, hasSeveralFiles),
  {
    name: TYPES,
    // Of all that is wrong with a file, each names what it looks at first.
    difference: (d, c) =>
      d.kind === 'exception' &&
      /: ValueError, reference KeyError$/.test(d.text) &&
      hasSeveralFiles([], c.configuration),
  },
  {
    name: TYPES,
    // What a report says of such a file.
    difference: (d, c) =>
      d.file.endsWith('report.json') &&
      c.theirs.differences!.some(
        ({ file, text }) => file === d.file && text.includes('Put files of different versions'),
      ),
  },
  refusedThere(LISTS, /IndexError|broadcast/, (_, c) => withLists(c).length > 0),
  {
    name: LISTS,
    difference: (d, { configuration: c }) =>
      /^(columns|rows|type)$/.test(d.kind) && withLists(c).some(folder => d.file.includes(`/${folder}/`)),
  },
  refusedThere(COLUMN, /no field '(.+)' in record/, ([, name], c) => filters(c).includes(name!)),
  {
    name: COLUMN,
    difference: (d, { configuration: c }) => d.kind === 'cells' && axes(c).some(name => filters(c).includes(name)),
  },
  {
    name: 'float32 sums that nearly cancel',
    difference: (d, c) => d.kind === 'cancelling' && withMethod(c.configuration, 'get_ntuples'),
  },
  {
    name: 'weight that is none of the columns',
    difference: (d, { configuration: c }) =>
      d.kind === 'cells' && weightedOtherwise(c).some(folder => d.file.includes(`/${folder}/`)),
  },
  refusedThere('nulls beside lists', /operands could not be broadcast together with shapes/, hasAggregates),
  refusedThere('np.where in expressions of ntuples', /^NotImplementedError/, (_, c) => texts(c).includes('np.where(')),
  refusedThere('steps of some files alone', /partition sizes for some but not all/),
  refusedThere(
    'simulation without Pileup_nTrueInt',
    /no field 'Pileup_nTrueInt' in record/,
    (_, { runner }) =>
      runner.workflow.endsWith('FromNanoNTuples') && runner.methods.every(({ name }) => name.includes('histograms')),
  ),
  refusedThere('collections without coordinates of their kind', /missing azimuthal coordinates/),
]

/** Variables of the axes of all histograms. */
function axes({ runner }: Configuration): string[] {
  const probe = runner.workflow.startsWith('Photon') ? 'ph' : 'el'
  const pt = runner.workflow === 'PhotonTagNProbeFromMiniNTuples' ? 'et' : 'pt'
  const usual = [`${probe}_${pt}`, `${probe}_eta`, `${probe}_phi`]
  const histograms = runner.methods.filter(m => m.name.includes('histograms'))
  return histograms.flatMap(m => (m.args.vars as string[] | undefined) ?? usual)
}

function filters({ runner, settings }: Configuration): string[] {
  return Object.keys((settings?.filters ?? runner.workflow_args.filters ?? {}) as object)
}

/** What pairs have besides the variables of a method. */
const OWN_COLUMNS = ['weight', 'weight_gen', 'weight_total', 'pair_mass', 'event', 'run', 'luminosityBlock', 'lumi']

/** Folders of the histograms whose weight is none of their variables: there it counts as 1. */
function weightedOtherwise({ runner }: Configuration): string[] {
  const counts = new Map<string, number>()
  return runner.methods.flatMap(({ name, args }) => {
    counts.set(name, (counts.get(name) ?? 0) + 1)
    const { weight, vars = [] } = args as { weight?: string | null; vars?: readonly string[] }
    const isOther = name.includes('histograms') && typeof weight === 'string' && !OWN_COLUMNS.includes(weight)
    return isOther && !vars.includes(weight) ? [`${name}_${counts.get(name)}`] : []
  })
}

/** Folders of the uses of get_ntuples that ask for lists of objects other than electrons and photons. */
function withLists({ runner }: Configuration): string[] {
  const uses = runner.methods.filter(m => m.name === 'get_ntuples')
  const hasLists = uses.map(m => Object.keys((m.args.vars ?? {}) as object).includes('Jet'))
  return hasLists.flatMap((has, k) => (has ? [`get_ntuples_${k + 1}`] : []))
}

/** Whether a dataset has several. */
function hasSeveralFiles(_: unknown, { fileset }: Configuration): boolean {
  return Object.values(fileset as Record<string, { files: object }>).some(d => Object.keys(d.files).length > 1)
}

function withMethod({ runner }: Configuration, name: string): boolean {
  return runner.methods.some(method => method.name === name)
}

/** Whether an expression takes one value of the pairs of each event, of which there may be none. */
function hasAggregates(_: unknown, c: Configuration): boolean {
  return /ak\.(min|max|argmin|argmax|firsts)\(/.test(texts(c))
}

function texts({ runner, settings }: Configuration): string {
  return JSON.stringify([runner.workflow_args, settings])
}

/** The problems of a message, one each. */
function problems(message: string): string[] {
  const lines = message.split('\n').filter(line => line.trim() !== '' && !line.startsWith(' '))
  return lines.filter(line => !/^\d+ problems, nothing was read or written$|^(warning|note): /.test(line))
}

/** The rules that explain that one of the two refuses; null: none does. */
function refusalRules(c: Case): string[] | null {
  if (c.theirs.status === 'refused') {
    const rule = RULES.find(r => r.refusal?.(c))
    return rule === undefined ? null : [rule.name]
  }
  const found = problems(c.ours.message).map(line => RULES.find(r => r.problem?.(line, c.configuration)))
  return found.length === 0 || found.includes(undefined) ? null : [...new Set(found.map(rule => rule!.name))]
}

/** Of one comparison, with the reference as it is or mended. */
export function verdict(c: Case): Verdict {
  const { ours, theirs } = c
  if (ours.status === 'crashed') return { kind: 'unexplained', by: [], text: `here: ${ours.message}` }
  if (theirs.status === 'timeout' || theirs.status === 'crashed')
    return { kind: 'skipped', by: [], text: theirs.error! }
  if (ours.status === 'refused' && theirs.status === 'refused')
    return { kind: 'both refuse', by: theirs.mended, text: '' }
  if (ours.status !== theirs.status) {
    const names = refusalRules(c)
    if (names !== null) return { kind: 'explained', by: [...theirs.mended, ...names], text: '' }
    const text =
      ours.status === 'refused' ? `refused here alone: ${ours.message}` : `refused there alone: ${theirs.error}`
    return { kind: 'unexplained', by: theirs.mended, text }
  }
  const differences = theirs.differences!
  const rules = new Set<string>()
  const left = differences.filter(d => {
    const rule = RULES.find(r => r.difference?.(d, c))
    if (rule !== undefined) rules.add(rule.name)
    return rule === undefined
  })
  if (left.length > 0) {
    const text = left.map(d => `${d.file}: ${d.kind}: ${d.text}`).join('\n')
    return { kind: 'unexplained', by: [...theirs.mended, ...rules], text }
  }
  const by = [...theirs.mended, ...rules]
  return { kind: by.length === 0 ? 'equal' : 'explained', by, text: '' }
}
