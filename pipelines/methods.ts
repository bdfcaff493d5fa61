/** The branches that the methods add to a tag-and-probe workflow: one stretch a distinct mass window, with the filters
 *  evaluated in it, and from there one branch a method. */
import type { TagAndProbeMethod } from '../lib/config/index.js'
import { UsageError } from '../lib/core/errors.js'
import type { Pairs, Wire } from '../lib/core/types.js'
import { countProbes, cutMass, describeMass, evaluateFilters } from '../lib/stages/index.js'
import { otherThanNumbers, type Variable } from '../lib/stages/variables.js'
import { addArrays, addPassingAndFailing } from './arrays.js'
import { type MethodContext, sameName } from './context.js'
import { addHistograms, weightOf } from './histograms.js'
import { withLateColumns } from './nano.js'

/** Throws UsageError with what is wrong with the names and expressions of filters and methods. */
export function addMethods(pairs: Wire<Pairs>, context: MethodContext): void {
  const { job, filters } = context
  checkFilterNames(context)
  const windows = new Map<string, TagAndProbeMethod[]>()
  for (const method of job.methods) {
    const key = describeMass(method.massRange)
    windows.set(key, [...(windows.get(key) ?? []), method])
  }
  const complete = withLateColumns(pairs, context.plan)
  for (const [window, methods] of windows) {
    // Filters come after the window: they may count the pairs of an event, and the window decides which there are.
    const filtered = complete
      .to(`mass[${window}]`, cutMass(methods[0]!.massRange))
      .to(`filters[${window}]`, evaluateFilters(filters))
    filtered.to(
      `counts[${window}]`,
      countProbes(
        filters.map(f => f.name),
        countedWeight(methods, context),
      ),
    )
    for (const method of methods) addMethod(filtered, method, context)
  }
}

/** A filter's decisions are a column of the pairs, beside those that every workflow makes. */
function checkFilterNames({ filters, trailing, unitWeights }: MethodContext): void {
  const taken = new Set([...trailing.map(v => v.name), ...unitWeights])
  const problems = filters
    .filter(f => taken.has(f.name))
    .map(f => sameName(f.name, `the column "${f.name}" of the pairs`))
  if (problems.length > 0) throw new UsageError(problems)
}

/** What the summary's efficiencies are weighted by: the weight of the window's first histograms, so that both agree; without
 *  histograms that of tables, `weight`. Nothing is read that no method reads. null: every weight is 1. */
function countedWeight(methods: readonly TagAndProbeMethod[], context: MethodContext): Variable | null {
  const histograms = methods.find(method => 'weight' in method)
  try {
    if (histograms !== undefined) return weightOf(histograms, context)
    const weight = context.unitWeights.includes('weight') ? null : context.variable('weight', 'weight')
    return weight === null || otherThanNumbers(weight) !== null ? null : weight
  } catch (error) {
    // The method says what is wrong with its weight. Data and tables may have none.
    if (error instanceof UsageError) return null
    throw error
  }
}

function addMethod(pairs: Wire<Pairs>, method: TagAndProbeMethod, context: MethodContext): void {
  switch (method.name) {
    case 'get_tnp_arrays':
      addArrays(pairs, method, context)
      break
    case 'get_passing_and_failing_probes':
      addPassingAndFailing(pairs, method, context)
      break
    default:
      addHistograms(pairs, method, context)
  }
}
