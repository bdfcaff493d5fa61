/** The two ends of a stage: what comes in, and where its items go. */
import {
  type ArrowBatch,
  type ArrowField,
  type ByteInput,
  batchMessage,
  END_OF_STREAM,
  schemaMessage,
} from '../formats/arrow/index.js'
import { FACTS_KEY, type StreamFacts } from './facts.js'

/** Nobody reads on (`| head`): the stage ends, and that is no failure of its own. */
export class OutputClosed extends Error {
  override readonly name = 'OutputClosed'
}

export interface Output {
  /** Settles when the bytes have been taken, so that one item is in flight. Throws OutputClosed. */
  write(bytes: Uint8Array): Promise<void>
}

export interface Pipe {
  readonly input: ByteInput
  readonly output: Output
  /** For what the user should know and what does not stop the stage. */
  readonly warn: (message: string) => void
}

export function writeLine(output: Output, value: unknown): Promise<void> {
  return output.write(Buffer.from(`${JSON.stringify(value)}\n`))
}

/** Arrow streams, one after the other. The end of one is written with the beginning of the next, or by `finish`: until then
 *  whoever reads cannot take what there is for the whole. */
export class ArrowOutput {
  private readonly output: Output
  private fields: readonly ArrowField[] | null = null

  constructor(output: Output) {
    this.output = output
  }

  async begin(fields: readonly ArrowField[], facts: StreamFacts): Promise<void> {
    const schema = schemaMessage({ fields, metadata: new Map([[FACTS_KEY, JSON.stringify(facts)]]) })
    const message = this.fields === null ? schema : Buffer.concat([END_OF_STREAM, schema])
    this.fields = fields
    await this.output.write(message)
  }

  async batch(batch: ArrowBatch): Promise<void> {
    if (batch.length === 0) return
    await this.output.write(Buffer.concat(batchMessage({ fields: this.fields!, metadata: new Map() }, batch)))
  }

  async finish(): Promise<void> {
    if (this.fields !== null) await this.output.write(END_OF_STREAM)
  }
}
