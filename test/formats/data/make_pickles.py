"""Writes pickles.gen.json: pickles as Python makes them, in base64. Needs hist.

python make_pickles.py > pickles.gen.json
"""

import base64
import json
import os
import pickle
import sys

import hist
import numpy as np


def weighted(*axes):
    return hist.Hist(*axes, storage=hist.storage.Weight())


pt = hist.axis.Variable([5, 10, 20], name="pt", label="Pt [GeV]")
mll = hist.axis.Regular(3, 50, 130, name="mll", label="mll [GeV]")
passing = weighted(pt, mll).fill([6, 11, 12, 12, 30], [60, 70, 100, 200, 60], weight=[1, 2, 3, 0.5, 7])
failing = weighted(pt, mll).fill([6, 6, 12], [60, 61, 128])
nd = {"passing": passing, "failing": failing}
eta = hist.axis.Variable([-2.5, 0, 2.5], name="eta", label="eta")
one_d = {"eta": {"entire": {"passing": weighted(eta).fill([1, 1]), "failing": weighted(eta).fill([-1, 1])}}}


class Call:
    """Pickles as a call of a function."""

    def __init__(self, function, *args):
        self.function, self.args = function, args

    def __reduce__(self):
        return self.function, self.args


def text(content, protocol):
    return base64.b64encode(pickle.dumps(content, protocol=protocol)).decode()


every = range(2, 6)
old_numpy = pickle.dumps(nd, protocol=2).replace(b"cnumpy._core.", b"cnumpy.core.")
inside = pickle.dumps(nd, protocol=2).replace(b"cboost_histogram._core.hist\nany_weight\n", b"cposix\nsystem\n")
shell = Call(os.system, "touch pickle-was-run")
loop = {}
loop["passing"] = loop
counts = {
    name: {"passing": hist.Hist(pt, storage=storage).fill([6, 11, 12]), "failing": hist.Hist(pt, storage=storage).fill([6])}
    for name, storage in [
        ("Double", hist.storage.Double()),
        ("Int64", hist.storage.Int64()),
        ("AtomicInt64", hist.storage.AtomicInt64()),
    ]
}
documents = {
    "counts": {name: [text(content, p) for p in every] for name, content in counts.items()},
    "nd": {p: text(nd, p) for p in every},
    "oneD": {p: text(one_d, p) for p in every},
    "oldNumpy": base64.b64encode(old_numpy).decode(),
    "numbers": text([1, -1, 300, 70000, 2**40, -(2**40), 1.5, True, None, "é", b"\xff", (), (1,), (1, 2, 3, 4)], 4),
    "scalars": text([np.float64(2.5), np.float32(0.5), np.int16(-3), np.uint8(200), np.int64(-(2**40)), np.bool_(True)], 4),
    "arrays": text([np.array([1, -2], t) for t in ("i1", "i2", "i4", "i8", "f4", "f8", ">i4", ">f8")], 5),
    "malicious": {
        "a call of os.system": [text({"passing": shell}, p) for p in every],
        "a call of eval": [text(Call(eval, "1 + 1"), p) for p in every],
        "a function within a histogram": [base64.b64encode(inside).decode()],
        "a known class called with arguments": [text(Call(hist.Hist, 1), 4)],
    },
    "unfit": {
        "another storage": text({"passing": hist.Hist(pt, storage=hist.storage.WeightedMean())}, 4),
        "weights without variances": text({"passing": hist.Hist(pt).fill([6, 7], weight=[2, 3])}, 4),
        "an axis without flow": text({"passing": weighted(hist.axis.Regular(2, 0, 1, flow=False))}, 4),
        "an integer axis": text({"passing": weighted(hist.axis.Integer(0, 2))}, 4),
        "an array of objects": text({"passing": np.array([None])}, 4),
        "an array of two dimensions": text({"passing": np.zeros((2, 2))}, 4),
        "no histogram": text({"passing": 1}, 4),
        "no dict": text([passing], 4),
        "names that are numbers": text({1: passing}, 4),
        "a dict in itself": text(loop, 4),
        "protocol 0": text({"passing": 1}, 0),
    },
}
json.dump(documents, sys.stdout, indent=1)
print()
