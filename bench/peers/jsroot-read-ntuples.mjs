// jsroot reading fields of RNTuples, entry by entry: jsroot-read-ntuples.mjs FIELD,FIELD,... FILE ... Prints, as JSON, the sum of all
// numbers and the milliseconds from opening the first to the end.
import { openFile } from 'jsroot/io'
import { readHeaderFooter, rntupleProcess } from 'jsroot/rntuple'
import { TSelector } from 'jsroot/tree'

const [fields, ...files] = process.argv.slice(2)
const start = performance.now()
let sum = 0
for (const path of files) {
  const ntuple = await (await openFile(path)).readObject('Events')
  await readHeaderFooter(ntuple)
  const selector = new TSelector()
  for (const field of fields.split(',')) selector.addBranch(field)
  selector.Process = () => {
    for (const field in selector.tgtobj) {
      const value = selector.tgtobj[field]
      if (Array.isArray(value)) for (const item of value) sum += Number(item)
      else sum += Number(value)
    }
  }
  await rntupleProcess(ntuple, selector)
}
process.stdout.write(JSON.stringify({ sum, total: performance.now() - start }))
process.exit(0)
