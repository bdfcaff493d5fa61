/** A node of a correction's document while it is compiled: its fields, checked, and messages that name its place as
 *  `file > correction > JSON pointer`. */
import { DataError, nearestHint } from '../../core/errors.js'
import type { InputType, VariableJson } from './document.js'
import type { Formula } from './formula-ast.js'

/** What the nodes of one correction have in common. */
export interface Scope {
  /** `file > correction`. */
  readonly place: string
  readonly inputs: readonly VariableJson[]
  /** String inputs whose value is known already. */
  readonly fixed: ReadonlyMap<string, string>
  readonly genericFormulas: readonly Formula[]
}

export function fail(place: string, what: string): DataError {
  return new DataError('ValueError', `${place}: ${what}`)
}

/** A value as a message shows it, cut to 60 characters. */
export function show(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value))
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`
}

export class NodeReader {
  readonly scope: Scope
  readonly path: string
  private readonly fields: Readonly<Record<string, unknown>>

  constructor(json: unknown, path: string, scope: Scope) {
    this.scope = scope
    this.path = path
    if (typeof json !== 'object' || json === null || Array.isArray(json)) {
      throw fail(this.place, `${show(json)} is neither a number nor a node {"nodetype": ...}.`)
    }
    this.fields = json as Record<string, unknown>
  }

  get place(): string {
    return `${this.scope.place} > ${this.path}`
  }

  fail(what: string): DataError {
    return fail(this.place, what)
  }

  /** The field; undefined where it is absent or null. */
  field(key: string): unknown {
    return this.fields[key] ?? undefined
  }

  text(key: string): string {
    const value = this.fields[key]
    if (typeof value === 'string') return value
    throw this.fail(`"${key}" is ${show(value)}, wanted a string.`)
  }

  list(key: string): readonly unknown[] {
    const value = this.fields[key]
    if (Array.isArray(value)) return value
    throw this.fail(`"${key}" is ${show(value)}, wanted a list.`)
  }

  numbers(key: string): readonly number[] {
    const wrong = this.list(key).findIndex(x => typeof x !== 'number')
    if (wrong >= 0) throw this.fail(`"${key}" has ${show(this.list(key)[wrong])} at ${wrong}, wanted numbers.`)
    return this.list(key) as readonly number[]
  }

  /** Position of the correction's input of that name, which must be of one of the types. */
  input(name: unknown, types: readonly InputType[]): number {
    const { inputs } = this.scope
    const index = inputs.findIndex(i => i.name === name)
    const input = inputs[index]
    if (input === undefined) {
      const names = inputs.map(i => i.name)
      const hint = typeof name === 'string' ? nearestHint(name, names) : ''
      throw this.fail(`the correction has no input ${show(name)}.${hint} Its inputs: ${names.map(show).join(', ')}.`)
    }
    if (types.includes(input.type)) return index
    throw this.fail(`input ${show(name)} is of type ${input.type}, wanted ${types.join(' or ')} here.`)
  }
}
