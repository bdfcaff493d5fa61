/** Child process of the benchmark: opens one file and reads the job's branches, the first time and again. Prints JSON. */
import { openRootFile } from '../lib/root/index.js'

export interface ReadTimes {
  readonly openColdMs: number
  readonly openHotMs: number
  readonly readColdMs: number
  readonly readHotMs: number
}

const HOT_REPEATS = 15

async function once(path: string, branches: readonly string[]): Promise<{ openMs: number; readMs: number }> {
  const start = performance.now()
  const file = await openRootFile(path)
  const tree = await file.tree('Events')
  const opened = performance.now()
  await tree.read(branches, 0, tree.entries)
  const read = performance.now()
  await file.close()
  return { openMs: opened - start, readMs: read - opened }
}

const [path, ...branches] = process.argv.slice(2)
const cold = await once(path!, branches)
const hot = []
for (let k = 0; k < HOT_REPEATS; k++) hot.push(await once(path!, branches))
const middle = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!
const times: ReadTimes = {
  openColdMs: cold.openMs,
  openHotMs: middle(hot.map(run => run.openMs)),
  readColdMs: cold.readMs,
  readHotMs: middle(hot.map(run => run.readMs)),
}
process.stdout.write(JSON.stringify(times))
