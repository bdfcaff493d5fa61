/** Histograms as a Python pickle, which pickle.loads turns into (nested) dicts of hist.Hist: the .pkl files of the
 *  histogramming methods. Object layout: hist 2.12, boost-histogram 1.8, numpy 2 (also read by numpy 1.26). */
import { bytesOf } from '../../core/bits.js'
import { type Axis, BLOCK_CELLS, forFilledBlocks, type Hist } from '../../hist/index.js'
import { type HistTree, isHist } from '../hist-tree.js'
import { PickleWriter } from './writer.js'

/** The bytes of one .pkl file. Needs hist where it is read. */
export function pickleHists(tree: HistTree): Uint8Array {
  const p = new PickleWriter(expectedBytes(tree))
  writeTree(p, tree)
  return p.finish()
}

/** A histogram's cells and, generously, everything else of it. */
const BYTES_PER_CELL = 16
const BYTES_PER_HIST = 4096

/** The growing of a buffer of megabytes, copied each time, takes longer than the rest. */
function expectedBytes(tree: HistTree): number {
  const sizes = Object.values(tree).map(node =>
    isHist(node) ? BYTES_PER_HIST + BYTES_PER_CELL * node.value.length : expectedBytes(node),
  )
  return sizes.reduce((sum, size) => sum + size, BYTES_PER_HIST)
}

function writeTree(p: PickleWriter, tree: HistTree): void {
  p.dict(
    Object.entries(tree).map(([key, node]) => [key, () => (isHist(node) ? writeHist(p, node) : writeTree(p, node))]),
  )
}

/** hist.Hist.__setstate__ takes (version 0, attributes). */
function writeHist(p: PickleWriter, hist: Hist): void {
  p.newObject(() => p.global('hist.hist', 'Hist'))
  p.build(() =>
    p.tuple(() => {
      p.int(0)
      p.dict([
        ['_variance_known', () => p.bool(true)],
        ['metadata', () => p.none()],
        ['name', () => p.none()],
        ['label', () => p.none()],
        ['_hist', () => writeCore(p, hist)],
      ])
    }),
  )
}

/** boost-histogram's C++ object, as its serialisation flattens it: version, axes, version, storage. */
function writeCore(p: PickleWriter, hist: Hist): void {
  p.newObject(() => p.global('boost_histogram._core.hist', 'any_weight'))
  p.build(() =>
    p.tuple(() => {
      p.int(0)
      p.int(hist.axes.length)
      for (const axis of hist.axes) writeAxis(p, axis)
      p.int(0)
      writeArray(p, 2 * hist.value.length, bytes => interleave(hist, bytes))
    }),
  )
}

/** Place of the axis types with underflow and overflow in boost-histogram's list of axis types. */
export const REGULAR_UOFLOW = 0
export const VARIABLE_UOFLOW = 9

function writeAxis(p: PickleWriter, axis: Axis): void {
  const title = () =>
    p.dict([
      ['name', () => p.text(axis.name)],
      ['label', () => p.text(axis.label)],
    ])
  p.int(0)
  p.int(0)
  if (axis.kind === 'variable') {
    p.int(VARIABLE_UOFLOW)
    p.int(0)
    writeArray(p, axis.edges.length, bytes => bytes.set(bytesOf(axis.edges)))
    title()
  } else {
    p.int(REGULAR_UOFLOW)
    p.int(0)
    p.int(0)
    p.int(axis.bins)
    title()
    p.float(axis.lower)
    p.float(axis.upper - axis.lower)
  }
}

/** value, variance, value, variance, ...; the order of cells is our own (first axis fastest). Writes what is not 0 into
 *  `bytes`, which are all 0. */
function interleave({ value, variance, touched }: Hist, bytes: Buffer): void {
  const pairs = new Float64Array(2 * BLOCK_CELLS)
  const pairBytes = new Uint8Array(pairs.buffer)
  forFilledBlocks([value, variance], touched, (from, to) => {
    for (let i = from; i < to; i++) {
      pairs[2 * (i - from)] = value[i]!
      pairs[2 * (i - from) + 1] = variance[i]!
    }
    bytes.set(to - from === BLOCK_CELLS ? pairBytes : pairBytes.subarray(0, 16 * (to - from)), 16 * from)
  })
}

/** A one-dimensional little-endian float64 numpy array. `fill` writes its numbers into bytes that are all 0. */
function writeArray(p: PickleWriter, length: number, fill: (bytes: Buffer) => void): void {
  p.call(
    () => p.global('numpy._core.multiarray', '_reconstruct'),
    () => {
      p.global('numpy', 'ndarray')
      p.tuple(() => p.int(0))
      p.bytes(Uint8Array.of(0x62))
    },
  )
  p.build(() =>
    p.tuple(() => {
      p.int(1)
      p.tuple(() => p.int(length))
      p.once('dtype float64', () => writeFloat64Dtype(p))
      p.bool(false)
      fill(p.zeroBytes(8 * length))
    }),
  )
}

function writeFloat64Dtype(p: PickleWriter): void {
  p.call(
    () => p.global('numpy', 'dtype'),
    () => {
      p.text('f8')
      p.bool(false)
      p.bool(true)
    },
  )
  p.build(() =>
    p.tuple(() => {
      p.int(3)
      p.text('<')
      p.none()
      p.none()
      p.none()
      p.int(-1)
      p.int(-1)
      p.int(0)
    }),
  )
}
