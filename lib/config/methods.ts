/** The methods of a runner, each with its complete arguments. */
import { nearestHint } from '../core/errors.js'
import type { EdgesInUse } from './binning.js'
import { type Cursor, show } from './cursor.js'
import { METHOD_KEYS, METHOD_NAMES } from './generated/keys.gen.js'
import type { Filter, Method } from './job.js'
import { filterNameProblem, sanitizeFilterName } from './output-names.js'
import { DEFAULT_REGIONS, defaultMassRange, resolveMassRange, resolveRegions, WIDE_RANGE } from './ranges.js'
import { resolveReadOptions } from './read-options.js'
import { ANY, axisVars, collectionVars, columnVars, ONE_OR_MORE, THREE } from './vars.js'
import { type MethodName, methodsOf, WORKFLOWS, type WorkflowName } from './workflows.js'

/** What methods are resolved against. */
export interface MethodScope {
  readonly workflow: WorkflowName
  /** null: they are missing or wrong, which a problem says already. */
  readonly filters: readonly Filter[] | null
  readonly edges: EdgesInUse
}

/** The methods in order. Those with an unknown name, or of another workflow, are left out: a problem says so. */
export function resolveMethods(methods: Cursor, scope: MethodScope): Method[] {
  if (Array.isArray(methods.value) && methods.value.length === 0)
    methods.warn('the list is empty: there is nothing to do.')
  const counts = new Map<string, number>()
  const resolved: Method[] = []
  for (const method of methods.items()) {
    const name = method.get('name').or('')
    if (!(METHOD_NAMES as readonly string[]).includes(name)) continue
    warnOfUnknownKeys(method)
    if (!belongs(name as MethodName, method, scope.workflow)) continue
    const count = (counts.get(name) ?? 0) + 1
    counts.set(name, count)
    resolved.push(resolveMethod(name as MethodName, `${name}_${count}`, method.get('args'), scope))
  }
  return resolved
}

function warnOfUnknownKeys(method: Cursor): void {
  for (const [key, cursor] of method.entries()) {
    if (!(METHOD_KEYS as readonly string[]).includes(key))
      cursor.warn(`unknown key, ignored.${nearestHint(key, METHOD_KEYS, 1)}`)
  }
}

function belongs(name: MethodName, method: Cursor, workflow: WorkflowName): boolean {
  const names = methodsOf(workflow)
  if (names.includes(name)) return true
  method.get('name').problem(`${workflow} has no method "${name}". All: ${names.join(', ')}.`)
  return false
}

function resolveMethod(name: MethodName, id: string, args: Cursor, scope: MethodScope): Method {
  const uproot = resolveReadOptions(args.get('uproot_options'))
  const flat = args.get('flat').or(false)
  if (name === 'get_ntuples') {
    const massRange = resolveMassRange(args.get('mass_range'), WIDE_RANGE)
    const dropEmpty = args.get('drop_empty').or(false)
    const nullGenPt = args.get('null_gen_pt').or(false)
    return { name, id, massRange, uproot, flat, dropEmpty, nullGenPt, ...collectionVars(args.get('vars')) }
  }
  const cutAndCount = args.get('cut_and_count').or(true)
  const massRange = resolveMassRange(args.get('mass_range'), defaultMassRange(cutAndCount))
  const common = { id, massRange, uproot, cutAndCount }
  const defaults = WORKFLOWS[scope.workflow].defaultVars ?? []
  const vars = args.get('vars')
  if (name === 'get_tnp_arrays') return { name, ...common, vars: columnVars(vars, defaults), flat }
  const filters = resolveFilterNames(args, scope.filters)
  switch (name) {
    case 'get_passing_and_failing_probes':
      return { name, ...common, filters, vars: columnVars(vars, defaults), flat }
    case 'get_nd_tnp_histograms':
      return {
        name,
        ...common,
        filters,
        vars: axisVars(vars, defaults, scope.edges, cutAndCount ? ONE_OR_MORE : ANY),
        ...weightOf(args),
      }
    case 'get_1d_pt_eta_phi_tnp_histograms':
      return {
        name,
        ...common,
        filters,
        vars: axisVars(vars, defaults, scope.edges, THREE),
        ...weightOf(args),
        plateauCut: args.get('plateau_cut').or(0),
        regions: {
          pt: resolveRegions(args.get('eta_regions_pt'), DEFAULT_REGIONS.pt),
          eta: resolveRegions(args.get('phi_regions_eta'), DEFAULT_REGIONS.eta),
          phi: resolveRegions(args.get('eta_regions_phi'), DEFAULT_REGIONS.phi),
        },
      }
  }
}

/** null means unweighted; an absent weight means the default column. */
function weightOf(args: Cursor): { weight: string | null; weightNamed: boolean } {
  const cursor = args.get('weight')
  const weight = cursor.isAbsent ? 'weight' : cursor.or<string | null>(null)
  if (weight === '') cursor.problem('the name of the weight column is empty. Use null for no weights.')
  return { weight, weightNamed: weight !== null && weight !== 'weight' }
}

/** The filters of `filter`, a name or a list of names, each once. */
function resolveFilterNames(args: Cursor, filters: readonly Filter[] | null): string[] {
  const cursor = args.get('filter')
  if (filters?.length === 0 && !cursor.isAbsent && !cursor.isWrong) {
    cursor.problem('there are no filters to choose from. Define them in "filters".')
  }
  if (filters?.length === 0) return []
  const places = typeof cursor.value === 'string' ? [cursor] : cursor.items()
  const byFile = new Map<string, string>()
  for (const place of places.filter(item => !item.isWrong)) {
    const name = place.or('')
    const file = sanitizeFilterName(name)
    const other = byFile.get(file)
    const unusable = filterNameProblem(name)
    if (filters !== null && !filters.some(filter => filter.name === name)) place.problem(unknownFilter(name, filters))
    else if (unusable !== null) place.problem(`the filter's name ${show(name)} ${unusable}`)
    else if (other === name) place.warn(`${show(name)} is there twice; once is enough.`)
    else if (other !== undefined) {
      place.problem(`filters ${show(other)} and ${show(name)} would write to the same files ("${file}"). Rename one.`)
    } else byFile.set(file, name)
  }
  return [...byFile.values()]
}

function unknownFilter(name: string, filters: readonly Filter[]): string {
  const known = filters.map(filter => filter.name)
  const byExpression = filters.find(filter => filter.expression === name)
  const meant =
    byExpression === undefined ? nearestHint(name, known) : ` It is the expression of ${show(byExpression.name)}.`
  return `unknown filter ${show(name)}.${meant} All: ${known.map(show).join(', ')}.`
}
