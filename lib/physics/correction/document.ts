/** The documents of correctionlib, schema version 2 (its schemav2.py): a set of corrections, each a tree of nodes over named
 *  inputs. The types say what a document promises; the compiler checks it where it reads it. */

export interface CorrectionSetJson {
  readonly schema_version: 2
  readonly description?: string | null
  readonly corrections: readonly CorrectionJson[]
  readonly compound_corrections?: readonly CompoundCorrectionJson[] | null
}

/** int: a 64-bit integer; real: double precision. */
export type InputType = 'string' | 'int' | 'real'

export interface VariableJson {
  readonly name: string
  readonly type: InputType
  readonly description?: string | null
}

export interface CorrectionJson {
  readonly name: string
  readonly description?: string | null
  readonly version: number
  readonly inputs: readonly VariableJson[]
  readonly output: VariableJson
  readonly generic_formulas?: readonly unknown[] | null
  /** A number or a node. */
  readonly data: unknown
}

export interface CompoundCorrectionJson {
  readonly name: string
  readonly inputs: readonly VariableJson[]
  readonly output: VariableJson
  readonly inputs_update: readonly string[]
  readonly input_op: '+' | '*' | '/'
  readonly output_op: '+' | '*' | '/' | 'last'
  readonly stack: readonly string[]
}
