// @ts-nocheck
// Made from schemas/ by `npm run gen`. Do not edit.

export const validateRunner = validate10;
const schema11 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"runner.schema.json","title":"RunnerDocument","description":"What to do: a workflow with its options, and the methods whose outputs to make.","type":"object","required":["workflow","workflow_args","methods"],"properties":{"$schema":{"description":"Where this schema is, for editors.","type":"string"},"workflow":{"description":"Name of the workflow: one of the seven.","type":"string"},"workflow_args":{"description":"Options of the workflow: those of the settings file, which wins over them. Unknown ones are errors.","type":"object"},"methods":{"description":"Outputs to make. The k-th use of a method writes to the folder <method>_<k>.","type":"array","items":{"$ref":"#/definitions/method"}}},"additionalProperties":true,"discriminator":{"propertyName":"workflow"},"oneOf":[{"$ref":"#/definitions/ElectronTagNProbeFromNanoAOD"},{"$ref":"#/definitions/PhotonTagNProbeFromNanoAOD"},{"$ref":"#/definitions/ElectronTagNProbeFromMiniNTuples"},{"$ref":"#/definitions/PhotonTagNProbeFromMiniNTuples"},{"$ref":"#/definitions/ElectronTagNProbeFromNanoNTuples"},{"$ref":"#/definitions/PhotonTagNProbeFromNanoNTuples"},{"$ref":"#/definitions/ScaleAndSmearingNTuplesFromNanoAOD"}],"definitions":{"ElectronTagNProbeFromNanoAOD":{"title":"ElectronTagNProbeFromNanoAODRunner","type":"object","required":["workflow"],"properties":{"workflow":{"description":"Name of the workflow.","const":"ElectronTagNProbeFromNanoAOD"},"workflow_args":{"$ref":"#/definitions/electron_nanoaod_args"}}},"PhotonTagNProbeFromNanoAOD":{"title":"PhotonTagNProbeFromNanoAODRunner","type":"object","required":["workflow"],"properties":{"workflow":{"description":"Name of the workflow.","const":"PhotonTagNProbeFromNanoAOD"},"workflow_args":{"$ref":"#/definitions/photon_nanoaod_args"}}},"ElectronTagNProbeFromMiniNTuples":{"title":"ElectronTagNProbeFromMiniNTuplesRunner","type":"object","required":["workflow"],"properties":{"workflow":{"description":"Name of the workflow.","const":"ElectronTagNProbeFromMiniNTuples"},"workflow_args":{"$ref":"#/definitions/ntuples_args"}}},"PhotonTagNProbeFromMiniNTuples":{"title":"PhotonTagNProbeFromMiniNTuplesRunner","type":"object","required":["workflow"],"properties":{"workflow":{"description":"Name of the workflow.","const":"PhotonTagNProbeFromMiniNTuples"},"workflow_args":{"$ref":"#/definitions/ntuples_args"}}},"ElectronTagNProbeFromNanoNTuples":{"title":"ElectronTagNProbeFromNanoNTuplesRunner","type":"object","required":["workflow"],"properties":{"workflow":{"description":"Name of the workflow.","const":"ElectronTagNProbeFromNanoNTuples"},"workflow_args":{"$ref":"#/definitions/ntuples_args"}}},"PhotonTagNProbeFromNanoNTuples":{"title":"PhotonTagNProbeFromNanoNTuplesRunner","type":"object","required":["workflow"],"properties":{"workflow":{"description":"Name of the workflow.","const":"PhotonTagNProbeFromNanoNTuples"},"workflow_args":{"$ref":"#/definitions/ntuples_args"}}},"ScaleAndSmearingNTuplesFromNanoAOD":{"title":"ScaleAndSmearingNTuplesFromNanoAODRunner","type":"object","required":["workflow"],"properties":{"workflow":{"description":"Name of the workflow.","const":"ScaleAndSmearingNTuplesFromNanoAOD"},"workflow_args":{"$ref":"#/definitions/scale_and_smearing_args"}}},"electron_nanoaod_args":{"title":"ElectronNanoArgs","description":"Options of ElectronTagNProbeFromNanoAOD.","type":"object","properties":{"filters":{"$ref":"settings.schema.json#/properties/filters"},"tags_pt_cut":{"$ref":"settings.schema.json#/properties/tags_pt_cut"},"probes_pt_cut":{"$ref":"settings.schema.json#/properties/probes_pt_cut"},"tags_abseta_cut":{"$ref":"settings.schema.json#/properties/tags_abseta_cut"},"probes_abseta_cut":{"$ref":"settings.schema.json#/properties/probes_abseta_cut"},"cutbased_id":{"$ref":"settings.schema.json#/properties/cutbased_id"},"extra_zcands_mask":{"$ref":"settings.schema.json#/properties/extra_zcands_mask"},"extra_filter":{"$ref":"settings.schema.json#/properties/extra_filter"},"extra_filter_args":{"$ref":"settings.schema.json#/properties/extra_filter_args"},"use_sc_eta":{"$ref":"settings.schema.json#/properties/use_sc_eta"},"use_sc_phi":{"$ref":"settings.schema.json#/properties/use_sc_phi"},"avoid_ecal_transition_tags":{"$ref":"settings.schema.json#/properties/avoid_ecal_transition_tags"},"avoid_ecal_transition_probes":{"$ref":"settings.schema.json#/properties/avoid_ecal_transition_probes"},"trigger_pt":{"$ref":"settings.schema.json#/properties/trigger_pt"},"filterbit":{"$ref":"settings.schema.json#/properties/filterbit"},"is_photon_filter":{"$ref":"settings.schema.json#/properties/is_photon_filter"},"require_event_to_pass_hlt_filter":{"$ref":"settings.schema.json#/properties/require_event_to_pass_hlt_filter"},"fileset":{"description":"Ignored: the fileset is its own file."}},"additionalProperties":false},"photon_nanoaod_args":{"title":"PhotonNanoArgs","description":"Options of PhotonTagNProbeFromNanoAOD.","type":"object","properties":{"filters":{"$ref":"settings.schema.json#/properties/filters"},"tags_pt_cut":{"$ref":"settings.schema.json#/properties/tags_pt_cut"},"probes_pt_cut":{"$ref":"settings.schema.json#/properties/probes_pt_cut"},"tags_abseta_cut":{"$ref":"settings.schema.json#/properties/tags_abseta_cut"},"probes_abseta_cut":{"$ref":"settings.schema.json#/properties/probes_abseta_cut"},"cutbased_id":{"$ref":"settings.schema.json#/properties/cutbased_id"},"extra_zcands_mask":{"$ref":"settings.schema.json#/properties/extra_zcands_mask"},"extra_filter":{"$ref":"settings.schema.json#/properties/extra_filter"},"extra_filter_args":{"$ref":"settings.schema.json#/properties/extra_filter_args"},"use_sc_eta":{"$ref":"settings.schema.json#/properties/use_sc_eta"},"use_sc_phi":{"$ref":"settings.schema.json#/properties/use_sc_phi"},"avoid_ecal_transition_tags":{"$ref":"settings.schema.json#/properties/avoid_ecal_transition_tags"},"avoid_ecal_transition_probes":{"$ref":"settings.schema.json#/properties/avoid_ecal_transition_probes"},"trigger_pt":{"$ref":"settings.schema.json#/properties/trigger_pt"},"filterbit":{"$ref":"settings.schema.json#/properties/filterbit"},"is_electron_filter":{"$ref":"settings.schema.json#/properties/is_electron_filter"},"start_from_diphotons":{"$ref":"settings.schema.json#/properties/start_from_diphotons"},"require_event_to_pass_hlt_filter":{"$ref":"settings.schema.json#/properties/require_event_to_pass_hlt_filter"},"fileset":{"description":"Ignored: the fileset is its own file."}},"additionalProperties":false},"ntuples_args":{"title":"NtuplesArgs","description":"Options of the four workflows that read ntuples.","type":"object","properties":{"filters":{"$ref":"settings.schema.json#/properties/filters"},"tags_pt_cut":{"$ref":"settings.schema.json#/properties/tags_pt_cut"},"probes_pt_cut":{"$ref":"settings.schema.json#/properties/probes_pt_cut"},"tags_abseta_cut":{"$ref":"settings.schema.json#/properties/tags_abseta_cut"},"probes_abseta_cut":{"$ref":"settings.schema.json#/properties/probes_abseta_cut"},"cutbased_id":{"$ref":"settings.schema.json#/properties/cutbased_id"},"extra_zcands_mask":{"$ref":"settings.schema.json#/properties/extra_zcands_mask"},"extra_filter":{"$ref":"settings.schema.json#/properties/extra_filter"},"extra_filter_args":{"$ref":"settings.schema.json#/properties/extra_filter_args"},"use_sc_eta":{"$ref":"settings.schema.json#/properties/use_sc_eta"},"use_sc_phi":{"$ref":"settings.schema.json#/properties/use_sc_phi"},"avoid_ecal_transition_tags":{"$ref":"settings.schema.json#/properties/avoid_ecal_transition_tags"},"avoid_ecal_transition_probes":{"$ref":"settings.schema.json#/properties/avoid_ecal_transition_probes"},"fileset":{"description":"Ignored: the fileset is its own file."}},"additionalProperties":false},"scale_and_smearing_args":{"title":"ScaleAndSmearingArgs","description":"Options of ScaleAndSmearingNTuplesFromNanoAOD.","type":"object","properties":{"lead_pt_cut":{"$ref":"settings.schema.json#/properties/lead_pt_cut"},"sublead_pt_cut":{"$ref":"settings.schema.json#/properties/sublead_pt_cut"},"eta_cut":{"$ref":"settings.schema.json#/properties/eta_cut"},"trigger_paths":{"$ref":"settings.schema.json#/properties/trigger_paths"},"extra_filter":{"$ref":"settings.schema.json#/properties/extra_filter"},"extra_filter_args":{"$ref":"settings.schema.json#/properties/extra_filter_args"},"avoid_ecal_transition":{"$ref":"settings.schema.json#/properties/avoid_ecal_transition"},"fileset":{"description":"Ignored: the fileset is its own file."}},"additionalProperties":false},"get_tnp_arrays":{"title":"GetTnpArraysMethod","description":"Tag and probe columns, one Parquet file for each partition.","type":"object","required":["name"],"properties":{"name":{"description":"Name of the method.","const":"get_tnp_arrays"},"args":{"title":"ArraysArgs","description":"Arguments of get_tnp_arrays.","type":"object","properties":{"cut_and_count":{"$ref":"#/definitions/arguments/cut_and_count"},"mass_range":{"$ref":"#/definitions/arguments/mass_range"},"vars":{"$ref":"#/definitions/arguments/array_vars"},"flat":{"$ref":"#/definitions/arguments/flat"},"uproot_options":{"$ref":"#/definitions/arguments/uproot_options"}},"additionalProperties":false}},"additionalProperties":true},"get_passing_and_failing_probes":{"title":"GetPassingAndFailingProbesMethod","description":"Columns of passing and of failing probes, two Parquet files for each partition and filter.","type":"object","required":["name"],"properties":{"name":{"description":"Name of the method.","const":"get_passing_and_failing_probes"},"args":{"title":"PassingFailingArgs","description":"Arguments of get_passing_and_failing_probes.","type":"object","properties":{"filter":{"$ref":"#/definitions/arguments/filter"},"cut_and_count":{"$ref":"#/definitions/arguments/cut_and_count"},"mass_range":{"$ref":"#/definitions/arguments/mass_range"},"vars":{"$ref":"#/definitions/arguments/array_vars"},"flat":{"$ref":"#/definitions/arguments/flat"},"uproot_options":{"$ref":"#/definitions/arguments/uproot_options"}},"additionalProperties":false,"required":["filter"]}},"additionalProperties":true},"get_1d_pt_eta_phi_tnp_histograms":{"title":"Get1dPtEtaPhiTnpHistogramsMethod","description":"Histograms of passing and failing probes in pt, eta and phi, each in regions.","type":"object","required":["name"],"properties":{"name":{"description":"Name of the method.","const":"get_1d_pt_eta_phi_tnp_histograms"},"args":{"title":"Hist1dArgs","description":"Arguments of get_1d_pt_eta_phi_tnp_histograms.","type":"object","properties":{"filter":{"$ref":"#/definitions/arguments/filter"},"cut_and_count":{"$ref":"#/definitions/arguments/cut_and_count"},"mass_range":{"$ref":"#/definitions/arguments/mass_range"},"plateau_cut":{"$ref":"#/definitions/arguments/plateau_cut"},"eta_regions_pt":{"$ref":"#/definitions/arguments/eta_regions_pt"},"phi_regions_eta":{"$ref":"#/definitions/arguments/phi_regions_eta"},"eta_regions_phi":{"$ref":"#/definitions/arguments/eta_regions_phi"},"vars":{"$ref":"#/definitions/arguments/list_vars"},"weight":{"$ref":"#/definitions/arguments/weight"},"uproot_options":{"$ref":"#/definitions/arguments/uproot_options"}},"additionalProperties":false,"required":["filter"]}},"additionalProperties":true},"get_nd_tnp_histograms":{"title":"GetNdTnpHistogramsMethod","description":"One histogram of passing and one of failing probes with an axis for each variable.","type":"object","required":["name"],"properties":{"name":{"description":"Name of the method.","const":"get_nd_tnp_histograms"},"args":{"title":"HistNdArgs","description":"Arguments of get_nd_tnp_histograms.","type":"object","properties":{"filter":{"$ref":"#/definitions/arguments/filter"},"cut_and_count":{"$ref":"#/definitions/arguments/cut_and_count"},"mass_range":{"$ref":"#/definitions/arguments/mass_range"},"vars":{"$ref":"#/definitions/arguments/list_vars"},"weight":{"$ref":"#/definitions/arguments/weight"},"uproot_options":{"$ref":"#/definitions/arguments/uproot_options"}},"additionalProperties":false,"required":["filter"]}},"additionalProperties":true},"get_ntuples":{"title":"GetNtuplesMethod","description":"Scale and smearing: one row for each event with two electrons.","type":"object","required":["name"],"properties":{"name":{"description":"Name of the method.","const":"get_ntuples"},"args":{"title":"NtuplesMethodArgs","description":"Arguments of get_ntuples.","type":"object","properties":{"vars":{"$ref":"#/definitions/arguments/ntuple_vars"},"mass_range":{"$ref":"#/definitions/arguments/mass_range"},"flat":{"$ref":"#/definitions/arguments/flat"},"drop_empty":{"description":"true: one row for each event with an accepted pair. false: also a row of nulls for each event with two electrons and no accepted pair, as the reference writes them.","type":["boolean","null"],"default":false},"null_gen_pt":{"description":"true: gen_pt is null for an electron without generator particle. false: it is that of the event's last generator particle, as the reference writes it.","type":["boolean","null"],"default":false},"uproot_options":{"$ref":"#/definitions/arguments/uproot_options"}},"additionalProperties":false}},"additionalProperties":true},"method":{"title":"MethodDocument","description":"One output to make.","type":"object","required":["name","args"],"properties":{"name":{"description":"Name of the method.","type":"string"},"args":{"description":"Arguments of the method.","type":"object"}},"discriminator":{"propertyName":"name"},"oneOf":[{"$ref":"#/definitions/get_tnp_arrays"},{"$ref":"#/definitions/get_passing_and_failing_probes"},{"$ref":"#/definitions/get_1d_pt_eta_phi_tnp_histograms"},{"$ref":"#/definitions/get_nd_tnp_histograms"},{"$ref":"#/definitions/get_ntuples"}]},"arguments":{"filter":{"description":"Name of a filter (a key of filters), or a list of names: the method runs once for each.","type":["string","array"],"items":{"description":"Name of a filter.","type":"string"},"minItems":1},"cut_and_count":{"description":"Which pairs count, and how histograms are made. true: the window is the narrow one below, no mass axis. false: the window is 50 to 130 GeV, and every histogram gets a mass axis mll of 80 bins for a fit.","type":"boolean","default":true},"mass_range":{"description":"Mass window in GeV. A number w: abs(mass - 91.1876) < w. [lo, hi]: lo < mass < hi. null: 30 with cut_and_count, else [50, 130]; get_ntuples: [50, 130].","type":["number","array","null"],"items":{"type":"number"},"minItems":2,"maxItems":2,"default":null},"list_vars":{"description":"Variables of the axes. 1d: three of them, in the order pt, eta, phi. nd: one axis for each. Each needs edges <variable>_bins. null: pt (et for photons of MiniAOD ntuples), eta and phi of the probe.","type":["array","null"],"items":{"description":"Name of a variable.","type":"string"},"default":null},"array_vars":{"description":"Columns to write in this order, or \"all\". NanoAOD: el_X or ph_X of the probe, tag_Ele_X of the tag, A_X of another collection or of the event. Ntuples: names of branches. null: pt (et for photons of MiniAOD ntuples), eta and phi of the probe.","type":["string","array","null"],"items":{"description":"Name of a column.","type":"string"},"if":{"type":"string"},"then":{"const":"all"},"default":null},"flat":{"description":"true: one row for each pair. false: one row for each event, pairs as lists. Ntuples have one row for each pair either way. null: false.","type":["boolean","null"],"default":false},"plateau_cut":{"description":"Eta and phi histograms take only probes with pt > this, in GeV. null: 0.","type":["number","null"],"default":null},"weight":{"description":"Column of weights to fill with. The default counts as 1 where there is no such column; another name must be there, except weight_gen and weight_total, which count as 1 on data, with a warning. null: every weight is 1.","type":["string","null"],"default":"weight"},"eta_regions_pt":{"description":"Regions of abs(eta), each with its own pt histogram: name -> [lo, hi], lo < abs(eta) < hi. null: barrel 0 to 1.4442, endcap 1.566 to 2.5.","type":["object","null"],"additionalProperties":{"description":"Lower and upper edge of the absolute value.","type":"array","items":{"type":"number"},"minItems":2,"maxItems":2},"default":null},"phi_regions_eta":{"description":"Regions of abs(phi), each with its own eta histogram: name -> [lo, hi], lo < abs(phi) < hi. null: entire 0 to 3.32.","type":["object","null"],"additionalProperties":{"description":"Lower and upper edge of the absolute value.","type":"array","items":{"type":"number"},"minItems":2,"maxItems":2},"default":null},"eta_regions_phi":{"description":"Regions of abs(eta), each with its own phi histogram: name -> [lo, hi], lo < abs(eta) < hi. null: entire 0 to 2.5.","type":["object","null"],"additionalProperties":{"description":"Lower and upper edge of the absolute value.","type":"array","items":{"type":"number"},"minItems":2,"maxItems":2},"default":null},"uproot_options":{"title":"UprootOptions","description":"How files are read. Named as in the reference; keys other than these are warned about. null: {}.","default":null,"type":["object","null"],"properties":{"allow_read_errors_with_report":{"description":"true: partitions that cannot be read are skipped, and reports say why. A list of names of Python exceptions (OSError, ValueError, KeyError, Exception ...): only such errors are skipped, and those derived from them. false, null: the first error stops the run, no reports.","default":null,"type":["boolean","array","null"],"items":{"description":"Name of a Python exception, as OSError.","type":"string"}},"timeout":{"description":"Seconds without any answer from a server after which a request is tried again; an operation with all its attempts ends after 5 times as long. The largest of the methods counts, since a file is read once for all; --timeout goes before it. null: 60.","default":null,"type":["number","null"],"exclusiveMinimum":0}},"additionalProperties":true},"ntuple_vars":{"title":"NtupleVars","description":"Collection -> its variables, or \"all\". Electron: columns lead_X and sublead_X; Photon: lead_pho_X and sublead_pho_X, of the photon that the electron is linked to; others (Jet): a list column for each variable, Jet_X. Muon is ignored. null: everything of Electron and Photon.","type":["object","null"],"properties":{"Electron":{"$ref":"#/definitions/arguments/collection_vars"},"Photon":{"$ref":"#/definitions/arguments/collection_vars"}},"additionalProperties":{"$ref":"#/definitions/arguments/collection_vars"},"default":null},"collection_vars":{"description":"Names of variables, or \"all\".","type":["string","array"],"items":{"description":"Name of a variable.","type":"string"},"if":{"type":"string"},"then":{"const":"all"}}}}};
const schema12 = {"title":"MethodDocument","description":"One output to make.","type":"object","required":["name","args"],"properties":{"name":{"description":"Name of the method.","type":"string"},"args":{"description":"Arguments of the method.","type":"object"}},"discriminator":{"propertyName":"name"},"oneOf":[{"$ref":"#/definitions/get_tnp_arrays"},{"$ref":"#/definitions/get_passing_and_failing_probes"},{"$ref":"#/definitions/get_1d_pt_eta_phi_tnp_histograms"},{"$ref":"#/definitions/get_nd_tnp_histograms"},{"$ref":"#/definitions/get_ntuples"}]};
const schema13 = {"title":"GetTnpArraysMethod","description":"Tag and probe columns, one Parquet file for each partition.","type":"object","required":["name"],"properties":{"name":{"description":"Name of the method.","const":"get_tnp_arrays"},"args":{"title":"ArraysArgs","description":"Arguments of get_tnp_arrays.","type":"object","properties":{"cut_and_count":{"$ref":"#/definitions/arguments/cut_and_count"},"mass_range":{"$ref":"#/definitions/arguments/mass_range"},"vars":{"$ref":"#/definitions/arguments/array_vars"},"flat":{"$ref":"#/definitions/arguments/flat"},"uproot_options":{"$ref":"#/definitions/arguments/uproot_options"}},"additionalProperties":false}},"additionalProperties":true};
const schema14 = {"description":"Which pairs count, and how histograms are made. true: the window is the narrow one below, no mass axis. false: the window is 50 to 130 GeV, and every histogram gets a mass axis mll of 80 bins for a fit.","type":"boolean","default":true};
const schema15 = {"description":"Mass window in GeV. A number w: abs(mass - 91.1876) < w. [lo, hi]: lo < mass < hi. null: 30 with cut_and_count, else [50, 130]; get_ntuples: [50, 130].","type":["number","array","null"],"items":{"type":"number"},"minItems":2,"maxItems":2,"default":null};
const schema16 = {"description":"Columns to write in this order, or \"all\". NanoAOD: el_X or ph_X of the probe, tag_Ele_X of the tag, A_X of another collection or of the event. Ntuples: names of branches. null: pt (et for photons of MiniAOD ntuples), eta and phi of the probe.","type":["string","array","null"],"items":{"description":"Name of a column.","type":"string"},"if":{"type":"string"},"then":{"const":"all"},"default":null};
const schema17 = {"description":"true: one row for each pair. false: one row for each event, pairs as lists. Ntuples have one row for each pair either way. null: false.","type":["boolean","null"],"default":false};
const schema18 = {"title":"UprootOptions","description":"How files are read. Named as in the reference; keys other than these are warned about. null: {}.","default":null,"type":["object","null"],"properties":{"allow_read_errors_with_report":{"description":"true: partitions that cannot be read are skipped, and reports say why. A list of names of Python exceptions (OSError, ValueError, KeyError, Exception ...): only such errors are skipped, and those derived from them. false, null: the first error stops the run, no reports.","default":null,"type":["boolean","array","null"],"items":{"description":"Name of a Python exception, as OSError.","type":"string"}},"timeout":{"description":"Seconds without any answer from a server after which a request is tried again; an operation with all its attempts ends after 5 times as long. The largest of the methods counts, since a file is read once for all; --timeout goes before it. null: 60.","default":null,"type":["number","null"],"exclusiveMinimum":0}},"additionalProperties":true};

function validate12(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.name === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "name"},schema:schema13.required,parentSchema:schema13,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.name !== undefined){
let data0 = data.name;
if("get_tnp_arrays" !== data0){
const err1 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/const",keyword:"const",params:{allowedValue: "get_tnp_arrays"},schema:"get_tnp_arrays",parentSchema:schema13.properties.name,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.args !== undefined){
let data1 = data.args;
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
for(const key0 in data1){
if(!(((((key0 === "cut_and_count") || (key0 === "mass_range")) || (key0 === "vars")) || (key0 === "flat")) || (key0 === "uproot_options"))){
const err2 = {instancePath:instancePath+"/args",schemaPath:"#/properties/args/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},schema:false,parentSchema:schema13.properties.args,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data1.cut_and_count !== undefined){
let data2 = data1.cut_and_count;
if(typeof data2 !== "boolean"){
const err3 = {instancePath:instancePath+"/args/cut_and_count",schemaPath:"#/definitions/arguments/cut_and_count/type",keyword:"type",params:{type: "boolean"},schema:schema14.type,parentSchema:schema14,data:data2};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data1.mass_range !== undefined){
let data3 = data1.mass_range;
if(((!((typeof data3 == "number") && (isFinite(data3)))) && (!(Array.isArray(data3)))) && (data3 !== null)){
const err4 = {instancePath:instancePath+"/args/mass_range",schemaPath:"#/definitions/arguments/mass_range/type",keyword:"type",params:{type: schema15.type},schema:schema15.type,parentSchema:schema15,data:data3};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(Array.isArray(data3)){
if(data3.length > 2){
const err5 = {instancePath:instancePath+"/args/mass_range",schemaPath:"#/definitions/arguments/mass_range/maxItems",keyword:"maxItems",params:{limit: 2},schema:2,parentSchema:schema15,data:data3};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data3.length < 2){
const err6 = {instancePath:instancePath+"/args/mass_range",schemaPath:"#/definitions/arguments/mass_range/minItems",keyword:"minItems",params:{limit: 2},schema:2,parentSchema:schema15,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
let data4 = data3[i0];
if(!((typeof data4 == "number") && (isFinite(data4)))){
const err7 = {instancePath:instancePath+"/args/mass_range/" + i0,schemaPath:"#/definitions/arguments/mass_range/items/type",keyword:"type",params:{type: "number"},schema:schema15.items.type,parentSchema:schema15.items,data:data4};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
}
if(data1.vars !== undefined){
let data5 = data1.vars;
if(((typeof data5 !== "string") && (!(Array.isArray(data5)))) && (data5 !== null)){
const err8 = {instancePath:instancePath+"/args/vars",schemaPath:"#/definitions/arguments/array_vars/type",keyword:"type",params:{type: schema16.type},schema:schema16.type,parentSchema:schema16,data:data5};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
const _errs17 = errors;
let valid7 = true;
const _errs18 = errors;
if(typeof data5 !== "string"){
const err9 = {};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
var _valid0 = _errs18 === errors;
errors = _errs17;
if(vErrors !== null){
if(_errs17){
vErrors.length = _errs17;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs20 = errors;
if("all" !== data5){
const err10 = {instancePath:instancePath+"/args/vars",schemaPath:"#/definitions/arguments/array_vars/then/const",keyword:"const",params:{allowedValue: "all"},schema:"all",parentSchema:schema16.then,data:data5};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
var _valid0 = _errs20 === errors;
valid7 = _valid0;
}
if(!valid7){
const err11 = {instancePath:instancePath+"/args/vars",schemaPath:"#/definitions/arguments/array_vars/if",keyword:"if",params:{failingKeyword: "then"},schema:schema16.if,parentSchema:schema16,data:data5};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(Array.isArray(data5)){
const len1 = data5.length;
for(let i1=0; i1<len1; i1++){
let data6 = data5[i1];
if(typeof data6 !== "string"){
const err12 = {instancePath:instancePath+"/args/vars/" + i1,schemaPath:"#/definitions/arguments/array_vars/items/type",keyword:"type",params:{type: "string"},schema:schema16.items.type,parentSchema:schema16.items,data:data6};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
}
if(data1.flat !== undefined){
let data7 = data1.flat;
if((typeof data7 !== "boolean") && (data7 !== null)){
const err13 = {instancePath:instancePath+"/args/flat",schemaPath:"#/definitions/arguments/flat/type",keyword:"type",params:{type: schema17.type},schema:schema17.type,parentSchema:schema17,data:data7};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data1.uproot_options !== undefined){
let data8 = data1.uproot_options;
if((!(data8 && typeof data8 == "object" && !Array.isArray(data8))) && (data8 !== null)){
const err14 = {instancePath:instancePath+"/args/uproot_options",schemaPath:"#/definitions/arguments/uproot_options/type",keyword:"type",params:{type: schema18.type},schema:schema18.type,parentSchema:schema18,data:data8};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
if(data8.allow_read_errors_with_report !== undefined){
let data9 = data8.allow_read_errors_with_report;
if(((typeof data9 !== "boolean") && (!(Array.isArray(data9)))) && (data9 !== null)){
const err15 = {instancePath:instancePath+"/args/uproot_options/allow_read_errors_with_report",schemaPath:"#/definitions/arguments/uproot_options/properties/allow_read_errors_with_report/type",keyword:"type",params:{type: schema18.properties.allow_read_errors_with_report.type},schema:schema18.properties.allow_read_errors_with_report.type,parentSchema:schema18.properties.allow_read_errors_with_report,data:data9};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if(Array.isArray(data9)){
const len2 = data9.length;
for(let i2=0; i2<len2; i2++){
let data10 = data9[i2];
if(typeof data10 !== "string"){
const err16 = {instancePath:instancePath+"/args/uproot_options/allow_read_errors_with_report/" + i2,schemaPath:"#/definitions/arguments/uproot_options/properties/allow_read_errors_with_report/items/type",keyword:"type",params:{type: "string"},schema:schema18.properties.allow_read_errors_with_report.items.type,parentSchema:schema18.properties.allow_read_errors_with_report.items,data:data10};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
}
}
if(data8.timeout !== undefined){
let data11 = data8.timeout;
if((!((typeof data11 == "number") && (isFinite(data11)))) && (data11 !== null)){
const err17 = {instancePath:instancePath+"/args/uproot_options/timeout",schemaPath:"#/definitions/arguments/uproot_options/properties/timeout/type",keyword:"type",params:{type: schema18.properties.timeout.type},schema:schema18.properties.timeout.type,parentSchema:schema18.properties.timeout,data:data11};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
if((typeof data11 == "number") && (isFinite(data11))){
if(data11 <= 0 || isNaN(data11)){
const err18 = {instancePath:instancePath+"/args/uproot_options/timeout",schemaPath:"#/definitions/arguments/uproot_options/properties/timeout/exclusiveMinimum",keyword:"exclusiveMinimum",params:{comparison: ">", limit: 0},schema:0,parentSchema:schema18.properties.timeout,data:data11};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
}
}
}
}
else {
const err19 = {instancePath:instancePath+"/args",schemaPath:"#/properties/args/type",keyword:"type",params:{type: "object"},schema:schema13.properties.args.type,parentSchema:schema13.properties.args,data:data1};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
}
else {
const err20 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema13.type,parentSchema:schema13,data};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
validate12.errors = vErrors;
return errors === 0;
}

const schema19 = {"title":"GetPassingAndFailingProbesMethod","description":"Columns of passing and of failing probes, two Parquet files for each partition and filter.","type":"object","required":["name"],"properties":{"name":{"description":"Name of the method.","const":"get_passing_and_failing_probes"},"args":{"title":"PassingFailingArgs","description":"Arguments of get_passing_and_failing_probes.","type":"object","properties":{"filter":{"$ref":"#/definitions/arguments/filter"},"cut_and_count":{"$ref":"#/definitions/arguments/cut_and_count"},"mass_range":{"$ref":"#/definitions/arguments/mass_range"},"vars":{"$ref":"#/definitions/arguments/array_vars"},"flat":{"$ref":"#/definitions/arguments/flat"},"uproot_options":{"$ref":"#/definitions/arguments/uproot_options"}},"additionalProperties":false,"required":["filter"]}},"additionalProperties":true};
const schema20 = {"description":"Name of a filter (a key of filters), or a list of names: the method runs once for each.","type":["string","array"],"items":{"description":"Name of a filter.","type":"string"},"minItems":1};

function validate13(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.name === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "name"},schema:schema19.required,parentSchema:schema19,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.name !== undefined){
let data0 = data.name;
if("get_passing_and_failing_probes" !== data0){
const err1 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/const",keyword:"const",params:{allowedValue: "get_passing_and_failing_probes"},schema:"get_passing_and_failing_probes",parentSchema:schema19.properties.name,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.args !== undefined){
let data1 = data.args;
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
if(data1.filter === undefined){
const err2 = {instancePath:instancePath+"/args",schemaPath:"#/properties/args/required",keyword:"required",params:{missingProperty: "filter"},schema:schema19.properties.args.required,parentSchema:schema19.properties.args,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key0 in data1){
if(!((((((key0 === "filter") || (key0 === "cut_and_count")) || (key0 === "mass_range")) || (key0 === "vars")) || (key0 === "flat")) || (key0 === "uproot_options"))){
const err3 = {instancePath:instancePath+"/args",schemaPath:"#/properties/args/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},schema:false,parentSchema:schema19.properties.args,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data1.filter !== undefined){
let data2 = data1.filter;
if((typeof data2 !== "string") && (!(Array.isArray(data2)))){
const err4 = {instancePath:instancePath+"/args/filter",schemaPath:"#/definitions/arguments/filter/type",keyword:"type",params:{type: schema20.type},schema:schema20.type,parentSchema:schema20,data:data2};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(Array.isArray(data2)){
if(data2.length < 1){
const err5 = {instancePath:instancePath+"/args/filter",schemaPath:"#/definitions/arguments/filter/minItems",keyword:"minItems",params:{limit: 1},schema:1,parentSchema:schema20,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(typeof data3 !== "string"){
const err6 = {instancePath:instancePath+"/args/filter/" + i0,schemaPath:"#/definitions/arguments/filter/items/type",keyword:"type",params:{type: "string"},schema:schema20.items.type,parentSchema:schema20.items,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
}
if(data1.cut_and_count !== undefined){
let data4 = data1.cut_and_count;
if(typeof data4 !== "boolean"){
const err7 = {instancePath:instancePath+"/args/cut_and_count",schemaPath:"#/definitions/arguments/cut_and_count/type",keyword:"type",params:{type: "boolean"},schema:schema14.type,parentSchema:schema14,data:data4};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data1.mass_range !== undefined){
let data5 = data1.mass_range;
if(((!((typeof data5 == "number") && (isFinite(data5)))) && (!(Array.isArray(data5)))) && (data5 !== null)){
const err8 = {instancePath:instancePath+"/args/mass_range",schemaPath:"#/definitions/arguments/mass_range/type",keyword:"type",params:{type: schema15.type},schema:schema15.type,parentSchema:schema15,data:data5};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(Array.isArray(data5)){
if(data5.length > 2){
const err9 = {instancePath:instancePath+"/args/mass_range",schemaPath:"#/definitions/arguments/mass_range/maxItems",keyword:"maxItems",params:{limit: 2},schema:2,parentSchema:schema15,data:data5};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(data5.length < 2){
const err10 = {instancePath:instancePath+"/args/mass_range",schemaPath:"#/definitions/arguments/mass_range/minItems",keyword:"minItems",params:{limit: 2},schema:2,parentSchema:schema15,data:data5};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
const len1 = data5.length;
for(let i1=0; i1<len1; i1++){
let data6 = data5[i1];
if(!((typeof data6 == "number") && (isFinite(data6)))){
const err11 = {instancePath:instancePath+"/args/mass_range/" + i1,schemaPath:"#/definitions/arguments/mass_range/items/type",keyword:"type",params:{type: "number"},schema:schema15.items.type,parentSchema:schema15.items,data:data6};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
}
}
if(data1.vars !== undefined){
let data7 = data1.vars;
if(((typeof data7 !== "string") && (!(Array.isArray(data7)))) && (data7 !== null)){
const err12 = {instancePath:instancePath+"/args/vars",schemaPath:"#/definitions/arguments/array_vars/type",keyword:"type",params:{type: schema16.type},schema:schema16.type,parentSchema:schema16,data:data7};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
const _errs22 = errors;
let valid10 = true;
const _errs23 = errors;
if(typeof data7 !== "string"){
const err13 = {};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
var _valid0 = _errs23 === errors;
errors = _errs22;
if(vErrors !== null){
if(_errs22){
vErrors.length = _errs22;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs25 = errors;
if("all" !== data7){
const err14 = {instancePath:instancePath+"/args/vars",schemaPath:"#/definitions/arguments/array_vars/then/const",keyword:"const",params:{allowedValue: "all"},schema:"all",parentSchema:schema16.then,data:data7};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
var _valid0 = _errs25 === errors;
valid10 = _valid0;
}
if(!valid10){
const err15 = {instancePath:instancePath+"/args/vars",schemaPath:"#/definitions/arguments/array_vars/if",keyword:"if",params:{failingKeyword: "then"},schema:schema16.if,parentSchema:schema16,data:data7};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if(Array.isArray(data7)){
const len2 = data7.length;
for(let i2=0; i2<len2; i2++){
let data8 = data7[i2];
if(typeof data8 !== "string"){
const err16 = {instancePath:instancePath+"/args/vars/" + i2,schemaPath:"#/definitions/arguments/array_vars/items/type",keyword:"type",params:{type: "string"},schema:schema16.items.type,parentSchema:schema16.items,data:data8};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
}
}
if(data1.flat !== undefined){
let data9 = data1.flat;
if((typeof data9 !== "boolean") && (data9 !== null)){
const err17 = {instancePath:instancePath+"/args/flat",schemaPath:"#/definitions/arguments/flat/type",keyword:"type",params:{type: schema17.type},schema:schema17.type,parentSchema:schema17,data:data9};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data1.uproot_options !== undefined){
let data10 = data1.uproot_options;
if((!(data10 && typeof data10 == "object" && !Array.isArray(data10))) && (data10 !== null)){
const err18 = {instancePath:instancePath+"/args/uproot_options",schemaPath:"#/definitions/arguments/uproot_options/type",keyword:"type",params:{type: schema18.type},schema:schema18.type,parentSchema:schema18,data:data10};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
if(data10.allow_read_errors_with_report !== undefined){
let data11 = data10.allow_read_errors_with_report;
if(((typeof data11 !== "boolean") && (!(Array.isArray(data11)))) && (data11 !== null)){
const err19 = {instancePath:instancePath+"/args/uproot_options/allow_read_errors_with_report",schemaPath:"#/definitions/arguments/uproot_options/properties/allow_read_errors_with_report/type",keyword:"type",params:{type: schema18.properties.allow_read_errors_with_report.type},schema:schema18.properties.allow_read_errors_with_report.type,parentSchema:schema18.properties.allow_read_errors_with_report,data:data11};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if(Array.isArray(data11)){
const len3 = data11.length;
for(let i3=0; i3<len3; i3++){
let data12 = data11[i3];
if(typeof data12 !== "string"){
const err20 = {instancePath:instancePath+"/args/uproot_options/allow_read_errors_with_report/" + i3,schemaPath:"#/definitions/arguments/uproot_options/properties/allow_read_errors_with_report/items/type",keyword:"type",params:{type: "string"},schema:schema18.properties.allow_read_errors_with_report.items.type,parentSchema:schema18.properties.allow_read_errors_with_report.items,data:data12};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
}
}
if(data10.timeout !== undefined){
let data13 = data10.timeout;
if((!((typeof data13 == "number") && (isFinite(data13)))) && (data13 !== null)){
const err21 = {instancePath:instancePath+"/args/uproot_options/timeout",schemaPath:"#/definitions/arguments/uproot_options/properties/timeout/type",keyword:"type",params:{type: schema18.properties.timeout.type},schema:schema18.properties.timeout.type,parentSchema:schema18.properties.timeout,data:data13};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
if((typeof data13 == "number") && (isFinite(data13))){
if(data13 <= 0 || isNaN(data13)){
const err22 = {instancePath:instancePath+"/args/uproot_options/timeout",schemaPath:"#/definitions/arguments/uproot_options/properties/timeout/exclusiveMinimum",keyword:"exclusiveMinimum",params:{comparison: ">", limit: 0},schema:0,parentSchema:schema18.properties.timeout,data:data13};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
}
}
}
}
else {
const err23 = {instancePath:instancePath+"/args",schemaPath:"#/properties/args/type",keyword:"type",params:{type: "object"},schema:schema19.properties.args.type,parentSchema:schema19.properties.args,data:data1};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
}
else {
const err24 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema19.type,parentSchema:schema19,data};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
validate13.errors = vErrors;
return errors === 0;
}

const schema26 = {"title":"Get1dPtEtaPhiTnpHistogramsMethod","description":"Histograms of passing and failing probes in pt, eta and phi, each in regions.","type":"object","required":["name"],"properties":{"name":{"description":"Name of the method.","const":"get_1d_pt_eta_phi_tnp_histograms"},"args":{"title":"Hist1dArgs","description":"Arguments of get_1d_pt_eta_phi_tnp_histograms.","type":"object","properties":{"filter":{"$ref":"#/definitions/arguments/filter"},"cut_and_count":{"$ref":"#/definitions/arguments/cut_and_count"},"mass_range":{"$ref":"#/definitions/arguments/mass_range"},"plateau_cut":{"$ref":"#/definitions/arguments/plateau_cut"},"eta_regions_pt":{"$ref":"#/definitions/arguments/eta_regions_pt"},"phi_regions_eta":{"$ref":"#/definitions/arguments/phi_regions_eta"},"eta_regions_phi":{"$ref":"#/definitions/arguments/eta_regions_phi"},"vars":{"$ref":"#/definitions/arguments/list_vars"},"weight":{"$ref":"#/definitions/arguments/weight"},"uproot_options":{"$ref":"#/definitions/arguments/uproot_options"}},"additionalProperties":false,"required":["filter"]}},"additionalProperties":true};
const schema30 = {"description":"Eta and phi histograms take only probes with pt > this, in GeV. null: 0.","type":["number","null"],"default":null};
const schema31 = {"description":"Regions of abs(eta), each with its own pt histogram: name -> [lo, hi], lo < abs(eta) < hi. null: barrel 0 to 1.4442, endcap 1.566 to 2.5.","type":["object","null"],"additionalProperties":{"description":"Lower and upper edge of the absolute value.","type":"array","items":{"type":"number"},"minItems":2,"maxItems":2},"default":null};
const schema32 = {"description":"Regions of abs(phi), each with its own eta histogram: name -> [lo, hi], lo < abs(phi) < hi. null: entire 0 to 3.32.","type":["object","null"],"additionalProperties":{"description":"Lower and upper edge of the absolute value.","type":"array","items":{"type":"number"},"minItems":2,"maxItems":2},"default":null};
const schema33 = {"description":"Regions of abs(eta), each with its own phi histogram: name -> [lo, hi], lo < abs(eta) < hi. null: entire 0 to 2.5.","type":["object","null"],"additionalProperties":{"description":"Lower and upper edge of the absolute value.","type":"array","items":{"type":"number"},"minItems":2,"maxItems":2},"default":null};
const schema34 = {"description":"Variables of the axes. 1d: three of them, in the order pt, eta, phi. nd: one axis for each. Each needs edges <variable>_bins. null: pt (et for photons of MiniAOD ntuples), eta and phi of the probe.","type":["array","null"],"items":{"description":"Name of a variable.","type":"string"},"default":null};
const schema35 = {"description":"Column of weights to fill with. The default counts as 1 where there is no such column; another name must be there, except weight_gen and weight_total, which count as 1 on data, with a warning. null: every weight is 1.","type":["string","null"],"default":"weight"};
const func2 = Object.prototype.hasOwnProperty;

function validate14(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.name === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "name"},schema:schema26.required,parentSchema:schema26,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.name !== undefined){
let data0 = data.name;
if("get_1d_pt_eta_phi_tnp_histograms" !== data0){
const err1 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/const",keyword:"const",params:{allowedValue: "get_1d_pt_eta_phi_tnp_histograms"},schema:"get_1d_pt_eta_phi_tnp_histograms",parentSchema:schema26.properties.name,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.args !== undefined){
let data1 = data.args;
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
if(data1.filter === undefined){
const err2 = {instancePath:instancePath+"/args",schemaPath:"#/properties/args/required",keyword:"required",params:{missingProperty: "filter"},schema:schema26.properties.args.required,parentSchema:schema26.properties.args,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key0 in data1){
if(!(func2.call(schema26.properties.args.properties, key0))){
const err3 = {instancePath:instancePath+"/args",schemaPath:"#/properties/args/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},schema:false,parentSchema:schema26.properties.args,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data1.filter !== undefined){
let data2 = data1.filter;
if((typeof data2 !== "string") && (!(Array.isArray(data2)))){
const err4 = {instancePath:instancePath+"/args/filter",schemaPath:"#/definitions/arguments/filter/type",keyword:"type",params:{type: schema20.type},schema:schema20.type,parentSchema:schema20,data:data2};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(Array.isArray(data2)){
if(data2.length < 1){
const err5 = {instancePath:instancePath+"/args/filter",schemaPath:"#/definitions/arguments/filter/minItems",keyword:"minItems",params:{limit: 1},schema:1,parentSchema:schema20,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(typeof data3 !== "string"){
const err6 = {instancePath:instancePath+"/args/filter/" + i0,schemaPath:"#/definitions/arguments/filter/items/type",keyword:"type",params:{type: "string"},schema:schema20.items.type,parentSchema:schema20.items,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
}
if(data1.cut_and_count !== undefined){
let data4 = data1.cut_and_count;
if(typeof data4 !== "boolean"){
const err7 = {instancePath:instancePath+"/args/cut_and_count",schemaPath:"#/definitions/arguments/cut_and_count/type",keyword:"type",params:{type: "boolean"},schema:schema14.type,parentSchema:schema14,data:data4};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data1.mass_range !== undefined){
let data5 = data1.mass_range;
if(((!((typeof data5 == "number") && (isFinite(data5)))) && (!(Array.isArray(data5)))) && (data5 !== null)){
const err8 = {instancePath:instancePath+"/args/mass_range",schemaPath:"#/definitions/arguments/mass_range/type",keyword:"type",params:{type: schema15.type},schema:schema15.type,parentSchema:schema15,data:data5};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(Array.isArray(data5)){
if(data5.length > 2){
const err9 = {instancePath:instancePath+"/args/mass_range",schemaPath:"#/definitions/arguments/mass_range/maxItems",keyword:"maxItems",params:{limit: 2},schema:2,parentSchema:schema15,data:data5};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(data5.length < 2){
const err10 = {instancePath:instancePath+"/args/mass_range",schemaPath:"#/definitions/arguments/mass_range/minItems",keyword:"minItems",params:{limit: 2},schema:2,parentSchema:schema15,data:data5};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
const len1 = data5.length;
for(let i1=0; i1<len1; i1++){
let data6 = data5[i1];
if(!((typeof data6 == "number") && (isFinite(data6)))){
const err11 = {instancePath:instancePath+"/args/mass_range/" + i1,schemaPath:"#/definitions/arguments/mass_range/items/type",keyword:"type",params:{type: "number"},schema:schema15.items.type,parentSchema:schema15.items,data:data6};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
}
}
if(data1.plateau_cut !== undefined){
let data7 = data1.plateau_cut;
if((!((typeof data7 == "number") && (isFinite(data7)))) && (data7 !== null)){
const err12 = {instancePath:instancePath+"/args/plateau_cut",schemaPath:"#/definitions/arguments/plateau_cut/type",keyword:"type",params:{type: schema30.type},schema:schema30.type,parentSchema:schema30,data:data7};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data1.eta_regions_pt !== undefined){
let data8 = data1.eta_regions_pt;
if((!(data8 && typeof data8 == "object" && !Array.isArray(data8))) && (data8 !== null)){
const err13 = {instancePath:instancePath+"/args/eta_regions_pt",schemaPath:"#/definitions/arguments/eta_regions_pt/type",keyword:"type",params:{type: schema31.type},schema:schema31.type,parentSchema:schema31,data:data8};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
for(const key1 in data8){
let data9 = data8[key1];
if(Array.isArray(data9)){
if(data9.length > 2){
const err14 = {instancePath:instancePath+"/args/eta_regions_pt/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/arguments/eta_regions_pt/additionalProperties/maxItems",keyword:"maxItems",params:{limit: 2},schema:2,parentSchema:schema31.additionalProperties,data:data9};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(data9.length < 2){
const err15 = {instancePath:instancePath+"/args/eta_regions_pt/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/arguments/eta_regions_pt/additionalProperties/minItems",keyword:"minItems",params:{limit: 2},schema:2,parentSchema:schema31.additionalProperties,data:data9};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
const len2 = data9.length;
for(let i2=0; i2<len2; i2++){
let data10 = data9[i2];
if(!((typeof data10 == "number") && (isFinite(data10)))){
const err16 = {instancePath:instancePath+"/args/eta_regions_pt/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i2,schemaPath:"#/definitions/arguments/eta_regions_pt/additionalProperties/items/type",keyword:"type",params:{type: "number"},schema:schema31.additionalProperties.items.type,parentSchema:schema31.additionalProperties.items,data:data10};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
}
else {
const err17 = {instancePath:instancePath+"/args/eta_regions_pt/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/arguments/eta_regions_pt/additionalProperties/type",keyword:"type",params:{type: "array"},schema:schema31.additionalProperties.type,parentSchema:schema31.additionalProperties,data:data9};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
}
}
if(data1.phi_regions_eta !== undefined){
let data11 = data1.phi_regions_eta;
if((!(data11 && typeof data11 == "object" && !Array.isArray(data11))) && (data11 !== null)){
const err18 = {instancePath:instancePath+"/args/phi_regions_eta",schemaPath:"#/definitions/arguments/phi_regions_eta/type",keyword:"type",params:{type: schema32.type},schema:schema32.type,parentSchema:schema32,data:data11};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
for(const key2 in data11){
let data12 = data11[key2];
if(Array.isArray(data12)){
if(data12.length > 2){
const err19 = {instancePath:instancePath+"/args/phi_regions_eta/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/arguments/phi_regions_eta/additionalProperties/maxItems",keyword:"maxItems",params:{limit: 2},schema:2,parentSchema:schema32.additionalProperties,data:data12};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if(data12.length < 2){
const err20 = {instancePath:instancePath+"/args/phi_regions_eta/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/arguments/phi_regions_eta/additionalProperties/minItems",keyword:"minItems",params:{limit: 2},schema:2,parentSchema:schema32.additionalProperties,data:data12};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
const len3 = data12.length;
for(let i3=0; i3<len3; i3++){
let data13 = data12[i3];
if(!((typeof data13 == "number") && (isFinite(data13)))){
const err21 = {instancePath:instancePath+"/args/phi_regions_eta/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i3,schemaPath:"#/definitions/arguments/phi_regions_eta/additionalProperties/items/type",keyword:"type",params:{type: "number"},schema:schema32.additionalProperties.items.type,parentSchema:schema32.additionalProperties.items,data:data13};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
}
else {
const err22 = {instancePath:instancePath+"/args/phi_regions_eta/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/arguments/phi_regions_eta/additionalProperties/type",keyword:"type",params:{type: "array"},schema:schema32.additionalProperties.type,parentSchema:schema32.additionalProperties,data:data12};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
}
}
if(data1.eta_regions_phi !== undefined){
let data14 = data1.eta_regions_phi;
if((!(data14 && typeof data14 == "object" && !Array.isArray(data14))) && (data14 !== null)){
const err23 = {instancePath:instancePath+"/args/eta_regions_phi",schemaPath:"#/definitions/arguments/eta_regions_phi/type",keyword:"type",params:{type: schema33.type},schema:schema33.type,parentSchema:schema33,data:data14};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
if(data14 && typeof data14 == "object" && !Array.isArray(data14)){
for(const key3 in data14){
let data15 = data14[key3];
if(Array.isArray(data15)){
if(data15.length > 2){
const err24 = {instancePath:instancePath+"/args/eta_regions_phi/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/arguments/eta_regions_phi/additionalProperties/maxItems",keyword:"maxItems",params:{limit: 2},schema:2,parentSchema:schema33.additionalProperties,data:data15};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
if(data15.length < 2){
const err25 = {instancePath:instancePath+"/args/eta_regions_phi/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/arguments/eta_regions_phi/additionalProperties/minItems",keyword:"minItems",params:{limit: 2},schema:2,parentSchema:schema33.additionalProperties,data:data15};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
const len4 = data15.length;
for(let i4=0; i4<len4; i4++){
let data16 = data15[i4];
if(!((typeof data16 == "number") && (isFinite(data16)))){
const err26 = {instancePath:instancePath+"/args/eta_regions_phi/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i4,schemaPath:"#/definitions/arguments/eta_regions_phi/additionalProperties/items/type",keyword:"type",params:{type: "number"},schema:schema33.additionalProperties.items.type,parentSchema:schema33.additionalProperties.items,data:data16};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
}
else {
const err27 = {instancePath:instancePath+"/args/eta_regions_phi/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/arguments/eta_regions_phi/additionalProperties/type",keyword:"type",params:{type: "array"},schema:schema33.additionalProperties.type,parentSchema:schema33.additionalProperties,data:data15};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
}
}
if(data1.vars !== undefined){
let data17 = data1.vars;
if((!(Array.isArray(data17))) && (data17 !== null)){
const err28 = {instancePath:instancePath+"/args/vars",schemaPath:"#/definitions/arguments/list_vars/type",keyword:"type",params:{type: schema34.type},schema:schema34.type,parentSchema:schema34,data:data17};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
if(Array.isArray(data17)){
const len5 = data17.length;
for(let i5=0; i5<len5; i5++){
let data18 = data17[i5];
if(typeof data18 !== "string"){
const err29 = {instancePath:instancePath+"/args/vars/" + i5,schemaPath:"#/definitions/arguments/list_vars/items/type",keyword:"type",params:{type: "string"},schema:schema34.items.type,parentSchema:schema34.items,data:data18};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
}
}
if(data1.weight !== undefined){
let data19 = data1.weight;
if((typeof data19 !== "string") && (data19 !== null)){
const err30 = {instancePath:instancePath+"/args/weight",schemaPath:"#/definitions/arguments/weight/type",keyword:"type",params:{type: schema35.type},schema:schema35.type,parentSchema:schema35,data:data19};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
if(data1.uproot_options !== undefined){
let data20 = data1.uproot_options;
if((!(data20 && typeof data20 == "object" && !Array.isArray(data20))) && (data20 !== null)){
const err31 = {instancePath:instancePath+"/args/uproot_options",schemaPath:"#/definitions/arguments/uproot_options/type",keyword:"type",params:{type: schema18.type},schema:schema18.type,parentSchema:schema18,data:data20};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
if(data20 && typeof data20 == "object" && !Array.isArray(data20)){
if(data20.allow_read_errors_with_report !== undefined){
let data21 = data20.allow_read_errors_with_report;
if(((typeof data21 !== "boolean") && (!(Array.isArray(data21)))) && (data21 !== null)){
const err32 = {instancePath:instancePath+"/args/uproot_options/allow_read_errors_with_report",schemaPath:"#/definitions/arguments/uproot_options/properties/allow_read_errors_with_report/type",keyword:"type",params:{type: schema18.properties.allow_read_errors_with_report.type},schema:schema18.properties.allow_read_errors_with_report.type,parentSchema:schema18.properties.allow_read_errors_with_report,data:data21};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
if(Array.isArray(data21)){
const len6 = data21.length;
for(let i6=0; i6<len6; i6++){
let data22 = data21[i6];
if(typeof data22 !== "string"){
const err33 = {instancePath:instancePath+"/args/uproot_options/allow_read_errors_with_report/" + i6,schemaPath:"#/definitions/arguments/uproot_options/properties/allow_read_errors_with_report/items/type",keyword:"type",params:{type: "string"},schema:schema18.properties.allow_read_errors_with_report.items.type,parentSchema:schema18.properties.allow_read_errors_with_report.items,data:data22};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
}
}
if(data20.timeout !== undefined){
let data23 = data20.timeout;
if((!((typeof data23 == "number") && (isFinite(data23)))) && (data23 !== null)){
const err34 = {instancePath:instancePath+"/args/uproot_options/timeout",schemaPath:"#/definitions/arguments/uproot_options/properties/timeout/type",keyword:"type",params:{type: schema18.properties.timeout.type},schema:schema18.properties.timeout.type,parentSchema:schema18.properties.timeout,data:data23};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
if((typeof data23 == "number") && (isFinite(data23))){
if(data23 <= 0 || isNaN(data23)){
const err35 = {instancePath:instancePath+"/args/uproot_options/timeout",schemaPath:"#/definitions/arguments/uproot_options/properties/timeout/exclusiveMinimum",keyword:"exclusiveMinimum",params:{comparison: ">", limit: 0},schema:0,parentSchema:schema18.properties.timeout,data:data23};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
}
}
}
}
else {
const err36 = {instancePath:instancePath+"/args",schemaPath:"#/properties/args/type",keyword:"type",params:{type: "object"},schema:schema26.properties.args.type,parentSchema:schema26.properties.args,data:data1};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
}
else {
const err37 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema26.type,parentSchema:schema26,data};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
validate14.errors = vErrors;
return errors === 0;
}

const schema37 = {"title":"GetNdTnpHistogramsMethod","description":"One histogram of passing and one of failing probes with an axis for each variable.","type":"object","required":["name"],"properties":{"name":{"description":"Name of the method.","const":"get_nd_tnp_histograms"},"args":{"title":"HistNdArgs","description":"Arguments of get_nd_tnp_histograms.","type":"object","properties":{"filter":{"$ref":"#/definitions/arguments/filter"},"cut_and_count":{"$ref":"#/definitions/arguments/cut_and_count"},"mass_range":{"$ref":"#/definitions/arguments/mass_range"},"vars":{"$ref":"#/definitions/arguments/list_vars"},"weight":{"$ref":"#/definitions/arguments/weight"},"uproot_options":{"$ref":"#/definitions/arguments/uproot_options"}},"additionalProperties":false,"required":["filter"]}},"additionalProperties":true};

function validate15(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.name === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "name"},schema:schema37.required,parentSchema:schema37,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.name !== undefined){
let data0 = data.name;
if("get_nd_tnp_histograms" !== data0){
const err1 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/const",keyword:"const",params:{allowedValue: "get_nd_tnp_histograms"},schema:"get_nd_tnp_histograms",parentSchema:schema37.properties.name,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.args !== undefined){
let data1 = data.args;
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
if(data1.filter === undefined){
const err2 = {instancePath:instancePath+"/args",schemaPath:"#/properties/args/required",keyword:"required",params:{missingProperty: "filter"},schema:schema37.properties.args.required,parentSchema:schema37.properties.args,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key0 in data1){
if(!((((((key0 === "filter") || (key0 === "cut_and_count")) || (key0 === "mass_range")) || (key0 === "vars")) || (key0 === "weight")) || (key0 === "uproot_options"))){
const err3 = {instancePath:instancePath+"/args",schemaPath:"#/properties/args/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},schema:false,parentSchema:schema37.properties.args,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data1.filter !== undefined){
let data2 = data1.filter;
if((typeof data2 !== "string") && (!(Array.isArray(data2)))){
const err4 = {instancePath:instancePath+"/args/filter",schemaPath:"#/definitions/arguments/filter/type",keyword:"type",params:{type: schema20.type},schema:schema20.type,parentSchema:schema20,data:data2};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(Array.isArray(data2)){
if(data2.length < 1){
const err5 = {instancePath:instancePath+"/args/filter",schemaPath:"#/definitions/arguments/filter/minItems",keyword:"minItems",params:{limit: 1},schema:1,parentSchema:schema20,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(typeof data3 !== "string"){
const err6 = {instancePath:instancePath+"/args/filter/" + i0,schemaPath:"#/definitions/arguments/filter/items/type",keyword:"type",params:{type: "string"},schema:schema20.items.type,parentSchema:schema20.items,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
}
if(data1.cut_and_count !== undefined){
let data4 = data1.cut_and_count;
if(typeof data4 !== "boolean"){
const err7 = {instancePath:instancePath+"/args/cut_and_count",schemaPath:"#/definitions/arguments/cut_and_count/type",keyword:"type",params:{type: "boolean"},schema:schema14.type,parentSchema:schema14,data:data4};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data1.mass_range !== undefined){
let data5 = data1.mass_range;
if(((!((typeof data5 == "number") && (isFinite(data5)))) && (!(Array.isArray(data5)))) && (data5 !== null)){
const err8 = {instancePath:instancePath+"/args/mass_range",schemaPath:"#/definitions/arguments/mass_range/type",keyword:"type",params:{type: schema15.type},schema:schema15.type,parentSchema:schema15,data:data5};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(Array.isArray(data5)){
if(data5.length > 2){
const err9 = {instancePath:instancePath+"/args/mass_range",schemaPath:"#/definitions/arguments/mass_range/maxItems",keyword:"maxItems",params:{limit: 2},schema:2,parentSchema:schema15,data:data5};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(data5.length < 2){
const err10 = {instancePath:instancePath+"/args/mass_range",schemaPath:"#/definitions/arguments/mass_range/minItems",keyword:"minItems",params:{limit: 2},schema:2,parentSchema:schema15,data:data5};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
const len1 = data5.length;
for(let i1=0; i1<len1; i1++){
let data6 = data5[i1];
if(!((typeof data6 == "number") && (isFinite(data6)))){
const err11 = {instancePath:instancePath+"/args/mass_range/" + i1,schemaPath:"#/definitions/arguments/mass_range/items/type",keyword:"type",params:{type: "number"},schema:schema15.items.type,parentSchema:schema15.items,data:data6};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
}
}
if(data1.vars !== undefined){
let data7 = data1.vars;
if((!(Array.isArray(data7))) && (data7 !== null)){
const err12 = {instancePath:instancePath+"/args/vars",schemaPath:"#/definitions/arguments/list_vars/type",keyword:"type",params:{type: schema34.type},schema:schema34.type,parentSchema:schema34,data:data7};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(Array.isArray(data7)){
const len2 = data7.length;
for(let i2=0; i2<len2; i2++){
let data8 = data7[i2];
if(typeof data8 !== "string"){
const err13 = {instancePath:instancePath+"/args/vars/" + i2,schemaPath:"#/definitions/arguments/list_vars/items/type",keyword:"type",params:{type: "string"},schema:schema34.items.type,parentSchema:schema34.items,data:data8};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
}
}
if(data1.weight !== undefined){
let data9 = data1.weight;
if((typeof data9 !== "string") && (data9 !== null)){
const err14 = {instancePath:instancePath+"/args/weight",schemaPath:"#/definitions/arguments/weight/type",keyword:"type",params:{type: schema35.type},schema:schema35.type,parentSchema:schema35,data:data9};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data1.uproot_options !== undefined){
let data10 = data1.uproot_options;
if((!(data10 && typeof data10 == "object" && !Array.isArray(data10))) && (data10 !== null)){
const err15 = {instancePath:instancePath+"/args/uproot_options",schemaPath:"#/definitions/arguments/uproot_options/type",keyword:"type",params:{type: schema18.type},schema:schema18.type,parentSchema:schema18,data:data10};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
if(data10.allow_read_errors_with_report !== undefined){
let data11 = data10.allow_read_errors_with_report;
if(((typeof data11 !== "boolean") && (!(Array.isArray(data11)))) && (data11 !== null)){
const err16 = {instancePath:instancePath+"/args/uproot_options/allow_read_errors_with_report",schemaPath:"#/definitions/arguments/uproot_options/properties/allow_read_errors_with_report/type",keyword:"type",params:{type: schema18.properties.allow_read_errors_with_report.type},schema:schema18.properties.allow_read_errors_with_report.type,parentSchema:schema18.properties.allow_read_errors_with_report,data:data11};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if(Array.isArray(data11)){
const len3 = data11.length;
for(let i3=0; i3<len3; i3++){
let data12 = data11[i3];
if(typeof data12 !== "string"){
const err17 = {instancePath:instancePath+"/args/uproot_options/allow_read_errors_with_report/" + i3,schemaPath:"#/definitions/arguments/uproot_options/properties/allow_read_errors_with_report/items/type",keyword:"type",params:{type: "string"},schema:schema18.properties.allow_read_errors_with_report.items.type,parentSchema:schema18.properties.allow_read_errors_with_report.items,data:data12};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
}
}
if(data10.timeout !== undefined){
let data13 = data10.timeout;
if((!((typeof data13 == "number") && (isFinite(data13)))) && (data13 !== null)){
const err18 = {instancePath:instancePath+"/args/uproot_options/timeout",schemaPath:"#/definitions/arguments/uproot_options/properties/timeout/type",keyword:"type",params:{type: schema18.properties.timeout.type},schema:schema18.properties.timeout.type,parentSchema:schema18.properties.timeout,data:data13};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if((typeof data13 == "number") && (isFinite(data13))){
if(data13 <= 0 || isNaN(data13)){
const err19 = {instancePath:instancePath+"/args/uproot_options/timeout",schemaPath:"#/definitions/arguments/uproot_options/properties/timeout/exclusiveMinimum",keyword:"exclusiveMinimum",params:{comparison: ">", limit: 0},schema:0,parentSchema:schema18.properties.timeout,data:data13};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
}
}
}
}
else {
const err20 = {instancePath:instancePath+"/args",schemaPath:"#/properties/args/type",keyword:"type",params:{type: "object"},schema:schema37.properties.args.type,parentSchema:schema37.properties.args,data:data1};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
}
else {
const err21 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema37.type,parentSchema:schema37,data};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
validate15.errors = vErrors;
return errors === 0;
}

const schema44 = {"title":"GetNtuplesMethod","description":"Scale and smearing: one row for each event with two electrons.","type":"object","required":["name"],"properties":{"name":{"description":"Name of the method.","const":"get_ntuples"},"args":{"title":"NtuplesMethodArgs","description":"Arguments of get_ntuples.","type":"object","properties":{"vars":{"$ref":"#/definitions/arguments/ntuple_vars"},"mass_range":{"$ref":"#/definitions/arguments/mass_range"},"flat":{"$ref":"#/definitions/arguments/flat"},"drop_empty":{"description":"true: one row for each event with an accepted pair. false: also a row of nulls for each event with two electrons and no accepted pair, as the reference writes them.","type":["boolean","null"],"default":false},"null_gen_pt":{"description":"true: gen_pt is null for an electron without generator particle. false: it is that of the event's last generator particle, as the reference writes it.","type":["boolean","null"],"default":false},"uproot_options":{"$ref":"#/definitions/arguments/uproot_options"}},"additionalProperties":false}},"additionalProperties":true};
const schema45 = {"title":"NtupleVars","description":"Collection -> its variables, or \"all\". Electron: columns lead_X and sublead_X; Photon: lead_pho_X and sublead_pho_X, of the photon that the electron is linked to; others (Jet): a list column for each variable, Jet_X. Muon is ignored. null: everything of Electron and Photon.","type":["object","null"],"properties":{"Electron":{"$ref":"#/definitions/arguments/collection_vars"},"Photon":{"$ref":"#/definitions/arguments/collection_vars"}},"additionalProperties":{"$ref":"#/definitions/arguments/collection_vars"},"default":null};
const schema46 = {"description":"Names of variables, or \"all\".","type":["string","array"],"items":{"description":"Name of a variable.","type":"string"},"if":{"type":"string"},"then":{"const":"all"}};

function validate17(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if((!(data && typeof data == "object" && !Array.isArray(data))) && (data !== null)){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema45.type},schema:schema45.type,parentSchema:schema45,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "Electron") || (key0 === "Photon"))){
let data0 = data[key0];
if((typeof data0 !== "string") && (!(Array.isArray(data0)))){
const err1 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/arguments/collection_vars/type",keyword:"type",params:{type: schema46.type},schema:schema46.type,parentSchema:schema46,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
const _errs5 = errors;
let valid2 = true;
const _errs6 = errors;
if(typeof data0 !== "string"){
const err2 = {};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
var _valid0 = _errs6 === errors;
errors = _errs5;
if(vErrors !== null){
if(_errs5){
vErrors.length = _errs5;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs8 = errors;
if("all" !== data0){
const err3 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/arguments/collection_vars/then/const",keyword:"const",params:{allowedValue: "all"},schema:"all",parentSchema:schema46.then,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
var _valid0 = _errs8 === errors;
valid2 = _valid0;
}
if(!valid2){
const err4 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/arguments/collection_vars/if",keyword:"if",params:{failingKeyword: "then"},schema:schema46.if,parentSchema:schema46,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(Array.isArray(data0)){
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
let data1 = data0[i0];
if(typeof data1 !== "string"){
const err5 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i0,schemaPath:"#/definitions/arguments/collection_vars/items/type",keyword:"type",params:{type: "string"},schema:schema46.items.type,parentSchema:schema46.items,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
}
}
}
if(data.Electron !== undefined){
let data2 = data.Electron;
if((typeof data2 !== "string") && (!(Array.isArray(data2)))){
const err6 = {instancePath:instancePath+"/Electron",schemaPath:"#/definitions/arguments/collection_vars/type",keyword:"type",params:{type: schema46.type},schema:schema46.type,parentSchema:schema46,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
const _errs14 = errors;
let valid7 = true;
const _errs15 = errors;
if(typeof data2 !== "string"){
const err7 = {};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
var _valid1 = _errs15 === errors;
errors = _errs14;
if(vErrors !== null){
if(_errs14){
vErrors.length = _errs14;
}
else {
vErrors = null;
}
}
if(_valid1){
const _errs17 = errors;
if("all" !== data2){
const err8 = {instancePath:instancePath+"/Electron",schemaPath:"#/definitions/arguments/collection_vars/then/const",keyword:"const",params:{allowedValue: "all"},schema:"all",parentSchema:schema46.then,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
var _valid1 = _errs17 === errors;
valid7 = _valid1;
}
if(!valid7){
const err9 = {instancePath:instancePath+"/Electron",schemaPath:"#/definitions/arguments/collection_vars/if",keyword:"if",params:{failingKeyword: "then"},schema:schema46.if,parentSchema:schema46,data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(Array.isArray(data2)){
const len1 = data2.length;
for(let i1=0; i1<len1; i1++){
let data3 = data2[i1];
if(typeof data3 !== "string"){
const err10 = {instancePath:instancePath+"/Electron/" + i1,schemaPath:"#/definitions/arguments/collection_vars/items/type",keyword:"type",params:{type: "string"},schema:schema46.items.type,parentSchema:schema46.items,data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
}
}
if(data.Photon !== undefined){
let data4 = data.Photon;
if((typeof data4 !== "string") && (!(Array.isArray(data4)))){
const err11 = {instancePath:instancePath+"/Photon",schemaPath:"#/definitions/arguments/collection_vars/type",keyword:"type",params:{type: schema46.type},schema:schema46.type,parentSchema:schema46,data:data4};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
const _errs23 = errors;
let valid11 = true;
const _errs24 = errors;
if(typeof data4 !== "string"){
const err12 = {};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
var _valid2 = _errs24 === errors;
errors = _errs23;
if(vErrors !== null){
if(_errs23){
vErrors.length = _errs23;
}
else {
vErrors = null;
}
}
if(_valid2){
const _errs26 = errors;
if("all" !== data4){
const err13 = {instancePath:instancePath+"/Photon",schemaPath:"#/definitions/arguments/collection_vars/then/const",keyword:"const",params:{allowedValue: "all"},schema:"all",parentSchema:schema46.then,data:data4};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
var _valid2 = _errs26 === errors;
valid11 = _valid2;
}
if(!valid11){
const err14 = {instancePath:instancePath+"/Photon",schemaPath:"#/definitions/arguments/collection_vars/if",keyword:"if",params:{failingKeyword: "then"},schema:schema46.if,parentSchema:schema46,data:data4};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(Array.isArray(data4)){
const len2 = data4.length;
for(let i2=0; i2<len2; i2++){
let data5 = data4[i2];
if(typeof data5 !== "string"){
const err15 = {instancePath:instancePath+"/Photon/" + i2,schemaPath:"#/definitions/arguments/collection_vars/items/type",keyword:"type",params:{type: "string"},schema:schema46.items.type,parentSchema:schema46.items,data:data5};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
}
}
}
validate17.errors = vErrors;
return errors === 0;
}


function validate16(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.name === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "name"},schema:schema44.required,parentSchema:schema44,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.name !== undefined){
let data0 = data.name;
if("get_ntuples" !== data0){
const err1 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/const",keyword:"const",params:{allowedValue: "get_ntuples"},schema:"get_ntuples",parentSchema:schema44.properties.name,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.args !== undefined){
let data1 = data.args;
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
for(const key0 in data1){
if(!((((((key0 === "vars") || (key0 === "mass_range")) || (key0 === "flat")) || (key0 === "drop_empty")) || (key0 === "null_gen_pt")) || (key0 === "uproot_options"))){
const err2 = {instancePath:instancePath+"/args",schemaPath:"#/properties/args/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},schema:false,parentSchema:schema44.properties.args,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data1.vars !== undefined){
if(!(validate17(data1.vars, {instancePath:instancePath+"/args/vars",parentData:data1,parentDataProperty:"vars",rootData}))){
vErrors = vErrors === null ? validate17.errors : vErrors.concat(validate17.errors);
errors = vErrors.length;
}
}
if(data1.mass_range !== undefined){
let data3 = data1.mass_range;
if(((!((typeof data3 == "number") && (isFinite(data3)))) && (!(Array.isArray(data3)))) && (data3 !== null)){
const err3 = {instancePath:instancePath+"/args/mass_range",schemaPath:"#/definitions/arguments/mass_range/type",keyword:"type",params:{type: schema15.type},schema:schema15.type,parentSchema:schema15,data:data3};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(Array.isArray(data3)){
if(data3.length > 2){
const err4 = {instancePath:instancePath+"/args/mass_range",schemaPath:"#/definitions/arguments/mass_range/maxItems",keyword:"maxItems",params:{limit: 2},schema:2,parentSchema:schema15,data:data3};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(data3.length < 2){
const err5 = {instancePath:instancePath+"/args/mass_range",schemaPath:"#/definitions/arguments/mass_range/minItems",keyword:"minItems",params:{limit: 2},schema:2,parentSchema:schema15,data:data3};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
let data4 = data3[i0];
if(!((typeof data4 == "number") && (isFinite(data4)))){
const err6 = {instancePath:instancePath+"/args/mass_range/" + i0,schemaPath:"#/definitions/arguments/mass_range/items/type",keyword:"type",params:{type: "number"},schema:schema15.items.type,parentSchema:schema15.items,data:data4};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
}
if(data1.flat !== undefined){
let data5 = data1.flat;
if((typeof data5 !== "boolean") && (data5 !== null)){
const err7 = {instancePath:instancePath+"/args/flat",schemaPath:"#/definitions/arguments/flat/type",keyword:"type",params:{type: schema17.type},schema:schema17.type,parentSchema:schema17,data:data5};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data1.drop_empty !== undefined){
let data6 = data1.drop_empty;
if((typeof data6 !== "boolean") && (data6 !== null)){
const err8 = {instancePath:instancePath+"/args/drop_empty",schemaPath:"#/properties/args/properties/drop_empty/type",keyword:"type",params:{type: schema44.properties.args.properties.drop_empty.type},schema:schema44.properties.args.properties.drop_empty.type,parentSchema:schema44.properties.args.properties.drop_empty,data:data6};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data1.null_gen_pt !== undefined){
let data7 = data1.null_gen_pt;
if((typeof data7 !== "boolean") && (data7 !== null)){
const err9 = {instancePath:instancePath+"/args/null_gen_pt",schemaPath:"#/properties/args/properties/null_gen_pt/type",keyword:"type",params:{type: schema44.properties.args.properties.null_gen_pt.type},schema:schema44.properties.args.properties.null_gen_pt.type,parentSchema:schema44.properties.args.properties.null_gen_pt,data:data7};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data1.uproot_options !== undefined){
let data8 = data1.uproot_options;
if((!(data8 && typeof data8 == "object" && !Array.isArray(data8))) && (data8 !== null)){
const err10 = {instancePath:instancePath+"/args/uproot_options",schemaPath:"#/definitions/arguments/uproot_options/type",keyword:"type",params:{type: schema18.type},schema:schema18.type,parentSchema:schema18,data:data8};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
if(data8.allow_read_errors_with_report !== undefined){
let data9 = data8.allow_read_errors_with_report;
if(((typeof data9 !== "boolean") && (!(Array.isArray(data9)))) && (data9 !== null)){
const err11 = {instancePath:instancePath+"/args/uproot_options/allow_read_errors_with_report",schemaPath:"#/definitions/arguments/uproot_options/properties/allow_read_errors_with_report/type",keyword:"type",params:{type: schema18.properties.allow_read_errors_with_report.type},schema:schema18.properties.allow_read_errors_with_report.type,parentSchema:schema18.properties.allow_read_errors_with_report,data:data9};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(Array.isArray(data9)){
const len1 = data9.length;
for(let i1=0; i1<len1; i1++){
let data10 = data9[i1];
if(typeof data10 !== "string"){
const err12 = {instancePath:instancePath+"/args/uproot_options/allow_read_errors_with_report/" + i1,schemaPath:"#/definitions/arguments/uproot_options/properties/allow_read_errors_with_report/items/type",keyword:"type",params:{type: "string"},schema:schema18.properties.allow_read_errors_with_report.items.type,parentSchema:schema18.properties.allow_read_errors_with_report.items,data:data10};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
}
if(data8.timeout !== undefined){
let data11 = data8.timeout;
if((!((typeof data11 == "number") && (isFinite(data11)))) && (data11 !== null)){
const err13 = {instancePath:instancePath+"/args/uproot_options/timeout",schemaPath:"#/definitions/arguments/uproot_options/properties/timeout/type",keyword:"type",params:{type: schema18.properties.timeout.type},schema:schema18.properties.timeout.type,parentSchema:schema18.properties.timeout,data:data11};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if((typeof data11 == "number") && (isFinite(data11))){
if(data11 <= 0 || isNaN(data11)){
const err14 = {instancePath:instancePath+"/args/uproot_options/timeout",schemaPath:"#/definitions/arguments/uproot_options/properties/timeout/exclusiveMinimum",keyword:"exclusiveMinimum",params:{comparison: ">", limit: 0},schema:0,parentSchema:schema18.properties.timeout,data:data11};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
}
}
}
}
else {
const err15 = {instancePath:instancePath+"/args",schemaPath:"#/properties/args/type",keyword:"type",params:{type: "object"},schema:schema44.properties.args.type,parentSchema:schema44.properties.args,data:data1};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
}
else {
const err16 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema44.type,parentSchema:schema44,data};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
validate16.errors = vErrors;
return errors === 0;
}


function validate11(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.name === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "name"},schema:schema12.required,parentSchema:schema12,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.args === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "args"},schema:schema12.required,parentSchema:schema12,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.name !== undefined){
let data0 = data.name;
if(typeof data0 !== "string"){
const err2 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},schema:schema12.properties.name.type,parentSchema:schema12.properties.name,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.args !== undefined){
let data1 = data.args;
if(!(data1 && typeof data1 == "object" && !Array.isArray(data1))){
const err3 = {instancePath:instancePath+"/args",schemaPath:"#/properties/args/type",keyword:"type",params:{type: "object"},schema:schema12.properties.args.type,parentSchema:schema12.properties.args,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
const tag0 = data.name;
if(typeof tag0 == "string"){
if(tag0 === "get_tnp_arrays"){
if(!(validate12(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate12.errors : vErrors.concat(validate12.errors);
errors = vErrors.length;
}
}
else if(tag0 === "get_passing_and_failing_probes"){
if(!(validate13(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate13.errors : vErrors.concat(validate13.errors);
errors = vErrors.length;
}
}
else if(tag0 === "get_1d_pt_eta_phi_tnp_histograms"){
if(!(validate14(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate14.errors : vErrors.concat(validate14.errors);
errors = vErrors.length;
}
}
else if(tag0 === "get_nd_tnp_histograms"){
if(!(validate15(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate15.errors : vErrors.concat(validate15.errors);
errors = vErrors.length;
}
}
else if(tag0 === "get_ntuples"){
if(!(validate16(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate16.errors : vErrors.concat(validate16.errors);
errors = vErrors.length;
}
}
else {
const err4 = {instancePath,schemaPath:"#/discriminator",keyword:"discriminator",params:{error: "mapping", tag: "name", tagValue: tag0},schema:schema12.discriminator,parentSchema:schema12,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath,schemaPath:"#/discriminator",keyword:"discriminator",params:{error: "tag", tag: "name", tagValue: tag0},schema:schema12.discriminator,parentSchema:schema12,data};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema12.type,parentSchema:schema12,data};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
validate11.errors = vErrors;
return errors === 0;
}

const schema52 = {"title":"ElectronTagNProbeFromNanoAODRunner","type":"object","required":["workflow"],"properties":{"workflow":{"description":"Name of the workflow.","const":"ElectronTagNProbeFromNanoAOD"},"workflow_args":{"$ref":"#/definitions/electron_nanoaod_args"}}};
const schema53 = {"title":"ElectronNanoArgs","description":"Options of ElectronTagNProbeFromNanoAOD.","type":"object","properties":{"filters":{"$ref":"settings.schema.json#/properties/filters"},"tags_pt_cut":{"$ref":"settings.schema.json#/properties/tags_pt_cut"},"probes_pt_cut":{"$ref":"settings.schema.json#/properties/probes_pt_cut"},"tags_abseta_cut":{"$ref":"settings.schema.json#/properties/tags_abseta_cut"},"probes_abseta_cut":{"$ref":"settings.schema.json#/properties/probes_abseta_cut"},"cutbased_id":{"$ref":"settings.schema.json#/properties/cutbased_id"},"extra_zcands_mask":{"$ref":"settings.schema.json#/properties/extra_zcands_mask"},"extra_filter":{"$ref":"settings.schema.json#/properties/extra_filter"},"extra_filter_args":{"$ref":"settings.schema.json#/properties/extra_filter_args"},"use_sc_eta":{"$ref":"settings.schema.json#/properties/use_sc_eta"},"use_sc_phi":{"$ref":"settings.schema.json#/properties/use_sc_phi"},"avoid_ecal_transition_tags":{"$ref":"settings.schema.json#/properties/avoid_ecal_transition_tags"},"avoid_ecal_transition_probes":{"$ref":"settings.schema.json#/properties/avoid_ecal_transition_probes"},"trigger_pt":{"$ref":"settings.schema.json#/properties/trigger_pt"},"filterbit":{"$ref":"settings.schema.json#/properties/filterbit"},"is_photon_filter":{"$ref":"settings.schema.json#/properties/is_photon_filter"},"require_event_to_pass_hlt_filter":{"$ref":"settings.schema.json#/properties/require_event_to_pass_hlt_filter"},"fileset":{"description":"Ignored: the fileset is its own file."}},"additionalProperties":false};
const schema55 = {"description":"Filters to measure: name -> what it is. From NanoAOD: a trigger path (HLT_...: the probe is matched to trigger objects), or an expression on the probe (\"cutBased >= 4\"), or on the pair where it contains zcands. From ntuples: the name of a column that must be 1, or an expression over events. Required here or in workflow_args; null: none, which only get_tnp_arrays can use.","type":["object","null"],"additionalProperties":{"description":"Trigger path, expression or column name.","type":"string"}};
const schema56 = {"description":"Tags need pt > this, in GeV.","type":"number","default":35};
const schema57 = {"description":"Probes need pt > this, in GeV (et for photons of MiniAOD ntuples). null: with one filter the threshold in its expression - 3 (Ele32: 29; Ele23_Ele12_..._Leg1: 20; none: -3, which is no cut); with several or none: 5.","type":["number","null"],"default":null};
const schema58 = {"description":"Tags need abs(eta) < this; eta is that of the supercluster with use_sc_eta.","type":"number","default":2.5};
const schema59 = {"description":"Probes need abs(eta) < this; eta is that of the supercluster with use_sc_eta.","type":"number","default":2.5};
const schema60 = {"description":"Identification of the probe. NanoAOD: an expression that is put behind \"zcands.probe.\", as in \"cutBased >= 2\". Ntuples: the name of a column that must be 1. null: no requirement.","type":["string","null"],"default":null};
const schema61 = {"description":"Expression that pairs must pass: of zcands.tag and zcands.probe (NanoAOD), or of events (ntuples). It comes before the other cuts on pairs. null: no requirement.","type":["string","null"],"default":null};
const schema62 = {"description":"A function of your own that selects events before anything else, as \"path/to/file::function\". Files: .mjs, .js, .ts (Node 22.18 or later), or .py where Python has coffea. null: none.","type":["string","null"],"default":null};
const schema63 = {"description":"Named arguments for extra_filter: it gets them as its second argument (Python: as keywords).","type":["object","null"],"additionalProperties":true,"default":{}};
const schema64 = {"description":"Cuts on eta, the gap between barrel and endcaps, and trigger matching take the eta of the supercluster: branch superclusterEta, or worked out where the file lacks it.","type":["boolean","null"],"default":false};
const schema65 = {"description":"Trigger matching takes the phi of the supercluster (branch superclusterPhi, which the file must have). Ntuples: without effect on cuts.","type":["boolean","null"],"default":false};
const schema66 = {"description":"Tags need abs(eta) < 1.4442 or abs(eta) > 1.566.","type":"boolean","default":true};
const schema67 = {"description":"Probes need abs(eta) < 1.4442 or abs(eta) > 1.566. null: false.","type":["boolean","null"],"default":false};
const schema68 = {"description":"Filter name -> transverse momentum in GeV that the matched trigger object must exceed. Every filter needs an entry; only HLT_ filters use theirs. null: 0 for every filter.","default":null,"type":["object","null"],"additionalProperties":{"description":"GeV; null for filters that are no trigger.","type":["number","null"]}};
const schema69 = {"description":"Filter name -> bit of TrigObj_filterBits that the matched trigger object must have set. Every filter needs an entry; HLT_ filters need a number.","default":null,"type":["object","null"],"additionalProperties":{"description":"Bit number from 0; null for filters that are no trigger.","type":["integer","null"],"minimum":0,"maximum":63}};
const schema70 = {"description":"Filter name -> whether the probe electron must match a trigger photon (id 22) rather than a trigger electron (id 11). null: false for every filter.","default":null,"type":["object","null"],"additionalProperties":{"description":"true: trigger photon.","type":["boolean","null"]}};
const schema71 = {"description":"Probes pass an HLT_ filter only in events that the trigger path accepted: the branch of the filter's name, or of the name without its last segment (..._Leg1).","type":"boolean","default":true};

function validate26(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema53.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},schema:false,parentSchema:schema53,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.filters !== undefined){
let data0 = data.filters;
if((!(data0 && typeof data0 == "object" && !Array.isArray(data0))) && (data0 !== null)){
const err1 = {instancePath:instancePath+"/filters",schemaPath:"settings.schema.json#/properties/filters/type",keyword:"type",params:{type: schema55.type},schema:schema55.type,parentSchema:schema55,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
for(const key1 in data0){
let data1 = data0[key1];
if(typeof data1 !== "string"){
const err2 = {instancePath:instancePath+"/filters/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"settings.schema.json#/properties/filters/additionalProperties/type",keyword:"type",params:{type: "string"},schema:schema55.additionalProperties.type,parentSchema:schema55.additionalProperties,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
}
}
if(data.tags_pt_cut !== undefined){
let data2 = data.tags_pt_cut;
if(!((typeof data2 == "number") && (isFinite(data2)))){
const err3 = {instancePath:instancePath+"/tags_pt_cut",schemaPath:"settings.schema.json#/properties/tags_pt_cut/type",keyword:"type",params:{type: "number"},schema:schema56.type,parentSchema:schema56,data:data2};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.probes_pt_cut !== undefined){
let data3 = data.probes_pt_cut;
if((!((typeof data3 == "number") && (isFinite(data3)))) && (data3 !== null)){
const err4 = {instancePath:instancePath+"/probes_pt_cut",schemaPath:"settings.schema.json#/properties/probes_pt_cut/type",keyword:"type",params:{type: schema57.type},schema:schema57.type,parentSchema:schema57,data:data3};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.tags_abseta_cut !== undefined){
let data4 = data.tags_abseta_cut;
if(!((typeof data4 == "number") && (isFinite(data4)))){
const err5 = {instancePath:instancePath+"/tags_abseta_cut",schemaPath:"settings.schema.json#/properties/tags_abseta_cut/type",keyword:"type",params:{type: "number"},schema:schema58.type,parentSchema:schema58,data:data4};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.probes_abseta_cut !== undefined){
let data5 = data.probes_abseta_cut;
if(!((typeof data5 == "number") && (isFinite(data5)))){
const err6 = {instancePath:instancePath+"/probes_abseta_cut",schemaPath:"settings.schema.json#/properties/probes_abseta_cut/type",keyword:"type",params:{type: "number"},schema:schema59.type,parentSchema:schema59,data:data5};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.cutbased_id !== undefined){
let data6 = data.cutbased_id;
if((typeof data6 !== "string") && (data6 !== null)){
const err7 = {instancePath:instancePath+"/cutbased_id",schemaPath:"settings.schema.json#/properties/cutbased_id/type",keyword:"type",params:{type: schema60.type},schema:schema60.type,parentSchema:schema60,data:data6};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.extra_zcands_mask !== undefined){
let data7 = data.extra_zcands_mask;
if((typeof data7 !== "string") && (data7 !== null)){
const err8 = {instancePath:instancePath+"/extra_zcands_mask",schemaPath:"settings.schema.json#/properties/extra_zcands_mask/type",keyword:"type",params:{type: schema61.type},schema:schema61.type,parentSchema:schema61,data:data7};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.extra_filter !== undefined){
let data8 = data.extra_filter;
if((typeof data8 !== "string") && (data8 !== null)){
const err9 = {instancePath:instancePath+"/extra_filter",schemaPath:"settings.schema.json#/properties/extra_filter/type",keyword:"type",params:{type: schema62.type},schema:schema62.type,parentSchema:schema62,data:data8};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.extra_filter_args !== undefined){
let data9 = data.extra_filter_args;
if((!(data9 && typeof data9 == "object" && !Array.isArray(data9))) && (data9 !== null)){
const err10 = {instancePath:instancePath+"/extra_filter_args",schemaPath:"settings.schema.json#/properties/extra_filter_args/type",keyword:"type",params:{type: schema63.type},schema:schema63.type,parentSchema:schema63,data:data9};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.use_sc_eta !== undefined){
let data10 = data.use_sc_eta;
if((typeof data10 !== "boolean") && (data10 !== null)){
const err11 = {instancePath:instancePath+"/use_sc_eta",schemaPath:"settings.schema.json#/properties/use_sc_eta/type",keyword:"type",params:{type: schema64.type},schema:schema64.type,parentSchema:schema64,data:data10};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.use_sc_phi !== undefined){
let data11 = data.use_sc_phi;
if((typeof data11 !== "boolean") && (data11 !== null)){
const err12 = {instancePath:instancePath+"/use_sc_phi",schemaPath:"settings.schema.json#/properties/use_sc_phi/type",keyword:"type",params:{type: schema65.type},schema:schema65.type,parentSchema:schema65,data:data11};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.avoid_ecal_transition_tags !== undefined){
let data12 = data.avoid_ecal_transition_tags;
if(typeof data12 !== "boolean"){
const err13 = {instancePath:instancePath+"/avoid_ecal_transition_tags",schemaPath:"settings.schema.json#/properties/avoid_ecal_transition_tags/type",keyword:"type",params:{type: "boolean"},schema:schema66.type,parentSchema:schema66,data:data12};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.avoid_ecal_transition_probes !== undefined){
let data13 = data.avoid_ecal_transition_probes;
if((typeof data13 !== "boolean") && (data13 !== null)){
const err14 = {instancePath:instancePath+"/avoid_ecal_transition_probes",schemaPath:"settings.schema.json#/properties/avoid_ecal_transition_probes/type",keyword:"type",params:{type: schema67.type},schema:schema67.type,parentSchema:schema67,data:data13};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.trigger_pt !== undefined){
let data14 = data.trigger_pt;
if((!(data14 && typeof data14 == "object" && !Array.isArray(data14))) && (data14 !== null)){
const err15 = {instancePath:instancePath+"/trigger_pt",schemaPath:"settings.schema.json#/properties/trigger_pt/type",keyword:"type",params:{type: schema68.type},schema:schema68.type,parentSchema:schema68,data:data14};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if(data14 && typeof data14 == "object" && !Array.isArray(data14)){
for(const key2 in data14){
let data15 = data14[key2];
if((!((typeof data15 == "number") && (isFinite(data15)))) && (data15 !== null)){
const err16 = {instancePath:instancePath+"/trigger_pt/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"settings.schema.json#/properties/trigger_pt/additionalProperties/type",keyword:"type",params:{type: schema68.additionalProperties.type},schema:schema68.additionalProperties.type,parentSchema:schema68.additionalProperties,data:data15};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
}
}
if(data.filterbit !== undefined){
let data16 = data.filterbit;
if((!(data16 && typeof data16 == "object" && !Array.isArray(data16))) && (data16 !== null)){
const err17 = {instancePath:instancePath+"/filterbit",schemaPath:"settings.schema.json#/properties/filterbit/type",keyword:"type",params:{type: schema69.type},schema:schema69.type,parentSchema:schema69,data:data16};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
if(data16 && typeof data16 == "object" && !Array.isArray(data16)){
for(const key3 in data16){
let data17 = data16[key3];
if((!(((typeof data17 == "number") && (!(data17 % 1) && !isNaN(data17))) && (isFinite(data17)))) && (data17 !== null)){
const err18 = {instancePath:instancePath+"/filterbit/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"settings.schema.json#/properties/filterbit/additionalProperties/type",keyword:"type",params:{type: schema69.additionalProperties.type},schema:schema69.additionalProperties.type,parentSchema:schema69.additionalProperties,data:data17};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if((typeof data17 == "number") && (isFinite(data17))){
if(data17 > 63 || isNaN(data17)){
const err19 = {instancePath:instancePath+"/filterbit/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"settings.schema.json#/properties/filterbit/additionalProperties/maximum",keyword:"maximum",params:{comparison: "<=", limit: 63},schema:63,parentSchema:schema69.additionalProperties,data:data17};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if(data17 < 0 || isNaN(data17)){
const err20 = {instancePath:instancePath+"/filterbit/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"settings.schema.json#/properties/filterbit/additionalProperties/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},schema:0,parentSchema:schema69.additionalProperties,data:data17};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
}
}
}
if(data.is_photon_filter !== undefined){
let data18 = data.is_photon_filter;
if((!(data18 && typeof data18 == "object" && !Array.isArray(data18))) && (data18 !== null)){
const err21 = {instancePath:instancePath+"/is_photon_filter",schemaPath:"settings.schema.json#/properties/is_photon_filter/type",keyword:"type",params:{type: schema70.type},schema:schema70.type,parentSchema:schema70,data:data18};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
if(data18 && typeof data18 == "object" && !Array.isArray(data18)){
for(const key4 in data18){
let data19 = data18[key4];
if((typeof data19 !== "boolean") && (data19 !== null)){
const err22 = {instancePath:instancePath+"/is_photon_filter/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"settings.schema.json#/properties/is_photon_filter/additionalProperties/type",keyword:"type",params:{type: schema70.additionalProperties.type},schema:schema70.additionalProperties.type,parentSchema:schema70.additionalProperties,data:data19};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
}
}
if(data.require_event_to_pass_hlt_filter !== undefined){
let data20 = data.require_event_to_pass_hlt_filter;
if(typeof data20 !== "boolean"){
const err23 = {instancePath:instancePath+"/require_event_to_pass_hlt_filter",schemaPath:"settings.schema.json#/properties/require_event_to_pass_hlt_filter/type",keyword:"type",params:{type: "boolean"},schema:schema71.type,parentSchema:schema71,data:data20};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
}
else {
const err24 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema53.type,parentSchema:schema53,data};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
validate26.errors = vErrors;
return errors === 0;
}


function validate25(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.workflow === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "workflow"},schema:schema52.required,parentSchema:schema52,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.workflow !== undefined){
let data0 = data.workflow;
if("ElectronTagNProbeFromNanoAOD" !== data0){
const err1 = {instancePath:instancePath+"/workflow",schemaPath:"#/properties/workflow/const",keyword:"const",params:{allowedValue: "ElectronTagNProbeFromNanoAOD"},schema:"ElectronTagNProbeFromNanoAOD",parentSchema:schema52.properties.workflow,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.workflow_args !== undefined){
if(!(validate26(data.workflow_args, {instancePath:instancePath+"/workflow_args",parentData:data,parentDataProperty:"workflow_args",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema52.type,parentSchema:schema52,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate25.errors = vErrors;
return errors === 0;
}

const schema72 = {"title":"PhotonTagNProbeFromNanoAODRunner","type":"object","required":["workflow"],"properties":{"workflow":{"description":"Name of the workflow.","const":"PhotonTagNProbeFromNanoAOD"},"workflow_args":{"$ref":"#/definitions/photon_nanoaod_args"}}};
const schema73 = {"title":"PhotonNanoArgs","description":"Options of PhotonTagNProbeFromNanoAOD.","type":"object","properties":{"filters":{"$ref":"settings.schema.json#/properties/filters"},"tags_pt_cut":{"$ref":"settings.schema.json#/properties/tags_pt_cut"},"probes_pt_cut":{"$ref":"settings.schema.json#/properties/probes_pt_cut"},"tags_abseta_cut":{"$ref":"settings.schema.json#/properties/tags_abseta_cut"},"probes_abseta_cut":{"$ref":"settings.schema.json#/properties/probes_abseta_cut"},"cutbased_id":{"$ref":"settings.schema.json#/properties/cutbased_id"},"extra_zcands_mask":{"$ref":"settings.schema.json#/properties/extra_zcands_mask"},"extra_filter":{"$ref":"settings.schema.json#/properties/extra_filter"},"extra_filter_args":{"$ref":"settings.schema.json#/properties/extra_filter_args"},"use_sc_eta":{"$ref":"settings.schema.json#/properties/use_sc_eta"},"use_sc_phi":{"$ref":"settings.schema.json#/properties/use_sc_phi"},"avoid_ecal_transition_tags":{"$ref":"settings.schema.json#/properties/avoid_ecal_transition_tags"},"avoid_ecal_transition_probes":{"$ref":"settings.schema.json#/properties/avoid_ecal_transition_probes"},"trigger_pt":{"$ref":"settings.schema.json#/properties/trigger_pt"},"filterbit":{"$ref":"settings.schema.json#/properties/filterbit"},"is_electron_filter":{"$ref":"settings.schema.json#/properties/is_electron_filter"},"start_from_diphotons":{"$ref":"settings.schema.json#/properties/start_from_diphotons"},"require_event_to_pass_hlt_filter":{"$ref":"settings.schema.json#/properties/require_event_to_pass_hlt_filter"},"fileset":{"description":"Ignored: the fileset is its own file."}},"additionalProperties":false};
const schema89 = {"description":"Filter name -> whether the probe photon must match a trigger electron (id 11) rather than a trigger photon (id 22). null: false for every filter.","default":null,"type":["object","null"],"additionalProperties":{"description":"true: trigger electron.","type":["boolean","null"]}};
const schema90 = {"description":"The tag is a photon that is linked to an electron (true), or an electron (false).","type":"boolean","default":true};

function validate30(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema73.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},schema:false,parentSchema:schema73,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.filters !== undefined){
let data0 = data.filters;
if((!(data0 && typeof data0 == "object" && !Array.isArray(data0))) && (data0 !== null)){
const err1 = {instancePath:instancePath+"/filters",schemaPath:"settings.schema.json#/properties/filters/type",keyword:"type",params:{type: schema55.type},schema:schema55.type,parentSchema:schema55,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
for(const key1 in data0){
let data1 = data0[key1];
if(typeof data1 !== "string"){
const err2 = {instancePath:instancePath+"/filters/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"settings.schema.json#/properties/filters/additionalProperties/type",keyword:"type",params:{type: "string"},schema:schema55.additionalProperties.type,parentSchema:schema55.additionalProperties,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
}
}
if(data.tags_pt_cut !== undefined){
let data2 = data.tags_pt_cut;
if(!((typeof data2 == "number") && (isFinite(data2)))){
const err3 = {instancePath:instancePath+"/tags_pt_cut",schemaPath:"settings.schema.json#/properties/tags_pt_cut/type",keyword:"type",params:{type: "number"},schema:schema56.type,parentSchema:schema56,data:data2};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.probes_pt_cut !== undefined){
let data3 = data.probes_pt_cut;
if((!((typeof data3 == "number") && (isFinite(data3)))) && (data3 !== null)){
const err4 = {instancePath:instancePath+"/probes_pt_cut",schemaPath:"settings.schema.json#/properties/probes_pt_cut/type",keyword:"type",params:{type: schema57.type},schema:schema57.type,parentSchema:schema57,data:data3};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.tags_abseta_cut !== undefined){
let data4 = data.tags_abseta_cut;
if(!((typeof data4 == "number") && (isFinite(data4)))){
const err5 = {instancePath:instancePath+"/tags_abseta_cut",schemaPath:"settings.schema.json#/properties/tags_abseta_cut/type",keyword:"type",params:{type: "number"},schema:schema58.type,parentSchema:schema58,data:data4};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.probes_abseta_cut !== undefined){
let data5 = data.probes_abseta_cut;
if(!((typeof data5 == "number") && (isFinite(data5)))){
const err6 = {instancePath:instancePath+"/probes_abseta_cut",schemaPath:"settings.schema.json#/properties/probes_abseta_cut/type",keyword:"type",params:{type: "number"},schema:schema59.type,parentSchema:schema59,data:data5};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.cutbased_id !== undefined){
let data6 = data.cutbased_id;
if((typeof data6 !== "string") && (data6 !== null)){
const err7 = {instancePath:instancePath+"/cutbased_id",schemaPath:"settings.schema.json#/properties/cutbased_id/type",keyword:"type",params:{type: schema60.type},schema:schema60.type,parentSchema:schema60,data:data6};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.extra_zcands_mask !== undefined){
let data7 = data.extra_zcands_mask;
if((typeof data7 !== "string") && (data7 !== null)){
const err8 = {instancePath:instancePath+"/extra_zcands_mask",schemaPath:"settings.schema.json#/properties/extra_zcands_mask/type",keyword:"type",params:{type: schema61.type},schema:schema61.type,parentSchema:schema61,data:data7};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.extra_filter !== undefined){
let data8 = data.extra_filter;
if((typeof data8 !== "string") && (data8 !== null)){
const err9 = {instancePath:instancePath+"/extra_filter",schemaPath:"settings.schema.json#/properties/extra_filter/type",keyword:"type",params:{type: schema62.type},schema:schema62.type,parentSchema:schema62,data:data8};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.extra_filter_args !== undefined){
let data9 = data.extra_filter_args;
if((!(data9 && typeof data9 == "object" && !Array.isArray(data9))) && (data9 !== null)){
const err10 = {instancePath:instancePath+"/extra_filter_args",schemaPath:"settings.schema.json#/properties/extra_filter_args/type",keyword:"type",params:{type: schema63.type},schema:schema63.type,parentSchema:schema63,data:data9};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.use_sc_eta !== undefined){
let data10 = data.use_sc_eta;
if((typeof data10 !== "boolean") && (data10 !== null)){
const err11 = {instancePath:instancePath+"/use_sc_eta",schemaPath:"settings.schema.json#/properties/use_sc_eta/type",keyword:"type",params:{type: schema64.type},schema:schema64.type,parentSchema:schema64,data:data10};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.use_sc_phi !== undefined){
let data11 = data.use_sc_phi;
if((typeof data11 !== "boolean") && (data11 !== null)){
const err12 = {instancePath:instancePath+"/use_sc_phi",schemaPath:"settings.schema.json#/properties/use_sc_phi/type",keyword:"type",params:{type: schema65.type},schema:schema65.type,parentSchema:schema65,data:data11};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.avoid_ecal_transition_tags !== undefined){
let data12 = data.avoid_ecal_transition_tags;
if(typeof data12 !== "boolean"){
const err13 = {instancePath:instancePath+"/avoid_ecal_transition_tags",schemaPath:"settings.schema.json#/properties/avoid_ecal_transition_tags/type",keyword:"type",params:{type: "boolean"},schema:schema66.type,parentSchema:schema66,data:data12};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.avoid_ecal_transition_probes !== undefined){
let data13 = data.avoid_ecal_transition_probes;
if((typeof data13 !== "boolean") && (data13 !== null)){
const err14 = {instancePath:instancePath+"/avoid_ecal_transition_probes",schemaPath:"settings.schema.json#/properties/avoid_ecal_transition_probes/type",keyword:"type",params:{type: schema67.type},schema:schema67.type,parentSchema:schema67,data:data13};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.trigger_pt !== undefined){
let data14 = data.trigger_pt;
if((!(data14 && typeof data14 == "object" && !Array.isArray(data14))) && (data14 !== null)){
const err15 = {instancePath:instancePath+"/trigger_pt",schemaPath:"settings.schema.json#/properties/trigger_pt/type",keyword:"type",params:{type: schema68.type},schema:schema68.type,parentSchema:schema68,data:data14};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if(data14 && typeof data14 == "object" && !Array.isArray(data14)){
for(const key2 in data14){
let data15 = data14[key2];
if((!((typeof data15 == "number") && (isFinite(data15)))) && (data15 !== null)){
const err16 = {instancePath:instancePath+"/trigger_pt/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"settings.schema.json#/properties/trigger_pt/additionalProperties/type",keyword:"type",params:{type: schema68.additionalProperties.type},schema:schema68.additionalProperties.type,parentSchema:schema68.additionalProperties,data:data15};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
}
}
if(data.filterbit !== undefined){
let data16 = data.filterbit;
if((!(data16 && typeof data16 == "object" && !Array.isArray(data16))) && (data16 !== null)){
const err17 = {instancePath:instancePath+"/filterbit",schemaPath:"settings.schema.json#/properties/filterbit/type",keyword:"type",params:{type: schema69.type},schema:schema69.type,parentSchema:schema69,data:data16};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
if(data16 && typeof data16 == "object" && !Array.isArray(data16)){
for(const key3 in data16){
let data17 = data16[key3];
if((!(((typeof data17 == "number") && (!(data17 % 1) && !isNaN(data17))) && (isFinite(data17)))) && (data17 !== null)){
const err18 = {instancePath:instancePath+"/filterbit/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"settings.schema.json#/properties/filterbit/additionalProperties/type",keyword:"type",params:{type: schema69.additionalProperties.type},schema:schema69.additionalProperties.type,parentSchema:schema69.additionalProperties,data:data17};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if((typeof data17 == "number") && (isFinite(data17))){
if(data17 > 63 || isNaN(data17)){
const err19 = {instancePath:instancePath+"/filterbit/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"settings.schema.json#/properties/filterbit/additionalProperties/maximum",keyword:"maximum",params:{comparison: "<=", limit: 63},schema:63,parentSchema:schema69.additionalProperties,data:data17};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if(data17 < 0 || isNaN(data17)){
const err20 = {instancePath:instancePath+"/filterbit/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"settings.schema.json#/properties/filterbit/additionalProperties/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},schema:0,parentSchema:schema69.additionalProperties,data:data17};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
}
}
}
if(data.is_electron_filter !== undefined){
let data18 = data.is_electron_filter;
if((!(data18 && typeof data18 == "object" && !Array.isArray(data18))) && (data18 !== null)){
const err21 = {instancePath:instancePath+"/is_electron_filter",schemaPath:"settings.schema.json#/properties/is_electron_filter/type",keyword:"type",params:{type: schema89.type},schema:schema89.type,parentSchema:schema89,data:data18};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
if(data18 && typeof data18 == "object" && !Array.isArray(data18)){
for(const key4 in data18){
let data19 = data18[key4];
if((typeof data19 !== "boolean") && (data19 !== null)){
const err22 = {instancePath:instancePath+"/is_electron_filter/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"settings.schema.json#/properties/is_electron_filter/additionalProperties/type",keyword:"type",params:{type: schema89.additionalProperties.type},schema:schema89.additionalProperties.type,parentSchema:schema89.additionalProperties,data:data19};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
}
}
if(data.start_from_diphotons !== undefined){
let data20 = data.start_from_diphotons;
if(typeof data20 !== "boolean"){
const err23 = {instancePath:instancePath+"/start_from_diphotons",schemaPath:"settings.schema.json#/properties/start_from_diphotons/type",keyword:"type",params:{type: "boolean"},schema:schema90.type,parentSchema:schema90,data:data20};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data.require_event_to_pass_hlt_filter !== undefined){
let data21 = data.require_event_to_pass_hlt_filter;
if(typeof data21 !== "boolean"){
const err24 = {instancePath:instancePath+"/require_event_to_pass_hlt_filter",schemaPath:"settings.schema.json#/properties/require_event_to_pass_hlt_filter/type",keyword:"type",params:{type: "boolean"},schema:schema71.type,parentSchema:schema71,data:data21};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
}
else {
const err25 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema73.type,parentSchema:schema73,data};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
validate30.errors = vErrors;
return errors === 0;
}


function validate29(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.workflow === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "workflow"},schema:schema72.required,parentSchema:schema72,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.workflow !== undefined){
let data0 = data.workflow;
if("PhotonTagNProbeFromNanoAOD" !== data0){
const err1 = {instancePath:instancePath+"/workflow",schemaPath:"#/properties/workflow/const",keyword:"const",params:{allowedValue: "PhotonTagNProbeFromNanoAOD"},schema:"PhotonTagNProbeFromNanoAOD",parentSchema:schema72.properties.workflow,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.workflow_args !== undefined){
if(!(validate30(data.workflow_args, {instancePath:instancePath+"/workflow_args",parentData:data,parentDataProperty:"workflow_args",rootData}))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema72.type,parentSchema:schema72,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate29.errors = vErrors;
return errors === 0;
}

const schema92 = {"title":"ElectronTagNProbeFromMiniNTuplesRunner","type":"object","required":["workflow"],"properties":{"workflow":{"description":"Name of the workflow.","const":"ElectronTagNProbeFromMiniNTuples"},"workflow_args":{"$ref":"#/definitions/ntuples_args"}}};
const schema93 = {"title":"NtuplesArgs","description":"Options of the four workflows that read ntuples.","type":"object","properties":{"filters":{"$ref":"settings.schema.json#/properties/filters"},"tags_pt_cut":{"$ref":"settings.schema.json#/properties/tags_pt_cut"},"probes_pt_cut":{"$ref":"settings.schema.json#/properties/probes_pt_cut"},"tags_abseta_cut":{"$ref":"settings.schema.json#/properties/tags_abseta_cut"},"probes_abseta_cut":{"$ref":"settings.schema.json#/properties/probes_abseta_cut"},"cutbased_id":{"$ref":"settings.schema.json#/properties/cutbased_id"},"extra_zcands_mask":{"$ref":"settings.schema.json#/properties/extra_zcands_mask"},"extra_filter":{"$ref":"settings.schema.json#/properties/extra_filter"},"extra_filter_args":{"$ref":"settings.schema.json#/properties/extra_filter_args"},"use_sc_eta":{"$ref":"settings.schema.json#/properties/use_sc_eta"},"use_sc_phi":{"$ref":"settings.schema.json#/properties/use_sc_phi"},"avoid_ecal_transition_tags":{"$ref":"settings.schema.json#/properties/avoid_ecal_transition_tags"},"avoid_ecal_transition_probes":{"$ref":"settings.schema.json#/properties/avoid_ecal_transition_probes"},"fileset":{"description":"Ignored: the fileset is its own file."}},"additionalProperties":false};

function validate33(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema93.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},schema:false,parentSchema:schema93,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.filters !== undefined){
let data0 = data.filters;
if((!(data0 && typeof data0 == "object" && !Array.isArray(data0))) && (data0 !== null)){
const err1 = {instancePath:instancePath+"/filters",schemaPath:"settings.schema.json#/properties/filters/type",keyword:"type",params:{type: schema55.type},schema:schema55.type,parentSchema:schema55,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
for(const key1 in data0){
let data1 = data0[key1];
if(typeof data1 !== "string"){
const err2 = {instancePath:instancePath+"/filters/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"settings.schema.json#/properties/filters/additionalProperties/type",keyword:"type",params:{type: "string"},schema:schema55.additionalProperties.type,parentSchema:schema55.additionalProperties,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
}
}
if(data.tags_pt_cut !== undefined){
let data2 = data.tags_pt_cut;
if(!((typeof data2 == "number") && (isFinite(data2)))){
const err3 = {instancePath:instancePath+"/tags_pt_cut",schemaPath:"settings.schema.json#/properties/tags_pt_cut/type",keyword:"type",params:{type: "number"},schema:schema56.type,parentSchema:schema56,data:data2};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.probes_pt_cut !== undefined){
let data3 = data.probes_pt_cut;
if((!((typeof data3 == "number") && (isFinite(data3)))) && (data3 !== null)){
const err4 = {instancePath:instancePath+"/probes_pt_cut",schemaPath:"settings.schema.json#/properties/probes_pt_cut/type",keyword:"type",params:{type: schema57.type},schema:schema57.type,parentSchema:schema57,data:data3};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.tags_abseta_cut !== undefined){
let data4 = data.tags_abseta_cut;
if(!((typeof data4 == "number") && (isFinite(data4)))){
const err5 = {instancePath:instancePath+"/tags_abseta_cut",schemaPath:"settings.schema.json#/properties/tags_abseta_cut/type",keyword:"type",params:{type: "number"},schema:schema58.type,parentSchema:schema58,data:data4};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.probes_abseta_cut !== undefined){
let data5 = data.probes_abseta_cut;
if(!((typeof data5 == "number") && (isFinite(data5)))){
const err6 = {instancePath:instancePath+"/probes_abseta_cut",schemaPath:"settings.schema.json#/properties/probes_abseta_cut/type",keyword:"type",params:{type: "number"},schema:schema59.type,parentSchema:schema59,data:data5};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.cutbased_id !== undefined){
let data6 = data.cutbased_id;
if((typeof data6 !== "string") && (data6 !== null)){
const err7 = {instancePath:instancePath+"/cutbased_id",schemaPath:"settings.schema.json#/properties/cutbased_id/type",keyword:"type",params:{type: schema60.type},schema:schema60.type,parentSchema:schema60,data:data6};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.extra_zcands_mask !== undefined){
let data7 = data.extra_zcands_mask;
if((typeof data7 !== "string") && (data7 !== null)){
const err8 = {instancePath:instancePath+"/extra_zcands_mask",schemaPath:"settings.schema.json#/properties/extra_zcands_mask/type",keyword:"type",params:{type: schema61.type},schema:schema61.type,parentSchema:schema61,data:data7};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.extra_filter !== undefined){
let data8 = data.extra_filter;
if((typeof data8 !== "string") && (data8 !== null)){
const err9 = {instancePath:instancePath+"/extra_filter",schemaPath:"settings.schema.json#/properties/extra_filter/type",keyword:"type",params:{type: schema62.type},schema:schema62.type,parentSchema:schema62,data:data8};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.extra_filter_args !== undefined){
let data9 = data.extra_filter_args;
if((!(data9 && typeof data9 == "object" && !Array.isArray(data9))) && (data9 !== null)){
const err10 = {instancePath:instancePath+"/extra_filter_args",schemaPath:"settings.schema.json#/properties/extra_filter_args/type",keyword:"type",params:{type: schema63.type},schema:schema63.type,parentSchema:schema63,data:data9};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.use_sc_eta !== undefined){
let data10 = data.use_sc_eta;
if((typeof data10 !== "boolean") && (data10 !== null)){
const err11 = {instancePath:instancePath+"/use_sc_eta",schemaPath:"settings.schema.json#/properties/use_sc_eta/type",keyword:"type",params:{type: schema64.type},schema:schema64.type,parentSchema:schema64,data:data10};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.use_sc_phi !== undefined){
let data11 = data.use_sc_phi;
if((typeof data11 !== "boolean") && (data11 !== null)){
const err12 = {instancePath:instancePath+"/use_sc_phi",schemaPath:"settings.schema.json#/properties/use_sc_phi/type",keyword:"type",params:{type: schema65.type},schema:schema65.type,parentSchema:schema65,data:data11};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.avoid_ecal_transition_tags !== undefined){
let data12 = data.avoid_ecal_transition_tags;
if(typeof data12 !== "boolean"){
const err13 = {instancePath:instancePath+"/avoid_ecal_transition_tags",schemaPath:"settings.schema.json#/properties/avoid_ecal_transition_tags/type",keyword:"type",params:{type: "boolean"},schema:schema66.type,parentSchema:schema66,data:data12};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.avoid_ecal_transition_probes !== undefined){
let data13 = data.avoid_ecal_transition_probes;
if((typeof data13 !== "boolean") && (data13 !== null)){
const err14 = {instancePath:instancePath+"/avoid_ecal_transition_probes",schemaPath:"settings.schema.json#/properties/avoid_ecal_transition_probes/type",keyword:"type",params:{type: schema67.type},schema:schema67.type,parentSchema:schema67,data:data13};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
}
else {
const err15 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema93.type,parentSchema:schema93,data};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
validate33.errors = vErrors;
return errors === 0;
}


function validate32(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.workflow === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "workflow"},schema:schema92.required,parentSchema:schema92,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.workflow !== undefined){
let data0 = data.workflow;
if("ElectronTagNProbeFromMiniNTuples" !== data0){
const err1 = {instancePath:instancePath+"/workflow",schemaPath:"#/properties/workflow/const",keyword:"const",params:{allowedValue: "ElectronTagNProbeFromMiniNTuples"},schema:"ElectronTagNProbeFromMiniNTuples",parentSchema:schema92.properties.workflow,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.workflow_args !== undefined){
if(!(validate33(data.workflow_args, {instancePath:instancePath+"/workflow_args",parentData:data,parentDataProperty:"workflow_args",rootData}))){
vErrors = vErrors === null ? validate33.errors : vErrors.concat(validate33.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema92.type,parentSchema:schema92,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate32.errors = vErrors;
return errors === 0;
}

const schema107 = {"title":"PhotonTagNProbeFromMiniNTuplesRunner","type":"object","required":["workflow"],"properties":{"workflow":{"description":"Name of the workflow.","const":"PhotonTagNProbeFromMiniNTuples"},"workflow_args":{"$ref":"#/definitions/ntuples_args"}}};

function validate35(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.workflow === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "workflow"},schema:schema107.required,parentSchema:schema107,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.workflow !== undefined){
let data0 = data.workflow;
if("PhotonTagNProbeFromMiniNTuples" !== data0){
const err1 = {instancePath:instancePath+"/workflow",schemaPath:"#/properties/workflow/const",keyword:"const",params:{allowedValue: "PhotonTagNProbeFromMiniNTuples"},schema:"PhotonTagNProbeFromMiniNTuples",parentSchema:schema107.properties.workflow,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.workflow_args !== undefined){
if(!(validate33(data.workflow_args, {instancePath:instancePath+"/workflow_args",parentData:data,parentDataProperty:"workflow_args",rootData}))){
vErrors = vErrors === null ? validate33.errors : vErrors.concat(validate33.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema107.type,parentSchema:schema107,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate35.errors = vErrors;
return errors === 0;
}

const schema108 = {"title":"ElectronTagNProbeFromNanoNTuplesRunner","type":"object","required":["workflow"],"properties":{"workflow":{"description":"Name of the workflow.","const":"ElectronTagNProbeFromNanoNTuples"},"workflow_args":{"$ref":"#/definitions/ntuples_args"}}};

function validate37(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.workflow === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "workflow"},schema:schema108.required,parentSchema:schema108,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.workflow !== undefined){
let data0 = data.workflow;
if("ElectronTagNProbeFromNanoNTuples" !== data0){
const err1 = {instancePath:instancePath+"/workflow",schemaPath:"#/properties/workflow/const",keyword:"const",params:{allowedValue: "ElectronTagNProbeFromNanoNTuples"},schema:"ElectronTagNProbeFromNanoNTuples",parentSchema:schema108.properties.workflow,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.workflow_args !== undefined){
if(!(validate33(data.workflow_args, {instancePath:instancePath+"/workflow_args",parentData:data,parentDataProperty:"workflow_args",rootData}))){
vErrors = vErrors === null ? validate33.errors : vErrors.concat(validate33.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema108.type,parentSchema:schema108,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate37.errors = vErrors;
return errors === 0;
}

const schema109 = {"title":"PhotonTagNProbeFromNanoNTuplesRunner","type":"object","required":["workflow"],"properties":{"workflow":{"description":"Name of the workflow.","const":"PhotonTagNProbeFromNanoNTuples"},"workflow_args":{"$ref":"#/definitions/ntuples_args"}}};

function validate39(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.workflow === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "workflow"},schema:schema109.required,parentSchema:schema109,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.workflow !== undefined){
let data0 = data.workflow;
if("PhotonTagNProbeFromNanoNTuples" !== data0){
const err1 = {instancePath:instancePath+"/workflow",schemaPath:"#/properties/workflow/const",keyword:"const",params:{allowedValue: "PhotonTagNProbeFromNanoNTuples"},schema:"PhotonTagNProbeFromNanoNTuples",parentSchema:schema109.properties.workflow,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.workflow_args !== undefined){
if(!(validate33(data.workflow_args, {instancePath:instancePath+"/workflow_args",parentData:data,parentDataProperty:"workflow_args",rootData}))){
vErrors = vErrors === null ? validate33.errors : vErrors.concat(validate33.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema109.type,parentSchema:schema109,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate39.errors = vErrors;
return errors === 0;
}

const schema110 = {"title":"ScaleAndSmearingNTuplesFromNanoAODRunner","type":"object","required":["workflow"],"properties":{"workflow":{"description":"Name of the workflow.","const":"ScaleAndSmearingNTuplesFromNanoAOD"},"workflow_args":{"$ref":"#/definitions/scale_and_smearing_args"}}};
const schema111 = {"title":"ScaleAndSmearingArgs","description":"Options of ScaleAndSmearingNTuplesFromNanoAOD.","type":"object","properties":{"lead_pt_cut":{"$ref":"settings.schema.json#/properties/lead_pt_cut"},"sublead_pt_cut":{"$ref":"settings.schema.json#/properties/sublead_pt_cut"},"eta_cut":{"$ref":"settings.schema.json#/properties/eta_cut"},"trigger_paths":{"$ref":"settings.schema.json#/properties/trigger_paths"},"extra_filter":{"$ref":"settings.schema.json#/properties/extra_filter"},"extra_filter_args":{"$ref":"settings.schema.json#/properties/extra_filter_args"},"avoid_ecal_transition":{"$ref":"settings.schema.json#/properties/avoid_ecal_transition"},"fileset":{"description":"Ignored: the fileset is its own file."}},"additionalProperties":false};
const schema112 = {"description":"The leading electron of a pair needs pt > this, in GeV.","type":"number","default":20};
const schema113 = {"description":"Every electron needs pt > this, in GeV.","type":"number","default":10};
const schema114 = {"description":"Every electron needs abs(supercluster eta) < this.","type":"number","default":2.5};
const schema115 = {"description":"Events must pass any trigger path that begins so. HLT_ and * may be there or not. null: no requirement.","type":["string","array","null"],"items":{"description":"Start of a path's name.","type":"string"},"default":null};
const schema118 = {"description":"Electrons with 1.4442 < abs(supercluster eta) < 1.566 are dropped. null: false.","type":["boolean","null"],"default":false};

function validate42(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((((((key0 === "lead_pt_cut") || (key0 === "sublead_pt_cut")) || (key0 === "eta_cut")) || (key0 === "trigger_paths")) || (key0 === "extra_filter")) || (key0 === "extra_filter_args")) || (key0 === "avoid_ecal_transition")) || (key0 === "fileset"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},schema:false,parentSchema:schema111,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.lead_pt_cut !== undefined){
let data0 = data.lead_pt_cut;
if(!((typeof data0 == "number") && (isFinite(data0)))){
const err1 = {instancePath:instancePath+"/lead_pt_cut",schemaPath:"settings.schema.json#/properties/lead_pt_cut/type",keyword:"type",params:{type: "number"},schema:schema112.type,parentSchema:schema112,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.sublead_pt_cut !== undefined){
let data1 = data.sublead_pt_cut;
if(!((typeof data1 == "number") && (isFinite(data1)))){
const err2 = {instancePath:instancePath+"/sublead_pt_cut",schemaPath:"settings.schema.json#/properties/sublead_pt_cut/type",keyword:"type",params:{type: "number"},schema:schema113.type,parentSchema:schema113,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.eta_cut !== undefined){
let data2 = data.eta_cut;
if(!((typeof data2 == "number") && (isFinite(data2)))){
const err3 = {instancePath:instancePath+"/eta_cut",schemaPath:"settings.schema.json#/properties/eta_cut/type",keyword:"type",params:{type: "number"},schema:schema114.type,parentSchema:schema114,data:data2};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.trigger_paths !== undefined){
let data3 = data.trigger_paths;
if(((typeof data3 !== "string") && (!(Array.isArray(data3)))) && (data3 !== null)){
const err4 = {instancePath:instancePath+"/trigger_paths",schemaPath:"settings.schema.json#/properties/trigger_paths/type",keyword:"type",params:{type: schema115.type},schema:schema115.type,parentSchema:schema115,data:data3};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(Array.isArray(data3)){
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
let data4 = data3[i0];
if(typeof data4 !== "string"){
const err5 = {instancePath:instancePath+"/trigger_paths/" + i0,schemaPath:"settings.schema.json#/properties/trigger_paths/items/type",keyword:"type",params:{type: "string"},schema:schema115.items.type,parentSchema:schema115.items,data:data4};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
}
}
if(data.extra_filter !== undefined){
let data5 = data.extra_filter;
if((typeof data5 !== "string") && (data5 !== null)){
const err6 = {instancePath:instancePath+"/extra_filter",schemaPath:"settings.schema.json#/properties/extra_filter/type",keyword:"type",params:{type: schema62.type},schema:schema62.type,parentSchema:schema62,data:data5};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.extra_filter_args !== undefined){
let data6 = data.extra_filter_args;
if((!(data6 && typeof data6 == "object" && !Array.isArray(data6))) && (data6 !== null)){
const err7 = {instancePath:instancePath+"/extra_filter_args",schemaPath:"settings.schema.json#/properties/extra_filter_args/type",keyword:"type",params:{type: schema63.type},schema:schema63.type,parentSchema:schema63,data:data6};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.avoid_ecal_transition !== undefined){
let data7 = data.avoid_ecal_transition;
if((typeof data7 !== "boolean") && (data7 !== null)){
const err8 = {instancePath:instancePath+"/avoid_ecal_transition",schemaPath:"settings.schema.json#/properties/avoid_ecal_transition/type",keyword:"type",params:{type: schema118.type},schema:schema118.type,parentSchema:schema118,data:data7};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
}
else {
const err9 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema111.type,parentSchema:schema111,data};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
validate42.errors = vErrors;
return errors === 0;
}


function validate41(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.workflow === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "workflow"},schema:schema110.required,parentSchema:schema110,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.workflow !== undefined){
let data0 = data.workflow;
if("ScaleAndSmearingNTuplesFromNanoAOD" !== data0){
const err1 = {instancePath:instancePath+"/workflow",schemaPath:"#/properties/workflow/const",keyword:"const",params:{allowedValue: "ScaleAndSmearingNTuplesFromNanoAOD"},schema:"ScaleAndSmearingNTuplesFromNanoAOD",parentSchema:schema110.properties.workflow,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.workflow_args !== undefined){
if(!(validate42(data.workflow_args, {instancePath:instancePath+"/workflow_args",parentData:data,parentDataProperty:"workflow_args",rootData}))){
vErrors = vErrors === null ? validate42.errors : vErrors.concat(validate42.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema110.type,parentSchema:schema110,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate41.errors = vErrors;
return errors === 0;
}


function validate10(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="runner.schema.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.workflow === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "workflow"},schema:schema11.required,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.workflow_args === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "workflow_args"},schema:schema11.required,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.methods === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "methods"},schema:schema11.required,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.$schema !== undefined){
let data0 = data.$schema;
if(typeof data0 !== "string"){
const err3 = {instancePath:instancePath+"/$schema",schemaPath:"#/properties/%24schema/type",keyword:"type",params:{type: "string"},schema:schema11.properties.$schema.type,parentSchema:schema11.properties.$schema,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.workflow !== undefined){
let data1 = data.workflow;
if(typeof data1 !== "string"){
const err4 = {instancePath:instancePath+"/workflow",schemaPath:"#/properties/workflow/type",keyword:"type",params:{type: "string"},schema:schema11.properties.workflow.type,parentSchema:schema11.properties.workflow,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.workflow_args !== undefined){
let data2 = data.workflow_args;
if(!(data2 && typeof data2 == "object" && !Array.isArray(data2))){
const err5 = {instancePath:instancePath+"/workflow_args",schemaPath:"#/properties/workflow_args/type",keyword:"type",params:{type: "object"},schema:schema11.properties.workflow_args.type,parentSchema:schema11.properties.workflow_args,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.methods !== undefined){
let data3 = data.methods;
if(Array.isArray(data3)){
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
if(!(validate11(data3[i0], {instancePath:instancePath+"/methods/" + i0,parentData:data3,parentDataProperty:i0,rootData}))){
vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
errors = vErrors.length;
}
}
}
else {
const err6 = {instancePath:instancePath+"/methods",schemaPath:"#/properties/methods/type",keyword:"type",params:{type: "array"},schema:schema11.properties.methods.type,parentSchema:schema11.properties.methods,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
const tag0 = data.workflow;
if(typeof tag0 == "string"){
if(tag0 === "ElectronTagNProbeFromNanoAOD"){
if(!(validate25(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
errors = vErrors.length;
}
}
else if(tag0 === "PhotonTagNProbeFromNanoAOD"){
if(!(validate29(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate29.errors : vErrors.concat(validate29.errors);
errors = vErrors.length;
}
}
else if(tag0 === "ElectronTagNProbeFromMiniNTuples"){
if(!(validate32(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
}
else if(tag0 === "PhotonTagNProbeFromMiniNTuples"){
if(!(validate35(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate35.errors : vErrors.concat(validate35.errors);
errors = vErrors.length;
}
}
else if(tag0 === "ElectronTagNProbeFromNanoNTuples"){
if(!(validate37(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate37.errors : vErrors.concat(validate37.errors);
errors = vErrors.length;
}
}
else if(tag0 === "PhotonTagNProbeFromNanoNTuples"){
if(!(validate39(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate39.errors : vErrors.concat(validate39.errors);
errors = vErrors.length;
}
}
else if(tag0 === "ScaleAndSmearingNTuplesFromNanoAOD"){
if(!(validate41(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate41.errors : vErrors.concat(validate41.errors);
errors = vErrors.length;
}
}
else {
const err7 = {instancePath,schemaPath:"#/discriminator",keyword:"discriminator",params:{error: "mapping", tag: "workflow", tagValue: tag0},schema:schema11.discriminator,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath,schemaPath:"#/discriminator",keyword:"discriminator",params:{error: "tag", tag: "workflow", tagValue: tag0},schema:schema11.discriminator,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else {
const err9 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema11.type,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
validate10.errors = vErrors;
return errors === 0;
}

export const validateSettings = validate27;
const schema54 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"settings.schema.json","title":"SettingsDocument","description":"Options of the workflow that several runner files share. They win over workflow_args of the runner. Keys that the workflow does not have are ignored with a warning.","type":"object","properties":{"$schema":{"description":"Where this schema is, for editors.","type":"string"},"filters":{"description":"Filters to measure: name -> what it is. From NanoAOD: a trigger path (HLT_...: the probe is matched to trigger objects), or an expression on the probe (\"cutBased >= 4\"), or on the pair where it contains zcands. From ntuples: the name of a column that must be 1, or an expression over events. Required here or in workflow_args; null: none, which only get_tnp_arrays can use.","type":["object","null"],"additionalProperties":{"description":"Trigger path, expression or column name.","type":"string"}},"trigger_pt":{"description":"Filter name -> transverse momentum in GeV that the matched trigger object must exceed. Every filter needs an entry; only HLT_ filters use theirs. null: 0 for every filter.","default":null,"type":["object","null"],"additionalProperties":{"description":"GeV; null for filters that are no trigger.","type":["number","null"]}},"filterbit":{"description":"Filter name -> bit of TrigObj_filterBits that the matched trigger object must have set. Every filter needs an entry; HLT_ filters need a number.","default":null,"type":["object","null"],"additionalProperties":{"description":"Bit number from 0; null for filters that are no trigger.","type":["integer","null"],"minimum":0,"maximum":63}},"is_photon_filter":{"description":"Filter name -> whether the probe electron must match a trigger photon (id 22) rather than a trigger electron (id 11). null: false for every filter.","default":null,"type":["object","null"],"additionalProperties":{"description":"true: trigger photon.","type":["boolean","null"]}},"is_electron_filter":{"description":"Filter name -> whether the probe photon must match a trigger electron (id 11) rather than a trigger photon (id 22). null: false for every filter.","default":null,"type":["object","null"],"additionalProperties":{"description":"true: trigger electron.","type":["boolean","null"]}},"tags_pt_cut":{"description":"Tags need pt > this, in GeV.","type":"number","default":35},"probes_pt_cut":{"description":"Probes need pt > this, in GeV (et for photons of MiniAOD ntuples). null: with one filter the threshold in its expression - 3 (Ele32: 29; Ele23_Ele12_..._Leg1: 20; none: -3, which is no cut); with several or none: 5.","type":["number","null"],"default":null},"tags_abseta_cut":{"description":"Tags need abs(eta) < this; eta is that of the supercluster with use_sc_eta.","type":"number","default":2.5},"probes_abseta_cut":{"description":"Probes need abs(eta) < this; eta is that of the supercluster with use_sc_eta.","type":"number","default":2.5},"cutbased_id":{"description":"Identification of the probe. NanoAOD: an expression that is put behind \"zcands.probe.\", as in \"cutBased >= 2\". Ntuples: the name of a column that must be 1. null: no requirement.","type":["string","null"],"default":null},"extra_zcands_mask":{"description":"Expression that pairs must pass: of zcands.tag and zcands.probe (NanoAOD), or of events (ntuples). It comes before the other cuts on pairs. null: no requirement.","type":["string","null"],"default":null},"extra_filter":{"description":"A function of your own that selects events before anything else, as \"path/to/file::function\". Files: .mjs, .js, .ts (Node 22.18 or later), or .py where Python has coffea. null: none.","type":["string","null"],"default":null},"extra_filter_args":{"description":"Named arguments for extra_filter: it gets them as its second argument (Python: as keywords).","type":["object","null"],"additionalProperties":true,"default":{}},"use_sc_eta":{"description":"Cuts on eta, the gap between barrel and endcaps, and trigger matching take the eta of the supercluster: branch superclusterEta, or worked out where the file lacks it.","type":["boolean","null"],"default":false},"use_sc_phi":{"description":"Trigger matching takes the phi of the supercluster (branch superclusterPhi, which the file must have). Ntuples: without effect on cuts.","type":["boolean","null"],"default":false},"avoid_ecal_transition_tags":{"description":"Tags need abs(eta) < 1.4442 or abs(eta) > 1.566.","type":"boolean","default":true},"avoid_ecal_transition_probes":{"description":"Probes need abs(eta) < 1.4442 or abs(eta) > 1.566. null: false.","type":["boolean","null"],"default":false},"require_event_to_pass_hlt_filter":{"description":"Probes pass an HLT_ filter only in events that the trigger path accepted: the branch of the filter's name, or of the name without its last segment (..._Leg1).","type":"boolean","default":true},"start_from_diphotons":{"description":"The tag is a photon that is linked to an electron (true), or an electron (false).","type":"boolean","default":true},"lead_pt_cut":{"description":"The leading electron of a pair needs pt > this, in GeV.","type":"number","default":20},"sublead_pt_cut":{"description":"Every electron needs pt > this, in GeV.","type":"number","default":10},"eta_cut":{"description":"Every electron needs abs(supercluster eta) < this.","type":"number","default":2.5},"trigger_paths":{"description":"Events must pass any trigger path that begins so. HLT_ and * may be there or not. null: no requirement.","type":["string","array","null"],"items":{"description":"Start of a path's name.","type":"string"},"default":null},"avoid_ecal_transition":{"description":"Electrons with 1.4442 < abs(supercluster eta) < 1.566 are dropped. null: false.","type":["boolean","null"],"default":false}},"additionalProperties":true};

function validate27(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="settings.schema.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.$schema !== undefined){
let data0 = data.$schema;
if(typeof data0 !== "string"){
const err0 = {instancePath:instancePath+"/$schema",schemaPath:"#/properties/%24schema/type",keyword:"type",params:{type: "string"},schema:schema54.properties.$schema.type,parentSchema:schema54.properties.$schema,data:data0};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.filters !== undefined){
let data1 = data.filters;
if((!(data1 && typeof data1 == "object" && !Array.isArray(data1))) && (data1 !== null)){
const err1 = {instancePath:instancePath+"/filters",schemaPath:"#/properties/filters/type",keyword:"type",params:{type: schema54.properties.filters.type},schema:schema54.properties.filters.type,parentSchema:schema54.properties.filters,data:data1};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
for(const key0 in data1){
let data2 = data1[key0];
if(typeof data2 !== "string"){
const err2 = {instancePath:instancePath+"/filters/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/filters/additionalProperties/type",keyword:"type",params:{type: "string"},schema:schema54.properties.filters.additionalProperties.type,parentSchema:schema54.properties.filters.additionalProperties,data:data2};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
}
}
if(data.trigger_pt !== undefined){
let data3 = data.trigger_pt;
if((!(data3 && typeof data3 == "object" && !Array.isArray(data3))) && (data3 !== null)){
const err3 = {instancePath:instancePath+"/trigger_pt",schemaPath:"#/properties/trigger_pt/type",keyword:"type",params:{type: schema54.properties.trigger_pt.type},schema:schema54.properties.trigger_pt.type,parentSchema:schema54.properties.trigger_pt,data:data3};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
for(const key1 in data3){
let data4 = data3[key1];
if((!((typeof data4 == "number") && (isFinite(data4)))) && (data4 !== null)){
const err4 = {instancePath:instancePath+"/trigger_pt/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/trigger_pt/additionalProperties/type",keyword:"type",params:{type: schema54.properties.trigger_pt.additionalProperties.type},schema:schema54.properties.trigger_pt.additionalProperties.type,parentSchema:schema54.properties.trigger_pt.additionalProperties,data:data4};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
}
}
if(data.filterbit !== undefined){
let data5 = data.filterbit;
if((!(data5 && typeof data5 == "object" && !Array.isArray(data5))) && (data5 !== null)){
const err5 = {instancePath:instancePath+"/filterbit",schemaPath:"#/properties/filterbit/type",keyword:"type",params:{type: schema54.properties.filterbit.type},schema:schema54.properties.filterbit.type,parentSchema:schema54.properties.filterbit,data:data5};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
for(const key2 in data5){
let data6 = data5[key2];
if((!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))) && (data6 !== null)){
const err6 = {instancePath:instancePath+"/filterbit/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/filterbit/additionalProperties/type",keyword:"type",params:{type: schema54.properties.filterbit.additionalProperties.type},schema:schema54.properties.filterbit.additionalProperties.type,parentSchema:schema54.properties.filterbit.additionalProperties,data:data6};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 > 63 || isNaN(data6)){
const err7 = {instancePath:instancePath+"/filterbit/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/filterbit/additionalProperties/maximum",keyword:"maximum",params:{comparison: "<=", limit: 63},schema:63,parentSchema:schema54.properties.filterbit.additionalProperties,data:data6};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(data6 < 0 || isNaN(data6)){
const err8 = {instancePath:instancePath+"/filterbit/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/filterbit/additionalProperties/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},schema:0,parentSchema:schema54.properties.filterbit.additionalProperties,data:data6};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
}
}
}
if(data.is_photon_filter !== undefined){
let data7 = data.is_photon_filter;
if((!(data7 && typeof data7 == "object" && !Array.isArray(data7))) && (data7 !== null)){
const err9 = {instancePath:instancePath+"/is_photon_filter",schemaPath:"#/properties/is_photon_filter/type",keyword:"type",params:{type: schema54.properties.is_photon_filter.type},schema:schema54.properties.is_photon_filter.type,parentSchema:schema54.properties.is_photon_filter,data:data7};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
for(const key3 in data7){
let data8 = data7[key3];
if((typeof data8 !== "boolean") && (data8 !== null)){
const err10 = {instancePath:instancePath+"/is_photon_filter/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/is_photon_filter/additionalProperties/type",keyword:"type",params:{type: schema54.properties.is_photon_filter.additionalProperties.type},schema:schema54.properties.is_photon_filter.additionalProperties.type,parentSchema:schema54.properties.is_photon_filter.additionalProperties,data:data8};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
}
}
if(data.is_electron_filter !== undefined){
let data9 = data.is_electron_filter;
if((!(data9 && typeof data9 == "object" && !Array.isArray(data9))) && (data9 !== null)){
const err11 = {instancePath:instancePath+"/is_electron_filter",schemaPath:"#/properties/is_electron_filter/type",keyword:"type",params:{type: schema54.properties.is_electron_filter.type},schema:schema54.properties.is_electron_filter.type,parentSchema:schema54.properties.is_electron_filter,data:data9};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
for(const key4 in data9){
let data10 = data9[key4];
if((typeof data10 !== "boolean") && (data10 !== null)){
const err12 = {instancePath:instancePath+"/is_electron_filter/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/is_electron_filter/additionalProperties/type",keyword:"type",params:{type: schema54.properties.is_electron_filter.additionalProperties.type},schema:schema54.properties.is_electron_filter.additionalProperties.type,parentSchema:schema54.properties.is_electron_filter.additionalProperties,data:data10};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
}
if(data.tags_pt_cut !== undefined){
let data11 = data.tags_pt_cut;
if(!((typeof data11 == "number") && (isFinite(data11)))){
const err13 = {instancePath:instancePath+"/tags_pt_cut",schemaPath:"#/properties/tags_pt_cut/type",keyword:"type",params:{type: "number"},schema:schema54.properties.tags_pt_cut.type,parentSchema:schema54.properties.tags_pt_cut,data:data11};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.probes_pt_cut !== undefined){
let data12 = data.probes_pt_cut;
if((!((typeof data12 == "number") && (isFinite(data12)))) && (data12 !== null)){
const err14 = {instancePath:instancePath+"/probes_pt_cut",schemaPath:"#/properties/probes_pt_cut/type",keyword:"type",params:{type: schema54.properties.probes_pt_cut.type},schema:schema54.properties.probes_pt_cut.type,parentSchema:schema54.properties.probes_pt_cut,data:data12};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.tags_abseta_cut !== undefined){
let data13 = data.tags_abseta_cut;
if(!((typeof data13 == "number") && (isFinite(data13)))){
const err15 = {instancePath:instancePath+"/tags_abseta_cut",schemaPath:"#/properties/tags_abseta_cut/type",keyword:"type",params:{type: "number"},schema:schema54.properties.tags_abseta_cut.type,parentSchema:schema54.properties.tags_abseta_cut,data:data13};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data.probes_abseta_cut !== undefined){
let data14 = data.probes_abseta_cut;
if(!((typeof data14 == "number") && (isFinite(data14)))){
const err16 = {instancePath:instancePath+"/probes_abseta_cut",schemaPath:"#/properties/probes_abseta_cut/type",keyword:"type",params:{type: "number"},schema:schema54.properties.probes_abseta_cut.type,parentSchema:schema54.properties.probes_abseta_cut,data:data14};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data.cutbased_id !== undefined){
let data15 = data.cutbased_id;
if((typeof data15 !== "string") && (data15 !== null)){
const err17 = {instancePath:instancePath+"/cutbased_id",schemaPath:"#/properties/cutbased_id/type",keyword:"type",params:{type: schema54.properties.cutbased_id.type},schema:schema54.properties.cutbased_id.type,parentSchema:schema54.properties.cutbased_id,data:data15};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data.extra_zcands_mask !== undefined){
let data16 = data.extra_zcands_mask;
if((typeof data16 !== "string") && (data16 !== null)){
const err18 = {instancePath:instancePath+"/extra_zcands_mask",schemaPath:"#/properties/extra_zcands_mask/type",keyword:"type",params:{type: schema54.properties.extra_zcands_mask.type},schema:schema54.properties.extra_zcands_mask.type,parentSchema:schema54.properties.extra_zcands_mask,data:data16};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data.extra_filter !== undefined){
let data17 = data.extra_filter;
if((typeof data17 !== "string") && (data17 !== null)){
const err19 = {instancePath:instancePath+"/extra_filter",schemaPath:"#/properties/extra_filter/type",keyword:"type",params:{type: schema54.properties.extra_filter.type},schema:schema54.properties.extra_filter.type,parentSchema:schema54.properties.extra_filter,data:data17};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data.extra_filter_args !== undefined){
let data18 = data.extra_filter_args;
if((!(data18 && typeof data18 == "object" && !Array.isArray(data18))) && (data18 !== null)){
const err20 = {instancePath:instancePath+"/extra_filter_args",schemaPath:"#/properties/extra_filter_args/type",keyword:"type",params:{type: schema54.properties.extra_filter_args.type},schema:schema54.properties.extra_filter_args.type,parentSchema:schema54.properties.extra_filter_args,data:data18};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data.use_sc_eta !== undefined){
let data19 = data.use_sc_eta;
if((typeof data19 !== "boolean") && (data19 !== null)){
const err21 = {instancePath:instancePath+"/use_sc_eta",schemaPath:"#/properties/use_sc_eta/type",keyword:"type",params:{type: schema54.properties.use_sc_eta.type},schema:schema54.properties.use_sc_eta.type,parentSchema:schema54.properties.use_sc_eta,data:data19};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data.use_sc_phi !== undefined){
let data20 = data.use_sc_phi;
if((typeof data20 !== "boolean") && (data20 !== null)){
const err22 = {instancePath:instancePath+"/use_sc_phi",schemaPath:"#/properties/use_sc_phi/type",keyword:"type",params:{type: schema54.properties.use_sc_phi.type},schema:schema54.properties.use_sc_phi.type,parentSchema:schema54.properties.use_sc_phi,data:data20};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data.avoid_ecal_transition_tags !== undefined){
let data21 = data.avoid_ecal_transition_tags;
if(typeof data21 !== "boolean"){
const err23 = {instancePath:instancePath+"/avoid_ecal_transition_tags",schemaPath:"#/properties/avoid_ecal_transition_tags/type",keyword:"type",params:{type: "boolean"},schema:schema54.properties.avoid_ecal_transition_tags.type,parentSchema:schema54.properties.avoid_ecal_transition_tags,data:data21};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data.avoid_ecal_transition_probes !== undefined){
let data22 = data.avoid_ecal_transition_probes;
if((typeof data22 !== "boolean") && (data22 !== null)){
const err24 = {instancePath:instancePath+"/avoid_ecal_transition_probes",schemaPath:"#/properties/avoid_ecal_transition_probes/type",keyword:"type",params:{type: schema54.properties.avoid_ecal_transition_probes.type},schema:schema54.properties.avoid_ecal_transition_probes.type,parentSchema:schema54.properties.avoid_ecal_transition_probes,data:data22};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data.require_event_to_pass_hlt_filter !== undefined){
let data23 = data.require_event_to_pass_hlt_filter;
if(typeof data23 !== "boolean"){
const err25 = {instancePath:instancePath+"/require_event_to_pass_hlt_filter",schemaPath:"#/properties/require_event_to_pass_hlt_filter/type",keyword:"type",params:{type: "boolean"},schema:schema54.properties.require_event_to_pass_hlt_filter.type,parentSchema:schema54.properties.require_event_to_pass_hlt_filter,data:data23};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data.start_from_diphotons !== undefined){
let data24 = data.start_from_diphotons;
if(typeof data24 !== "boolean"){
const err26 = {instancePath:instancePath+"/start_from_diphotons",schemaPath:"#/properties/start_from_diphotons/type",keyword:"type",params:{type: "boolean"},schema:schema54.properties.start_from_diphotons.type,parentSchema:schema54.properties.start_from_diphotons,data:data24};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data.lead_pt_cut !== undefined){
let data25 = data.lead_pt_cut;
if(!((typeof data25 == "number") && (isFinite(data25)))){
const err27 = {instancePath:instancePath+"/lead_pt_cut",schemaPath:"#/properties/lead_pt_cut/type",keyword:"type",params:{type: "number"},schema:schema54.properties.lead_pt_cut.type,parentSchema:schema54.properties.lead_pt_cut,data:data25};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data.sublead_pt_cut !== undefined){
let data26 = data.sublead_pt_cut;
if(!((typeof data26 == "number") && (isFinite(data26)))){
const err28 = {instancePath:instancePath+"/sublead_pt_cut",schemaPath:"#/properties/sublead_pt_cut/type",keyword:"type",params:{type: "number"},schema:schema54.properties.sublead_pt_cut.type,parentSchema:schema54.properties.sublead_pt_cut,data:data26};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data.eta_cut !== undefined){
let data27 = data.eta_cut;
if(!((typeof data27 == "number") && (isFinite(data27)))){
const err29 = {instancePath:instancePath+"/eta_cut",schemaPath:"#/properties/eta_cut/type",keyword:"type",params:{type: "number"},schema:schema54.properties.eta_cut.type,parentSchema:schema54.properties.eta_cut,data:data27};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
if(data.trigger_paths !== undefined){
let data28 = data.trigger_paths;
if(((typeof data28 !== "string") && (!(Array.isArray(data28)))) && (data28 !== null)){
const err30 = {instancePath:instancePath+"/trigger_paths",schemaPath:"#/properties/trigger_paths/type",keyword:"type",params:{type: schema54.properties.trigger_paths.type},schema:schema54.properties.trigger_paths.type,parentSchema:schema54.properties.trigger_paths,data:data28};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
if(Array.isArray(data28)){
const len0 = data28.length;
for(let i0=0; i0<len0; i0++){
let data29 = data28[i0];
if(typeof data29 !== "string"){
const err31 = {instancePath:instancePath+"/trigger_paths/" + i0,schemaPath:"#/properties/trigger_paths/items/type",keyword:"type",params:{type: "string"},schema:schema54.properties.trigger_paths.items.type,parentSchema:schema54.properties.trigger_paths.items,data:data29};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
}
}
if(data.avoid_ecal_transition !== undefined){
let data30 = data.avoid_ecal_transition;
if((typeof data30 !== "boolean") && (data30 !== null)){
const err32 = {instancePath:instancePath+"/avoid_ecal_transition",schemaPath:"#/properties/avoid_ecal_transition/type",keyword:"type",params:{type: schema54.properties.avoid_ecal_transition.type},schema:schema54.properties.avoid_ecal_transition.type,parentSchema:schema54.properties.avoid_ecal_transition,data:data30};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
}
else {
const err33 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema54.type,parentSchema:schema54,data};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
validate27.errors = vErrors;
return errors === 0;
}

export const validateFileset = validate51;
const schema119 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"fileset.schema.json","title":"FilesetDocument","description":"What to read: dataset name -> its files and metadata. Output of preprocess is of the same form.","type":"object","properties":{"$schema":{"description":"Where this schema is, for editors.","type":"string"}},"additionalProperties":{"$ref":"#/definitions/dataset"},"definitions":{"dataset":{"title":"DatasetDocument","description":"One dataset. Unknown keys are ignored with a warning.","type":"object","required":["files"],"properties":{"files":{"description":"Path -> tree name or file object; or a list of \"path:tree\". Names of ROOT files contain .root; the workflows on ntuples read Parquet files (.parquet, .parq, .pq), and folders of them, as well. The order is that of the partitions.","type":["object","array"],"additionalProperties":{"$ref":"#/definitions/file"},"items":{"description":"\"path:tree\".","type":"string"}},"metadata":{"description":"Facts about the dataset. Keys other than these are passed on to extra_filter.","default":null,"type":["object","null"],"properties":{"dataset":{"description":"Name that extra_filter sees instead of the dataset's key."},"isMC":{"description":"Simulation (true) or data (false). null or absent: simulation where the file has GenPart (NanoAOD), mcTrue (MiniAOD ntuples) or Pileup_nTrueInt (NanoAOD ntuples).","default":null,"type":["boolean","null"]},"goldenJSON":{"description":"Path or URL of the certified luminosity sections. Used for data only.","default":null,"type":["string","null"]},"pileupJSON":{"description":"Path of a correctionlib file (.json or .json.gz) with the pileup weights: its first correction by name, of the number of true interactions and, where it has a second input, \"nominal\", \"up\" or \"down\". Used for simulation only; wins over the next two.","default":null,"type":["string","null"]},"pileupData":{"description":"Path of a ROOT file with the TH1 \"pileup\" of the data. Needs pileupMC; used for simulation only.","default":null,"type":["string","null"]},"pileupMC":{"description":"Probabilities of the simulated numbers of interactions, from 0; as many as pileupData has bins. Zeros count as 1e-10.","default":null,"type":["array","null"],"items":{"type":"number"}}},"additionalProperties":true},"form":{"description":"Columns of the tree: an awkward form as JSON text, or compressed as in compressed_form.","default":null,"type":["string","null"]},"compressed_form":{"description":"Columns of the tree: an awkward form as JSON text, gzipped, base64, as preprocess stores it. Wins over form.","default":null,"type":["string","null"]},"format":{"description":"Kind of the files; ignored.","default":null,"type":["string","null"]},"did":{"description":"Identifier in Rucio; ignored.","default":null,"type":["string","null"]}},"additionalProperties":true},"file":{"title":"FileDocument","description":"Tree name (of no meaning for Parquet files, which may have null), or a file object as preprocess writes it. Unknown keys are ignored with a warning.","type":["string","object","null"],"required":["object_path"],"properties":{"object_path":{"description":"Name of the tree in the file.","type":"string"},"steps":{"description":"Ranges [start, stop) of entries in order, without overlap: each is one partition. null or absent: the file is one partition.","default":null,"type":["array","null"],"items":{"description":"First entry, and the entry to stop before.","type":"array","items":{"type":"integer","minimum":0},"minItems":2,"maxItems":2},"minItems":1},"num_entries":{"description":"Entries of the tree. With it, steps are cut at the end, and a file with another number is refused as changed.","default":null,"type":["integer","null"],"minimum":0},"uuid":{"description":"UUID of the ROOT file when it was preprocessed. A file with another is refused as changed.","default":null,"type":["string","null"]},"format":{"description":"Kind of the file: root or parquet.","default":null,"enum":["root","parquet",null]},"lfn":{"description":"Logical file name; ignored.","default":null,"type":["string","null"]},"pfn":{"description":"Physical file name; ignored.","default":null,"type":["string","null"]},"num_selected_entries":{"description":"Entries in steps; ignored.","default":null,"type":["integer","null"]}},"additionalProperties":true}}};
const schema120 = {"title":"DatasetDocument","description":"One dataset. Unknown keys are ignored with a warning.","type":"object","required":["files"],"properties":{"files":{"description":"Path -> tree name or file object; or a list of \"path:tree\". Names of ROOT files contain .root; the workflows on ntuples read Parquet files (.parquet, .parq, .pq), and folders of them, as well. The order is that of the partitions.","type":["object","array"],"additionalProperties":{"$ref":"#/definitions/file"},"items":{"description":"\"path:tree\".","type":"string"}},"metadata":{"description":"Facts about the dataset. Keys other than these are passed on to extra_filter.","default":null,"type":["object","null"],"properties":{"dataset":{"description":"Name that extra_filter sees instead of the dataset's key."},"isMC":{"description":"Simulation (true) or data (false). null or absent: simulation where the file has GenPart (NanoAOD), mcTrue (MiniAOD ntuples) or Pileup_nTrueInt (NanoAOD ntuples).","default":null,"type":["boolean","null"]},"goldenJSON":{"description":"Path or URL of the certified luminosity sections. Used for data only.","default":null,"type":["string","null"]},"pileupJSON":{"description":"Path of a correctionlib file (.json or .json.gz) with the pileup weights: its first correction by name, of the number of true interactions and, where it has a second input, \"nominal\", \"up\" or \"down\". Used for simulation only; wins over the next two.","default":null,"type":["string","null"]},"pileupData":{"description":"Path of a ROOT file with the TH1 \"pileup\" of the data. Needs pileupMC; used for simulation only.","default":null,"type":["string","null"]},"pileupMC":{"description":"Probabilities of the simulated numbers of interactions, from 0; as many as pileupData has bins. Zeros count as 1e-10.","default":null,"type":["array","null"],"items":{"type":"number"}}},"additionalProperties":true},"form":{"description":"Columns of the tree: an awkward form as JSON text, or compressed as in compressed_form.","default":null,"type":["string","null"]},"compressed_form":{"description":"Columns of the tree: an awkward form as JSON text, gzipped, base64, as preprocess stores it. Wins over form.","default":null,"type":["string","null"]},"format":{"description":"Kind of the files; ignored.","default":null,"type":["string","null"]},"did":{"description":"Identifier in Rucio; ignored.","default":null,"type":["string","null"]}},"additionalProperties":true};
const schema121 = {"title":"FileDocument","description":"Tree name (of no meaning for Parquet files, which may have null), or a file object as preprocess writes it. Unknown keys are ignored with a warning.","type":["string","object","null"],"required":["object_path"],"properties":{"object_path":{"description":"Name of the tree in the file.","type":"string"},"steps":{"description":"Ranges [start, stop) of entries in order, without overlap: each is one partition. null or absent: the file is one partition.","default":null,"type":["array","null"],"items":{"description":"First entry, and the entry to stop before.","type":"array","items":{"type":"integer","minimum":0},"minItems":2,"maxItems":2},"minItems":1},"num_entries":{"description":"Entries of the tree. With it, steps are cut at the end, and a file with another number is refused as changed.","default":null,"type":["integer","null"],"minimum":0},"uuid":{"description":"UUID of the ROOT file when it was preprocessed. A file with another is refused as changed.","default":null,"type":["string","null"]},"format":{"description":"Kind of the file: root or parquet.","default":null,"enum":["root","parquet",null]},"lfn":{"description":"Logical file name; ignored.","default":null,"type":["string","null"]},"pfn":{"description":"Physical file name; ignored.","default":null,"type":["string","null"]},"num_selected_entries":{"description":"Entries in steps; ignored.","default":null,"type":["integer","null"]}},"additionalProperties":true};

function validate52(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.files === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "files"},schema:schema120.required,parentSchema:schema120,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.files !== undefined){
let data0 = data.files;
if(!data0 || typeof data0 != "object"){
const err1 = {instancePath:instancePath+"/files",schemaPath:"#/properties/files/type",keyword:"type",params:{type: schema120.properties.files.type},schema:schema120.properties.files.type,parentSchema:schema120.properties.files,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(Array.isArray(data0)){
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
let data1 = data0[i0];
if(typeof data1 !== "string"){
const err2 = {instancePath:instancePath+"/files/" + i0,schemaPath:"#/properties/files/items/type",keyword:"type",params:{type: "string"},schema:schema120.properties.files.items.type,parentSchema:schema120.properties.files.items,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
}
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
for(const key0 in data0){
let data2 = data0[key0];
if(((typeof data2 !== "string") && (!(data2 && typeof data2 == "object" && !Array.isArray(data2)))) && (data2 !== null)){
const err3 = {instancePath:instancePath+"/files/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/file/type",keyword:"type",params:{type: schema121.type},schema:schema121.type,parentSchema:schema121,data:data2};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(data2.object_path === undefined){
const err4 = {instancePath:instancePath+"/files/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/file/required",keyword:"required",params:{missingProperty: "object_path"},schema:schema121.required,parentSchema:schema121,data:data2};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(data2.object_path !== undefined){
let data3 = data2.object_path;
if(typeof data3 !== "string"){
const err5 = {instancePath:instancePath+"/files/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/object_path",schemaPath:"#/definitions/file/properties/object_path/type",keyword:"type",params:{type: "string"},schema:schema121.properties.object_path.type,parentSchema:schema121.properties.object_path,data:data3};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data2.steps !== undefined){
let data4 = data2.steps;
if((!(Array.isArray(data4))) && (data4 !== null)){
const err6 = {instancePath:instancePath+"/files/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/steps",schemaPath:"#/definitions/file/properties/steps/type",keyword:"type",params:{type: schema121.properties.steps.type},schema:schema121.properties.steps.type,parentSchema:schema121.properties.steps,data:data4};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(Array.isArray(data4)){
if(data4.length < 1){
const err7 = {instancePath:instancePath+"/files/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/steps",schemaPath:"#/definitions/file/properties/steps/minItems",keyword:"minItems",params:{limit: 1},schema:1,parentSchema:schema121.properties.steps,data:data4};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
const len1 = data4.length;
for(let i1=0; i1<len1; i1++){
let data5 = data4[i1];
if(Array.isArray(data5)){
if(data5.length > 2){
const err8 = {instancePath:instancePath+"/files/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/steps/" + i1,schemaPath:"#/definitions/file/properties/steps/items/maxItems",keyword:"maxItems",params:{limit: 2},schema:2,parentSchema:schema121.properties.steps.items,data:data5};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(data5.length < 2){
const err9 = {instancePath:instancePath+"/files/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/steps/" + i1,schemaPath:"#/definitions/file/properties/steps/items/minItems",keyword:"minItems",params:{limit: 2},schema:2,parentSchema:schema121.properties.steps.items,data:data5};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
const len2 = data5.length;
for(let i2=0; i2<len2; i2++){
let data6 = data5[i2];
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
const err10 = {instancePath:instancePath+"/files/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/steps/" + i1+"/" + i2,schemaPath:"#/definitions/file/properties/steps/items/items/type",keyword:"type",params:{type: "integer"},schema:schema121.properties.steps.items.items.type,parentSchema:schema121.properties.steps.items.items,data:data6};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 < 0 || isNaN(data6)){
const err11 = {instancePath:instancePath+"/files/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/steps/" + i1+"/" + i2,schemaPath:"#/definitions/file/properties/steps/items/items/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},schema:0,parentSchema:schema121.properties.steps.items.items,data:data6};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
}
}
else {
const err12 = {instancePath:instancePath+"/files/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/steps/" + i1,schemaPath:"#/definitions/file/properties/steps/items/type",keyword:"type",params:{type: "array"},schema:schema121.properties.steps.items.type,parentSchema:schema121.properties.steps.items,data:data5};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
}
if(data2.num_entries !== undefined){
let data7 = data2.num_entries;
if((!(((typeof data7 == "number") && (!(data7 % 1) && !isNaN(data7))) && (isFinite(data7)))) && (data7 !== null)){
const err13 = {instancePath:instancePath+"/files/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/num_entries",schemaPath:"#/definitions/file/properties/num_entries/type",keyword:"type",params:{type: schema121.properties.num_entries.type},schema:schema121.properties.num_entries.type,parentSchema:schema121.properties.num_entries,data:data7};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 < 0 || isNaN(data7)){
const err14 = {instancePath:instancePath+"/files/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/num_entries",schemaPath:"#/definitions/file/properties/num_entries/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},schema:0,parentSchema:schema121.properties.num_entries,data:data7};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
}
if(data2.uuid !== undefined){
let data8 = data2.uuid;
if((typeof data8 !== "string") && (data8 !== null)){
const err15 = {instancePath:instancePath+"/files/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/uuid",schemaPath:"#/definitions/file/properties/uuid/type",keyword:"type",params:{type: schema121.properties.uuid.type},schema:schema121.properties.uuid.type,parentSchema:schema121.properties.uuid,data:data8};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data2.format !== undefined){
let data9 = data2.format;
if(!(((data9 === "root") || (data9 === "parquet")) || (data9 === null))){
const err16 = {instancePath:instancePath+"/files/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/format",schemaPath:"#/definitions/file/properties/format/enum",keyword:"enum",params:{allowedValues: schema121.properties.format.enum},schema:schema121.properties.format.enum,parentSchema:schema121.properties.format,data:data9};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data2.lfn !== undefined){
let data10 = data2.lfn;
if((typeof data10 !== "string") && (data10 !== null)){
const err17 = {instancePath:instancePath+"/files/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/lfn",schemaPath:"#/definitions/file/properties/lfn/type",keyword:"type",params:{type: schema121.properties.lfn.type},schema:schema121.properties.lfn.type,parentSchema:schema121.properties.lfn,data:data10};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data2.pfn !== undefined){
let data11 = data2.pfn;
if((typeof data11 !== "string") && (data11 !== null)){
const err18 = {instancePath:instancePath+"/files/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/pfn",schemaPath:"#/definitions/file/properties/pfn/type",keyword:"type",params:{type: schema121.properties.pfn.type},schema:schema121.properties.pfn.type,parentSchema:schema121.properties.pfn,data:data11};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data2.num_selected_entries !== undefined){
let data12 = data2.num_selected_entries;
if((!(((typeof data12 == "number") && (!(data12 % 1) && !isNaN(data12))) && (isFinite(data12)))) && (data12 !== null)){
const err19 = {instancePath:instancePath+"/files/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/num_selected_entries",schemaPath:"#/definitions/file/properties/num_selected_entries/type",keyword:"type",params:{type: schema121.properties.num_selected_entries.type},schema:schema121.properties.num_selected_entries.type,parentSchema:schema121.properties.num_selected_entries,data:data12};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
}
}
}
}
if(data.metadata !== undefined){
let data13 = data.metadata;
if((!(data13 && typeof data13 == "object" && !Array.isArray(data13))) && (data13 !== null)){
const err20 = {instancePath:instancePath+"/metadata",schemaPath:"#/properties/metadata/type",keyword:"type",params:{type: schema120.properties.metadata.type},schema:schema120.properties.metadata.type,parentSchema:schema120.properties.metadata,data:data13};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
if(data13 && typeof data13 == "object" && !Array.isArray(data13)){
if(data13.isMC !== undefined){
let data14 = data13.isMC;
if((typeof data14 !== "boolean") && (data14 !== null)){
const err21 = {instancePath:instancePath+"/metadata/isMC",schemaPath:"#/properties/metadata/properties/isMC/type",keyword:"type",params:{type: schema120.properties.metadata.properties.isMC.type},schema:schema120.properties.metadata.properties.isMC.type,parentSchema:schema120.properties.metadata.properties.isMC,data:data14};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data13.goldenJSON !== undefined){
let data15 = data13.goldenJSON;
if((typeof data15 !== "string") && (data15 !== null)){
const err22 = {instancePath:instancePath+"/metadata/goldenJSON",schemaPath:"#/properties/metadata/properties/goldenJSON/type",keyword:"type",params:{type: schema120.properties.metadata.properties.goldenJSON.type},schema:schema120.properties.metadata.properties.goldenJSON.type,parentSchema:schema120.properties.metadata.properties.goldenJSON,data:data15};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data13.pileupJSON !== undefined){
let data16 = data13.pileupJSON;
if((typeof data16 !== "string") && (data16 !== null)){
const err23 = {instancePath:instancePath+"/metadata/pileupJSON",schemaPath:"#/properties/metadata/properties/pileupJSON/type",keyword:"type",params:{type: schema120.properties.metadata.properties.pileupJSON.type},schema:schema120.properties.metadata.properties.pileupJSON.type,parentSchema:schema120.properties.metadata.properties.pileupJSON,data:data16};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data13.pileupData !== undefined){
let data17 = data13.pileupData;
if((typeof data17 !== "string") && (data17 !== null)){
const err24 = {instancePath:instancePath+"/metadata/pileupData",schemaPath:"#/properties/metadata/properties/pileupData/type",keyword:"type",params:{type: schema120.properties.metadata.properties.pileupData.type},schema:schema120.properties.metadata.properties.pileupData.type,parentSchema:schema120.properties.metadata.properties.pileupData,data:data17};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data13.pileupMC !== undefined){
let data18 = data13.pileupMC;
if((!(Array.isArray(data18))) && (data18 !== null)){
const err25 = {instancePath:instancePath+"/metadata/pileupMC",schemaPath:"#/properties/metadata/properties/pileupMC/type",keyword:"type",params:{type: schema120.properties.metadata.properties.pileupMC.type},schema:schema120.properties.metadata.properties.pileupMC.type,parentSchema:schema120.properties.metadata.properties.pileupMC,data:data18};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
if(Array.isArray(data18)){
const len3 = data18.length;
for(let i3=0; i3<len3; i3++){
let data19 = data18[i3];
if(!((typeof data19 == "number") && (isFinite(data19)))){
const err26 = {instancePath:instancePath+"/metadata/pileupMC/" + i3,schemaPath:"#/properties/metadata/properties/pileupMC/items/type",keyword:"type",params:{type: "number"},schema:schema120.properties.metadata.properties.pileupMC.items.type,parentSchema:schema120.properties.metadata.properties.pileupMC.items,data:data19};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
}
}
}
}
if(data.form !== undefined){
let data20 = data.form;
if((typeof data20 !== "string") && (data20 !== null)){
const err27 = {instancePath:instancePath+"/form",schemaPath:"#/properties/form/type",keyword:"type",params:{type: schema120.properties.form.type},schema:schema120.properties.form.type,parentSchema:schema120.properties.form,data:data20};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data.compressed_form !== undefined){
let data21 = data.compressed_form;
if((typeof data21 !== "string") && (data21 !== null)){
const err28 = {instancePath:instancePath+"/compressed_form",schemaPath:"#/properties/compressed_form/type",keyword:"type",params:{type: schema120.properties.compressed_form.type},schema:schema120.properties.compressed_form.type,parentSchema:schema120.properties.compressed_form,data:data21};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data.format !== undefined){
let data22 = data.format;
if((typeof data22 !== "string") && (data22 !== null)){
const err29 = {instancePath:instancePath+"/format",schemaPath:"#/properties/format/type",keyword:"type",params:{type: schema120.properties.format.type},schema:schema120.properties.format.type,parentSchema:schema120.properties.format,data:data22};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
if(data.did !== undefined){
let data23 = data.did;
if((typeof data23 !== "string") && (data23 !== null)){
const err30 = {instancePath:instancePath+"/did",schemaPath:"#/properties/did/type",keyword:"type",params:{type: schema120.properties.did.type},schema:schema120.properties.did.type,parentSchema:schema120.properties.did,data:data23};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
}
else {
const err31 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema120.type,parentSchema:schema120,data};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
validate52.errors = vErrors;
return errors === 0;
}


function validate51(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="fileset.schema.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(key0 === "$schema")){
if(!(validate52(data[key0], {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data,parentDataProperty:key0,rootData}))){
vErrors = vErrors === null ? validate52.errors : vErrors.concat(validate52.errors);
errors = vErrors.length;
}
}
}
if(data.$schema !== undefined){
let data1 = data.$schema;
if(typeof data1 !== "string"){
const err0 = {instancePath:instancePath+"/$schema",schemaPath:"#/properties/%24schema/type",keyword:"type",params:{type: "string"},schema:schema119.properties.$schema.type,parentSchema:schema119.properties.$schema,data:data1};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema119.type,parentSchema:schema119,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate51.errors = vErrors;
return errors === 0;
}

export const validateBinning = validate54;
const schema122 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"binning.schema.json","title":"BinningDocument","description":"Bin edges of histogram axes: <variable>_bins -> edges. They replace or add to the built-in ones (pt, eta, phi, el_pt, el_eta, el_phi, ph_et, ph_pt, ph_eta, ph_phi). Other keys are ignored with a warning.","type":"object","properties":{"$schema":{"description":"Where this schema is, for editors.","type":"string"}},"patternProperties":{"_bins$":{"description":"Edges, strictly increasing; bins include their lower edge.","type":"array","items":{"type":"number"},"minItems":2}},"additionalProperties":true};
const pattern0 = new RegExp("_bins$", "u");

function validate54(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="binning.schema.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.$schema !== undefined){
let data0 = data.$schema;
if(typeof data0 !== "string"){
const err0 = {instancePath:instancePath+"/$schema",schemaPath:"#/properties/%24schema/type",keyword:"type",params:{type: "string"},schema:schema122.properties.$schema.type,parentSchema:schema122.properties.$schema,data:data0};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
for(const key0 in data){
if(pattern0.test(key0)){
let data1 = data[key0];
if(Array.isArray(data1)){
if(data1.length < 2){
const err1 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/patternProperties/_bins%24/minItems",keyword:"minItems",params:{limit: 2},schema:2,parentSchema:schema122.patternProperties._bins$,data:data1};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
if(!((typeof data2 == "number") && (isFinite(data2)))){
const err2 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i0,schemaPath:"#/patternProperties/_bins%24/items/type",keyword:"type",params:{type: "number"},schema:schema122.patternProperties._bins$.items.type,parentSchema:schema122.patternProperties._bins$.items,data:data2};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
}
else {
const err3 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/patternProperties/_bins%24/type",keyword:"type",params:{type: "array"},schema:schema122.patternProperties._bins$.type,parentSchema:schema122.patternProperties._bins$,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
}
else {
const err4 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema122.type,parentSchema:schema122,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
validate54.errors = vErrors;
return errors === 0;
}

export const validateGoldenJson = validate55;
const schema123 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"golden-json.schema.json","title":"GoldenJsonDocument","description":"Certified luminosity sections: run number -> list of [first, last], both inclusive.","type":"object","propertyNames":{"pattern":"^[0-9]+$"},"additionalProperties":{"description":"Certified ranges of the run.","type":"array","items":{"description":"First and last luminosity section, both certified.","type":"array","items":{"type":"integer","minimum":0},"minItems":2,"maxItems":2}}};
const pattern1 = new RegExp("^[0-9]+$", "u");

function validate55(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="golden-json.schema.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
const _errs1 = errors;
if(typeof key0 === "string"){
if(!pattern1.test(key0)){
const err0 = {instancePath,schemaPath:"#/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[0-9]+$"},schema:"^[0-9]+$",parentSchema:schema123.propertyNames,data:key0,propertyName:key0};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
var valid0 = _errs1 === errors;
if(!valid0){
const err1 = {instancePath,schemaPath:"#/propertyNames",keyword:"propertyNames",params:{propertyName: key0},schema:schema123.propertyNames,parentSchema:schema123,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
for(const key1 in data){
let data0 = data[key1];
if(Array.isArray(data0)){
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
let data1 = data0[i0];
if(Array.isArray(data1)){
if(data1.length > 2){
const err2 = {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i0,schemaPath:"#/additionalProperties/items/maxItems",keyword:"maxItems",params:{limit: 2},schema:2,parentSchema:schema123.additionalProperties.items,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data1.length < 2){
const err3 = {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i0,schemaPath:"#/additionalProperties/items/minItems",keyword:"minItems",params:{limit: 2},schema:2,parentSchema:schema123.additionalProperties.items,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
const len1 = data1.length;
for(let i1=0; i1<len1; i1++){
let data2 = data1[i1];
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
const err4 = {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i0+"/" + i1,schemaPath:"#/additionalProperties/items/items/type",keyword:"type",params:{type: "integer"},schema:schema123.additionalProperties.items.items.type,parentSchema:schema123.additionalProperties.items.items,data:data2};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 < 0 || isNaN(data2)){
const err5 = {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i0+"/" + i1,schemaPath:"#/additionalProperties/items/items/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},schema:0,parentSchema:schema123.additionalProperties.items.items,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
}
}
else {
const err6 = {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i0,schemaPath:"#/additionalProperties/items/type",keyword:"type",params:{type: "array"},schema:schema123.additionalProperties.items.type,parentSchema:schema123.additionalProperties.items,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
else {
const err7 = {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/additionalProperties/type",keyword:"type",params:{type: "array"},schema:schema123.additionalProperties.type,parentSchema:schema123.additionalProperties,data:data0};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
else {
const err8 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema123.type,parentSchema:schema123,data};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
validate55.errors = vErrors;
return errors === 0;
}

