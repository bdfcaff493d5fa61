/** Figures without a browser: a description in; SVG, PDF and PNG out. */
export {
  axisStyle,
  drawnEdges,
  PLOT_TYPES,
  type PlotType,
  type Variable,
  variableOf,
  variableOfType,
} from './axis-styles.js'
export { PETROFF } from './colours.js'
export { drawFigure } from './draw.js'
export {
  type EfficiencyFigureOptions,
  efficiencyFigure,
  type NamedEfficiencies,
  SLICES_A_FIGURE,
  sliceFigures,
} from './efficiency-figure.js'
export type * from './figure.js'
export { type FitCurve, type FitPlot, fitFigure, pulls } from './fit-figure.js'
export {
  efficiencyMap,
  efficiencyRange,
  type MapCell,
  type MapFigureOptions,
  MOST_EVEN_BINS,
  mapFigure,
  scaleFactorMap,
  symmetricScale,
} from './map-figure.js'
export { type Ratio, type RatioErrors, ratioOf } from './ratio.js'
export { FIGURE_FORMATS, type FigureFormat, renderFigure } from './render.js'
export {
  type Measured,
  type ScaleFactorCell,
  type ScaleFactorFigureOptions,
  type ScaleFactorGrid,
  scaleFactorGridMap,
  scaleFactorSlices,
  transposed,
  uncertaintyMap,
} from './scale-factor-figure.js'
export { missingCharacters, plainLabel, plainText } from './text.js'
