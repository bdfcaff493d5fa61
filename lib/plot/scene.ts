/** Drawing in pixels, y downwards: what a figure becomes before it is written as SVG or PDF. */
import { short } from './text.js'

export interface Scene {
  readonly width: number
  readonly height: number
  readonly title: string
  readonly items: readonly Item[]
}

export type Item = Group | Path | TextItem

export interface Group {
  readonly kind: 'group'
  /** Class of the SVG's element, and the name of what it shows. */
  readonly role: string
  readonly name?: string
  /** Nothing is drawn outside of it. */
  readonly clip?: Box
  readonly items: readonly Item[]
}

export interface Path {
  readonly kind: 'path'
  /** In the form of SVG. */
  readonly d: string
  readonly role?: string
  readonly fill?: string
  readonly stroke?: string
  /** Of the line. Default: 1. */
  readonly width?: number
  readonly dash?: readonly number[]
  readonly opacity?: number
  /** Shown where one points at it: numbers of a bin. */
  readonly hint?: string
}

export interface TextItem {
  readonly kind: 'text'
  readonly text: string
  /** The base line's start, middle or end, as anchor says. */
  readonly x: number
  readonly y: number
  readonly size: number
  readonly anchor: 'start' | 'middle' | 'end'
  readonly colour?: string
  /** Read from below to above. */
  readonly upwards?: boolean
}

export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

export function boxPath({ left, top, right, bottom }: Box): string {
  return `M${short(left)} ${short(top)}H${short(right)}V${short(bottom)}H${short(left)}Z`
}

export function overlaps(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}
