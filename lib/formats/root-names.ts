/** Names of columns as ROOT files have them. Users write names of fields into C++ and into the strings of RDataFrame and TTree::Draw, where
 *  they must be C++ identifiers; RNTuple forbids dots, spaces, slashes, backslashes and control characters altogether. */
import { UsageError } from '../core/errors.js'
import { type Field, isRecord, type LeafField, type TableSchema, tableSchema } from './table-schema.js'

/** What comparisons become, as in the names of files: `cutBased >= 2` is cutBased_gte_2. Longer ones first. */
const OPERATORS: readonly (readonly [RegExp, string])[] = [
  [/>=/g, 'gte'],
  [/<=/g, 'lte'],
  [/==/g, 'eq'],
  [/!=/g, 'ne'],
  [/>/g, 'gt'],
  [/</g, 'lt'],
]

/** The name as a C++ identifier. */
export function rootName(name: string): string {
  const spelled = OPERATORS.reduce((text, [operator, word]) => text.replace(operator, word), name)
  const letters = spelled.replace(/[^A-Za-z0-9_]/gu, '_')
  return /^[A-Za-z_]/.test(letters) ? letters : `_${letters}`
}

/** The schema with names that ROOT can have; the columns of its tables keep theirs. Throws UsageError where two names become one. */
export function rootSchema({ fields }: TableSchema): TableSchema {
  checkDistinct(fields, '')
  return tableSchema(fields.map(renamed))
}

/** Names of the schema that are others in ROOT files: pairs of the name and what it becomes. Throws as rootSchema. */
export function renamedColumns(schema: TableSchema): (readonly [name: string, inRoot: string])[] {
  rootSchema(schema)
  const { fields } = schema
  const names = fields.flatMap(field => [field, ...(isRecord(field) ? field.members : [])]).map(field => field.name)
  return names.map(name => [name, rootName(name)] as const).filter(([name, inRoot]) => name !== inRoot)
}

function renamed(field: Field): Field {
  if (!isRecord(field)) return renamedLeaf(field)
  checkDistinct(field.members, `${field.name}.`)
  return { ...field, name: rootName(field.name), members: field.members.map(renamedLeaf) }
}

function renamedLeaf(field: LeafField): LeafField {
  const nullable = field.nullable === true && field.neverNull !== true
  return { ...field, nullable, name: rootName(field.name), column: field.column ?? field.name }
}

function checkDistinct(fields: readonly Field[], prefix: string): void {
  const taken = new Map<string, string>()
  const problems = fields.flatMap(({ name }) => {
    const inRoot = rootName(name)
    const other = taken.get(inRoot)
    taken.set(inRoot, name)
    if (other === undefined) return []
    const message = `and "${prefix}${other}" would both be called ${prefix}${inRoot} in ROOT files. Rename one of them, or write Parquet (--ntuple-format parquet).`
    return [{ place: `column "${prefix}${name}"`, message }]
  })
  if (problems.length > 0) throw new UsageError(problems)
}

/** Throws UsageError where two columns would be one branch of a TTree, which has a branch for each member of a record. */
export function checkBranchNames({ fields }: TableSchema): void {
  const taken = new Map<string, string>()
  const columns = fields.flatMap(field =>
    isRecord(field)
      ? field.members.map(({ name }) => [branchName(field.name, name), `${field.name}.${name}`] as const)
      : [[rootName(field.name), field.name] as const],
  )
  const problems = columns.flatMap(([branch, column]) => {
    const other = taken.get(branch)
    taken.set(branch, column)
    if (other === undefined) return []
    const message = `and "${other}" would both be the branch ${branch} of a TTree. Rename one of them, or write another format (--ntuple-format rntuple).`
    return [{ place: `column "${column}"`, message }]
  })
  if (problems.length > 0) throw new UsageError(problems)
}

/** The branch of a record's member. */
export function branchName(record: string, member: string): string {
  return `${rootName(record)}_${rootName(member)}`
}
