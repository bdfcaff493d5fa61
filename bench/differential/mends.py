"""The reference with faults repaired: the program that a difference is explained by.

Each mend replaces a piece of the reference's source by one that does what docs/moving-from-egamma-tnp.md says we do, and `mark`s its name
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


def chosen_pt_cut(probes_pt_cut):
    if probes_pt_cut is None or probes_pt_cut == 5:
        return 5
    mark("F12")
    return probes_pt_cut


# module -> (name, old, new, class whose text alone is changed)
MENDS = {
    "egamma_tnp._base_tagnprobe": [
        ("per-pair columns", "for var in vars:\n                if var", "for var in mends.per_pair(vars, probes, self.filters):\n                if var", None),
        ("F12", "else:\n            self.probes_pt_cut = 5\n", "else:\n            self.probes_pt_cut = mends.chosen_pt_cut(probes_pt_cut)\n", None),
    ],
    "egamma_tnp.nanoaod_efficiency": [
        ("F26", 'extra_vars = ["PV_npvs", "Rho_fixedGridRhoAll", "Rho_fixedGridRhoFastjetAll"]',
         'extra_vars = mends.existing(all_probe_events, ["PV_npvs", "Rho_fixedGridRhoAll", "Rho_fixedGridRhoFastjetAll"])', None),
        ("F28", "safe_eval(", "mends.evaluate(safe_eval, ", None),
        ("F45", 'is_passing_probe = mends.evaluate(safe_eval, filter, zcands, "zcands")',
         'is_passing_probe = mends.as_bool(mends.evaluate(safe_eval, filter, zcands, "zcands"))', None),
        ("F45", 'is_passing_probe = mends.evaluate(safe_eval, f"zcands.probe.{filter}", zcands, "zcands")',
         'is_passing_probe = mends.as_bool(mends.evaluate(safe_eval, f"zcands.probe.{filter}", zcands, "zcands"))', None),
        ("F45", "zcands = zcands[pass_tight_id_tags & pass_cutbased_id_probes & pass_zcands_mask]",
         "zcands = zcands[pass_tight_id_tags & mends.as_bool(pass_cutbased_id_probes) & mends.as_bool(pass_zcands_mask)]", None),
        ("double-precision", "mass = (tags + probes).mass", "mass = mends.mass_of(tags, probes)", None),
        ("double-precision", '(all_probe_events["el"] + all_probe_events["tag_Ele"]).mass', 'mends.mass_of(zcands.probe, zcands.tag)', None),
        ("double-precision", '(all_probe_events["ph"] + all_probe_events["tag_Ele"]).mass', 'mends.mass_of(zcands.probe, zcands.tag)', None),
        ("double-precision", "dak.sum(events.genWeight)", "mends.double_sum(events.genWeight)", None),
    ],
    "egamma_tnp.ntuple_efficiency": [
        ("F28", "safe_eval(self", "mends.evaluate(safe_eval, self", None),
        ("use_sc_phi", "if self.use_sc_phi:", 'if self.use_sc_phi and mends.mark("use_sc_phi") and False:', None),
        ("F19", "lumimask(events.run, events.lumi)", 'mends.mark("F19") and lumimask(events.run, events.luminosityBlock)', "ElectronTagNProbeFromNanoNTuples"),
        ("F19", "lumimask(events.run, events.lumi)", 'mends.mark("F19") and lumimask(events.run, events.luminosityBlock)', "PhotonTagNProbeFromNanoNTuples"),
        ("F20", 'new_expression = filter_expression.replace("events", "all_probe_events.")', 'mends.mark("F20")', None),
        ("F20", 'safe_eval(new_expression, all_probe_events, "all_probe_events")',
         'mends.as_bool(mends.evaluate(safe_eval, filter_expression, all_probe_events, "events"))', None),
        ("F20", 'if filter_expression.startswith("events."):', 'if "events" in filter_expression and mends.mark("F20"):', None),
        ("F20", 'safe_eval(filter_expression, all_probe_events, "all_probe_events")',
         'mends.as_bool(mends.evaluate(safe_eval, filter_expression, all_probe_events, "events"))', None),
        ("F45", "& pass_zcands_mask]", "& mends.as_bool(pass_zcands_mask)]", None),
        ("F21", 'v.startswith("el_")', "v.startswith(mends.photon_prefix())", "PhotonTagNProbeFromMiniNTuples"),
        ("F21", 'v.startswith("el_")', "v.startswith(mends.photon_prefix())", "PhotonTagNProbeFromNanoNTuples"),
    ],
    "egamma_tnp.utils.pileup": [
        ("F22", "    pu_mc_array[pu_mc_array == 0.0]", "    pu_mc_array = mends.pileup_array(pu_mc_array)\n    pu_mc_array[pu_mc_array == 0.0]", None),
        ("F14", "get_pileup_weight(dileptons.nTrueInt, pileup_corr, syst=syst)",
         "mends.pileup_weights(dileptons.nTrueInt, pileup_corr, syst, get_pileup_weight)\n            syst = pileup_weight_up is not None", None),
    ],
    "egamma_tnp.nanoaod_sas_ntuples": [
        ("F13", """            if events.metadata.get("isMC") and "genWeight" in events.fields:
                sum_genw_before_presel = dak.sum(events.genWeight)
            else:
                sum_genw_before_presel = 1.0
""", """        else:
            mends.mark("F13")
        if events.metadata.get("isMC") and "genWeight" in events.fields:
            sum_genw_before_presel = dak.sum(events.genWeight)
        else:
            sum_genw_before_presel = 1.0
""", None),
        ("F16", "        if self.extra_filter is not None:", "        vars = mends.own_copy(vars)\n        if self.extra_filter is not None:", None),
        ("F18", '        if events.metadata.get("isMC") is None:', '        mass_range = mends.window(mass_range)\n        if events.metadata.get("isMC") is None:', None),
        ("double-precision", "dak.sum(events.genWeight)", "mends.double_sum(events.genWeight)", None),
        ("double-precision", "dilepton_4mom = dileptons[prefixes[0]] + dileptons[prefixes[1]]",
         "dilepton_4mom = mends.doubles(dileptons[prefixes[0]]) + mends.doubles(dileptons[prefixes[1]])", None),
        *[("double-precision", f"= dilepton_4mom.{field}\n", f"= mends.single(dilepton_4mom.{field})\n", None) for field in ("pt", "eta", "phi", "mass")],
        ("double-precision", "0.5 * np.log((dilepton_e + dilepton_pz) / (dilepton_e - dilepton_pz))",
         "mends.single(0.5 * np.log((dilepton_e + dilepton_pz) / (dilepton_e - dilepton_pz)))", None),
    ],
    "egamma_tnp.utils.runner_utils": [
        ("F9", "{filter_name.replace(' ', '_')", "{mends.file_name(filter_name).replace(' ', '_')", None),
        ("F1", '    class_name = config["workflow"]', '    class_name = config["workflow"]\n    "FromNanoNTuples" in class_name and mends.mark("F1")', None),
        ("F1", "    class_map = {", """    class_map = {
        "ElectronTagNProbeFromNanoNTuples": egamma_tnp.ElectronTagNProbeFromNanoNTuples,
        "PhotonTagNProbeFromNanoNTuples": egamma_tnp.PhotonTagNProbeFromNanoNTuples,""", None),
        ("F8", "                        processed_result[dataset] = {}\n                        processed_result[dataset][filter_name] = {}",
         "                        dataset in processed_result and mends.mark('F8')\n                        processed_result.setdefault(dataset, {})[filter_name] = {}", None),
    ],
}


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
