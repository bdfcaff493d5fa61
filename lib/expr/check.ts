/** Checks an expression: applies the rules of types to what its names stand for, and folds by Python's arithmetic what holds
 *  no column. The result is a plan to run over batches; mistakes surface here, before any data are read. */
import type { Attribute, Binary, Call, Compare, CompareOp, Conditional, Expr, Logic, Unary } from './ast.js'
import { startOf } from './ast.js'
import { callAwkward, callNumpy } from './calls.js'
import { compareOperands, settled } from './compare.js'
import { ExpressionError, RuleError } from './error.js'
import type { Item, MethodItem, ObjectItem } from './items.js'
import type { Lookup } from './lookup.js'
import { CHAIN, IF, JOIN_ADVICE, NOT, onColumns } from './messages.js'
import { BINARY, UNARY } from './operators.js'
import type { Operand, Plan } from './plan.js'
import { pythonBinary, pythonCompare, pythonUnary, truthOf } from './scalars.js'
import type { Env } from './scope.js'
import { applyUfunc } from './ufuncs.js'

export class Checker<E extends Env> {
  /** The result depends on the other pairs of the event. */
  usesReduction = false
  private readonly text: string
  private readonly lookup: Lookup<E>

  constructor(text: string, lookup: Lookup<E>) {
    this.text = text
    this.lookup = lookup
  }

  /** The plan of a whole expression. Throws ExpressionError. */
  result(node: Expr): Plan<E> {
    const operand = this.operand(node)
    return this.at(startOf(node), () => settled(operand, 'a selection'))
  }

  /** The value of the node as an operand: a plan or a Python number. */
  private operand(node: Expr): Operand<E> {
    return this.asOperand(this.item(node), node)
  }

  private asOperand(item: Item<E>, node: Expr): Operand<E> {
    if (item.kind === 'plan' || item.kind === 'scalar') return item
    const start = startOf(node)
    if (item.kind === 'object') this.fail(start, `"${item.label}" is an object`, 'Name one of its fields.')
    if (item.kind === 'module') this.fail(start, `"${item.label}" is a module`)
    return this.fail(start, `"${item.label}" is a function`, `Call it: ${item.label}(...).`)
  }

  private item(node: Expr): Item<E> {
    switch (node.kind) {
      case 'constant':
        return { kind: 'scalar', value: node.value }
      case 'name':
        return this.lookup.named(node)
      case 'attribute':
        return this.attribute(node)
      case 'call':
        return this.call(node)
      case 'unary':
        return this.unary(node)
      case 'binary':
        return this.binary(node)
      case 'compare':
        return this.compare(node)
      case 'logic':
        return this.logic(node)
      case 'conditional':
        return this.conditional(node)
    }
  }

  private attribute(node: Attribute): Item<E> {
    const owner = this.item(node.object)
    if (owner.kind === 'object') return this.lookup.field(owner, node)
    if (owner.kind === 'module') return this.lookup.member(owner.label, node)
    const what = owner.kind === 'plan' ? 'a column' : owner.kind === 'scalar' ? 'a number' : 'a function'
    return this.fail(node.at, `${what} has no field "${node.name}"`)
  }

  private call(node: Call): Item<E> {
    const callee = this.item(node.callee)
    if (callee.kind === 'method') return this.callMethod(callee, node)
    if (callee.kind !== 'function') return this.fail(node.at, 'only functions can be called')
    const given = {
      positional: node.args.map(arg => this.argument(arg)),
      keywords: node.keywords.map(({ name, value }) => ({ name, value: this.argument(value) })),
    }
    const plan = this.at(startOf(node), () =>
      callee.module === 'np' ? callNumpy(callee.name, given) : callAwkward('ak', callee.name, given),
    )
    if (plan.shape === 'event') this.usesReduction = true
    return plan
  }

  private argument(node: Expr): Operand<E> | ObjectItem<E> {
    const item = this.item(node)
    return item.kind === 'object' ? item : this.asOperand(item, node)
  }

  private callMethod({ label, call }: MethodItem<E>, node: Call): Plan<E> {
    const [other] = node.args.map(arg => this.item(arg))
    const binding =
      node.args.length === 1 && node.keywords.length === 0 && other?.kind === 'object' ? call(other.binding) : undefined
    if (binding === undefined || other?.kind !== 'object') {
      return this.fail(node.at, `"${label}" takes one object such as a tag or a probe`)
    }
    return this.lookup.load(binding, `${label}(${other.label})`)
  }

  private unary(node: Unary): Item<E> {
    const operand = this.operand(node.operand)
    return this.at(node.at, () => {
      if (operand.kind === 'scalar') return { kind: 'scalar', value: pythonUnary(node.op, operand.value) }
      if (node.op === 'not') throw new RuleError(NOT.problem, NOT.advice)
      return applyUfunc(UNARY[node.op], [operand])
    })
  }

  private binary(node: Binary): Item<E> {
    const [a, b] = [this.item(node.left), this.item(node.right)]
    if (a.kind === 'object' && b.kind === 'object') return this.sum(a, b, node)
    const [left, right] = [this.asOperand(a, node.left), this.asOperand(b, node.right)]
    return this.at(node.at, () =>
      left.kind === 'scalar' && right.kind === 'scalar'
        ? { kind: 'scalar', value: pythonBinary(node.op, left.value, right.value) }
        : applyUfunc(BINARY[node.op], [left, right]),
    )
  }

  private sum(a: ObjectItem<E>, b: ObjectItem<E>, node: Binary): ObjectItem<E> {
    const binding = node.op === '+' ? a.binding.add?.(b.binding) : undefined
    const label = `(${a.label} ${node.op} ${b.label})`
    if (binding === undefined) return this.fail(node.at, `${label} has no meaning`, 'Name fields of the objects.')
    return { kind: 'object', label, binding, scope: a.scope, path: [] }
  }

  private compare(node: Compare): Item<E> {
    const operands = [node.first, ...node.links.map(link => link.right)].map(part => this.operand(part))
    const allScalars = operands.every(o => o.kind === 'scalar')
    if (node.links.length > 1 && !allScalars) this.fail(node.links[1]!.at, CHAIN, JOIN_ADVICE)
    let last: Item<E> = { kind: 'scalar', value: true }
    for (const [i, { at, op }] of node.links.entries()) {
      last = this.at(at, () => compareTwo(op, operands[i]!, operands[i + 1]!))
      if (last.kind === 'scalar' && last.value === false) break
    }
    return last
  }

  private logic(node: Logic): Item<E> {
    const left = this.operand(node.left)
    if (left.kind !== 'scalar') return this.fail(node.at, onColumns(node.op), JOIN_ADVICE)
    return truthOf(left.value) === (node.op === 'and') ? this.operand(node.right) : left
  }

  private conditional(node: Conditional): Item<E> {
    const test = this.operand(node.test)
    if (test.kind !== 'scalar') return this.fail(node.at, IF.problem, IF.advice)
    return this.item(truthOf(test.value) ? node.yes : node.no)
  }

  /** Runs a rule and puts the place at which it was broken to its error. */
  private at<T>(position: number, rule: () => T): T {
    try {
      return rule()
    } catch (error) {
      if (error instanceof RuleError) return this.fail(position, error.message, error.advice)
      throw error
    }
  }

  private fail(position: number, problem: string, advice = ''): never {
    throw new ExpressionError(this.text, position + 1, problem, advice)
  }
}

function compareTwo<E extends Env>(op: CompareOp, a: Operand<E>, b: Operand<E>): Operand<E> {
  if (op === 'is' || op === 'is not') {
    throw new RuleError(`"${op}" is not supported`, 'Write == or !=, or ak.is_none(x, axis=1) to find nulls.')
  }
  if (op === 'in' || op === 'not in') throw new RuleError(`"${op}" is not supported`, 'Write (x == 1) | (x == 2).')
  if (a.kind === 'scalar' && b.kind === 'scalar') return { kind: 'scalar', value: pythonCompare(op, a.value, b.value) }
  return compareOperands(op, a, b)
}
