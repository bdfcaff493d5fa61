/** A shape out of a module of the user's: its density, and the names of its parameters with what they start from. */
import { UsageError } from '../core/errors.js'
import { importExport, type ModulePlace } from '../core/user-module.js'
import { type CustomShape, customShape, type Shape } from '../fit/index.js'
import type { ParameterStart } from './shape-starts.js'

/** What the module exports: an object, or a function with `parameters`. */
export interface ShapeModule {
  /** In the order in which `density` takes them; with what each starts from, or its name alone. */
  readonly parameters: Readonly<Record<string, ParameterStart>> | readonly string[]
  /** At mass x (GeV), on any scale, 0 or more. */
  readonly density: (x: number, parameters: Float64Array) => number
  /** Points of the quadrature in each bin; default 8. */
  readonly nodes?: number
}

export interface UserShape {
  readonly shape: Shape
  readonly starts: Readonly<Record<string, ParameterStart>>
  readonly density: CustomShape['density']
}

const loaded = new Map<string, Promise<UserShape>>()

/** Each module is loaded once a thread. Throws UsageError where the module, the export or what it is does not fit. */
export function loadUserShape(name: string, place: ModulePlace): Promise<UserShape> {
  const key = JSON.stringify([name, place.path, place.name])
  const known = loaded.get(key) ?? load(name, place)
  loaded.set(key, known)
  return known
}

async function load(name: string, place: ModulePlace): Promise<UserShape> {
  const { value, exports, fail } = await importExport(place, 'shape')
  if (value === undefined) throw fail(`the file exports no "${place.name}". It exports: ${exports}.`)
  const { parameters, density, nodes } = moduleOf(value)
  if (typeof density !== 'function') throw fail('wanted a function of the mass, or an object with "density".')
  const names = Array.isArray(parameters) ? (parameters as readonly string[]) : Object.keys(parameters ?? {})
  if (parameters === undefined || !names.every(one => typeof one === 'string')) {
    throw fail('has no "parameters": their names in a list, or an object of them with start and limits.')
  }
  const starts = Array.isArray(parameters) ? {} : (parameters as Readonly<Record<string, ParameterStart>>)
  try {
    const own = nodes === undefined ? {} : { nodes }
    const asGiven = guarded(name, density as CustomShape['density'])
    return { shape: customShape({ name, parameters: names, density: asGiven, ...own }), starts, density: asGiven }
  } catch (error) {
    if (error instanceof RangeError) throw fail(`${error.message}.`)
    throw error
  }
}

/** What the user's function throws is told as such: the bin is one that could not be fitted. */
function guarded(name: string, density: CustomShape['density']): CustomShape['density'] {
  return (x, parameters) => {
    try {
      return density(x, parameters)
    } catch (error) {
      const message = `fails at ${x} GeV with ${Array.from(parameters).join(', ')}: ${(error as Error).message}.`
      throw new UsageError([{ place: `shape "${name}"`, message }])
    }
  }
}

function moduleOf(value: unknown): Partial<ShapeModule> {
  if (typeof value !== 'function') return (value ?? {}) as Partial<ShapeModule>
  const { parameters, nodes } = value as Partial<ShapeModule>
  const given = { density: value as ShapeModule['density'], ...(nodes === undefined ? {} : { nodes }) }
  return parameters === undefined ? given : { ...given, parameters }
}

/** Whether the density is a number of 0 or more over the range where its parameters start. Throws UsageError where not. */
export function checkDensity(
  { shape, density }: UserShape,
  place: string,
  edges: Float64Array,
  start: readonly number[],
): void {
  const parameters = Float64Array.from(start)
  let sum = 0
  for (const x of edges) {
    const value: unknown = density(x, parameters)
    const values = shape.parameters.map((name, k) => `${name} ${start[k]}`).join(', ')
    if (typeof value !== 'number' || !(value >= 0 && value < Infinity)) {
      const message = `shape "${shape.name}" is ${String(value)} at ${x} GeV with ${values}, wanted a density of 0 or more.`
      throw new UsageError([{ place, message }])
    }
    sum += value
  }
  if (sum > 0) return
  throw new UsageError([
    { place, message: `shape "${shape.name}" is 0 over the whole range where its parameters start.` },
  ])
}
