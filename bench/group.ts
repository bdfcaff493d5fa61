/** What is measured: groups of lines whose times come from the same processes. */
import { type Row, summarize } from './summary.js'
import type { Usage } from './usage.js'

export interface Line {
  readonly what: string
  /** Key of its time in what `run` gives. */
  readonly key: string
}

export interface Group {
  readonly lines: readonly Line[]
  /** Measures once, in fresh processes. */
  readonly run: () => Measured | Promise<Measured>
}

export interface Measured {
  readonly ms: Readonly<Record<string, number>>
  /** Events, pairs or rows that one run goes through; null where that says nothing. */
  readonly events: number | null
  readonly usage?: Usage
}

/** Measures the lines that `only` matches, group after group, and says on stderr which. A group is run through once more at the
 *  beginning where `warmUp` is set: the first run finds files and programs outside the system's cache. */
export async function measure(
  groups: readonly Group[],
  { runs, only, warmUp }: { readonly runs: number; readonly only: RegExp | null; readonly warmUp: boolean },
): Promise<Row[]> {
  const rows: Row[] = []
  for (const group of groups) {
    const lines = group.lines.filter(line => only === null || only.test(line.what))
    if (lines.length === 0) continue
    process.stderr.write(`${lines[0]!.what} ...\n`)
    if (warmUp) await group.run()
    const measured: Measured[] = []
    for (let run = 0; run < runs; run++) measured.push(await group.run())
    rows.push(...lines.map(line => rowOf(line, measured)))
  }
  return rows
}

function rowOf({ what, key }: Line, measured: readonly Measured[]): Row {
  const seconds = measured.map(({ ms }) => {
    const time = ms[key]
    if (time === undefined) throw new Error(`benchmark "${what}": no time "${key}" (got ${Object.keys(ms).join(', ')})`)
    return time / 1000
  })
  const usages = measured.flatMap(({ usage }) => usage ?? [])
  return summarize({ what, seconds, events: measured[0]!.events, usages })
}
