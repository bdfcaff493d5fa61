"""Pieces of the reference's source and what takes their places, by module: (name of the mend, old, new, class whose text alone is changed
or None). The functions that the new texts call are those of mends.py. A piece that is not there any more is an error: the reference has changed."""

# In the order in which the modules import each other.
MENDS = {
    "egamma_tnp.utils.pileup": [
        ("F22", "    pu_mc_array[pu_mc_array == 0.0]", "    pu_mc_array = mends.pileup_array(pu_mc_array)\n    pu_mc_array[pu_mc_array == 0.0]", None),
        ("F14", "get_pileup_weight(dileptons.nTrueInt, pileup_corr, syst=syst)",
         "mends.pileup_weights(dileptons.nTrueInt, pileup_corr, syst, get_pileup_weight)\n            syst = pileup_weight_up is not None", None),
    ],
    "egamma_tnp._base_tagnprobe": [
        ("per-pair columns", "for var in vars:\n                if var", "for var in mends.per_pair(vars, probes, self.filters):\n                if var", None),
        ("one decision an event", "            has_passing_probe = dak.any(",
         "            probes = mends.a_pair_each(probes, filter)\n            has_passing_probe = dak.any(", None),
        ("empty filters", "                self.probes_pt_cut = probes_pt_cut\n", "                self.probes_pt_cut = mends.cut_without_filters(probes_pt_cut)\n", None),
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
        ("double-precision", "calculate_photon_SC_eta(events.Photon, events.PV)",
         "mends.supercluster_eta(calculate_photon_SC_eta, events.Photon, events.PV)", None),
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
        ("double-precision", "calculate_photon_SC_eta(good_events.Photon, good_events.PV)",
         "mends.supercluster_eta(calculate_photon_SC_eta, good_events.Photon, good_events.PV)", None),
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
