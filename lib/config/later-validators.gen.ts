// @ts-nocheck
// Made from schemas/ by `npm run gen`. Do not edit.

export const validateScaleFactors = validate10;
const schema11 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"scale-factors.schema.json","title":"ScaleFactorsDocument","description":"What tnp-pipe scale-factors makes scale factors of. A source is the path of a file, or an object with its path and the name of what is meant in it.","type":"object","properties":{"$schema":{"description":"Where this schema is, for editors.","type":"string"},"data":{"description":"Efficiencies of data.","type":"object","properties":{"nominal":{"$ref":"#/definitions/source","description":"The efficiencies that are measured."},"alt_signal":{"$ref":"#/definitions/source","description":"The same with another shape of the signal."},"alt_background":{"$ref":"#/definitions/source","description":"The same with another shape of the background."},"alt_signal_background":{"$ref":"#/definitions/source","description":"The same with both: for the scheme mean-of-four alone, which wants all four."}},"additionalProperties":false,"required":["nominal"]},"mc":{"description":"Efficiencies of simulation.","type":"object","properties":{"nominal":{"$ref":"#/definitions/source","description":"The efficiencies that those of data are divided by."},"alt_mc":{"$ref":"#/definitions/source","description":"Those of another simulation."},"alt_tag":{"$ref":"#/definitions/source","description":"Those with another selection of tags: for the scheme classic alone."}},"additionalProperties":false,"required":["nominal"]},"scheme":{"description":"How uncertainties are made of the alternatives: the difference of each to the nominal efficiency, or the spread of four fits of data about their mean.","type":"string","enum":["classic","mean-of-four"],"default":"classic"},"axes":{"description":"The two axes of histograms that are kept, eta first; the others are summed over.","type":"array","items":{"type":"string"},"minItems":2,"maxItems":2,"default":["el_eta","el_pt"]},"mass_window":{"description":"Where probes count in histograms that have the mass as an axis (cut_and_count false): GeV, at edges of its bins.","type":"array","items":{"type":"number"},"minItems":2,"maxItems":2,"default":[60,120]},"interval":{"description":"The interval of efficiencies that are counted, of one standard deviation.","type":"string","enum":["clopper-pearson","wilson","jeffreys","bayesian"],"default":"clopper-pearson"},"exclude":{"description":"Axis -> ranges: bins within one of them have no scale factor on purpose, as the gap between barrel and endcaps.","type":"object","additionalProperties":{"description":"Ranges of the axis.","type":"array","items":{"type":"array","items":{"type":"number"},"minItems":2,"maxItems":2}},"default":{}},"symmetrise":{"description":"uncertainties: those of bins at eta and -eta become their average. Efficiencies and scale factors stay.","type":"string","enum":["none","uncertainties"],"default":"none"},"correction":{"description":"The correction in correctionlib's JSON.","type":"object","properties":{"name":{"description":"The correction's name.","type":"string","default":"Electron-ID-SF"},"year":{"description":"Value of its input year: 2022Re-recoBCD.","type":"string"},"working_point":{"description":"Value of its input WorkingPoint: Medium.","type":"string"},"description":{"description":"What people read of it. Failed bins are added.","type":"string"},"join":{"description":"A correction file (.json or .json.gz) whose corrections come along: other working points or years, of an earlier run of this command. Values of the same year and working point are replaced.","type":"string"}},"additionalProperties":false,"required":["year","working_point"]}},"additionalProperties":false,"required":["data","mc","correction"],"definitions":{"source":{"description":"A file of histograms (.pkl or UHI JSON) or of efficiencies (JSON), alone or with a name in it.","type":["string","object"],"properties":{"file":{"description":"The path of the file, or - for standard input.","type":"string"},"name":{"description":"The table of efficiencies, or the group of the passing and failing histograms. Needed where the file has more than one.","type":"string"}},"additionalProperties":false,"required":["file"]}}};
const schema12 = {"description":"A file of histograms (.pkl or UHI JSON) or of efficiencies (JSON), alone or with a name in it.","type":["string","object"],"properties":{"file":{"description":"The path of the file, or - for standard input.","type":"string"},"name":{"description":"The table of efficiencies, or the group of the passing and failing histograms. Needed where the file has more than one.","type":"string"}},"additionalProperties":false,"required":["file"]};
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
if(!((key2 === "file") || (key2 === "name"))){
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
}
}
if(data1.alt_signal !== undefined){
let data5 = data1.alt_signal;
if((typeof data5 !== "string") && (!(data5 && typeof data5 == "object" && !Array.isArray(data5)))){
const err12 = {instancePath:instancePath+"/data/alt_signal",schemaPath:"#/definitions/source/type",keyword:"type",params:{type: schema12.type},schema:schema12.type,parentSchema:schema12,data:data5};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
if(data5.file === undefined){
const err13 = {instancePath:instancePath+"/data/alt_signal",schemaPath:"#/definitions/source/required",keyword:"required",params:{missingProperty: "file"},schema:schema12.required,parentSchema:schema12,data:data5};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
for(const key3 in data5){
if(!((key3 === "file") || (key3 === "name"))){
const err14 = {instancePath:instancePath+"/data/alt_signal",schemaPath:"#/definitions/source/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},schema:false,parentSchema:schema12,data:data5};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data5.file !== undefined){
let data6 = data5.file;
if(typeof data6 !== "string"){
const err15 = {instancePath:instancePath+"/data/alt_signal/file",schemaPath:"#/definitions/source/properties/file/type",keyword:"type",params:{type: "string"},schema:schema12.properties.file.type,parentSchema:schema12.properties.file,data:data6};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data5.name !== undefined){
let data7 = data5.name;
if(typeof data7 !== "string"){
const err16 = {instancePath:instancePath+"/data/alt_signal/name",schemaPath:"#/definitions/source/properties/name/type",keyword:"type",params:{type: "string"},schema:schema12.properties.name.type,parentSchema:schema12.properties.name,data:data7};
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
if(data1.alt_background !== undefined){
let data8 = data1.alt_background;
if((typeof data8 !== "string") && (!(data8 && typeof data8 == "object" && !Array.isArray(data8)))){
const err17 = {instancePath:instancePath+"/data/alt_background",schemaPath:"#/definitions/source/type",keyword:"type",params:{type: schema12.type},schema:schema12.type,parentSchema:schema12,data:data8};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
if(data8.file === undefined){
const err18 = {instancePath:instancePath+"/data/alt_background",schemaPath:"#/definitions/source/required",keyword:"required",params:{missingProperty: "file"},schema:schema12.required,parentSchema:schema12,data:data8};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
for(const key4 in data8){
if(!((key4 === "file") || (key4 === "name"))){
const err19 = {instancePath:instancePath+"/data/alt_background",schemaPath:"#/definitions/source/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},schema:false,parentSchema:schema12,data:data8};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data8.file !== undefined){
let data9 = data8.file;
if(typeof data9 !== "string"){
const err20 = {instancePath:instancePath+"/data/alt_background/file",schemaPath:"#/definitions/source/properties/file/type",keyword:"type",params:{type: "string"},schema:schema12.properties.file.type,parentSchema:schema12.properties.file,data:data9};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data8.name !== undefined){
let data10 = data8.name;
if(typeof data10 !== "string"){
const err21 = {instancePath:instancePath+"/data/alt_background/name",schemaPath:"#/definitions/source/properties/name/type",keyword:"type",params:{type: "string"},schema:schema12.properties.name.type,parentSchema:schema12.properties.name,data:data10};
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
if(data1.alt_signal_background !== undefined){
let data11 = data1.alt_signal_background;
if((typeof data11 !== "string") && (!(data11 && typeof data11 == "object" && !Array.isArray(data11)))){
const err22 = {instancePath:instancePath+"/data/alt_signal_background",schemaPath:"#/definitions/source/type",keyword:"type",params:{type: schema12.type},schema:schema12.type,parentSchema:schema12,data:data11};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
if(data11.file === undefined){
const err23 = {instancePath:instancePath+"/data/alt_signal_background",schemaPath:"#/definitions/source/required",keyword:"required",params:{missingProperty: "file"},schema:schema12.required,parentSchema:schema12,data:data11};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
for(const key5 in data11){
if(!((key5 === "file") || (key5 === "name"))){
const err24 = {instancePath:instancePath+"/data/alt_signal_background",schemaPath:"#/definitions/source/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},schema:false,parentSchema:schema12,data:data11};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data11.file !== undefined){
let data12 = data11.file;
if(typeof data12 !== "string"){
const err25 = {instancePath:instancePath+"/data/alt_signal_background/file",schemaPath:"#/definitions/source/properties/file/type",keyword:"type",params:{type: "string"},schema:schema12.properties.file.type,parentSchema:schema12.properties.file,data:data12};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data11.name !== undefined){
let data13 = data11.name;
if(typeof data13 !== "string"){
const err26 = {instancePath:instancePath+"/data/alt_signal_background/name",schemaPath:"#/definitions/source/properties/name/type",keyword:"type",params:{type: "string"},schema:schema12.properties.name.type,parentSchema:schema12.properties.name,data:data13};
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
else {
const err27 = {instancePath:instancePath+"/data",schemaPath:"#/properties/data/type",keyword:"type",params:{type: "object"},schema:schema11.properties.data.type,parentSchema:schema11.properties.data,data:data1};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data.mc !== undefined){
let data14 = data.mc;
if(data14 && typeof data14 == "object" && !Array.isArray(data14)){
if(data14.nominal === undefined){
const err28 = {instancePath:instancePath+"/mc",schemaPath:"#/properties/mc/required",keyword:"required",params:{missingProperty: "nominal"},schema:schema11.properties.mc.required,parentSchema:schema11.properties.mc,data:data14};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
for(const key6 in data14){
if(!(((key6 === "nominal") || (key6 === "alt_mc")) || (key6 === "alt_tag"))){
const err29 = {instancePath:instancePath+"/mc",schemaPath:"#/properties/mc/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},schema:false,parentSchema:schema11.properties.mc,data:data14};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
if(data14.nominal !== undefined){
let data15 = data14.nominal;
if((typeof data15 !== "string") && (!(data15 && typeof data15 == "object" && !Array.isArray(data15)))){
const err30 = {instancePath:instancePath+"/mc/nominal",schemaPath:"#/definitions/source/type",keyword:"type",params:{type: schema12.type},schema:schema12.type,parentSchema:schema12,data:data15};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
if(data15.file === undefined){
const err31 = {instancePath:instancePath+"/mc/nominal",schemaPath:"#/definitions/source/required",keyword:"required",params:{missingProperty: "file"},schema:schema12.required,parentSchema:schema12,data:data15};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
for(const key7 in data15){
if(!((key7 === "file") || (key7 === "name"))){
const err32 = {instancePath:instancePath+"/mc/nominal",schemaPath:"#/definitions/source/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7},schema:false,parentSchema:schema12,data:data15};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
if(data15.file !== undefined){
let data16 = data15.file;
if(typeof data16 !== "string"){
const err33 = {instancePath:instancePath+"/mc/nominal/file",schemaPath:"#/definitions/source/properties/file/type",keyword:"type",params:{type: "string"},schema:schema12.properties.file.type,parentSchema:schema12.properties.file,data:data16};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
if(data15.name !== undefined){
let data17 = data15.name;
if(typeof data17 !== "string"){
const err34 = {instancePath:instancePath+"/mc/nominal/name",schemaPath:"#/definitions/source/properties/name/type",keyword:"type",params:{type: "string"},schema:schema12.properties.name.type,parentSchema:schema12.properties.name,data:data17};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
}
}
if(data14.alt_mc !== undefined){
let data18 = data14.alt_mc;
if((typeof data18 !== "string") && (!(data18 && typeof data18 == "object" && !Array.isArray(data18)))){
const err35 = {instancePath:instancePath+"/mc/alt_mc",schemaPath:"#/definitions/source/type",keyword:"type",params:{type: schema12.type},schema:schema12.type,parentSchema:schema12,data:data18};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
if(data18 && typeof data18 == "object" && !Array.isArray(data18)){
if(data18.file === undefined){
const err36 = {instancePath:instancePath+"/mc/alt_mc",schemaPath:"#/definitions/source/required",keyword:"required",params:{missingProperty: "file"},schema:schema12.required,parentSchema:schema12,data:data18};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
for(const key8 in data18){
if(!((key8 === "file") || (key8 === "name"))){
const err37 = {instancePath:instancePath+"/mc/alt_mc",schemaPath:"#/definitions/source/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key8},schema:false,parentSchema:schema12,data:data18};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
if(data18.file !== undefined){
let data19 = data18.file;
if(typeof data19 !== "string"){
const err38 = {instancePath:instancePath+"/mc/alt_mc/file",schemaPath:"#/definitions/source/properties/file/type",keyword:"type",params:{type: "string"},schema:schema12.properties.file.type,parentSchema:schema12.properties.file,data:data19};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
if(data18.name !== undefined){
let data20 = data18.name;
if(typeof data20 !== "string"){
const err39 = {instancePath:instancePath+"/mc/alt_mc/name",schemaPath:"#/definitions/source/properties/name/type",keyword:"type",params:{type: "string"},schema:schema12.properties.name.type,parentSchema:schema12.properties.name,data:data20};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
}
}
if(data14.alt_tag !== undefined){
let data21 = data14.alt_tag;
if((typeof data21 !== "string") && (!(data21 && typeof data21 == "object" && !Array.isArray(data21)))){
const err40 = {instancePath:instancePath+"/mc/alt_tag",schemaPath:"#/definitions/source/type",keyword:"type",params:{type: schema12.type},schema:schema12.type,parentSchema:schema12,data:data21};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
if(data21 && typeof data21 == "object" && !Array.isArray(data21)){
if(data21.file === undefined){
const err41 = {instancePath:instancePath+"/mc/alt_tag",schemaPath:"#/definitions/source/required",keyword:"required",params:{missingProperty: "file"},schema:schema12.required,parentSchema:schema12,data:data21};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
for(const key9 in data21){
if(!((key9 === "file") || (key9 === "name"))){
const err42 = {instancePath:instancePath+"/mc/alt_tag",schemaPath:"#/definitions/source/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key9},schema:false,parentSchema:schema12,data:data21};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
if(data21.file !== undefined){
let data22 = data21.file;
if(typeof data22 !== "string"){
const err43 = {instancePath:instancePath+"/mc/alt_tag/file",schemaPath:"#/definitions/source/properties/file/type",keyword:"type",params:{type: "string"},schema:schema12.properties.file.type,parentSchema:schema12.properties.file,data:data22};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
if(data21.name !== undefined){
let data23 = data21.name;
if(typeof data23 !== "string"){
const err44 = {instancePath:instancePath+"/mc/alt_tag/name",schemaPath:"#/definitions/source/properties/name/type",keyword:"type",params:{type: "string"},schema:schema12.properties.name.type,parentSchema:schema12.properties.name,data:data23};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
}
}
}
else {
const err45 = {instancePath:instancePath+"/mc",schemaPath:"#/properties/mc/type",keyword:"type",params:{type: "object"},schema:schema11.properties.mc.type,parentSchema:schema11.properties.mc,data:data14};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
if(data.scheme !== undefined){
let data24 = data.scheme;
if(typeof data24 !== "string"){
const err46 = {instancePath:instancePath+"/scheme",schemaPath:"#/properties/scheme/type",keyword:"type",params:{type: "string"},schema:schema11.properties.scheme.type,parentSchema:schema11.properties.scheme,data:data24};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
if(!((data24 === "classic") || (data24 === "mean-of-four"))){
const err47 = {instancePath:instancePath+"/scheme",schemaPath:"#/properties/scheme/enum",keyword:"enum",params:{allowedValues: schema11.properties.scheme.enum},schema:schema11.properties.scheme.enum,parentSchema:schema11.properties.scheme,data:data24};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
if(data.axes !== undefined){
let data25 = data.axes;
if(Array.isArray(data25)){
if(data25.length > 2){
const err48 = {instancePath:instancePath+"/axes",schemaPath:"#/properties/axes/maxItems",keyword:"maxItems",params:{limit: 2},schema:2,parentSchema:schema11.properties.axes,data:data25};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
if(data25.length < 2){
const err49 = {instancePath:instancePath+"/axes",schemaPath:"#/properties/axes/minItems",keyword:"minItems",params:{limit: 2},schema:2,parentSchema:schema11.properties.axes,data:data25};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
const len0 = data25.length;
for(let i0=0; i0<len0; i0++){
let data26 = data25[i0];
if(typeof data26 !== "string"){
const err50 = {instancePath:instancePath+"/axes/" + i0,schemaPath:"#/properties/axes/items/type",keyword:"type",params:{type: "string"},schema:schema11.properties.axes.items.type,parentSchema:schema11.properties.axes.items,data:data26};
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
const err51 = {instancePath:instancePath+"/axes",schemaPath:"#/properties/axes/type",keyword:"type",params:{type: "array"},schema:schema11.properties.axes.type,parentSchema:schema11.properties.axes,data:data25};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
if(data.mass_window !== undefined){
let data27 = data.mass_window;
if(Array.isArray(data27)){
if(data27.length > 2){
const err52 = {instancePath:instancePath+"/mass_window",schemaPath:"#/properties/mass_window/maxItems",keyword:"maxItems",params:{limit: 2},schema:2,parentSchema:schema11.properties.mass_window,data:data27};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
if(data27.length < 2){
const err53 = {instancePath:instancePath+"/mass_window",schemaPath:"#/properties/mass_window/minItems",keyword:"minItems",params:{limit: 2},schema:2,parentSchema:schema11.properties.mass_window,data:data27};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
const len1 = data27.length;
for(let i1=0; i1<len1; i1++){
let data28 = data27[i1];
if(!((typeof data28 == "number") && (isFinite(data28)))){
const err54 = {instancePath:instancePath+"/mass_window/" + i1,schemaPath:"#/properties/mass_window/items/type",keyword:"type",params:{type: "number"},schema:schema11.properties.mass_window.items.type,parentSchema:schema11.properties.mass_window.items,data:data28};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
}
else {
const err55 = {instancePath:instancePath+"/mass_window",schemaPath:"#/properties/mass_window/type",keyword:"type",params:{type: "array"},schema:schema11.properties.mass_window.type,parentSchema:schema11.properties.mass_window,data:data27};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
}
if(data.interval !== undefined){
let data29 = data.interval;
if(typeof data29 !== "string"){
const err56 = {instancePath:instancePath+"/interval",schemaPath:"#/properties/interval/type",keyword:"type",params:{type: "string"},schema:schema11.properties.interval.type,parentSchema:schema11.properties.interval,data:data29};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
if(!((((data29 === "clopper-pearson") || (data29 === "wilson")) || (data29 === "jeffreys")) || (data29 === "bayesian"))){
const err57 = {instancePath:instancePath+"/interval",schemaPath:"#/properties/interval/enum",keyword:"enum",params:{allowedValues: schema11.properties.interval.enum},schema:schema11.properties.interval.enum,parentSchema:schema11.properties.interval,data:data29};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
}
if(data.exclude !== undefined){
let data30 = data.exclude;
if(data30 && typeof data30 == "object" && !Array.isArray(data30)){
for(const key10 in data30){
let data31 = data30[key10];
if(Array.isArray(data31)){
const len2 = data31.length;
for(let i2=0; i2<len2; i2++){
let data32 = data31[i2];
if(Array.isArray(data32)){
if(data32.length > 2){
const err58 = {instancePath:instancePath+"/exclude/" + key10.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i2,schemaPath:"#/properties/exclude/additionalProperties/items/maxItems",keyword:"maxItems",params:{limit: 2},schema:2,parentSchema:schema11.properties.exclude.additionalProperties.items,data:data32};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
if(data32.length < 2){
const err59 = {instancePath:instancePath+"/exclude/" + key10.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i2,schemaPath:"#/properties/exclude/additionalProperties/items/minItems",keyword:"minItems",params:{limit: 2},schema:2,parentSchema:schema11.properties.exclude.additionalProperties.items,data:data32};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
const len3 = data32.length;
for(let i3=0; i3<len3; i3++){
let data33 = data32[i3];
if(!((typeof data33 == "number") && (isFinite(data33)))){
const err60 = {instancePath:instancePath+"/exclude/" + key10.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i2+"/" + i3,schemaPath:"#/properties/exclude/additionalProperties/items/items/type",keyword:"type",params:{type: "number"},schema:schema11.properties.exclude.additionalProperties.items.items.type,parentSchema:schema11.properties.exclude.additionalProperties.items.items,data:data33};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
}
}
else {
const err61 = {instancePath:instancePath+"/exclude/" + key10.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i2,schemaPath:"#/properties/exclude/additionalProperties/items/type",keyword:"type",params:{type: "array"},schema:schema11.properties.exclude.additionalProperties.items.type,parentSchema:schema11.properties.exclude.additionalProperties.items,data:data32};
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
const err62 = {instancePath:instancePath+"/exclude/" + key10.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/exclude/additionalProperties/type",keyword:"type",params:{type: "array"},schema:schema11.properties.exclude.additionalProperties.type,parentSchema:schema11.properties.exclude.additionalProperties,data:data31};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
}
}
else {
const err63 = {instancePath:instancePath+"/exclude",schemaPath:"#/properties/exclude/type",keyword:"type",params:{type: "object"},schema:schema11.properties.exclude.type,parentSchema:schema11.properties.exclude,data:data30};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
}
if(data.symmetrise !== undefined){
let data34 = data.symmetrise;
if(typeof data34 !== "string"){
const err64 = {instancePath:instancePath+"/symmetrise",schemaPath:"#/properties/symmetrise/type",keyword:"type",params:{type: "string"},schema:schema11.properties.symmetrise.type,parentSchema:schema11.properties.symmetrise,data:data34};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
if(!((data34 === "none") || (data34 === "uncertainties"))){
const err65 = {instancePath:instancePath+"/symmetrise",schemaPath:"#/properties/symmetrise/enum",keyword:"enum",params:{allowedValues: schema11.properties.symmetrise.enum},schema:schema11.properties.symmetrise.enum,parentSchema:schema11.properties.symmetrise,data:data34};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
}
if(data.correction !== undefined){
let data35 = data.correction;
if(data35 && typeof data35 == "object" && !Array.isArray(data35)){
if(data35.year === undefined){
const err66 = {instancePath:instancePath+"/correction",schemaPath:"#/properties/correction/required",keyword:"required",params:{missingProperty: "year"},schema:schema11.properties.correction.required,parentSchema:schema11.properties.correction,data:data35};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
if(data35.working_point === undefined){
const err67 = {instancePath:instancePath+"/correction",schemaPath:"#/properties/correction/required",keyword:"required",params:{missingProperty: "working_point"},schema:schema11.properties.correction.required,parentSchema:schema11.properties.correction,data:data35};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
for(const key11 in data35){
if(!(((((key11 === "name") || (key11 === "year")) || (key11 === "working_point")) || (key11 === "description")) || (key11 === "join"))){
const err68 = {instancePath:instancePath+"/correction",schemaPath:"#/properties/correction/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key11},schema:false,parentSchema:schema11.properties.correction,data:data35};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
}
if(data35.name !== undefined){
let data36 = data35.name;
if(typeof data36 !== "string"){
const err69 = {instancePath:instancePath+"/correction/name",schemaPath:"#/properties/correction/properties/name/type",keyword:"type",params:{type: "string"},schema:schema11.properties.correction.properties.name.type,parentSchema:schema11.properties.correction.properties.name,data:data36};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
}
if(data35.year !== undefined){
let data37 = data35.year;
if(typeof data37 !== "string"){
const err70 = {instancePath:instancePath+"/correction/year",schemaPath:"#/properties/correction/properties/year/type",keyword:"type",params:{type: "string"},schema:schema11.properties.correction.properties.year.type,parentSchema:schema11.properties.correction.properties.year,data:data37};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
}
if(data35.working_point !== undefined){
let data38 = data35.working_point;
if(typeof data38 !== "string"){
const err71 = {instancePath:instancePath+"/correction/working_point",schemaPath:"#/properties/correction/properties/working_point/type",keyword:"type",params:{type: "string"},schema:schema11.properties.correction.properties.working_point.type,parentSchema:schema11.properties.correction.properties.working_point,data:data38};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
}
if(data35.description !== undefined){
let data39 = data35.description;
if(typeof data39 !== "string"){
const err72 = {instancePath:instancePath+"/correction/description",schemaPath:"#/properties/correction/properties/description/type",keyword:"type",params:{type: "string"},schema:schema11.properties.correction.properties.description.type,parentSchema:schema11.properties.correction.properties.description,data:data39};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
}
if(data35.join !== undefined){
let data40 = data35.join;
if(typeof data40 !== "string"){
const err73 = {instancePath:instancePath+"/correction/join",schemaPath:"#/properties/correction/properties/join/type",keyword:"type",params:{type: "string"},schema:schema11.properties.correction.properties.join.type,parentSchema:schema11.properties.correction.properties.join,data:data40};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
}
}
else {
const err74 = {instancePath:instancePath+"/correction",schemaPath:"#/properties/correction/type",keyword:"type",params:{type: "object"},schema:schema11.properties.correction.type,parentSchema:schema11.properties.correction,data:data35};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
}
}
else {
const err75 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},schema:schema11.type,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
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

