/** Reading fields of RNTuples with this program: read-ntuples.js FIELD,FIELD,... FILE ... Prints, as JSON, the sum of all
 *  numbers and the milliseconds from opening the first to the end. */
import type { Values } from '../../lib/core/types.js'
import { openRootFile } from '../../lib/root/index.js'

const [fields, ...files] = process.argv.slice(2)
const start = performance.now()
let sum = 0
for (const path of files) {
  const file = await openRootFile(path)
  const tree = await file.tree('Events')
  for (const { values } of (await tree.read(fields!.split(','), 0, tree.entries)).values()) sum += sumOf(values)
  await file.close()
}
process.stdout.write(JSON.stringify({ sum, total: performance.now() - start }))

function sumOf(values: Values): number {
  let sum = 0
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
    for (let i = 0; i < values.length; i++) sum += Number(values[i])
  } else {
    for (let i = 0; i < values.length; i++) sum += values[i]!
  }
  return sum
}
