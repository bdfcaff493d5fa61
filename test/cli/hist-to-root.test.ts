import { writeFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, is, match } from 'uvu/assert'
import { pickleHists, uhiTree } from '../../lib/formats/index.js'
import { newHist, variableAxis } from '../../lib/hist/index.js'
import { openRootFile } from '../../lib/root/index.js'
import { filesBelow, scratch, tnpPipe } from '../support/cli.js'

const axis = (name: string) => variableAxis({ name, edges: [0, 1, 3] })
const hist = (...names: string[]) => newHist(names.map(axis))
const files = scratch()
const nd = files.path('HLT.histos.pkl')
writeFileSync(nd, pickleHists({ passing: hist('a', 'b'), failing: hist('a', 'b') }))

async function contents(path: string): Promise<string[]> {
  const file = await openRootFile(path)
  const keys = await file.keys()
  await file.close()
  return keys.filter(key => key.className.startsWith('TH')).map(key => `${key.className} ${key.path}`)
}

test('the histograms of a 1d method go into folders by variable and region', async () => {
  const tree = {
    pt: { barrel: { passing: hist('pt'), failing: hist('pt') } },
    eta: { entire: { passing: hist('a', 'b') } },
  }
  const source = files.json('1d.json', uhiTree(tree))
  const output = files.path('x.root')
  const { status, stdout, stderr } = await tnpPipe(['hist-to-root', source, '--output', output])
  equal([status, stderr], [0, ''])
  is(stdout, `${output}: pt/barrel/passing, pt/barrel/failing, eta/entire/passing\n`)
  equal(await contents(output), ['TH1D pt/barrel/passing', 'TH1D pt/barrel/failing', 'TH2D eta/entire/passing'])
})

test('without --output the file stands beside the histograms', async () => {
  is((await tnpPipe(['hist-to-root', nd])).status, 0)
  equal(await contents(files.path('HLT.histos.root')), ['TH2D passing', 'TH2D failing'])
})

test('four axes, no histograms, a file of another kind and the file itself as output are refused', async () => {
  const four = files.json('four.json', uhiTree({ passing: hist('a', 'b', 'c', 'd') }))
  const empty = files.json('empty.json', '{}')
  const before = [...filesBelow(files.dir).keys()]
  for (const [args, status, want] of [
    [[four], 2, /four\.json > passing: has 4 axes \(a, b, c, d\); ROOT's histograms have 1 to 3/],
    [[empty], 2, /empty\.json: has no histograms/],
    [[files.path('none.pkl')], 1, /No such file or directory/],
    [['fixtures/root/types.root'], 1, /types\.root: is not JSON/],
    [[nd, '--output', nd], 2, /would be overwritten/],
    [[nd, '--output', files.path('no/where.root')], 2, /where\.root: cannot be created/],
  ] as const) {
    const got = await tnpPipe(['hist-to-root', ...args])
    equal([got.status, got.stdout], [status, ''], got.stderr)
    match(got.stderr, want)
  }
  equal([...filesBelow(files.dir).keys()], before)
})

test.after(() => files.remove())

test.run()
