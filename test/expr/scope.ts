/** A scope of plain columns for tests: `x.<name>`. */
import type { DType, Values } from '../../lib/core/types.js'
import type { Env, Scope } from '../../lib/expr/index.js'

export interface TestColumn {
  readonly dtype: DType
  readonly values: Values
  readonly valid?: Uint8Array
}

/** Columns under the one root `x`; each reads a branch of its own name. */
export function columnScope(columns: Readonly<Record<string, TestColumn>>): Scope<Env> {
  return {
    resolve: path => {
      if (path[0] !== 'x' || path.length > 2) return undefined
      if (path.length === 1) return { kind: 'object' }
      const name = path[1]!
      const column = Object.hasOwn(columns, name) ? columns[name]! : undefined
      if (column === undefined) return undefined
      const { dtype, values, valid } = column
      return { kind: 'column', dtype, nullable: valid !== undefined, reads: [name], load: () => ({ values, valid }) }
    },
    suggestions: path => (path.length === 1 ? ['x'] : Object.keys(columns)),
  }
}

/** One event for each row, or the given ones. */
export function envOf(length: number, event?: readonly number[]): Env {
  return { length, event: Int32Array.from(event ?? Array.from({ length }, (_, i) => i)) }
}
