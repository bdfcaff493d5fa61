// @ts-nocheck
// Made from schemas/ by `npm run gen`. Do not edit.

export const validateScaleFactors = validate10;
const schema11 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"scale-factors.schema.json","title":"ScaleFactorsDocument","description":"What tnp-pipe scale-factors makes scale factors of. A source is the path of a file, or an object with its path and the name of what is meant in it.","type":"object","properties":{"$schema":{"description":"Where this schema is, for editors.","type":"string"},"data":{"description":"Efficiencies of data.","type":"object","properties":{"nominal":{"$ref":"#/definitions/source","description":"The efficiencies that are measured."},"alt_signal":{"$ref":"#/definitions/source","description":"The same with another shape of the signal."},"alt_background":{"$ref":"#/definitions/source","description":"The same with another shape of the background."},"alt_signal_background":{"$ref":"#/definitions/source","description":"The same with both: for the scheme mean-of-four alone, which wants all four."}},"additionalProperties":false,"required":["nominal"]},"mc":{"description":"Efficiencies of simulation.","type":"object","properties":{"nominal":{"$ref":"#/definitions/source","description":"The efficiencies that those of data are divided by."},"alt_mc":{"$ref":"#/definitions/source","description":"Those of another simulation."},"alt_tag":{"$ref":"#/definitions/source","description":"Those with another selection of tags: for the scheme classic alone."}},"additionalProperties":false,"required":["nominal"]},"scheme":{"description":"How uncertainties are made of the alternatives: the difference of each to the nominal efficiency, or the spread of four fits of data about their mean.","type":"string","enum":["classic","mean-of-four"],"default":"classic"},"axes":{"description":"The two axes of histograms that are kept, eta first; the others are summed over.","type":"array","items":{"type":"string"},"minItems":2,"maxItems":2,"default":["el_eta","el_pt"]},"method":{"description":"How histograms become efficiencies: count (passing over all in the mass window), or sideband: the same with the background that side bands tell taken away, for histograms with the mass as an axis. A source may have its own.","type":"string","enum":["count","sideband"],"default":"count"},"mass_window":{"description":"Where probes count in histograms that have the mass as an axis (cut_and_count false): GeV, at edges of its bins. Without: [60, 120] for count, [81, 101] for sideband.","type":"array","items":{"type":"number"},"minItems":2,"maxItems":2},"sidebands":{"description":"Ends of the band below the window and of the one above it, for the method sideband: GeV, at edges of bins.","type":"array","items":{"type":"number"},"minItems":4,"maxItems":4,"default":[60,75,110,130]},"interval":{"description":"The interval of efficiencies that are counted, of one standard deviation.","type":"string","enum":["clopper-pearson","wilson","jeffreys","bayesian"],"default":"clopper-pearson"},"exclude":{"description":"Axis -> ranges: bins within one of them have no scale factor on purpose, as the gap between barrel and endcaps.","type":"object","additionalProperties":{"description":"Ranges of the axis.","type":"array","items":{"type":"array","items":{"type":"number"},"minItems":2,"maxItems":2}},"default":{}},"symmetrise":{"description":"What becomes the same at eta and -eta: each uncertainty; the differences between alternatives and nominal, as in the group's older releases; or all efficiencies.","type":"string","enum":["none","uncertainties","differences","efficiencies"],"default":"none"},"smooth":{"description":"Axis -> systematic sources whose uncertainties are smoothed along it: {\"el_pt\": [\"altSignal\"]}.","type":"object","additionalProperties":{"description":"Names of sources, as in the outputs.","type":"array","items":{"type":"string"}},"default":{}},"correction":{"description":"The correction in correctionlib's JSON.","type":"object","properties":{"name":{"description":"The correction's name.","type":"string","default":"Electron-ID-SF"},"year":{"description":"Value of its input year: 2022Re-recoBCD.","type":"string"},"working_point":{"description":"Value of its input WorkingPoint: Medium.","type":"string"},"description":{"description":"What people read of it. Failed bins are added.","type":"string"},"join":{"description":"A correction file (.json or .json.gz) whose corrections come along: other working points or years, of an earlier run of this command. Values of the same year and working point are replaced.","type":"string"}},"additionalProperties":false,"required":["year","working_point"]}},"additionalProperties":false,"required":["data","mc","correction"],"definitions":{"source":{"description":"A file of histograms (.pkl or UHI JSON) or of efficiencies (JSON), alone or with a name in it.","type":["string","object"],"properties":{"file":{"description":"The path of the file, or - for standard input.","type":"string"},"name":{"description":"The table of efficiencies, or the group of the passing and failing histograms. Needed where the file has more than one.","type":"string"},"method":{"description":"This source's own, in place of the document's.","type":"string","enum":["count","sideband"]},"mass_window":{"description":"The same of its mass window.","type":"array","items":{"type":"number"},"minItems":2,"maxItems":2},"sidebands":{"description":"The same of its side bands.","type":"array","items":{"type":"number"},"minItems":4,"maxItems":4}},"additionalProperties":false,"required":["file"]}}};
const schema12 = {"description":"A file of histograms (.pkl or UHI JSON) or of efficiencies (JSON), alone or with a name in it.","type":["string","object"],"properties":{"file":{"description":"The path of the file, or - for standard input.","type":"string"},"name":{"description":"The table of efficiencies, or the group of the passing and failing histograms. Needed where the file has more than one.","type":"string"},"method":{"description":"This source's own, in place of the document's.","type":"string","enum":["count","sideband"]},"mass_window":{"description":"The same of its mass window.","type":"array","items":{"type":"number"},"minItems":2,"maxItems":2},"sidebands":{"description":"The same of its side bands.","type":"array","items":{"type":"number"},"minItems":4,"maxItems":4}},"additionalProperties":false,"required":["file"]};
const func2 = Object.prototype.hasOwnProperty;

function validate10(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="scale-factors.schema.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.data === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "data"},schema:schema11.required,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.mc === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "mc"},schema:schema11.required,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.correction === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "correction"},schema:schema11.required,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key0 in data){
if(!(func2.call(schema11.properties, key0))){
const err3 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},schema:false,parentSchema:schema11,data};
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
const err4 = {instancePath:instancePath+"/$schema",schemaPath:"#/properties/%24schema/type",keyword:"type",params:{type: "string"},schema:schema11.properties.$schema.type,parentSchema:schema11.properties.$schema,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.data !== undefined){
let data1 = data.data;
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
if(data1.nominal === undefined){
const err5 = {instancePath:instancePath+"/data",schemaPath:"#/properties/data/required",keyword:"required",params:{missingProperty: "nominal"},schema:schema11.properties.data.required,parentSchema:schema11.properties.data,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
for(const key1 in data1){
if(!((((key1 === "nominal") || (key1 === "alt_signal")) || (key1 === "alt_background")) || (key1 === "alt_signal_background"))){
const err6 = {instancePath:instancePath+"/data",schemaPath:"#/properties/data/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},schema:false,parentSchema:schema11.properties.data,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data1.nominal !== undefined){
let data2 = data1.nominal;
if((typeof data2 !== "string") && (!(data2 && typeof data2 == "object" && !Array.isArray(data2)))){
const err7 = {instancePath:instancePath+"/data/nominal",schemaPath:"#/definitions/source/type",keyword:"type",params:{type: schema12.type},schema:schema12.type,parentSchema:schema12,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(data2.file === undefined){
const err8 = {instancePath:instancePath+"/data/nominal",schemaPath:"#/definitions/source/required",keyword:"required",params:{missingProperty: "file"},schema:schema12.required,parentSchema:schema12,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
for(const key2 in data2){
if(!(((((key2 === "file") || (key2 === "name")) || (key2 === "method")) || (key2 === "mass_window")) || (key2 === "sidebands"))){
const err9 = {instancePath:instancePath+"/data/nominal",schemaPath:"#/definitions/source/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},schema:false,parentSchema:schema12,data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data2.file !== undefined){
let data3 = data2.file;
if(typeof data3 !== "string"){
const err10 = {instancePath:instancePath+"/data/nominal/file",schemaPath:"#/definitions/source/properties/file/type",keyword:"type",params:{type: "string"},schema:schema12.properties.file.type,parentSchema:schema12.properties.file,data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data2.name !== undefined){
let data4 = data2.name;
if(typeof data4 !== "string"){
const err11 = {instancePath:instancePath+"/data/nominal/name",schemaPath:"#/definitions/source/properties/name/type",keyword:"type",params:{type: "string"},schema:schema12.properties.name.type,parentSchema:schema12.properties.name,data:data4};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data2.method !== undefined){
let data5 = data2.method;
if(typeof data5 !== "string"){
const err12 = {instancePath:instancePath+"/data/nominal/method",schemaPath:"#/definitions/source/properties/method/type",keyword:"type",params:{type: "string"},schema:schema12.properties.method.type,parentSchema:schema12.properties.method,data:data5};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(!((data5 === "count") || (data5 === "sideband"))){
const err13 = {instancePath:instancePath+"/data/nominal/method",schemaPath:"#/definitions/source/properties/method/enum",keyword:"enum",params:{allowedValues: schema12.properties.method.enum},schema:schema12.properties.method.enum,parentSchema:schema12.properties.method,data:data5};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data2.mass_window !== undefined){
let data6 = data2.mass_window;
if(Array.isArray(data6)){
if(data6.length > 2){
const err14 = {instancePath:instancePath+"/data/nominal/mass_window",schemaPath:"#/definitions/source/properties/mass_window/maxItems",keyword:"maxItems",params:{limit: 2},schema:2,parentSchema:schema12.properties.mass_window,data:data6};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(data6.length < 2){
const err15 = {instancePath:instancePath+"/data/nominal/mass_window",schemaPath:"#/definitions/source/properties/mass_window/minItems",keyword:"minItems",params:{limit: 2},schema:2,parentSchema:schema12.properties.mass_window,data:data6};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
const len0 = data6.length;
for(let i0=0; i0<len0; i0++){
let data7 = data6[i0];
if(!((typeof data7 == "number") && (isFinite(data7)))){
const err16 = {instancePath:instancePath+"/data/nominal/mass_window/" + i0,schemaPath:"#/definitions/source/properties/mass_window/items/type",keyword:"type",params:{type: "number"},schema:schema12.properties.mass_window.items.type,parentSchema:schema12.properties.mass_window.items,data:data7};
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
const err17 = {instancePath:instancePath+"/data/nominal/mass_window",schemaPath:"#/definitions/source/properties/mass_window/type",keyword:"type",params:{type: "array"},schema:schema12.properties.mass_window.type,parentSchema:schema12.properties.mass_window,data:data6};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data2.sidebands !== undefined){
let data8 = data2.sidebands;
if(Array.isArray(data8)){
if(data8.length > 4){
const err18 = {instancePath:instancePath+"/data/nominal/sidebands",schemaPath:"#/definitions/source/properties/sidebands/maxItems",keyword:"maxItems",params:{limit: 4},schema:4,parentSchema:schema12.properties.sidebands,data:data8};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if(data8.length < 4){
const err19 = {instancePath:instancePath+"/data/nominal/sidebands",schemaPath:"#/definitions/source/properties/sidebands/minItems",keyword:"minItems",params:{limit: 4},schema:4,parentSchema:schema12.properties.sidebands,data:data8};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
const len1 = data8.length;
for(let i1=0; i1<len1; i1++){
let data9 = data8[i1];
if(!((typeof data9 == "number") && (isFinite(data9)))){
const err20 = {instancePath:instancePath+"/data/nominal/sidebands/" + i1,schemaPath:"#/definitions/source/properties/sidebands/items/type",keyword:"type",params:{type: "number"},schema:schema12.properties.sidebands.items.type,parentSchema:schema12.properties.sidebands.items,data:data9};
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
const err21 = {instancePath:instancePath+"/data/nominal/sidebands",schemaPath:"#/definitions/source/properties/sidebands/type",keyword:"type",params:{type: "array"},schema:schema12.properties.sidebands.type,parentSchema:schema12.properties.sidebands,data:data8};
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
}
if(data1.alt_signal !== undefined){
let data10 = data1.alt_signal;
if((typeof data10 !== "string") && (!(data10 && typeof data10 == "object" && !Array.isArray(data10)))){
const err22 = {instancePath:instancePath+"/data/alt_signal",schemaPath:"#/definitions/source/type",keyword:"type",params:{type: schema12.type},schema:schema12.type,parentSchema:schema12,data:data10};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
if(data10.file === undefined){
const err23 = {instancePath:instancePath+"/data/alt_signal",schemaPath:"#/definitions/source/required",keyword:"required",params:{missingProperty: "file"},schema:schema12.required,parentSchema:schema12,data:data10};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
for(const key3 in data10){
if(!(((((key3 === "file") || (key3 === "name")) || (key3 === "method")) || (key3 === "mass_window")) || (key3 === "sidebands"))){
const err24 = {instancePath:instancePath+"/data/alt_signal",schemaPath:"#/definitions/source/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},schema:false,parentSchema:schema12,data:data10};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data10.file !== undefined){
let data11 = data10.file;
if(typeof data11 !== "string"){
const err25 = {instancePath:instancePath+"/data/alt_signal/file",schemaPath:"#/definitions/source/properties/file/type",keyword:"type",params:{type: "string"},schema:schema12.properties.file.type,parentSchema:schema12.properties.file,data:data11};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data10.name !== undefined){
let data12 = data10.name;
if(typeof data12 !== "string"){
const err26 = {instancePath:instancePath+"/data/alt_signal/name",schemaPath:"#/definitions/source/properties/name/type",keyword:"type",params:{type: "string"},schema:schema12.properties.name.type,parentSchema:schema12.properties.name,data:data12};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data10.method !== undefined){
let data13 = data10.method;
if(typeof data13 !== "string"){
const err27 = {instancePath:instancePath+"/data/alt_signal/method",schemaPath:"#/definitions/source/properties/method/type",keyword:"type",params:{type: "string"},schema:schema12.properties.method.type,parentSchema:schema12.properties.method,data:data13};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
if(!((data13 === "count") || (data13 === "sideband"))){
const err28 = {instancePath:instancePath+"/data/alt_signal/method",schemaPath:"#/definitions/source/properties/method/enum",keyword:"enum",params:{allowedValues: schema12.properties.method.enum},schema:schema12.properties.method.enum,parentSchema:schema12.properties.method,data:data13};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data10.mass_window !== undefined){
let data14 = data10.mass_window;
if(Array.isArray(data14)){
if(data14.length > 2){
const err29 = {instancePath:instancePath+"/data/alt_signal/mass_window",schemaPath:"#/definitions/source/properties/mass_window/maxItems",keyword:"maxItems",params:{limit: 2},schema:2,parentSchema:schema12.properties.mass_window,data:data14};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
if(data14.length < 2){
const err30 = {instancePath:instancePath+"/data/alt_signal/mass_window",schemaPath:"#/definitions/source/properties/mass_window/minItems",keyword:"minItems",params:{limit: 2},schema:2,parentSchema:schema12.properties.mass_window,data:data14};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
const len2 = data14.length;
for(let i2=0; i2<len2; i2++){
let data15 = data14[i2];
if(!((typeof data15 == "number") && (isFinite(data15)))){
const err31 = {instancePath:instancePath+"/data/alt_signal/mass_window/" + i2,schemaPath:"#/definitions/source/properties/mass_window/items/type",keyword:"type",params:{type: "number"},schema:schema12.properties.mass_window.items.type,parentSchema:schema12.properties.mass_window.items,data:data15};
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
else {
const err32 = {instancePath:instancePath+"/data/alt_signal/mass_window",schemaPath:"#/definitions/source/properties/mass_window/type",keyword:"type",params:{type: "array"},schema:schema12.properties.mass_window.type,parentSchema:schema12.properties.mass_window,data:data14};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
if(data10.sidebands !== undefined){
let data16 = data10.sidebands;
if(Array.isArray(data16)){
if(data16.length > 4){
const err33 = {instancePath:instancePath+"/data/alt_signal/sidebands",schemaPath:"#/definitions/source/properties/sidebands/maxItems",keyword:"maxItems",params:{limit: 4},schema:4,parentSchema:schema12.properties.sidebands,data:data16};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
if(data16.length < 4){
const err34 = {instancePath:instancePath+"/data/alt_signal/sidebands",schemaPath:"#/definitions/source/properties/sidebands/minItems",keyword:"minItems",params:{limit: 4},schema:4,parentSchema:schema12.properties.sidebands,data:data16};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
const len3 = data16.length;
for(let i3=0; i3<len3; i3++){
let data17 = data16[i3];
if(!((typeof data17 == "number") && (isFinite(data17)))){
const err35 = {instancePath:instancePath+"/data/alt_signal/sidebands/" + i3,schemaPath:"#/definitions/source/properties/sidebands/items/type",keyword:"type",params:{type: "number"},schema:schema12.properties.sidebands.items.type,parentSchema:schema12.properties.sidebands.items,data:data17};
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
else {
const err36 = {instancePath:instancePath+"/data/alt_signal/sidebands",schemaPath:"#/definitions/source/properties/sidebands/type",keyword:"type",params:{type: "array"},schema:schema12.properties.sidebands.type,parentSchema:schema12.properties.sidebands,data:data16};
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
}
if(data1.alt_background !== undefined){
let data18 = data1.alt_background;
if((typeof data18 !== "string") && (!(data18 && typeof data18 == "object" && !Array.isArray(data18)))){
const err37 = {instancePath:instancePath+"/data/alt_background",schemaPath:"#/definitions/source/type",keyword:"type",params:{type: schema12.type},schema:schema12.type,parentSchema:schema12,data:data18};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
if(data18 && typeof data18 == "object" && !Array.isArray(data18)){
if(data18.file === undefined){
const err38 = {instancePath:instancePath+"/data/alt_background",schemaPath:"#/definitions/source/required",keyword:"required",params:{missingProperty: "file"},schema:schema12.required,parentSchema:schema12,data:data18};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
for(const key4 in data18){
if(!(((((key4 === "file") || (key4 === "name")) || (key4 === "method")) || (key4 === "mass_window")) || (key4 === "sidebands"))){
const err39 = {instancePath:instancePath+"/data/alt_background",schemaPath:"#/definitions/source/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},schema:false,parentSchema:schema12,data:data18};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
if(data18.file !== undefined){
let data19 = data18.file;
if(typeof data19 !== "string"){
const err40 = {instancePath:instancePath+"/data/alt_background/file",schemaPath:"#/definitions/source/properties/file/type",keyword:"type",params:{type: "string"},schema:schema12.properties.file.type,parentSchema:schema12.properties.file,data:data19};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
if(data18.name !== undefined){
let data20 = data18.name;
if(typeof data20 !== "string"){
const err41 = {instancePath:instancePath+"/data/alt_background/name",schemaPath:"#/definitions/source/properties/name/type",keyword:"type",params:{type: "string"},schema:schema12.properties.name.type,parentSchema:schema12.properties.name,data:data20};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
if(data18.method !== undefined){
let data21 = data18.method;
if(typeof data21 !== "string"){
const err42 = {instancePath:instancePath+"/data/alt_background/method",schemaPath:"#/definitions/source/properties/method/type",keyword:"type",params:{type: "string"},schema:schema12.properties.method.type,parentSchema:schema12.properties.method,data:data21};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
if(!((data21 === "count") || (data21 === "sideband"))){
const err43 = {instancePath:instancePath+"/data/alt_background/method",schemaPath:"#/definitions/source/properties/method/enum",keyword:"enum",params:{allowedValues: schema12.properties.method.enum},schema:schema12.properties.method.enum,parentSchema:schema12.properties.method,data:data21};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
if(data18.mass_window !== undefined){
let data22 = data18.mass_window;
if(Array.isArray(data22)){
if(data22.length > 2){
const err44 = {instancePath:instancePath+"/data/alt_background/mass_window",schemaPath:"#/definitions/source/properties/mass_window/maxItems",keyword:"maxItems",params:{limit: 2},schema:2,parentSchema:schema12.properties.mass_window,data:data22};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
if(data22.length < 2){
const err45 = {instancePath:instancePath+"/data/alt_background/mass_window",schemaPath:"#/definitions/source/properties/mass_window/minItems",keyword:"minItems",params:{limit: 2},schema:2,parentSchema:schema12.properties.mass_window,data:data22};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
const len4 = data22.length;
for(let i4=0; i4<len4; i4++){
let data23 = data22[i4];
if(!((typeof data23 == "number") && (isFinite(data23)))){
const err46 = {instancePath:instancePath+"/data/alt_background/mass_window/" + i4,schemaPath:"#/definitions/source/properties/mass_window/items/type",keyword:"type",params:{type: "number"},schema:schema12.properties.mass_window.items.type,parentSchema:schema12.properties.mass_window.items,data:data23};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
}
else {
const err47 = {instancePath:instancePath+"/data/alt_background/mass_window",schemaPath:"#/definitions/source/properties/mass_window/type",keyword:"type",params:{type: "array"},schema:schema12.properties.mass_window.type,parentSchema:schema12.properties.mass_window,data:data22};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
if(data18.sidebands !== undefined){
let data24 = data18.sidebands;
if(Array.isArray(data24)){
if(data24.length > 4){
const err48 = {instancePath:instancePath+"/data/alt_background/sidebands",schemaPath:"#/definitions/source/properties/sidebands/maxItems",keyword:"maxItems",params:{limit: 4},schema:4,parentSchema:schema12.properties.sidebands,data:data24};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
if(data24.length < 4){
const err49 = {instancePath:instancePath+"/data/alt_background/sidebands",schemaPath:"#/definitions/source/properties/sidebands/minItems",keyword:"minItems",params:{limit: 4},schema:4,parentSchema:schema12.properties.sidebands,data:data24};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
const len5 = data24.length;
for(let i5=0; i5<len5; i5++){
let data25 = data24[i5];
if(!((typeof data25 == "number") && (isFinite(data25)))){
const err50 = {instancePath:instancePath+"/data/alt_background/sidebands/" + i5,schemaPath:"#/definitions/source/properties/sidebands/items/type",keyword:"type",params:{type: "number"},schema:schema12.properties.sidebands.items.type,parentSchema:schema12.properties.sidebands.items,data:data25};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
}
else {
const err51 = {instancePath:instancePath+"/data/alt_background/sidebands",schemaPath:"#/definitions/source/properties/sidebands/type",keyword:"type",params:{type: "array"},schema:schema12.properties.sidebands.type,parentSchema:schema12.properties.sidebands,data:data24};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
}
}
if(data1.alt_signal_background !== undefined){
let data26 = data1.alt_signal_background;
if((typeof data26 !== "string") && (!(data26 && typeof data26 == "object" && !Array.isArray(data26)))){
const err52 = {instancePath:instancePath+"/data/alt_signal_background",schemaPath:"#/definitions/source/type",keyword:"type",params:{type: schema12.type},schema:schema12.type,parentSchema:schema12,data:data26};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
if(data26 && typeof data26 == "object" && !Array.isArray(data26)){
if(data26.file === undefined){
const err53 = {instancePath:instancePath+"/data/alt_signal_background",schemaPath:"#/definitions/source/required",keyword:"required",params:{missingProperty: "file"},schema:schema12.required,parentSchema:schema12,data:data26};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
for(const key5 in data26){
if(!(((((key5 === "file") || (key5 === "name")) || (key5 === "method")) || (key5 === "mass_window")) || (key5 === "sidebands"))){
const err54 = {instancePath:instancePath+"/data/alt_signal_background",schemaPath:"#/definitions/source/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},schema:false,parentSchema:schema12,data:data26};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
if(data26.file !== undefined){
let data27 = data26.file;
if(typeof data27 !== "string"){
const err55 = {instancePath:instancePath+"/data/alt_signal_background/file",schemaPath:"#/definitions/source/properties/file/type",keyword:"type",params:{type: "string"},schema:schema12.properties.file.type,parentSchema:schema12.properties.file,data:data27};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
}
if(data26.name !== undefined){
let data28 = data26.name;
if(typeof data28 !== "string"){
const err56 = {instancePath:instancePath+"/data/alt_signal_background/name",schemaPath:"#/definitions/source/properties/name/type",keyword:"type",params:{type: "string"},schema:schema12.properties.name.type,parentSchema:schema12.properties.name,data:data28};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
}
if(data26.method !== undefined){
let data29 = data26.method;
if(typeof data29 !== "string"){
const err57 = {instancePath:instancePath+"/data/alt_signal_background/method",schemaPath:"#/definitions/source/properties/method/type",keyword:"type",params:{type: "string"},schema:schema12.properties.method.type,parentSchema:schema12.properties.method,data:data29};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
if(!((data29 === "count") || (data29 === "sideband"))){
const err58 = {instancePath:instancePath+"/data/alt_signal_background/method",schemaPath:"#/definitions/source/properties/method/enum",keyword:"enum",params:{allowedValues: schema12.properties.method.enum},schema:schema12.properties.method.enum,parentSchema:schema12.properties.method,data:data29};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
}
if(data26.mass_window !== undefined){
let data30 = data26.mass_window;
if(Array.isArray(data30)){
if(data30.length > 2){
const err59 = {instancePath:instancePath+"/data/alt_signal_background/mass_window",schemaPath:"#/definitions/source/properties/mass_window/maxItems",keyword:"maxItems",params:{limit: 2},schema:2,parentSchema:schema12.properties.mass_window,data:data30};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
if(data30.length < 2){
const err60 = {instancePath:instancePath+"/data/alt_signal_background/mass_window",schemaPath:"#/definitions/source/properties/mass_window/minItems",keyword:"minItems",params:{limit: 2},schema:2,parentSchema:schema12.properties.mass_window,data:data30};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
const len6 = data30.length;
for(let i6=0; i6<len6; i6++){
let data31 = data30[i6];
if(!((typeof data31 == "number") && (isFinite(data31)))){
const err61 = {instancePath:instancePath+"/data/alt_signal_background/mass_window/" + i6,schemaPath:"#/definitions/source/properties/mass_window/items/type",keyword:"type",params:{type: "number"},schema:schema12.properties.mass_window.items.type,parentSchema:schema12.properties.mass_window.items,data:data31};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
}
}
else {
const err62 = {instancePath:instancePath+"/data/alt_signal_background/mass_window",schemaPath:"#/definitions/source/properties/mass_window/type",keyword:"type",params:{type: "array"},schema:schema12.properties.mass_window.type,parentSchema:schema12.properties.mass_window,data:data30};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
}
if(data26.sidebands !== undefined){
let data32 = data26.sidebands;
if(Array.isArray(data32)){
if(data32.length > 4){
const err63 = {instancePath:instancePath+"/data/alt_signal_background/sidebands",schemaPath:"#/definitions/source/properties/sidebands/maxItems",keyword:"maxItems",params:{limit: 4},schema:4,parentSchema:schema12.properties.sidebands,data:data32};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
if(data32.length < 4){
const err64 = {instancePath:instancePath+"/data/alt_signal_background/sidebands",schemaPath:"#/definitions/source/properties/sidebands/minItems",keyword:"minItems",params:{limit: 4},schema:4,parentSchema:schema12.properties.sidebands,data:data32};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
const len7 = data32.length;
for(let i7=0; i7<len7; i7++){
let data33 = data32[i7];
if(!((typeof data33 == "number") && (isFinite(data33)))){
const err65 = {instancePath:instancePath+"/data/alt_signal_background/sidebands/" + i7,schemaPath:"#/definitions/source/properties/sidebands/items/type",keyword:"type",params:{type: "number"},schema:schema12.properties.sidebands.items.type,parentSchema:schema12.properties.sidebands.items,data:data33};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
}
}
else {
const err66 = {instancePath:instancePath+"/data/alt_signal_background/sidebands",schemaPath:"#/definitions/source/properties/sidebands/type",keyword:"type",params:{type: "array"},schema:schema12.properties.sidebands.type,parentSchema:schema12.properties.sidebands,data:data32};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
}
}
}
}
else {
const err67 = {instancePath:instancePath+"/data",schemaPath:"#/properties/data/type",keyword:"type",params:{type: "object"},schema:schema11.properties.data.type,parentSchema:schema11.properties.data,data:data1};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
}
if(data.mc !== undefined){
let data34 = data.mc;
if(data34 && typeof data34 == "object" && !Array.isArray(data34)){
if(data34.nominal === undefined){
const err68 = {instancePath:instancePath+"/mc",schemaPath:"#/properties/mc/required",keyword:"required",params:{missingProperty: "nominal"},schema:schema11.properties.mc.required,parentSchema:schema11.properties.mc,data:data34};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
for(const key6 in data34){
if(!(((key6 === "nominal") || (key6 === "alt_mc")) || (key6 === "alt_tag"))){
const err69 = {instancePath:instancePath+"/mc",schemaPath:"#/properties/mc/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},schema:false,parentSchema:schema11.properties.mc,data:data34};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
}
if(data34.nominal !== undefined){
let data35 = data34.nominal;
if((typeof data35 !== "string") && (!(data35 && typeof data35 == "object" && !Array.isArray(data35)))){
const err70 = {instancePath:instancePath+"/mc/nominal",schemaPath:"#/definitions/source/type",keyword:"type",params:{type: schema12.type},schema:schema12.type,parentSchema:schema12,data:data35};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
if(data35 && typeof data35 == "object" && !Array.isArray(data35)){
if(data35.file === undefined){
const err71 = {instancePath:instancePath+"/mc/nominal",schemaPath:"#/definitions/source/required",keyword:"required",params:{missingProperty: "file"},schema:schema12.required,parentSchema:schema12,data:data35};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
for(const key7 in data35){
if(!(((((key7 === "file") || (key7 === "name")) || (key7 === "method")) || (key7 === "mass_window")) || (key7 === "sidebands"))){
const err72 = {instancePath:instancePath+"/mc/nominal",schemaPath:"#/definitions/source/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7},schema:false,parentSchema:schema12,data:data35};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
}
if(data35.file !== undefined){
let data36 = data35.file;
if(typeof data36 !== "string"){
const err73 = {instancePath:instancePath+"/mc/nominal/file",schemaPath:"#/definitions/source/properties/file/type",keyword:"type",params:{type: "string"},schema:schema12.properties.file.type,parentSchema:schema12.properties.file,data:data36};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
}
if(data35.name !== undefined){
let data37 = data35.name;
if(typeof data37 !== "string"){
const err74 = {instancePath:instancePath+"/mc/nominal/name",schemaPath:"#/definitions/source/properties/name/type",keyword:"type",params:{type: "string"},schema:schema12.properties.name.type,parentSchema:schema12.properties.name,data:data37};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
}
if(data35.method !== undefined){
let data38 = data35.method;
if(typeof data38 !== "string"){
const err75 = {instancePath:instancePath+"/mc/nominal/method",schemaPath:"#/definitions/source/properties/method/type",keyword:"type",params:{type: "string"},schema:schema12.properties.method.type,parentSchema:schema12.properties.method,data:data38};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
if(!((data38 === "count") || (data38 === "sideband"))){
const err76 = {instancePath:instancePath+"/mc/nominal/method",schemaPath:"#/definitions/source/properties/method/enum",keyword:"enum",params:{allowedValues: schema12.properties.method.enum},schema:schema12.properties.method.enum,parentSchema:schema12.properties.method,data:data38};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
}
if(data35.mass_window !== undefined){
let data39 = data35.mass_window;
if(Array.isArray(data39)){
if(data39.length > 2){
const err77 = {instancePath:instancePath+"/mc/nominal/mass_window",schemaPath:"#/definitions/source/properties/mass_window/maxItems",keyword:"maxItems",params:{limit: 2},schema:2,parentSchema:schema12.properties.mass_window,data:data39};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
if(data39.length < 2){
const err78 = {instancePath:instancePath+"/mc/nominal/mass_window",schemaPath:"#/definitions/source/properties/mass_window/minItems",keyword:"minItems",params:{limit: 2},schema:2,parentSchema:schema12.properties.mass_window,data:data39};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
const len8 = data39.length;
for(let i8=0; i8<len8; i8++){
let data40 = data39[i8];
if(!((typeof data40 == "number") && (isFinite(data40)))){
const err79 = {instancePath:instancePath+"/mc/nominal/mass_window/" + i8,schemaPath:"#/definitions/source/properties/mass_window/items/type",keyword:"type",params:{type: "number"},schema:schema12.properties.mass_window.items.type,parentSchema:schema12.properties.mass_window.items,data:data40};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
}
}
else {
const err80 = {instancePath:instancePath+"/mc/nominal/mass_window",schemaPath:"#/definitions/source/properties/mass_window/type",keyword:"type",params:{type: "array"},schema:schema12.properties.mass_window.type,parentSchema:schema12.properties.mass_window,data:data39};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
}
if(data35.sidebands !== undefined){
let data41 = data35.sidebands;
if(Array.isArray(data41)){
if(data41.length > 4){
const err81 = {instancePath:instancePath+"/mc/nominal/sidebands",schemaPath:"#/definitions/source/properties/sidebands/maxItems",keyword:"maxItems",params:{limit: 4},schema:4,parentSchema:schema12.properties.sidebands,data:data41};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
if(data41.length < 4){
const err82 = {instancePath:instancePath+"/mc/nominal/sidebands",schemaPath:"#/definitions/source/properties/sidebands/minItems",keyword:"minItems",params:{limit: 4},schema:4,parentSchema:schema12.properties.sidebands,data:data41};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
const len9 = data41.length;
for(let i9=0; i9<len9; i9++){
let data42 = data41[i9];
if(!((typeof data42 == "number") && (isFinite(data42)))){
const err83 = {instancePath:instancePath+"/mc/nominal/sidebands/" + i9,schemaPath:"#/definitions/source/properties/sidebands/items/type",keyword:"type",params:{type: "number"},schema:schema12.properties.sidebands.items.type,parentSchema:schema12.properties.sidebands.items,data:data42};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
}
}
else {
const err84 = {instancePath:instancePath+"/mc/nominal/sidebands",schemaPath:"#/definitions/source/properties/sidebands/type",keyword:"type",params:{type: "array"},schema:schema12.properties.sidebands.type,parentSchema:schema12.properties.sidebands,data:data41};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
}
}
}
if(data34.alt_mc !== undefined){
let data43 = data34.alt_mc;
if((typeof data43 !== "string") && (!(data43 && typeof data43 == "object" && !Array.isArray(data43)))){
const err85 = {instancePath:instancePath+"/mc/alt_mc",schemaPath:"#/definitions/source/type",keyword:"type",params:{type: schema12.type},schema:schema12.type,parentSchema:schema12,data:data43};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
}
if(data43 && typeof data43 == "object" && !Array.isArray(data43)){
if(data43.file === undefined){
const err86 = {instancePath:instancePath+"/mc/alt_mc",schemaPath:"#/definitions/source/required",keyword:"required",params:{missingProperty: "file"},schema:schema12.required,parentSchema:schema12,data:data43};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
}
for(const key8 in data43){
if(!(((((key8 === "file") || (key8 === "name")) || (key8 === "method")) || (key8 === "mass_window")) || (key8 === "sidebands"))){
const err87 = {instancePath:instancePath+"/mc/alt_mc",schemaPath:"#/definitions/source/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key8},schema:false,parentSchema:schema12,data:data43};
if(vErrors === null){
vErrors = [err87];
}
else {
vErrors.push(err87);
}
errors++;
}
}
if(data43.file !== undefined){
let data44 = data43.file;
if(typeof data44 !== "string"){
const err88 = {instancePath:instancePath+"/mc/alt_mc/file",schemaPath:"#/definitions/source/properties/file/type",keyword:"type",params:{type: "string"},schema:schema12.properties.file.type,parentSchema:schema12.properties.file,data:data44};
if(vErrors === null){
vErrors = [err88];
}
else {
vErrors.push(err88);
}
errors++;
}
}
if(data43.name !== undefined){
let data45 = data43.name;
if(typeof data45 !== "string"){
const err89 = {instancePath:instancePath+"/mc/alt_mc/name",schemaPath:"#/definitions/source/properties/name/type",keyword:"type",params:{type: "string"},schema:schema12.properties.name.type,parentSchema:schema12.properties.name,data:data45};
if(vErrors === null){
vErrors = [err89];
}
else {
vErrors.push(err89);
}
errors++;
}
}
if(data43.method !== undefined){
let data46 = data43.method;
if(typeof data46 !== "string"){
const err90 = {instancePath:instancePath+"/mc/alt_mc/method",schemaPath:"#/definitions/source/properties/method/type",keyword:"type",params:{type: "string"},schema:schema12.properties.method.type,parentSchema:schema12.properties.method,data:data46};
if(vErrors === null){
vErrors = [err90];
}
else {
vErrors.push(err90);
}
errors++;
}
if(!((data46 === "count") || (data46 === "sideband"))){
const err91 = {instancePath:instancePath+"/mc/alt_mc/method",schemaPath:"#/definitions/source/properties/method/enum",keyword:"enum",params:{allowedValues: schema12.properties.method.enum},schema:schema12.properties.method.enum,parentSchema:schema12.properties.method,data:data46};
if(vErrors === null){
vErrors = [err91];
}
else {
vErrors.push(err91);
}
errors++;
}
}
if(data43.mass_window !== undefined){
let data47 = data43.mass_window;
if(Array.isArray(data47)){
if(data47.length > 2){
const err92 = {instancePath:instancePath+"/mc/alt_mc/mass_window",schemaPath:"#/definitions/source/properties/mass_window/maxItems",keyword:"maxItems",params:{limit: 2},schema:2,parentSchema:schema12.properties.mass_window,data:data47};
if(vErrors === null){
vErrors = [err92];
}
else {
vErrors.push(err92);
}
errors++;
}
if(data47.length < 2){
const err93 = {instancePath:instancePath+"/mc/alt_mc/mass_window",schemaPath:"#/definitions/source/properties/mass_window/minItems",keyword:"minItems",params:{limit: 2},schema:2,parentSchema:schema12.properties.mass_window,data:data47};
if(vErrors === null){
vErrors = [err93];
}
else {
vErrors.push(err93);
}
errors++;
}
const len10 = data47.length;
for(let i10=0; i10<len10; i10++){
let data48 = data47[i10];
if(!((typeof data48 == "number") && (isFinite(data48)))){
const err94 = {instancePath:instancePath+"/mc/alt_mc/mass_window/" + i10,schemaPath:"#/definitions/source/properties/mass_window/items/type",keyword:"type",params:{type: "number"},schema:schema12.properties.mass_window.items.type,parentSchema:schema12.properties.mass_window.items,data:data48};
if(vErrors === null){
vErrors = [err94];
}
else {
vErrors.push(err94);
}
errors++;
}
}
}
else {
const err95 = {instancePath:instancePath+"/mc/alt_mc/mass_window",schemaPath:"#/definitions/source/properties/mass_window/type",keyword:"type",params:{type: "array"},schema:schema12.properties.mass_window.type,parentSchema:schema12.properties.mass_window,data:data47};
if(vErrors === null){
vErrors = [err95];
}
else {
vErrors.push(err95);
}
errors++;
}
}
if(data43.sidebands !== undefined){
let data49 = data43.sidebands;
if(Array.isArray(data49)){
if(data49.length > 4){
const err96 = {instancePath:instancePath+"/mc/alt_mc/sidebands",schemaPath:"#/definitions/source/properties/sidebands/maxItems",keyword:"maxItems",params:{limit: 4},schema:4,parentSchema:schema12.properties.sidebands,data:data49};
if(vErrors === null){
vErrors = [err96];
}
else {
vErrors.push(err96);
}
errors++;
}
if(data49.length < 4){
const err97 = {instancePath:instancePath+"/mc/alt_mc/sidebands",schemaPath:"#/definitions/source/properties/sidebands/minItems",keyword:"minItems",params:{limit: 4},schema:4,parentSchema:schema12.properties.sidebands,data:data49};
if(vErrors === null){
vErrors = [err97];
}
else {
vErrors.push(err97);
}
errors++;
}
const len11 = data49.length;
for(let i11=0; i11<len11; i11++){
let data50 = data49[i11];
if(!((typeof data50 == "number") && (isFinite(data50)))){
const err98 = {instancePath:instancePath+"/mc/alt_mc/sidebands/" + i11,schemaPath:"#/definitions/source/properties/sidebands/items/type",keyword:"type",params:{type: "number"},schema:schema12.properties.sidebands.items.type,parentSchema:schema12.properties.sidebands.items,data:data50};
if(vErrors === null){
vErrors = [err98];
}
else {
vErrors.push(err98);
}
errors++;
}
}
}
else {
const err99 = {instancePath:instancePath+"/mc/alt_mc/sidebands",schemaPath:"#/definitions/source/properties/sidebands/type",keyword:"type",params:{type: "array"},schema:schema12.properties.sidebands.type,parentSchema:schema12.properties.sidebands,data:data49};
if(vErrors === null){
vErrors = [err99];
}
else {
vErrors.push(err99);
}
errors++;
}
}
}
}
if(data34.alt_tag !== undefined){
let data51 = data34.alt_tag;
if((typeof data51 !== "string") && (!(data51 && typeof data51 == "object" && !Array.isArray(data51)))){
const err100 = {instancePath:instancePath+"/mc/alt_tag",schemaPath:"#/definitions/source/type",keyword:"type",params:{type: schema12.type},schema:schema12.type,parentSchema:schema12,data:data51};
if(vErrors === null){
vErrors = [err100];
}
else {
vErrors.push(err100);
}
errors++;
}
if(data51 && typeof data51 == "object" && !Array.isArray(data51)){
if(data51.file === undefined){
const err101 = {instancePath:instancePath+"/mc/alt_tag",schemaPath:"#/definitions/source/required",keyword:"required",params:{missingProperty: "file"},schema:schema12.required,parentSchema:schema12,data:data51};
if(vErrors === null){
vErrors = [err101];
}
else {
vErrors.push(err101);
}
errors++;
}
for(const key9 in data51){
if(!(((((key9 === "file") || (key9 === "name")) || (key9 === "method")) || (key9 === "mass_window")) || (key9 === "sidebands"))){
const err102 = {instancePath:instancePath+"/mc/alt_tag",schemaPath:"#/definitions/source/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key9},schema:false,parentSchema:schema12,data:data51};
if(vErrors === null){
vErrors = [err102];
}
else {
vErrors.push(err102);
}
errors++;
}
}
if(data51.file !== undefined){
let data52 = data51.file;
if(typeof data52 !== "string"){
const err103 = {instancePath:instancePath+"/mc/alt_tag/file",schemaPath:"#/definitions/source/properties/file/type",keyword:"type",params:{type: "string"},schema:schema12.properties.file.type,parentSchema:schema12.properties.file,data:data52};
if(vErrors === null){
vErrors = [err103];
}
else {
vErrors.push(err103);
}
errors++;
}
}
if(data51.name !== undefined){
let data53 = data51.name;
if(typeof data53 !== "string"){
const err104 = {instancePath:instancePath+"/mc/alt_tag/name",schemaPath:"#/definitions/source/properties/name/type",keyword:"type",params:{type: "string"},schema:schema12.properties.name.type,parentSchema:schema12.properties.name,data:data53};
if(vErrors === null){
vErrors = [err104];
}
else {
vErrors.push(err104);
}
errors++;
}
}
if(data51.method !== undefined){
let data54 = data51.method;
if(typeof data54 !== "string"){
const err105 = {instancePath:instancePath+"/mc/alt_tag/method",schemaPath:"#/definitions/source/properties/method/type",keyword:"type",params:{type: "string"},schema:schema12.properties.method.type,parentSchema:schema12.properties.method,data:data54};
if(vErrors === null){
vErrors = [err105];
}
else {
vErrors.push(err105);
}
errors++;
}
if(!((data54 === "count") || (data54 === "sideband"))){
const err106 = {instancePath:instancePath+"/mc/alt_tag/method",schemaPath:"#/definitions/source/properties/method/enum",keyword:"enum",params:{allowedValues: schema12.properties.method.enum},schema:schema12.properties.method.enum,parentSchema:schema12.properties.method,data:data54};
if(vErrors === null){
vErrors = [err106];
}
else {
vErrors.push(err106);
}
errors++;
}
}
if(data51.mass_window !== undefined){
let data55 = data51.mass_window;
if(Array.isArray(data55)){
if(data55.length > 2){
const err107 = {instancePath:instancePath+"/mc/alt_tag/mass_window",schemaPath:"#/definitions/source/properties/mass_window/maxItems",keyword:"maxItems",params:{limit: 2},schema:2,parentSchema:schema12.properties.mass_window,data:data55};
if(vErrors === null){
vErrors = [err107];
}
else {
vErrors.push(err107);
}
errors++;
}
if(data55.length < 2){
const err108 = {instancePath:instancePath+"/mc/alt_tag/mass_window",schemaPath:"#/definitions/source/properties/mass_window/minItems",keyword:"minItems",params:{limit: 2},schema:2,parentSchema:schema12.properties.mass_window,data:data55};
if(vErrors === null){
vErrors = [err108];
}
else {
vErrors.push(err108);
}
errors++;
}
const len12 = data55.length;
for(let i12=0; i12<len12; i12++){
let data56 = data55[i12];
if(!((typeof data56 == "number") && (isFinite(data56)))){
const err109 = {instancePath:instancePath+"/mc/alt_tag/mass_window/" + i12,schemaPath:"#/definitions/source/properties/mass_window/items/type",keyword:"type",params:{type: "number"},schema:schema12.properties.mass_window.items.type,parentSchema:schema12.properties.mass_window.items,data:data56};
if(vErrors === null){
vErrors = [err109];
}
else {
vErrors.push(err109);
}
errors++;
}
}
}
else {
const err110 = {instancePath:instancePath+"/mc/alt_tag/mass_window",schemaPath:"#/definitions/source/properties/mass_window/type",keyword:"type",params:{type: "array"},schema:schema12.properties.mass_window.type,parentSchema:schema12.properties.mass_window,data:data55};
if(vErrors === null){
vErrors = [err110];
}
else {
vErrors.push(err110);
}
errors++;
}
}
if(data51.sidebands !== undefined){
let data57 = data51.sidebands;
if(Array.isArray(data57)){
if(data57.length > 4){
const err111 = {instancePath:instancePath+"/mc/alt_tag/sidebands",schemaPath:"#/definitions/source/properties/sidebands/maxItems",keyword:"maxItems",params:{limit: 4},schema:4,parentSchema:schema12.properties.sidebands,data:data57};
if(vErrors === null){
vErrors = [err111];
}
else {
vErrors.push(err111);
}
errors++;
}
if(data57.length < 4){
const err112 = {instancePath:instancePath+"/mc/alt_tag/sidebands",schemaPath:"#/definitions/source/properties/sidebands/minItems",keyword:"minItems",params:{limit: 4},schema:4,parentSchema:schema12.properties.sidebands,data:data57};
if(vErrors === null){
vErrors = [err112];
}
else {
vErrors.push(err112);
}
errors++;
}
const len13 = data57.length;
for(let i13=0; i13<len13; i13++){
let data58 = data57[i13];
if(!((typeof data58 == "number") && (isFinite(data58)))){
const err113 = {instancePath:instancePath+"/mc/alt_tag/sidebands/" + i13,schemaPath:"#/definitions/source/properties/sidebands/items/type",keyword:"type",params:{type: "number"},schema:schema12.properties.sidebands.items.type,parentSchema:schema12.properties.sidebands.items,data:data58};
if(vErrors === null){
vErrors = [err113];
}
else {
vErrors.push(err113);
}
errors++;
}
}
}
else {
const err114 = {instancePath:instancePath+"/mc/alt_tag/sidebands",schemaPath:"#/definitions/source/properties/sidebands/type",keyword:"type",params:{type: "array"},schema:schema12.properties.sidebands.type,parentSchema:schema12.properties.sidebands,data:data57};
if(vErrors === null){
vErrors = [err114];
}
else {
vErrors.push(err114);
}
errors++;
}
}
}
}
}
else {
const err115 = {instancePath:instancePath+"/mc",schemaPath:"#/properties/mc/type",keyword:"type",params:{type: "object"},schema:schema11.properties.mc.type,parentSchema:schema11.properties.mc,data:data34};
if(vErrors === null){
vErrors = [err115];
}
else {
vErrors.push(err115);
}
errors++;
}
}
if(data.scheme !== undefined){
let data59 = data.scheme;
if(typeof data59 !== "string"){
const err116 = {instancePath:instancePath+"/scheme",schemaPath:"#/properties/scheme/type",keyword:"type",params:{type: "string"},schema:schema11.properties.scheme.type,parentSchema:schema11.properties.scheme,data:data59};
if(vErrors === null){
vErrors = [err116];
}
else {
vErrors.push(err116);
}
errors++;
}
if(!((data59 === "classic") || (data59 === "mean-of-four"))){
const err117 = {instancePath:instancePath+"/scheme",schemaPath:"#/properties/scheme/enum",keyword:"enum",params:{allowedValues: schema11.properties.scheme.enum},schema:schema11.properties.scheme.enum,parentSchema:schema11.properties.scheme,data:data59};
if(vErrors === null){
vErrors = [err117];
}
else {
vErrors.push(err117);
}
errors++;
}
}
if(data.axes !== undefined){
let data60 = data.axes;
if(Array.isArray(data60)){
if(data60.length > 2){
const err118 = {instancePath:instancePath+"/axes",schemaPath:"#/properties/axes/maxItems",keyword:"maxItems",params:{limit: 2},schema:2,parentSchema:schema11.properties.axes,data:data60};
if(vErrors === null){
vErrors = [err118];
}
else {
vErrors.push(err118);
}
errors++;
}
if(data60.length < 2){
const err119 = {instancePath:instancePath+"/axes",schemaPath:"#/properties/axes/minItems",keyword:"minItems",params:{limit: 2},schema:2,parentSchema:schema11.properties.axes,data:data60};
if(vErrors === null){
vErrors = [err119];
}
else {
vErrors.push(err119);
}
errors++;
}
const len14 = data60.length;
for(let i14=0; i14<len14; i14++){
let data61 = data60[i14];
if(typeof data61 !== "string"){
const err120 = {instancePath:instancePath+"/axes/" + i14,schemaPath:"#/properties/axes/items/type",keyword:"type",params:{type: "string"},schema:schema11.properties.axes.items.type,parentSchema:schema11.properties.axes.items,data:data61};
if(vErrors === null){
vErrors = [err120];
}
else {
vErrors.push(err120);
}
errors++;
}
}
}
else {
const err121 = {instancePath:instancePath+"/axes",schemaPath:"#/properties/axes/type",keyword:"type",params:{type: "array"},schema:schema11.properties.axes.type,parentSchema:schema11.properties.axes,data:data60};
if(vErrors === null){
vErrors = [err121];
}
else {
vErrors.push(err121);
}
errors++;
}
}
if(data.method !== undefined){
let data62 = data.method;
if(typeof data62 !== "string"){
const err122 = {instancePath:instancePath+"/method",schemaPath:"#/properties/method/type",keyword:"type",params:{type: "string"},schema:schema11.properties.method.type,parentSchema:schema11.properties.method,data:data62};
if(vErrors === null){
vErrors = [err122];
}
else {
vErrors.push(err122);
}
errors++;
}
if(!((data62 === "count") || (data62 === "sideband"))){
const err123 = {instancePath:instancePath+"/method",schemaPath:"#/properties/method/enum",keyword:"enum",params:{allowedValues: schema11.properties.method.enum},schema:schema11.properties.method.enum,parentSchema:schema11.properties.method,data:data62};
if(vErrors === null){
vErrors = [err123];
}
else {
vErrors.push(err123);
}
errors++;
}
}
if(data.mass_window !== undefined){
let data63 = data.mass_window;
if(Array.isArray(data63)){
if(data63.length > 2){
const err124 = {instancePath:instancePath+"/mass_window",schemaPath:"#/properties/mass_window/maxItems",keyword:"maxItems",params:{limit: 2},schema:2,parentSchema:schema11.properties.mass_window,data:data63};
if(vErrors === null){
vErrors = [err124];
}
else {
vErrors.push(err124);
}
errors++;
}
if(data63.length < 2){
const err125 = {instancePath:instancePath+"/mass_window",schemaPath:"#/properties/mass_window/minItems",keyword:"minItems",params:{limit: 2},schema:2,parentSchema:schema11.properties.mass_window,data:data63};
if(vErrors === null){
vErrors = [err125];
}
else {
vErrors.push(err125);
}
errors++;
}
const len15 = data63.length;
for(let i15=0; i15<len15; i15++){
let data64 = data63[i15];
if(!((typeof data64 == "number") && (isFinite(data64)))){
const err126 = {instancePath:instancePath+"/mass_window/" + i15,schemaPath:"#/properties/mass_window/items/type",keyword:"type",params:{type: "number"},schema:schema11.properties.mass_window.items.type,parentSchema:schema11.properties.mass_window.items,data:data64};
if(vErrors === null){
vErrors = [err126];
}
else {
vErrors.push(err126);
}
errors++;
}
}
}
else {
const err127 = {instancePath:instancePath+"/mass_window",schemaPath:"#/properties/mass_window/type",keyword:"type",params:{type: "array"},schema:schema11.properties.mass_window.type,parentSchema:schema11.properties.mass_window,data:data63};
if(vErrors === null){
vErrors = [err127];
}
else {
vErrors.push(err127);
}
errors++;
}
}
if(data.sidebands !== undefined){
let data65 = data.sidebands;
if(Array.isArray(data65)){
if(data65.length > 4){
const err128 = {instancePath:instancePath+"/sidebands",schemaPath:"#/properties/sidebands/maxItems",keyword:"maxItems",params:{limit: 4},schema:4,parentSchema:schema11.properties.sidebands,data:data65};
if(vErrors === null){
vErrors = [err128];
}
else {
vErrors.push(err128);
}
errors++;
}
if(data65.length < 4){
const err129 = {instancePath:instancePath+"/sidebands",schemaPath:"#/properties/sidebands/minItems",keyword:"minItems",params:{limit: 4},schema:4,parentSchema:schema11.properties.sidebands,data:data65};
if(vErrors === null){
vErrors = [err129];
}
else {
vErrors.push(err129);
}
errors++;
}
const len16 = data65.length;
for(let i16=0; i16<len16; i16++){
let data66 = data65[i16];
if(!((typeof data66 == "number") && (isFinite(data66)))){
const err130 = {instancePath:instancePath+"/sidebands/" + i16,schemaPath:"#/properties/sidebands/items/type",keyword:"type",params:{type: "number"},schema:schema11.properties.sidebands.items.type,parentSchema:schema11.properties.sidebands.items,data:data66};
if(vErrors === null){
vErrors = [err130];
}
else {
vErrors.push(err130);
}
errors++;
}
}
}
else {
const err131 = {instancePath:instancePath+"/sidebands",schemaPath:"#/properties/sidebands/type",keyword:"type",params:{type: "array"},schema:schema11.properties.sidebands.type,parentSchema:schema11.properties.sidebands,data:data65};
if(vErrors === null){
vErrors = [err131];
}
else {
vErrors.push(err131);
}
errors++;
}
}
if(data.interval !== undefined){
let data67 = data.interval;
if(typeof data67 !== "string"){
const err132 = {instancePath:instancePath+"/interval",schemaPath:"#/properties/interval/type",keyword:"type",params:{type: "string"},schema:schema11.properties.interval.type,parentSchema:schema11.properties.interval,data:data67};
if(vErrors === null){
vErrors = [err132];
}
else {
vErrors.push(err132);
}
errors++;
}
if(!((((data67 === "clopper-pearson") || (data67 === "wilson")) || (data67 === "jeffreys")) || (data67 === "bayesian"))){
const err133 = {instancePath:instancePath+"/interval",schemaPath:"#/properties/interval/enum",keyword:"enum",params:{allowedValues: schema11.properties.interval.enum},schema:schema11.properties.interval.enum,parentSchema:schema11.properties.interval,data:data67};
if(vErrors === null){
vErrors = [err133];
}
else {
vErrors.push(err133);
}
errors++;
}
}
if(data.exclude !== undefined){
let data68 = data.exclude;
if(data68 && typeof data68 == "object" && !Array.isArray(data68)){
for(const key10 in data68){
let data69 = data68[key10];
if(Array.isArray(data69)){
const len17 = data69.length;
for(let i17=0; i17<len17; i17++){
let data70 = data69[i17];
if(Array.isArray(data70)){
if(data70.length > 2){
const err134 = {instancePath:instancePath+"/exclude/" + key10.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i17,schemaPath:"#/properties/exclude/additionalProperties/items/maxItems",keyword:"maxItems",params:{limit: 2},schema:2,parentSchema:schema11.properties.exclude.additionalProperties.items,data:data70};
if(vErrors === null){
vErrors = [err134];
}
else {
vErrors.push(err134);
}
errors++;
}
if(data70.length < 2){
const err135 = {instancePath:instancePath+"/exclude/" + key10.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i17,schemaPath:"#/properties/exclude/additionalProperties/items/minItems",keyword:"minItems",params:{limit: 2},schema:2,parentSchema:schema11.properties.exclude.additionalProperties.items,data:data70};
if(vErrors === null){
vErrors = [err135];
}
else {
vErrors.push(err135);
}
errors++;
}
const len18 = data70.length;
for(let i18=0; i18<len18; i18++){
let data71 = data70[i18];
if(!((typeof data71 == "number") && (isFinite(data71)))){
const err136 = {instancePath:instancePath+"/exclude/" + key10.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i17+"/" + i18,schemaPath:"#/properties/exclude/additionalProperties/items/items/type",keyword:"type",params:{type: "number"},schema:schema11.properties.exclude.additionalProperties.items.items.type,parentSchema:schema11.properties.exclude.additionalProperties.items.items,data:data71};
if(vErrors === null){
vErrors = [err136];
}
else {
vErrors.push(err136);
}
errors++;
}
}
}
else {
const err137 = {instancePath:instancePath+"/exclude/" + key10.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i17,schemaPath:"#/properties/exclude/additionalProperties/items/type",keyword:"type",params:{type: "array"},schema:schema11.properties.exclude.additionalProperties.items.type,parentSchema:schema11.properties.exclude.additionalProperties.items,data:data70};
if(vErrors === null){
vErrors = [err137];
}
else {
vErrors.push(err137);
}
errors++;
}
}
}
else {
const err138 = {instancePath:instancePath+"/exclude/" + key10.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/exclude/additionalProperties/type",keyword:"type",params:{type: "array"},schema:schema11.properties.exclude.additionalProperties.type,parentSchema:schema11.properties.exclude.additionalProperties,data:data69};
if(vErrors === null){
vErrors = [err138];
}
else {
vErrors.push(err138);
}
errors++;
}
}
}
else {
const err139 = {instancePath:instancePath+"/exclude",schemaPath:"#/properties/exclude/type",keyword:"type",params:{type: "object"},schema:schema11.properties.exclude.type,parentSchema:schema11.properties.exclude,data:data68};
if(vErrors === null){
vErrors = [err139];
}
else {
vErrors.push(err139);
}
errors++;
}
}
if(data.symmetrise !== undefined){
let data72 = data.symmetrise;
if(typeof data72 !== "string"){
const err140 = {instancePath:instancePath+"/symmetrise",schemaPath:"#/properties/symmetrise/type",keyword:"type",params:{type: "string"},schema:schema11.properties.symmetrise.type,parentSchema:schema11.properties.symmetrise,data:data72};
if(vErrors === null){
vErrors = [err140];
}
else {
vErrors.push(err140);
}
errors++;
}
if(!((((data72 === "none") || (data72 === "uncertainties")) || (data72 === "differences")) || (data72 === "efficiencies"))){
const err141 = {instancePath:instancePath+"/symmetrise",schemaPath:"#/properties/symmetrise/enum",keyword:"enum",params:{allowedValues: schema11.properties.symmetrise.enum},schema:schema11.properties.symmetrise.enum,parentSchema:schema11.properties.symmetrise,data:data72};
if(vErrors === null){
vErrors = [err141];
}
else {
vErrors.push(err141);
}
errors++;
}
}
if(data.smooth !== undefined){
let data73 = data.smooth;
if(data73 && typeof data73 == "object" && !Array.isArray(data73)){
for(const key11 in data73){
let data74 = data73[key11];
if(Array.isArray(data74)){
const len19 = data74.length;
for(let i19=0; i19<len19; i19++){
let data75 = data74[i19];
if(typeof data75 !== "string"){
const err142 = {instancePath:instancePath+"/smooth/" + key11.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i19,schemaPath:"#/properties/smooth/additionalProperties/items/type",keyword:"type",params:{type: "string"},schema:schema11.properties.smooth.additionalProperties.items.type,parentSchema:schema11.properties.smooth.additionalProperties.items,data:data75};
if(vErrors === null){
vErrors = [err142];
}
else {
vErrors.push(err142);
}
errors++;
}
}
}
else {
const err143 = {instancePath:instancePath+"/smooth/" + key11.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/smooth/additionalProperties/type",keyword:"type",params:{type: "array"},schema:schema11.properties.smooth.additionalProperties.type,parentSchema:schema11.properties.smooth.additionalProperties,data:data74};
if(vErrors === null){
vErrors = [err143];
}
else {
vErrors.push(err143);
}
errors++;
}
}
}
else {
const err144 = {instancePath:instancePath+"/smooth",schemaPath:"#/properties/smooth/type",keyword:"type",params:{type: "object"},schema:schema11.properties.smooth.type,parentSchema:schema11.properties.smooth,data:data73};
if(vErrors === null){
vErrors = [err144];
}
else {
vErrors.push(err144);
}
errors++;
}
}
if(data.correction !== undefined){
let data76 = data.correction;
if(data76 && typeof data76 == "object" && !Array.isArray(data76)){
if(data76.year === undefined){
const err145 = {instancePath:instancePath+"/correction",schemaPath:"#/properties/correction/required",keyword:"required",params:{missingProperty: "year"},schema:schema11.properties.correction.required,parentSchema:schema11.properties.correction,data:data76};
if(vErrors === null){
vErrors = [err145];
}
else {
vErrors.push(err145);
}
errors++;
}
if(data76.working_point === undefined){
const err146 = {instancePath:instancePath+"/correction",schemaPath:"#/properties/correction/required",keyword:"required",params:{missingProperty: "working_point"},schema:schema11.properties.correction.required,parentSchema:schema11.properties.correction,data:data76};
if(vErrors === null){
vErrors = [err146];
}
else {
vErrors.push(err146);
}
errors++;
}
for(const key12 in data76){
if(!(((((key12 === "name") || (key12 === "year")) || (key12 === "working_point")) || (key12 === "description")) || (key12 === "join"))){
const err147 = {instancePath:instancePath+"/correction",schemaPath:"#/properties/correction/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key12},schema:false,parentSchema:schema11.properties.correction,data:data76};
if(vErrors === null){
vErrors = [err147];
}
else {
vErrors.push(err147);
}
errors++;
}
}
if(data76.name !== undefined){
let data77 = data76.name;
if(typeof data77 !== "string"){
const err148 = {instancePath:instancePath+"/correction/name",schemaPath:"#/properties/correction/properties/name/type",keyword:"type",params:{type: "string"},schema:schema11.properties.correction.properties.name.type,parentSchema:schema11.properties.correction.properties.name,data:data77};
if(vErrors === null){
vErrors = [err148];
}
else {
vErrors.push(err148);
}
errors++;
}
}
if(data76.year !== undefined){
let data78 = data76.year;
if(typeof data78 !== "string"){
const err149 = {instancePath:instancePath+"/correction/year",schemaPath:"#/properties/correction/properties/year/type",keyword:"type",params:{type: "string"},schema:schema11.properties.correction.properties.year.type,parentSchema:schema11.properties.correction.properties.year,data:data78};
if(vErrors === null){
vErrors = [err149];
}
else {
vErrors.push(err149);
}
errors++;
}
}
if(data76.working_point !== undefined){
let data79 = data76.working_point;
if(typeof data79 !== "string"){
const err150 = {instancePath:instancePath+"/correction/working_point",schemaPath:"#/properties/correction/properties/working_point/type",keyword:"type",params:{type: "string"},schema:schema11.properties.correction.properties.working_point.type,parentSchema:schema11.properties.correction.properties.working_point,data:data79};
if(vErrors === null){
vErrors = [err150];
}
else {
vErrors.push(err150);
}
errors++;
}
}
if(data76.description !== undefined){
let data80 = data76.description;
if(typeof data80 !== "string"){
const err151 = {instancePath:instancePath+"/correction/description",schemaPath:"#/properties/correction/properties/description/type",keyword:"type",params:{type: "string"},schema:schema11.properties.correction.properties.description.type,parentSchema:schema11.properties.correction.properties.description,data:data80};
if(vErrors === null){
vErrors = [err151];
}
else {
vErrors.push(err151);
}
errors++;
}
}
if(data76.join !== undefined){
let data81 = data76.join;
if(typeof data81 !== "string"){
const err152 = {instancePath:instancePath+"/correction/join",schemaPath:"#/properties/correction/properties/join/type",keyword:"type",params:{type: "string"},schema:schema11.properties.correction.properties.join.type,parentSchema:schema11.properties.correction.properties.join,data:data81};
if(vErrors === null){
vErrors = [err152];
}
else {
vErrors.push(err152);
}
errors++;
}
}
}
else {
const err153 = {instancePath:instancePath+"/correction",schemaPath:"#/properties/correction/type",keyword:"type",params:{type: "object"},schema:schema11.properties.correction.type,parentSchema:schema11.properties.correction,data:data76};
if(vErrors === null){
vErrors = [err153];
}
else {
vErrors.push(err153);
}
errors++;
}
}
}
else {
const err154 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema11.type,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err154];
}
else {
vErrors.push(err154);
}
errors++;
}
validate10.errors = vErrors;
return errors === 0;
}

export const validateEfficiencies = validate11;
const schema19 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"efficiencies.schema.json","title":"EfficienciesDocument","description":"Tables of efficiencies in bins of variables, as fits and counting give them.","type":"object","properties":{"$schema":{"description":"Where this schema is, for editors.","type":"string"},"format":{"description":"What the document is.","type":"string","const":"tnp-pipe efficiencies"},"version":{"description":"The format's version.","type":"integer","const":1},"tables":{"description":"The tables.","type":"array","minItems":1,"items":{"$ref":"#/definitions/table"}}},"additionalProperties":false,"required":["format","version","tables"],"definitions":{"table":{"type":"object","properties":{"name":{"description":"What the table is called in its document: data/nominal.","type":"string"},"method":{"description":"How the efficiencies were made: cut and count, a fit with its shapes.","type":"string"},"axes":{"description":"The variables.","type":"array","minItems":1,"items":{"$ref":"#/definitions/axis"}},"bins":{"description":"Every bin once, in any order.","type":"array","minItems":1,"items":{"$ref":"#/definitions/bin"}}},"additionalProperties":false,"required":["name","axes","bins"]},"axis":{"type":"object","properties":{"name":{"description":"The variable: el_eta.","type":"string"},"label":{"description":"Its title.","type":"string"},"edges":{"description":"Edges, strictly increasing; bins include their lower edge.","type":"array","items":{"type":"number"},"minItems":2}},"additionalProperties":false,"required":["name","edges"]},"bin":{"type":"object","properties":{"bin":{"description":"Its position along each axis, from 0.","type":"array","items":{"type":"integer","minimum":0}},"efficiency":{"description":"From 0 to 1; null where there is none.","type":["number","null"]},"up":{"description":"Statistical uncertainty: from the efficiency to the upper end of its interval of one standard deviation, not negative.","type":["number","null"]},"down":{"description":"The same to the lower end, not negative.","type":["number","null"]},"status":{"description":"failed: the efficiency is not to be used, whether there is one or not.","type":"string","enum":["ok","failed"]},"reason":{"description":"Why it failed. Required there.","type":"string"},"origin":{"description":"Where the efficiency comes from: the name of its fit.","type":"string"}},"additionalProperties":false,"required":["bin","status"]}}};
const schema20 = {"type":"object","properties":{"name":{"description":"What the table is called in its document: data/nominal.","type":"string"},"method":{"description":"How the efficiencies were made: cut and count, a fit with its shapes.","type":"string"},"axes":{"description":"The variables.","type":"array","minItems":1,"items":{"$ref":"#/definitions/axis"}},"bins":{"description":"Every bin once, in any order.","type":"array","minItems":1,"items":{"$ref":"#/definitions/bin"}}},"additionalProperties":false,"required":["name","axes","bins"]};
const schema21 = {"type":"object","properties":{"name":{"description":"The variable: el_eta.","type":"string"},"label":{"description":"Its title.","type":"string"},"edges":{"description":"Edges, strictly increasing; bins include their lower edge.","type":"array","items":{"type":"number"},"minItems":2}},"additionalProperties":false,"required":["name","edges"]};
const schema22 = {"type":"object","properties":{"bin":{"description":"Its position along each axis, from 0.","type":"array","items":{"type":"integer","minimum":0}},"efficiency":{"description":"From 0 to 1; null where there is none.","type":["number","null"]},"up":{"description":"Statistical uncertainty: from the efficiency to the upper end of its interval of one standard deviation, not negative.","type":["number","null"]},"down":{"description":"The same to the lower end, not negative.","type":["number","null"]},"status":{"description":"failed: the efficiency is not to be used, whether there is one or not.","type":"string","enum":["ok","failed"]},"reason":{"description":"Why it failed. Required there.","type":"string"},"origin":{"description":"Where the efficiency comes from: the name of its fit.","type":"string"}},"additionalProperties":false,"required":["bin","status"]};

function validate12(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.name === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "name"},schema:schema20.required,parentSchema:schema20,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.axes === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "axes"},schema:schema20.required,parentSchema:schema20,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.bins === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "bins"},schema:schema20.required,parentSchema:schema20,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "name") || (key0 === "method")) || (key0 === "axes")) || (key0 === "bins"))){
const err3 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},schema:false,parentSchema:schema20,data};
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
let data0 = data.name;
if(typeof data0 !== "string"){
const err4 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},schema:schema20.properties.name.type,parentSchema:schema20.properties.name,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.method !== undefined){
let data1 = data.method;
if(typeof data1 !== "string"){
const err5 = {instancePath:instancePath+"/method",schemaPath:"#/properties/method/type",keyword:"type",params:{type: "string"},schema:schema20.properties.method.type,parentSchema:schema20.properties.method,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.axes !== undefined){
let data2 = data.axes;
if(Array.isArray(data2)){
if(data2.length < 1){
const err6 = {instancePath:instancePath+"/axes",schemaPath:"#/properties/axes/minItems",keyword:"minItems",params:{limit: 1},schema:1,parentSchema:schema20.properties.axes,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if(data3.name === undefined){
const err7 = {instancePath:instancePath+"/axes/" + i0,schemaPath:"#/definitions/axis/required",keyword:"required",params:{missingProperty: "name"},schema:schema21.required,parentSchema:schema21,data:data3};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(data3.edges === undefined){
const err8 = {instancePath:instancePath+"/axes/" + i0,schemaPath:"#/definitions/axis/required",keyword:"required",params:{missingProperty: "edges"},schema:schema21.required,parentSchema:schema21,data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
for(const key1 in data3){
if(!(((key1 === "name") || (key1 === "label")) || (key1 === "edges"))){
const err9 = {instancePath:instancePath+"/axes/" + i0,schemaPath:"#/definitions/axis/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},schema:false,parentSchema:schema21,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data3.name !== undefined){
let data4 = data3.name;
if(typeof data4 !== "string"){
const err10 = {instancePath:instancePath+"/axes/" + i0+"/name",schemaPath:"#/definitions/axis/properties/name/type",keyword:"type",params:{type: "string"},schema:schema21.properties.name.type,parentSchema:schema21.properties.name,data:data4};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data3.label !== undefined){
let data5 = data3.label;
if(typeof data5 !== "string"){
const err11 = {instancePath:instancePath+"/axes/" + i0+"/label",schemaPath:"#/definitions/axis/properties/label/type",keyword:"type",params:{type: "string"},schema:schema21.properties.label.type,parentSchema:schema21.properties.label,data:data5};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data3.edges !== undefined){
let data6 = data3.edges;
if(Array.isArray(data6)){
if(data6.length < 2){
const err12 = {instancePath:instancePath+"/axes/" + i0+"/edges",schemaPath:"#/definitions/axis/properties/edges/minItems",keyword:"minItems",params:{limit: 2},schema:2,parentSchema:schema21.properties.edges,data:data6};
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
const err13 = {instancePath:instancePath+"/axes/" + i0+"/edges/" + i1,schemaPath:"#/definitions/axis/properties/edges/items/type",keyword:"type",params:{type: "number"},schema:schema21.properties.edges.items.type,parentSchema:schema21.properties.edges.items,data:data7};
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
const err14 = {instancePath:instancePath+"/axes/" + i0+"/edges",schemaPath:"#/definitions/axis/properties/edges/type",keyword:"type",params:{type: "array"},schema:schema21.properties.edges.type,parentSchema:schema21.properties.edges,data:data6};
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
const err15 = {instancePath:instancePath+"/axes/" + i0,schemaPath:"#/definitions/axis/type",keyword:"type",params:{type: "object"},schema:schema21.type,parentSchema:schema21,data:data3};
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
const err16 = {instancePath:instancePath+"/axes",schemaPath:"#/properties/axes/type",keyword:"type",params:{type: "array"},schema:schema20.properties.axes.type,parentSchema:schema20.properties.axes,data:data2};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data.bins !== undefined){
let data8 = data.bins;
if(Array.isArray(data8)){
if(data8.length < 1){
const err17 = {instancePath:instancePath+"/bins",schemaPath:"#/properties/bins/minItems",keyword:"minItems",params:{limit: 1},schema:1,parentSchema:schema20.properties.bins,data:data8};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
const len2 = data8.length;
for(let i2=0; i2<len2; i2++){
let data9 = data8[i2];
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
if(data9.bin === undefined){
const err18 = {instancePath:instancePath+"/bins/" + i2,schemaPath:"#/definitions/bin/required",keyword:"required",params:{missingProperty: "bin"},schema:schema22.required,parentSchema:schema22,data:data9};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if(data9.status === undefined){
const err19 = {instancePath:instancePath+"/bins/" + i2,schemaPath:"#/definitions/bin/required",keyword:"required",params:{missingProperty: "status"},schema:schema22.required,parentSchema:schema22,data:data9};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
for(const key2 in data9){
if(!(((((((key2 === "bin") || (key2 === "efficiency")) || (key2 === "up")) || (key2 === "down")) || (key2 === "status")) || (key2 === "reason")) || (key2 === "origin"))){
const err20 = {instancePath:instancePath+"/bins/" + i2,schemaPath:"#/definitions/bin/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},schema:false,parentSchema:schema22,data:data9};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data9.bin !== undefined){
let data10 = data9.bin;
if(Array.isArray(data10)){
const len3 = data10.length;
for(let i3=0; i3<len3; i3++){
let data11 = data10[i3];
if(!(((typeof data11 == "number") && (!(data11 % 1) && !isNaN(data11))) && (isFinite(data11)))){
const err21 = {instancePath:instancePath+"/bins/" + i2+"/bin/" + i3,schemaPath:"#/definitions/bin/properties/bin/items/type",keyword:"type",params:{type: "integer"},schema:schema22.properties.bin.items.type,parentSchema:schema22.properties.bin.items,data:data11};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
if((typeof data11 == "number") && (isFinite(data11))){
if(data11 < 0 || isNaN(data11)){
const err22 = {instancePath:instancePath+"/bins/" + i2+"/bin/" + i3,schemaPath:"#/definitions/bin/properties/bin/items/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},schema:0,parentSchema:schema22.properties.bin.items,data:data11};
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
else {
const err23 = {instancePath:instancePath+"/bins/" + i2+"/bin",schemaPath:"#/definitions/bin/properties/bin/type",keyword:"type",params:{type: "array"},schema:schema22.properties.bin.type,parentSchema:schema22.properties.bin,data:data10};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data9.efficiency !== undefined){
let data12 = data9.efficiency;
if((!((typeof data12 == "number") && (isFinite(data12)))) && (data12 !== null)){
const err24 = {instancePath:instancePath+"/bins/" + i2+"/efficiency",schemaPath:"#/definitions/bin/properties/efficiency/type",keyword:"type",params:{type: schema22.properties.efficiency.type},schema:schema22.properties.efficiency.type,parentSchema:schema22.properties.efficiency,data:data12};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data9.up !== undefined){
let data13 = data9.up;
if((!((typeof data13 == "number") && (isFinite(data13)))) && (data13 !== null)){
const err25 = {instancePath:instancePath+"/bins/" + i2+"/up",schemaPath:"#/definitions/bin/properties/up/type",keyword:"type",params:{type: schema22.properties.up.type},schema:schema22.properties.up.type,parentSchema:schema22.properties.up,data:data13};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data9.down !== undefined){
let data14 = data9.down;
if((!((typeof data14 == "number") && (isFinite(data14)))) && (data14 !== null)){
const err26 = {instancePath:instancePath+"/bins/" + i2+"/down",schemaPath:"#/definitions/bin/properties/down/type",keyword:"type",params:{type: schema22.properties.down.type},schema:schema22.properties.down.type,parentSchema:schema22.properties.down,data:data14};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data9.status !== undefined){
let data15 = data9.status;
if(typeof data15 !== "string"){
const err27 = {instancePath:instancePath+"/bins/" + i2+"/status",schemaPath:"#/definitions/bin/properties/status/type",keyword:"type",params:{type: "string"},schema:schema22.properties.status.type,parentSchema:schema22.properties.status,data:data15};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
if(!((data15 === "ok") || (data15 === "failed"))){
const err28 = {instancePath:instancePath+"/bins/" + i2+"/status",schemaPath:"#/definitions/bin/properties/status/enum",keyword:"enum",params:{allowedValues: schema22.properties.status.enum},schema:schema22.properties.status.enum,parentSchema:schema22.properties.status,data:data15};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data9.reason !== undefined){
let data16 = data9.reason;
if(typeof data16 !== "string"){
const err29 = {instancePath:instancePath+"/bins/" + i2+"/reason",schemaPath:"#/definitions/bin/properties/reason/type",keyword:"type",params:{type: "string"},schema:schema22.properties.reason.type,parentSchema:schema22.properties.reason,data:data16};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
if(data9.origin !== undefined){
let data17 = data9.origin;
if(typeof data17 !== "string"){
const err30 = {instancePath:instancePath+"/bins/" + i2+"/origin",schemaPath:"#/definitions/bin/properties/origin/type",keyword:"type",params:{type: "string"},schema:schema22.properties.origin.type,parentSchema:schema22.properties.origin,data:data17};
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
const err31 = {instancePath:instancePath+"/bins/" + i2,schemaPath:"#/definitions/bin/type",keyword:"type",params:{type: "object"},schema:schema22.type,parentSchema:schema22,data:data9};
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
else {
const err32 = {instancePath:instancePath+"/bins",schemaPath:"#/properties/bins/type",keyword:"type",params:{type: "array"},schema:schema20.properties.bins.type,parentSchema:schema20.properties.bins,data:data8};
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
const err33 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema20.type,parentSchema:schema20,data};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
validate12.errors = vErrors;
return errors === 0;
}


function validate11(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="efficiencies.schema.json" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.format === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "format"},schema:schema19.required,parentSchema:schema19,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.version === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "version"},schema:schema19.required,parentSchema:schema19,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.tables === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "tables"},schema:schema19.required,parentSchema:schema19,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "$schema") || (key0 === "format")) || (key0 === "version")) || (key0 === "tables"))){
const err3 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},schema:false,parentSchema:schema19,data};
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
const err4 = {instancePath:instancePath+"/$schema",schemaPath:"#/properties/%24schema/type",keyword:"type",params:{type: "string"},schema:schema19.properties.$schema.type,parentSchema:schema19.properties.$schema,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.format !== undefined){
let data1 = data.format;
if(typeof data1 !== "string"){
const err5 = {instancePath:instancePath+"/format",schemaPath:"#/properties/format/type",keyword:"type",params:{type: "string"},schema:schema19.properties.format.type,parentSchema:schema19.properties.format,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if("tnp-pipe efficiencies" !== data1){
const err6 = {instancePath:instancePath+"/format",schemaPath:"#/properties/format/const",keyword:"const",params:{allowedValue: "tnp-pipe efficiencies"},schema:"tnp-pipe efficiencies",parentSchema:schema19.properties.format,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.version !== undefined){
let data2 = data.version;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
const err7 = {instancePath:instancePath+"/version",schemaPath:"#/properties/version/type",keyword:"type",params:{type: "integer"},schema:schema19.properties.version.type,parentSchema:schema19.properties.version,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(1 !== data2){
const err8 = {instancePath:instancePath+"/version",schemaPath:"#/properties/version/const",keyword:"const",params:{allowedValue: 1},schema:1,parentSchema:schema19.properties.version,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.tables !== undefined){
let data3 = data.tables;
if(Array.isArray(data3)){
if(data3.length < 1){
const err9 = {instancePath:instancePath+"/tables",schemaPath:"#/properties/tables/minItems",keyword:"minItems",params:{limit: 1},schema:1,parentSchema:schema19.properties.tables,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
if(!(validate12(data3[i0], {instancePath:instancePath+"/tables/" + i0,parentData:data3,parentDataProperty:i0,rootData}))){
vErrors = vErrors === null ? validate12.errors : vErrors.concat(validate12.errors);
errors = vErrors.length;
}
}
}
else {
const err10 = {instancePath:instancePath+"/tables",schemaPath:"#/properties/tables/type",keyword:"type",params:{type: "array"},schema:schema19.properties.tables.type,parentSchema:schema19.properties.tables,data:data3};
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
else {
const err11 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema19.type,parentSchema:schema19,data};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
validate11.errors = vErrors;
return errors === 0;
}

