/** TTrees of ours as uproot and ROOT read them. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'uvu'
import { equal, is, match, ok } from 'uvu/assert'
import type { Values } from '../../../lib/core/types.js'
import { ZLIB } from '../../../lib/formats/root-file/index.js'
import { TTREE, treeFormat } from '../../../lib/formats/ttree/index.js'
import { pythonPath, rootPythonPath, testIf } from '../../support/tools.js'
import { type Content, expectedBranches, makeTable, SCHEMA } from './tables.js'

const dir = mkdtempSync(join(tmpdir(), 'tnp-ttree-readers-'))
test.after(() => rmSync(dir, { recursive: true }))

const TABLES = [40, 40, 7, 200].map(makeTable)

async function writeFiles(): Promise<string[]> {
  await TTREE.load()
  const formats = [TTREE, treeFormat(ZLIB), treeFormat(null)]
  const paths = formats.map((format, k) => {
    const files = format.files(SCHEMA)
    const path = join(dir, `${k}.root`)
    writeFileSync(path, Buffer.concat(files.assembleFile(TABLES.map(table => files.encodeGroup(table)))))
    return path
  })
  const empty = join(dir, 'empty.root')
  writeFileSync(empty, Buffer.concat(TTREE.files(SCHEMA).assembleFile([])))
  return [...paths, empty]
}

/** What the scripts print of a branch: its values, little-endian, and the lengths of its lists, as hexadecimal digests. */
function digestOf({ values, counts }: Content): string {
  const sha1 = (bytes: Values | Int32Array) => createHash('sha1').update(bytes).digest('hex')
  return `${sha1(values)} ${counts === null ? '-' : sha1(Int32Array.from(counts))}`
}

function wanted(): string[] {
  return Array.from(expectedBranches(TABLES), ([name, content]) => `${name} ${digestOf(content)}`)
}

function run(python: string, script: string, paths: readonly string[]): string[] {
  const { stdout, stderr, status } = spawnSync(python, ['-u', '-W', 'ignore', '-c', script, ...paths], {
    encoding: 'utf8',
  })
  is(stderr, '')
  is(status, 0)
  return stdout.trimEnd().split('\n')
}

const DIGEST = `
import hashlib, sys
import numpy as np
def sha1(a): return hashlib.sha1(np.ascontiguousarray(a).astype(a.dtype.newbyteorder("<"), copy=False).tobytes()).hexdigest()
`

const UPROOT = `${DIGEST}
import awkward as ak, uproot
for path in sys.argv[1:]:
    tree = uproot.open(path)["Events"]
    for name in tree.keys():
        array = tree[name].array()
        if tree[name].typename == "std::string":
            texts = [text.encode() for text in array.to_list()]
            print(name, hashlib.sha1(b"".join(texts)).hexdigest(), sha1(np.array([len(t) for t in texts], "<i4")))
        else:
            counts = sha1(ak.to_numpy(ak.num(array)).astype("<i4")) if tree[name].typename.endswith("[]") else "-"
            print(name, sha1(ak.to_numpy(ak.flatten(array, axis=None))), counts)
    print(path.split("/")[-1], tree.num_entries)
`

testIf(
  test,
  pythonPath(),
  'uproot',
)('uproot reads the same values, and trees without entries', async () => {
  const lines = run(pythonPath()!, UPROOT, await writeFiles())
  const perFile = wanted().length + 1
  for (let k = 0; k < 3; k++) equal(lines.slice(k * perFile, (k + 1) * perFile), [...wanted(), `${k}.root 287`])
  equal(
    lines.slice(3 * perFile).map(line => line.split(' ')[0]),
    [...expectedBranches(TABLES).keys(), 'empty.root'],
  )
  is(lines.at(-1), 'empty.root 0')
})

/** Branch by branch into memory of its type, which takes a second; RDataFrame compiles a minute for so many columns, so it gets two. */
const ROOT = `${DIGEST}
import ROOT
ROOT.gInterpreter.Declare("void bind(TBranch *branch, Long64_t memory) { branch->SetAddress((void *)memory); }")
TYPES = {"Bool_t": "?", "Char_t": "i1", "UChar_t": "u1", "Short_t": "i2", "UShort_t": "u2", "Int_t": "i4", "UInt_t": "u4"}
TYPES |= {"Long64_t": "i8", "ULong64_t": "u8", "Float_t": "f4", "Double_t": "f8"}
for path in sys.argv[1:]:
    file = ROOT.TFile(path)
    tree = file.Get("Events")
    assert not file.IsZombie() and not file.TestBit(ROOT.TFile.kRecovered) and file.GetEND() == file.GetSize()
    for branch in tree.GetListOfBranches():
        leaf = branch.GetListOfLeaves()[0]
        counter = leaf.GetLeafCount()
        tree.SetBranchStatus("*", 0)
        for name in [branch.GetName()] + ([counter.GetName()] if counter else []): tree.SetBranchStatus(name, 1)
        if branch.ClassName() == "TBranchElement":
            text = ROOT.std.string()
            tree.SetBranchAddress(branch.GetName(), text)
            texts = [bytes(str(text), "utf8") for k in range(tree.GetEntries()) if tree.GetEntry(k) > 0]
            print(branch.GetName(), hashlib.sha1(b"".join(texts)).hexdigest(), sha1(np.array([len(t) for t in texts], "<i4")))
            continue
        memory = np.zeros(leaf.GetLenStatic() * max(1, counter.GetMaximum() if counter else 1), TYPES[leaf.GetTypeName()])
        ROOT.bind(branch, memory.ctypes.data)
        rows = []
        for k in range(tree.GetEntries()):
            assert tree.GetEntry(k) > 0
            rows.append(memory[:leaf.GetLen()].copy())
        counts = sha1(np.array([len(row) for row in rows], "<i4")) if counter else "-"
        print(branch.GetName(), sha1(np.concatenate([memory[:0]] + rows)), counts)
        tree.ResetBranchAddresses()
    tree.SetBranchStatus("*", 1)
    frame = ROOT.RDataFrame(tree)
    for name in ["fixed_float32", "list_int64", "Jet_pt"]: assert "RVec" in str(frame.GetColumnType(name))
    sums = [frame.Sum(name) for name in ["flat_int32", "nJet"]]
    clusters = tree.GetClusterIterator(0)
    starts = []
    while True:
        start = clusters.Next()
        if start >= tree.GetEntries(): break
        starts.append(start)
    print(path.split("/")[-1], tree.GetEntries(), starts, tree.Draw("Jet_pt:nJet", "flat_uint8 < 50 && a_filter_gte____", "goff"))
    print(*[int(s.GetValue()) for s in sums])
tree.Print()
`

testIf(
  test,
  rootPythonPath(),
  'ROOT',
)('ROOT reads the same values and clusters, and says nothing', async () => {
  const [zstd, , , empty] = await writeFiles()
  const lines = run(rootPythonPath()!, ROOT, [zstd!, empty!])
  const branches = wanted().length
  equal(lines.slice(0, branches), wanted())
  match(lines[branches]!, /^0\.root 287 \[0, 40, 80, 87\] [1-9]/)
  const sums = ['flat_int32', 'nJet'].map(name => {
    const { values } = expectedBranches(TABLES).get(name)!
    return (values as Int32Array).reduce((sum, value) => sum + value, 0)
  })
  is(lines[branches + 1], sums.join(' '))
  const rest = lines.slice(branches + 2)
  is(rest[branches], 'empty.root 0 [] 0')
  match(rest.slice(branches).join('\n'), /\*Tree {4}:Events/)
})

/** Baskets are copied as they are, from where the tree says that they stand; and room is found behind the end of the file. */
const CHANGED = `
import ROOT, sys
merged, changed, *paths = sys.argv[1:]
merger = ROOT.TFileMerger(False)
merger.SetFastMethod(True)
merger.OutputFile(merged, "RECREATE")
for path in paths: merger.AddFile(path, False)
assert merger.Merge()
file = ROOT.TFile(changed, "UPDATE")
hist = ROOT.TH1D("h", "", 2, 0, 1)
hist.Fill(0.2)
hist.Write()
file.Close()
def read(path):
    file = ROOT.TFile(path)
    tree = file.Get("Events")
    print(tree.GetEntries(), tree.Draw("Jet_pt", "Jet_tight", "goff"), tree.Draw("list_int32", "text == \\"ele\\"", "goff"))
    return file
for path in [*paths, merged]: read(path)
file = read(changed)
print(file.Get("h").GetEntries(), file.TestBit(ROOT.TFile.kRecovered))
`

testIf(
  test,
  rootPythonPath(),
  'ROOT',
)('ROOT joins files, and puts other objects into them', async () => {
  const [zstd, , plain, empty] = await writeFiles()
  const [merged, changed] = [join(dir, 'merged.root'), join(dir, 'changed.root')]
  copyFileSync(zstd!, changed)
  const lines = run(rootPythonPath()!, CHANGED, [merged, changed, zstd!, empty!, plain!])
  const counts = lines.slice(0, 5).map(line => line.split(' ').map(Number))
  const [first, none, second, all, after] = counts
  ok(first!.every(n => n > 0))
  equal([none, second, after], [[0, 0, 0], first, first])
  equal(
    all,
    first!.map(n => 2 * n),
  )
  is(lines[5], '1.0 False')
})

test.run()
