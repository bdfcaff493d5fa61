"""The reference with faults repaired: the program that a difference is explained by.

Each mend (mend_texts.py) replaces a piece of the reference's source by one that does what docs/moving-from-egamma-tnp.md says we do, and `mark`s its name
where it changes what runs. A difference is explained by marked mends alone, and only if the mended reference then agrees with us in every
cell. What the names mean: meanings.ts.
"""

import ast
import copy
import importlib
import inspect

import awkward as ak
import dask_awkward as dak
import numpy as np
from mend_texts import MENDS

fired = set()


def mark(name):
    fired.add(name)
    return True


def per_pair(vars, probes, filters):
    if vars != "all":
        if len(set(vars)) < len(vars):
            mark("repeated variables")
        return list(dict.fromkeys(vars))
    mark("F10")
    return [field for field in probes.fields if field not in filters]


def a_pair_each(probes, filter):
    """What holds for an event holds for each of its pairs."""
    if probes[filter].ndim == 1:
        mark("one decision an event")
        probes[filter] = dak.broadcast_arrays(probes[filter], probes["pair_mass"])[0]
    return probes


def existing(events, names):
    def there(name):
        record, field = name.split("_", 1)
        return record in events.fields and field in events[record].fields

    found = [name for name in names if there(name)]
    if found != names:
        mark("F26")
    return found


def as_bool(values):
    """Numbers count as true where they are not 0; what goes through a missing link fails."""
    if isinstance(values, (bool, int, float)):
        return values
    form = str(ak.type(values._meta) if isinstance(values, dak.Array) else ak.type(values))
    if "?" in form or "option" in form:
        mark("F45")
        if "option[var" in form:
            # One value of the pairs of an event, joined with one a pair, where there are no pairs.
            values = dak.fill_none(values, [], axis=0)
        values = dak.fill_none(values, False, axis=-1)
    if "bool" not in form:
        mark("F45")
        values = values != 0
    return values


class Floats(ast.NodeTransformer):
    """Whole numbers in comparisons that may lie beyond the column's type become floating-point ones."""

    found = False

    def visit_Compare(self, node):
        for side in (node.left, *node.comparators):
            number = side.operand if isinstance(side, ast.UnaryOp) else side
            if isinstance(number, ast.Constant) and type(number.value) is int and (number is not side or number.value > 127):
                number.value = float(number.value)
                self.found = True
        return self.generic_visit(node)


def evaluate(safe_eval, text, array, name):
    try:
        tree, floats = ast.parse(text, mode="eval"), Floats()
    except SyntaxError:
        return safe_eval(text, array, name)
    tree = ast.fix_missing_locations(floats.visit(tree))
    if floats.found:
        mark("F28")
        text = ast.unparse(tree)
    return safe_eval(text, array, name)


def doubles(p):
    fields = {k: dak.values_astype(getattr(p, k), np.float64) for k in ("pt", "eta", "phi", "mass")}
    return dak.zip({**fields, "charge": p.charge}, with_name="PtEtaPhiMCandidate", behavior=p.behavior)


def mass_of(first, second):
    """The pair's mass in double precision."""
    mark("double-precision")
    return dak.values_astype((doubles(first) + doubles(second)).mass, np.float32)


def single(values):
    mark("double-precision")
    return dak.values_astype(values, np.float32)


class RoundedExp:
    """numpy, but that exponentials of single precision are rounded to it, as they are not on every processor."""

    def __getattr__(self, name):
        return getattr(np, name)

    @staticmethod
    def exp(values):
        return single(np.exp(dak.values_astype(values, np.float64)))


def supercluster_eta(calculate, photons, vertex):
    """What the reference calculates; a photon's eta of 2.5 stays on its side of a cut at 2.5."""
    names = calculate.__globals__
    names["np"] = RoundedExp()
    try:
        return calculate(photons, vertex)
    finally:
        names["np"] = np


def file_name(filter):
    """A slash would be a folder."""
    if "/" in filter:
        mark("F9")
    return filter.replace("/", "_")


def double_sum(values):
    mark("double-precision")
    return dak.sum(dak.values_astype(values, np.float64))


def own_copy(vars):
    """The first use of the variables finds them as they are written; later ones what earlier ones left."""
    if vars is not None:
        mark("F16")
    return copy.deepcopy(vars)


def window(mass_range):
    if isinstance(mass_range, (int, float)):
        mark("F18")
        return (91.1876 - mass_range, 91.1876 + mass_range)
    return mass_range


def photon_prefix():
    mark("F21")
    return "ph_"


def pileup_array(values):
    if isinstance(values, list):
        mark("F22")
        return np.array(values, dtype=float)
    return values


def pileup_weights(true_pileup, corr, syst, get):
    if syst and len(corr._corr.inputs) == 1:
        mark("F14")
        return get(true_pileup, corr), None, None
    return get(true_pileup, corr, syst=syst)


def cut_without_filters(probes_pt_cut):
    """`filters` is an object without entries."""
    if probes_pt_cut is None:
        mark("empty filters")
        return 5
    return probes_pt_cut


def chosen_pt_cut(probes_pt_cut):
    if probes_pt_cut is None or probes_pt_cut == 5:
        return 5
    mark("F12")
    return probes_pt_cut


def mended_utils(utils, wanted):
    """The runner's functions with the reference's modules mended as `wanted` says: "faults", "double-precision"."""
    if not wanted:
        return utils
    import egamma_tnp
    import mends

    for name, changes in MENDS.items():
        module = importlib.import_module(name)
        text = inspect.getsource(module)
        for fault, old, new, only in changes:
            if ("double-precision" if fault == "double-precision" else "faults") not in wanted:
                continue
            text = changed(text, old, new, only)
        module.__dict__["mends"] = mends
        exec(compile(text, module.__file__, "exec"), module.__dict__)
        for attribute in egamma_tnp.__all__:
            if attribute in module.__dict__ and attribute != "binning":
                setattr(egamma_tnp, attribute, module.__dict__[attribute])
    return utils


def changed(text, old, new, only):
    if only is None:
        if old not in text:
            raise AssertionError(f"the reference has changed: {old!r} is not there")
        return text.replace(old, new)
    start = text.index(f"class {only}")
    end = text.find("\nclass ", start)
    end = len(text) if end < 0 else end
    return text[:start] + changed(text[start:end], old, new, None) + text[end:]


def settings(path, config, wanted, utils):
    """Built-in settings override what the runner says (F3) where there is no file of settings."""
    if path is None and "faults" in wanted:
        builtin = utils.load_settings(None)
        if any(config["workflow_args"].get(key, value) != value for key, value in builtin.items()):
            mark("F3")
        return {}
    return utils.load_settings(path)


def fileset(documents, config, wanted):
    """The layout comes from the first file that can be read, and `true` allows every kind of read error (F24)."""
    if "faults" not in wanted:
        return
    import uproot
    from coffea.dataset_tools import preprocess

    unreadable = False
    for name, dataset in documents.items():
        files = dataset["files"]
        if dataset.get("form") or dataset.get("compressed_form") or not isinstance(files, dict):
            continue

        def readable(item):
            path, spec = item
            try:
                with uproot.open(path) as file:
                    file[spec if isinstance(spec, str) else spec["object_path"]]
                return True
            except Exception:
                return False

        items = list(files.items())
        unreadable = unreadable or not all(map(readable, items))
        first = next((item for item in items if readable(item)), None)
        if first is None or first is items[0]:
            continue
        mark("F24")
        spec = first[1] if isinstance(first[1], str) else first[1]["object_path"]
        made, _ = preprocess({name: {"files": {first[0]: spec}}}, save_form=True, scheduler="sync")
        dataset["compressed_form"] = made[name]["compressed_form"]
    for method in config["methods"]:
        options = method["args"].get("uproot_options")
        if isinstance(options, dict) and options.get("allow_read_errors_with_report") is True:
            options["allow_read_errors_with_report"] = ["Exception"]
            unreadable and mark("F24")
