/** The array methods: output tables of the pairs of the window, written as Parquet, one file a partition. */
import type { ArraysMethod, PassingFailingMethod } from '../lib/config/index.js'
import { UsageError } from '../lib/core/errors.js'
import type { Pairs, Wire } from '../lib/core/types.js'
import { type TableSchema, tableSchema } from '../lib/formats/index.js'
import {
  encodeTable,
  failingProbes,
  passingProbes,
  type ReadyFilter,
  selectColumns,
  writeTable,
} from '../lib/stages/index.js'
import { pairColumn, type Variable } from '../lib/stages/variables.js'
import { collectProblems, type MethodContext, placeOf, sameName } from './context.js'
import { partFiles } from './outputs.js'

export function addArrays(pairs: Wire<Pairs>, method: ArraysMethod, context: MethodContext): void {
  const decisions = context.filters.map(f => pairColumn(f.name, 'bool', isPerEvent(f) ? 'event' : 'pair'))
  const variables = tableColumns(method, decisions, context)
  addTable(pairs, { id: method.id, name: 'NTuples', method, variables }, context)
}

/** Such a filter's column has one value an event in tables of events, as in the reference. */
function isPerEvent(filter: ReadyFilter): boolean {
  return filter.kind === 'expression' && filter.expression.perEvent
}

export function addPassingAndFailing(pairs: Wire<Pairs>, method: PassingFailingMethod, context: MethodContext): void {
  const variables = tableColumns(method, [], context)
  for (const filter of method.filters) {
    const id = `${method.id}/${filter}`
    const passing = pairs.to(`${id}/passing`, passingProbes(filter))
    const failing = pairs.to(`${id}/failing`, failingProbes(filter))
    addTable(passing, { id: `${id}/passing`, name: 'passing', filter, method, variables }, context)
    addTable(failing, { id: `${id}/failing`, name: 'failing', filter, method, variables }, context)
  }
}

interface TableOptions {
  readonly id: string
  /** First part of the files' names. */
  readonly name: string
  readonly filter?: string
  readonly method: ArraysMethod | PassingFailingMethod
  readonly variables: readonly Variable[]
}

function addTable(pairs: Wire<Pairs>, options: TableOptions, context: MethodContext): void {
  const { id, name, filter, method, variables } = options
  const schema = schemaOf(variables, method.flat)
  const files = partFiles(context, method, name, filter)
  pairs
    .to(`${id}/select`, selectColumns({ variables, flat: method.flat }))
    .to(`${id}/encode`, encodeTable(schema, files.format))
    .into(`${id}/${files.format}`, writeTable(schema, files))
}

function schemaOf(variables: readonly Variable[], flat: boolean): TableSchema {
  return tableSchema(
    variables.map(v => {
      if (v.shape === 'text') return { name: v.name, dtype: v.dtype, text: true }
      const list = !flat && v.shape !== 'event' && v.shape !== 'array'
      const fixed = v.width === undefined ? {} : { width: v.width }
      if (v.members === undefined) return { name: v.name, dtype: v.dtype, list, ...fixed }
      const members = v.members.map(m => ({ name: m.name.slice(v.name.length + 1), dtype: m.dtype, column: m.name }))
      return { name: v.name, list, members }
    }),
  )
}

/** The columns of a table in the reference's order. A repeated name keeps its first position and takes its last meaning. */
function tableColumns(
  method: ArraysMethod | PassingFailingMethod,
  decisions: readonly Variable[],
  context: MethodContext,
): Variable[] {
  const place = placeOf(method, 'vars')
  const names = [...new Set(context.leading(method.vars))].filter(n => !n.includes('to_use'))
  const variables = collectProblems(names, name => context.variable(name, place))
  const lists = method.flat ? variables.filter(v => v.shape === 'list' || v.shape === 'listArray') : []
  if (lists.length > 0) {
    const message = `${lists.map(v => `"${v.name}"`).join(', ')}: a list an event cannot stand next to one value a pair. Set flat to false, or leave it out.`
    throw new UsageError([{ place, message }])
  }
  checkDecisions(method, variables, context)
  const columns = [...variables, ...decisions, ...context.trailing]
  return [...new Map(columns.map(v => [v.name, v])).values()]
}

/** The reference leaves a column out without a word where a filter has its name. */
function checkDecisions({ id }: { readonly id: string }, variables: readonly Variable[], context: MethodContext): void {
  const taken = new Map(variables.flatMap(v => [v, ...(v.members ?? [])]).map(v => [v.name, v]))
  const problems = context.filters
    .filter(f => taken.has(f.name))
    .map(f => sameName(f.name, `the column "${f.name}" of ${id}`))
  if (problems.length > 0) throw new UsageError(problems)
}
