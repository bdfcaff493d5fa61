/** Products of columns against plain sums. */
import { test } from 'uvu'
import { Products, VectorProducts } from '../../lib/fit/products.js'
import { close } from './close.js'

/** Numbers that are all different, and neither small nor round. */
const number = (k: number): number => Math.sin(1 + 12.9898 * k) * 3
const sum = (count: number, of: (i: number) => number): number =>
  Array.from({ length: count }, (_, i) => of(i)).reduce((all, value) => all + value, 0)

test('sums and products of columns: even and odd numbers of bins, few columns and many, and a memory that must grow', () => {
  const small = new Products(7, 3)
  for (const [bins, count] of [
    [1, 1],
    [2, 4],
    [7, 3],
    [60, 11],
    [61, 12],
    [999, 23],
  ] as const) {
    for (const work of [new Products(bins, count), bins === 7 ? small : null]) {
      if (work === null) continue
      work.columns.forEach((_, k) => {
        work.columns[k] = number(k)
      })
      work.weights.forEach((_, k) => {
        work.weights[k] = 1 + number(k + 5000) / 4
      })
      work.residuals.forEach((_, k) => {
        work.residuals[k] = number(k + 7000)
      })
      const column = (k: number, i: number): number => work.columns[k * bins + i]!
      for (const withProducts of [true, false]) {
        work.sums.fill(NaN)
        work.run(withProducts)
        for (let k = 0; k < count; k++) {
          const plain = sum(bins, i => column(k, i) * work.residuals[i]!)
          close(work.sums[k]!, plain, 1e-12, `${bins} bins, sum ${k} of ${count}`)
        }
      }
      for (let k = 0; k < count; k++) {
        for (let l = 0; l <= k; l++) {
          const plain = sum(bins, i => column(k, i) * column(l, i) * work.weights[i]!)
          close(work.products[k * count + l]!, plain, 1e-12, `${bins} bins, product ${k}, ${l} of ${count}`)
        }
      }
    }
  }
})

test('pieces of a vector with pieces of columns: lengths 0 and 1, even and odd, and fewer columns than there are', () => {
  const [length, rows, count] = [41, 90, 7]
  const work = new VectorProducts(length, rows, count)
  work.vector.forEach((_, k) => {
    work.vector[k] = number(k)
  })
  work.columns.forEach((_, k) => {
    work.columns[k] = number(k + 300)
  })
  for (const [vectorFrom, rowFrom, wanted] of [
    [0, 0, 0],
    [3, 5, 1],
    [1, 7, 30],
    [0, 49, 41],
  ] as const) {
    for (const used of [1, count]) {
      work.run(vectorFrom, rowFrom, wanted, used)
      for (let k = 0; k < used; k++) {
        const plain = sum(wanted, i => work.vector[vectorFrom + i]! * work.columns[k * rows + rowFrom + i]!)
        close(work.sums[k]!, plain, 1e-12, `${wanted} from ${vectorFrom} and ${rowFrom}, column ${k}`)
      }
    }
  }
})

test.run()
