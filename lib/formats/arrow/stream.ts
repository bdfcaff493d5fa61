/** One Arrow IPC stream after the other from a pipe. */
import { DataError } from '../../core/errors.js'
import type { ByteInput } from './byte-input.js'
import { readBatch, readSchema } from './decode.js'
import { TableView } from './flatbuffer-view.js'
import { type ArrowBatch, type ArrowSchema, HEADER } from './types.js'

export interface ArrowStream {
  readonly schema: ArrowSchema
  /** To be taken to the end before the next stream is asked for. */
  readonly batches: AsyncIterable<ArrowBatch>
}

/** The streams of the input. Throws DataError where one lacks its end or cannot be read, or where there is none. */
export async function* arrowStreams(input: ByteInput): AsyncGenerator<ArrowStream> {
  for (let n = 0; ; n++) {
    const first = await nextMessage(input)
    if (first === 'nothing') {
      if (n === 0) throw input.cutOff()
      return
    }
    if (first === 'end' || first.type !== HEADER.schema) throw notArrow(input)
    const schema = guarded(input, () => readSchema(first.header, input.name))
    yield { schema, batches: batchesOf(schema, input) }
  }
}

async function* batchesOf(schema: ArrowSchema, input: ByteInput): AsyncGenerator<ArrowBatch> {
  for (;;) {
    const message = await nextMessage(input)
    if (message === 'end') return
    if (message === 'nothing') throw input.cutOff()
    if (message.type !== HEADER.batch) {
      throw new DataError('ValueError', `${input.name}: Arrow dictionaries cannot be read. Make plain columns of them.`)
    }
    const { header, body } = message
    yield guarded(input, () => readBatch(schema, header, body, input.name))
  }
}

interface Message {
  readonly type: number
  readonly header: TableView
  readonly body: Uint8Array
}

/** Above it, the length of a message's metadata, or of its body, is surely none. */
const MAX_METADATA = 2 ** 28
const MAX_BODY = 2 ** 32

async function nextMessage(input: ByteInput): Promise<Message | 'end' | 'nothing'> {
  const first = await input.peek()
  if (first !== null && first !== 0xff) throw notArrow(input)
  const prefix = await input.read(8)
  if (prefix === null) return 'nothing'
  const view = new DataView(prefix.buffer)
  const length = view.getInt32(4, true)
  if (view.getUint32(0, true) !== 0xffffffff || length < 0 || length > MAX_METADATA) throw notArrow(input)
  if (length === 0) return 'end'
  const metadata = await input.need(length)
  const { type, header, bodyLength } = guarded(input, () => {
    const message = TableView.root(metadata)
    return { type: message.uint8(1), header: message.table(2), bodyLength: message.int64(3) }
  })
  if (header === null || !(bodyLength >= 0 && bodyLength <= MAX_BODY)) throw notArrow(input)
  return { type, header, body: bodyLength === 0 ? new Uint8Array(0) : await input.need(bodyLength) }
}

function guarded<T>(input: ByteInput, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) throw notArrow(input)
    throw error
  }
}

function notArrow({ name }: ByteInput): DataError {
  return new DataError(
    'ValueError',
    `${name}: wanted an Arrow IPC stream, as the stages before write it; got other bytes.`,
  )
}
