/** A sink of one's own: the probes of the electron workflow into a DuckDB database a dataset, beside the outputs that the runner
 *  asks for. `passing` is the decision of its first filter. Needs the package @duckdb/node-api.
 *
 *      tnp-pipe run --workflow examples/duckdb-sink.ts --config runner.json --fileset fileset.json --output out
 *      duckdb out/Data/probes.duckdb "select avg(passing::int) from probes where el_pt > 30"
 *
 *  TypeScript as it is needs Node 22.18; for older ones compile it first. */
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { BOOLEAN, DuckDBDataChunk, DuckDBInstance, FLOAT } from '@duckdb/node-api'
import {
  addMethods,
  cutMass,
  type DType,
  defineSink,
  defineWorkflow,
  electronPairs,
  evaluateFilters,
  pairColumn,
  selectColumns,
  type Table,
} from 'tnp-pipe'

const TYPES: Readonly<Partial<Record<DType, typeof FLOAT | typeof BOOLEAN>>> = { float32: FLOAT, bool: BOOLEAN }
/** Rows of a chunk of DuckDB. */
const CHUNK_ROWS = 2048

/** Tables of flat float32 and bool columns as the table `name` of a new database. It gets its path when all is written. */
export function duckdbSink(path: string, name: string, columns: readonly { name: string; dtype: DType }[]) {
  const types = columns.map(c => TYPES[c.dtype]!)
  return defineSink<Table>({
    name: 'duckdb',
    writes: [path],
    drain: async (tables, ctx) => {
      const building = `${path}.part`
      await rm(building, { force: true })
      try {
        const database = await DuckDBInstance.create(building)
        const connection = await database.connect()
        try {
          await connection.run(`create table ${name} (${columns.map((c, i) => `"${c.name}" ${types[i]}`).join(', ')})`)
          const appender = await connection.createAppender(name)
          for await (const table of tables) {
            ctx.signal.throwIfAborted()
            for (let first = 0; first < table.length; first += CHUNK_ROWS) {
              const rows = DuckDBDataChunk.create(types)
              rows.setColumns(columns.map(c => valuesOf(table, c, first)))
              appender.appendDataChunk(rows)
            }
          }
          appender.closeSync()
        } finally {
          connection.closeSync()
          database.closeSync()
        }
        await rename(building, path)
      } catch (error) {
        await rm(building, { force: true })
        throw error
      }
    },
  })
}

function valuesOf(table: Table, { name, dtype }: { name: string; dtype: DType }, first: number) {
  const { values } = table.columns.get(name)!
  const rows = Array.from(values.subarray(first, first + CHUNK_ROWS) as Float32Array)
  return dtype === 'bool' ? rows.map(x => x === 1) : rows
}

export default defineWorkflow((g, job, plan, entriesOf) => {
  const { pairs, context } = electronPairs(g, job, plan, entriesOf)
  addMethods(pairs, context)
  const [filter] = context.filters
  const columns = [
    ...['el_pt', 'el_eta'].map(name => context.variable(name, 'duckdb')),
    pairColumn('pair_mass', 'float32'),
    { ...pairColumn(filter!.name, 'bool'), name: 'passing' },
  ]
  pairs
    .to('duckdb/mass', cutMass({ kind: 'range', lo: 60, hi: 120 }))
    .to('duckdb/filters', evaluateFilters([filter!]))
    .to('duckdb/select', selectColumns({ variables: columns, flat: true }))
    .into('duckdb', duckdbSink(join(job.output, plan.dataset.dir, 'probes.duckdb'), 'probes', columns))
})
