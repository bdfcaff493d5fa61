import type { TableFormat } from '../table-format.js'
export const TTREE = null as unknown as TableFormat
