/** Arrow IPC streams: batches of columns on a pipe. */
export { ByteInput } from './byte-input.js'
export { batchMessage, END_OF_STREAM, schemaMessage } from './encode.js'
export { type ArrowStream, arrowStreams } from './stream.js'
export type { ArrowBatch, ArrowData, ArrowField, ArrowSchema, ArrowType } from './types.js'
