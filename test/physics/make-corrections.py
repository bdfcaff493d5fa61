"""Writes corrections.gen.json: corrections, events, and what correctionlib makes of them. The tests of lib/physics/correction
replay it.

    python test/physics/make-corrections.py        (needs correctionlib >= 2.6)

An event is a list of arguments; its result is a number, or null where correctionlib refuses it. Numbers that JSON does not
have, and all integers, are strings. Not asked for is where correctionlib reads beyond its bins or fails by rounding: NaN in
bins of equal width, and just below the first edge where it wraps."""

import json
import math
import random
import sys
import warnings
from pathlib import Path

import correctionlib._core as core

sys.path.insert(0, str(Path(__file__).parent))
from formulas import FORMULAS, REFUSED_FORMULAS, random_formula  # noqa: E402

warnings.simplefilter("ignore")
rng = random.Random(20)
inf, nan = math.inf, math.nan

REAL, INT, STRING = "real", "int", "string"


def correction(name, inputs, data, **more):
    return {
        "name": name,
        "version": 1,
        "inputs": [{"name": n, "type": t} for n, t in inputs],
        "output": {"name": "out", "type": "real"},
        "data": data,
        **more,
    }


def binning(edges, content, flow, input="x"):
    return {"nodetype": "binning", "input": input, "edges": edges, "content": content, "flow": flow}


def multibinning(inputs, edges, content, flow):
    return {"nodetype": "multibinning", "inputs": inputs, "edges": edges, "content": content, "flow": flow}


def category(input, content, **more):
    items = [{"key": k, "value": v} for k, v in content.items()]
    return {"nodetype": "category", "input": input, "content": items, **more}


def formula(expression, variables, parameters=None):
    node = {"nodetype": "formula", "expression": expression, "parser": "TFormula", "variables": variables}
    return node if parameters is None else {**node, "parameters": parameters}


def neighbours(values):
    return [y for x in values for y in (math.nextafter(x, -inf), x, math.nextafter(x, inf))]


def wraps(value, low):
    return math.isfinite(value) and not -1e-15 < value - low < 0


def binnings():
    edges = [-2.5, -1.4442, 0.1, 0.3, 1.566, 7.0]
    x = neighbours(edges) + [0.0, -0.0, inf, -inf, nan, 1e300, 5e-324] + [rng.uniform(-20, 20) for _ in range(40)]
    flows = {"clamp": "clamp", "error": "error", "wrap": "wrap", "number": -7.5, "node": binning([-9.0, 0.0, 9.0], [8.0, 9.0], "error")}
    for name, flow in flows.items():
        values = [v for v in x if wraps(v, -2.5)] if name == "wrap" else x
        yield correction(f"edges-{name}", [("x", REAL)], binning(edges, [1.0, 2.0, 3.0, 4.0, 5.0], flow)), [[v] for v in values]
        uniform = {"n": 7, "low": -1.5, "high": 5.5}
        values = neighbours([-1.5 + i for i in range(1, 7)]) + [-1.5, math.nextafter(-1.5, -inf), 5.5] + x
        values = [v for v in values if (wraps(v, -1.5) if name == "wrap" else not math.isnan(v))]
        yield correction(f"uniform-{name}", [("x", REAL)], binning(uniform, [float(i) for i in range(7)], flow)), [[v] for v in values]
    wide = {"n": 10, "low": 0.1, "high": 0.7}
    yield correction("uniform-odd", [("x", REAL)], binning(wide, [float(i) for i in range(10)], -1.0)), [
        [v] for v in neighbours([0.1 + 0.06 * i for i in range(10)]) + [rng.uniform(0, 0.8) for _ in range(60)]
    ]
    yield correction("infinite-edges", [("x", REAL)], binning(["-inf", 0.0, 10.0, "inf"], [1.0, 2.0, 3.0], "error")), [
        [v] for v in [-inf, -1e308, -1.0, 0.0, 9.9, 10.0, 1e308, inf, nan]
    ]
    yield correction("int-binning", [("n", INT)], binning([0.0, 1.5, 3.0, 10.0], [1.0, 2.0, 3.0], 0.5, "n")), [
        [v] for v in [-5, -1, 0, 1, 2, 3, 9, 10, 2**53 + 1, -(2**63)]
    ]
    yield correction("int-uniform-wrap", [("n", INT)], binning({"n": 4, "low": 0.0, "high": 8.0}, [1.0, 2.0, 3.0, 4.0], "wrap", "n")), [
        [v] for v in range(-20, 21)
    ]


def multibinnings():
    edges = [[0.0, 0.8, 1.4442, 2.5], {"n": 4, "low": 10.0, "high": 50.0}]
    content = [float(i) for i in range(12)]
    grid = [[x, y] for x in neighbours([0.0, 0.8, 2.5]) + [1.0, -3.0, 40.0] for y in [5.0, 10.0, 19.9, 20.0, 49.999, 50.0, 77.0, -inf, inf]]
    for name, flow in {"clamp": "clamp", "error": "error", "wrap": "wrap", "number": 99.0, "node": formula("x+100*y", ["eta", "pt"])}.items():
        events = [e for e in grid if wraps(e[0], 0.0) and math.isfinite(e[1])] if name == "wrap" else grid
        yield correction(f"multi-{name}", [("eta", REAL), ("pt", REAL)], multibinning(["eta", "pt"], edges, content, flow)), events
    inputs = [("a", REAL), ("n", INT), ("c", REAL)]
    three = multibinning(["c", "n", "a"], [[0.0, 1.0, 2.0], [0.0, 1.0, 2.0, 3.0], [0.0, 1.0, 2.0, 3.0]], [float(i) for i in range(18)], "clamp")
    events = [[rng.uniform(-1, 4), rng.randint(-1, 4), rng.choice([nan, rng.uniform(-1, 3)])] for _ in range(60)]
    yield correction("multi-three", inputs, three), events


def categories():
    words = {"nominal": binning([0.0, 1.0, 2.0], [1.0, 2.0], "clamp"), "up": 1.5, "": 3.0, "Größe": 4.0}
    events = [[w, x] for w in ["nominal", "up", "", "Größe", "down", "Up"] for x in [-1.0, 0.5, 1.5]]
    yield correction("category-string", [("syst", STRING), ("x", REAL)], category("syst", words)), events
    yield correction("category-default", [("syst", STRING), ("x", REAL)], category("syst", words, default=formula("-x", ["x"]))), events
    numbers = {-1: 0.5, 0: 1.0, 12: binning([0.0, 1.0], [7.0], "error"), 2147483647: 2.0}
    events = [[n, x] for n in [-1, 0, 1, 12, 2147483647, -2147483648, 2**40] for x in [0.5, 2.0]]
    yield correction("category-int", [("gain", INT), ("x", REAL)], category("gain", numbers)), events
    yield correction("category-int-default", [("gain", INT), ("x", REAL)], category("gain", numbers, default=-1.0)), events
    yield correction("category-empty", [("gain", INT), ("x", REAL)], category("gain", {}, default=6.0)), events[:3]


def formulas():
    points = [[rng.uniform(-3, 3), rng.uniform(0.01, 5), rng.uniform(-1, 1), float(rng.randint(-2, 3))] for _ in range(8)]
    points += [[0.0, 1.0, 0.0, 0.0], [nan, 0.5, 0.5, 1.0], [inf, 2.0, -1.0, -inf], [-0.0, 1e-300, 1.0, 5.0]]
    inputs = [("a", REAL), ("b", REAL), ("c", REAL), ("d", REAL)]
    names = [n for n, _ in inputs]
    parameters = [0.25, -2.0, 3.5]
    for i, text in enumerate(FORMULAS + [random_formula(rng) for _ in range(150)]):
        yield correction(f"formula-{i}", inputs, formula(text, names, parameters)), points
    x = [[v] for v in [-40.0, -6.5, -6.0, -5.9, -3.0, -2.5, -1.0, -1e-9, 0.0, 1e-300, 0.3, 0.5, 1.5, 2.4999, 2.5, 4.0, 5.999, 7.0, inf, -inf, nan]]
    yield correction("erf", [("x", REAL)], formula("erf(x)", ["x"])), x


def references():
    generic = [formula("[0]+[1]*x+[2]*y^2", ["pt", "eta"]), formula("max(x, [0])", ["eta"])]
    data = binning(
        [0.0, 1.0, 2.0],
        [
            {"nodetype": "formularef", "index": 0, "parameters": [1.0, 2.0, 3.0]},
            {"nodetype": "formularef", "index": 1, "parameters": [1.5]},
        ],
        {"nodetype": "formularef", "index": 0, "parameters": [-1.0, 0.0, 0.5]},
        "eta",
    )
    events = [[rng.uniform(-1, 3), rng.uniform(0, 100)] for _ in range(30)]
    yield correction("formularef", [("eta", REAL), ("pt", REAL)], data, generic_formulas=generic), events


def transforms():
    data = {"nodetype": "transform", "input": "x", "rule": formula("abs(x)*2", ["x"]), "content": binning([0.0, 1.0, 2.0, 4.0], [formula("x", ["x"]), 2.0, formula("x+100", ["x"])], "clamp")}
    yield correction("transform-real", [("x", REAL)], data), [[v] for v in [-3.0, -1.0, -0.25, 0.0, 0.5, 0.75, 1.9, 5.0]]
    data = {
        "nodetype": "transform",
        "input": "n",
        "rule": formula("x", ["x"]),
        "content": category("n", {k: float(10 * k) for k in range(-3, 4)}, default=-99.0),
    }
    halves = [-2.5, -1.5, -0.5, -0.49999999999999994, 0.49999999999999994, 0.5, 1.4, 1.5, 2.5, 1e9]
    yield correction("transform-int", [("n", INT), ("x", REAL)], data), [[7, v] for v in halves]
    inner = {"nodetype": "transform", "input": "x", "rule": formula("x+1", ["x"]), "content": formula("x*10+y", ["x", "y"])}
    nested = binning([0.0, 1.0, 2.0, 3.0], [{"nodetype": "transform", "input": "y", "rule": formula("x*y", ["x", "y"]), "content": inner}, 5.0, inner], -1.0)
    yield correction("transform-nested", [("x", REAL), ("y", REAL)], nested), [[rng.uniform(-0.5, 3.5), rng.uniform(0, 9)] for _ in range(30)]


def random_numbers():
    kinds = {1: [REAL], 2: [INT, REAL], 3: [REAL, REAL, INT], 4: [INT, INT, REAL, REAL], 5: [REAL] * 5, 9: [REAL, INT] * 4 + [INT]}
    for distribution in ["stdflat", "stdnormal", "normal"]:
        for n, types in kinds.items():
            inputs = [(f"v{i}", t) for i, t in enumerate(types)]
            data = {"nodetype": "hashprng", "inputs": [f"v{i}" for i in reversed(range(n))], "distribution": distribution}
            events = [[rng.randint(-(2**63), 2**63 - 1) if t == INT else rng.gauss(0, 30) for t in types] for _ in range(40)]
            events += [[0 if t == INT else 0.0 for t in types], [-1 if t == INT else -0.0 for t in types], [1 if t == INT else inf for t in types]]
            yield correction(f"hash-{distribution}-{n}", inputs, data), events


def scale_factors():
    """The shape of the e/gamma group's electron corrections."""
    table = multibinning(["eta", "pt"], [["-inf", -1.5, 0.0, 1.5, "inf"], [10.0, 20.0, 50.0, "inf"]], [round(rng.uniform(0.8, 1.2), 4) for _ in range(12)], "error")
    point = category("WorkingPoint", {"Loose": table, "Tight": binning([10.0, 100.0], [formula("1+0.001*x", ["pt"])], "clamp", "pt")})
    data = category("year", {"2022": category("ValType", {"sf": point, "sfup": category("WorkingPoint", {"Loose": 1.25})}), "2023": 0.5})
    inputs = [("year", STRING), ("ValType", STRING), ("WorkingPoint", STRING), ("eta", REAL), ("pt", REAL)]
    events = [
        [year, value, point, rng.uniform(-3, 3), rng.uniform(5, 200)]
        for year in ["2022", "2023", "2024"]
        for value in ["sf", "sfup"]
        for point in ["Loose", "Tight"]
        for _ in range(6)
    ]
    yield correction("scale-factors", inputs, data), events


def compounds():
    first = correction("first", [("pt", REAL), ("eta", REAL)], formula("1+0.01*y*x", ["pt", "eta"]))
    second = correction("second", [("pt", REAL), ("run", INT)], binning([0.0, 30.0, 60.0, 500.0], [1.5, formula("x/50", ["pt"]), 0.75], "clamp", "pt"))
    third = correction("third", [("pt", REAL)], formula("1+1/x", ["pt"]))
    for input_op in "+*/":
        for output_op in ["+", "*", "/", "last"]:
            compound = {
                "name": f"compound-{output_op}-{input_op}",
                "inputs": [{"name": "run", "type": INT}, {"name": "eta", "type": REAL}, {"name": "pt", "type": REAL}],
                "output": {"name": "out", "type": REAL},
                "inputs_update": ["pt"],
                "input_op": input_op,
                "output_op": output_op,
                "stack": ["first", "second", "third"],
            }
            document = {"schema_version": 2, "corrections": [first, second, third], "compound_corrections": [compound]}
            yield document, compound, [[355000 + i, rng.uniform(-2.5, 2.5), rng.uniform(10, 200)] for i in range(8)]


def encode(value):
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return str(value)
    return value if math.isfinite(value) else str(value)


def record(document, name, evaluator, events):
    results = []
    for event in events:
        try:
            results.append(encode(evaluator.evaluate(*event)))
        except (RuntimeError, IndexError):
            results.append(None)
    return {"document": document, "name": name, "events": [[encode(v) for v in e] for e in events], "results": results}


def main():
    cases = []
    for make in [binnings, multibinnings, categories, formulas, references, transforms, random_numbers, scale_factors]:
        for one, events in make():
            document = {"schema_version": 2, "corrections": [one]}
            evaluator = core.CorrectionSet.from_string(json.dumps(document))[one["name"]]
            cases.append(record(document, one["name"], evaluator, events))
    compound_cases = []
    for document, compound, events in compounds():
        evaluator = core.CorrectionSet.from_string(json.dumps(document)).compound[compound["name"]]
        compound_cases.append(record(document, compound["name"], evaluator, events))
    for text in REFUSED_FORMULAS:
        document = {"schema_version": 2, "corrections": [correction("f", [("a", REAL), ("b", REAL)], formula(text, ["a", "b"], [1.0]))]}
        try:
            core.CorrectionSet.from_string(json.dumps(document))
        except RuntimeError:
            continue
        raise AssertionError(f"correctionlib takes {text!r}")
    table = {"cases": cases, "compounds": compound_cases, "refusedFormulas": REFUSED_FORMULAS}
    lines = [f'"{key}": [\n' + ",\n".join(json.dumps(item, ensure_ascii=False) for item in items) + "\n]" for key, items in table.items()]
    path = Path(__file__).parent / "corrections.gen.json"
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf8")
    evaluations = sum(len(c["events"]) for c in cases + compound_cases)
    print(f"{len(cases) + len(compound_cases)} corrections, {evaluations} evaluations, {len(REFUSED_FORMULAS)} refused formulas")


main()
