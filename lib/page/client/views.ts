/** The parts of the page, in the order of its navigation. */
import { about } from './about.js'
import type { View } from './view.js'

export const views: readonly View[] = [about]
