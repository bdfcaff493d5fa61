/** Compound corrections: one correction after the other, each changing inputs of the next. */
import { type Correction, readVariables, withOrigin } from './correction.js'
import type { CompoundCorrectionJson } from './document.js'
import { type Argument, toLanes } from './lanes.js'
import { fail, show } from './reader.js'

type Update = (value: number, factor: number) => number

const UPDATES: Readonly<Record<string, Update>> = { '+': (v, f) => v + f, '*': (v, f) => v * f, '/': (v, f) => v / f }
const OUTPUT_UPDATES: Readonly<Record<string, Update>> = { ...UPDATES, last: (_, f) => f }

/** part: the correction of that name. Throws DataError where the document does not fit together. */
export function compileCompound(
  json: CompoundCorrectionJson,
  place: string,
  part: (name: string) => Correction,
): Correction {
  const inputs = readVariables(json.inputs, place)
  const position = (name: string, user: string) => {
    const index = inputs.findIndex(i => i.name === name)
    if (index >= 0) return index
    throw fail(place, `no input ${show(name)}, needed by ${user}. Its inputs: ${inputs.map(i => i.name).join(', ')}.`)
  }
  const updated = readNames(json, 'inputs_update', place).map(name => position(name, '"inputs_update"'))
  const wrong = updated.find(i => inputs[i]!.type !== 'real')
  if (wrong !== undefined) throw fail(place, `"inputs_update" names ${show(inputs[wrong]!.name)}, which is not real.`)
  const chain: Chain = {
    updated,
    updateInput: readUpdate(json, 'input_op', UPDATES, place),
    updateOutput: readUpdate(json, 'output_op', OUTPUT_UPDATES, place),
    parts: readNames(json, 'stack', place).map(name => {
      const correction = part(name)
      return { correction, positions: correction.inputs.map(i => position(i.name, `correction ${show(name)}`)) }
    }),
  }
  return {
    name: json.name,
    inputs,
    evaluate: (args, origin) =>
      withOrigin(origin, () => {
        const { lanes, length } = toLanes(inputs, args, place)
        const values = lanes.map(lane => (typeof lane === 'string' ? lane : (lane.wide ?? lane.values.slice())))
        return evaluateChain(chain, values, length)
      }),
  }
}

interface Chain {
  /** Positions of the inputs that every part updates. */
  readonly updated: readonly number[]
  readonly updateInput: Update
  readonly updateOutput: Update
  readonly parts: readonly { readonly correction: Correction; readonly positions: readonly number[] }[]
}

/** values: one for each input; those that are updated are changed in place. */
function evaluateChain(chain: Chain, values: readonly Argument[], length: number): Float64Array {
  let out: Float64Array | null = null
  for (const { correction, positions } of chain.parts) {
    const found = correction.evaluate(positions.map(i => values[i]!))
    // A part without numbers among its inputs gives one value for all events.
    const factors = found.length === length ? found : new Float64Array(length).fill(found[0]!)
    for (const i of chain.updated) update(values[i] as Float64Array, factors, chain.updateInput)
    if (out === null) out = factors
    else update(out, factors, chain.updateOutput)
  }
  return out ?? new Float64Array(length)
}

function update(into: Float64Array, factors: Float64Array, operation: Update): void {
  for (let i = 0; i < into.length; i++) into[i] = operation(into[i]!, factors[i]!)
}

function readNames(json: CompoundCorrectionJson, key: 'inputs_update' | 'stack', place: string): readonly string[] {
  const names = json[key]
  if (Array.isArray(names) && names.every(name => typeof name === 'string')) return names
  throw fail(place, `"${key}" is ${show(names)}, wanted a list of names.`)
}

function readUpdate(
  json: CompoundCorrectionJson,
  key: 'input_op' | 'output_op',
  updates: Readonly<Record<string, Update>>,
  place: string,
): Update {
  const found = Object.hasOwn(updates, json[key]) ? updates[json[key]] : undefined
  if (found !== undefined) return found
  throw fail(place, `"${key}" is ${show(json[key])}, wanted one of ${Object.keys(updates).join(' ')}.`)
}
