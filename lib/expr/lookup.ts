/** Finds what the names of an expression stand for: asks the scope, numpy and awkward, and notes the columns that are used.
 *  Part of checking. */
import { DataError, nearestHint } from '../core/errors.js'
import type { Read } from '../core/types.js'
import type { Attribute, Name } from './ast.js'
import { ExpressionError } from './error.js'
import type { Item, ObjectItem } from './items.js'
import { unknownMember, unknownName } from './messages.js'
import { adviceForMember, adviceForName, type ModuleName, memberNames } from './names.js'
import { NUMPY_CONSTANTS } from './numpy.js'
import { loadPlan, type Plan } from './plan.js'
import type { Binding, ColumnBinding, Env, Scope } from './scope.js'

export class Lookup<E extends Env> {
  private readonly text: string
  private readonly scope: Scope<E>
  private readonly prefix: readonly string[]
  /** Columns by their text, so that each is loaded once a run. */
  private readonly columns = new Map<string, { readonly plan: Plan<E>; readonly reads: readonly Read[] }>()

  /** prefix: names that were put before the user's text. */
  constructor(text: string, scope: Scope<E>, prefix: readonly string[]) {
    this.text = text
    this.scope = scope
    this.prefix = prefix
  }

  /** Branches of the columns that were found, each once. */
  reads(): Read[] {
    const reads = [...this.columns.values()].flatMap(column => column.reads)
    return [...new Map(reads.map(read => [JSON.stringify(read), read])).values()]
  }

  named(node: Name): Item<E> {
    if (node.name === 'np' || node.name === 'ak') return { kind: 'module', label: node.name }
    const binding = this.resolved(this.scope, [node.name], node.at)
    if (binding !== undefined) return this.bound(binding, this.scope, [node.name], node.name)
    return this.fail(node.at, unknownName(node.name), adviceForName(node.name, this.scope, this.prefix))
  }

  /** `owner.name` of an object: a field, else a method. */
  field(owner: ObjectItem<E>, { name, at }: Attribute): Item<E> {
    const { fields, methods = {} } = owner.binding
    const scope = fields ?? owner.scope
    const path = fields === undefined ? [...owner.path, name] : [name]
    const label = `${owner.label}.${name}`
    const binding = this.resolved(scope, path, at)
    if (binding !== undefined) return this.bound(binding, scope, path, label)
    if (Object.hasOwn(methods, name)) return { kind: 'method', label, call: methods[name]! }
    const known = [...scope.suggestions(path), ...Object.keys(methods)]
    return this.fail(at, `"${owner.label}" has no field "${name}"`, nearestHint(name, known).trim())
  }

  /** `np.name` or `ak.name`. */
  member(module: ModuleName, { name, at }: Attribute): Item<E> {
    const label = `${module}.${name}`
    if (module === 'np' && Object.hasOwn(NUMPY_CONSTANTS, name)) {
      return { kind: 'scalar', value: NUMPY_CONSTANTS[name]! }
    }
    if (memberNames(module).includes(name)) return { kind: 'function', label, module, name }
    return this.fail(at, unknownMember(label), adviceForMember(module, name))
  }

  /** label: the text that stands for the column. */
  load(binding: ColumnBinding<E>, label: string): Plan<E> {
    let column = this.columns.get(label)
    if (column === undefined)
      this.columns.set(label, (column = { plan: loadPlan(binding, label), reads: binding.reads }))
    return column.plan
  }

  /** A column whose values cannot be had, or are no numbers, is a mistake of the expression that names it. */
  private resolved(scope: Scope<E>, path: readonly string[], position: number): Binding<E> | undefined {
    try {
      return scope.resolve(path)
    } catch (error) {
      if (!(error instanceof DataError && error.exception === 'NotImplementedError')) throw error
      const [problem, ...advice] = error.message.split(/(?<=\.) (?=[A-Z])/)
      return this.fail(position, problem!.replace(/\.$/, ''), advice.join(' '))
    }
  }

  private bound(binding: Binding<E>, scope: Scope<E>, path: readonly string[], label: string): Item<E> {
    return binding.kind === 'object' ? { kind: 'object', binding, scope, path, label } : this.load(binding, label)
  }

  private fail(position: number, problem: string, advice: string): never {
    throw new ExpressionError(this.text, position + 1, problem, advice)
  }
}
