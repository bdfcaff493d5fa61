// jsroot reading fields of RNTuples, entry by entry: jsroot-read-ntuples.mjs FIELD,FIELD,... FILE ... Prints the sum of all numbers. In
// browsers jsroot has ZSTD; in Node it wants a package more, in whose place it gets the decoder of this program.
import { internals } from 'jsroot/core'
import { openFile } from 'jsroot/io'
import { readHeaderFooter, rntupleProcess } from 'jsroot/rntuple'
import { TSelector } from 'jsroot/tree'
import { createZstdDecoder, frameContentLength } from '../../dist/lib/codecs/zstd.js'

const decode = createZstdDecoder()
internals._ZstdStream = { decompress: frame => decode(frame, frameContentLength(frame)) }
const [fields, ...files] = process.argv.slice(2)
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
process.stdout.write(String(sum))
process.exit(0)
