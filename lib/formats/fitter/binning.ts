/** The bins of the fitter's input: the names of its histograms, and the pickle that tells the fitter what they are, as the
 *  reference's prepare-histograms writes it. */
import { type Axis, axisEdges, binCount } from '../../hist/index.js'
import { ByteWriter } from '../byte-writer.js'
import { OP } from '../pickle/opcodes.js'
import { edgeName, pythonFixed } from './text.js'

/** One bin: a combination of one bin of each axis. */
export interface FitterBin {
  /** Of each axis, in the axes' order, from 0. */
  readonly bins: readonly number[]
  /** `el_eta_m2p50Tom2p00_el_pt_10p00To20p00`: edges to two decimals, so that narrow bins may share one. */
  readonly key: string
  /** `bin03_` and the key: unique. */
  readonly name: string
  readonly cut: string
  readonly title: string
  /** By axis, in the axes' order. */
  readonly vars: readonly { readonly axis: string; readonly min: number; readonly max: number }[]
}

/** Every combination of bins of the axes, the first axis fastest, numbered from 0 with as many digits as their number has (9
 *  bins: bin0; 10 bins: bin00). */
export function fitterBins(axes: readonly Axis[]): FitterBin[] {
  const total = axes.reduce((product, axis) => product * binCount(axis), 1)
  const digits = String(total).length
  const edges = axes.map(axisEdges)
  return Array.from({ length: total }, (_, i) => {
    const bins = binsOf(i, axes)
    const vars = axes.map(({ name }, a) => ({ axis: name, min: edges[a]![bins[a]!]!, max: edges[a]![bins[a]! + 1]! }))
    const key = vars.map(({ axis, min, max }) => `${axis}_${edgeName(min)}To${edgeName(max)}`).join('_')
    const cuts = vars.map(v => `${v.axis} >= ${pythonFixed(v.min, 6)} && ${v.axis} < ${pythonFixed(v.max, 6)}`)
    const titles = vars.map(v => `${pythonFixed(v.min, 3)} < ${v.axis} < ${pythonFixed(v.max, 3)}`)
    const name = `bin${String(i).padStart(digits, '0')}_${key}`
    return { bins, key, name, cut: cuts.join(' && '), title: `; ${titles.join('; ')}`, vars }
  })
}

function binsOf(i: number, axes: readonly Axis[]): number[] {
  let rest = i
  return axes.map(axis => {
    const bin = rest % binCount(axis)
    rest = (rest - bin) / binCount(axis)
    return bin
  })
}

/** The pickle, protocol 2: {"bins": [{cut, name, vars: {axis: {min, max}}, title}], "vars": [axes]}. Plain Python values,
 *  which compare equal to the reference's numpy numbers and need no numpy where they are read. */
export function binningPickle(bins: readonly FitterBin[], axes: readonly string[]): Uint8Array {
  const p = new PlainPickle()
  p.dict([
    [
      'bins',
      () =>
        p.list(bins, bin =>
          p.dict([
            ['cut', () => p.text(bin.cut)],
            ['name', () => p.text(bin.name)],
            ['vars', () => p.dict(bin.vars.map(v => [v.axis, () => writeLimits(p, v)]))],
            ['title', () => p.text(bin.title)],
          ]),
        ),
    ],
    ['vars', () => p.list(axes, axis => p.text(axis))],
  ])
  return p.finish()
}

function writeLimits(p: PlainPickle, { min, max }: { readonly min: number; readonly max: number }): void {
  p.dict([
    ['min', () => p.float(min)],
    ['max', () => p.float(max)],
  ])
}

/** Dicts, lists, texts and floats in pickle's protocol 2. */
class PlainPickle {
  private readonly out = new ByteWriter()

  constructor() {
    this.out.byte(OP.PROTO)
    this.out.byte(2)
  }

  dict(entries: readonly (readonly [string, () => void])[]): void {
    this.out.byte(OP.EMPTY_DICT)
    this.out.byte(OP.MARK)
    for (const [key, value] of entries) {
      this.text(key)
      value()
    }
    this.out.byte(OP.SETITEMS)
  }

  list<T>(items: readonly T[], write: (item: T) => void): void {
    this.out.byte(OP.EMPTY_LIST)
    this.out.byte(OP.MARK)
    for (const item of items) write(item)
    this.out.byte(OP.APPENDS)
  }

  text(value: string): void {
    const utf8 = Buffer.from(value, 'utf8')
    this.out.byte(OP.BINUNICODE)
    this.out.uint32(utf8.length)
    this.out.raw(utf8)
  }

  float(value: number): void {
    this.out.byte(OP.BINFLOAT)
    this.out.float64BigEndian(value)
  }

  finish(): Uint8Array {
    this.out.byte(OP.STOP)
    return this.out.finish()
  }
}
