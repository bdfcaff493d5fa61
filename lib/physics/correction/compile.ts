/** From a node of a correction's document to something that can be evaluated. */
import { compileBinning, compileMultiBinning } from './binning.js'
import { compileCategory } from './category.js'
import { compileFormula, compileFormulaRef } from './formula.js'
import { compileHashPrng } from './hash-prng.js'
import { type CompileChild, constantNode, type Node } from './node.js'
import { NodeReader, type Scope, show } from './reader.js'
import { compileTransform } from './transform.js'

type Compiler = (node: NodeReader, child: CompileChild) => Node

const COMPILERS: Readonly<Record<string, Compiler>> = {
  binning: compileBinning,
  multibinning: compileMultiBinning,
  category: compileCategory,
  formula: compileFormula,
  formularef: compileFormulaRef,
  transform: compileTransform,
  hashprng: compileHashPrng,
}

/** json: a number or a node; path: its JSON pointer in the correction. Throws DataError that names the place of a node that
 *  is not as it should be. */
export function compileNode(json: unknown, path: string, scope: Scope): Node {
  if (typeof json === 'number') return constantNode(json)
  const node = new NodeReader(json, path, scope)
  const type = node.text('nodetype')
  const compile = Object.hasOwn(COMPILERS, type) ? COMPILERS[type]! : undefined
  if (compile !== undefined) return compile(node, (child, key) => compileNode(child, `${path}/${key}`, scope))
  throw node.fail(`node type ${show(type)} is not supported. There are: ${Object.keys(COMPILERS).join(', ')}.`)
}
