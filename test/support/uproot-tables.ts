/** Output tables of ROOT's formats as uproot reads them, beside the same tables in Parquet as awkward reads those. */
import { spawnSync } from 'node:child_process'
import { pythonPath } from './tools.js'

/** Differences in words; [] where all values and types are equal. Prints what it compared on stderr where nothing is. */
export function differencesInUproot(pairs: readonly (readonly [parquet: string, root: string])[]): {
  readonly differences: readonly string[]
  readonly columns: number
} {
  const input = JSON.stringify(pairs)
  const { stdout, stderr, status } = spawnSync(pythonPath()!, ['-W', 'ignore', '-c', SCRIPT], {
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}

const SCRIPT = `
import json, re, sys
import awkward as ak, numpy as np, uproot
def root_name(name):
    for operator, word in [(">=", "gte"), ("<=", "lte"), ("==", "eq"), ("!=", "ne"), (">", "gt"), ("<", "lt")]:
        name = name.replace(operator, word)
    name = re.sub("[^A-Za-z0-9_]", "_", name)
    return name if re.match("[A-Za-z_]", name) else "_" + name
def columns(array):
    for name in array.fields:
        if array[name].fields: yield from ((root_name(name) + "_" + root_name(m), array[name][m]) for m in array[name].fields)
        else: yield root_name(name), array[name]
def dtype(array):
    plain = ak.flatten(array, axis=None)
    if "string" in str(array.type): return "string"
    return str(np.asarray(ak.drop_none(plain) if len(plain) else plain).dtype)
def with_nulls(want, name, got):
    if "?" not in str(want.type): return got[name]
    valid = got[name + "_valid"] if name + "_valid" in got else ~np.isnan(got[name])
    return ak.mask(got[name], valid)
differences, compared = [], 0
for parquet, root in json.load(sys.stdin):
    want = dict(columns(ak.from_parquet(parquet)))
    tree = uproot.open(root)["Events"]
    got = dict(columns(tree.arrays()))
    isTree = tree.classname == "TTree"
    extra = set(got) - set(want)
    extra = {n for n in extra if not (isTree and n.startswith("n")) and not n.endswith("_valid")}
    if extra or not set(want) <= set(got): differences.append(f"{root}: has {sorted(extra)}, lacks {sorted(set(want) - set(got))}")
    for name, column in want.items():
        if name not in got: continue
        read = with_nulls(column, name, got)
        compared += 1
        if repr(column.to_list()) != repr(read.to_list()): differences.append(f"{root} {name}: other values")
        elif len(ak.flatten(column, axis=None)) and dtype(column) != dtype(read): differences.append(f"{root} {name}: {dtype(read)}, wanted {dtype(column)}")
json.dump({"differences": differences, "columns": compared}, sys.stdout)
`
