/** Histograms: pickles, UHI JSON, and TH1 in ROOT files. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type HistTree,
  isHist,
  pairsOf,
  parseUhiTree,
  pickleHists,
  rootHistsFile,
  uhiTree,
  uhiTreeLine,
  unpickleHists,
} from '../../../lib/formats/index.js'
import { efficiencyTable, equalHists, type Hist, newHist, regularAxis, variableAxis } from '../../../lib/hist/index.js'
import { createPileup } from '../../../lib/job/corrections.js'
import { openHistograms } from '../../../lib/root/histogram.js'
import { byteTarget, fileSeed, type Seed } from '../edits.js'
import { isObject, mutateJson, mutateText, shrinkJson, shrinkText } from '../json-edits.js'
import { type Json, pick, type Target, Wrong } from '../target.js'

const pt = variableAxis({ name: 'el_pt', label: 'Pt [GeV]', edges: [5, 10, 20] })
const mll = regularAxis({ name: 'mll', label: 'mll [GeV]', bins: 3, lower: 50, upper: 130 })

function counted(...axes: Parameters<typeof newHist>[0]): Hist {
  const hist = newHist(axes)
  for (let i = 0; i < hist.value.length; i++) hist.value[i] = hist.variance[i] = i % 3
  return hist
}

/** What has been read can be written again, and is the same then; and can be used, or not, with an error that says why. */
function use(tree: HistTree): string {
  const text = uhiTree(tree)
  const again = unpickleHists(pickleHists(tree), 'again')
  if (!hasWideAxis(tree)) compare(tree, again)
  // Groups without histograms have no form in UHI JSON.
  if (!hasEmptyGroup(tree)) compare(tree, parseUhiTree(text, 'again'))
  for (const { passing, failing } of pairsOf(tree, 'file')) efficiencyTable(passing, failing)
  return 'right'
}

/** Pickles have the lower limit and the distance: of -1e308 to 130 no digit of 130 is left. */
function hasWideAxis(tree: HistTree): boolean {
  return Object.values(tree).some(node =>
    isHist(node)
      ? node.axes.some(axis => axis.kind === 'regular' && axis.lower + (axis.upper - axis.lower) !== axis.upper)
      : hasWideAxis(node),
  )
}

function hasEmptyGroup(tree: HistTree): boolean {
  return Object.values(tree).some(node => !isHist(node) && (Object.keys(node).length === 0 || hasEmptyGroup(node)))
}

function compare(a: HistTree, b: HistTree): void {
  if (Object.keys(a).join('\n') !== Object.keys(b).join('\n')) throw new Wrong('written and read again, other names')
  for (const [key, node] of Object.entries(a)) {
    const other = b[key]!
    if (!isHist(node)) compare(node, other as HistTree)
    else if (!isHist(other) || !equalHists(node, other))
      throw new Wrong(`${key}: written and read again, another histogram`)
  }
}

/** What Python and boost-histogram have pickled, in base64, however deep. */
function storedPickles(json: unknown, name: string): Seed[] {
  if (typeof json === 'string') return [{ name, bytes: Buffer.from(json, 'base64') }]
  if (typeof json !== 'object' || json === null) return []
  return Object.entries(json).flatMap(([key, item]) => storedPickles(item, `${name}/${key}`))
}

export async function pickles(): Promise<Target> {
  const stored = storedPickles(JSON.parse(readFileSync('test/formats/data/pickles.gen.json', 'utf8')), 'stored')
  const own = { passing: counted(pt, mll), failing: counted(pt, mll), deeper: { one: counted(mll) } }
  const seeds = [
    ...stored.filter(({ bytes }) => bytes.length > 0 && bytes.length < 20_000),
    { name: 'own', bytes: Buffer.from(pickleHists(own)) },
  ]
  return byteTarget(seeds, async bytes => use(unpickleHists(bytes, 'h.pkl'))) as Target
}

type UhiCase = { readonly json: Json } | { readonly text: string }

export async function uhiJson(): Promise<Target> {
  const hists = { passing: counted(pt, mll), failing: counted(pt, mll), deeper: { 'a/b~': counted(mll) } }
  const flat = { pt: { barrel: { passing: counted(pt), failing: counted(pt) } } }
  const counts = uhiTree({ passing: counted(mll), failing: counted(mll) }).replaceAll('"weighted"', '"int"')
  const texts = [uhiTree(hists), uhiTreeLine(hists), uhiTree(flat), uhiTree({ one: counted(pt, pt, mll) }), counts]
  const target: Target<UhiCase> = {
    make: random => {
      const text = pick(random, texts)
      if (random.chance(0.2)) return { text: mutateText(text, random) }
      return { json: mutateJson(JSON.parse(text), random) }
    },
    run: async one => {
      // Halves of pairs, which no file holds, are all that JSON.stringify escapes beyond ASCII.
      const text = 'text' in one ? one.text : JSON.stringify(one.json).replaceAll(/\\ud[89a-f][0-9a-f]{2}/gi, '\\ufffd')
      return use(parseUhiTree(Buffer.from(text).toString('utf8'), 'h.json'))
    },
    *shrink(one) {
      if ('text' in one) for (const text of shrinkText(one.text)) yield { text }
      else for (const json of shrinkJson(one.json)) if (isObject(json)) yield { json }
    },
  }
  return target as Target
}

export async function rootHistograms(): Promise<Target> {
  const own = rootHistsFile(
    [
      { path: 'pileup', hist: counted(mll) },
      { path: 'folder/two', hist: counted(pt) },
    ],
    'x.root',
  )
  const seeds: Seed[] = [fileSeed('fixtures/root/pileup-data.root'), { name: 'own', bytes: own }]
  return byteTarget(seeds, async (bytes, scratch) => {
    const path = join(scratch, 'h.root')
    writeFileSync(path, bytes)
    const file = await openHistograms(path)
    try {
      for (const name of file.names) {
        const { edges, values } = await file.read(name)
        if (edges.length !== values.length + 1) throw new Wrong(`${edges.length} edges of ${values.length} bins`)
        await createPileup({ data: path, mc: Array.from(values, () => 0.01), normalizeMc: true })
      }
    } finally {
      await file.close()
    }
    return 'right'
  }) as Target
}
