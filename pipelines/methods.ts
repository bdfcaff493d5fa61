/** The branches that the methods add to a tag-and-probe workflow: one stretch a distinct mass window, with the filters
 *  evaluated in it, and from there one branch a method. */
import type { TagAndProbeMethod } from '../lib/config/index.js'
import type { Pairs, Wire } from '../lib/core/types.js'
import { countProbes, cutMass, describeMass, evaluateFilters } from '../lib/stages/index.js'
import { addArrays, addPassingAndFailing } from './arrays.js'
import type { MethodContext } from './context.js'
import { addHistograms } from './histograms.js'
import { withLateColumns } from './nano.js'

export function addMethods(pairs: Wire<Pairs>, context: MethodContext): void {
  const { job, filters } = context
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
    filtered.to(`counts[${window}]`, countProbes(filters.map(f => f.name)))
    for (const method of methods) addMethod(filtered, method, context)
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
