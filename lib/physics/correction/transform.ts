/** The node `transform`: replaces one number by what a rule makes of the inputs, for everything below it. */
import { allRows, gatherLanes, type Lane, type NumberLane } from './lanes.js'
import type { CompileChild, Node } from './node.js'
import { type NodeReader, show } from './reader.js'

export function compileTransform(node: NodeReader, child: CompileChild): Node {
  const index = node.input(node.field('input'), ['int', 'real'])
  const { name, type } = node.scope.inputs[index]!
  const rule = child(node.field('rule'), 'rule')
  const content = child(node.field('content'), 'content')
  return {
    evaluate(lanes: readonly Lane[], rows: Int32Array, out: Float64Array) {
      const few = gatherLanes(lanes, rows)
      const every = allRows(rows.length)
      const { values } = few[index] as NumberLane
      const replaced = new Float64Array(values.length)
      rule.evaluate(few, every, replaced)
      if (type === 'int') roundAll(replaced, x => node.fail(`the rule makes ${x} of the integer ${show(name)}.`))
      few[index] = { values: replaced, wide: null }
      const results = new Float64Array(rows.length)
      content.evaluate(few, every, results)
      for (let k = 0; k < rows.length; k++) out[rows[k]!] = results[k]!
    },
  }
}

/** To the nearest integer, halves away from 0, as C's round. */
function roundAll(values: Float64Array, problem: (x: number) => Error): void {
  for (let i = 0; i < values.length; i++) {
    const x = values[i]!
    if (!Number.isFinite(x)) throw problem(x)
    const whole = Math.trunc(x)
    values[i] = Math.abs(x - whole) >= 0.5 ? whole + Math.sign(x) : whole
  }
}
