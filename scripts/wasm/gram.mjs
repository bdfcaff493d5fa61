// Products of columns (lib/fit/products.ts), two numbers at a time.
import {
  ADD_32,
  ADD_F64,
  assemble,
  BELOW_32,
  constant,
  get,
  I32,
  load,
  MULTIPLY_32,
  MULTIPLY_F64,
  moveOn,
  set,
  shuffle,
  store,
  V128,
  VOID,
  XOR,
} from './assemble.mjs'

const AT_MOST_32 = 0x4d

/** g: sums of residuals and products; v: sums of one vector's products with all columns, the vector at `weighted`. */
export const gramModule = () =>
  assemble([
    { name: 'g', ...gram() },
    { name: 'v', ...vector() },
  ])

const [columns, count, stride, weights, residuals, weighted, bytes, products, sums] = [0, 1, 2, 3, 4, 5, 6, 7, 8]
/** The row's column, those that it is multiplied with, and the place in all. */
const row = 9
const others = [10, 11, 12, 13]
const i = 14
const to = 15
const value = 16
const totals = [17, 18, 19, 20]

/** A vector at a column's place i. */
const at = column => [...get(column), ...get(i), ADD_32, ...load(0)]
const clear = local => [...get(local), ...get(local), ...XOR, ...set(local)]
/** `local` grows by the product of the vectors that the two leave. */
const grow = (local, one, other) => [...get(local), ...one, ...other, ...MULTIPLY_F64, ...ADD_F64, ...set(local)]
/** Repeats `body` while i, two numbers further each time, is below `bytes`. */
const overBins = body => [
  ...constant(0),
  ...set(i),
  ...[0x03, VOID],
  ...body,
  ...moveOn(i, 16),
  ...[...get(i), ...get(bytes), BELOW_32, 0x0d, 0],
  0x0b,
]
/** The sums of the two halves of each, side by side. */
const halves = (one, other) => [
  ...[...get(one), ...get(other), ...shuffle(0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23)],
  ...[...get(one), ...get(other), ...shuffle(8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31)],
  ...ADD_F64,
]

/** Of the vector at `weighted` with four columns from the first of `others` on. */
const fourProducts = [
  ...others.flatMap((other, k) => (k === 0 ? [] : [...get(others[k - 1]), ...get(stride), ADD_32, ...set(other)])),
  ...totals.flatMap(clear),
  ...overBins([
    ...at(weighted),
    ...set(value),
    ...totals.flatMap((total, k) => grow(total, get(value), at(others[k]))),
  ]),
  ...[...get(to), ...halves(totals[0], totals[1]), ...store(0)],
  ...[...get(to), ...halves(totals[2], totals[3]), ...store(16)],
  ...moveOn(to, 32),
  ...[...get(others[3]), ...get(stride), ADD_32, ...set(others[0])],
]
/** Behind the last column. */
const end = [...get(columns), ...get(count), ...get(stride), MULTIPLY_32, ADD_32]
const frame = body => ({
  parameters: 9,
  locals: [
    [7, I32],
    [5, V128],
  ],
  body,
})

function gram() {
  return frame([
    ...[...get(columns), ...set(row)],
    ...[0x03, VOID],
    ...clear(totals[0]),
    ...overBins([
      ...[...at(row), ...set(value)],
      ...grow(totals[0], get(value), at(residuals)),
      ...[...get(weighted), ...get(i), ADD_32, ...get(value), ...at(weights), ...MULTIPLY_F64, ...store(0)],
    ]),
    ...[...get(sums), ...halves(totals[0], totals[0]), ...store(0)],
    ...[...get(columns), ...set(others[0]), ...get(products), ...set(to)],
    ...[0x03, VOID, ...fourProducts, ...get(others[0]), ...get(row), AT_MOST_32, 0x0d, 0, 0x0b],
    // the next row
    ...[...get(row), ...get(stride), ADD_32, ...set(row)],
    ...moveOn(sums, 8),
    ...[...get(products), ...get(count), ...constant(8), MULTIPLY_32, ADD_32, ...set(products)],
    ...[...get(row), ...end, BELOW_32, 0x0d, 0],
    0x0b,
  ])
}

function vector() {
  return frame([
    ...[...get(columns), ...set(others[0]), ...get(sums), ...set(to)],
    ...[0x03, VOID, ...fourProducts, ...get(others[0]), ...end, BELOW_32, 0x0d, 0, 0x0b],
  ])
}
