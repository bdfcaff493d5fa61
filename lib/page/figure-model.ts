/** A figure, as the page gets it. */

export interface FigureModel {
  readonly title: string
  readonly svg: string
}
