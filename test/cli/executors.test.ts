/** Whatever runs the job, and however its events are cut into chunks, the outputs are the same. */
import { readFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, ok } from 'uvu/assert'
import { type HistTree, isHist, parseUhiTree } from '../../lib/formats/index.js'
import { filesBelow, jobOptions, runAnalysis, scratch } from '../support/cli.js'
import { close } from '../support/columns.js'

/** Everything but the times in reports. */
function comparable(dir: string): Map<string, string> {
  return new Map(
    [...filesBelow(dir)].map(([name, bytes]) => {
      if (!name.endsWith('report.json')) return [name, bytes.toString('latin1')]
      const entries = JSON.parse(bytes.toString()) as { args: unknown; exception: unknown }[]
      return [name, JSON.stringify(entries.map(({ args, exception }) => [args, exception]))]
    }),
  )
}

async function outputs(config: string, args: readonly string[]): Promise<Map<string, string>> {
  const out = scratch()
  const { status, stderr } = await runAnalysis([...jobOptions(config), '--output', out.dir, '--no-summary', ...args])
  equal(status, 0, stderr)
  const files = comparable(out.dir)
  out.remove()
  return files
}

for (const config of ['fixtures/config', 'fixtures/config/old']) {
  test(`outputs of ${config} are equal byte for byte whichever executor ran`, async () => {
    const want = await outputs(config, ['--executor', 'sync'])
    ok(want.size > 20)
    for (const args of [
      ['--executor', 'threads'],
      ['--executor', 'threads', '--workers', '1'],
      ['--executor', 'threads', '--workers', '2'],
      ['--executor', 'processes', '--workers', '2'],
    ]) {
      const got = await outputs(config, args)
      equal([...got.keys()], [...want.keys()], args.join(' '))
      for (const [name, bytes] of want) ok(got.get(name) === bytes, `${args.join(' ')}: ${name} differs`)
    }
  })
}

const FILE = 'fixtures/root/nano-mc.root'
const EVENTS = 300

async function histograms(steps: readonly (readonly [number, number])[] | null): Promise<HistTree> {
  const out = scratch()
  const file = steps === null ? 'Events' : { object_path: 'Events', steps }
  const fileset = out.json('fileset.json', {
    MC: { files: { [FILE]: file }, metadata: { isMC: true, pileupJSON: 'fixtures/root/pileup.json' } },
  })
  const options = jobOptions('fixtures/config')
  const { status, stderr } = await runAnalysis([...options, '--fileset', fileset, '--output', out.path('out')])
  equal(status, 0, stderr)
  const path = out.path('out/MC/get_nd_tnp_histograms_1/cutBased_gte_4_histos.json')
  const tree = parseUhiTree(readFileSync(path, 'utf8'), path)
  out.remove()
  return tree
}

test('histograms do not depend on the steps of the fileset, beyond rounding', async () => {
  const want = await histograms(null)
  const chunkings = [
    Array.from({ length: 10 }, (_, i) => [30 * i, 30 * i + 30] as const),
    [
      [0, 1],
      [1, 77],
      [77, 299],
      [299, EVENTS],
    ] as const,
  ]
  for (const steps of chunkings) {
    const got = await histograms(steps)
    for (const key of ['passing', 'failing']) {
      const [a, b] = [got[key]!, want[key]!]
      ok(isHist(a) && isHist(b))
      for (let i = 0; i < b.value.length; i++) {
        close(a.value[i]!, b.value[i]!, 1e-12, 0, `${key} cell ${i}`)
        close(a.variance[i]!, b.variance[i]!, 1e-12, 0, `${key} variance ${i}`)
      }
    }
  }
})

test.run()
