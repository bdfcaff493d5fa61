/** The documents of correctionlib, schema version 2 (its schemav2.py): a set of corrections, each a tree of nodes over named
 *  inputs. As parsed from JSON; what a document promises is checked where it is compiled. */

export interface CorrectionSetJson {
  readonly schema_version: 2
  readonly description?: string | null
  readonly corrections: readonly CorrectionJson[]
}

export interface VariableJson {
  readonly name: string
  readonly type: 'string' | 'int' | 'real'
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
