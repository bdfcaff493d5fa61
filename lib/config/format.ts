/** Problems as text for people: one block for each, those of one file together. */
import { formatProblem, type Problem } from '../core/errors.js'

/** One problem a line, with its detail under it; at most `most`, then how many more there are. Files keep the order in which
 *  they first appear, and problems their order within a file. */
export function formatProblems(problems: readonly Problem[], most = 50): string {
  const files = new Map<string, Problem[]>()
  for (const problem of problems) {
    const file = problem.place.split(' /')[0]!
    const sameFile = files.get(file)
    if (sameFile === undefined) files.set(file, [problem])
    else sameFile.push(problem)
  }
  const lines = [...files.values()].flat().slice(0, most).map(formatProblem)
  if (problems.length > most) lines.push(`... and ${problems.length - most} more.`)
  return lines.join('\n')
}
