// @ts-nocheck
// Made from schemas/ by `npm run gen`. Do not edit.

export const validateFitter = validate21;
const schema6 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"fitter.schema.json","title":"FitterDocument","description":"What tnp-pipe fit fits: the reference's run-fitter JSON as it is, and keys of our own.","type":"object","properties":{"$schema":{"description":"Where this schema is, for editors.","type":"string"},"info_level":{"description":"Taken and not used.","type":"string"},"mass":{"description":"The resonance, and whose names histograms have: those of electrons (Z, JPsi) or of muons.","type":"string","enum":["Z","Z_muon","JPsi","JPsi_muon"]},"input":{"$ref":"#/definitions/input","description":"Files of spectra."},"axes":{"description":"The axes of histograms that bins are made of, eta first; the others are summed over. Default: el_eta and el_pt, or all but mll where names of histograms are given.","type":"array","items":{"type":"string"},"minItems":1},"shapes":{"description":"Shapes of your own: name -> module.mjs::export.","type":"object","additionalProperties":{"type":"string"}},"fit":{"$ref":"#/definitions/fit","description":"Bins, range and shapes."},"fits":{"description":"Several fits of each bin: name (nominal, alt_signal) -> a model, or its fit_type. What a model leaves out, fit has.","type":"object","additionalProperties":{"$ref":"#/definitions/model"}},"output":{"$ref":"#/definitions/output","description":"Files."},"scale_factors":{"$ref":"#/definitions/scale_factors","description":"Ratios of data and simulation."}},"additionalProperties":false,"required":["mass","input","fit"],"definitions":{"input":{"description":"Where spectra come from.","type":"object","properties":{"root_files_DATA":{"$ref":"#/definitions/sources","description":"Data: label -> source."},"root_files_MC":{"$ref":"#/definitions/sources","description":"Simulation: label -> source."},"data":{"$ref":"#/definitions/sources","description":"The same as root_files_DATA."},"mc":{"$ref":"#/definitions/sources","description":"The same as root_files_MC."}},"additionalProperties":false},"sources":{"description":"Label -> source.","type":["object","null"],"additionalProperties":{"$ref":"#/definitions/source"}},"source":{"description":"A path, or the path with a name.","type":["string","object"],"properties":{"file":{"description":"A ROOT file, or histograms of a run (.pkl, UHI JSON); - is standard input.","type":"string"},"name":{"description":"The group of passing and failing histograms (pt/barrel; of a pipe dataset/method/filter, or enough of it). Needed where there is more than one.","type":"string"}},"additionalProperties":false,"required":["file"]},"template":{"description":"A label of simulation, or a file.","type":["string","object"],"properties":{"file":{"description":"A ROOT file, or histograms of a run (.pkl, UHI JSON).","type":"string"},"name":{"description":"Of a ROOT file: the histogram for all bins. Of others: the group of passing and failing histograms.","type":"string"}},"additionalProperties":false,"required":["file"]},"output":{"description":"Where results go.","type":["object","null"],"properties":{"plot_dir":{"description":"Folder of figures; empty: none.","type":["string","null"]},"results_file":{"description":"Results: JSON, or by its name CSV (.csv), Parquet (.parquet) or text (.txt).","type":["string","null"]}},"additionalProperties":false},"scale_factors":{"description":"Ratios of data and simulation.","type":["object","null"],"properties":{"data_mc_pair":{"description":"Name -> label of data, label of simulation.","type":["object","null"],"additionalProperties":{"type":"array","items":{"type":"string"},"minItems":2,"maxItems":2}}},"additionalProperties":false},"fit":{"description":"Bins, range and shapes of fits.","type":"object","properties":{"bin":{"description":"Which bins: bin0 or a list of such. Default: bin0, or all bins of the axes where bin_ranges is not given.","type":["string","array","null"],"items":{"type":"string"}},"bin_ranges":{"description":"Ranges of pt of bin0, bin1, ...: names of histograms are made of them.","type":["array","null"],"items":{"type":"array","items":{"type":"number"},"minItems":2,"maxItems":2}},"x_min":{"description":"Lowest mass (GeV): bins with their centre from here are fitted.","type":["number","null"]},"x_max":{"description":"Highest mass (GeV).","type":["number","null"]},"hist_pass_name":{"description":"With hist_fail_name: the names of the histograms, for every bin.","type":["string","null"]},"hist_fail_name":{"description":"See hist_pass_name.","type":["string","null"]},"numerator":{"description":"Of muons' names (NUM_...).","type":"string","default":"gold"},"denominator":{"description":"Of muons' names (DEN_...).","type":"string","default":"baselineplus"},"abseta":{"description":"Of muons' names (abseta_...).","type":["number","string"],"default":1},"use_cdf":{"description":"Shapes are integrated over bins in any case.","type":"boolean"},"sigmoid_eff":{"description":"The efficiency is between 0 and 1 in any case.","type":"boolean"},"interactive":{"description":"On a terminal, open the page of the fits when they are done (see tnp-pipe view).","type":"boolean"},"fit_type":{"$ref":"#/definitions/model/properties/fit_type","description":"signal_background: dcb_cms."},"model":{"$ref":"#/definitions/model/properties/model","description":"See models."},"signal":{"$ref":"#/definitions/model/properties/signal","description":"See models."},"background":{"$ref":"#/definitions/model/properties/background","description":"See models."},"template":{"$ref":"#/definitions/model/properties/template","description":"See models."},"shared":{"$ref":"#/definitions/model/properties/shared","description":"See models."},"samples":{"$ref":"#/definitions/model/properties/samples","description":"See models."},"prefit":{"$ref":"#/definitions/model/properties/prefit","description":"See models."},"parameters":{"$ref":"#/definitions/model/properties/parameters","description":"See models."},"bin_parameters":{"$ref":"#/definitions/model/properties/bin_parameters","description":"See models."},"bin_fit_type":{"$ref":"#/definitions/model/properties/bin_fit_type","description":"See models."}},"additionalProperties":false},"model":{"description":"Shapes with their settings.","type":["string","object"],"properties":{"fit_type":{"description":"signal_background, shapes by their names: dcb_cms.","type":"string"},"model":{"description":"A model of the EGM group's tool: shapes, starts and limits. count: passing probes over all from x_min to x_max, without a fit.","type":"string","enum":["egm-nominal","egm-alt-signal","egm-alt-background","egm-alt-signal-background","count"]},"signal":{"$ref":"#/definitions/shape","description":"The signal: a name, or an object."},"background":{"$ref":"#/definitions/shape","description":"The background: a name, or an object."},"template":{"$ref":"#/definitions/template","description":"Where templates come from. Default: the only simulation."},"shared":{"description":"Parameters that passing and failing probes share. Default: all of the signal with fit_type, none with model.","type":"array","items":{"type":"string"}},"samples":{"description":"What is fitted. Default: both; with model data alone, with count simulation alone.","type":"array","items":{"type":"string","enum":["DATA","MC"]},"minItems":1},"prefit":{"$ref":"#/definitions/prefit","description":"A fit of simulation that goes before."},"parameters":{"description":"Parameter -> start, limits, held value, constraint.","type":["object","null"],"additionalProperties":{"$ref":"#/definitions/settings"}},"bin_parameters":{"description":"bin3 or LABEL/bin3 -> parameters of that bin.","type":["object","null"],"additionalProperties":{"type":"object","additionalProperties":{"$ref":"#/definitions/settings"}}},"bin_fit_type":{"description":"bin3 or LABEL/bin3 -> fit_type of that bin.","type":["object","null"],"additionalProperties":{"type":"string"}}},"additionalProperties":false},"shape":{"description":"A shape, by name or as an object.","type":["string","object"],"properties":{"shape":{"description":"Its name.","type":"string"},"from":{"$ref":"#/definitions/template","description":"Of template and templateCbExGauss: where their histograms come from. breit-wigner: the line of the Z (default of templateCbExGauss)."},"failing_from_passing_above_pt":{"description":"Templates of failing probes are those of passing ones in bins of pt from here (GeV).","type":"number"},"tail":{"description":"cbexgauss, templateCbExGauss: where the tail is.","type":"string","enum":["left","right"],"default":"left"},"tail_right_above_pt":{"description":"The tail is on the right in bins of pt from here (GeV).","type":"number"},"pass":{"$ref":"#/definitions/shape","description":"The shape of passing probes, where the two differ."},"fail":{"$ref":"#/definitions/shape","description":"That of failing probes."}},"additionalProperties":false},"settings":{"description":"What a parameter starts from.","type":"object","properties":{"start":{"description":"Where the fit begins.","type":"number"},"limits":{"description":"Lowest and highest value.","type":"array","items":{"type":"number"},"minItems":2,"maxItems":2},"fixed":{"description":"Held at this value.","type":"number"},"relative_limits":{"description":"Limits as factors of another parameter's fitted value: {\"to\": \"sigma_pass\", \"factors\": [0.8, 3]}. Where the fit ends outside of them, it is done again within.","type":"object","properties":{"to":{"description":"The other parameter.","type":"string"},"factors":{"description":"Lowest and highest.","type":"array","items":{"type":"number"},"minItems":2,"maxItems":2}},"additionalProperties":false,"required":["to","factors"]},"constraint":{"description":"Gaussian: {\"mean\": ..., \"sigma\": ...}.","type":"object","properties":{"mean":{"description":"Its mean.","type":"number"},"sigma":{"description":"Its standard deviation.","type":"number","exclusiveMinimum":0}},"additionalProperties":false,"required":["mean","sigma"]}},"additionalProperties":false},"prefit":{"description":"A fit of simulation that goes before.","type":"object","properties":{"label":{"description":"Of simulation. Default: the only one.","type":"string"},"background":{"description":"false: without background.","type":"boolean","default":false},"parameters":{"description":"Settings of this fit alone.","type":"object","additionalProperties":{"$ref":"#/definitions/settings"}},"hold":{"description":"Parameters that are held at the values of this fit.","type":"array","items":{"type":"string"}}},"additionalProperties":false,"required":["hold"]}}};
const func2 = Object.prototype.hasOwnProperty;
const schema7 = {"description":"Where spectra come from.","type":"object","properties":{"root_files_DATA":{"$ref":"#/definitions/sources","description":"Data: label -> source."},"root_files_MC":{"$ref":"#/definitions/sources","description":"Simulation: label -> source."},"data":{"$ref":"#/definitions/sources","description":"The same as root_files_DATA."},"mc":{"$ref":"#/definitions/sources","description":"The same as root_files_MC."}},"additionalProperties":false};
const schema8 = {"description":"Label -> source.","type":["object","null"],"additionalProperties":{"$ref":"#/definitions/source"}};
const schema9 = {"description":"A path, or the path with a name.","type":["string","object"],"properties":{"file":{"description":"A ROOT file, or histograms of a run (.pkl, UHI JSON); - is standard input.","type":"string"},"name":{"description":"The group of passing and failing histograms (pt/barrel; of a pipe dataset/method/filter, or enough of it). Needed where there is more than one.","type":"string"}},"additionalProperties":false,"required":["file"]};

function validate24(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if((typeof data !== "string") && (!(data && typeof data == "object" && !Array.isArray(data)))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema9.type},schema:schema9.type,parentSchema:schema9,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.file === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "file"},schema:schema9.required,parentSchema:schema9,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!((key0 === "file") || (key0 === "name"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},schema:false,parentSchema:schema9,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.file !== undefined){
let data0 = data.file;
if(typeof data0 !== "string"){
const err3 = {instancePath:instancePath+"/file",schemaPath:"#/properties/file/type",keyword:"type",params:{type: "string"},schema:schema9.properties.file.type,parentSchema:schema9.properties.file,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.name !== undefined){
let data1 = data.name;
if(typeof data1 !== "string"){
const err4 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},schema:schema9.properties.name.type,parentSchema:schema9.properties.name,data:data1};
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
validate24.errors = vErrors;
return errors === 0;
}


function validate23(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if((!(data && typeof data == "object" && !Array.isArray(data))) && (data !== null)){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema8.type},schema:schema8.type,parentSchema:schema8,data};
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
if(!(validate24(data[key0], {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data,parentDataProperty:key0,rootData}))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
}
validate23.errors = vErrors;
return errors === 0;
}


function validate22(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((key0 === "root_files_DATA") || (key0 === "root_files_MC")) || (key0 === "data")) || (key0 === "mc"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},schema:false,parentSchema:schema7,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.root_files_DATA !== undefined){
if(!(validate23(data.root_files_DATA, {instancePath:instancePath+"/root_files_DATA",parentData:data,parentDataProperty:"root_files_DATA",rootData}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data.root_files_MC !== undefined){
if(!(validate23(data.root_files_MC, {instancePath:instancePath+"/root_files_MC",parentData:data,parentDataProperty:"root_files_MC",rootData}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data.data !== undefined){
if(!(validate23(data.data, {instancePath:instancePath+"/data",parentData:data,parentDataProperty:"data",rootData}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data.mc !== undefined){
if(!(validate23(data.mc, {instancePath:instancePath+"/mc",parentData:data,parentDataProperty:"mc",rootData}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema7.type,parentSchema:schema7,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate22.errors = vErrors;
return errors === 0;
}

const schema10 = {"description":"Bins, range and shapes of fits.","type":"object","properties":{"bin":{"description":"Which bins: bin0 or a list of such. Default: bin0, or all bins of the axes where bin_ranges is not given.","type":["string","array","null"],"items":{"type":"string"}},"bin_ranges":{"description":"Ranges of pt of bin0, bin1, ...: names of histograms are made of them.","type":["array","null"],"items":{"type":"array","items":{"type":"number"},"minItems":2,"maxItems":2}},"x_min":{"description":"Lowest mass (GeV): bins with their centre from here are fitted.","type":["number","null"]},"x_max":{"description":"Highest mass (GeV).","type":["number","null"]},"hist_pass_name":{"description":"With hist_fail_name: the names of the histograms, for every bin.","type":["string","null"]},"hist_fail_name":{"description":"See hist_pass_name.","type":["string","null"]},"numerator":{"description":"Of muons' names (NUM_...).","type":"string","default":"gold"},"denominator":{"description":"Of muons' names (DEN_...).","type":"string","default":"baselineplus"},"abseta":{"description":"Of muons' names (abseta_...).","type":["number","string"],"default":1},"use_cdf":{"description":"Shapes are integrated over bins in any case.","type":"boolean"},"sigmoid_eff":{"description":"The efficiency is between 0 and 1 in any case.","type":"boolean"},"interactive":{"description":"On a terminal, open the page of the fits when they are done (see tnp-pipe view).","type":"boolean"},"fit_type":{"$ref":"#/definitions/model/properties/fit_type","description":"signal_background: dcb_cms."},"model":{"$ref":"#/definitions/model/properties/model","description":"See models."},"signal":{"$ref":"#/definitions/model/properties/signal","description":"See models."},"background":{"$ref":"#/definitions/model/properties/background","description":"See models."},"template":{"$ref":"#/definitions/model/properties/template","description":"See models."},"shared":{"$ref":"#/definitions/model/properties/shared","description":"See models."},"samples":{"$ref":"#/definitions/model/properties/samples","description":"See models."},"prefit":{"$ref":"#/definitions/model/properties/prefit","description":"See models."},"parameters":{"$ref":"#/definitions/model/properties/parameters","description":"See models."},"bin_parameters":{"$ref":"#/definitions/model/properties/bin_parameters","description":"See models."},"bin_fit_type":{"$ref":"#/definitions/model/properties/bin_fit_type","description":"See models."}},"additionalProperties":false};
const schema11 = {"description":"signal_background, shapes by their names: dcb_cms.","type":"string"};

function validate32(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data !== "string"){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},schema:schema11.type,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
validate32.errors = vErrors;
return errors === 0;
}

const schema12 = {"description":"A model of the EGM group's tool: shapes, starts and limits. count: passing probes over all from x_min to x_max, without a fit.","type":"string","enum":["egm-nominal","egm-alt-signal","egm-alt-background","egm-alt-signal-background","count"]};

function validate34(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data !== "string"){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},schema:schema12.type,parentSchema:schema12,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(!(((((data === "egm-nominal") || (data === "egm-alt-signal")) || (data === "egm-alt-background")) || (data === "egm-alt-signal-background")) || (data === "count"))){
const err1 = {instancePath,schemaPath:"#/enum",keyword:"enum",params:{allowedValues: schema12.enum},schema:schema12.enum,parentSchema:schema12,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate34.errors = vErrors;
return errors === 0;
}

const schema13 = {"description":"A shape, by name or as an object.","type":["string","object"],"properties":{"shape":{"description":"Its name.","type":"string"},"from":{"$ref":"#/definitions/template","description":"Of template and templateCbExGauss: where their histograms come from. breit-wigner: the line of the Z (default of templateCbExGauss)."},"failing_from_passing_above_pt":{"description":"Templates of failing probes are those of passing ones in bins of pt from here (GeV).","type":"number"},"tail":{"description":"cbexgauss, templateCbExGauss: where the tail is.","type":"string","enum":["left","right"],"default":"left"},"tail_right_above_pt":{"description":"The tail is on the right in bins of pt from here (GeV).","type":"number"},"pass":{"$ref":"#/definitions/shape","description":"The shape of passing probes, where the two differ."},"fail":{"$ref":"#/definitions/shape","description":"That of failing probes."}},"additionalProperties":false};
const schema14 = {"description":"A label of simulation, or a file.","type":["string","object"],"properties":{"file":{"description":"A ROOT file, or histograms of a run (.pkl, UHI JSON).","type":"string"},"name":{"description":"Of a ROOT file: the histogram for all bins. Of others: the group of passing and failing histograms.","type":"string"}},"additionalProperties":false,"required":["file"]};

function validate37(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if((typeof data !== "string") && (!(data && typeof data == "object" && !Array.isArray(data)))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema14.type},schema:schema14.type,parentSchema:schema14,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.file === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "file"},schema:schema14.required,parentSchema:schema14,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!((key0 === "file") || (key0 === "name"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},schema:false,parentSchema:schema14,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.file !== undefined){
let data0 = data.file;
if(typeof data0 !== "string"){
const err3 = {instancePath:instancePath+"/file",schemaPath:"#/properties/file/type",keyword:"type",params:{type: "string"},schema:schema14.properties.file.type,parentSchema:schema14.properties.file,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.name !== undefined){
let data1 = data.name;
if(typeof data1 !== "string"){
const err4 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},schema:schema14.properties.name.type,parentSchema:schema14.properties.name,data:data1};
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
validate37.errors = vErrors;
return errors === 0;
}

const wrapper0 = {validate: validate36};

function validate36(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if((typeof data !== "string") && (!(data && typeof data == "object" && !Array.isArray(data)))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema13.type},schema:schema13.type,parentSchema:schema13,data};
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
if(!(((((((key0 === "shape") || (key0 === "from")) || (key0 === "failing_from_passing_above_pt")) || (key0 === "tail")) || (key0 === "tail_right_above_pt")) || (key0 === "pass")) || (key0 === "fail"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},schema:false,parentSchema:schema13,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.shape !== undefined){
let data0 = data.shape;
if(typeof data0 !== "string"){
const err2 = {instancePath:instancePath+"/shape",schemaPath:"#/properties/shape/type",keyword:"type",params:{type: "string"},schema:schema13.properties.shape.type,parentSchema:schema13.properties.shape,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.from !== undefined){
if(!(validate37(data.from, {instancePath:instancePath+"/from",parentData:data,parentDataProperty:"from",rootData}))){
vErrors = vErrors === null ? validate37.errors : vErrors.concat(validate37.errors);
errors = vErrors.length;
}
}
if(data.failing_from_passing_above_pt !== undefined){
let data2 = data.failing_from_passing_above_pt;
if(!((typeof data2 == "number") && (isFinite(data2)))){
const err3 = {instancePath:instancePath+"/failing_from_passing_above_pt",schemaPath:"#/properties/failing_from_passing_above_pt/type",keyword:"type",params:{type: "number"},schema:schema13.properties.failing_from_passing_above_pt.type,parentSchema:schema13.properties.failing_from_passing_above_pt,data:data2};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.tail !== undefined){
let data3 = data.tail;
if(typeof data3 !== "string"){
const err4 = {instancePath:instancePath+"/tail",schemaPath:"#/properties/tail/type",keyword:"type",params:{type: "string"},schema:schema13.properties.tail.type,parentSchema:schema13.properties.tail,data:data3};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(!((data3 === "left") || (data3 === "right"))){
const err5 = {instancePath:instancePath+"/tail",schemaPath:"#/properties/tail/enum",keyword:"enum",params:{allowedValues: schema13.properties.tail.enum},schema:schema13.properties.tail.enum,parentSchema:schema13.properties.tail,data:data3};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.tail_right_above_pt !== undefined){
let data4 = data.tail_right_above_pt;
if(!((typeof data4 == "number") && (isFinite(data4)))){
const err6 = {instancePath:instancePath+"/tail_right_above_pt",schemaPath:"#/properties/tail_right_above_pt/type",keyword:"type",params:{type: "number"},schema:schema13.properties.tail_right_above_pt.type,parentSchema:schema13.properties.tail_right_above_pt,data:data4};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.pass !== undefined){
if(!(wrapper0.validate(data.pass, {instancePath:instancePath+"/pass",parentData:data,parentDataProperty:"pass",rootData}))){
vErrors = vErrors === null ? wrapper0.validate.errors : vErrors.concat(wrapper0.validate.errors);
errors = vErrors.length;
}
}
if(data.fail !== undefined){
if(!(wrapper0.validate(data.fail, {instancePath:instancePath+"/fail",parentData:data,parentDataProperty:"fail",rootData}))){
vErrors = vErrors === null ? wrapper0.validate.errors : vErrors.concat(wrapper0.validate.errors);
errors = vErrors.length;
}
}
}
validate36.errors = vErrors;
return errors === 0;
}


function validate40(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if((typeof data !== "string") && (!(data && typeof data == "object" && !Array.isArray(data)))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema13.type},schema:schema13.type,parentSchema:schema13,data};
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
if(!(((((((key0 === "shape") || (key0 === "from")) || (key0 === "failing_from_passing_above_pt")) || (key0 === "tail")) || (key0 === "tail_right_above_pt")) || (key0 === "pass")) || (key0 === "fail"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},schema:false,parentSchema:schema13,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.shape !== undefined){
let data0 = data.shape;
if(typeof data0 !== "string"){
const err2 = {instancePath:instancePath+"/shape",schemaPath:"#/properties/shape/type",keyword:"type",params:{type: "string"},schema:schema13.properties.shape.type,parentSchema:schema13.properties.shape,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.from !== undefined){
if(!(validate37(data.from, {instancePath:instancePath+"/from",parentData:data,parentDataProperty:"from",rootData}))){
vErrors = vErrors === null ? validate37.errors : vErrors.concat(validate37.errors);
errors = vErrors.length;
}
}
if(data.failing_from_passing_above_pt !== undefined){
let data2 = data.failing_from_passing_above_pt;
if(!((typeof data2 == "number") && (isFinite(data2)))){
const err3 = {instancePath:instancePath+"/failing_from_passing_above_pt",schemaPath:"#/properties/failing_from_passing_above_pt/type",keyword:"type",params:{type: "number"},schema:schema13.properties.failing_from_passing_above_pt.type,parentSchema:schema13.properties.failing_from_passing_above_pt,data:data2};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.tail !== undefined){
let data3 = data.tail;
if(typeof data3 !== "string"){
const err4 = {instancePath:instancePath+"/tail",schemaPath:"#/properties/tail/type",keyword:"type",params:{type: "string"},schema:schema13.properties.tail.type,parentSchema:schema13.properties.tail,data:data3};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(!((data3 === "left") || (data3 === "right"))){
const err5 = {instancePath:instancePath+"/tail",schemaPath:"#/properties/tail/enum",keyword:"enum",params:{allowedValues: schema13.properties.tail.enum},schema:schema13.properties.tail.enum,parentSchema:schema13.properties.tail,data:data3};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.tail_right_above_pt !== undefined){
let data4 = data.tail_right_above_pt;
if(!((typeof data4 == "number") && (isFinite(data4)))){
const err6 = {instancePath:instancePath+"/tail_right_above_pt",schemaPath:"#/properties/tail_right_above_pt/type",keyword:"type",params:{type: "number"},schema:schema13.properties.tail_right_above_pt.type,parentSchema:schema13.properties.tail_right_above_pt,data:data4};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.pass !== undefined){
if(!(validate36(data.pass, {instancePath:instancePath+"/pass",parentData:data,parentDataProperty:"pass",rootData}))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
if(data.fail !== undefined){
if(!(validate36(data.fail, {instancePath:instancePath+"/fail",parentData:data,parentDataProperty:"fail",rootData}))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
}
validate40.errors = vErrors;
return errors === 0;
}


function validate45(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if((typeof data !== "string") && (!(data && typeof data == "object" && !Array.isArray(data)))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema14.type},schema:schema14.type,parentSchema:schema14,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.file === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "file"},schema:schema14.required,parentSchema:schema14,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!((key0 === "file") || (key0 === "name"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},schema:false,parentSchema:schema14,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.file !== undefined){
let data0 = data.file;
if(typeof data0 !== "string"){
const err3 = {instancePath:instancePath+"/file",schemaPath:"#/properties/file/type",keyword:"type",params:{type: "string"},schema:schema14.properties.file.type,parentSchema:schema14.properties.file,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.name !== undefined){
let data1 = data.name;
if(typeof data1 !== "string"){
const err4 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},schema:schema14.properties.name.type,parentSchema:schema14.properties.name,data:data1};
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
validate45.errors = vErrors;
return errors === 0;
}

const schema17 = {"description":"Parameters that passing and failing probes share. Default: all of the signal with fit_type, none with model.","type":"array","items":{"type":"string"}};

function validate47(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if(typeof data0 !== "string"){
const err0 = {instancePath:instancePath+"/" + i0,schemaPath:"#/items/type",keyword:"type",params:{type: "string"},schema:schema17.items.type,parentSchema:schema17.items,data:data0};
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
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "array"},schema:schema17.type,parentSchema:schema17,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate47.errors = vErrors;
return errors === 0;
}

const schema18 = {"description":"What is fitted. Default: both; with model data alone, with count simulation alone.","type":"array","items":{"type":"string","enum":["DATA","MC"]},"minItems":1};

function validate49(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(Array.isArray(data)){
if(data.length < 1){
const err0 = {instancePath,schemaPath:"#/minItems",keyword:"minItems",params:{limit: 1},schema:1,parentSchema:schema18,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if(typeof data0 !== "string"){
const err1 = {instancePath:instancePath+"/" + i0,schemaPath:"#/items/type",keyword:"type",params:{type: "string"},schema:schema18.items.type,parentSchema:schema18.items,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(!((data0 === "DATA") || (data0 === "MC"))){
const err2 = {instancePath:instancePath+"/" + i0,schemaPath:"#/items/enum",keyword:"enum",params:{allowedValues: schema18.items.enum},schema:schema18.items.enum,parentSchema:schema18.items,data:data0};
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
const err3 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "array"},schema:schema18.type,parentSchema:schema18,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
validate49.errors = vErrors;
return errors === 0;
}

const schema19 = {"description":"A fit of simulation that goes before.","type":"object","properties":{"label":{"description":"Of simulation. Default: the only one.","type":"string"},"background":{"description":"false: without background.","type":"boolean","default":false},"parameters":{"description":"Settings of this fit alone.","type":"object","additionalProperties":{"$ref":"#/definitions/settings"}},"hold":{"description":"Parameters that are held at the values of this fit.","type":"array","items":{"type":"string"}}},"additionalProperties":false,"required":["hold"]};
const schema20 = {"description":"What a parameter starts from.","type":"object","properties":{"start":{"description":"Where the fit begins.","type":"number"},"limits":{"description":"Lowest and highest value.","type":"array","items":{"type":"number"},"minItems":2,"maxItems":2},"fixed":{"description":"Held at this value.","type":"number"},"relative_limits":{"description":"Limits as factors of another parameter's fitted value: {\"to\": \"sigma_pass\", \"factors\": [0.8, 3]}. Where the fit ends outside of them, it is done again within.","type":"object","properties":{"to":{"description":"The other parameter.","type":"string"},"factors":{"description":"Lowest and highest.","type":"array","items":{"type":"number"},"minItems":2,"maxItems":2}},"additionalProperties":false,"required":["to","factors"]},"constraint":{"description":"Gaussian: {\"mean\": ..., \"sigma\": ...}.","type":"object","properties":{"mean":{"description":"Its mean.","type":"number"},"sigma":{"description":"Its standard deviation.","type":"number","exclusiveMinimum":0}},"additionalProperties":false,"required":["mean","sigma"]}},"additionalProperties":false};

function validate52(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((key0 === "start") || (key0 === "limits")) || (key0 === "fixed")) || (key0 === "relative_limits")) || (key0 === "constraint"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},schema:false,parentSchema:schema20,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.start !== undefined){
let data0 = data.start;
if(!((typeof data0 == "number") && (isFinite(data0)))){
const err1 = {instancePath:instancePath+"/start",schemaPath:"#/properties/start/type",keyword:"type",params:{type: "number"},schema:schema20.properties.start.type,parentSchema:schema20.properties.start,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.limits !== undefined){
let data1 = data.limits;
if(Array.isArray(data1)){
if(data1.length > 2){
const err2 = {instancePath:instancePath+"/limits",schemaPath:"#/properties/limits/maxItems",keyword:"maxItems",params:{limit: 2},schema:2,parentSchema:schema20.properties.limits,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data1.length < 2){
const err3 = {instancePath:instancePath+"/limits",schemaPath:"#/properties/limits/minItems",keyword:"minItems",params:{limit: 2},schema:2,parentSchema:schema20.properties.limits,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
if(!((typeof data2 == "number") && (isFinite(data2)))){
const err4 = {instancePath:instancePath+"/limits/" + i0,schemaPath:"#/properties/limits/items/type",keyword:"type",params:{type: "number"},schema:schema20.properties.limits.items.type,parentSchema:schema20.properties.limits.items,data:data2};
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
else {
const err5 = {instancePath:instancePath+"/limits",schemaPath:"#/properties/limits/type",keyword:"type",params:{type: "array"},schema:schema20.properties.limits.type,parentSchema:schema20.properties.limits,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.fixed !== undefined){
let data3 = data.fixed;
if(!((typeof data3 == "number") && (isFinite(data3)))){
const err6 = {instancePath:instancePath+"/fixed",schemaPath:"#/properties/fixed/type",keyword:"type",params:{type: "number"},schema:schema20.properties.fixed.type,parentSchema:schema20.properties.fixed,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.relative_limits !== undefined){
let data4 = data.relative_limits;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if(data4.to === undefined){
const err7 = {instancePath:instancePath+"/relative_limits",schemaPath:"#/properties/relative_limits/required",keyword:"required",params:{missingProperty: "to"},schema:schema20.properties.relative_limits.required,parentSchema:schema20.properties.relative_limits,data:data4};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(data4.factors === undefined){
const err8 = {instancePath:instancePath+"/relative_limits",schemaPath:"#/properties/relative_limits/required",keyword:"required",params:{missingProperty: "factors"},schema:schema20.properties.relative_limits.required,parentSchema:schema20.properties.relative_limits,data:data4};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
for(const key1 in data4){
if(!((key1 === "to") || (key1 === "factors"))){
const err9 = {instancePath:instancePath+"/relative_limits",schemaPath:"#/properties/relative_limits/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},schema:false,parentSchema:schema20.properties.relative_limits,data:data4};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data4.to !== undefined){
let data5 = data4.to;
if(typeof data5 !== "string"){
const err10 = {instancePath:instancePath+"/relative_limits/to",schemaPath:"#/properties/relative_limits/properties/to/type",keyword:"type",params:{type: "string"},schema:schema20.properties.relative_limits.properties.to.type,parentSchema:schema20.properties.relative_limits.properties.to,data:data5};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data4.factors !== undefined){
let data6 = data4.factors;
if(Array.isArray(data6)){
if(data6.length > 2){
const err11 = {instancePath:instancePath+"/relative_limits/factors",schemaPath:"#/properties/relative_limits/properties/factors/maxItems",keyword:"maxItems",params:{limit: 2},schema:2,parentSchema:schema20.properties.relative_limits.properties.factors,data:data6};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(data6.length < 2){
const err12 = {instancePath:instancePath+"/relative_limits/factors",schemaPath:"#/properties/relative_limits/properties/factors/minItems",keyword:"minItems",params:{limit: 2},schema:2,parentSchema:schema20.properties.relative_limits.properties.factors,data:data6};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
const len1 = data6.length;
for(let i1=0; i1<len1; i1++){
let data7 = data6[i1];
if(!((typeof data7 == "number") && (isFinite(data7)))){
const err13 = {instancePath:instancePath+"/relative_limits/factors/" + i1,schemaPath:"#/properties/relative_limits/properties/factors/items/type",keyword:"type",params:{type: "number"},schema:schema20.properties.relative_limits.properties.factors.items.type,parentSchema:schema20.properties.relative_limits.properties.factors.items,data:data7};
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
else {
const err14 = {instancePath:instancePath+"/relative_limits/factors",schemaPath:"#/properties/relative_limits/properties/factors/type",keyword:"type",params:{type: "array"},schema:schema20.properties.relative_limits.properties.factors.type,parentSchema:schema20.properties.relative_limits.properties.factors,data:data6};
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
const err15 = {instancePath:instancePath+"/relative_limits",schemaPath:"#/properties/relative_limits/type",keyword:"type",params:{type: "object"},schema:schema20.properties.relative_limits.type,parentSchema:schema20.properties.relative_limits,data:data4};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data.constraint !== undefined){
let data8 = data.constraint;
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
if(data8.mean === undefined){
const err16 = {instancePath:instancePath+"/constraint",schemaPath:"#/properties/constraint/required",keyword:"required",params:{missingProperty: "mean"},schema:schema20.properties.constraint.required,parentSchema:schema20.properties.constraint,data:data8};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if(data8.sigma === undefined){
const err17 = {instancePath:instancePath+"/constraint",schemaPath:"#/properties/constraint/required",keyword:"required",params:{missingProperty: "sigma"},schema:schema20.properties.constraint.required,parentSchema:schema20.properties.constraint,data:data8};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
for(const key2 in data8){
if(!((key2 === "mean") || (key2 === "sigma"))){
const err18 = {instancePath:instancePath+"/constraint",schemaPath:"#/properties/constraint/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},schema:false,parentSchema:schema20.properties.constraint,data:data8};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data8.mean !== undefined){
let data9 = data8.mean;
if(!((typeof data9 == "number") && (isFinite(data9)))){
const err19 = {instancePath:instancePath+"/constraint/mean",schemaPath:"#/properties/constraint/properties/mean/type",keyword:"type",params:{type: "number"},schema:schema20.properties.constraint.properties.mean.type,parentSchema:schema20.properties.constraint.properties.mean,data:data9};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data8.sigma !== undefined){
let data10 = data8.sigma;
if((typeof data10 == "number") && (isFinite(data10))){
if(data10 <= 0 || isNaN(data10)){
const err20 = {instancePath:instancePath+"/constraint/sigma",schemaPath:"#/properties/constraint/properties/sigma/exclusiveMinimum",keyword:"exclusiveMinimum",params:{comparison: ">", limit: 0},schema:0,parentSchema:schema20.properties.constraint.properties.sigma,data:data10};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
else {
const err21 = {instancePath:instancePath+"/constraint/sigma",schemaPath:"#/properties/constraint/properties/sigma/type",keyword:"type",params:{type: "number"},schema:schema20.properties.constraint.properties.sigma.type,parentSchema:schema20.properties.constraint.properties.sigma,data:data10};
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
const err22 = {instancePath:instancePath+"/constraint",schemaPath:"#/properties/constraint/type",keyword:"type",params:{type: "object"},schema:schema20.properties.constraint.type,parentSchema:schema20.properties.constraint,data:data8};
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
else {
const err23 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema20.type,parentSchema:schema20,data};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
validate52.errors = vErrors;
return errors === 0;
}


function validate51(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.hold === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "hold"},schema:schema19.required,parentSchema:schema19,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "label") || (key0 === "background")) || (key0 === "parameters")) || (key0 === "hold"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},schema:false,parentSchema:schema19,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.label !== undefined){
let data0 = data.label;
if(typeof data0 !== "string"){
const err2 = {instancePath:instancePath+"/label",schemaPath:"#/properties/label/type",keyword:"type",params:{type: "string"},schema:schema19.properties.label.type,parentSchema:schema19.properties.label,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.background !== undefined){
let data1 = data.background;
if(typeof data1 !== "boolean"){
const err3 = {instancePath:instancePath+"/background",schemaPath:"#/properties/background/type",keyword:"type",params:{type: "boolean"},schema:schema19.properties.background.type,parentSchema:schema19.properties.background,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.parameters !== undefined){
let data2 = data.parameters;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
for(const key1 in data2){
if(!(validate52(data2[key1], {instancePath:instancePath+"/parameters/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data2,parentDataProperty:key1,rootData}))){
vErrors = vErrors === null ? validate52.errors : vErrors.concat(validate52.errors);
errors = vErrors.length;
}
}
}
else {
const err4 = {instancePath:instancePath+"/parameters",schemaPath:"#/properties/parameters/type",keyword:"type",params:{type: "object"},schema:schema19.properties.parameters.type,parentSchema:schema19.properties.parameters,data:data2};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.hold !== undefined){
let data4 = data.hold;
if(Array.isArray(data4)){
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
let data5 = data4[i0];
if(typeof data5 !== "string"){
const err5 = {instancePath:instancePath+"/hold/" + i0,schemaPath:"#/properties/hold/items/type",keyword:"type",params:{type: "string"},schema:schema19.properties.hold.items.type,parentSchema:schema19.properties.hold.items,data:data5};
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
else {
const err6 = {instancePath:instancePath+"/hold",schemaPath:"#/properties/hold/type",keyword:"type",params:{type: "array"},schema:schema19.properties.hold.type,parentSchema:schema19.properties.hold,data:data4};
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
const err7 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema19.type,parentSchema:schema19,data};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
validate51.errors = vErrors;
return errors === 0;
}

const schema21 = {"description":"Parameter -> start, limits, held value, constraint.","type":["object","null"],"additionalProperties":{"$ref":"#/definitions/settings"}};

function validate55(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if((!(data && typeof data == "object" && !Array.isArray(data))) && (data !== null)){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema21.type},schema:schema21.type,parentSchema:schema21,data};
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
if(!(validate52(data[key0], {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data,parentDataProperty:key0,rootData}))){
vErrors = vErrors === null ? validate52.errors : vErrors.concat(validate52.errors);
errors = vErrors.length;
}
}
}
validate55.errors = vErrors;
return errors === 0;
}

const schema22 = {"description":"bin3 or LABEL/bin3 -> parameters of that bin.","type":["object","null"],"additionalProperties":{"type":"object","additionalProperties":{"$ref":"#/definitions/settings"}}};

function validate58(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if((!(data && typeof data == "object" && !Array.isArray(data))) && (data !== null)){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema22.type},schema:schema22.type,parentSchema:schema22,data};
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
let data0 = data[key0];
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
for(const key1 in data0){
if(!(validate52(data0[key1], {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data0,parentDataProperty:key1,rootData}))){
vErrors = vErrors === null ? validate52.errors : vErrors.concat(validate52.errors);
errors = vErrors.length;
}
}
}
else {
const err1 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/additionalProperties/type",keyword:"type",params:{type: "object"},schema:schema22.additionalProperties.type,parentSchema:schema22.additionalProperties,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
}
validate58.errors = vErrors;
return errors === 0;
}

const schema23 = {"description":"bin3 or LABEL/bin3 -> fit_type of that bin.","type":["object","null"],"additionalProperties":{"type":"string"}};

function validate61(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if((!(data && typeof data == "object" && !Array.isArray(data))) && (data !== null)){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema23.type},schema:schema23.type,parentSchema:schema23,data};
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
let data0 = data[key0];
if(typeof data0 !== "string"){
const err1 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/additionalProperties/type",keyword:"type",params:{type: "string"},schema:schema23.additionalProperties.type,parentSchema:schema23.additionalProperties,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
}
validate61.errors = vErrors;
return errors === 0;
}


function validate31(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema10.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},schema:false,parentSchema:schema10,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.bin !== undefined){
let data0 = data.bin;
if(((typeof data0 !== "string") && (!(Array.isArray(data0)))) && (data0 !== null)){
const err1 = {instancePath:instancePath+"/bin",schemaPath:"#/properties/bin/type",keyword:"type",params:{type: schema10.properties.bin.type},schema:schema10.properties.bin.type,parentSchema:schema10.properties.bin,data:data0};
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
const err2 = {instancePath:instancePath+"/bin/" + i0,schemaPath:"#/properties/bin/items/type",keyword:"type",params:{type: "string"},schema:schema10.properties.bin.items.type,parentSchema:schema10.properties.bin.items,data:data1};
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
if(data.bin_ranges !== undefined){
let data2 = data.bin_ranges;
if((!(Array.isArray(data2))) && (data2 !== null)){
const err3 = {instancePath:instancePath+"/bin_ranges",schemaPath:"#/properties/bin_ranges/type",keyword:"type",params:{type: schema10.properties.bin_ranges.type},schema:schema10.properties.bin_ranges.type,parentSchema:schema10.properties.bin_ranges,data:data2};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(Array.isArray(data2)){
const len1 = data2.length;
for(let i1=0; i1<len1; i1++){
let data3 = data2[i1];
if(Array.isArray(data3)){
if(data3.length > 2){
const err4 = {instancePath:instancePath+"/bin_ranges/" + i1,schemaPath:"#/properties/bin_ranges/items/maxItems",keyword:"maxItems",params:{limit: 2},schema:2,parentSchema:schema10.properties.bin_ranges.items,data:data3};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(data3.length < 2){
const err5 = {instancePath:instancePath+"/bin_ranges/" + i1,schemaPath:"#/properties/bin_ranges/items/minItems",keyword:"minItems",params:{limit: 2},schema:2,parentSchema:schema10.properties.bin_ranges.items,data:data3};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
const len2 = data3.length;
for(let i2=0; i2<len2; i2++){
let data4 = data3[i2];
if(!((typeof data4 == "number") && (isFinite(data4)))){
const err6 = {instancePath:instancePath+"/bin_ranges/" + i1+"/" + i2,schemaPath:"#/properties/bin_ranges/items/items/type",keyword:"type",params:{type: "number"},schema:schema10.properties.bin_ranges.items.items.type,parentSchema:schema10.properties.bin_ranges.items.items,data:data4};
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
const err7 = {instancePath:instancePath+"/bin_ranges/" + i1,schemaPath:"#/properties/bin_ranges/items/type",keyword:"type",params:{type: "array"},schema:schema10.properties.bin_ranges.items.type,parentSchema:schema10.properties.bin_ranges.items,data:data3};
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
if(data.x_min !== undefined){
let data5 = data.x_min;
if((!((typeof data5 == "number") && (isFinite(data5)))) && (data5 !== null)){
const err8 = {instancePath:instancePath+"/x_min",schemaPath:"#/properties/x_min/type",keyword:"type",params:{type: schema10.properties.x_min.type},schema:schema10.properties.x_min.type,parentSchema:schema10.properties.x_min,data:data5};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.x_max !== undefined){
let data6 = data.x_max;
if((!((typeof data6 == "number") && (isFinite(data6)))) && (data6 !== null)){
const err9 = {instancePath:instancePath+"/x_max",schemaPath:"#/properties/x_max/type",keyword:"type",params:{type: schema10.properties.x_max.type},schema:schema10.properties.x_max.type,parentSchema:schema10.properties.x_max,data:data6};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.hist_pass_name !== undefined){
let data7 = data.hist_pass_name;
if((typeof data7 !== "string") && (data7 !== null)){
const err10 = {instancePath:instancePath+"/hist_pass_name",schemaPath:"#/properties/hist_pass_name/type",keyword:"type",params:{type: schema10.properties.hist_pass_name.type},schema:schema10.properties.hist_pass_name.type,parentSchema:schema10.properties.hist_pass_name,data:data7};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.hist_fail_name !== undefined){
let data8 = data.hist_fail_name;
if((typeof data8 !== "string") && (data8 !== null)){
const err11 = {instancePath:instancePath+"/hist_fail_name",schemaPath:"#/properties/hist_fail_name/type",keyword:"type",params:{type: schema10.properties.hist_fail_name.type},schema:schema10.properties.hist_fail_name.type,parentSchema:schema10.properties.hist_fail_name,data:data8};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.numerator !== undefined){
let data9 = data.numerator;
if(typeof data9 !== "string"){
const err12 = {instancePath:instancePath+"/numerator",schemaPath:"#/properties/numerator/type",keyword:"type",params:{type: "string"},schema:schema10.properties.numerator.type,parentSchema:schema10.properties.numerator,data:data9};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.denominator !== undefined){
let data10 = data.denominator;
if(typeof data10 !== "string"){
const err13 = {instancePath:instancePath+"/denominator",schemaPath:"#/properties/denominator/type",keyword:"type",params:{type: "string"},schema:schema10.properties.denominator.type,parentSchema:schema10.properties.denominator,data:data10};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.abseta !== undefined){
let data11 = data.abseta;
if((!((typeof data11 == "number") && (isFinite(data11)))) && (typeof data11 !== "string")){
const err14 = {instancePath:instancePath+"/abseta",schemaPath:"#/properties/abseta/type",keyword:"type",params:{type: schema10.properties.abseta.type},schema:schema10.properties.abseta.type,parentSchema:schema10.properties.abseta,data:data11};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.use_cdf !== undefined){
let data12 = data.use_cdf;
if(typeof data12 !== "boolean"){
const err15 = {instancePath:instancePath+"/use_cdf",schemaPath:"#/properties/use_cdf/type",keyword:"type",params:{type: "boolean"},schema:schema10.properties.use_cdf.type,parentSchema:schema10.properties.use_cdf,data:data12};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data.sigmoid_eff !== undefined){
let data13 = data.sigmoid_eff;
if(typeof data13 !== "boolean"){
const err16 = {instancePath:instancePath+"/sigmoid_eff",schemaPath:"#/properties/sigmoid_eff/type",keyword:"type",params:{type: "boolean"},schema:schema10.properties.sigmoid_eff.type,parentSchema:schema10.properties.sigmoid_eff,data:data13};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data.interactive !== undefined){
let data14 = data.interactive;
if(typeof data14 !== "boolean"){
const err17 = {instancePath:instancePath+"/interactive",schemaPath:"#/properties/interactive/type",keyword:"type",params:{type: "boolean"},schema:schema10.properties.interactive.type,parentSchema:schema10.properties.interactive,data:data14};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data.fit_type !== undefined){
if(!(validate32(data.fit_type, {instancePath:instancePath+"/fit_type",parentData:data,parentDataProperty:"fit_type",rootData}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
}
if(data.model !== undefined){
if(!(validate34(data.model, {instancePath:instancePath+"/model",parentData:data,parentDataProperty:"model",rootData}))){
vErrors = vErrors === null ? validate34.errors : vErrors.concat(validate34.errors);
errors = vErrors.length;
}
}
if(data.signal !== undefined){
if(!(validate36(data.signal, {instancePath:instancePath+"/signal",parentData:data,parentDataProperty:"signal",rootData}))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
if(data.background !== undefined){
if(!(validate40(data.background, {instancePath:instancePath+"/background",parentData:data,parentDataProperty:"background",rootData}))){
vErrors = vErrors === null ? validate40.errors : vErrors.concat(validate40.errors);
errors = vErrors.length;
}
}
if(data.template !== undefined){
if(!(validate45(data.template, {instancePath:instancePath+"/template",parentData:data,parentDataProperty:"template",rootData}))){
vErrors = vErrors === null ? validate45.errors : vErrors.concat(validate45.errors);
errors = vErrors.length;
}
}
if(data.shared !== undefined){
if(!(validate47(data.shared, {instancePath:instancePath+"/shared",parentData:data,parentDataProperty:"shared",rootData}))){
vErrors = vErrors === null ? validate47.errors : vErrors.concat(validate47.errors);
errors = vErrors.length;
}
}
if(data.samples !== undefined){
if(!(validate49(data.samples, {instancePath:instancePath+"/samples",parentData:data,parentDataProperty:"samples",rootData}))){
vErrors = vErrors === null ? validate49.errors : vErrors.concat(validate49.errors);
errors = vErrors.length;
}
}
if(data.prefit !== undefined){
if(!(validate51(data.prefit, {instancePath:instancePath+"/prefit",parentData:data,parentDataProperty:"prefit",rootData}))){
vErrors = vErrors === null ? validate51.errors : vErrors.concat(validate51.errors);
errors = vErrors.length;
}
}
if(data.parameters !== undefined){
if(!(validate55(data.parameters, {instancePath:instancePath+"/parameters",parentData:data,parentDataProperty:"parameters",rootData}))){
vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
errors = vErrors.length;
}
}
if(data.bin_parameters !== undefined){
if(!(validate58(data.bin_parameters, {instancePath:instancePath+"/bin_parameters",parentData:data,parentDataProperty:"bin_parameters",rootData}))){
vErrors = vErrors === null ? validate58.errors : vErrors.concat(validate58.errors);
errors = vErrors.length;
}
}
if(data.bin_fit_type !== undefined){
if(!(validate61(data.bin_fit_type, {instancePath:instancePath+"/bin_fit_type",parentData:data,parentDataProperty:"bin_fit_type",rootData}))){
vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
errors = vErrors.length;
}
}
}
else {
const err18 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema10.type,parentSchema:schema10,data};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
validate31.errors = vErrors;
return errors === 0;
}

const schema24 = {"description":"Shapes with their settings.","type":["string","object"],"properties":{"fit_type":{"description":"signal_background, shapes by their names: dcb_cms.","type":"string"},"model":{"description":"A model of the EGM group's tool: shapes, starts and limits. count: passing probes over all from x_min to x_max, without a fit.","type":"string","enum":["egm-nominal","egm-alt-signal","egm-alt-background","egm-alt-signal-background","count"]},"signal":{"$ref":"#/definitions/shape","description":"The signal: a name, or an object."},"background":{"$ref":"#/definitions/shape","description":"The background: a name, or an object."},"template":{"$ref":"#/definitions/template","description":"Where templates come from. Default: the only simulation."},"shared":{"description":"Parameters that passing and failing probes share. Default: all of the signal with fit_type, none with model.","type":"array","items":{"type":"string"}},"samples":{"description":"What is fitted. Default: both; with model data alone, with count simulation alone.","type":"array","items":{"type":"string","enum":["DATA","MC"]},"minItems":1},"prefit":{"$ref":"#/definitions/prefit","description":"A fit of simulation that goes before."},"parameters":{"description":"Parameter -> start, limits, held value, constraint.","type":["object","null"],"additionalProperties":{"$ref":"#/definitions/settings"}},"bin_parameters":{"description":"bin3 or LABEL/bin3 -> parameters of that bin.","type":["object","null"],"additionalProperties":{"type":"object","additionalProperties":{"$ref":"#/definitions/settings"}}},"bin_fit_type":{"description":"bin3 or LABEL/bin3 -> fit_type of that bin.","type":["object","null"],"additionalProperties":{"type":"string"}}},"additionalProperties":false};

function validate68(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.hold === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "hold"},schema:schema19.required,parentSchema:schema19,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "label") || (key0 === "background")) || (key0 === "parameters")) || (key0 === "hold"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},schema:false,parentSchema:schema19,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.label !== undefined){
let data0 = data.label;
if(typeof data0 !== "string"){
const err2 = {instancePath:instancePath+"/label",schemaPath:"#/properties/label/type",keyword:"type",params:{type: "string"},schema:schema19.properties.label.type,parentSchema:schema19.properties.label,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.background !== undefined){
let data1 = data.background;
if(typeof data1 !== "boolean"){
const err3 = {instancePath:instancePath+"/background",schemaPath:"#/properties/background/type",keyword:"type",params:{type: "boolean"},schema:schema19.properties.background.type,parentSchema:schema19.properties.background,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.parameters !== undefined){
let data2 = data.parameters;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
for(const key1 in data2){
if(!(validate52(data2[key1], {instancePath:instancePath+"/parameters/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data2,parentDataProperty:key1,rootData}))){
vErrors = vErrors === null ? validate52.errors : vErrors.concat(validate52.errors);
errors = vErrors.length;
}
}
}
else {
const err4 = {instancePath:instancePath+"/parameters",schemaPath:"#/properties/parameters/type",keyword:"type",params:{type: "object"},schema:schema19.properties.parameters.type,parentSchema:schema19.properties.parameters,data:data2};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.hold !== undefined){
let data4 = data.hold;
if(Array.isArray(data4)){
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
let data5 = data4[i0];
if(typeof data5 !== "string"){
const err5 = {instancePath:instancePath+"/hold/" + i0,schemaPath:"#/properties/hold/items/type",keyword:"type",params:{type: "string"},schema:schema19.properties.hold.items.type,parentSchema:schema19.properties.hold.items,data:data5};
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
else {
const err6 = {instancePath:instancePath+"/hold",schemaPath:"#/properties/hold/type",keyword:"type",params:{type: "array"},schema:schema19.properties.hold.type,parentSchema:schema19.properties.hold,data:data4};
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
const err7 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema19.type,parentSchema:schema19,data};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
validate68.errors = vErrors;
return errors === 0;
}


function validate64(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if((typeof data !== "string") && (!(data && typeof data == "object" && !Array.isArray(data)))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema24.type},schema:schema24.type,parentSchema:schema24,data};
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
if(!(func2.call(schema24.properties, key0))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},schema:false,parentSchema:schema24,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.fit_type !== undefined){
let data0 = data.fit_type;
if(typeof data0 !== "string"){
const err2 = {instancePath:instancePath+"/fit_type",schemaPath:"#/properties/fit_type/type",keyword:"type",params:{type: "string"},schema:schema24.properties.fit_type.type,parentSchema:schema24.properties.fit_type,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.model !== undefined){
let data1 = data.model;
if(typeof data1 !== "string"){
const err3 = {instancePath:instancePath+"/model",schemaPath:"#/properties/model/type",keyword:"type",params:{type: "string"},schema:schema24.properties.model.type,parentSchema:schema24.properties.model,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(!(((((data1 === "egm-nominal") || (data1 === "egm-alt-signal")) || (data1 === "egm-alt-background")) || (data1 === "egm-alt-signal-background")) || (data1 === "count"))){
const err4 = {instancePath:instancePath+"/model",schemaPath:"#/properties/model/enum",keyword:"enum",params:{allowedValues: schema24.properties.model.enum},schema:schema24.properties.model.enum,parentSchema:schema24.properties.model,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.signal !== undefined){
if(!(validate36(data.signal, {instancePath:instancePath+"/signal",parentData:data,parentDataProperty:"signal",rootData}))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
if(data.background !== undefined){
if(!(validate36(data.background, {instancePath:instancePath+"/background",parentData:data,parentDataProperty:"background",rootData}))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
if(data.template !== undefined){
if(!(validate37(data.template, {instancePath:instancePath+"/template",parentData:data,parentDataProperty:"template",rootData}))){
vErrors = vErrors === null ? validate37.errors : vErrors.concat(validate37.errors);
errors = vErrors.length;
}
}
if(data.shared !== undefined){
let data5 = data.shared;
if(Array.isArray(data5)){
const len0 = data5.length;
for(let i0=0; i0<len0; i0++){
let data6 = data5[i0];
if(typeof data6 !== "string"){
const err5 = {instancePath:instancePath+"/shared/" + i0,schemaPath:"#/properties/shared/items/type",keyword:"type",params:{type: "string"},schema:schema24.properties.shared.items.type,parentSchema:schema24.properties.shared.items,data:data6};
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
else {
const err6 = {instancePath:instancePath+"/shared",schemaPath:"#/properties/shared/type",keyword:"type",params:{type: "array"},schema:schema24.properties.shared.type,parentSchema:schema24.properties.shared,data:data5};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.samples !== undefined){
let data7 = data.samples;
if(Array.isArray(data7)){
if(data7.length < 1){
const err7 = {instancePath:instancePath+"/samples",schemaPath:"#/properties/samples/minItems",keyword:"minItems",params:{limit: 1},schema:1,parentSchema:schema24.properties.samples,data:data7};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
const len1 = data7.length;
for(let i1=0; i1<len1; i1++){
let data8 = data7[i1];
if(typeof data8 !== "string"){
const err8 = {instancePath:instancePath+"/samples/" + i1,schemaPath:"#/properties/samples/items/type",keyword:"type",params:{type: "string"},schema:schema24.properties.samples.items.type,parentSchema:schema24.properties.samples.items,data:data8};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(!((data8 === "DATA") || (data8 === "MC"))){
const err9 = {instancePath:instancePath+"/samples/" + i1,schemaPath:"#/properties/samples/items/enum",keyword:"enum",params:{allowedValues: schema24.properties.samples.items.enum},schema:schema24.properties.samples.items.enum,parentSchema:schema24.properties.samples.items,data:data8};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
}
else {
const err10 = {instancePath:instancePath+"/samples",schemaPath:"#/properties/samples/type",keyword:"type",params:{type: "array"},schema:schema24.properties.samples.type,parentSchema:schema24.properties.samples,data:data7};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.prefit !== undefined){
if(!(validate68(data.prefit, {instancePath:instancePath+"/prefit",parentData:data,parentDataProperty:"prefit",rootData}))){
vErrors = vErrors === null ? validate68.errors : vErrors.concat(validate68.errors);
errors = vErrors.length;
}
}
if(data.parameters !== undefined){
let data10 = data.parameters;
if((!(data10 && typeof data10 == "object" && !Array.isArray(data10))) && (data10 !== null)){
const err11 = {instancePath:instancePath+"/parameters",schemaPath:"#/properties/parameters/type",keyword:"type",params:{type: schema24.properties.parameters.type},schema:schema24.properties.parameters.type,parentSchema:schema24.properties.parameters,data:data10};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
for(const key1 in data10){
if(!(validate52(data10[key1], {instancePath:instancePath+"/parameters/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data10,parentDataProperty:key1,rootData}))){
vErrors = vErrors === null ? validate52.errors : vErrors.concat(validate52.errors);
errors = vErrors.length;
}
}
}
}
if(data.bin_parameters !== undefined){
let data12 = data.bin_parameters;
if((!(data12 && typeof data12 == "object" && !Array.isArray(data12))) && (data12 !== null)){
const err12 = {instancePath:instancePath+"/bin_parameters",schemaPath:"#/properties/bin_parameters/type",keyword:"type",params:{type: schema24.properties.bin_parameters.type},schema:schema24.properties.bin_parameters.type,parentSchema:schema24.properties.bin_parameters,data:data12};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
for(const key2 in data12){
let data13 = data12[key2];
if(data13 && typeof data13 == "object" && !Array.isArray(data13)){
for(const key3 in data13){
if(!(validate52(data13[key3], {instancePath:instancePath+"/bin_parameters/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data13,parentDataProperty:key3,rootData}))){
vErrors = vErrors === null ? validate52.errors : vErrors.concat(validate52.errors);
errors = vErrors.length;
}
}
}
else {
const err13 = {instancePath:instancePath+"/bin_parameters/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/bin_parameters/additionalProperties/type",keyword:"type",params:{type: "object"},schema:schema24.properties.bin_parameters.additionalProperties.type,parentSchema:schema24.properties.bin_parameters.additionalProperties,data:data13};
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
if(data.bin_fit_type !== undefined){
let data15 = data.bin_fit_type;
if((!(data15 && typeof data15 == "object" && !Array.isArray(data15))) && (data15 !== null)){
const err14 = {instancePath:instancePath+"/bin_fit_type",schemaPath:"#/properties/bin_fit_type/type",keyword:"type",params:{type: schema24.properties.bin_fit_type.type},schema:schema24.properties.bin_fit_type.type,parentSchema:schema24.properties.bin_fit_type,data:data15};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
for(const key4 in data15){
let data16 = data15[key4];
if(typeof data16 !== "string"){
const err15 = {instancePath:instancePath+"/bin_fit_type/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/bin_fit_type/additionalProperties/type",keyword:"type",params:{type: "string"},schema:schema24.properties.bin_fit_type.additionalProperties.type,parentSchema:schema24.properties.bin_fit_type.additionalProperties,data:data16};
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
validate64.errors = vErrors;
return errors === 0;
}

const schema26 = {"description":"Where results go.","type":["object","null"],"properties":{"plot_dir":{"description":"Folder of figures; empty: none.","type":["string","null"]},"results_file":{"description":"Results: JSON, or by its name CSV (.csv), Parquet (.parquet) or text (.txt).","type":["string","null"]}},"additionalProperties":false};

function validate74(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if((!(data && typeof data == "object" && !Array.isArray(data))) && (data !== null)){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema26.type},schema:schema26.type,parentSchema:schema26,data};
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
if(!((key0 === "plot_dir") || (key0 === "results_file"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},schema:false,parentSchema:schema26,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.plot_dir !== undefined){
let data0 = data.plot_dir;
if((typeof data0 !== "string") && (data0 !== null)){
const err2 = {instancePath:instancePath+"/plot_dir",schemaPath:"#/properties/plot_dir/type",keyword:"type",params:{type: schema26.properties.plot_dir.type},schema:schema26.properties.plot_dir.type,parentSchema:schema26.properties.plot_dir,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.results_file !== undefined){
let data1 = data.results_file;
if((typeof data1 !== "string") && (data1 !== null)){
const err3 = {instancePath:instancePath+"/results_file",schemaPath:"#/properties/results_file/type",keyword:"type",params:{type: schema26.properties.results_file.type},schema:schema26.properties.results_file.type,parentSchema:schema26.properties.results_file,data:data1};
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
validate74.errors = vErrors;
return errors === 0;
}

const schema27 = {"description":"Ratios of data and simulation.","type":["object","null"],"properties":{"data_mc_pair":{"description":"Name -> label of data, label of simulation.","type":["object","null"],"additionalProperties":{"type":"array","items":{"type":"string"},"minItems":2,"maxItems":2}}},"additionalProperties":false};

function validate76(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if((!(data && typeof data == "object" && !Array.isArray(data))) && (data !== null)){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema27.type},schema:schema27.type,parentSchema:schema27,data};
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
if(!(key0 === "data_mc_pair")){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},schema:false,parentSchema:schema27,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.data_mc_pair !== undefined){
let data0 = data.data_mc_pair;
if((!(data0 && typeof data0 == "object" && !Array.isArray(data0))) && (data0 !== null)){
const err2 = {instancePath:instancePath+"/data_mc_pair",schemaPath:"#/properties/data_mc_pair/type",keyword:"type",params:{type: schema27.properties.data_mc_pair.type},schema:schema27.properties.data_mc_pair.type,parentSchema:schema27.properties.data_mc_pair,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
for(const key1 in data0){
let data1 = data0[key1];
if(Array.isArray(data1)){
if(data1.length > 2){
const err3 = {instancePath:instancePath+"/data_mc_pair/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/data_mc_pair/additionalProperties/maxItems",keyword:"maxItems",params:{limit: 2},schema:2,parentSchema:schema27.properties.data_mc_pair.additionalProperties,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data1.length < 2){
const err4 = {instancePath:instancePath+"/data_mc_pair/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/data_mc_pair/additionalProperties/minItems",keyword:"minItems",params:{limit: 2},schema:2,parentSchema:schema27.properties.data_mc_pair.additionalProperties,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
if(typeof data2 !== "string"){
const err5 = {instancePath:instancePath+"/data_mc_pair/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i0,schemaPath:"#/properties/data_mc_pair/additionalProperties/items/type",keyword:"type",params:{type: "string"},schema:schema27.properties.data_mc_pair.additionalProperties.items.type,parentSchema:schema27.properties.data_mc_pair.additionalProperties.items,data:data2};
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
else {
const err6 = {instancePath:instancePath+"/data_mc_pair/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/data_mc_pair/additionalProperties/type",keyword:"type",params:{type: "array"},schema:schema27.properties.data_mc_pair.additionalProperties.type,parentSchema:schema27.properties.data_mc_pair.additionalProperties,data:data1};
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
}
validate76.errors = vErrors;
return errors === 0;
}


function validate21(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="fitter.schema.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.mass === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "mass"},schema:schema6.required,parentSchema:schema6,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.input === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "input"},schema:schema6.required,parentSchema:schema6,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.fit === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "fit"},schema:schema6.required,parentSchema:schema6,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key0 in data){
if(!(func2.call(schema6.properties, key0))){
const err3 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},schema:false,parentSchema:schema6,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.$schema !== undefined){
let data0 = data.$schema;
if(typeof data0 !== "string"){
const err4 = {instancePath:instancePath+"/$schema",schemaPath:"#/properties/%24schema/type",keyword:"type",params:{type: "string"},schema:schema6.properties.$schema.type,parentSchema:schema6.properties.$schema,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.info_level !== undefined){
let data1 = data.info_level;
if(typeof data1 !== "string"){
const err5 = {instancePath:instancePath+"/info_level",schemaPath:"#/properties/info_level/type",keyword:"type",params:{type: "string"},schema:schema6.properties.info_level.type,parentSchema:schema6.properties.info_level,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.mass !== undefined){
let data2 = data.mass;
if(typeof data2 !== "string"){
const err6 = {instancePath:instancePath+"/mass",schemaPath:"#/properties/mass/type",keyword:"type",params:{type: "string"},schema:schema6.properties.mass.type,parentSchema:schema6.properties.mass,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(!((((data2 === "Z") || (data2 === "Z_muon")) || (data2 === "JPsi")) || (data2 === "JPsi_muon"))){
const err7 = {instancePath:instancePath+"/mass",schemaPath:"#/properties/mass/enum",keyword:"enum",params:{allowedValues: schema6.properties.mass.enum},schema:schema6.properties.mass.enum,parentSchema:schema6.properties.mass,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.input !== undefined){
if(!(validate22(data.input, {instancePath:instancePath+"/input",parentData:data,parentDataProperty:"input",rootData}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
}
if(data.axes !== undefined){
let data4 = data.axes;
if(Array.isArray(data4)){
if(data4.length < 1){
const err8 = {instancePath:instancePath+"/axes",schemaPath:"#/properties/axes/minItems",keyword:"minItems",params:{limit: 1},schema:1,parentSchema:schema6.properties.axes,data:data4};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
let data5 = data4[i0];
if(typeof data5 !== "string"){
const err9 = {instancePath:instancePath+"/axes/" + i0,schemaPath:"#/properties/axes/items/type",keyword:"type",params:{type: "string"},schema:schema6.properties.axes.items.type,parentSchema:schema6.properties.axes.items,data:data5};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
}
else {
const err10 = {instancePath:instancePath+"/axes",schemaPath:"#/properties/axes/type",keyword:"type",params:{type: "array"},schema:schema6.properties.axes.type,parentSchema:schema6.properties.axes,data:data4};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.shapes !== undefined){
let data6 = data.shapes;
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
for(const key1 in data6){
let data7 = data6[key1];
if(typeof data7 !== "string"){
const err11 = {instancePath:instancePath+"/shapes/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/shapes/additionalProperties/type",keyword:"type",params:{type: "string"},schema:schema6.properties.shapes.additionalProperties.type,parentSchema:schema6.properties.shapes.additionalProperties,data:data7};
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
else {
const err12 = {instancePath:instancePath+"/shapes",schemaPath:"#/properties/shapes/type",keyword:"type",params:{type: "object"},schema:schema6.properties.shapes.type,parentSchema:schema6.properties.shapes,data:data6};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.fit !== undefined){
if(!(validate31(data.fit, {instancePath:instancePath+"/fit",parentData:data,parentDataProperty:"fit",rootData}))){
vErrors = vErrors === null ? validate31.errors : vErrors.concat(validate31.errors);
errors = vErrors.length;
}
}
if(data.fits !== undefined){
let data9 = data.fits;
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
for(const key2 in data9){
if(!(validate64(data9[key2], {instancePath:instancePath+"/fits/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data9,parentDataProperty:key2,rootData}))){
vErrors = vErrors === null ? validate64.errors : vErrors.concat(validate64.errors);
errors = vErrors.length;
}
}
}
else {
const err13 = {instancePath:instancePath+"/fits",schemaPath:"#/properties/fits/type",keyword:"type",params:{type: "object"},schema:schema6.properties.fits.type,parentSchema:schema6.properties.fits,data:data9};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.output !== undefined){
if(!(validate74(data.output, {instancePath:instancePath+"/output",parentData:data,parentDataProperty:"output",rootData}))){
vErrors = vErrors === null ? validate74.errors : vErrors.concat(validate74.errors);
errors = vErrors.length;
}
}
if(data.scale_factors !== undefined){
if(!(validate76(data.scale_factors, {instancePath:instancePath+"/scale_factors",parentData:data,parentDataProperty:"scale_factors",rootData}))){
vErrors = vErrors === null ? validate76.errors : vErrors.concat(validate76.errors);
errors = vErrors.length;
}
}
}
else {
const err14 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema6.type,parentSchema:schema6,data};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
validate21.errors = vErrors;
return errors === 0;
}

