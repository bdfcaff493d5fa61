/** Pickled histograms, as the histogramming methods write them, read back: (nested) dicts of hist.Hist with weighted storage,
 *  our own files and the reference's; also with storages of counts (Double, Int64), whose variances are the counts. Object layout: hist 2.12, boost-histogram 1.8 (the inverse of pickle.ts). Nothing in the
 *  file is run (see unpickle.ts). */

import { DataError } from '../../core/errors.js'
import { ordered } from '../../core/ordered.js'
import { type Axis, cellCount, type Hist, newHist, regularAxis, variableAxis } from '../../hist/index.js'
import type { HistTree } from '../hist-tree.js'
import { REGULAR_UOFLOW, VARIABLE_UOFLOW } from './pickle.js'
import { type KnownNames, type PyDict, PyObject, type PyValue, unpickle } from './unpickle.js'
import { NUMPY_NAMES, NumpyArray } from './unpickle-numpy.js'

/** boost-histogram's object. Its state is a flat tuple: version, axes, version, storage. */
class Core extends PyObject {
  hist: Hist | null = null
  private readonly versions: number
  private readonly numbers: 1 | 2

  /** versions: how many stand before the storage's array. numbers: in that array, a cell. */
  constructor(versions: number, numbers: 1 | 2) {
    super()
    this.versions = versions
    this.numbers = numbers
  }

  setState(state: PyValue): void {
    const items = new Items(state)
    items.version()
    const count = items.number()
    const axes: Axis[] = []
    while (axes.length < count) axes.push(readAxis(items, axes.length))
    for (let i = 0; i < this.versions; i++) items.version()
    const data = items.array()
    const { numbers } = this
    const cells = cellCount(axes)
    if (data.length !== numbers * cells) {
      throw new Error(`has ${data.length} numbers for ${cells} cells, wanted ${numbers === 2 ? 'two' : 'one'} each`)
    }
    const hist = newHist(axes)
    for (let i = 0; i < cells; i++) {
      hist.value[i] = data[numbers * i]!
      hist.variance[i] = data[numbers * i + numbers - 1]!
    }
    this.hist = hist
  }
}

/** hist.Hist. Its state is (0, attributes); the histogram is in `_hist`. */
class PyHist extends PyObject {
  hist: Hist | null = null

  setState(state: PyValue): void {
    const attributes = Array.isArray(state) ? state[1] : state
    const core = attributes instanceof Map ? attributes.get('_hist') : undefined
    if (!(core instanceof Core)) throw new Error('has a hist.Hist without weighted storage')
    if (attributes instanceof Map && attributes.get('_variance_known') === false) {
      throw new Error(
        'has a hist.Hist that was filled with weights without keeping variances. Fill one with weighted storage',
      )
    }
    this.hist = core.hist
  }
}

const KNOWN: KnownNames = new Map([
  ['hist.hist.Hist', { create: () => new PyHist() }],
  ['boost_histogram._core.hist.any_weight', { create: () => new Core(1, 2) }],
  ['boost_histogram._core.hist.any_double', { create: () => new Core(2, 1) }],
  ['boost_histogram._core.hist.any_int64', { create: () => new Core(2, 1) }],
  ['boost_histogram._core.hist.any_atomic_int64', { create: () => new Core(1, 1) }],
  ...NUMPY_NAMES,
])

/** The items of a flat state, one after the other. */
class Items {
  private readonly items: readonly PyValue[]
  private at = 0

  constructor(state: PyValue) {
    if (!Array.isArray(state)) throw new Error('has a histogram of another layout than boost-histogram 1.8 writes')
    this.items = state
  }

  number(): number {
    const value = this.items[this.at++]
    if (typeof value !== 'number') throw this.misfit('a number', value)
    return value
  }

  version(): void {
    const value = this.number()
    if (value !== 0) throw this.misfit('version 0', value)
  }

  array(): Float64Array {
    const value = this.items[this.at++]
    if (!(value instanceof NumpyArray)) throw this.misfit('an array', value)
    return value.values
  }

  /** name and label of an axis. */
  title(): { name: string; label: string } {
    const value = this.items[this.at++]
    const text = (key: string) => {
      const entry = value instanceof Map ? value.get(key) : undefined
      return typeof entry === 'string' ? entry : ''
    }
    return { name: text('name'), label: text('label') }
  }

  private misfit(want: string, got: PyValue | undefined): Error {
    const shown = typeof got === 'number' || typeof got === 'string' ? JSON.stringify(got) : typeof got
    return new Error(`has a histogram with ${shown} as item ${this.at - 1} of its state, wanted ${want}`)
  }
}

function readAxis(items: Items, i: number): Axis {
  items.version()
  items.version()
  const kind = items.number()
  items.version()
  if (kind === VARIABLE_UOFLOW) {
    const edges = items.array()
    return variableAxis({ ...named(items, i), edges })
  }
  if (kind !== REGULAR_UOFLOW) {
    throw new Error(`has an axis of kind ${kind}, wanted Regular or Variable ones with underflow and overflow`)
  }
  items.version()
  const bins = items.number()
  const title = named(items, i)
  const lower = items.number()
  return regularAxis({ ...title, bins, lower, upper: upperOf(lower, items.number()) })
}

/** The upper limit, of which only the distance from the lower one is stored, in double precision: the number of 15 digits or
 *  fewer that has this distance, as a person would have given it, if there is one. */
function upperOf(lower: number, width: number): number {
  const short = Number((lower + width).toPrecision(15))
  return short - lower === width ? short : lower + width
}

/** Axes without a name are called as hist calls them. */
function named(items: Items, i: number): { name: string; label: string } {
  const { name, label } = items.title()
  return { name: name || `axis_${i}`, label }
}

/** The histograms of a .pkl file. `place` names it in errors. Throws DataError where it is no pickle of histograms, or names
 *  anything else. */
export function unpickleHists(bytes: Uint8Array, place: string): HistTree {
  const root = unpickle(bytes, KNOWN, place)
  const refuse = (what: string) => new DataError('ValueError', `${place}: ${what}.`)
  if (!(root instanceof Map)) throw refuse('wanted a dict of histograms')
  return treeOf(root, [], { left: MAX_NODES }, refuse)
}

/** More histograms than any file has; a dict that holds itself, or others many times over, would never end. */
const MAX_NODES = 100000
const MAX_DEPTH = 10

type Refuse = (what: string) => DataError

function treeOf(dict: PyDict, path: readonly string[], nodes: { left: number }, refuse: Refuse): HistTree {
  const tree = new Map<string, Hist | HistTree>()
  for (const [key, value] of dict) {
    if (typeof key !== 'string' || key === '__proto__') {
      throw refuse(`a key of its dicts is ${typeof key === 'string' ? key : typeof key}, wanted names`)
    }
    const here = [...path, key]
    if (nodes.left-- === 0 || here.length > MAX_DEPTH) throw refuse('its dicts do not end')
    if (value instanceof Map) tree.set(key, treeOf(value, here, nodes, refuse))
    else if (value instanceof PyHist && value.hist !== null) tree.set(key, value.hist)
    else throw refuse(`${JSON.stringify(here.join('/'))} is no histogram`)
  }
  return ordered(tree)
}
