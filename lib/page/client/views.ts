/** The parts of the page, in the order of its navigation. */
import { about } from './about.js'
import { compare } from './compare.js'
import { efficiencies } from './efficiencies.js'
import { factors } from './factors.js'
import { fits } from './fits.js'
import { live } from './live/live.js'
import { runs } from './runs.js'
import type { View } from './view.js'

export const views: readonly View[] = [live, runs, efficiencies, fits, factors, compare, about]
