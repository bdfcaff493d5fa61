import type { TableFormat } from '../table-format.js'
export const RNTUPLE = null as unknown as TableFormat
