/** Runs of the shared cases by the programs, and whether their outputs are the same. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { equal, ok } from 'uvu/assert'
import { type CliOptions, filesBelow, type Outcome, runAnalysis, scratch } from './cli.js'
import { sharedDir } from './tools.js'

/** Documents of a case, which is run in the folder of the data. */
export function caseOptions(name: string, cases = join(sharedDir()!, 'cases')): string[] {
  const folder = join(cases, name)
  return ['runner', 'fileset', 'settings', 'binning'].flatMap(kind => {
    const path = join(folder, `${kind}.json`)
    return existsSync(path) ? [kind === 'runner' ? '--config' : `--${kind}`, path] : []
  })
}

export interface CaseRun extends Outcome {
  readonly files: Map<string, Buffer>
}

export async function runCase(name: string, args: readonly string[], options: CliOptions = {}): Promise<CaseRun> {
  const out = scratch()
  try {
    const all = [...caseOptions(name), '--output', out.path('out'), '--no-progress', ...args]
    const outcome = await runAnalysis(all, { ...options, cwd: join(sharedDir()!, 'data') })
    return { ...outcome, files: existsSync(out.path('out')) ? filesBelow(out.path('out')) : new Map() }
  } finally {
    out.remove()
  }
}

/** Byte for byte, but for hosts and times in reports, and for the bytes that were read there: baskets between two chunks are read twice
 *  where the chunks go to two workers. */
export function sameFiles(got: Map<string, Buffer>, want: Map<string, Buffer>, name: string): void {
  ok(want.size > 0, name)
  equal([...got.keys()], [...want.keys()], name)
  for (const [path, bytes] of want) {
    if (path.endsWith('report.json')) equal(timeless(got.get(path)!), timeless(bytes), `${name}: ${path}`)
    else ok(got.get(path)!.equals(bytes), `${name}: ${path} differs`)
  }
}

function timeless(report: Buffer): unknown {
  const entries = JSON.parse(report.toString()) as Record<string, unknown>[]
  const nothing = { call_time: null, duration: null, fqdn: null, hostname: null, performance_counters: null }
  return entries.map(entry => ({ ...entry, ...nothing }))
}
