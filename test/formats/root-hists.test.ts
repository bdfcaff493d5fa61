import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { openFile } from 'jsroot/io'
import { test } from 'uvu'
import { equal, is, not, ok, throws } from 'uvu/assert'
import { UsageError } from '../../lib/core/errors.js'
import { type NamedHist, pickleHists, rootHistsFile } from '../../lib/formats/index.js'
import { type Axis, type Hist, newHist, regularAxis, variableAxis } from '../../lib/hist/index.js'
import { openRootFile, readHistogram } from '../../lib/root/index.js'
import { scratch } from '../support/cli.js'
import { pythonPath, testIf } from '../support/tools.js'

const a = variableAxis({ name: 'a', label: 'A [GeV]', edges: [0, 1, 3] })
const b = variableAxis({ name: 'b', edges: [-1, 0, 0.5, 2] })
const mll = regularAxis({ name: 'mll', label: 'mll [GeV]', bins: 4, lower: 50, upper: 130 })

/** Cell i holds 1.25 i - 2, and its variance i / 3. */
function counted(...axes: Axis[]): Hist {
  const hist = newHist(axes)
  for (let i = 0; i < hist.value.length; i++) {
    hist.value[i] = 1.25 * i - 2
    hist.variance[i] = i / 3
  }
  return hist
}

const HISTS: readonly NamedHist[] = [
  { path: 'one', hist: counted(mll) },
  { path: 'folder/two', hist: counted(a, mll) },
  { path: 'folder/deeper/three', hist: counted(a, b, mll) },
  { path: 'folder/variable', hist: counted(b) },
]
const FILE = rootHistsFile(HISTS, 'x.root')

/** What jsroot makes of a histogram. */
interface Th {
  readonly _typename: string
  readonly fName: string
  readonly fTitle: string
  readonly fEntries: number
  readonly fTsumw: number
  readonly fTsumwx: number
  readonly fTsumwx2: number
  readonly fTsumwxy?: number
  readonly fArray: ArrayLike<number>
  readonly fSumw2: ArrayLike<number>
  readonly fXaxis: ThAxis
  readonly fYaxis: ThAxis
  readonly fZaxis: ThAxis
}

interface ThAxis {
  readonly fTitle: string
  readonly fNbins: number
  readonly fXmin: number
  readonly fXmax: number
  readonly fXbins: ArrayLike<number>
}

async function byJsroot(path: string, file: Uint8Array = FILE): Promise<Th> {
  return (await (await openFile(new Uint8Array(file).buffer)).readObject(path)) as Th
}

test('jsroot reads contents and variances with underflow and overflow, in one to three dimensions', async () => {
  for (const [i, className] of ['TH1D', 'TH2D', 'TH3D', 'TH1D'].entries()) {
    const { path, hist } = HISTS[i]!
    const got = await byJsroot(path)
    equal([got._typename, got.fName, got.fTitle], [className, path.split('/').at(-1), ''])
    equal(Array.from(got.fArray), [...hist.value], path)
    equal(Array.from(got.fSumw2), [...hist.variance], path)
  }
})

test('axes have their title, edges or limits, and one without a label that of its name', async () => {
  const { fXaxis, fYaxis, fZaxis } = await byJsroot('folder/deeper/three')
  equal(
    [fXaxis, fYaxis, fZaxis].map(({ fTitle, fNbins, fXmin, fXmax, fXbins }) => [
      ...[fTitle, fNbins, fXmin, fXmax],
      Array.from(fXbins),
    ]),
    [
      ['A [GeV]', 2, 0, 3, [0, 1, 3]],
      ['b', 3, -1, 2, [-1, 0, 0.5, 2]],
      ['mll [GeV]', 4, 50, 130, []],
    ],
  )
  const { fYaxis: absent } = await byJsroot('one')
  equal([absent.fTitle, absent.fNbins, absent.fXmin, absent.fXmax], ['', 1, 0, 1])
})

test('entries count all cells, the statistics the bins alone', async () => {
  // Bins of mll: centres 60, 80, 100, 120 with -0.75, 0.5, 1.75, 3; underflow -2, overflow 4.25.
  const one = await byJsroot('one')
  equal([one.fEntries, one.fTsumw, one.fTsumwx], [6.75, 4.5, -45 + 40 + 175 + 360])
  is(one.fTsumwx2, -0.75 * 3600 + 0.5 * 6400 + 1.75 * 10000 + 3 * 14400)
  const small = newHist([a, b])
  small.value[1 + 4 * 2] = 2 // a 0.5, b 0.25
  const file = rootHistsFile([{ path: 'h', hist: small }], 'x.root')
  const two = await byJsroot('h', file)
  equal([two.fEntries, two.fTsumwx, two.fTsumwxy], [2, 1, 0.25])
})

test('the reader of pileup histograms and the list of keys understand the file', async () => {
  const dir = scratch()
  try {
    writeFileSync(dir.path('x.root'), FILE)
    const { edges, values } = await readHistogram(dir.path('x.root'), 'folder/variable')
    equal([...edges], [-1, 0, 0.5, 2])
    equal([...values], [-0.75, 0.5, 1.75])
    const file = await openRootFile(dir.path('x.root'))
    const keys = await file.keys()
    await file.close()
    equal(
      keys.filter(key => key.className.startsWith('TH')).map(key => key.path),
      ['one', 'folder/two', 'folder/deeper/three', 'folder/variable'],
    )
  } finally {
    dir.remove()
  }
})

test('the same histograms give the same bytes, and others another identity', () => {
  ok(Buffer.from(FILE).equals(rootHistsFile(HISTS, 'x.root')))
  const other = rootHistsFile([{ path: 'one', hist: counted(a) }], 'x.root')
  const uuidOf = (file: Uint8Array) => Buffer.from(file.subarray(47, 63)).toString('hex')
  not.equal(uuidOf(other), uuidOf(FILE))
  ok(!/^0+$/.test(uuidOf(FILE)))
})

test('thousands of histograms and a large one go through', async () => {
  const many = Array.from({ length: 3000 }, (_, i) => ({ path: `h${i}`, hist: counted(mll) }))
  equal(Array.from((await byJsroot('h2999', rootHistsFile(many, 'x.root'))).fArray), [...counted(mll).value])
  const axis = (name: string) => regularAxis({ name, bins: 1098, lower: 0, upper: 1 })
  const large = newHist([axis('x'), axis('y')]) // 9.7 MB each of contents and variances: more than one block
  large.value.forEach((_, i) => {
    large.value[i] = i % 1000
  })
  const got = await byJsroot('large', rootHistsFile([{ path: 'large', hist: large }], 'x.root'))
  equal([got.fArray.length, got.fArray[999], got.fArray[1_209_999]], [1_210_000, 999, 999])
})

test('four axes, paths given twice and paths without a name are refused', () => {
  const hist = counted(mll)
  for (const [hists, want] of [
    [
      [{ path: 'x', hist: counted(a, b, mll, variableAxis({ name: 'c', edges: [0, 1] })) }],
      /x: has 4 axes \(a, b, mll, c\)/,
    ],
    [[{ path: 'x', hist: newHist([]) }], /x: has 0 axes/],
    [
      [
        { path: 'x', hist },
        { path: 'x', hist },
      ],
      /x: is there twice/,
    ],
    [
      [
        { path: 'x', hist },
        { path: 'x/y', hist },
      ],
      /x: is both a histogram and a folder/,
    ],
    [[{ path: 'x//y', hist }], /x\/\/y: has a part without a name/],
  ] as const) {
    throws(
      () => rootHistsFile(hists, 'x.root'),
      (error: Error) => error instanceof UsageError && want.test(error.message),
    )
  }
})

/** Compares the file argv[1] with what uproot writes of the pickle argv[2], member by member. */
const COMPARE = `
import json, math, pickle, sys, numpy, uproot
def flat(tree, path=""):
    for key, node in tree.items():
        yield from flat(node, path + key + "/") if isinstance(node, dict) else [(path + key, node)]
def plain(x):
    if isinstance(getattr(x, "_data", None), numpy.ndarray): return list(map(float, x._data))
    if hasattr(x, "all_members"): return {k: plain(v) for k, v in x.all_members.items()}
    if isinstance(x, numpy.ndarray) or (hasattr(x, "__iter__") and not isinstance(x, str)): return [plain(y) for y in x]
    return x if isinstance(x, (str, bool, type(None))) else float(x)
def same(x, y):
    if isinstance(x, float): return isinstance(y, float) and math.isclose(x, y, rel_tol=1e-12, abs_tol=1e-12)
    if isinstance(x, list): return len(x) == len(y) and all(map(same, x, y))
    if isinstance(x, dict): return list(x) == list(y) and all(same(x[k], y[k]) for k in x)
    return x == y
with uproot.recreate(sys.argv[3]) as f:
    for name, h in flat(pickle.load(open(sys.argv[2], "rb"))): f[name] = h
ours, theirs = (uproot.open(p, object_cache=None) for p in (sys.argv[1], sys.argv[3]))
found = []
for key in theirs.keys():
    if "TDirectory" in str(type(theirs[key])) or isinstance(theirs[key], uproot.ReadOnlyDirectory): continue
    x, y = ours[key], theirs[key]
    assert x.classname == y.classname and same(plain(x), plain(y)) and x.to_hist() == y.to_hist(), key
    found.append(key)
def described(file):
    return {(n, v): plain(i) for n, versions in file.file.streamers.items() for v, i in versions.items()}
x, y = described(ours), described(theirs)
for key in y: assert x[key] == y[key], key
print(json.dumps([ours.keys() == theirs.keys(), found]))
`

testIf(
  test,
  pythonPath(),
  'Python with uproot and hist',
)('every member and class description is what uproot writes of the same histograms', () => {
  const dir = scratch()
  try {
    const tree = { one: HISTS[0]!.hist, folder: { two: HISTS[1]!.hist, deeper: { three: HISTS[2]!.hist } } }
    const hists = HISTS.slice(0, 3)
    writeFileSync(dir.path('ours.root'), rootHistsFile(hists, 'ours.root'))
    writeFileSync(dir.path('h.pkl'), pickleHists(tree))
    const args = ['ours.root', 'h.pkl', 'theirs.root'].map(dir.path)
    const { stdout, stderr } = spawnSync(pythonPath()!, ['-c', COMPARE, ...args], { encoding: 'utf8' })
    is(stderr, '')
    equal(JSON.parse(stdout), [true, ['one;1', 'folder/two;1', 'folder/deeper/three;1']])
  } finally {
    dir.remove()
  }
})

/** Compares the TH2F of the file argv[1] with one that uproot makes of single-precision cells: class, members, descriptions. */
const COMPARE_SINGLE = `
import sys, numpy as np, uproot
from uproot.writing.identify import to_TAxis, to_TH2x
x = to_TAxis("xaxis", "A [GeV]", 2, 0.0, 3.0, np.array([0.0, 1.0, 3.0]))
y = to_TAxis("yaxis", "b", 3, -1.0, 2.0, np.array([-1.0, 0.0, 0.5, 2.0]))
z = to_TAxis("zaxis", "", 1, 0.0, 1.0)
cells = np.arange(20, dtype=np.float64)
h = to_TH2x("h", "", (1.25 * cells - 2).astype(">f4"), *[0.0] * 8, cells / 3, x, y, z)
with uproot.recreate(sys.argv[2]) as f: f["single"] = h
ours, theirs = uproot.open(sys.argv[1]), uproot.open(sys.argv[2])
def described(file):
    kinds = file.file.streamers["TH2F"].items()
    names = ["fName", "fTitle", "fType", "fSize", "fTypeName", "fBaseVersion"]
    return [(v, i.member("fCheckSum"), [[str(e.member(n)) for n in names] + list(map(int, e.member("fMaxIndex"))) for e in i.elements]) for v, i in kinds]
assert described(ours) == described(theirs), (described(ours), described(theirs))
a, b = ours["single"], theirs["single"]
assert a.classname == b.classname == "TH2F"
assert np.array_equal(a.values(flow=True), b.values(flow=True)) and np.array_equal(a.variances(flow=True), b.variances(flow=True))
assert a.values().dtype == b.values().dtype and all(np.array_equal(a.axis(k).edges(), b.axis(k).edges()) for k in (0, 1))
print("same")
`

testIf(
  test,
  pythonPath(),
  'Python with uproot',
)('a map in single precision is a TH2F like that of uproot', () => {
  const dir = scratch()
  try {
    const map = { path: 'single', hist: counted(a, b), precision: 'single' as const }
    writeFileSync(dir.path('ours.root'), rootHistsFile([map, ...HISTS], 'ours.root'))
    const args = ['ours.root', 'theirs.root'].map(dir.path)
    const { stdout, stderr } = spawnSync(pythonPath()!, ['-c', COMPARE_SINGLE, ...args], { encoding: 'utf8' })
    equal([stderr, stdout], ['', 'same\n'])
  } finally {
    dir.remove()
  }
})

/** Reads the graph of the file argv[1], also by what the file says of its class alone, and compares that with what uproot knows. */
const GRAPH = `
import json, sys, uproot
import uproot.models.TGraph as known
from uproot.writing._cascade import RawStreamerInfo
file = uproot.open(sys.argv[1], object_cache=None)
with uproot.recreate(sys.argv[2]) as f: f.file.update_streamers([RawStreamerInfo(*raw) for raw in known.Model_TGraphErrors_v3.class_rawstreamers])
def described(file, name):
    names = ["fName", "fTitle", "fType", "fSize", "fTypeName", "fBaseVersion", "fCountVersion", "fCountName", "fCountClass"]
    return [(v, i.member("fCheckSum"), [[str(e.all_members.get(n)) for n in names] + list(map(int, e.member("fMaxIndex"))) for e in i.elements])
            for v, i in file.file.streamers[name].items()]
theirs = uproot.open(sys.argv[2])
for name in "TGraph", "TGraphErrors", "TList", "TAttMarker":
    assert described(file, name) == described(theirs, name), (described(file, name), described(theirs, name))
def numbers(file):
    g = file["folder/graph"]
    return [g.classname, g.member("fTitle"), *[list(map(float, g.member(name))) for name in ("fX", "fY", "fEX", "fEY")], len(g.member("fFunctions"))]
bare = uproot.open(sys.argv[1], object_cache=None, custom_classes={name: c for name, c in uproot.classes.items() if "TGraph" not in name})
assert numbers(file) == numbers(bare)
print(json.dumps(numbers(bare)))
`

const graph = {
  title: '10 < pt < 20',
  x: Float64Array.of(-1.5, 0.25, 2),
  y: Float64Array.of(0.9, 1, 1.1),
  xError: Float64Array.of(0.5, 0.25, 0),
  yError: Float64Array.of(0.01, 0.02, 1e-9),
}

test('jsroot reads a graph with its errors, beside histograms and in a folder', async () => {
  const bytes = rootHistsFile(HISTS, 'g.root', [{ path: 'folder/graph', graph }])
  const file = await openFile(new Uint8Array(bytes).buffer)
  const read = (await file.readObject('folder/graph')) as unknown as Record<string, unknown>
  equal([read._typename, read.fName, read.fTitle, read.fNpoints], ['TGraphErrors', 'graph', graph.title, 3])
  const arrays = ['fX', 'fY', 'fEX', 'fEY'].map(key => Array.from(read[key] as ArrayLike<number>))
  equal(
    arrays,
    [graph.x, graph.y, graph.xError, graph.yError].map(values => [...values]),
  )
  const empty = new Float64Array(0)
  const none = { title: '', x: empty, y: empty, xError: empty, yError: empty }
  const without = await openFile(new Uint8Array(rootHistsFile([], 'g.root', [{ path: 'none', graph: none }])).buffer)
  is(((await without.readObject('none')) as unknown as { fNpoints: number }).fNpoints, 0)
})

testIf(
  test,
  pythonPath(),
  'Python with uproot',
)('uproot reads a graph, by its own knowledge of the class and by what the file says of it', () => {
  const dir = scratch()
  try {
    writeFileSync(dir.path('g.root'), rootHistsFile(HISTS, 'g.root', [{ path: 'folder/graph', graph }]))
    const args = ['-c', GRAPH, dir.path('g.root'), dir.path('theirs.root')]
    const { stdout, stderr } = spawnSync(pythonPath()!, args, { encoding: 'utf8' })
    is(stderr, '')
    const lists = [graph.x, graph.y, graph.xError, graph.yError].map(values => [...values])
    equal(JSON.parse(stdout), ['TGraphErrors', graph.title, ...lists, 0])
  } finally {
    dir.remove()
  }
})

test.run()
