/** The expression language of filters, IDs and masks: Python expressions over tag-probe pairs. */
export {
  type CompiledColumn,
  type CompiledExpression,
  compileColumn,
  compileExpression,
  type Options,
} from './compile.js'
export { ExpressionError } from './error.js'
export { parseExpression } from './parse.js'
export { checkExpressionText, type Fault } from './precheck.js'
export type { Binding, ColumnBinding, Env, Loaded, ObjectBinding, Scope } from './scope.js'
