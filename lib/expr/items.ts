/** What a part of an expression can be while it is checked. Only plans and scalars are operands. */
import type { ModuleName } from './names.js'
import type { Operand } from './plan.js'
import type { ColumnBinding, Env, ObjectBinding, Scope } from './scope.js'

/** `label` is the text that stands for the object; `scope` and `path` are where it was found. */
export interface ObjectItem<E extends Env> {
  readonly kind: 'object'
  readonly label: string
  readonly binding: ObjectBinding<E>
  readonly scope: Scope<E>
  readonly path: readonly string[]
}

export interface ModuleItem {
  readonly kind: 'module'
  readonly label: ModuleName
}

export interface FunctionItem {
  readonly kind: 'function'
  readonly label: string
  readonly module: ModuleName
  readonly name: string
}

export interface MethodItem<E extends Env> {
  readonly kind: 'method'
  readonly label: string
  readonly call: (other: ObjectBinding<E>) => ColumnBinding<E> | undefined
}

export type Item<E extends Env> = Operand<E> | ObjectItem<E> | ModuleItem | FunctionItem | MethodItem<E>
