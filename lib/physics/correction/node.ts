/** Compiled nodes: each evaluates the rows it is given in one go. A node with children sorts its rows by child and passes
 *  them on, so that a correction costs a few loops, not a walk through its tree for each event. */
import type { Lane } from './lanes.js'

export interface Node {
  /** The value of a node that is a number. */
  readonly constant?: number
  /** Writes out[row] for each of the rows, and nothing else. lanes: one for each input. Throws DataError where an input has a
   *  value that the node does not cover. */
  evaluate(lanes: readonly Lane[], rows: Int32Array, out: Float64Array): void
}

/** Compiles a child, `key` being its path below the node. */
export type CompileChild = (json: unknown, key: string) => Node

export function constantNode(constant: number): Node {
  return {
    constant,
    evaluate(_, rows, out) {
      for (let k = 0; k < rows.length; k++) out[rows[k]!] = constant
    },
  }
}

/** Evaluates rows[k] by children[which[k]]; which: Int32Array[rows.length]. */
export type Dispatch = (which: Int32Array, lanes: readonly Lane[], rows: Int32Array, out: Float64Array) => void

export function dispatchTo(children: readonly Node[]): Dispatch {
  if (children.every(c => c.constant !== undefined)) return lookUp(Float64Array.from(children, c => c.constant!))
  return (which, lanes, rows, out) => {
    const { order, starts } = sortByChild(which, rows, children.length)
    for (let child = 0; child < children.length; child++) {
      const start = starts[child]!
      const stop = starts[child + 1]!
      if (stop > start) children[child]!.evaluate(lanes, order.subarray(start, stop), out)
    }
  }
}

/** Most corrections end in tables of numbers. */
function lookUp(table: Float64Array): Dispatch {
  return (which, _, rows, out) => {
    for (let k = 0; k < rows.length; k++) out[rows[k]!] = table[which[k]!]!
  }
}

/** Rows by child, in their order: child c has order[starts[c] .. starts[c + 1]). */
function sortByChild(which: Int32Array, rows: Int32Array, n: number): { order: Int32Array; starts: Int32Array } {
  const starts = new Int32Array(n + 1)
  for (let k = 0; k < which.length; k++) starts[which[k]! + 1]!++
  for (let c = 0; c < n; c++) starts[c + 1]! += starts[c]!
  const next = starts.slice()
  const order = new Int32Array(rows.length)
  for (let k = 0; k < rows.length; k++) order[next[which[k]!]!++] = rows[k]!
  return { order, starts }
}
