"""Differences between two folders of outputs, ours and the reference's, cell by cell. Each is {"file", "kind", "text"}.

Parquet: columns, their order and types, rows, lengths of lists, nulls; values are equal, but for those that are computed (relative 1e-5,
absolute 1e-6). Histograms: keys, axes, and each cell's value and variance (relative 1e-6). Reports: entries in order, each with its
arguments and the name of its exception.
"""

import json
import pickle
import re
from pathlib import Path

import hist
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

# What either program computes in floating point; all other columns are copies of branches.
COMPUTED = re.compile(r"^(pair_mass|weight.*|(tag_Ele|el|ph|lead|sublead|lead_pho|sublead_pho)_superclusterEta|pt|eta|phi|mass|rapidity|dZ)$")
# Sums of two momenta, in float32: in a few rows these nearly cancel, and the last digits of sine and cosine decide.
CANCELLING = {"pt", "eta", "phi", "mass", "rapidity"}
# Beside each pickle we write the same as JSON.
OWN = re.compile(r"\.uhi\.json$|\.hist\.json$|_histos\.json$|^\.|/\.")


def folders(ours, theirs):
    out = []
    ours, theirs = Path(ours), Path(theirs)

    def files(folder):
        return {p.relative_to(folder).as_posix(): p for p in sorted(folder.rglob("*")) if p.is_file()}

    a, b = files(ours), files(theirs)
    for name in [n for n in a if OWN.search(n)]:
        del a[name]
        b.pop(name, None)
    for name in sorted({*a, *b}):
        if name not in a:
            out.append({"file": name, "kind": "missing", "text": "not written"})
        elif name not in b:
            out.append({"file": name, "kind": "extra", "text": "the reference does not write it"})
        else:
            compare = {".parquet": tables, ".pkl": pickles, ".json": reports}[a[name].suffix]
            out += [{"file": name, "kind": kind, "text": text} for kind, text in compare(a[name], b[name])]
    return out


def leaf(column):
    """Lengths of lists by level, the values, which of them are null; structs count by member."""
    a = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    lengths = []
    while pa.types.is_list(a.type) or pa.types.is_large_list(a.type):
        lengths.append((np.asarray(a.value_lengths().fill_null(-1)), np.asarray(a.is_null())))
        a = a.flatten()
    return lengths, a


def tables(ours, theirs):
    a, b = pq.read_table(ours), pq.read_table(theirs)
    if a.column_names != b.column_names:
        missing = [c for c in b.column_names if c not in a.column_names]
        extra = [c for c in a.column_names if c not in b.column_names]
        order = "" if missing or extra else "another order"
        yield "columns", f"missing {missing[:8]}, extra {extra[:8]} {order}"
    if a.num_rows != b.num_rows:
        yield "rows", f"{a.num_rows}, reference {b.num_rows}"
        return
    for name in b.column_names:
        if name not in a.column_names:
            continue
        if a.column_names.count(name) + b.column_names.count(name) > 2:
            yield "columns", f"{name!r} is there more than once"
            continue
        fa, fb = a.schema.field(name), b.schema.field(name)
        if fa.type != fb.type or fa.nullable != fb.nullable:
            yield "type", f"{name!r}: {fa.type} nullable {fa.nullable}, reference {fb.type} nullable {fb.nullable}"
            continue
        yield from values(name, a[name], b[name])


def values(name, a, b):
    (la, va), (lb, vb) = leaf(a), leaf(b)
    if any(not np.array_equal(x, y) for p, q in zip(la, lb) for x, y in zip(p, q)) or len(va) != len(vb):
        yield "lengths", f"{name!r}: lists of other lengths, {len(va)} values, reference {len(vb)}"
        return
    if pa.types.is_struct(va.type):
        for k in range(va.type.num_fields):
            yield from values(f"{name}.{va.type.field(k).name}", va.field(k), vb.field(k))
        return
    na, nb = np.asarray(va.is_null()), np.asarray(vb.is_null())
    if not np.array_equal(na, nb):
        yield "nulls", f"{name!r}: {na.sum()} nulls, reference {nb.sum()}"
        return
    if pa.types.is_boolean(va.type):
        va, vb = va.cast(pa.int8()), vb.cast(pa.int8())
    zero = pa.scalar(0, va.type)
    x, y = np.asarray(va.fill_null(zero)), np.asarray(vb.fill_null(zero))
    if COMPUTED.match(name):
        same = np.isclose(x.astype(float), y.astype(float), rtol=1e-5, atol=1e-6, equal_nan=True)
    elif x.dtype.kind == "f":
        same = (x == y) | (np.isnan(x) & np.isnan(y))
    else:
        same = x == y
    if not same.all():
        i = int(np.argmin(same))
        near = np.isclose(x.astype(float), y.astype(float), rtol=1e-3, atol=1e-4, equal_nan=True)
        few = (~same).sum() <= max(3, len(same) // 100)
        kind = "cancelling" if name in CANCELLING and few and near.all() else "values"
        yield kind, f"{name!r}: {int((~same).sum())} of {len(same)}, first at {i}: {x[i]!r}, reference {y[i]!r}"


def pickles(ours, theirs):
    yield from trees(pickle.loads(ours.read_bytes()), pickle.loads(theirs.read_bytes()), "")


def trees(a, b, at):
    if isinstance(b, dict):
        if not isinstance(a, dict) or list(a) != list(b):
            yield "keys", f"{at or 'top'}: {list(a) if isinstance(a, dict) else type(a)}, reference {list(b)}"
            return
        for key in b:
            yield from trees(a[key], b[key], f"{at}/{key}")
        return
    if not isinstance(a, hist.Hist) or [type(x) for x in a.axes] != [type(x) for x in b.axes]:
        yield "axes", f"{at}: {a!r}, reference {b!r}"
        return
    for x, y in zip(a.axes, b.axes):
        if (x.name, x.label, x.traits) != (y.name, y.label, y.traits) or not np.array_equal(x.edges, y.edges):
            yield "axes", f"{at}: {x!r}, reference {y!r}"
            return
    if a.storage_type != b.storage_type:
        yield "storage", f"{at}: {a.storage_type}, reference {b.storage_type}"
        return
    for which in ("value", "variance"):
        x, y = a.view(flow=True)[which], b.view(flow=True)[which]
        same = np.isclose(x, y, rtol=1e-6, atol=1e-12 * max(1.0, np.abs(y).max(initial=0)), equal_nan=True)
        if not same.all():
            k = int(np.argmin(same))
            where = [int(i) for i in np.unravel_index(k, x.shape)]
            yield "cells", f"{at}: {which} of {int((~same).sum())} cells, first {where}: {x.ravel()[k]!r}, reference {y.ravel()[k]!r}"


def reports(ours, theirs):
    a, b = json.loads(ours.read_text()), json.loads(theirs.read_text())
    if len(a) != len(b):
        yield "entries", f"{len(a)}, reference {len(b)}"
        return
    for k, (x, y) in enumerate(zip(a, b)):
        if list(x) != list(y):
            yield "fields", f"entry {k}: {list(x)}, reference {list(y)}"
        for key in ("args", "kwargs", "exception"):
            if x.get(key) != y.get(key):
                yield key, f"entry {k}: {x.get(key)}, reference {y.get(key)}"
        for key in ("call_time", "duration", "performance_counters", "message", "hostname", "fqdn"):
            if (x.get(key) is None) != (y.get(key) is None):
                yield key, f"entry {k}: {x.get(key)!r}, reference {y.get(key)!r}"
