"""Writes cases.gen.json: expressions, and what numpy and awkward make of them. The tests of lib/expr replay it.

    python test/expr/make-cases.py        (needs numpy >= 2.1 and awkward >= 2.6)

An expression names columns as x.<name>. A result is [dtype, values]; an error is null: the reference refuses the text."""

import json
import random
import sys
import warnings
from pathlib import Path
from types import SimpleNamespace

import awkward as ak
import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
from expressions import BY_VALUE, ERRORS, EXACT, PYTHON, ROUNDED  # noqa: E402

warnings.simplefilter("ignore")
inf, nan = float("inf"), float("nan")

COUNTS = [2, 0, 3, 1, 0, 4, 2, 0]
LENGTH = sum(COUNTS)
VALID = [1, 1, 0, 1, 0, 1, 1, 0, 0, 1, 0, 1]

COLUMNS = {
    "b": ("bool", [1, 0, 0, 1, 1, 1, 0, 0, 1, 0, 0, 1]),
    "c": ("bool", [1, 1, 0, 1, 0, 0, 0, 1, 1, 1, 0, 1]),
    "i8": ("int8", [-128, -3, -1, 0, 1, 2, 3, 7, 64, 100, 126, 127]),
    "u8": ("uint8", [0, 1, 2, 3, 4, 5, 8, 100, 127, 128, 254, 255]),
    "i16": ("int16", [-32768, -300, -7, 0, 1, 2, 5, 13, 128, 300, 20000, 32767]),
    "u16": ("uint16", [0, 1, 2, 3, 4, 9, 255, 256, 300, 32768, 65534, 65535]),
    "i32": ("int32", [-2147483648, -11, -1, 0, 1, 2, 3, 22, 65536, 123456789, 2147483646, 2147483647]),
    "u32": ("uint32", [0, 1, 2, 3, 7, 16, 65537, 355374, 2147483647, 2147483648, 4294967294, 4294967295]),
    "i64": (
        "int64",
        [-(2**63), -(2**53) - 1, -5, 0, 1, 2, 3, 4294967296, 2**53, 2**53 + 1, 2**62, 2**63 - 1],
    ),
    "u64": ("uint64", [0, 1, 2, 3, 11, 2**32, 2**53, 2**53 + 1, 2**63 - 1, 2**63, 2**64 - 2, 2**64 - 1]),
    "f32": ("float32", [-inf, -41.7, -1.5, -0.0, 0.0, 0.1, 1.4442, 2.5, 37.25, 1e10, inf, nan]),
    "g32": ("float32", [1.5, 2.0, -0.5, 3.0, nan, 0.3, -2.0, 0.7, 5.5, 1e-3, 2.0, 1.0]),
    "f64": ("float64", [nan, -1e300, -2.5, -0.0, 0.1, 0.5, 1.0, 1.5, 3.75, 41.0, 1e300, inf]),
    "g64": ("float64", [0.25, 1.0, -2.0, 7.0, 0.3, -0.5, nan, 2.0, 0.1, 1e-9, -3.0, 2.5]),
    "n8": ("uint8", [4, 3, 2, 1, 0, 4, 4, 2, 9, 250, 255, 3], VALID),
    "n64": ("int64", [4, -3, 2, 1, 0, 2**60, 4, 2, 9, 250, 255, 3], VALID),
    "nf": ("float32", [1.5, nan, 0.1, -4.25, 0.0, 7.0, inf, 2.0, 1.0, 3.5, -1.0, 12.0], VALID[::-1]),
    "nb": ("bool", [1, 0, 1, 1, 0, 1, 0, 0, 1, 1, 0, 1], VALID),
}


def jagged(values, dtype, valid=None):
    array = ak.from_numpy(np.array(values, dtype=dtype))
    if valid is not None:
        array = ak.mask(array, np.array(valid, dtype=bool))
    return array


def scope(counts):
    length = sum(counts)
    x = SimpleNamespace()
    for name, (dtype, values, *valid) in COLUMNS.items():
        array = jagged(values, dtype, *valid)[:length]
        setattr(x, name, ak.unflatten(array, counts))
    return {"__builtins__": {}, "np": np, "ak": ak, "x": x}


REFUSALS = (TypeError, AttributeError, RuntimeError, ArithmeticError, AssertionError)


class NoComparison(Exception):
    """awkward's result has no single type, such as ak.where(per event, per pair, number); ours does."""


def plain(value, dtype):
    if value is None:
        return None
    if dtype == "bool":
        return int(value)
    if dtype.startswith("float"):
        value = float(value)
        return value if np.isfinite(value) else str(value)
    return str(value) if dtype.endswith("64") else int(value)


def result(text, names, counts):
    """[dtype, one value a pair], or None where the reference raises."""
    try:
        value = eval(text, names)
    except (*REFUSALS, KeyError, ValueError, OverflowError, NameError, SyntaxError):
        return None
    length = sum(counts)
    if isinstance(value, ak.Array):
        flat = ak.flatten(value, axis=1) if value.ndim > 1 else value[np.repeat(np.arange(len(counts)), counts)]
        dtype = str(flat.type.content).lstrip("?")
        if "union" in dtype:
            raise NoComparison(text)
        return [dtype, [plain(v, dtype) for v in flat.to_list()]]
    if isinstance(value, (bool, int, float, np.generic)):
        dtype = str(np.asarray(value).dtype)
        return [dtype, [plain(value, dtype)] * length]
    return None


INTS = ["i8", "u8", "i16", "u16", "i32", "u32", "i64", "u64", "n8", "n64"]
FLOATS = ["f32", "g32", "f64", "g64", "nf"]
BOOLS = ["b", "c", "nb"]


def number(rng, depth):
    """A random expression, mostly of numbers. Only operations that IEEE 754 makes exact to the last bit."""
    kind = rng.random()
    if depth == 0 or kind < 0.12:
        leaf = rng.random()
        if leaf < 0.75:
            return "x." + rng.choice(INTS + FLOATS)
        return rng.choice(["0", "1", "2", "3", "7", "100", "0.5", "1.4442", "2.0", "1e3", "0x1F", "True"])
    if kind < 0.55:
        op = rng.choice(["+", "-", "*", "/", "//", "%", "&", "|", "^", "<<", ">>", "+", "-", "*", "/"])
        return f"{term(rng, depth)} {op} {term(rng, depth)}"
    if kind < 0.65:
        return rng.choice(["-", "~", "+"]) + term(rng, depth)
    if kind < 0.8:
        name = rng.choice(["abs", "sqrt", "floor", "ceil", "trunc", "rint", "square", "sign", "fabs"])
        return f"np.{name}({number(rng, depth - 1)})"
    if kind < 0.9:
        name = rng.choice(["maximum", "minimum", "fmax", "fmin", "copysign", "add", "divide", "remainder"])
        return f"np.{name}({number(rng, depth - 1)}, {number(rng, depth - 1)})"
    if kind < 0.95:
        return f"ak.where({condition(rng, depth - 1)}, {number(rng, depth - 1)}, {number(rng, depth - 1)})"
    name = rng.choice(["sum", "max", "min", "count"])
    return f"ak.{name}(x.{rng.choice(INTS + FLOATS)}, axis={rng.choice(['1', '-1'])})"


def term(rng, depth):
    """Sometimes without parentheses, for the precedence of operators."""
    text = number(rng, depth - 1)
    return text if rng.random() < 0.25 else f"({text})"


def condition(rng, depth):
    kind = rng.random()
    if depth == 0 or kind < 0.15:
        return "x." + rng.choice(BOOLS)
    if kind < 0.55:
        op = rng.choice(["<", "<=", ">", ">=", "==", "!="])
        return f"({number(rng, depth - 1)}) {op} ({number(rng, depth - 1)})"
    if kind < 0.75:
        return f"({condition(rng, depth - 1)}) {rng.choice('&|^')} ({condition(rng, depth - 1)})"
    if kind < 0.82:
        return f"~({condition(rng, depth - 1)})"
    if kind < 0.9:
        return f"ak.{rng.choice(['any', 'all'])}({condition(rng, depth - 1)}, axis=1)"
    if kind < 0.95:
        return f"np.logical_{rng.choice(['and', 'or', 'xor'])}({number(rng, depth - 1)}, {condition(rng, depth - 1)})"
    return f"np.{rng.choice(['isnan', 'isfinite', 'isinf', 'signbit'])}({number(rng, depth - 1)})"


def refuses_to_overflow(text, names):
    """Errors that depend on values or that we leave out on purpose: they say nothing about types."""
    try:
        eval(text, names)
    except OverflowError:
        return True
    except ValueError as error:
        return "depth" not in str(error) and "truth" not in str(error)
    except REFUSALS:
        return False
    return False


def fuzz(n, names):
    rng = random.Random(20240917)
    cases, errors, seen = [], 0, set()
    while len(cases) < n:
        text = (condition if rng.random() < 0.4 else number)(rng, rng.choice([1, 2, 2, 3]))
        if text in seen or "x." not in text or refuses_to_overflow(text, names):
            continue
        seen.add(text)
        try:
            found = result(text, names, COUNTS)
        except NoComparison:
            continue
        if found is None:
            errors += 1
            if errors > n // 6:
                continue
        cases.append([text, found])
    return cases


def lines(cases):
    return "[\n" + ",\n".join("    " + json.dumps(case) for case in cases) + "\n  ]"


def main():
    names = scope(COUNTS)
    groups = {
        "exact": [[t, result(t, names, COUNTS)] for t in EXACT],
        "rounded": [[t, result(t, names, COUNTS)] for t in ROUNDED],
        "python": [[t, result(t, names, COUNTS)] for t in PYTHON],
        "byValue": [[t, result(o, names, COUNTS)] for t, o in BY_VALUE],
        "errors": [[t, result(t, names, COUNTS)] for t in ERRORS],
        "random": fuzz(600, names),
    }
    for group, cases in groups.items():
        wrong = [t for t, found in cases if (found is None) != (group == "errors")] if group != "random" else []
        if wrong:
            sys.exit(f"{group}: not as expected: {wrong}")
    columns = {
        name: {"dtype": c[0], "values": [plain(np.array(v, c[0])[()], c[0]) for v in c[1]], **({"valid": c[2]} if len(c) > 2 else {})}
        for name, c in COLUMNS.items()
    }
    event = [e for e, n in enumerate(COUNTS) for _ in range(n)]
    versions = {"numpy": np.__version__, "awkward": ak.__version__}
    parts = [f'  "versions": {json.dumps(versions)}', f'  "event": {json.dumps(event)}']
    parts.append('  "columns": {\n' + ",\n".join(f'    "{n}": {json.dumps(c)}' for n, c in columns.items()) + "\n  }")
    parts += [f'  "{group}": {lines(cases)}' for group, cases in groups.items()]
    Path(__file__).with_name("cases.gen.json").write_text("{\n" + ",\n".join(parts) + "\n}\n")


main()
