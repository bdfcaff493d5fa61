/** The description of a figure: what is drawn, in the units of the data. `drawFigure` makes a scene of it, which becomes SVG,
 *  PDF or PNG. Texts may hold a little TeX: `\it{p}_{T}`, `fb^{-1}`, `\bf{..}`. */
import type { ColourStops } from './colours.js'

export interface Figure {
  /** Pixels of the SVG (96 an inch). */
  readonly width: number
  readonly height: number
  /** What it shows, in words: the SVG's title. */
  readonly title: string
  readonly labels: FigureLabels
  /** From top to bottom; they share the left and right edge of the frame. */
  readonly panels: readonly Panel[]
  readonly colourBar?: ColourBar
}

/** What stands above the frame. */
export interface FigureLabels {
  /** Bold, at the left: "CMS". */
  readonly experiment: string
  /** Italic, after it: "Preliminary", "Simulation". */
  readonly status: string
  /** At the right: "138 fb^{-1} (13.6 TeV)". */
  readonly right: string
}

export interface Panel {
  /** Its share of the height, relative to the others'. */
  readonly height: number
  readonly x: AxisSpec
  readonly y: AxisSpec
  /** Drawn in this order. */
  readonly marks: readonly Mark[]
  readonly legend?: Legend
  /** Lines of text in a corner. */
  readonly notes?: readonly Note[]
}

export interface AxisSpec {
  readonly label: string
  /** Lower and upper end; lower > 0 where it is logarithmic. */
  readonly range: readonly [number, number]
  readonly log?: boolean
  /** Marks of the axis in place of those that would be chosen. */
  readonly ticks?: readonly Tick[]
  /** Numbers and label are left out: the panel below has them. */
  readonly bare?: boolean
  /** Leave out the number at the upper end, where it would touch the panel above. */
  readonly openEnd?: boolean
}

export interface Tick {
  readonly at: number
  /** '' for a short mark without text. */
  readonly text: string
}

export type Corner = 'lower right' | 'lower left' | 'lower center' | 'upper right' | 'upper left' | 'upper center'

export interface Legend {
  /** In order of preference: the first that covers no data is taken, else the one that covers least. */
  readonly corners: readonly Corner[]
  readonly title?: readonly string[]
  /** Entries besides those of the marks that have names: what a marker's form means. */
  readonly extra?: readonly LegendEntry[]
  /** What is drawn last stands first. */
  readonly reversed?: boolean
  /** Where it finds no room: enlarge the y axis upwards, and put it above the data. */
  readonly stretch?: boolean
}

export interface Note {
  readonly corner: Corner
  readonly lines: readonly string[]
  /** A frame with white ground. */
  readonly boxed?: boolean
  readonly colour?: string
  readonly size?: number
}

export type MarkerShape = 'circle' | 'square' | 'triangle' | 'diamond' | 'down-triangle' | 'cross' | 'x'

export interface LegendEntry {
  readonly name: string
  readonly colour: string
  readonly marker?: MarkerShape
  readonly open?: boolean
}

export type Mark = Points | Steps | Curve | Band | Line | ColourMap

/** Points with errors. All arrays have the length of x; a point whose x or y is not a number is left out, and a side of an
 *  error that is not a number is not drawn. */
export interface Points {
  readonly kind: 'points'
  readonly name?: string
  readonly x: ArrayLike<number>
  readonly y: ArrayLike<number>
  /** Distances from the point, not negative. */
  readonly xLow?: ArrayLike<number>
  readonly xHigh?: ArrayLike<number>
  readonly yLow?: ArrayLike<number>
  readonly yHigh?: ArrayLike<number>
  readonly colour: string
  readonly marker: MarkerShape
  /** Only its outline. */
  readonly open?: boolean
  /** Radius in pixels. Default: 4. */
  readonly size?: number
}

/** A histogram: values[i] from edges[i] to edges[i + 1]. */
export interface Steps {
  readonly kind: 'steps'
  readonly name?: string
  readonly edges: ArrayLike<number>
  readonly values: ArrayLike<number>
  readonly colour: string
  /** Filled down to the axis. */
  readonly fill?: boolean
}

export interface Curve {
  readonly kind: 'curve'
  readonly name?: string
  readonly x: ArrayLike<number>
  readonly y: ArrayLike<number>
  readonly colour: string
  readonly dash?: readonly number[]
  readonly width?: number
}

/** What lies between two curves. */
export interface Band {
  readonly kind: 'band'
  readonly name?: string
  readonly x: ArrayLike<number>
  readonly low: ArrayLike<number>
  readonly high: ArrayLike<number>
  readonly colour: string
  /** 0 to 1. Default: 0.3. */
  readonly opacity?: number
}

/** A horizontal line across the panel. */
export interface Line {
  readonly kind: 'line'
  readonly y: number
  readonly colour: string
  readonly dash?: readonly number[]
}

/** Coloured cells. values[i * rows + j]: column i, row j. */
export interface ColourMap {
  readonly kind: 'map'
  readonly xEdges: ArrayLike<number>
  readonly yEdges: ArrayLike<number>
  /** NaN: the cell is empty, and hatched. */
  readonly values: ArrayLike<number>
  readonly scale: ColourScale
  /** Lines of text in each cell. */
  readonly texts?: readonly (readonly string[])[]
}

export interface ColourScale {
  readonly range: readonly [number, number]
  readonly stops: ColourStops
}

export interface ColourBar {
  readonly label: string
  readonly scale: ColourScale
}
