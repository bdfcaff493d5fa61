/** The union of certified luminosity sections of several golden JSON files. */
import { type GoldenRuns, loadGoldenJson, mergeRanges } from '../config/index.js'
import { type Problem, UsageError } from '../core/errors.js'
import { readWebPlace } from './corrections.js'

/** The sections that any of the files certifies: runs ascending, and each run's ranges ascending and disjoint. paths: files,
 *  gzipped or not, or URLs. onWarning: told of runs that a file lists twice, of which the last counts. Throws UsageError with the problems of all files. */
export async function mergeGoldenJsons(
  paths: readonly string[],
  onWarning: (message: string) => void = () => {},
): Promise<GoldenRuns> {
  const problems: Problem[] = []
  const merged = new Map<number, (readonly [number, number])[]>()
  for (const path of paths) {
    try {
      for (const [run, ranges] of await loadGoldenJson(path, { readRemote: readWebPlace, onWarning }))
        merged.set(run, [...(merged.get(run) ?? []), ...ranges])
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      problems.push(...error.problems)
    }
  }
  if (problems.length > 0) throw new UsageError(problems)
  return new Map([...merged].sort(([a], [b]) => a - b).map(([run, ranges]) => [run, mergeRanges(ranges)]))
}

/** A golden JSON in the layout of the reference: indented by two spaces. */
export function goldenJsonText(runs: GoldenRuns): string {
  return `${JSON.stringify(Object.fromEntries(runs), null, 2)}\n`
}
