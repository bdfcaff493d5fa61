/** The array methods: output tables of the pairs of the window, written as Parquet, one file a partition. */
import type { ArraysMethod, PassingFailingMethod } from '../lib/config/index.js'
import { UsageError } from '../lib/core/errors.js'
import type { Pairs, Wire } from '../lib/core/types.js'
import { type ParquetSchema, parquetSchema } from '../lib/formats/index.js'
import type { DatasetPlan } from '../lib/job/plan.js'
import {
  encodeParquet,
  failingProbes,
  passingProbes,
  selectColumns,
  WEIGHT_COLUMNS,
  writeParquet,
} from '../lib/stages/index.js'
import {
  collectionFields,
  pairColumn,
  resolveVariable,
  TAG_PREFIX,
  type Variable,
  type VariableSpace,
} from '../lib/stages/variables.js'
import { collectProblems, type NanoJob } from './methods.js'
import { parquetFiles } from './outputs.js'

export function addArrays(
  pairs: Wire<Pairs>,
  method: ArraysMethod,
  filters: readonly Variable[],
  job: NanoJob,
  plan: DatasetPlan,
  space: VariableSpace,
): void {
  const variables = outputVariables(method, filters, plan, space)
  addTable(pairs, { id: method.id, prefix: '', method, variables }, job, plan)
}

export function addPassingAndFailing(
  pairs: Wire<Pairs>,
  method: PassingFailingMethod,
  job: NanoJob,
  plan: DatasetPlan,
  space: VariableSpace,
): void {
  const variables = outputVariables(method, [], plan, space)
  for (const filter of method.filters) {
    const id = `${method.id}/${filter}`
    const passing = pairs.to(`${id}/passing`, passingProbes(filter))
    const failing = pairs.to(`${id}/failing`, failingProbes(filter))
    addTable(passing, { id: `${id}/passing`, prefix: 'passing', filter, method, variables }, job, plan)
    addTable(failing, { id: `${id}/failing`, prefix: 'failing', filter, method, variables }, job, plan)
  }
}

interface TableOptions {
  readonly id: string
  readonly prefix: string
  readonly filter?: string
  readonly method: ArraysMethod | PassingFailingMethod
  readonly variables: readonly Variable[]
}

function addTable(pairs: Wire<Pairs>, options: TableOptions, job: NanoJob, plan: DatasetPlan): void {
  const { id, prefix, filter, method, variables } = options
  const schema = tableSchema(variables, method.flat)
  pairs
    .to(`${id}/select`, selectColumns({ variables, flat: method.flat }))
    .to(`${id}/encode`, encodeParquet(schema))
    .into(`${id}/parquet`, writeParquet(schema, parquetFiles(job, plan, method, prefix, filter)))
}

function tableSchema(variables: readonly Variable[], flat: boolean): ParquetSchema {
  return parquetSchema(
    variables.map(v => {
      const list = !flat && v.shape !== 'event'
      if (v.members === undefined) return { name: v.name, dtype: v.dtype, list }
      const members = v.members.map(m => ({ name: m.name.slice(v.name.length + 1), dtype: m.dtype, column: m.name }))
      return { name: v.name, list, members }
    }),
  )
}

/** The columns of a table in the reference's order. A repeated name keeps its first position and takes its last meaning. */
function outputVariables(
  method: ArraysMethod | PassingFailingMethod,
  filters: readonly Variable[],
  plan: DatasetPlan,
  space: VariableSpace,
): Variable[] {
  const place = `${method.id} / vars`
  const names = [
    ...(method.vars === 'all' ? allVariables(plan, space) : method.vars),
    'event',
    'run',
    'luminosityBlock',
  ]
  const wanted = [...new Set(names)].filter(n => !n.includes('to_use'))
  const variables = collectProblems(wanted, name => resolveVariable(name, space, place))
  const lists = method.flat ? variables.filter(v => v.shape === 'list') : []
  if (lists.length > 0) {
    const message = `${lists.map(v => `"${v.name}"`).join(', ')}: a list an event cannot stand next to one value a pair. Set flat to false, or leave it out.`
    throw new UsageError([{ place, message }])
  }
  const computed = [
    ...filters,
    pairColumn('pair_mass', 'float32'),
    ...(plan.isMC ? WEIGHT_COLUMNS.map(name => resolveVariable(name, space, place)) : []),
  ]
  return [...new Map([...variables, ...computed].map(v => [v.name, v])).values()]
}

/** What vars "all" means for these files. */
function allVariables(plan: DatasetPlan, space: VariableSpace): string[] {
  const event = ['PV_npvs', 'Rho_fixedGridRhoAll', 'Rho_fixedGridRhoFastjetAll']
  if (plan.isMC) event.push('Pileup_nTrueInt')
  return [
    ...collectionFields(space, space.tags).map(f => TAG_PREFIX + f),
    ...collectionFields(space, space.probes).map(f => space.probePrefix + f),
    ...event.filter(name => space.layout.has(name)),
  ]
}
