/** Files of scale factors and of the efficiencies that they are made of. (The correction is a document of lib/physics.) */
export { efficienciesJson, type NamedGrid } from './efficiencies.js'
export { type Measured, scaleFactorsCsv, scaleFactorsJson } from './json.js'
export { scaleFactorMaps } from './root-maps.js'
export { egammaText } from './text-table.js'
