/** The branches that each dataset of a job needs. */
import type { Job } from '../config/index.js'
import { closeTrees } from '../stages/index.js'
import { prepareAll } from './prepare-all.js'

/** One line a branch, below a line a dataset. Opens the first readable file of each dataset. */
export async function necessaryColumns(job: Job): Promise<string> {
  const lines: string[] = []
  try {
    for (const { dataset, branches } of await prepareAll(job)) {
      lines.push(`${dataset.name}: ${branches.length} branches`, ...branches.map(b => `  ${b}`))
    }
  } finally {
    await closeTrees()
  }
  return `${lines.join('\n')}\n`
}
