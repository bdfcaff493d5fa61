/** The output trees of one job that was run in two ways. */
import { filesBelow } from './cli.js'

export interface Comparing {
  /** Of reports, compare which steps were read as well. */
  readonly args: boolean
}

/** Every byte of the outputs, but for what reading took in reports: times, and counts of bytes and requests, which a single command has
 *  less of where it can leave baskets out. */
export function comparableFiles(dir: string, { args }: Comparing): Map<string, string> {
  return new Map(
    [...filesBelow(dir)].map(([name, bytes]) => {
      if (!name.endsWith('report.json')) return [name, bytes.toString('latin1')]
      const text = bytes.toString().replaceAll(/"(duration|call_time|num_\w+)": [^,}\]]+/g, '"$1": 0')
      return [name, args ? text : text.replaceAll(/"args": \[[^\]]*\]/g, '')]
    }),
  )
}

/** What differs between the folders, a line a file. renamed: texts in reports of `got` that stand for others. */
export function differingFiles(
  got: string,
  want: string,
  comparing: Comparing,
  renamed: ReadonlyMap<string, string> = new Map(),
): string[] {
  const [a, b] = [comparableFiles(got, comparing), comparableFiles(want, comparing)]
  const out = [...a.keys()].filter(name => !b.has(name)).map(name => `${name} is one too many`)
  for (const [name, bytes] of b) {
    if (!a.has(name)) out.push(`${name} is missing`)
    else if (restored(a.get(name)!, name, renamed) !== bytes) out.push(`${name} differs`)
  }
  return out
}

function restored(text: string, name: string, renamed: ReadonlyMap<string, string>): string {
  if (!name.endsWith('report.json')) return text
  let out = text
  for (const [from, to] of renamed) out = out.replaceAll(from, to)
  return out
}
