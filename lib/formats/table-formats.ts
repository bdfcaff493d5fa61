/** The formats of tables by name. ROOT's are loaded when a job asks for them: others need not wait for their code. */
import type { NtupleFormat } from '../core/ntuple-format.js'
import { PARQUET } from './parquet/format.js'
import { rootSchema } from './root-names.js'
import type { TableFiles, TableFormat } from './table-format.js'
import type { TableSchema } from './table-schema.js'

/** Files of a schema, ready to encode and to write. */
export async function tableFiles(name: NtupleFormat, schema: TableSchema): Promise<TableFiles> {
  const format = await tableFormat(name)
  await format.load()
  return format.files(name === 'parquet' ? schema : rootSchema(schema))
}

async function tableFormat(name: NtupleFormat): Promise<TableFormat> {
  if (name === 'parquet') return PARQUET
  if (name === 'rntuple') return (await import('./rntuple/index.js')).RNTUPLE
  return (await import('./ttree/index.js')).TTREE
}
