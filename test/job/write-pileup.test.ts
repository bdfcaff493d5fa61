import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { test } from 'uvu'
import { equal, is, ok } from 'uvu/assert'
import { DataError, UsageError } from '../../lib/core/errors.js'
import { createPileup, writePileupCorrection } from '../../lib/job/index.js'
import { choosePileup, pileupWeight } from '../../lib/physics/correction/index.js'
import { filesBelow, scratch } from '../support/cli.js'
import { close } from '../support/columns.js'
import { pythonPath, testIf } from '../support/tools.js'

const data = 'fixtures/root/pileup-data.root'
const files = scratch()

/** A probability for each bin of the fixture, two of them 0. */
async function probabilities(): Promise<number[]> {
  const error = (await createPileup({ data, mc: [] }).catch(e => e)) as Error
  const bins = Number(/has (\d+) bins/.exec(error.message)![1])
  return Array.from({ length: bins }, (_, i) => (i % 7 === 3 ? 0 : 1 / (i + 2)))
}

test('a correction that was written is read back as it was', async () => {
  const mc = await probabilities()
  const written = await writePileupCorrection({ data, mc }, files.path('pu.json'))
  const read = choosePileup(JSON.parse(readFileSync(files.path('pu.json'), 'utf8')), data)
  equal(read, written)
})

test('.json.gz holds the same text, compressed', async () => {
  const mc = await probabilities()
  await writePileupCorrection({ data, mc }, files.path('pu.json'))
  await writePileupCorrection({ data, mc }, files.path('pu.json.gz'))
  equal(gunzipSync(readFileSync(files.path('pu.json.gz'))), readFileSync(files.path('pu.json')))
})

test('another suffix is refused before anything is read', async () => {
  const error = await writePileupCorrection({ data: 'missing.root', mc: [] }, files.path('pu.gz')).catch(e => e)
  ok(error instanceof UsageError)
  is(error.message, `${files.path('pu.gz')}: unknown kind of file. End its name in .json or .json.gz.`)
})

test('a histogram that does not fit is an error, and no file is left', async () => {
  const folder = scratch()
  const error = await writePileupCorrection({ data, mc: [1] }, folder.path('pu.json')).catch(e => e)
  ok(error instanceof DataError)
  ok(/pileup-data\.root: pileupMC has 1 numbers, the histogram "pileup" has \d+ bins\.$/.test(error.message))
  equal([...filesBelow(folder.dir)], [])
  folder.remove()
})

const SCRIPT = `
import json, sys
import correctionlib, numpy as np, uproot
histogram, file, mc, normalize = sys.argv[1], sys.argv[2], np.array(json.loads(sys.argv[3])), sys.argv[4] == "true"
mc[mc == 0] = 1e-10
density = uproot.open(histogram)["pileup"].to_hist().density()
wanted = density / (mc / np.sum(mc) if normalize else mc)
found = correctionlib.CorrectionSet.from_file(file)["Pileup"].evaluate(np.arange(len(mc), dtype=float))
print(json.dumps([wanted.tolist(), found.tolist()]))
`

testIf(
  test,
  pythonPath(),
  'Python with uproot, hist and correctionlib',
)('correctionlib reads the file, and finds in it what the reference computes', async () => {
  const mc = await probabilities()
  for (const normalizeMc of [false, true]) {
    const path = files.path(`normalize-${normalizeMc}.json.gz`)
    const pileup = await writePileupCorrection({ data, mc, normalizeMc }, path)
    const args = ['-c', SCRIPT, data, path, JSON.stringify(mc), String(normalizeMc)]
    const { stdout, stderr } = spawnSync(pythonPath()!, args, { encoding: 'utf8' })
    ok(stdout !== '', stderr)
    const [wanted, found] = JSON.parse(stdout) as [number[], number[]]
    const own = pileupWeight(pileup, 'nominal')(
      mc.map((_, i) => i),
      data,
    )
    is(wanted.length, mc.length)
    for (const [i, value] of wanted.entries()) {
      close(own[i]!, value, 1e-13, 0, `weight ${i}`)
      // correctionlib's parser of JSON may miss the last bit of a number.
      close(found[i]!, own[i]!, 1e-15, 0, `weight ${i} in the file`)
    }
  }
})

test.after(() => files.remove())

test.run()
